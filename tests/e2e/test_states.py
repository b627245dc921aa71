"""Everything but the full map: nothing loaded, no map, waiting, refused, out of reach."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from tests.e2e.drive import OpenPage, Service, hold, run_tropa, violations

pytestmark = pytest.mark.browser

HTML = "<img src=x onerror=alert(1)>"
LONG = "Очень длинное название " * 9
RTL = "تحميل المستندات"
EMOJI = "💳 Оплата 👩‍👩‍👧"
ACTIVITIES = 36


@pytest.fixture(scope="module")
def odd(make_service: Callable[[Path], Service], tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Events without a map, under names that only reality invents."""
    folder = tmp_path_factory.mktemp("odd")
    names = [HTML, LONG.strip(), RTL, EMOJI, *(f"шаг {i}" for i in range(4, ACTIVITIES))]
    lines = [
        json.dumps(
            {
                "customer_id": f"c{customer}",
                "activity": name,
                "region": "North",
                "time": f"2026-03-0{1 + i // 24}T{i % 24:02}:00:00Z",
            }
        )
        for customer in range(40)
        for i, name in enumerate(names)
        if i < 6 or customer < 39 - i
    ]
    file = folder / "events.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    run_tropa("init", folder / "workspace", "--language", "en")
    run_tropa("load", folder / "workspace", file, "--as", "events")
    return make_service(folder / "workspace")


@pytest.fixture
def empty(make_service: Callable[[Path], Service], tmp_path: Path) -> Service:
    run_tropa("init", tmp_path / "workspace")
    return make_service(tmp_path / "workspace")


def test_empty_workspace_says_what_to_do(empty: Service, open_page: OpenPage) -> None:
    page = open_page(empty.address).page
    expect(page.get_by_role("heading", name="There is no data here yet")).to_be_visible()
    expect(page.get_by_text("--as events")).to_be_visible()
    assert page.get_by_role("button", name="Copy").count() >= 3
    assert violations(page) == []
    # On a phone the commands scroll in themselves; maps can be drawn before there is data, so the ways are there.
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("navigation").get_by_role("link", name="Maps", exact=True).click()
    expect(page.get_by_role("heading", name="No maps yet")).to_be_visible()


def test_without_a_map_the_journeys_are_shown_as_they_are(odd: Service, open_page: OpenPage) -> None:
    page = open_page(odd.address).page
    expect(page.locator("[data-no-map]")).to_contain_text("propose")
    expect(page.locator("[data-no-map]")).to_contain_text(f"30 most frequent of {ACTIVITIES}")
    expect(page.locator('[data-row="journeys"] [data-cell]')).to_have_count(30)
    assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_odd_names_are_text_and_break_nothing(odd: Service, open_page: OpenPage, width: int) -> None:
    page = open_page(odd.address, width=width).page
    for name in (HTML, RTL, EMOJI):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_text(LONG.strip()).first.click()
    expect(page.get_by_role("dialog")).to_contain_text(LONG.strip())
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_filter_that_keeps_nothing_offers_a_way_back(odd: Service, open_page: OpenPage) -> None:
    page = open_page(f"{odd.address}/?since=2031-01-01", expected=(409,)).page
    problem = page.locator('[data-error="no_data"]')
    expect(problem).to_be_visible()
    assert violations(page) == []
    problem.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("grid")).to_be_visible()
    assert urllib.parse.urlsplit(page.url).query == ""


def test_unknown_attribute_in_a_link_is_named_with_the_nearest(odd: Service, open_page: OpenPage) -> None:
    page = open_page(f"{odd.address}/?segment=regoin%3DX", expected=(422,)).page
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("regoin")
    expect(problem).to_contain_text("'region'")
    page.get_by_role("button", name="Remove: regoin: X").click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_unknown_touchpoint_in_a_link_is_named(odd: Service, open_page: OpenPage) -> None:
    page = open_page(f"{odd.address}/?touchpoint=Nowhere", expected=(404,)).page
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Nowhere")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_waiting_has_the_shape_of_the_map(odd: Service, open_page: OpenPage) -> None:
    page = open_page(odd.address, before=lambda page: page.route("**/api/living-map*", hold)).page
    expect(page.locator("[data-loading]")).to_be_visible()
    assert violations(page) == []


def test_failure_is_told_and_can_be_tried_again(odd: Service, open_page: OpenPage) -> None:
    told = {"error": {"kind": "workspace", "message": "journeys/3.arrow cannot be read.", "hint": "Load again."}}
    asked: list[str] = []

    def fail_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=409, json=told)
        else:
            route.continue_()

    page = open_page(odd.address, expected=(409,), before=lambda page: page.route("**/api/living-map*", fail_once)).page
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("journeys/3.arrow cannot be read.")
    expect(problem).to_contain_text("Load again.")
    problem.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_service_out_of_reach(empty: Service, open_page: OpenPage) -> None:
    watched = open_page(empty.address)
    page = watched.page
    page.get_by_role("heading", name="There is no data here yet").wait_for()
    empty.stop()
    page.get_by_role("button", name="Loaded, show it").click()
    expect(page.locator('[data-error="network"]')).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("tropa serve")
    # The browser notes every refused connection by itself.
    watched.errors[:] = [error for error in watched.errors if "ERR_CONNECTION_REFUSED" not in error]


def test_unknown_address_leads_back(odd: Service, open_page: OpenPage) -> None:
    page = open_page(f"{odd.address}/nowhere").page
    page.get_by_role("link", name="To the map").click()
    expect(page.get_by_role("grid")).to_be_visible()
