"""Planted orders and planted groups are found again, through noise and loops back."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import comb

from tropa.stats.ordering import count_groups, natural_breaks, potential, without_background

Counts = NDArray[np.int64]


def planted_flow(stages: int, size: int, noise: float, seed: int) -> Counts:
    """Successions of 600 journeys through `stages` blocks of `size` things: any order inside, a quarter loops back.

    `noise` of the steps are replaced by any thing at all.
    """
    random = np.random.default_rng(seed)
    flow = np.zeros((stages * size, stages * size), dtype=np.int64)
    for _ in range(600):
        path: list[int] = []
        stage = 0
        while stage < stages:
            block = [stage * size + thing for thing in random.permutation(size) if random.random() < 0.7]
            path.extend(block)
            if stage and random.random() < 0.25:
                stage -= 1
                path.append(stage * size + int(random.integers(size)))
            stage += 1
        noisy = [int(random.integers(stages * size)) if random.random() < noise else thing for thing in path]
        np.add.at(flow, (noisy[:-1], noisy[1:]), 1)
    return flow


def adjusted_rand(one: Counts, other: Counts) -> float:
    """Agreement of two groupings, 1 when they are the same (Hubert & Arabie 1985)."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)
    together = comb(table, 2).sum()
    rows, columns = comb(table.sum(axis=1), 2).sum(), comb(table.sum(axis=0), 2).sum()
    expected = rows * columns / comb(len(one), 2)
    return float((together - expected) / ((rows + columns) / 2 - expected))


@pytest.mark.parametrize(("stages", "size"), [(5, 4), (7, 3), (4, 8)])
@pytest.mark.parametrize("noise", [0.0, 0.1, 0.2])
def test_planted_stages_are_found(stages: int, size: int, noise: float) -> None:
    truth = np.repeat(np.arange(stages), size)
    for seed in range(3):
        level = potential(without_background(planted_flow(stages, size, noise, seed)))
        assert adjusted_rand(natural_breaks(level, stages), truth) == pytest.approx(1.0)


@pytest.mark.parametrize(("stages", "size"), [(5, 4), (7, 3), (4, 8), (6, 5)])
@pytest.mark.parametrize("noise", [0.05, 0.1])
def test_planted_number_of_stages_is_found(stages: int, size: int, noise: float) -> None:
    assert count_groups(potential(without_background(planted_flow(stages, size, noise, 1))), 4, 7) == stages


def test_background_leaves_what_is_no_noise() -> None:
    chain = np.diag([50] * 11, k=1)
    np.testing.assert_array_equal(without_background(chain), chain)
    few = np.array([[0, 30, 1], [10, 0, 5], [2, 2, 0]])
    np.testing.assert_array_equal(without_background(few), few)
    assert without_background(np.zeros((12, 12))).sum() == 0


def test_background_is_taken_off() -> None:
    """A chain of 12 with every other pair 3 times by chance: the chain stands out more, the chance is mostly gone."""
    noisy = np.diag([300] * 11, k=1) + 3
    cleared = without_background(noisy)
    chain = np.eye(12, k=1, dtype=bool)
    off = ~chain & ~np.eye(12, dtype=bool)
    assert cleared[chain].min() > 280
    assert np.median(cleared[off]) < 1


def test_a_chain_climbs_by_one() -> None:
    flow = np.diag([7, 3, 5], k=1)
    np.testing.assert_allclose(np.diff(potential(flow)), 1.0)


def test_loops_back_weigh_by_their_frequency() -> None:
    """30 forward and 10 back: the net step is (30 - 10) / 40; loops on the spot say nothing."""
    level = potential(np.array([[99, 30], [10, 0]]))
    assert level[1] - level[0] == pytest.approx(0.5)


def test_parts_that_nothing_connects_are_placed_by_position() -> None:
    flow = np.zeros((5, 5), dtype=np.int64)
    flow[0, 1] = flow[1, 2] = flow[3, 4] = 10
    level = potential(flow, np.array([1.0, 2.0, 3.0, 3.5, 4.5]))
    np.testing.assert_allclose(level - level[0], [0, 1, 2, 2.5, 3.5], atol=1e-9)


def test_natural_breaks_are_the_best_of_all_cuts() -> None:
    random = np.random.default_rng(2)
    for _ in range(20):
        values = random.normal(size=9)
        ordered = np.sort(values)
        costs = [
            sum(float(((part - part.mean()) ** 2).sum()) for part in np.split(ordered, cut))
            for cut in itertools.combinations(range(1, 9), 2)
        ]
        groups = natural_breaks(values, 3)
        found = sum(float(((values[groups == g] - values[groups == g].mean()) ** 2).sum()) for g in range(3))
        assert found == pytest.approx(min(costs))
        assert np.all(np.diff(groups[np.argsort(values)]) >= 0)


def test_equal_values_share_a_group() -> None:
    assert natural_breaks(np.array([2.0, 1.0, 2.0, 1.0 + 1e-14]), 2).tolist() == [1, 0, 1, 0]
    with pytest.raises(ValueError, match="2 distinct"):
        natural_breaks(np.array([1.0, 2.0, 2.0]), 3)


def test_few_things_make_few_groups() -> None:
    assert count_groups(np.array([0.0]), 4, 7) == 1
    assert count_groups(np.array([0.0, 0.0, 1.0]), 4, 7) == 2
    assert count_groups(np.arange(5.0), 4, 7) in {4, 5}
