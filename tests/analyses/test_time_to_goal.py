"""Time to the goal: Kaplan-Meier by hand, and against plain Python on random journeys."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses import time_to_goal
from tropa.analyses.time_to_goal import _times
from tropa.errors import TropaError
from tropa.stats.intervals import Z

MAP = """\
map: shop
unit: customer
goal: [Pay]
stages:
  - stage: All
    touchpoints:
      - touchpoint: Visit
        when: {activity: visit}
      - touchpoint: Pay
        when: {activity: pay}
"""


def test_by_hand(tmp_path: Path) -> None:
    # a pays after 10 minutes, b after 20; c is seen for 30 minutes and d for 15 without paying (the data ends at 30).
    journeys = {"a": "visit@0 pay@10", "b": "visit@5 pay@25", "c": "visit@0 visit@30", "d": "visit@15"}
    result = make_workspace(tmp_path / "ws", event_rows(journeys), map_text=MAP).ask("time_to_goal").result
    assert (result.journeys, result.reached, result.under_way + result.left) == (4, 2, 2)
    assert [(point.after, point.seconds, point.at_risk) for point in result.curve] == [
        ("10m", 600, 4),
        ("20m", 1200, 2),
    ]
    assert [point.share for point in result.curve] == [pytest.approx(1 / 4), pytest.approx(1 - 3 / 4 * 1 / 2)]
    assert result.median_seconds == 1200
    assert result.p90_seconds is None
    assert result.share == pytest.approx(0.625)
    assert result.horizon_seconds == 1800
    # Area under the curve: 600 x 1, 600 x 3/4, 600 x 3/8.
    assert result.restricted_mean_seconds == pytest.approx(600 * (1 + 3 / 4 + 3 / 8))
    assert (result.typical_median_seconds, result.typical_p90_seconds) == (600, 1200)
    assert result.exact


def test_the_horizon_of_the_map_ends_the_watching(tmp_path: Path) -> None:
    journeys = {"a": "visit@0 pay@10", "late": "visit@0 pay@25", "c": "visit@0 visit@40"}
    text = MAP.replace("goal: [Pay]", "goal: [Pay]\nwithin: 15m")
    result = make_workspace(tmp_path / "ws", event_rows(journeys), map_text=text).ask("time_to_goal").result
    assert (result.reached, result.horizon_seconds) == (1, 900)
    assert result.share == pytest.approx(1 / 3)


def test_without_a_goal_the_question_is_refused(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0"}))
    with pytest.raises(TropaError) as caught:
        workspace.ask("time_to_goal")
    assert caught.value.kind == "map"
    assert "goal" in caught.value.hint


def test_nobody_reaches_it(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0 visit@9"}), map_text=MAP)
    result = workspace.ask("time_to_goal").result
    assert (result.reached, result.curve, result.median_seconds, result.typical_median_seconds) == (0, (), None, None)
    assert result.share == 0


def test_many_distinct_times_are_told_within_one_per_cent() -> None:
    chance = np.random.default_rng(3)
    milliseconds = np.sort(chance.lognormal(14, 2, 50_000).astype(np.int64))
    reached = chance.random(50_000) < 0.4
    status = np.bincount(reached.astype(np.int64), minlength=3)
    times = _times(milliseconds, reached, status)
    assert not times.exact
    assert (int(times.reached.sum()), int(times.censored.sum())) == (int(reached.sum()), int((~reached).sum()))
    told = np.repeat(times.milliseconds, times.reached + times.censored)
    assert np.all(np.abs(told / milliseconds - 1) < 0.0105)


@pytest.mark.parametrize("seed", range(4))
def test_against_plain_python(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_to_goal, "MOST_POINTS", 10_000)
    chance = random.Random(seed)
    journeys = {}
    observations: list[tuple[float, bool]] = []
    end = 2000
    for number in range(150):
        begin = chance.randrange(1000)
        steps = [f"visit@{begin}"]
        if chance.random() < 0.6:
            after = chance.randint(1, 900)
            steps.append(f"pay@{begin + after}")
            observations.append((after * 60.0, True))
        else:
            observations.append(((end - begin) * 60.0, False))
        journeys[f"c{number}"] = " ".join(steps)
    journeys["last"] = f"visit@{end}"
    observations.append((0.0, False))
    result = make_workspace(tmp_path / "ws", event_rows(journeys), map_text=MAP).ask("time_to_goal").result

    share, greenwood, expected = 1.0, 0.0, []
    for time in sorted({time for time, happened in observations if happened}):
        at_risk = sum(other >= time for other, _ in observations)
        happened = sum(other == time and paid for other, paid in observations)
        share *= 1 - happened / at_risk
        greenwood += happened / (at_risk * (at_risk - happened))
        spread = Z * math.sqrt(greenwood) / -math.log(share)
        limits = (1 - share ** math.exp(-spread), 1 - share ** math.exp(spread))
        expected.append((time, at_risk, 1 - share, *limits))
    told = [(point.seconds, point.at_risk, point.share, point.share_low, point.share_high) for point in result.curve]
    assert len(told) == len(expected)
    for one, other in zip(told, expected, strict=True):
        assert one == pytest.approx(other)
    median = next((time for time, _, reached, *_ in expected if reached >= 0.5 - 1e-9), None)
    assert result.median_seconds == median
