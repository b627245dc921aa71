"""Is a wait a queue: load, hours, trend, from counts on a grid of time."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.queues import kendall_trend, load_effect, slot_excess

HOURS = 24 * 7 * 20


def grid(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.random.Generator]:
    random = np.random.default_rng(seed)
    count = random.poisson(3, HOURS).astype(float)
    load = random.poisson(6, HOURS).astype(float)
    hour = np.arange(HOURS)
    return count, load, hour % 168, hour // 24, random


def test_the_load_is_told_from_the_hour_of_the_week() -> None:
    count, load, slot, day, random = grid(1)
    # At night the load is high and so are waits, for a reason of their own.
    load = load + 10 * (slot % 24 < 6)
    wait = 40 + 7 * load + 300 * (slot % 24 < 6) + random.normal(0, 20, HOURS)
    effect = load_effect(count, count * wait, load, [slot, day // 28], day)
    assert effect.low is not None and effect.high is not None
    assert effect.value == pytest.approx(7, abs=0.5)
    assert effect.low < 7 < effect.high
    assert effect.n == count.sum()


def test_the_limits_hold_the_truth_as_often_as_they_say() -> None:
    hits = 0
    for seed in range(200):
        count, load, slot, day, random = grid(seed)
        # Days have moods of their own: limits that took hours for independent would be too narrow.
        mood = random.normal(0, 30, day.max() + 1)[day]
        effect = load_effect(count, count * (100 + mood + random.normal(0, 30, HOURS)), load, [slot, day // 28], day)
        assert effect.low is not None and effect.high is not None
        hits += effect.low <= 0 <= effect.high
    assert 0.90 <= hits / 200 <= 0.99


def test_nothing_to_tell_from() -> None:
    assert load_effect([0, 0], [0, 0], [1, 2], [[0, 0]], [0, 1]).n == 0
    assert load_effect([1, 1], [5, 9], [3, 3], [[0, 0]], [0, 1]).value is None
    few = load_effect([1, 1, 1], [5, 9, 13], [1, 2, 3], [[0, 0, 0]], [0, 1, 2])
    assert (few.value, few.low) == (pytest.approx(4), None)


def test_excess_of_the_hours_by_hand() -> None:
    slot = np.tile([0, 1], 50)
    excess = slot_excess(np.full(100, 4.0), np.where(slot == 0, 4 * 10.0, 4 * 70.0), slot)
    assert excess[slot == 0] == pytest.approx(0)
    assert excess[slot == 1] == pytest.approx(60)


def test_hours_that_are_alike_have_next_to_no_excess() -> None:
    count, _, slot, _, random = grid(2)
    total = np.array([random.exponential(100, int(n)).sum() for n in count])
    assert float((count * slot_excess(count, total, slot)).sum()) < 0.05 * total.sum()
    assert slot_excess([0, 0], [0, 0], [0, 1]).tolist() == [0, 0]


def test_kendall_by_hand() -> None:
    # 1 2 3 5 4: nine pairs rise and one falls; variance 5 * 4 * 15 / 18, z = (8 - 1) / sqrt(16.67).
    tau, p = kendall_trend([1, 2, 3, 5, 4])
    assert tau == pytest.approx(0.8)
    assert p == pytest.approx(0.0864, abs=5e-4)
    assert kendall_trend([5, 4, 3, 2, 1])[0] == -1
    assert kendall_trend([1, 2, 3]) == (None, None)
    assert kendall_trend([2, 2, 2, 2, 2]) == (None, None)
