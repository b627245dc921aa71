#!/bin/sh
# Makes sure that there is a Chromium for the tests in a real browser: finds one, or installs Debian's.
set -eu

if [ -n "${TROPA_CHROMIUM:-}" ]; then
    [ -x "$TROPA_CHROMIUM" ] && exit 0
    echo "TROPA_CHROMIUM=$TROPA_CHROMIUM is no program that can be started." >&2
    exit 1
fi
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

explain() {
    echo "The tests in a real browser need Chromium, and there is none here ($1)." >&2
    echo "Install it (Debian: apt-get install chromium), or say where one is: make test TROPA_CHROMIUM=/path/to/chromium" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || explain "no apt-get to install it with"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    explain "and no right to install it"
fi

echo "Installing Chromium with apt-get for the tests in a real browser ..."
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Fonts with Cyrillic letters: a page in Russian has to be looked at as a person would see it.
install() { $as_root apt-get install -y --no-install-recommends "$1" fonts-dejavu-core; }
# The shell has no windows of its own, and draws the same pages with half the work.
if ! { $as_root apt-get update && { install chromium-headless-shell || install chromium; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    explain "apt-get could not install it"
fi
command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
    explain "apt-get installed no program of that name"
