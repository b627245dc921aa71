"""A real service on a real workspace, and a real browser in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.e2e.drive import ROOT, OpenPage, Service, Watched, simulated_bank, start_service

STATIC = ROOT / "src" / "tropa" / "service" / "static"
CUSTOMERS = 800
WAIT_MS = 20_000


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
    return make_service(simulated_bank(tmp_path_factory.mktemp("bank"), CUSTOMERS, seed=5))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


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
        zone: str | None = None,
        expected: tuple[int, ...] = (),
        before: Callable[[Page], None] | None = None,
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            timezone_id=zone,
        )
        context.set_default_timeout(WAIT_MS)
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
