"""Which moment is now, and how long a journey may be silent and still be under way."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import Row, event_rows, make_workspace

from tropa.cx.under_way import under_way_rule
from tropa.workspace.warned import warnings_of
from tropa.workspace.workspace import Workspace

MAP = """
map: Loan
goal: [Paid]
stages:
  - stage: All
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}, expects: {within: 1h}}
      - {touchpoint: Paid, when: {activity: [pay]}}
"""
# Twenty pay within a day; ann and bob visited within the last minutes of the data.
STORIES = {f"c{n}": f"visit@{n} pay@{n + 1440}" for n in range(20)} | {"ann": "visit@1455", "bob": "visit@1456"}
WRONG: Row = {"customer_id": "c0", "time": "2199-01-01T00:00:00", "activity": "visit", "promised_at": None}


def shop(folder: Path, *more: Row) -> Workspace:
    return make_workspace(folder, [*event_rows(STORIES), *more], map_text=MAP)


def test_one_future_event_does_not_set_the_clock(tmp_path: Path) -> None:
    """A mistyped year ends nothing that is under way for the others, and is told."""
    right, wrong = shop(tmp_path / "right"), shop(tmp_path / "wrong", WRONG)
    before, after = right.ask("overview"), wrong.ask("overview")
    assert before.result.under_way == 2
    assert after.result.under_way == 2
    assert before.warnings == ()
    (warning,) = after.warnings
    assert warning.startswith("1 event is dated later than the load (")
    assert "up to 2199-01-01T00:00:00Z" in warning
    assert "(2026-01-02T00:19:00Z)" in warning
    assert after.result.last_event == "2199-01-01T00:00:00Z"
    (one, other) = (under_way_rule(workspace.journeys()[2]) for workspace in (right, wrong))
    assert "2026-01-02T00:19:00Z" in one
    assert "2026-01-02T00:19:00Z" in other


def test_a_future_event_makes_no_promise_overdue(tmp_path: Path) -> None:
    """Visitors of a few minutes ago still wait within the hour that the map promises."""
    rows = shop(tmp_path / "ws", WRONG | {"customer_id": "z"}).ask("touchpoints").result.touchpoints
    (check,) = next(row for row in rows if row.touchpoint == "Visit").expectations
    assert check.waiting == 0


def test_a_future_event_does_not_lengthen_watching(tmp_path: Path) -> None:
    right, wrong = shop(tmp_path / "right"), shop(tmp_path / "wrong", WRONG)
    (one, other) = (workspace.ask("time_to_goal").result for workspace in (right, wrong))
    assert one.median_seconds == other.median_seconds
    assert one.horizon_seconds == other.horizon_seconds


def test_data_of_the_future_has_its_own_clock(tmp_path: Path) -> None:
    """A simulation of the next century: its end is its now, and nothing is wrong with it."""
    rows = event_rows(STORIES, start="2150-01-01T00:00:00")
    answer = make_workspace(tmp_path / "ws", rows, map_text=MAP).ask("overview")
    assert answer.result.under_way == 2
    assert answer.warnings == ()


def test_the_first_and_the_last_of_several_are_told(tmp_path: Path) -> None:
    """As many events of the next century as of this year: they set no clock, and are not passed over in silence."""
    right = event_rows({f"c{n}": f"visit@{n}" for n in range(6)})
    wrong = [WRONG | {"customer_id": f"c{n}", "time": f"2199-01-0{n + 1}T00:00:00"} for n in range(6)]
    half, most = (make_workspace(tmp_path / str(n), [*right[:n], *wrong]) for n in (6, 5))
    (said,) = half.ask("overview").warnings
    assert said.startswith("6 events are dated later than the load (")
    assert "from 2199-01-01T00:00:00Z up to 2199-01-06T00:00:00Z" in said
    assert "as of the last event before it (2026-01-01T00:05:00Z)" in said
    (said,) = most.ask("overview").warnings
    assert "they are more than half of all" in said
    _, manifest, lens = half.journeys()
    (said,) = warnings_of(lens, manifest, "ru")
    assert "датировано 6 событий, с 2199-01-01T00:00:00Z вплоть до 2199-01-06T00:00:00Z" in said


def test_sessions_without_a_map(tmp_path: Path) -> None:
    """A session that was silent for longer than the gap of sessions is over, map or none."""
    stories = {f"c{n}": "visit@0 look@1 visit@3000 look@3001" for n in range(20)} | {"ann": "visit@2960"}
    bare = make_workspace(tmp_path / "bare", event_rows(stories))
    mapped = make_workspace(tmp_path / "mapped", event_rows(stories), map_text=MAP.replace("goal: [Paid]", ""))
    (one, other) = (workspace.ask("overview", unit="session").result for workspace in (bare, mapped))
    assert one.under_way_idle_seconds == other.under_way_idle_seconds == 1800
    assert one.under_way == other.under_way == 20
    assert "a longer pause begins a new session" in under_way_rule(bare.journeys("session")[2])
