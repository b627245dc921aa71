"""Removal effects: by walking the chain, loops without a way out, and nothing to remove."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.removal import removal_effects


def test_against_walks() -> None:
    """Solving the chain gives what walking it gives, with a state closed and without."""
    random = np.random.default_rng(0)
    moves = random.integers(0, 30, (4, 4))
    won, lost, starts = random.integers(5, 30, 4), random.integers(5, 30, 4), np.array([40, 30, 20, 10])
    found = removal_effects(starts, moves, won, lost)
    assert found is not None
    chances = np.column_stack([moves, won, lost]) / (moves.sum(axis=1) + won + lost)[:, None]

    def walked(closed: int | None) -> float:
        state = random.choice(4, 40_000, p=starts / 100)
        for _ in range(60):
            going = state < 4
            if closed is not None:
                state[state == closed] = 5
                going = state < 4
            draws = random.random(int(going.sum()))
            state[going] = (draws[:, None] > chances[state[going]].cumsum(axis=1)).sum(axis=1)
        return float((state == 4).mean())

    assert found.base == pytest.approx(walked(None), abs=0.01)
    for state in range(4):
        assert found.effects[state] == pytest.approx(1 - walked(state) / found.base, abs=0.03)
    assert found.shares.sum() == pytest.approx(1)


def test_the_base_is_the_plain_share_of_successes() -> None:
    """Whatever the paths: the chain made of them succeeds as often as they did."""
    random = np.random.default_rng(1)
    starts, moves, won, lost = np.zeros(5), np.zeros((5, 5)), np.zeros(5), np.zeros(5)
    successes = 0
    for _ in range(300):
        path = random.integers(0, 5, random.integers(1, 8))
        starts[path[0]] += 1
        np.add.at(moves, (path[:-1], path[1:]), 1)
        success = random.random() < 0.2 + 0.1 * (3 in path)
        successes += success
        (won if success else lost)[path[-1]] += 1
    found = removal_effects(starts, moves, won, lost)
    assert found is not None and found.base == pytest.approx(successes / 300)


def test_a_loop_without_a_way_out() -> None:
    """Paths still open at the end of the data leave states that lead only to themselves."""
    found = removal_effects([10, 0, 0], [[0, 5, 0], [0, 0, 3], [0, 3, 0]], [5, 0, 0], [0, 0, 0])
    assert found is not None
    assert found.base == pytest.approx(0.5)
    assert found.effects == pytest.approx([1, 0, 0])
    assert found.values == pytest.approx([0.5, 0, 0])


def test_swing_by_hand() -> None:
    """From A half go to B, where half succeed; the rest of A fail at once: V = .25, .5; |change| at A .25, at B .5."""
    found = removal_effects([100, 0], [[0, 50], [0, 0]], [0, 25], [50, 25])
    assert found is not None
    assert found.values == pytest.approx([0.25, 0.5])
    assert found.swings == pytest.approx([0.25, 0.5 * 0.5])


def test_nothing_to_remove() -> None:
    assert removal_effects([], np.zeros((0, 0)), [], []) is None
    assert removal_effects([5], [[0]], [0], [5]) is None
    assert removal_effects([5, 0], [[0, 0], [0, 0]], [0, 3], [5, 0]) is None
    for wrong in (([1, 1], [[0]], [1], [1]), ([1], [[-1]], [1], [1])):
        with pytest.raises(ValueError, match="counts"):
            removal_effects(*wrong)
