"""Numbers that others get for the same funnels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import make_workspace

from tropa.workspace.workspace import Workspace

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def _workspace(folder: Path, stories: Mapping[str, Sequence[tuple[str, float]]], **same: str) -> Workspace:
    """Customer -> (activity, minutes since the start)."""
    rows = [
        {"customer_id": customer, "activity": activity, "time": (START + dt.timedelta(minutes=minutes)).isoformat()}
        for customer, story in stories.items()
        for activity, minutes in story
    ]
    return make_workspace(folder / "ws", [row | same for row in rows])


def _journeys(workspace: Workspace, **params: Any) -> list[int]:
    return [step.journeys for step in workspace.ask("funnel", **params).result.steps]


@pytest.fixture
def behavioral(tmp_path: Path) -> Workspace:
    """The three users of duckdb-behavioral, test/sql/window_funnel.test (MIT)."""
    stories = {
        "1": [("view", 0), ("cart", 5), ("purchase", 10)],
        "2": [("view", 0), ("cart", 5)],
        "3": [("view", 0), ("cart", 300)],
    }
    return _workspace(tmp_path, stories)


@pytest.mark.parametrize(
    "mode",
    [
        {"within": "1h"},
        {"within": "30m"},
        {"within": "1h", "same_time": "apart"},  # strict_increase
        {"within": "1h", "order": "strict"},  # strict_order
        {"within": "1h", "entry": "first"},
    ],
)
def test_window_funnel_of_duckdb_behavioral(behavioral: Workspace, mode: dict[str, Any]) -> None:
    """Users 1, 2, 3 reach 3, 2, 1 steps in every mode that the file tests: 3, 2 and 1 users at the steps."""
    assert _journeys(behavioral, steps="view,cart,purchase", **mode) == [3, 2, 1]


def test_window_funnel_without_limit(behavioral: Workspace) -> None:
    """The same three users without a window: user 3 makes the cart five hours later."""
    assert _journeys(behavioral, steps="view,cart,purchase") == [3, 3, 1]


# Retentioneering 5.2, tests/tools/funnel_test.py (Apache-2.0): users, steps, users at each step.
RETENTIONEERING = {
    "basic": ({"1": "ABC", "2": "AB", "3": "A", "4": "B"}, "ABC", [3, 2, 1]),
    "no conversions": ({"1": "A", "2": "A", "3": "CB"}, "ABC", [2, 0, 0]),
    "single step": ({"1": "A", "2": "B", "3": "A"}, "A", [2]),
    "order matters": ({"1": "CBA", "2": "ABC"}, "ABC", [2, 1, 1]),
    "monotonicity": ({"1": "BAC"}, "ABC", [1, 0, 0]),
    "repeated event after a step": ({"1": "ABA"}, "AB", [1, 1]),
    "step twice": ({"1": "ABA", "2": "AB"}, "ABA", [2, 2, 1]),
    "reversed order": ({"1": "BA"}, "AB", [1, 0]),
}


@pytest.mark.parametrize("name", RETENTIONEERING)
def test_funnels_of_retentioneering(name: str, tmp_path: Path) -> None:
    stories, steps, expected = RETENTIONEERING[name]
    workspace = _workspace(
        tmp_path, {user: list(zip(story, range(9), strict=False)) for user, story in stories.items()}
    )
    result = workspace.ask("funnel", steps=list(steps)).result
    assert [step.journeys for step in result.steps] == expected
    # Its conversion rate is of all paths of the stream.
    assert [step.share_of_all for step in result.steps] == pytest.approx([count / len(stories) for count in expected])


def test_conversion_rates_of_retentioneering(tmp_path: Path) -> None:
    """0.75, 0.5, 0.25 of all four users; of the step before 2/3 and 1/2."""
    stories = RETENTIONEERING["basic"][0]
    workspace = _workspace(
        tmp_path, {user: list(zip(story, range(9), strict=False)) for user, story in stories.items()}
    )
    steps = workspace.ask("funnel", steps="A,B,C").result.steps
    assert [step.share_of_all for step in steps] == [0.75, 0.5, 0.25]
    assert [step.share_of_previous for step in steps] == pytest.approx([0.75, 2 / 3, 0.5])


def test_two_segments_of_retentioneering(tmp_path: Path) -> None:
    """test_funnel_with_diff: two segments, 2/1/0 against 2/1/1."""
    stories = {("1", "one"): "AB", ("2", "one"): "A", ("3", "two"): "ABC", ("4", "two"): "A"}
    rows = [
        {"customer_id": user, "segment": segment, "activity": activity, "time": f"2020-01-01T00:0{minute}:00"}
        for (user, segment), story in stories.items()
        for minute, activity in enumerate(story)
    ]
    workspace = make_workspace(tmp_path / "ws", rows)
    compared = workspace.ask("funnel", steps="A,B,C", compare=["segment=one", "segment=two"]).result
    assert [[step.journeys for step in group.result.steps] for group in compared.groups] == [[2, 1, 0], [2, 1, 1]]


def test_sessions_of_retentioneering(tmp_path: Path) -> None:
    """Steps in two sessions of one user are no conversion of a session."""
    rows = [
        {"customer_id": "U1", "case_id": case, "activity": activity, "time": f"2024-01-01T10:0{minute}:00"}
        for minute, (case, activity) in enumerate([("S1", "A"), ("S1", "B"), ("S2", "C"), ("S2", "D")])
    ]
    workspace = make_workspace(tmp_path / "ws", rows)
    assert _journeys(workspace, steps="A,B", unit="case") == [1, 1]
    assert _journeys(workspace, steps="A,D", unit="case") == [1, 0]
    assert _journeys(workspace, steps="A,D", unit="customer") == [1, 1]


def test_time_to_convert_of_posthog(tmp_path: Path) -> None:
    """Users a, b, c take 3600, 2220 and 82,800 s from the first step to the second.

    Origin: PostHog, posthog/hogql_queries/insights/funnels/test/test_funnel_time_to_convert.py (MIT),
    test_auto_bin_count_single_step.
    """
    day = 24 * 60
    stories = {
        "a": [("one", 0), ("two", 60), ("three", 180)],
        "b": [("one", day), ("two", day + 37)],
        "c": [("one", 3 * day), ("two", 3 * day + 23 * 60)],
    }
    workspace = _workspace(tmp_path, stories)
    one, two, three = workspace.ask("funnel", steps="one,two,three", within="7d").result.steps
    assert [one.journeys, two.journeys, three.journeys] == [3, 3, 1]
    # Medians of a histogram with a relative error of 1 %.
    assert two.median_seconds == pytest.approx(3600, rel=0.01)
    assert two.p90_seconds == pytest.approx(82_800, rel=0.01)
    edge = workspace.ask("transitions").result.edges[0]
    assert (edge.source, edge.target, edge.count) == ("one", "two", 3)
    assert edge.mean_seconds == pytest.approx(29_540)


def test_same_step_thrice_of_posthog(tmp_path: Path) -> None:
    """test_auto_bin_count_single_step_duplicate_events: each event serves one step, so 3, 3, 1."""
    stories = {
        "a": [("one", 0), ("one", 60), ("one", 180)],
        "b": [("one", 0), ("one", 37)],
        "c": [("one", 0), ("one", 1380)],
    }
    workspace = _workspace(tmp_path, stories)
    steps = workspace.ask("funnel", steps="one,one,one", within="7d").result.steps
    assert [step.journeys for step in steps] == [3, 3, 1]
    assert steps[1].median_seconds == pytest.approx(3600, rel=0.01)
