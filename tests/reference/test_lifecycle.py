"""Lifecycle: the numbers of PostHog's own tests.

`test_lifecycle_query_group_0` and `test_lifecycle_query_whole_range` of
posthog/hogql_queries/insights/test/test_lifecycle_query_runner.py in PostHog/posthog. In the first the events of four
people count for one organisation, here for one customer. PostHog gives dormant a minus; the last day has no dormant
here, because it is not over when the last event comes.
"""

from __future__ import annotations

from pathlib import Path

from tests.helpers import make_workspace

from tropa.analyses.lifecycle import Lifecycle


def lifecycle(folder: Path, lives: dict[str, list[int]]) -> Lifecycle:
    events = [
        {"customer_id": who, "time": f"2020-01-{day:02}T12:00:00Z", "activity": "visit"}
        for who, days in lives.items()
        for day in days
    ]
    result = make_workspace(folder / "ws", events).ask("lifecycle", period="day").result
    assert isinstance(result, Lifecycle)
    assert [result.periods[0].begins, result.periods[-1].begins] == ["2020-01-09", "2020-01-19"]
    return result


def test_posthog_group(tmp_path: Path) -> None:
    periods = lifecycle(tmp_path, {"org:5": [11, 12, 13, 15, 17, 19, 9, 12, 12, 15, 18]}).periods
    assert [each.new for each in periods] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [each.returning for each in periods] == [0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1]
    assert [each.resurrecting for each in periods] == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0]
    assert [each.dormant for each in periods] == [0, 1, 0, 0, 0, 1, 0, 1, 0, 0, None]


def test_posthog_whole_range(tmp_path: Path) -> None:
    lives = {"p1": [11, 12, 13, 15, 17, 19], "p2": [9, 12], "p3": [12], "p4": [15]}
    periods = lifecycle(tmp_path, lives).periods
    assert [each.new for each in periods] == [1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert [each.returning for each in periods] == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]
    assert [each.resurrecting for each in periods] == [0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1]
    assert [each.dormant for each in periods] == [0, 1, 0, 0, 2, 1, 0, 2, 0, 1, None]
