"""Where something is concentrated: planted slices among correlated attributes, and none where it is even."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tropa.stats.concentration import concentration

Chances = Callable[..., np.ndarray]
SEEDS = 8
ROWS = 12_000


def cube(seed: int, chance: Chances) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Five attributes of 5, 3, 4 (one frequent), 12 and 60 values; the second goes along with the first."""
    random = np.random.default_rng(seed)
    a = random.integers(0, 5, ROWS)
    b = np.where(random.random(ROWS) < 0.6, a % 3, random.integers(0, 3, ROWS))
    c = random.choice(4, ROWS, p=[0.85, 0.05, 0.05, 0.05])
    codes = np.column_stack([a, b, c, random.integers(0, 12, ROWS), random.integers(0, 60, ROWS)])
    happened = random.random(ROWS) < chance(*codes.T)
    keys, inverse = np.unique(codes, axis=0, return_inverse=True)
    return keys, np.bincount(inverse).astype(float), np.bincount(inverse, weights=happened)


@pytest.mark.parametrize(
    ("chance", "truth"),
    [
        (lambda a, b, c, d, e: np.full(len(a), 0.05), set()),
        (lambda a, b, c, d, e: np.where(b == 1, 0.15, 0.05), {((1, 1),)}),
        (lambda a, b, c, d, e: np.where(c == 2, 0.15, 0.04), {((2, 2),)}),
        (lambda a, b, c, d, e: np.where((b == 1) & (d == 3), 0.3, 0.05), {((1, 1), (3, 3))}),
        # The pair covers nearly all of what its first part covers.
        (lambda a, b, c, d, e: np.where((a == 1) & (c == 0), 0.15, 0.05), {((0, 1), (2, 0))}),
        # Two causes side by side, not their meeting.
        (lambda a, b, c, d, e: np.where(b == 1, 0.15, 0.05) + np.where(d == 3, 0.15, 0), {((1, 1),), ((3, 3),)}),
        (lambda a, b, c, d, e: np.where(c == 1, 0.2, 0.0), {((2, 1),)}),
        (lambda a, b, c, d, e: np.where(b == 1, 0.9, 0.5), {((1, 1),)}),
    ],
    ids=["even", "value", "rare-value", "pair", "wide-pair", "two", "only-there", "frequent"],
)
def test_planted_slices(chance: Chances, truth: set[tuple[tuple[int, int], ...]]) -> None:
    """Exactly what was planted, in at least 7 of 8 worlds."""
    right = 0
    for seed in range(SEEDS):
        found = concentration(*cube(seed, chance))
        assert found.tested > 900
        right += {piece.conditions for piece in found.slices} == truth
    assert right >= SEEDS - 1


def test_many_looks_are_paid_for() -> None:
    """Of about 1000 slices the best raw p is below 0.05 nearly always; the corrected one in 5 % of worlds."""
    even = sum(
        bool(concentration(*cube(seed, lambda a, *_: np.full(len(a), 0.1)), least_ratio=1.0, alpha=0.05).slices)
        for seed in range(25)
    )
    assert even <= 3


def test_numbers_of_a_slice() -> None:
    found = concentration([[0], [1], [2]], [100, 100, 200], [40, 10, 10])
    (piece,) = found.slices
    assert piece.conditions == ((0, 0),)
    assert (piece.n, piece.k) == (100, 40)
    assert piece.share == pytest.approx(40 / 60)
    assert piece.base == pytest.approx(1 / 4)
    assert piece.lift == pytest.approx(0.4 / 0.15)
    assert piece.ratio.value == pytest.approx(0.4 / (20 / 300))
    assert piece.ratio.low is not None and piece.ratio.high is not None
    assert 3 < piece.ratio.low < 6 < piece.ratio.high < 12
    assert found.tested == 3


def test_another_attributes_doing_is_passed_over() -> None:
    """Simpson: value 1 of the first attribute looks hot because it gathers the hot groups of the second."""
    random = np.random.default_rng(0)
    second = random.integers(0, 8, 40_000)
    first = (random.random(40_000) < np.where(second < 4, 0.8, 0.2)).astype(int)
    happened = random.random(40_000) < np.where(second < 4, 0.12, 0.04)
    keys, inverse = np.unique(np.column_stack([first, second]), axis=0, return_inverse=True)
    found = concentration(keys, np.bincount(inverse), np.bincount(inverse, weights=happened), least_ratio=1.2, most=8)
    assert found.slices
    assert all(attribute == 1 for piece in found.slices for attribute, _ in piece.conditions)


def test_what_was_expected_is_no_finding() -> None:
    """A slice that always was higher is expected to be; what rose since is found."""
    n = np.full(4, 1000.0)
    usual = np.array([300.0, 100, 100, 100])
    codes = [[0], [1], [2], [3]]
    assert concentration(codes, n, usual, usual).slices == ()
    risen = concentration(codes, n, [300.0, 100, 100, 200], usual)
    assert [piece.conditions for piece in risen.slices] == [((0, 3),)]


def test_nothing_to_seek_in() -> None:
    assert concentration(np.zeros((0, 2)), [], []).slices == ()
    assert concentration([[1], [1]], [50, 50], [20, 30]).slices == ()
    assert concentration([[0], [1]], [50, 50], [0, 0]).slices == ()
    assert concentration([[0], [1]], [50, 50], [50, 50]).slices == ()
    assert concentration([[0], [1]], [5, 5], [5, 0]).slices == ()
    assert concentration(np.zeros((2, 0)), [50, 50], [1, 40]).slices == ()


def test_a_million_values_say_nothing() -> None:
    """A value for every row: none has rows enough, and nothing is claimed."""
    random = np.random.default_rng(0)
    codes = np.column_stack([random.permutation(200_000), random.integers(0, 3, 200_000)])
    hot = (random.random(200_000) < np.where(codes[:, 1] == 2, 0.2, 0.1)).astype(float)
    found = concentration(codes, np.ones(200_000), hot)
    assert [piece.conditions for piece in found.slices] == [((1, 2),)]


def test_counts_that_cannot_be_are_refused() -> None:
    for codes, n, k, expected in (
        ([[0]], [5], [6], None),
        ([[0]], [5, 5], [1, 1], None),
        ([0], [5], [1], None),
        ([[0]], [5], [1], [-1.0]),
    ):
        with pytest.raises(ValueError, match="length"):
            concentration(codes, n, k, expected)
