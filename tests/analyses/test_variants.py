"""Variants against counting in plain Python."""

from __future__ import annotations

import random
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.stats.intervals import wilson


def _stories(count: int, seed: int) -> dict[str, str]:
    draw = random.Random(seed)
    return {
        f"c{number}": "".join(draw.choice("aab") for _ in range(min(draw.randrange(1, 9), draw.randrange(1, 9))))
        for number in range(count)
    }


@pytest.mark.parametrize("collapse", [False, True])
def test_against_plain_python(collapse: bool, tmp_path: Path) -> None:
    stories = _stories(500, 1)
    rows = event_rows({who: " ".join(f"{a}@{n}" for n, a in enumerate(story)) for who, story in stories.items()})
    result = make_workspace(tmp_path / "ws", rows).ask("variants", collapse=collapse, top=1000).result
    told = ["".join(a for a, _ in groupby(story)) if collapse else story for story in stories.values()]
    counts = Counter(told)
    assert {"".join(variant.path): variant.journeys for variant in result.variants} == counts
    assert (result.total, result.journeys) == (len(counts), 500)
    assert result.once == sum(count == 1 for count in counts.values())
    assert [variant.journeys for variant in result.variants] == sorted(counts.values(), reverse=True)
    assert result.variants[-1].cumulative_share == pytest.approx(1)
    first = result.variants[0]
    interval = wilson(first.journeys, 500)
    assert (first.share, first.share_low, first.share_high) == pytest.approx(
        (first.journeys / 500, interval.low, interval.high)
    )
    assert all(variant.goal_rate is None for variant in result.variants), "without a map there is no goal"


def test_top_and_ties(tmp_path: Path) -> None:
    """The most frequent first, equals by name of their steps; `total` counts those not told too."""
    rows = event_rows({"1": "a@0 b@1", "2": "a@0 b@1", "3": "a@0", "4": "b@0", "5": "c@0 a@1"})
    result = make_workspace(tmp_path / "ws", rows).ask("variants", top=3).result
    assert result.total == 4
    assert [(variant.path, variant.journeys) for variant in result.variants] == [
        (("a", "b"), 2),
        (("a",), 1),
        (("b",), 1),
    ]
    # Good-Turing: three of five journeys lived what nobody else did, one scenario was lived twice.
    assert result.unseen_share == pytest.approx(3 / 5 * (4 * 3) / (4 * 3 + 2 * 1))


def test_goal_and_time(tmp_path: Path) -> None:
    document = "map: M\ngoal: [B]\nstages:\n  - stage: S\n    touchpoints:\n"
    document += "      - {touchpoint: A, when: {activity: [a]}}\n      - {touchpoint: B, when: {activity: [b]}}\n"
    rows = event_rows({"1": "a@0 b@10", "2": "a@0 x@5 b@20", "3": "a@0", "4": "x@0"})
    variants = make_workspace(tmp_path / "ws", rows, map_text=document).ask("variants").result.variants
    told = {variant.path: (variant.journeys, variant.goal_rate, variant.mean_seconds) for variant in variants}
    assert told == {("A", "B"): (2, 1.0, 900.0), ("A",): (1, 0.0, 0.0), (): (1, 0.0, 0.0)}
