"""When a ratio began to differ: planted days, quiet series that vary more than chance, edges."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.change_point import change_point, change_points
from tropa.stats.splits import best_split

SEEDS = 100


@pytest.mark.parametrize(
    ("before", "after", "rows_a_day", "days", "began"),
    [(0.05, 0.12, 30, 120, 60), (0.0, 0.03, 20, 180, 120), (0.02, 0.10, 40, 180, 170), (0.3, 0.1, 40, 60, 20)],
    ids=["middle", "from-nothing", "lately", "mended"],
)
def test_planted_day(before: float, after: float, rows_a_day: int, days: int, began: int) -> None:
    found, near, covered = 0, 0, 0
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        n = random.poisson(rows_a_day, days)
        change = change_point(random.binomial(n, np.where(np.arange(days) < began, before, after)), n)
        if change is not None:
            found += 1
            near += abs(change.place - began) <= 3
            covered += change.low <= began <= change.high
    assert found == SEEDS
    assert near >= 0.85 * SEEDS
    assert covered >= 0.93 * SEEDS


@pytest.mark.parametrize(("rows_a_day", "level", "correlation"), [(30, 0.1, 0.0), (5, 0.01, 0.0), (200, 0.1, 0.02)])
def test_quiet_series_have_no_day(rows_a_day: int, level: float, correlation: float) -> None:
    """False alarms stay near 5 % with few rows, and where days differ by more than chance."""
    alarms = 0
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        n = random.poisson(rows_a_day, 120)
        weight = 1 / correlation - 1 if correlation else np.inf
        share = random.beta(level * weight, (1 - level) * weight, 120) if correlation else level
        alarms += change_point(random.binomial(n, share), n) is not None
    assert alarms <= 0.1 * SEEDS


@pytest.mark.parametrize("days", [69, 70, 71, 84, 100, 140, 365])
def test_a_lasting_change_is_no_unsteadiness(days: int) -> None:
    """However long the data are: neither that it began nor that it was mended; in a year, not that it came back."""
    found, mended, again = 0, 0, 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        n, part = random.poisson(20, days), np.arange(days) * 12 // days
        found += change_point(random.binomial(n, np.where(part < 6, 0.1, 0.25)), n, 0.01) is not None
        mended += len(change_points(random.binomial(n, np.where((part < 4) | (part >= 8), 0.1, 0.4)), n, 0.01)) >= 2
        again += (
            len(
                change_points(
                    random.binomial(n, np.select([part < 3, part < 6, part < 9], [0.1, 0.4, 0.1], 0.4)), n, 0.01
                )
            )
            >= 3
        )
    assert found >= 37
    assert mended >= 37
    assert again >= 37 or days < 365


def test_began_and_was_mended() -> None:
    """Two days are found, both, and no third."""
    day, n = np.arange(200), np.full(200, 50)
    right = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        changes = change_points(random.binomial(n, np.where((day >= 80) & (day < 120), 0.3, 0.05)), n)
        right += [abs(change.place - began) <= 1 for change, began in zip(changes, (80, 120), strict=False)] == [
            True,
            True,
        ] and len(changes) == 2
    assert right >= 19
    assert change_points(np.random.default_rng(0).binomial(n, 0.05), n) == []


def test_worked_by_hand() -> None:
    """0 of 10 on three days, then 10 of 10 on three: the gain is that of one level of a half, 60 log 2."""
    split = best_split([0, 0, 0, 10, 10, 10], [10] * 6)
    assert split is not None
    assert (split.place, split.low, split.high) == (3, 3, 3)
    assert (split.before.value, split.after.value, split.dispersion) == (0.0, 1.0, 1.0)
    assert split.p < 1e-15


def test_days_without_rows_say_nothing() -> None:
    with_gaps = change_point([0, 0, 0, 0, 0, 9, 8], [10, 0, 10, 0, 0, 10, 10])
    assert with_gaps is not None
    assert (with_gaps.place, with_gaps.low) == (5, 5)


def test_nothing_to_divide() -> None:
    for k, n in (([], []), ([3], [5]), ([0, 0], [5, 5]), ([5, 5], [5, 5]), ([0, 0], [0, 0]), ([2, 2], [4, 4])):
        assert best_split(k, n) is None
        assert change_point(k, n) is None
        assert change_points(k, n) == []


def test_counts_beyond_n_are_refused() -> None:
    for k, n in (([6], [5]), ([-1], [5]), ([1, 2], [5])):
        with pytest.raises(ValueError, match="between 0"):
            best_split(k, n)


def test_same_answer_every_time() -> None:
    random = np.random.default_rng(3)
    n = np.full(60, 20)
    k = random.binomial(n, np.where(np.arange(60) < 30, 0.1, 0.16))
    assert best_split(k, n) == best_split(k, n)
