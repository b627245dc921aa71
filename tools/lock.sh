#!/bin/sh
# Makes the lock files: every file by its hash, for every platform, and no index address in any of them.
set -eu
uv=$1

compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate "$@"
}

compile pyproject.toml --all-extras --output-file requirements.lock
compile --group pyproject.toml:dev --constraints requirements.lock --output-file requirements-dev.lock
compile --group pyproject.toml:build --constraints requirements.lock --constraints requirements-dev.lock \
    --output-file requirements-build.lock
compile bench/requirements.in pyproject.toml --constraints requirements.lock --constraints requirements-build.lock \
    --output-file bench/requirements.lock

if grep -n '://' requirements.lock requirements-dev.lock requirements-build.lock bench/requirements.lock; then
    echo "A lock file names an address; it must not." >&2
    exit 1
fi
