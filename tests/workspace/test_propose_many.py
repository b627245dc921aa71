"""A first map of data with thousands of activities: the same map, in memory that does not grow with their square."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.cx.propose import propose
from tropa.workspace import observe

COMMON = "visit@0 apply@10 sign@20 payout@30"


def test_rare_activities_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each journey has an activity of its own between two that all have."""
    rows = event_rows({f"c{number}": f"{COMMON} odd_{number}@15" for number in range(3000)})
    workspace = make_workspace(tmp_path / "ws", rows)
    seen = observe.observed(workspace)
    assert (len(seen.names), seen.successions.shape) == (3004, (1000, 1000))
    assert seen.journeys.sum() == 3000 * 5
    assert seen.slow_seconds is not None
    assert seen.slow_seconds[seen.names.index("payout")] == pytest.approx(30 * 60, rel=0.02)
    drawn = propose(seen)
    monkeypatch.setattr(observe, "MAX_FOLLOWED", 3004)
    whole = observe.observed(workspace)
    assert whole.successions.shape == (3004, 3004)
    assert drawn.text == propose(whole).text
    assert "odd_" in drawn.text, "what was left out is told"
    assert sorted(place.name for place in drawn.map.touchpoints) == ["apply", "payout", "sign", "visit"]


def test_the_proposed_time_takes_slow_goals_in(tmp_path: Path) -> None:
    """Three in a hundred are paid a month or two later than the others: they are no failures."""
    day = 24 * 60
    journeys = {}
    for number in range(2000):
        begin = 200 * number
        end = begin + (45 * day if number % 31 == 0 else 2 * day)
        ways = f"visit@{begin} apply@{begin + 10} "
        journeys[f"c{number}"] = ways + (f"payout@{end}" if number % 3 else f"leave@{begin + 30}")
    workspace = make_workspace(tmp_path / "ws", event_rows(journeys))
    proposal = propose(observe.observed(workspace))
    assert (proposal.map.goal, proposal.map.within_seconds) == (("payout",), 45 * day * 60)
    endless = workspace.using(replace(proposal.map, within_seconds=None)).ask("overview").result
    assert workspace.using(proposal.map).ask("overview").result.goal_reached == endless.goal_reached
