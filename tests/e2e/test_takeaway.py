"""Taking the map away in a real browser: the file that arrives, what is said while and when it cannot; the snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.e2e.drive import OpenPage, Service, violations

pytestmark = pytest.mark.browser

OPEN = {"ru": "Выгрузить", "en": "Take away"}


def open_dialog(page: Page, language: str) -> None:
    page.get_by_role("button", name=OPEN[language], exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize(("width", "language"), [(1440, "ru"), (390, "en")])
def test_a_file_arrives_under_its_name(bank: Service, open_page: OpenPage, width: int, language: str) -> None:
    page = open_page(bank.address, width=width, language=language).page
    open_dialog(page, language)
    page.get_by_role("radio", name="XLSX").click()
    page.get_by_role("checkbox").last.uncheck()
    assert violations(page) == []
    with page.expect_download() as download:
        page.locator("[data-take]").click()
    assert download.value.suggested_filename == "Кредит наличными.xlsx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    expect(page.locator("[data-taken]")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_choice_is_asked_for_and_kept(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/?channel=app", scheme="dark").page
    open_dialog(page, "en")
    page.get_by_text("In pages").click()
    page.get_by_text("A4", exact=True).click()
    page.get_by_role("checkbox").last.uncheck()
    with page.expect_request("**/export?*") as asked, page.expect_download() as download:
        page.locator("[data-take]").click()
    for part in ("format=pdf", "paper=a4", "layout=pages", "channel=app", "findings=no", "language=en"):
        assert part in asked.value.url
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page.reload()
    open_dialog(page, "en")
    expect(page.get_by_role("radio", name="A4", exact=True)).to_be_checked()


def test_what_went_wrong_is_said(bank: Service, open_page: OpenPage) -> None:
    said = (
        '{"error":{"kind":"workspace","message":"This format needs typst, which is not installed.",'
        '"hint":"Install it: pip install \'tropa[exports]\'"}}'
    )

    def refuse(route: Route) -> None:
        route.fulfill(status=409, content_type="application/json", body=said)

    page = open_page(bank.address, language="ru", expected=(409,)).page
    page.route("**/export?*", refuse)
    open_dialog(page, "ru")
    page.locator("[data-take]").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("нужна библиотека typst")
    expect(told).to_contain_text("pip install 'tropa[exports]'")
    expect(told).not_to_contain_text("This format")
    assert violations(page) == []


def test_the_snapshot_asks_for_nothing(bank: Service, browser: Browser, tmp_path: Path) -> None:
    """Opened from a disk, in light and dark, wide and narrow: one file, no request, no violation."""
    import urllib.request

    file = tmp_path / "map.html"
    with urllib.request.urlopen(f"{bank.address}/api/maps/live/export?format=html&findings=no") as reply:
        file.write_bytes(reply.read())
    for scheme, width in (("light", 1440), ("dark", 390)):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            bypass_csp=True,
        )
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request, seen=requests: seen.append(request.url))
        page.goto(file.as_uri())
        assert requests == [file.as_uri()]
        expect(page.get_by_role("columnheader", name="Загрузка документов").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []
        context.close()
