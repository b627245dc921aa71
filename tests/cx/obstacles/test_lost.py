"""Waits that were never ended: the chance of each to have been a long one."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.cx.obstacles.lost import Lost, lost_late

LIMIT = 100.0


def waits(
    late_by_week: list[float], of_fast: float, of_late: float, n: int = 6000, usual: bool = True
) -> tuple[Lost, float]:
    """What is said of waits whose queue changes by week, and the true share of long ones among the lost."""
    random = np.random.default_rng(2)
    week = random.integers(0, len(late_by_week), n)
    long = random.random(n) < np.array(late_by_week)[week]
    seconds = np.where(long, random.uniform(101, 300, n), random.uniform(1, 100, n))
    lost = random.random(n) < np.where(long, of_late, of_fast)
    seconds[lost] = np.inf
    codes = np.stack([np.zeros(n), week, random.integers(0, 6, n)], axis=1).astype(np.int64)
    found = lost_late(codes, np.arange(n), seconds, np.full(n, LIMIT), lost, usual)
    assert (found.late[~lost] == 0).all()
    return found, float(long[lost].mean()) if lost.any() else 0.0


def said(found: Lost, which: str = "late") -> float:
    """Of the lost, the share that is taken to have been long waits."""
    return float(getattr(found, which)[found.high > 0].mean())


@pytest.mark.parametrize(("of_fast", "of_late"), [(0.05, 0.5), (0.2, 0.2), (0.3, 0.6)])
def test_weeks_tell_the_two_apart(of_fast: float, of_late: float) -> None:
    found, truth = waits([0.05, 0.3, 0.6, 0.15, 0.45], of_fast, of_late)
    assert said(found) == pytest.approx(truth, abs=0.1)
    assert said(found, "low") <= truth <= said(found, "high")
    assert said(found, "high") - said(found, "low") < 0.4
    assert (found.low <= found.late).all() and (found.late <= found.high).all()
    assert (found.low >= 0).all() and (found.high <= 1).all()


def test_where_weeks_are_alike_it_is_supposed() -> None:
    """As many are served late as are lost: they are taken to have given up at the limit, or been like the served."""
    found, _ = waits([0.3] * 5, 0.0, 0.4)
    assert said(found) == said(found, "high") == 1.0
    assert said(found, "low") == pytest.approx(0.3 * 0.6 / (0.3 * 0.6 + 0.7), abs=0.03)


def test_far_more_lost_than_served_late_did_not_wait() -> None:
    found, _ = waits([0.02] * 5, 0.4, 0.4)
    assert said(found) < 0.1


def test_without_a_stated_limit_the_lost_are_like_the_served() -> None:
    found, _ = waits([0.05, 0.6, 0.1, 0.3], 0.0, 0.5, usual=False)
    chances = np.unique(found.late[found.late > 0])
    assert len(chances) == 1 and chances[0] < 0.3
    assert said(found, "low") == pytest.approx(said(found)) and said(found, "high") == 1.0


def test_nobody_served_late() -> None:
    found, _ = waits([0.0] * 4, 0.3, 0.0)
    assert (found.late == 0).all() and (found.high == 0).all()


def test_nobody_lost() -> None:
    found, _ = waits([0.1, 0.5], 0.0, 0.0)
    assert (found.late == 0).all() and (found.high == 0).all() and (found.after == 1).all()


def test_everybody_lost() -> None:
    found, _ = waits([0.1, 0.5], 1.0, 1.0)
    for chance in (found.late, found.low, found.high, found.after):
        assert np.isfinite(chance).all()


def test_without_some_of_the_waits() -> None:
    found, _ = waits([0.05, 0.3, 0.6], 0.1, 0.4)
    kept = np.arange(len(found.late)) % 3 == 0
    part = found.without(kept)
    for name in ("late", "low", "high", "after"):
        assert getattr(part, name).tolist() == getattr(found, name)[kept].tolist()
