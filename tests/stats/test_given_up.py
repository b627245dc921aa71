"""Who gave up while they waited: planted shares come back, and where groups are alike it says that it cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tropa.stats.given_up import given_up

LATE = np.array([0.05, 0.2, 0.35, 0.5, 0.65])
"""Share of those who would have to wait long, by group."""


def counts(
    late: NDArray[np.float64], lost_fast: float, lost_late: float, size: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Served fast, served late, lost by group; and the true share of the lost who belong to the long waits."""
    random = np.random.default_rng(seed)
    would = random.binomial(size, late)
    gone_late = random.binomial(would, lost_late)
    gone_fast = random.binomial(size - would, lost_fast)
    lost = gone_late + gone_fast
    return size - would - gone_fast, would - gone_late, lost, gone_late / np.maximum(lost, 1)


@pytest.mark.parametrize(("lost_fast", "lost_late"), [(0.1, 0.5), (0.0, 0.3), (0.3, 0.3), (0.2, 0.8)])
def test_planted_shares_come_back(lost_fast: float, lost_late: float) -> None:
    fast, late, lost, truth = counts(LATE, lost_fast, lost_late, 20_000, 1)
    found = given_up(fast, late, lost)
    assert found is not None and found.error is not None
    assert found.lost_fast == pytest.approx(lost_fast, abs=0.02)
    assert found.lost_late == pytest.approx(lost_late, abs=0.03)
    assert found.late == pytest.approx(truth, abs=0.06)


def test_exact_counts_are_solved_exactly() -> None:
    """1,000 a group: of the fast 10 % are lost, of the long waits 60 %."""
    would = np.array([100, 300, 500, 800])
    found = given_up(0.9 * (1000 - would), 0.4 * would, 0.1 * (1000 - would) + 0.6 * would)
    assert found is not None
    assert (found.lost_fast, found.lost_late) == (pytest.approx(0.1), pytest.approx(0.6))
    assert found.late == pytest.approx(0.6 * would / (0.1 * (1000 - would) + 0.6 * would))


def test_the_error_is_that_of_the_answer() -> None:
    """Over many draws the pooled share of late among the lost is off by what the error says."""
    off, said = [], []
    for seed in range(40):
        fast, late, lost, truth = counts(LATE, 0.15, 0.5, 800, seed)
        found = given_up(fast, late, lost, seed)
        assert found is not None and found.error is not None
        off.append(((found.late - truth) * lost).sum() / lost.sum())
        said.append(found.error)
    assert np.mean(off) == pytest.approx(0.0, abs=0.02)
    assert np.mean(np.abs(np.array(off)) <= 1.96 * np.array(said)) >= 0.9
    assert np.std(off) == pytest.approx(np.mean(said), rel=0.5)


def test_alike_groups_cannot_tell() -> None:
    """Where all groups are as busy, the error is too large for anybody to rely on the answer (0.1 is asked for)."""
    fast, late, lost, _ = counts(np.full(5, 0.3), 0.15, 0.5, 800, 3)
    found = given_up(fast, late, lost)
    assert found is not None and found.error is not None and found.error > 0.1


def test_nothing_to_solve() -> None:
    assert given_up([5], [5], [5]) is None, "one group"
    assert given_up([5, 9], [0, 0], [3, 4]) is None, "nobody late"
    assert given_up([0, 0], [5, 9], [3, 4]) is None, "nobody fast"
    assert given_up([5, 9], [5, 9], [0, 0]) is None, "nobody lost"
    assert given_up([], [], []) is None
    assert given_up([5, 0], [5, 0], [5, 0]) is None, "an empty group is none"


def test_never_outside_of_what_can_be() -> None:
    random = np.random.default_rng(5)
    for _ in range(25):
        fast, late, lost = random.integers(0, 6, (3, 4)) + np.eye(3, 4, dtype=int)
        found = given_up(fast, late, lost)
        if found is not None:
            assert 0 <= found.lost_fast < 1 and 0 <= found.lost_late < 1
            assert ((found.late >= 0) & (found.late <= 1)).all()
            assert np.isfinite(found.late).all()


def test_the_same_seed_the_same_error() -> None:
    fast, late, lost, _ = counts(LATE, 0.15, 0.5, 500, 7)
    one, other = given_up(fast, late, lost, 4), given_up(fast, late, lost, 4)
    assert one is not None and other is not None and one.error == other.error


def test_nothing_is_told_where_the_lost_make_room_for_others() -> None:
    """Weeks in which more give up are those in which fewer are served late: there is room for them."""
    lost = np.array([60, 90, 120, 150, 180])
    late = np.array([220, 190, 160, 130, 100])
    assert given_up(1000 - lost - late, late, lost) is None
