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


def said(found: Lost) -> float:
    return float(found.late[found.late > 0].mean())


@pytest.mark.parametrize(("of_fast", "of_late"), [(0.05, 0.5), (0.2, 0.2), (0.3, 0.6)])
def test_weeks_tell_the_two_apart(of_fast: float, of_late: float) -> None:
    found, truth = waits([0.05, 0.3, 0.6, 0.15, 0.45], of_fast, of_late)
    assert found.told
    assert said(found) == pytest.approx(truth, abs=0.1)


def test_where_weeks_are_alike_it_is_supposed() -> None:
    """As many are served late as are lost: the lost are taken to have given up at the limit."""
    found, _ = waits([0.3] * 5, 0.0, 0.4)
    assert not found.told and said(found) == 1.0


def test_far_more_lost_than_served_late_did_not_wait() -> None:
    found, _ = waits([0.02] * 5, 0.4, 0.4)
    assert said(found) < 0.1


def test_without_a_stated_limit_the_lost_are_like_the_served() -> None:
    found, _ = waits([0.05, 0.6, 0.1, 0.3], 0.0, 0.5, usual=False)
    assert not found.told
    random = np.unique(found.late[found.late > 0])
    assert len(random) == 1 and random[0] < 0.3


def test_nobody_served_late() -> None:
    found, _ = waits([0.0] * 4, 0.3, 0.0)
    assert not found.told and (found.late == 0).all()


def test_nobody_lost() -> None:
    found, _ = waits([0.1, 0.5], 0.0, 0.0)
    assert not found.told and (found.late == 0).all() and (found.after == 1).all()


def test_everybody_lost() -> None:
    found, _ = waits([0.1, 0.5], 1.0, 1.0)
    assert not found.told and np.isfinite(found.late).all()
