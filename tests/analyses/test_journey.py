"""Everything of one customer, in order of time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import make_workspace

from tropa.analyses.journey import Journey
from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace

MAP = """\
map: loan
unit: case
goal: [Money]
stages:
  - stage: Papers
    touchpoints:
      - touchpoint: Upload
        when: {activity: upload}
  - stage: Payout
    touchpoints:
      - touchpoint: Money
        when: {activity: payout}
"""
EVENTS = [
    {"customer_id": "ann", "case_id": "1", "time": "2026-01-01T10:00", "activity": "upload", "channel": "app",
     "status": "failed", "browser": "old", "promised_at": "2026-01-01T10:05", "value": 7.5},
    {"customer_id": "ann", "case_id": "1", "time": "2026-01-01T10:30", "activity": "check", "actor": "employee",
     "performer": "Eve", "ended_at": "2026-01-01T10:40"},
    {"customer_id": "ann", "case_id": "1", "time": "2026-01-01T11:00", "activity": "payout"},
    {"customer_id": "ann", "case_id": "2", "time": "2026-01-05T10:00", "activity": "upload"},
    {"customer_id": "bob", "case_id": "3", "time": "2026-01-02T10:00", "activity": "upload"},
]  # fmt: skip
FEEDBACK = [
    {
        "customer_id": "ann",
        "case_id": "1",
        "time": "2026-01-01T10:10",
        "kind": "csat",
        "score": 2,
        "text": "Не грузится",
    },
    {"customer_id": "ann", "case_id": "1", "time": "2026-01-01T12:00", "kind": "nps", "score": 9},
]
CUSTOMERS = [{"customer_id": "ann", "region": "Kazan"}]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "ws", EVENTS, FEEDBACK, CUSTOMERS, MAP)


def test_everything_in_order(workspace: Workspace) -> None:
    told = workspace.ask("journey", customer="ann").result
    assert isinstance(told, Journey)
    first, second = told.journeys
    assert (told.customer_id, first.case_id, second.case_id) == ("ann", "1", "2")
    assert [(step.what, step.activity or step.kind, step.gap_seconds) for step in first.steps] == [
        ("event", "upload", None),
        ("feedback", "csat", 600),
        ("event", "check", 1800),
        ("event", "payout", 1800),
        ("feedback", "nps", 3600),
    ]
    assert (first.begins, first.ends, first.duration_seconds) == ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", 3600)
    assert (first.outcome, first.goal_at, first.time_to_goal_seconds) == ("reached", "2026-01-01T11:00:00Z", 3600)
    assert (first.events, first.feedback, second.events, second.feedback) == (3, 2, 1, 0)
    assert first.attributes == {"browser": "old", "region": "Kazan"}
    assert second.attributes == {"region": "Kazan"}


def test_each_step_says_what_is_known_of_it(workspace: Workspace) -> None:
    upload, csat, check, _, nps = workspace.ask("journey", customer="ann", case="1").result.journeys[0].steps
    assert (upload.touchpoint, upload.stage, upload.channel, upload.actor, upload.performer) == (
        "Upload",
        "Papers",
        "app",
        "customer",
        None,
    )
    assert (upload.status, upload.value, upload.ended_at, upload.promised_at) == (
        "failed",
        7.5,
        None,
        "2026-01-01T10:05:00Z",
    )
    assert (upload.kind, upload.score, upload.text, upload.attributes) == (None, None, None, {"browser": "old"})
    assert (check.touchpoint, check.stage, check.actor, check.performer) == (None, None, "employee", "Eve")
    assert (check.status, check.ended_at, check.value) == ("ok", "2026-01-01T10:40:00Z", None)
    assert (csat.kind, csat.score, csat.text, csat.touchpoint) == ("csat", 2, "Не грузится", "Upload")
    assert (nps.score, nps.text, nps.time) == (9, None, "2026-01-01T12:00:00Z")
    # Nobody is the doer of an answer, and it has no status.
    assert (csat.actor, csat.status, csat.activity) == (None, None, None)


def test_filters_leave_journeys_out(workspace: Workspace) -> None:
    told = workspace.ask("journey", customer="ann", since="2026-01-03").result
    assert [life.case_id for life in told.journeys] == ["2"]


def test_as_one_journey_of_the_customer(workspace: Workspace) -> None:
    (life,) = workspace.ask("journey", customer="ann", unit="customer").result.journeys
    assert (life.case_id, life.events, life.feedback) == (None, 4, 2)


def test_without_a_map_nothing_is_a_touchpoint_or_a_goal(tmp_path: Path) -> None:
    (life,) = make_workspace(tmp_path / "ws", EVENTS).ask("journey", customer="bob").result.journeys
    assert (life.outcome, life.goal_at, life.steps[0].touchpoint, life.steps[0].activity) == (
        None,
        None,
        None,
        "upload",
    )


@pytest.mark.parametrize("params", [{"customer": "eve"}, {"customer": "ann", "case": "3"}])
def test_an_unknown_customer_is_not_found(workspace: Workspace, params: dict[str, str]) -> None:
    with pytest.raises(TropaError) as caught:
        workspace.ask("journey", **params)
    assert caught.value.kind == "not_found"
    assert params["customer"] in caught.value.message
