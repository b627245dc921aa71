"""Edges of the survival curve: nothing watched, nothing happened, everything happened, and worked sums."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tropa.stats.intervals import Interval
from tropa.stats.survival import from_observations, kaplan_meier


def test_worked_by_hand() -> None:
    """Four watched: one at 1, one lost at 2, one at 3, one lost at 4: 3/4, then 3/4 * 1/2."""
    curve = kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0], [0, 1, 0, 1])
    assert curve.share.tolist() == [0.75, 0.75, 0.375, 0.375]
    assert curve.variance[-1] == pytest.approx(1 / (4 * 3) + 1 / (2 * 1))
    assert curve.at(2.5).value == 0.75
    area = curve.restricted_mean(4)
    assert area.value == pytest.approx(1 + 0.75 * 2 + 0.375)
    # Areas after each event: 1.5 + 0.375 after the first, 0.375 after the second.
    assert area.low == pytest.approx(2.875 - 1.959964 * math.sqrt(1.875**2 / 12 + 0.375**2 / 2), abs=1e-6)


def test_lost_at_the_time_of_an_event_was_watched_through_it() -> None:
    assert kaplan_meier([1], [1], [1]).share.tolist() == [0.5]


def test_nothing_watched() -> None:
    curve = kaplan_meier([], [], [])
    nothing = Interval(None, None, None, 0)
    assert curve.at(1.0) == curve.quantile() == curve.restricted_mean(1.0) == nothing
    assert kaplan_meier([1, 2], [0, 0], [0, 0]).n == 0


def test_nothing_happened() -> None:
    curve = kaplan_meier([1, 2], [0, 0], [3, 4])
    assert curve.quantile() == Interval(None, None, None, 7)
    assert curve.at(1.5).value == 1.0
    assert curve.restricted_mean(2.0) == Interval(2.0, None, None, 7)


def test_beyond_the_last_look_is_unknown() -> None:
    curve = kaplan_meier([1, 2], [1, 0], [0, 1])
    assert curve.at(2.1).value is None
    assert curve.restricted_mean(2.1).value is None
    assert kaplan_meier([1, 2], [1, 1], [0, 0]).at(99.0).value == 0.0


def test_quantile_that_the_curve_only_touches() -> None:
    ten = kaplan_meier(range(1, 11), [1] * 10, [0] * 10)
    assert [ten.quantile(tenth / 10).value for tenth in range(1, 10)] == list(range(1, 10))


def test_limits_are_ordered_and_cover() -> None:
    """Coverage of the median over simulated waits with censoring lies near 95 %."""
    random = np.random.default_rng(5)
    covered = 0
    for _ in range(400):
        waits, lost = random.exponential(10.0, 80), random.uniform(0, 40.0, 80)
        curve = from_observations(np.minimum(waits, lost), waits <= lost)
        inner = ~np.isnan(curve.low)
        assert np.all(curve.low[inner] < curve.share[inner])
        assert np.all(curve.share[inner] < curve.high[inner])
        median = curve.quantile()
        assert median.low is not None
        covered += median.low <= 10 * math.log(2) <= (median.high or math.inf)
    assert 0.92 <= covered / 400 <= 0.985


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        kaplan_meier([2, 1], [1, 1], [0, 0])
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([1], [-1], [0])
    with pytest.raises(ValueError, match="lengths"):
        kaplan_meier([1], [1, 2], [0])
    with pytest.raises(ValueError, match="share"):
        kaplan_meier([1], [1], [0]).quantile(1.0)
    with pytest.raises(ValueError, match="horizon"):
        kaplan_meier([1], [1], [0]).restricted_mean(0)
