"""The living map in a real browser, on the simulated bank."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.drive import OpenPage, Service, violations

pytestmark = pytest.mark.browser

UPLOAD = "Загрузка документов"


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def address_of(page: Page) -> dict[str, list[str]]:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)


def kept(page: Page) -> int:
    """How many journeys the page says that the filters keep, once it has answered."""
    status = page.locator("[data-kept]")
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    return int(status.get_attribute("data-kept") or -1)


def lane(page: Page, name: str) -> list[str]:
    return page.locator(f'[data-row="{name}"] [data-cell]').all_inner_texts()


def test_map_shows_what_the_service_answers(bank: Service, open_page: OpenPage) -> None:
    answer = bank.get("/api/living-map")
    page = open_page(bank.address).page
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    assert page.title().startswith(answer["map"]["map"])
    heads = page.locator('[role="columnheader"]').all_inner_texts()
    for stage in answer["map"]["stages"]:
        assert any(stage["stage"] in head for head in heads)
    rows = answer["touchpoints"]["touchpoints"]
    journeys = lane(page, "journeys")
    assert len(journeys) == len(rows)
    for row, text in zip(rows, journeys, strict=True):
        assert digits(text.split("\n")[0]) == row["journeys"]
        assert (f"−{row['drop_off']:,}" in text) == (row["drop_off"] > 0)
    failures = lane(page, "failures")
    worst = max(range(len(rows)), key=lambda i: rows[i]["failure_share"] or 0)
    assert f"{rows[worst]['failure_share']:.0%}" in failures[worst]
    checks = [check for row in rows for check in row["expectations"]]
    shown = page.locator('[data-row="reality"] [data-cell] [data-verdict] b').count()
    assert shown == sum(check["gap"] is not None for check in checks)
    assert f"{answer['overview']['goal_rate']:.0%}" in page.get_by_label("Key numbers").inner_text()


def test_moments_of_truth_and_the_goal_are_marked(bank: Service, open_page: OpenPage) -> None:
    rows = bank.get("/api/living-map")["touchpoints"]["touchpoints"]
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    heads = page.locator('[role="columnheader"]')
    marked = sum(row["moment_of_truth"] for row in rows)
    by_author = heads.locator('[data-who="author"], [data-who="both"]')
    expect(by_author).to_have_count(marked)
    assert heads.filter(has=page.get_by_text("Goal", exact=True)).count() == sum(row["goal"] for row in rows)


def test_filter_changes_the_address_and_the_numbers(bank: Service, open_page: OpenPage) -> None:
    attribute = next(item for item in bank.get("/api/workspace")["attributes"] if item["attribute"] == "region")
    value = attribute["values"][0]["value"]
    wanted = bank.get("/api/living-map", segment=f"region={value}")["journeys"]
    page = open_page(bank.address).page
    page.get_by_role("button", name="Segment").click()
    page.get_by_label("Segment: Find…").fill(value)
    page.get_by_role("option", name=value).first.click()
    page.wait_for_url("**segment=region**")
    assert address_of(page)["segment"] == [f"region={value}"]
    expect(page.locator(f'[data-kept="{wanted}"]')).to_be_visible()
    journeys = page.get_by_label("Key numbers").inner_text().split("\n")[1]
    assert digits(journeys) == wanted

    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Remove: region: {value}").click()
    page.wait_for_url(lambda url: "segment" not in url)
    everything = bank.get("/api/living-map")["journeys"]
    expect(page.locator(f'[data-kept="{everything}"]')).to_be_visible()


def test_period_counts_back_from_the_last_event(bank: Service, open_page: OpenPage) -> None:
    last = bank.get("/api/workspace")["last_event"][:10]
    page = open_page(bank.address).page
    page.get_by_role("button", name="Whole period").click()
    page.get_by_role("button", name="Last 30 days").click()
    page.wait_for_url("**since=**")
    asked = address_of(page)
    assert asked["until"] == [last]
    wanted = bank.get("/api/living-map", since=asked["since"][0], until=last)["journeys"]
    assert 0 < wanted < bank.get("/api/living-map")["journeys"]
    expect(page.locator(f'[data-kept="{wanted}"]')).to_be_visible()


def test_link_shows_the_same(bank: Service, open_page: OpenPage) -> None:
    query = {"since": "2026-04-01", "until": "2026-06-30", "channel": ["web", "app"], "touchpoint": UPLOAD}
    wanted = bank.get("/api/living-map", since="2026-04-01", until="2026-06-30", channel=["web", "app"])["journeys"]
    page = open_page(f"{bank.address}/?{urllib.parse.urlencode(query, doseq=True)}").page
    expect(page.get_by_role("dialog")).to_contain_text(UPLOAD)
    page.keyboard.press("Escape")
    assert kept(page) == wanted
    for name in ("Remove: web", "Remove: app"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    assert "touchpoint" not in address_of(page)


def test_drawer_opens_by_a_click_and_gives_the_focus_back(bank: Service, open_page: OpenPage) -> None:
    told = bank.get("/api/analyses/touchpoint", touchpoint=UPLOAD)["result"]
    page = open_page(bank.address).page
    head = page.get_by_role("button", name=UPLOAD, exact=True)
    head.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("[data-chart] svg")).to_be_visible()
    assert address_of(page)["touchpoint"] == [UPLOAD]
    for quote in told["quotes"][:3]:
        expect(drawer).to_contain_text(quote["text"].split("\n")[0])
    for neighbour in told["goes_to"][:2]:
        expect(drawer).to_contain_text(neighbour["touchpoint"])
    example = drawer.locator("details").first
    example.locator("summary").click()
    expect(example.locator("ol li")).to_have_count(len(told["examples"][0]["steps"]))
    drawer.get_by_text("As a table").click()
    expect(drawer.locator("tbody tr")).to_have_count(len(told["trend"]))
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert "touchpoint" not in address_of(page)
    expect(head).to_be_focused()


def test_map_is_walked_by_keys(bank: Service, open_page: OpenPage) -> None:
    rows = bank.get("/api/living-map")["touchpoints"]["touchpoints"]
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    page.locator('[data-cell][tabindex="0"]').focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    active = page.evaluate("document.activeElement.dataset.column + document.activeElement.parentElement.dataset.row")
    assert active == "2emotion"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(rows[2]["touchpoint"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator('[data-row="emotion"] [data-column="2"]')).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(f'[data-row="emotion"] [data-column="{len(rows) - 1}"]')).to_be_in_viewport()


def test_language_is_the_workspace_s_until_a_person_chooses(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address, language=None).page
    expect(page.get_by_text("Эмоциональная кривая")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "ru"
    page.get_by_text("EN", exact=True).click()
    expect(page.get_by_text("Emotion curve")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    expect(page.get_by_text("Emotion curve")).to_be_visible()


def test_appearance_is_switched_against_the_system_s(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address, scheme="dark").page
    page.get_by_role("grid").wait_for()
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.get_by_role("button", name="Light appearance").click()
    expect(page.get_by_role("button", name="Dark appearance")).to_be_visible()
    light = page.evaluate(background)
    assert dark == "rgb(18, 23, 26)"
    assert light == "rgb(245, 245, 241)"


def test_lanes_collapse_and_stay_so(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address).page
    page.get_by_role("button", name="Collapse lane “Pains”").click()
    expect(page.locator('[data-row="pains"] [data-cell]')).to_have_count(0)
    assert address_of(page)["fold"] == ["pains"]
    # Remembered for this map, also where the address says nothing.
    page.goto(bank.address)
    expect(page.get_by_role("button", name="Expand lane “Pains”")).to_be_visible()


def test_lanes_are_moved_and_hidden_and_a_link_shows_the_same(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address).page
    head = page.get_by_role("button", name="Collapse lane “Emotion curve”")
    head.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-row]").first).to_have_attribute("data-row", "emotion")
    head.hover()
    page.get_by_role("button", name="Actions for the lane “Emotion curve”").click()
    page.get_by_role("menuitem", name="Move down").click()
    expect(page.locator("[data-row]").first).to_have_attribute("data-row", "journeys")
    page.get_by_role("button", name="Lanes", exact=True).click()
    page.get_by_role("checkbox", name="Pains", exact=True).uncheck()
    expect(page.locator('[data-row="pains"]')).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Heat map").click()
    page.get_by_role("checkbox", name="Worst gap to a promise").check()
    page.get_by_role("radio", name="Greys").check()
    expect(page.locator("[data-row]").first).to_have_attribute("data-row", "heat:gap")
    other = open_page(page.url).page
    expect(other.locator("[data-row]").first).to_have_attribute("data-row", "heat:gap")
    expect(other.locator('[data-row="pains"]')).to_have_count(0)
    assert other.get_by_role("grid").get_attribute("data-scale") == "grey"


def test_search_leads_to_a_touchpoint_and_to_a_card(bank: Service, open_page: OpenPage) -> None:
    rows = bank.get("/api/living-map")["touchpoints"]["touchpoints"]
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(rows[-1]["touchpoint"])
    page.keyboard.press("Enter")
    expect(page.locator(f'[data-cell][data-column="{len(rows) - 1}"]:focus')).to_be_in_viewport()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("search the map")
    assert violations(page) == []


def test_scenario_keeps_journeys_by_where_they_came(bank: Service, open_page: OpenPage) -> None:
    wanted = bank.get("/api/living-map", scenario=[f"!{UPLOAD}"])["journeys"]
    page = open_page(bank.address).page
    page.get_by_role("button", name="Scenario").click()
    page.get_by_role("button", name=f"without: {UPLOAD}").click()
    expect(page.locator(f'[data-kept="{wanted}"]')).to_be_visible()
    assert address_of(page)["scenario"] == [f"!{UPLOAD}"]


def test_two_channels_side_by_side_colour_only_what_differs(bank: Service, open_page: OpenPage) -> None:
    compare = ["channel=web", "channel=app"]
    told = bank.get("/api/analyses/touchpoints", compare=compare)["result"]
    page = open_page(f"{bank.address}/?{urllib.parse.urlencode({'compare': compare}, doseq=True)}").page
    head = page.get_by_label("Comparison").first
    expect(head).to_contain_text(f"{told['both']:,}")
    cells = page.locator('[data-pair="failure_share"]')
    cells.first.wait_for()
    real = sum(
        one["differs"] and one["measure"] == "failure_share" and one["where"].count(" / ") == 1
        for one in told["differences"]
    )
    assert page.locator('[data-pair="failure_share"][data-differs="true"]').count() == real
    assert violations(page) == []
    page.get_by_role("button", name="Stop comparing").click()
    expect(page.locator('[data-row="reality"]')).to_be_visible()


def test_a_number_opens_its_journeys(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    page.locator('[data-row="failures"] [data-cell]').nth(6).click()
    page.get_by_role("dialog").locator('[data-behind="failures"]').click()
    page.wait_for_url("**/explore/journeys?**")
    assert address_of(page)["failed_at"] == [UPLOAD]


def test_paper_takes_the_map_by_sheets(bank: Service, open_page: OpenPage) -> None:
    rows = bank.get("/api/living-map")["touchpoints"]["touchpoints"]
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    page.emulate_media(media="print")
    expect(page.locator("[data-sheet]")).not_to_have_count(0)
    assert page.locator('[data-sheet] [data-row="journeys"] [data-cell]').count() == len(rows)
    page.emulate_media(media="screen")
    expect(page.locator("[data-sheet]")).to_have_count(0)


def test_heads_and_lane_names_stay_in_sight(bank: Service, open_page: OpenPage) -> None:
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    page.locator("#map").evaluate("box => box.scrollTo(1200, 900)")
    expect(page.locator('[role="columnheader"]').first).to_be_in_viewport()
    corner = page.locator('[role="rowheader"]').nth(4).bounding_box()
    assert corner is not None
    assert corner["x"] == 0


def test_phone_reads_stage_by_stage(bank: Service, open_page: OpenPage) -> None:
    answer = bank.get("/api/living-map")
    page = open_page(bank.address, width=390, height=844).page
    cards = page.locator("article")
    expect(cards).to_have_count(len(answer["touchpoints"]["touchpoints"]))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    card = page.locator(f'article[data-touchpoint="{UPLOAD}"]')
    # The page's own styles stand over those of the components that it is made of.
    assert card.get_by_role("button").first.evaluate("it => getComputedStyle(it).paddingLeft") == "12px"
    card.get_by_role("button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("[data-chart] svg")).to_be_visible()
    box = drawer.bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_nothing_for_axe_to_find(bank: Service, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(bank.address, width=width, scheme=scheme).page
    page.get_by_text(UPLOAD).first.wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Segment").click()
    page.get_by_role("option").first.wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Whole period").click()
    page.get_by_role("button", name="Last 30 days").wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=UPLOAD).first.click()
    page.locator("[data-chart] svg").wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_first_picture_comes_soon(bank: Service, open_page: OpenPage) -> None:
    bank.get("/api/living-map")
    page = open_page(bank.address).page
    page.get_by_role("grid").wait_for()
    painted, code = page.evaluate(
        """() => [
            performance.getEntriesByName('first-contentful-paint')[0].startTime,
            performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.includes('vega')),
        ]"""
    )
    assert painted < 2000
    assert code == [], "charts are loaded only when one is looked at"
