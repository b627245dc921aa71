"""Shared-out R squared: its definition over all orders, sums, collinear and constant predictors, intervals."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tropa.stats.shares import Moments, jackknife, lmg, moments


def rows(seed: int, n: int = 500, predictors: int = 4) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, predictors)) + random.normal(size=(n, 1))
    y = x @ np.arange(1.0, predictors + 1) + random.normal(size=n) * 5
    return np.column_stack([x, y])


def r_squared(data: np.ndarray, chosen: tuple[int, ...]) -> float:
    y = data[:, -1] - data[:, -1].mean()
    x = data[:, list(chosen)] - data[:, list(chosen)].mean(axis=0)
    return float(1 - ((y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) ** 2).sum() / (y**2).sum()) if chosen else 0.0


def shares_of(sums: Moments) -> np.ndarray | None:
    correlations = sums.correlations()
    return None if correlations is None else lmg(correlations)


def test_average_over_all_orders() -> None:
    data = rows(0)
    orders = list(itertools.permutations(range(4)))
    added = np.zeros(4)
    for order in orders:
        for place, predictor in enumerate(order):
            added[predictor] += r_squared(data, order[: place + 1]) - r_squared(data, order[:place])
    found = shares_of(moments(data))
    assert found == pytest.approx(added / len(orders), abs=1e-10)
    assert found is not None and found.sum() == pytest.approx(r_squared(data, (0, 1, 2, 3)))


def test_orders_drawn_agree_with_all_of_them() -> None:
    """Fourteen predictors are beyond exactness; two of them add nothing, so that twelve give the exact answer."""
    data = rows(1, 400, 12)
    exact = shares_of(moments(data))
    assert exact is not None
    correlations = moments(data).correlations()
    assert correlations is not None
    wide = np.eye(15)
    inside = [*range(12), 14]
    wide[np.ix_(inside, inside)] = correlations
    found = lmg(wide)
    assert found[:12] == pytest.approx(exact, abs=0.01)
    assert found[12:] == pytest.approx([0, 0])
    assert found.sum() == pytest.approx(exact.sum())


def test_twins_share_and_a_constant_has_nothing() -> None:
    data = rows(2)
    twin = np.column_stack([data[:, 0], data[:, 0], np.full(len(data), 3.0), data[:, -1]])
    found = shares_of(moments(twin))
    assert found is not None
    assert found[0] == pytest.approx(found[1]) and found[2] == 0
    assert found.sum() == pytest.approx(r_squared(data, (0,)))


def test_parts_add_up() -> None:
    data = rows(3)
    whole, parts = moments(data), moments(data[:200]) + moments(data[200:])
    assert parts.n == whole.n
    assert parts.products == pytest.approx(whole.products)


def test_intervals_cover() -> None:
    """The truth, from a great many rows, lies in 90-99 % of the intervals of 500 rows in 20 parts."""
    truth = shares_of(moments(rows(99, 400_000)))
    assert truth is not None
    covered = []
    for seed in range(60):
        found = jackknife([moments(part) for part in np.array_split(rows(seed), 20)], shares_of)
        for interval, true in zip(found, truth, strict=True):
            assert interval.low is not None and interval.high is not None
            covered.append(interval.low <= true <= interval.high)
    assert 0.90 <= np.mean(covered) <= 0.99


def test_too_little_to_say() -> None:
    empty = Moments(0, np.zeros(3), np.zeros((3, 3)))
    assert empty.correlations() is None
    assert jackknife([], shares_of) == jackknife([empty], shares_of) == []
    one = jackknife([moments(rows(0))], shares_of)
    assert one[0].value is not None and one[0].low is None
    assert lmg([[1.0]]).tolist() == []
    for wrong in ([[1.0, 2.0], [2.0, 1.0]], [[1.0, 0.5]], [[float("nan")]]):
        with pytest.raises(ValueError, match="correlations"):
            lmg(wrong)
