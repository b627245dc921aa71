"""The findings in a real browser, on a simulated bank that is large enough to have some."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.e2e.drive import OpenPage, Service, hold, run_tropa, simulated_bank, violations

pytestmark = pytest.mark.browser

CUSTOMERS = 4_000
PORTION = 40
QUIET = ("harmless", "undetermined")


@pytest.fixture(scope="module")
def bank(make_service: Callable[[Path], Service], tmp_path_factory: pytest.TempPathFactory) -> Service:
    return make_service(simulated_bank(tmp_path_factory.mktemp("findings"), CUSTOMERS, seed=7))


@pytest.fixture(scope="module")
def told(bank: Service) -> dict[str, Any]:
    """What the service answers, with everything that was tested."""
    return bank.get("/api/findings", all="true", language="en")


@pytest.fixture(scope="module")
def wrong(told: dict[str, Any]) -> list[dict[str, Any]]:
    found = [one for one in told["findings"] if one["kind"] not in QUIET and not one["told_under"]]
    assert len({finding["kind"] for finding in found}) >= 3, "the bank has findings of several kinds"
    return found


def expect_list(page: Page, wanted: list[dict[str, Any]]) -> None:
    """The list shows these findings in this order, the first portion of them at once."""
    ids = [finding["id"] for finding in wanted[:PORTION]]
    rows = page.locator("[data-finding]:not([data-lower-scores] *)")
    expect(rows).to_have_count(len(ids))
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.finding)") == ids


def one_of(found: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """The first finding that has this."""
    return next(finding for finding in found if finding[key])


def address_of(page: Page) -> dict[str, list[str]]:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)


def page_of(bank: Service, finding: dict[str, Any]) -> str:
    return f"{bank.address}/findings/{urllib.parse.quote(finding['id'], safe='')}"


def test_list_shows_what_the_service_answers(
    bank: Service, open_page: OpenPage, told: dict[str, Any], wrong: list[dict[str, Any]]
) -> None:
    page = open_page(f"{bank.address}/findings").page
    expect_list(page, wrong)
    barrier = next(finding for finding in wrong if finding["kind"] == "barrier")
    row = page.locator(f'[data-finding="{barrier["id"]}"]')
    expect(row).to_contain_text(barrier["because"])
    expect(row).to_contain_text(f"{100 * barrier['on_goal']['effect']:.1f}".replace("-", "−").removesuffix(".0"))
    expect(row).to_contain_text(f"{barrier['exposed']:,}")
    overall = page.get_by_label("What is lost")
    expect(overall).to_contain_text(f"{told['tested']:,}")
    for stage in told["lost_by_stage"]:
        expect(overall).to_contain_text(stage["stage"])
    for note in told["notes"]:
        expect(page.get_by_text(note, exact=True)).to_be_visible()


def test_choice_lives_in_the_address(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    page = open_page(f"{bank.address}/findings").page
    kind = wrong[0]["kind"]
    page.locator(f"button[data-kind={kind}]").click()
    page.wait_for_url(f"**kind={kind}**")
    wanted = [finding for finding in wrong if finding["kind"] == kind]
    expect_list(page, wanted)
    page.reload()
    expect_list(page, wanted)
    assert page.locator(f"button[data-kind={kind}]").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Show all").first.click()
    page.wait_for_url(lambda url: "kind" not in url)
    expect_list(page, wrong)


def test_search_and_stage(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    finding = one_of(wrong, "touchpoint")
    page = open_page(f"{bank.address}/findings?{urllib.parse.urlencode({'stage': finding['stage']})}").page
    expect_list(page, [other for other in wrong if other["stage"] == finding["stage"]])
    page.get_by_label("Search the findings…").fill(finding["touchpoint"].upper())
    page.wait_for_url("**text=**")
    expect(page.locator(f'[data-finding="{finding["id"]}"]')).to_be_visible()
    page.get_by_label("Search the findings…").fill("no such words anywhere")
    expect(page.locator('[data-nothing="filtered"]')).to_be_visible()


def test_all_that_was_tested(bank: Service, open_page: OpenPage, told: dict[str, Any]) -> None:
    page = open_page(f"{bank.address}/findings").page
    page.get_by_role("button", name="Show all that was tested").click()
    table = page.get_by_role("table")
    table.wait_for()
    pairs = {
        (finding["touchpoint"] or finding["activity"], finding["obstacle"])
        for finding in told["findings"]
        if finding["obstacle"] and finding["kind"] not in ("gap", "bottleneck", "moment_of_truth", "single_case")
    }
    assert table.locator("a[data-kind]").count() >= len(pairs)
    harmless = next(finding for finding in told["findings"] if finding["kind"] in QUIET)
    page.goto(page_of(bank, harmless))
    expect(page.get_by_role("heading", name=harmless["because"], level=2)).to_be_visible()


def test_page_of_a_barrier(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    barrier = next(finding for finding in wrong if finding["kind"] == "barrier" and finding["examples"])
    page = open_page(f"{bank.address}/findings").page
    page.locator("[data-finding]").first.wait_for()
    page.get_by_role("link", name=barrier["because"]).first.click()
    expect(page.get_by_role("heading", name=barrier["because"], level=2)).to_be_visible()
    comparison = page.locator('[data-section="comparison"]')
    for side in ("exposed", "others"):
        expect(comparison).to_contain_text(f"{barrier['compared'][side]['n']:,}")
    how = page.locator('[data-section="how"]')
    if barrier["compared"]["e_value"] is not None:
        expect(how).to_contain_text(f"{barrier['compared']['e_value']:.2f}".rstrip("0").rstrip("."))
    for where in barrier["where"]:
        expect(page.locator('[data-section="where"]')).to_contain_text(where["value"])
    for under in barrier["under"]:
        expect(page.locator('[data-section="under"]')).to_contain_text(under["touchpoint"] or under["activity"])
    page.locator('[data-section="weeks"]').get_by_text("As a table").click()
    expect(page.locator('[data-section="weeks"] tbody tr')).to_have_count(len(barrier["weeks"]))

    example = page.locator('[data-section="examples"] button').first
    example.click()
    drawer = page.get_by_role("dialog")
    asked = {"customer": barrier["examples"][0]["customer_id"]}
    if barrier["examples"][0]["case_id"]:
        asked["case"] = barrier["examples"][0]["case_id"]
    lived = bank.get("/api/analyses/journey", **asked)["result"]["journeys"]
    expect(drawer.locator("[data-life]")).to_have_count(len(lived))
    expect(drawer.locator("ol > li")).to_have_count(sum(len(life["steps"]) for life in lived))
    assert address_of(page)["customer"] == [barrier["examples"][0]["customer_id"]]
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(example).to_be_focused()
    assert "customer" not in address_of(page)


def test_every_kind_has_its_page(
    bank: Service, open_page: OpenPage, told: dict[str, Any], wrong: list[dict[str, Any]]
) -> None:
    page = open_page(f"{bank.address}/findings").page
    for kind in sorted({finding["kind"] for finding in told["findings"]}):
        finding = next(other for other in told["findings"] if other["kind"] == kind)
        page.goto(page_of(bank, finding))
        expect(page.get_by_role("heading", name=finding["because"], level=2)).to_be_visible()
        if finding["evidence"] and finding["obstacle"] != "broken_promise":  # a time of one's own is no number to show
            expect(page.locator('[data-section="evidence"] dt')).to_have_count(len(finding["evidence"]))
        untold = page.locator("main").get_by_text(re.compile(r"undefined|NaN|null|\{\{"))
        expect(untold).to_have_count(0)


def test_way_back_leads_to_the_same_list(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    kind = wrong[0]["kind"]
    page = open_page(f"{bank.address}/findings?kind={kind}").page
    page.locator("[data-finding]").first.wait_for()
    page.locator("[data-finding] a").first.click()
    page.get_by_role("link", name="All findings").click()
    page.wait_for_url(f"**/findings?kind={kind}")


def test_flags_on_the_map_lead_to_the_findings(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    page = open_page(bank.address).page
    touchpoint = one_of(wrong, "touchpoint")["touchpoint"]
    here = [finding for finding in wrong if finding["touchpoint"] == touchpoint]
    flag = page.locator(f'[data-flag][data-place="{touchpoint}"]')
    of_kind = int(flag.get_attribute("data-flag") or 0)
    assert of_kind == sum(finding["kind"] == flag.get_attribute("data-kind") for finding in here)
    expect(flag).to_have_attribute("data-others", str(len(here) - of_kind))
    touchpoints = {finding["touchpoint"] for finding in wrong if finding["touchpoint"]}
    stages = {finding["stage"] for finding in wrong if finding["stage"] and not finding["touchpoint"]}
    expect(page.locator("[data-flag]")).to_have_count(len(touchpoints) + len(stages))
    flag.click()
    page.wait_for_url("**/findings?touchpoint=**")
    expect_list(page, here)
    page.get_by_role("navigation").get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("grid")).to_be_visible()
    assert "touchpoint" not in address_of(page)
    page.get_by_role("grid").get_by_role("button", name=touchpoint, exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Findings here")).to_be_visible()


def test_sentences_follow_the_language(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    said = bank.get("/api/findings", all="true", language="ru")["findings"][0]["because"]
    page = open_page(f"{bank.address}/findings").page
    expect(page.get_by_text(wrong[0]["because"], exact=True)).to_be_visible()
    page.get_by_text("RU", exact=True).click()
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Показать всё, что проверено")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_nothing_for_axe_to_find(
    bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]], width: int, scheme: str
) -> None:
    page = open_page(f"{bank.address}/findings?all=1", width=width, scheme=scheme).page
    page.locator("[data-finding]").first.wait_for()
    page.get_by_role("table").wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    kinds = {finding["kind"] for finding in wrong} if width == 390 else {"barrier"}
    for kind in sorted(kinds):
        page.goto(page_of(bank, next(finding for finding in wrong if finding["kind"] == kind)))
        page.locator("[data-section]").first.wait_for()
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") == width, kind
    example = next(finding for finding in wrong if finding["kind"] == "barrier" and finding["examples"])
    page.goto(page_of(bank, example))
    page.locator('[data-section="examples"] button').first.click()
    page.get_by_role("dialog").locator("[data-life]").first.wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_list_is_walked_by_keys(bank: Service, open_page: OpenPage, wrong: list[dict[str, Any]]) -> None:
    page = open_page(f"{bank.address}/findings").page
    page.locator("[data-finding]").first.wait_for()
    page.locator("[data-finding] a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-finding]').dataset.finding") == wrong[1]["id"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=wrong[1]["because"], level=2)).to_be_visible()


def test_waiting_says_what_is_done(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/findings", before=lambda page: page.route("**/api/findings*", hold)).page
    expect(page.get_by_text("Looking for obstacles.")).to_be_visible()
    expect(page.get_by_text("so far")).to_be_visible()
    assert violations(page) == []


def test_failure_is_told_and_the_map_stands_without_flags(bank: Service, open_page: OpenPage) -> None:
    error = {"error": {"kind": "workspace", "message": "journeys/3.arrow cannot be read.", "hint": "Load again."}}

    def fail(route: Route) -> None:
        route.fulfill(status=409, json=error)

    before = lambda page: page.route("**/api/findings*", fail)  # noqa: E731
    page = open_page(f"{bank.address}/findings", expected=(409,), before=before).page
    expect(page.get_by_role("alert")).to_contain_text("journeys/3.arrow cannot be read.")
    page.get_by_role("navigation").get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("[data-flag]")).to_have_count(0)


def test_filter_that_keeps_nobody(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/findings?since=2031-01-01", expected=(409,)).page
    problem = page.locator('[data-error="no_data"]')
    problem.get_by_role("button", name="Clear filters").click()
    page.locator("[data-finding]").first.wait_for()


def test_old_link(bank: Service, open_page: OpenPage) -> None:
    page = open_page(f"{bank.address}/findings/nothing").page
    page.locator("[data-gone]").get_by_role("link", name="All findings").click()
    page.locator("[data-finding]").first.wait_for()


def test_workspace_without_data(make_service: Callable[[Path], Service], open_page: OpenPage, tmp_path: Path) -> None:
    run_tropa("init", tmp_path / "workspace")
    page = open_page(f"{make_service(tmp_path / 'workspace').address}/findings").page
    expect(page.get_by_role("heading", name="There is no data here yet")).to_be_visible()


def test_code_of_the_findings_comes_only_with_them(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    sizes: dict[str, int] = page.evaluate(
        """() => Object.fromEntries(performance.getEntriesByType('resource')
            .filter(entry => entry.name.endsWith('.js')).map(entry => [entry.name, entry.encodedBodySize]))"""
    )
    assert not [name for name in sizes if "Finding" in name]
    assert sum(sizes.values()) < 350_000


@pytest.mark.parametrize(("width", "language"), [(1440, "ru"), (390, "en")])
def test_the_report_is_taken_from_here(
    bank: Service, told: dict[str, Any], open_page: OpenPage, width: int, language: str
) -> None:
    page = open_page(f"{bank.address}/findings", width=width, language=language).page
    expect(page.locator("[data-finding]").first).to_be_visible(timeout=60_000)
    page.get_by_role("button", name={"ru": "Отчёт", "en": "Report"}[language], exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("radio", name="HTML").click()
    assert violations(page) == []
    with page.expect_request("**/report?*") as asked, page.expect_download(timeout=60_000) as download:
        page.locator("[data-take]").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
    assert "format=html" in asked.value.url and f"language={language}" in asked.value.url
    assert download.value.suggested_filename.endswith(".html")
    assert b"<html" in Path(download.value.path()).read_bytes()[:400]
    expect(page.locator("[data-taken]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
