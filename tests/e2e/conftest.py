"""A real service on a real workspace, and a real browser in front of it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from tropa.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src" / "tropa" / "service" / "static"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
START_SECONDS = 60.0
CUSTOMERS = 1500


def run_tropa(*arguments: str | Path) -> str:
    """One command, as a person would run it."""
    done = subprocess.run(
        [sys.executable, "-m", "tropa.cli", *map(str, arguments)], capture_output=True, text=True, timeout=150
    )
    assert done.returncode == 0, f"tropa {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}"
    return done.stdout


@dataclass
class Service:
    """A running `tropa serve`."""

    address: str
    process: subprocess.Popen[bytes]

    def get(self, path: str, **query: str | list[str]) -> dict[str, Any]:
        """What the service answers to the same question."""
        asked = urllib.parse.urlencode(query, doseq=True)
        with urllib.request.urlopen(f"{self.address}{path}?{asked}", timeout=60) as reply:
            answer: dict[str, Any] = json.load(reply)
        return answer

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def start_service(workspace: Path, log: Path) -> Service:
    """Serve the workspace on a free port and wait until it answers."""
    port = _free_port()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tropa.cli", "serve", str(workspace), "--port", str(port)], stdout=said, stderr=said
        )
    service = Service(f"http://127.0.0.1:{port}", process)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            service.get("/api/workspace")
            return service
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    service.stop()
    raise AssertionError(f"tropa serve did not answer in {START_SECONDS:.0f} s: {log.read_text()}")


@pytest.fixture(scope="session")
def built_page() -> None:
    """The web application must be built: what is tested is what is shipped."""
    assert (STATIC / "index.html").is_file(), "The web application is not built. Run `make setup`."


@pytest.fixture(scope="session")
def make_service(built_page: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Service]]:
    started: list[Service] = []

    def make(workspace: Path) -> Service:
        service = start_service(workspace, tmp_path_factory.mktemp("log") / "serve.log")
        started.append(service)
        return service

    yield make
    for service in started:
        service.stop()


@pytest.fixture(scope="session")
def bank(make_service: Callable[[Path], Service], tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A small simulated bank, brought in by the commands of the README."""
    folder = tmp_path_factory.mktemp("bank")
    simulate("bank", folder / "files", customers=CUSTOMERS, seed=5)
    workspace = folder / "workspace"
    run_tropa("init", workspace, "--name", "Пробный банк", "--language", "ru", "--timezone", "Europe/Moscow")
    for kind in ("events", "feedback", "customers"):
        run_tropa("load", workspace, folder / "files" / f"{kind}.csv", "--as", kind)
    run_tropa("map", workspace, "import", folder / "files" / "map.yaml")
    return make_service(workspace)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass
class Watched:
    """A page, and everything about it that must not happen."""

    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    #: answers with these statuses are meant by the test, and the browser's own note about them is no fault
    expected: tuple[int, ...] = ()

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not any(f"status of {status}" in message.text for status in self.expected):
            self.errors.append(message.text)

    def on_request(self, request: Request) -> None:
        host = urllib.parse.urlsplit(request.url).hostname
        if host not in ("127.0.0.1", None):
            self.foreign.append(request.url)

    def check(self) -> None:
        assert self.errors == []
        assert self.foreign == []


OpenPage = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address in a context of its own; afterwards nothing may have gone wrong in it."""
    opened: list[Watched] = []

    def open_(
        address: str,
        *,
        width: int = 1440,
        height: int = 900,
        language: str | None = "en",
        scheme: str = "light",
        expected: tuple[int, ...] = (),
        before: Callable[[Page], None] | None = None,
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        watched = Watched(page, expected=expected)
        page.on("console", watched.on_console)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("request", watched.on_request)
        page.on("dialog", lambda dialog: watched.errors.append(f"dialog: {dialog.message}"))
        if language:
            page.add_init_script(f"localStorage.setItem('tropa.language', '{language}')")
        if before:
            before(page)
        page.goto(address)
        opened.append(watched)
        return watched

    yield open_
    for watched in opened:
        watched.page.context.close()
    for watched in opened:
        watched.check()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    if not AXE.is_file():
        pytest.skip("axe-core is absent: run `make web-tools`")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']}: {rule['help']} | {node['html'][:160]} | {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def hold(route: Route) -> None:
    """Never answer: the page stays as it is while it waits."""
