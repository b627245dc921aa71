"""What a lens shows of the partitions stays for all questions, and goes when the data, the map or the settings do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import load_rows, make_workspace

from tropa.cx import view
from tropa.workspace import views
from tropa.workspace.workspace import Workspace

MAP = """
map: Desk
goal: [Done]
stages:
  - stage: One
    touchpoints:
      - {touchpoint: Form, when: {activity: [form]}}
      - {touchpoint: Done, when: {activity: [done]}}
"""


def _row(customer: str, day: int, activity: str) -> dict[str, Any]:
    return {"customer_id": customer, "time": f"2026-03-{day:02}T10:00", "activity": activity, "channel": "web"}


ROWS = [_row("a", 1, "form"), _row("a", 2, "done"), _row("b", 3, "form"), _row("c", 4, "form"), _row("c", 5, "done")]
FEEDBACK = [
    {"customer_id": "a", "time": "2026-03-02T11:00", "kind": "csat", "score": 5.0},
    {"customer_id": "b", "time": "2026-03-03T11:00", "kind": "csat", "score": 1.0},
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "ws", ROWS, FEEDBACK, map_text=MAP)


def _asked(workspace: Workspace, **filters: Any) -> tuple[int, Any]:
    answer = workspace.ask("touchpoints", **filters)
    return answer.journeys, answer.result


def test_order_of_questions_does_not_matter(workspace: Workspace, tmp_path: Path) -> None:
    """A question about some, then about all, then about others says the same as each asked alone."""
    questions: list[dict[str, Any]] = [
        {"since": "2026-03-03"},
        {},
        {"until": "2026-03-02"},
        {"since": "2026-03-03", "until": "2026-03-03"},
        {"unit": "session"},
        {},
    ]
    alone = [_asked(Workspace(workspace.folder), **question) for question in questions]
    assert [_asked(workspace, **question) for question in questions] == alone
    assert [journeys for journeys, _ in alone] == [2, 3, 1, 1, 5, 3]


def test_worked_out_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    outcomes = view.outcomes

    def counted(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        return outcomes(*args)

    monkeypatch.setattr(view, "outcomes", counted)
    workspace.ask("touchpoints")
    first = calls
    workspace.ask("touchpoints", since="2026-03-03")
    workspace.ask("touchpoints", until="2026-03-02")
    assert first > 0
    assert calls == first


def test_of_large_data_nothing_stays(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_EVENTS", 4)
    workspace.ask("touchpoints")
    assert not workspace._views._kept


def test_new_data_and_another_map_are_seen(workspace: Workspace) -> None:
    assert _asked(workspace)[0] == 3
    load_rows(workspace, [_row("d", 6, "form")])
    assert _asked(workspace)[0] == 4
    workspace.documents.save_map(MAP.replace("touchpoint: Form", "touchpoint: Paper"))
    assert [row.touchpoint for row in _asked(workspace)[1].touchpoints] == ["Paper", "Done"]
    assert len(workspace._views._kept) == 1
    workspace.adopt(replace(workspace.settings, timezone="Asia/Tokyo"))
    assert not workspace._views._kept


def test_what_another_map_shows_of_earlier_data_goes_too(workspace: Workspace) -> None:
    document = workspace.map()
    assert document is not None
    other = workspace.using(document)
    _asked(other)
    assert other._views._kept
    load_rows(workspace, [_row("d", 6, "form")])
    _asked(workspace)
    assert not other._views._kept


def test_a_question_that_was_overtaken_leaves_nothing(workspace: Workspace) -> None:
    _, manifest, lens = workspace.journeys()
    workspace.documents.save_map(MAP.replace("touchpoint: Form", "touchpoint: Paper"))
    _asked(workspace)
    list(workspace.views(manifest, lens, None))
    assert id(lens) not in workspace._views._kept
