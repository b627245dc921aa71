"""The map being edited: in place, by keys, by two people, without a network, on a phone, and very large."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.drive import OpenPage, Service, run_tropa, violations

WIDE, PHONE = 1440, 390


def post(service: Service, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the service answers to a change made by somebody else."""
    request = urllib.request.Request(
        f"{service.address}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        told: dict[str, Any] = json.load(reply)
    return told


def document(stages: int, touchpoints: int, name: str = "Trial") -> dict[str, Any]:
    """A map of so many stages with so many touchpoints each."""
    return {
        "map": name,
        "stages": [
            {
                "stage": f"Stage {stage}",
                "jobs": [f"Get through {stage}"],
                "touchpoints": [
                    {
                        "touchpoint": f"Touchpoint {stage}.{number}",
                        "expects": {"best": "At once", "within": "10m", "score": 4},
                        "pains": [{"pain": f"It takes {number} steps", "kind": "process"}],
                    }
                    for number in range(touchpoints)
                ],
            }
            for stage in range(stages)
        ],
    }


@pytest.fixture(scope="module")
def drawn(make_service: Callable[[Path], Service], tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A workspace without data: maps are drawn before any event is known."""
    workspace = tmp_path_factory.mktemp("drawn") / "workspace"
    run_tropa("init", workspace, "--name", "Drawn", "--language", "en", "--timezone", "UTC")
    return make_service(workspace)


@pytest.fixture
def new_map(drawn: Service) -> Callable[..., str]:
    def make(stages: int = 2, touchpoints: int = 3, name: str = "Trial") -> str:
        told = post(drawn, "/api/maps", {"document": document(stages, touchpoints, name)})
        return str(told["head"]["id"])

    return make


def spot(page: Page, row: str, column: int) -> Any:
    return page.locator(f'[data-spot="{row}|{column}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-sync]")).to_have_attribute("data-sync", "saved")


def touchpoint(service: Service, map_id: str, name: str) -> dict[str, Any]:
    stages = service.get(f"/api/maps/{map_id}")["document"]["stages"]
    return next(it for stage in stages for it in stage.get("touchpoints", []) if it["touchpoint"] == name)


def test_a_cell_is_written_moved_and_taken_back_by_keys_alone(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    spot(page, "touchpoint:actions", 0).click()
    page.keyboard.type("Opens the site")
    page.keyboard.press("Enter")
    page.keyboard.type('<img src=x onerror="alert(1)">')
    page.keyboard.press("Tab")
    expect(spot(page, "touchpoint:actions", 0)).to_contain_text("<img src=x")
    expect(spot(page, "touchpoint:actions", 1)).to_be_focused()
    spot(page, "#touchpoints", 0).click()
    page.keyboard.press("Alt+ArrowRight")
    expect(spot(page, "#touchpoints", 1)).to_contain_text("Touchpoint 0.0")
    expect(spot(page, "#touchpoints", 1)).to_be_focused()
    saved(page)
    kept = touchpoint(drawn, map_id, "Touchpoint 0.0")
    assert kept["actions"] == ["Opens the site", '<img src=x onerror="alert(1)">']
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(spot(page, "#touchpoints", 0)).to_contain_text("Touchpoint 0.0")
    saved(page)
    assert "actions" not in touchpoint(drawn, map_id, "Touchpoint 0.0")
    assert violations(page) == []


def test_dragging_does_what_the_keys_do(drawn: Service, new_map: Callable[..., str], open_page: OpenPage) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    spot(page, "#touchpoints", 0).drag_to(spot(page, "#touchpoints", 4), target_position={"x": 200, "y": 20})
    saved(page)
    names = [it["touchpoint"] for it in drawn.get(f"/api/maps/{map_id}")["document"]["stages"][1]["touchpoints"]]
    assert names == ["Touchpoint 1.0", "Touchpoint 1.1", "Touchpoint 0.0", "Touchpoint 1.2"]


def test_nothing_typed_without_a_network_is_lost(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit", expected=(502,)).page
    expect(spot(page, "touchpoint:thoughts", 0)).to_be_visible()
    page.route("**/changes", lambda route: route.fulfill(status=502, body="the gateway is away"))
    spot(page, "touchpoint:thoughts", 0).click()
    page.keyboard.type("Typed offline")
    page.keyboard.press("Tab")
    expect(page.locator("[data-sync]")).to_have_attribute("data-sync", "offline")
    page.unroute("**/changes")
    page.reload()
    expect(spot(page, "touchpoint:thoughts", 0)).to_contain_text("Typed offline")
    saved(page)
    assert touchpoint(drawn, map_id, "Touchpoint 0.0")["thoughts"] == ["Typed offline"]


def test_two_people_write_at_once(drawn: Service, new_map: Callable[..., str], open_page: OpenPage) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    here = {"op": "set", "on": {"touchpoint": "Touchpoint 0.0"}}

    def meanwhile(*changes: dict[str, Any]) -> None:
        post(drawn, f"/api/maps/{map_id}/changes", {"base_version": 1, "changes": [{**here, **it} for it in changes]})

    # Into one list: the items of both stand there, and nobody is asked.
    spot(page, "touchpoint:actions", 0).dblclick()
    page.keyboard.type("Mine")
    meanwhile(*({"path": [lane], "value": ["Theirs"], "was": None} for lane in ("actions", "ideas")))
    page.keyboard.press("Tab")
    expect(spot(page, "touchpoint:actions", 0)).to_contain_text("Theirs")
    expect(spot(page, "touchpoint:actions", 0)).to_contain_text("Mine")
    saved(page)
    expect(page.locator("[data-troubles]")).to_have_count(0)
    # One takes back only their own.
    page.keyboard.press("Control+z")
    expect(spot(page, "touchpoint:actions", 0)).not_to_contain_text("Mine")
    saved(page)
    both = touchpoint(drawn, map_id, "Touchpoint 0.0")
    assert (both["actions"], both["ideas"]) == (["Theirs"], ["Theirs"])
    # The same item: both are shown, and the person decides.
    spot(page, "touchpoint:actions", 0).dblclick()
    page.keyboard.type(" and mine")
    meanwhile({"path": ["actions"], "value": ["Theirs, once more"], "was": ["Theirs"]})
    page.keyboard.press("Tab")
    page.locator("[data-troubles]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Theirs and mine")
    expect(dialog).to_contain_text("Theirs, once more")
    assert violations(page) == []
    dialog.get_by_role("button", name="Keep both").click()
    saved(page)
    assert touchpoint(drawn, map_id, "Touchpoint 0.0")["actions"] == ["Theirs, once more", "Theirs and mine"]


def test_editing_answers_within_100_ms_on_300_touchpoints(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map(10, 30)
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    expect(spot(page, "touchpoint:actions", 0)).to_be_visible()
    assert page.locator("[role=gridcell]").count() < 400
    # From a key to the next painted picture: processor time of this machine, so the best of several is what counts.
    measure = """async () => {
      const spent = [];
      for (const key of ['x', 'Tab', 'y', 'Tab', 'z', 'Tab']) {
        const at = document.activeElement;
        const began = performance.now();
        at.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        spent.push(performance.now() - began);
      }
      return spent;
    }"""
    spot(page, "touchpoint:actions", 0).click()
    page.evaluate(measure)
    spent = page.evaluate(measure)
    print("milliseconds:", [round(it) for it in spent])
    assert sorted(spent)[len(spent) // 2] < 100
    page.keyboard.press("Control+End")
    expect(spot(page, "#touchpoints", 299)).to_contain_text("Touchpoint 9.29")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_phone_edits_one_touchpoint_at_a_time(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage, language: str
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit", width=PHONE, height=844, language=language).page
    expect(page.get_by_role("heading", name="Touchpoint 0.0")).to_be_visible()
    name = {"en": "Pains", "ru": "Боли"}[language]
    page.get_by_role("region", name=name).get_by_role("button").click()
    field = page.get_by_role("textbox").first
    field.fill("It is slow")
    field.press("Control+Enter")
    saved(page)
    assert touchpoint(drawn, map_id, "Touchpoint 0.0")["pains"][0]["pain"] == "It is slow"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(page) == []


def test_maps_are_listed_made_copied_and_put_away(drawn: Service, open_page: OpenPage) -> None:
    post(drawn, "/api/maps", {"document": document(1, 1, "Listed")})
    page = open_page(f"{drawn.address}/maps").page
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Listed", exact=True))
    card.get_by_role("button", name="Listed: actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    copy = page.get_by_role("listitem").filter(has_text="Listed (copy)")
    expect(copy).to_be_visible()
    copy.get_by_role("button", name=re.compile("actions")).click()
    page.get_by_role("menuitem", name="To the archive").click()
    expect(copy).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="New map").click()
    page.get_by_role("textbox", name="Name of the map").fill("Путь 🚀 مرحبا")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("textbox", name="Stages, one a line").fill("Choose\nBuy")
    page.get_by_role("button", name="Draw the stages").click()
    expect(spot(page, "#stages", 1)).to_contain_text("Buy")
    saved(page)


def test_versions_are_named_compared_and_restored(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    spot(page, "#touchpoints", 2).click()
    page.keyboard.press("Delete")
    saved(page)
    page.get_by_role("button", name="Versions").click()
    first = page.get_by_role("complementary").get_by_role("listitem").last
    first.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("− Touchpoint 0.2")).to_be_visible()
    assert violations(page) == []
    first.get_by_role("button", name="Restore").click()
    expect(spot(page, "#touchpoints", 2)).to_contain_text("Touchpoint 0.2")


def test_cells_are_discussed_and_stand_on_research(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    spot(page, "touchpoint:pains", 1).click()
    page.get_by_role("button", name="Comments").click()
    page.get_by_role("textbox", name="Comment").fill("@Anna is it still so? <script>alert(1)</script>")
    page.get_by_role("button", name="Say").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("listitem").first).to_contain_text("Touchpoint 0.1 · Pains")
    assert violations(page) == []
    page.get_by_role("button", name="Research").click()
    page.get_by_role("button", name="New note").click()
    page.get_by_role("textbox", name="What was said or seen").fill("I waited for an hour")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Tie to the chosen cell").click()
    expect(panel.get_by_text("→ Touchpoint 0.1 · Pains")).to_be_visible()
    # The cell says at once on what it stands, and that somebody asks about it; a click leads to what they say.
    expect(spot(page, "touchpoint:pains", 1)).to_contain_text("n = 1")
    spot(page, "touchpoint:actions", 0).click()
    spot(page, "touchpoint:pains", 1).get_by_role("button", name="1 open comment").click()
    expect(panel.get_by_role("heading", name="Touchpoint 0.1 · Pains")).to_be_visible()
    field = page.get_by_role("textbox", name="Comment")
    field.press_sequentially("Ask @an")
    expect(panel.get_by_role("option", name="Anna")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("Ask @Anna ")
    assert violations(page) == []


def test_several_cells_are_copied_pasted_and_cleared_at_once(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit").page
    spot(page, "touchpoint:pains", 0).click()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[role=gridcell][aria-selected=true]")).to_have_count(2)
    page.keyboard.press("Control+c")
    spot(page, "touchpoint:actions", 1).click()
    page.keyboard.press("Control+v")
    expect(spot(page, "touchpoint:actions", 2)).to_contain_text("It takes 1 steps")
    spot(page, "touchpoint:actions", 2).click(modifiers=["Shift"])
    page.keyboard.press("Delete")
    expect(spot(page, "touchpoint:actions", 2)).not_to_contain_text("It takes")
    page.keyboard.press("Control+z")
    saved(page)
    actions = [touchpoint(drawn, map_id, f"Touchpoint 0.{number}").get("actions") for number in range(3)]
    assert actions == [None, ["It takes 0 steps"], ["It takes 1 steps"]]


def copied(bank: Service) -> str:
    """A copy of the living map: what is bound in it is nobody else's business."""
    heads: Any = bank.get("/api/maps")
    live = next(head["id"] for head in heads if head["live"])
    return str(post(bank, f"/api/maps/{live}/duplicate", {"name": "Copy"})["head"]["id"])


def test_events_are_picked_from_what_was_really_seen(bank: Service, open_page: OpenPage) -> None:
    copy = copied(bank)
    page = open_page(f"{bank.address}/maps/{copy}/edit").page
    spot(page, "touchpoint:when", 1).click()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    signing = dialog.get_by_role("checkbox", name=re.compile(r"^branch_ticket_signing \d"))
    expect(signing).to_be_visible()
    expect(dialog.locator("p[aria-live]")).to_contain_text("events")
    before = dialog.locator("p[aria-live]").inner_text()
    signing.check()
    expect(dialog.locator("p[aria-live]")).not_to_have_text(before)
    expect(dialog.locator("p[aria-live]")).to_contain_text("events")
    assert violations(page) == []
    dialog.get_by_role("button", name="Bind", exact=True).click()
    saved(page)
    bound = touchpoint(
        bank, copy, bank.get(f"/api/maps/{copy}")["document"]["stages"][0]["touchpoints"][1]["touchpoint"]
    )
    assert "branch_ticket_signing" in bound["when"]["activity"]


def test_an_event_of_another_touchpoint_moves_and_comes_back(bank: Service, open_page: OpenPage) -> None:
    copy = copied(bank)
    names = ("Талон в отделение", "Консультация")
    before = [touchpoint(bank, copy, name)["when"] for name in names]
    page = open_page(f"{bank.address}/maps/{copy}/edit").page
    spot(page, "touchpoint:when", 1).click()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    theirs = dialog.get_by_role("checkbox", name=re.compile(r"^branch_consultation \d"))
    expect(theirs).to_have_accessible_name(re.compile("bound at «Консультация»"))
    theirs.check()
    told = dialog.get_by_role("status")
    expect(told).to_contain_text("Moves here from «Консультация»: branch_consultation.")
    # An expression gives nothing over: that is said before anything is refused.
    dialog.get_by_role("checkbox", name=re.compile(r"^application_submitted \d")).check()
    expect(told).to_contain_text("application_submitted: «Отправка заявки» has it by the expression")
    expect(dialog.get_by_role("button", name="Move and bind")).to_be_disabled()
    expect(dialog.locator("p[aria-live][data-waiting]")).to_have_count(0)
    assert violations(page) == []
    told.get_by_role("button", name="Leave it there").click()
    dialog.get_by_role("button", name="Move and bind").click()
    saved(page)
    expect(page.locator("[data-troubles]")).to_have_count(0)
    assert [touchpoint(bank, copy, name)["when"]["activity"] for name in names] == [
        ["branch_ticket", "branch_consultation"],
        ["call_consultation"],
    ]
    page.keyboard.press("Control+z")
    expect(spot(page, "touchpoint:when", 2)).to_contain_text("branch_consultation")
    saved(page)
    assert [touchpoint(bank, copy, name)["when"] for name in names] == before


@pytest.mark.parametrize("view", ["matrix", "questions"])
def test_matrix_and_questions_are_views_of_the_same_map(
    drawn: Service, new_map: Callable[..., str], open_page: OpenPage, view: str
) -> None:
    map_id = new_map()
    page = open_page(f"{drawn.address}/maps/{map_id}/edit?view={view}").page
    page.get_by_role("cell").locator("button").last.click()
    page.get_by_role("textbox").last.fill("Written in a table")
    page.get_by_role("button", name="Done").click()
    saved(page)
    stage = drawn.get(f"/api/maps/{map_id}")["document"]["stages"][-1]
    assert "Written in a table" in json.dumps(stage)
    assert violations(page) == []
