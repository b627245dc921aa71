"""From a file to the first finding, with no manual: the start page in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.e2e.drive import OpenPage, Service, run_tropa, violations

pytestmark = pytest.mark.browser

STEPS = ("page opened", "order placed", "printed", "collected")
MAP_WORDS = {
    "ru": ("Предложить карту по данным", "Взять эту карту"),
    "en": ("Propose a map from the data", "Take this map"),
}


def orders(folder: Path) -> Path:
    """A file in its maker's own words: days first, decimal commas, Windows-1251, one row that cannot be read."""
    rows = [
        f"{1 + customer % 27:02}.03.2026 1{step}:00;Карта-{customer};{name};{'12,50' if name == 'collected' else ''}"
        for customer in range(60)
        for step, name in enumerate(STEPS)
        if step < 2 or customer % 4
    ]
    file = folder / "Мои заказы.csv"
    file.write_bytes(
        "\n".join(["Когда;Карта клиента;Что сделано;Сумма", *rows, "скоро;Карта-1;printed;"]).encode("cp1251")
    )
    return file


@pytest.fixture
def empty(make_service: Callable[[Path], Service], tmp_path: Path) -> Service:
    run_tropa("init", tmp_path / "workspace", "--name", "Shop")
    return make_service(tmp_path / "workspace")


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").first.set_input_files([str(file) for file in files])


@pytest.mark.parametrize(("language", "width"), [("ru", 1440), ("en", 390)])
def test_from_a_file_to_the_living_map(
    empty: Service, open_page: OpenPage, tmp_path: Path, language: str, width: int
) -> None:
    propose, take = MAP_WORDS[language]
    page = open_page(empty.address, language=language, width=width).page
    drop(page, orders(tmp_path))
    card = page.locator("article[data-ready]")
    expect(card).to_be_visible()
    # What was guessed is shown before anybody asks for it.
    expect(card.locator("button[aria-expanded=true]")).to_be_visible()
    expect(card.locator("tr[data-role=customer_id]")).to_contain_text("Карта клиента")
    expect(card.locator("tr[data-role=activity]")).to_contain_text("Что сделано")
    meaning = card.locator("tr[data-role=activity] select").bounding_box()
    assert meaning is not None and meaning["x"] + meaning["width"] <= width
    assert violations(page) == []
    page.get_by_role("button", name="Загрузить 1 файл" if language == "ru" else "Load 1 file").click()
    result = page.locator("[data-loaded]")
    expect(result).to_contain_text("1")
    expect(result.get_by_role("link", name="Скачать" if language == "ru" else "Download")).to_be_visible()
    page.get_by_role("button", name=propose).click()
    expect(page.locator("[data-proposal]")).to_contain_text("collected")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name=take).click()
    page.wait_for_url(f"{empty.address}/")
    assert empty.get("/api/workspace")["has_map"]


def test_a_ready_map_is_laid_over_the_data(empty: Service, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"{empty.address}/start").page
    drop(page, orders(tmp_path))
    page.get_by_role("button", name="Load 1 file").click()
    page.get_by_role("button", name="Take a ready map").click()
    page.get_by_role("button", name="Small shop that prints T-shirts").click()
    assert violations(page) == []
    page.get_by_role("button", name="Lay it over my data").click()
    expect(page.get_by_text("4 of 4")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take the map").click()
    page.wait_for_url(f"{empty.address}/")
    whole = empty.get("/api/living-map")
    assert whole["map"] is not None


def test_what_is_no_table_is_told_and_can_be_removed(empty: Service, open_page: OpenPage, tmp_path: Path) -> None:
    pdf = tmp_path / "report.csv"
    pdf.write_bytes(b"%PDF-1.4 and so on")
    nothing = tmp_path / "nothing.csv"
    nothing.write_bytes(b"")
    page = open_page(f"{empty.address}/start", expected=(409,), language="ru").page
    drop(page, pdf, nothing)
    expect(page.get_by_role("alert").filter(has_text="не таблица")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="пуст")).to_be_visible()
    expect(page.get_by_role("button", name="Загрузить 0 файлов")).to_be_disabled()
    page.get_by_role("button", name="Убрать report.csv").click()
    expect(page.locator("article")).to_have_count(1)


def test_a_lost_connection_goes_on_where_it_stopped(empty: Service, open_page: OpenPage, tmp_path: Path) -> None:
    def lose(page: Page) -> None:
        lost: list[str] = []

        def route(route: Route) -> None:
            if lost:
                route.continue_()
            else:
                lost.append(route.request.url)
                route.abort()

        page.route("**/content?*", route)

    watched = open_page(f"{empty.address}/start", before=lose)
    drop(watched.page, orders(tmp_path))
    expect(watched.page.locator("article[data-ready]")).to_be_visible()
    # The browser notes the broken request by itself.
    watched.errors[:] = [error for error in watched.errors if "ERR_FAILED" not in error]


def test_settings_are_kept(empty: Service, open_page: OpenPage) -> None:
    page = open_page(f"{empty.address}/start?step=settings").page
    page.get_by_label("Name of the company").fill("Corner <b>Shop</b>")
    page.get_by_role("textbox", name="What one reached goal is worth").fill("25")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    settings = empty.get("/api/settings")
    assert (settings["name"], settings["goal_price"]) == ("Corner <b>Shop</b>", 25)


@pytest.mark.parametrize(("language", "width"), [("ru", 1440), ("en", 390)])
def test_a_row_stays_under_the_hand_and_a_load_is_taken_back(
    empty: Service, open_page: OpenPage, tmp_path: Path, language: str, width: int
) -> None:
    page = open_page(empty.address, language=language, width=width).page
    drop(page, orders(tmp_path))
    card = page.locator("article[data-ready]")
    expect(card).to_be_visible()
    expect(card.locator("button[aria-expanded=true]")).to_be_visible()
    row = page.locator("tr", has_text="Что сделано")
    choice = row.get_by_role("combobox")
    choice.scroll_into_view_if_needed()
    choice.focus()
    for role in ("attribute", "activity"):
        before = row.bounding_box()
        choice.select_option(role)
        expect(page.locator(f"tr[data-role={role}]", has_text="Что сделано")).to_be_visible()
        after = row.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(after["y"] - before["y"]) < 2
    undo, sure = (
        ("Отменить последнюю загрузку", "Отменить загрузку")
        if language == "ru"
        else ("Take the last load back", "Take it back")
    )
    page.get_by_role("button", name="Загрузить 1 файл" if language == "ru" else "Load 1 file").click()
    expect(page.locator("[data-loaded]")).to_be_visible()
    page.get_by_role("button", name=undo).click()
    assert violations(page) == []
    page.get_by_role("button", name=sure, exact=True).click()
    expect(page.locator("article[data-ready]")).to_be_visible()
    assert not empty.get("/api/workspace")["has_data"]
