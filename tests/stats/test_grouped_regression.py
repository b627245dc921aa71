"""Least squares from sums by group against plain least squares and plain leaving out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from tropa.stats.grouped_regression import Floats, regress


def sums(columns: Floats, group: Floats) -> Floats:
    return np.stack([columns[group == one].T @ columns[group == one] for one in np.unique(group)])


def world(seed: int, rows: int = 600, groups: int = 12, effect: float = -0.2) -> tuple[Floats, Floats]:
    """Columns 1, confounder, exposure, outcome; whoever has the confounder is exposed more and does worse anyway."""
    random = np.random.default_rng(seed)
    worse = random.random(rows) < 0.4
    exposed = random.random(rows) < np.where(worse, 0.5, 0.1)
    outcome = random.random(rows) < 0.8 - 0.3 * worse + effect * exposed
    columns = np.column_stack([np.ones(rows), worse, exposed, outcome]).astype(float)
    return columns, random.integers(0, groups, rows)


def test_as_plain_least_squares_and_plain_leaving_out() -> None:
    columns, group = world(1)
    (found,) = regress(sums(columns, group), [2])
    assert found is not None

    def coefficient(kept: Floats) -> float:
        return float(np.linalg.lstsq(columns[kept, :3], columns[kept, 3], rcond=None)[0][2])

    left = np.array([coefficient(group != one) for one in range(12)])
    error = np.sqrt(((left - left.mean()) ** 2).sum() * 11 / 12)
    assert found.value == pytest.approx(coefficient(group >= 0))
    assert found.error == pytest.approx(error)
    assert found.high == pytest.approx(found.value + t.ppf(0.975, 11) * error)
    assert found.p == pytest.approx(2 * t.cdf(-abs(found.value) / error, 11))
    full, short = (
        1 - ((columns[:, 3] - columns[:, used] @ np.linalg.lstsq(columns[:, used], columns[:, 3], rcond=None)[0]) ** 2)
        .sum() / ((columns[:, 3] - columns[:, 3].mean()) ** 2).sum()
        for used in ([0, 1, 2], [0, 1])
    )  # fmt: skip
    assert found.explained == pytest.approx(full - short)


def test_what_is_confounded_is_adjusted_and_the_interval_holds_the_truth() -> None:
    inside = rejected = 0
    for seed in range(200):
        columns, group = world(seed, effect=0.0)
        (found,) = regress(sums(columns, group), [2])
        assert found is not None
        inside += found.low <= 0.0 <= found.high
        rejected += found.p < 0.05
    assert 0.9 <= inside / 200 <= 0.99
    assert rejected / 200 <= 0.1


def test_a_column_that_others_determine_is_not_told() -> None:
    columns, group = world(2)
    twice = np.column_stack([columns[:, :3], 1 - columns[:, 1], np.zeros(len(columns)), columns[:, 3]])
    determined, never, real = regress(sums(twice, group), [3, 4, 2])
    assert determined is None and never is None and real is not None


def test_one_group_or_nothing_wanted() -> None:
    columns, group = world(3)
    assert regress(sums(columns, group * 0), [2]) == [None]
    assert regress(sums(columns, group), []) == []


def test_sums_must_be_square() -> None:
    with pytest.raises(ValueError, match="square"):
        regress(np.zeros((2, 3, 4)), [1])
