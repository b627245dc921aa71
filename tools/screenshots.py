"""Takes the pictures of the documentation from a simulated bank: `.venv/bin/python tools/screenshots.py`.

Needs a Chromium (or TROPA_CHROMIUM) and the built web application; writes living-map-{ru,en}.png, findings-{ru,en}.png
and finding-{ru,en}.png into docs/images. With a workspace and a name, such as `shop olist-map`, it takes one picture
of that workspace in English instead; a touchpoint given besides is put in the middle.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CUSTOMERS = "20000"
NAMES = {"ru": "Банк «Пример»", "en": "Example Bank"}
SMALLER = {"ru": "Мельче", "en": "Smaller"}
SIZE: ViewportSize = {"width": 1480, "height": 980}
START_SECONDS = 120.0
FIND_MS = 300_000.0


def tropa(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "tropa.cli", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def make_workspace(folder: Path, language: str) -> Path:
    """A workspace of the simulated bank, made by the commands of the README."""
    files, workspace = folder / "files", folder / language
    if not files.exists():
        tropa("simulate", "bank", "--out", files, "--customers", CUSTOMERS, "--seed", "1")
    tropa("init", workspace, "--name", NAMES[language], "--language", language, "--timezone", "Europe/Moscow")
    for kind in ("events", "feedback", "customers"):
        tropa("load", workspace, files / f"{kind}.csv", "--as", kind)
    tropa("map", workspace, "import", files / "map.yaml")
    return workspace


def serve(workspace: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The service on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "tropa.cli", "serve", str(workspace), "--port", port])
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api/living-map", timeout=60).close()
            return process, address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    process.terminate()
    raise SystemExit("tropa serve did not answer")


def take(browser: Browser, address: str, language: str, name: str, middle: str | None) -> None:
    """One picture of the main state."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=1.5, locale=language)
    page.goto(address)
    page.get_by_role("grid").wait_for()
    for _ in range(2):
        page.get_by_role("button", name=SMALLER[language]).click()
    if middle is not None:
        page.get_by_role("grid").get_by_text(middle, exact=True).first.evaluate(
            "touchpoint => touchpoint.scrollIntoView({inline: 'center', block: 'nearest'})"
        )
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()


def take_findings(browser: Browser, address: str, language: str) -> None:
    """The list of findings, and the page of the first."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=1.5, locale=language)
    page.goto(f"{address}/findings")
    first = page.locator("[data-finding] a").first
    first.wait_for(timeout=FIND_MS)
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"findings-{language}.png")
    first.click()
    page.locator('[data-section="comparison"]').wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"finding-{language}.png")
    page.close()


def main() -> None:
    names = (
        os.environ.get("TROPA_CHROMIUM"),
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    chromium = next((path for name in names if name and (path := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("no Chromium: install it, or set TROPA_CHROMIUM to one")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if len(sys.argv) > 2:
            picture(browser, Path(sys.argv[1]), "en", *sys.argv[2:4])
        else:
            for language in NAMES:
                picture(
                    browser, make_workspace(Path(folder), language), language, f"living-map-{language}", findings=True
                )
        browser.close()


def picture(
    browser: Browser, workspace: Path, language: str, name: str, middle: str | None = None, *, findings: bool = False
) -> None:
    """Serve a workspace for as long as its picture is taken."""
    process, address = serve(workspace)
    try:
        take(browser, address, language, name, middle)
        if findings:
            take_findings(browser, address, language)
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
