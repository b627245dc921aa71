"""Exploring in a real browser: every number opens its journeys, and the list has as many as the number said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.drive import OpenPage, Service, run_tropa, violations


def number(text: str) -> int:
    """A number as the page writes it, in either language."""
    return int(re.sub(r"\D", "", text))


def listed(page: Page) -> int:
    """How many journeys the list says that there are."""
    total = page.locator("[data-total]")
    expect(total).to_be_visible()
    return int(total.get_attribute("data-total") or "-1")


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ru", "light"), (390, "en", "dark")])
def test_every_view_is_there_and_clean(
    bank: Service, open_page: OpenPage, width: int, language: str, scheme: str
) -> None:
    page = open_page(f"{bank.address}/explore/paths", width=width, language=language, scheme=scheme).page
    expect(page.locator("[data-graph]")).to_be_visible()
    assert violations(page) == []
    for path, there in (
        ("paths?mode=flow", "svg[data-flow]"),
        ("funnel", "[data-funnel]"),
        ("waits", "[data-picture] svg"),
        ("cohorts", "[data-cohorts]"),
        ("journeys", "[data-journeys]"),
    ):
        page.goto(f"{bank.address}/explore/{path}")
        expect(page.locator(there).first).to_be_visible()
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_loss_of_the_funnel_opens_just_those_journeys(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/funnel").page
    lost = page.locator("[data-lost]").first
    expect(lost).to_be_visible()
    told = int(lost.get_attribute("data-lost") or "0")
    assert told > 0
    going_on = int(lost.get_attribute("data-under-way") or "0")
    assert going_on > 0
    lost.get_by_role("link").last.click()
    assert listed(page) == going_on
    page.go_back()
    lost.get_by_role("link").first.click()
    assert listed(page) == told
    # A condition taken away leaves all of them; going back leads to the funnel.
    page.locator("[data-conditions]").get_by_role("button", name=re.compile("Show all")).click()
    expect(page.locator("[data-conditions]")).to_have_count(0)
    expect(page.locator(f"[data-total='{bank.get('/api/workspace')['journeys']}']")).to_be_visible()


def test_steps_are_arranged_with_keys_and_stay_in_the_address(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/funnel").page
    first = page.locator("[data-place='0']")
    name = first.locator("bdi").inner_text()
    first.get_by_role("button", name=re.compile("^Later")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-place='1'] bdi")).to_have_text(name)
    # The arrow goes along with its step.
    expect(page.locator("[data-place='1'] [data-move='down']")).to_be_focused()
    page.reload()
    expect(page.locator("[data-place='1'] bdi")).to_have_text(name)


def test_a_way_of_the_graph_opens_its_journeys(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/paths").page
    node = page.locator(".react-flow__node-place").first
    expect(node).to_be_visible()
    expect(page.locator(".react-flow__attribution")).to_have_count(0)
    expect(node).to_be_visible()
    node.focus()
    page.keyboard.press("Enter")
    there = page.locator("[data-picked] dd a").first
    expect(there).to_be_visible()
    told = number(there.inner_text())
    there.click()
    assert listed(page) == told > 0


def test_a_place_of_the_flow_opens_its_journeys(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/paths?mode=flow&direction=before&anchor=Деньги выданы").page
    page.get_by_text("As a table").click()
    rows = page.locator("details tbody tr")
    expect(rows.first).to_be_visible()
    link = rows.nth(1).get_by_role("link")
    told = number(link.inner_text())
    link.click()
    assert listed(page) == told


def test_one_customer_by_keys(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/journeys?sort=events").page
    page.locator("[data-journeys] tbody a").first.click()
    expect(page.locator("[data-customer]")).to_be_visible()
    step = page.locator("[data-step='0']").first
    expect(step).to_be_visible()
    step.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-step='1']").first).to_be_focused()
    expect(page.locator("[data-opened='1']").first).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("[data-step='0']").first).not_to_be_focused()
    assert violations(page) == []
    page.get_by_text("Step by step", exact=True).click()
    expect(page.locator("[data-life]").first).to_be_visible()


def test_nothing_left_and_nothing_known_are_said(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/explore/journeys?find=nobody-has-this").page
    expect(page.locator("[data-total='0']")).to_be_visible()
    expect(page.locator("[data-nothing]")).to_be_visible()
    wrong = open_page(f"{bank.address}/explore/journeys?ends=Nowhere", expected=(400, 422)).page
    expect(wrong.locator("[data-error]")).to_be_visible()
    expect(wrong.locator("[data-error]")).to_contain_text("Nowhere")


def test_without_a_map_and_with_hundreds_of_activities(
    make_service: Callable[[Path], Service], open_page: OpenPage, tmp_path: Path
) -> None:
    rows = ["customer_id,time,activity"]
    for customer in range(120):
        for place in range(8):
            activity = (customer * 13 + place * 37 + place * place) % 300
            name = "<b>html</b>" if activity == 0 else f"действие {activity} 🙂 " + "д" * (activity % 7) * 40
            rows.append(f"c{customer},2026-01-{1 + customer % 28:02d}T10:{place:02d}:00,{name}")
    (tmp_path / "events.csv").write_text("\n".join(rows), encoding="utf-8")
    run_tropa("init", tmp_path / "ws")
    run_tropa("load", tmp_path / "ws", tmp_path / "events.csv", "--as", "events")
    service = make_service(tmp_path / "ws")
    page = open_page(f"{service.address}/explore/paths?detail=100", width=390).page
    canvas = page.locator("[data-graph]")
    expect(canvas).to_be_visible(timeout=30_000)
    assert int(canvas.get_attribute("data-graph") or "0") == 80
    page.goto(f"{service.address}/explore/funnel")
    expect(page.locator("[data-nothing]")).to_be_visible()
