"""Adjusted effects: planted truth under confounding, influences against refits, sums that add up, bad input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from tropa.stats.effect_size import Effect, finish
from tropa.stats.effects import Cells, Fit, Sums, clustered, fit

Floats = NDArray[np.float64]
SEEDS = 100


@dataclass(frozen=True)
class World:
    subject: NDArray[np.int64]
    codes: NDArray[np.int64]
    exposed: NDArray[np.bool_]
    outcome: Floats
    truth: float

    def cells(self, binary: bool) -> Cells:
        return Cells(
            self.codes, self.exposed, np.ones(len(self.outcome)), self.outcome, None if binary else self.outcome**2
        )


def planted(seed: int, subjects: int, rows: int, effect: float, frequency: float, binary: bool = True) -> World:
    """Those who are exposed more often fare worse anyway; the effect differs by the first covariate; rows of one
    subject resemble one another by something unseen."""
    random = np.random.default_rng(seed)
    n = subjects * rows
    subject = np.repeat(np.arange(subjects), rows)
    luck = np.clip(random.normal(size=subjects), -1.5, 1.5)[subject]
    codes = np.column_stack([random.integers(0, 3, subjects)[subject], *random.integers(0, 4, (3, n))])
    first, second = codes[:, 0] - 1, codes[:, 1] - 1.5
    exposed = random.random(n) < expit(np.log(frequency / (1 - frequency)) + 0.6 * first + 0.5 * second)
    without = 0.5 - 0.12 * first - 0.08 * second + 0.08 * luck
    change = effect * (1 + 0.5 * first)
    if binary:
        chance = np.clip(without, 0.01, 0.99)
        changed = np.clip(chance + change, 0.0, 1.0)
        outcome = (random.random(n) < np.where(exposed, changed, chance)).astype(np.float64)
        truth = float((changed - chance)[exposed].mean())
    else:
        outcome = 5 * without + 5 * change * exposed + random.normal(size=n)
        truth = float(5 * change[exposed].mean())
    return World(subject, codes.astype(np.int64), exposed, outcome, truth)


def estimate(world: World, binary: bool = True) -> Effect:
    fitted = fit(world.cells(binary))
    assert fitted is not None
    return finish(fitted, clustered(fitted.influence(world.codes, world.exposed, world.outcome), world.subject))


def one_each(fitted: Fit, rows: Cells) -> Sums:
    """Every row is a subject of its own."""
    return clustered(fitted.influence(rows.codes, rows.exposed, rows.total), np.arange(len(rows.total)))


@pytest.mark.parametrize(
    ("subjects", "rows", "effect", "frequency", "binary"),
    [
        (800, 3, -0.1, 0.15, True),
        (800, 3, 0.0, 0.15, True),
        (200, 3, 0.0, 0.05, True),
        (150, 8, -0.1, 0.15, True),
        (800, 3, -0.1, 0.15, False),
        (100, 3, 0.0, 0.05, False),
    ],
    ids=["effect", "none", "rare-none", "many-rows-a-subject", "scores", "rare-scores"],
)
def test_planted_effect(subjects: int, rows: int, effect: float, frequency: float, binary: bool) -> None:
    """Unbiased where the plain comparison is not, covered in 90-99 % of worlds, and alarms in 5 % when nothing is."""
    errors, naive, covered, rejected = [], [], 0, 0
    for seed in range(SEEDS):
        world = planted(seed, subjects, rows, effect, frequency, binary)
        found = estimate(world, binary)
        value, low, high = found.difference.value, found.difference.low, found.difference.high
        assert value is not None and low is not None and high is not None and found.p is not None
        errors.append(value - world.truth)
        plain = world.outcome[world.exposed].mean() - world.outcome[~world.exposed].mean()
        naive.append(plain - world.truth)
        covered += low <= world.truth <= high
        rejected += found.p < 0.05
    noise = np.std(errors) / np.sqrt(SEEDS)
    assert abs(np.mean(errors)) < 3 * noise
    assert abs(np.mean(naive)) > 6 * noise
    assert 0.90 <= covered / SEEDS <= 0.99
    if effect == 0:
        assert rejected / SEEDS <= 0.09


@pytest.mark.parametrize("binary", [True, False])
def test_influence_is_what_a_little_more_of_the_row_changes(binary: bool) -> None:
    """Each row's influence, propensity and regression included, against a fit with a little more of that row."""
    world = planted(3, 300, 2, -0.2, 0.3, binary)
    little = 1e-4

    def means(row: int, more: float) -> Floats:
        weight = np.ones(600)
        weight[row] += more
        squares = None if binary else weight * world.outcome**2
        fitted = fit(Cells(world.codes, world.exposed, weight, weight * world.outcome, squares))
        assert fitted is not None
        return np.array([fitted.mean_exposed, fitted.mean_others])

    rows = np.concatenate([np.flatnonzero(world.exposed)[:8], np.flatnonzero(~world.exposed)[:8]])
    changed = np.array([(means(row, little) - means(row, -little)) / (2 * little) for row in rows])
    fitted = fit(world.cells(binary))
    assert fitted is not None
    found = fitted.influence(world.codes[rows], world.exposed[rows], world.outcome[rows]) - fitted.constant
    assert found == pytest.approx(changed, abs=1e-5 * float(np.abs(changed).max()))


def test_influences_cancel_and_add_up() -> None:
    world = planted(1, 300, 2, -0.1, 0.2)
    fitted = fit(world.cells(True))
    assert fitted is not None
    rows = fitted.influence(world.codes, world.exposed, world.outcome)
    assert rows.sum(axis=0) == pytest.approx([0, 0], abs=1e-9)
    half = world.subject < 100
    parts = clustered(rows[half], world.subject[half]) + clustered(rows[~half], world.subject[~half])
    whole = clustered(rows, world.subject)
    assert (parts.exposed, parts.others, parts.product) == pytest.approx((whole.exposed, whole.others, whole.product))
    assert parts.subjects == whole.subjects == 300


def test_cells_may_come_in_any_order_and_in_pieces() -> None:
    world = planted(2, 400, 1, -0.1, 0.2)
    keys, inverse = np.unique(np.column_stack([world.codes, world.exposed]), axis=0, return_inverse=True)
    order = np.random.default_rng(0).permutation(len(keys))
    n, total = np.bincount(inverse).astype(float), np.bincount(inverse, weights=world.outcome)
    merged = Cells(keys[order, :-1], keys[order, -1].astype(bool), n[order], total[order])
    single, joined = fit(world.cells(True)), fit(merged)
    assert single is not None and joined is not None
    assert joined.mean_others == pytest.approx(single.mean_others, abs=1e-12)
    assert joined.mean_exposed == pytest.approx(single.mean_exposed, abs=1e-12)
    of_cells, of_rows = (one.influence(world.codes, world.exposed, world.outcome) for one in (joined, single))
    assert of_cells == pytest.approx(of_rows, abs=1e-12)


def test_rows_may_carry_weights() -> None:
    """A row of weight 2 is two rows."""
    world = planted(4, 200, 1, -0.1, 0.3)
    twice = np.repeat(np.arange(200), 2)
    weighted = fit(Cells(world.codes, world.exposed, np.full(200, 2.0), 2 * world.outcome))
    repeated = fit(Cells(world.codes[twice], world.exposed[twice], np.ones(400), world.outcome[twice]))
    assert weighted is not None and repeated is not None
    assert weighted.mean_others == pytest.approx(repeated.mean_others, abs=1e-12)


def test_nobody_to_compare_with() -> None:
    codes = np.zeros((10, 1), dtype=np.int64)
    for flag in (True, False):
        assert fit(Cells(codes, np.full(10, flag), np.ones(10), np.ones(10))) is None
    assert fit(Cells(codes[:0], np.zeros(0, dtype=bool), np.zeros(0), np.zeros(0))) is None


def test_no_overlap_is_flagged() -> None:
    """Where a covariate says who is exposed, there are no others alike: a number would be invented."""
    random = np.random.default_rng(0)
    codes = random.integers(0, 2, (2000, 1))
    exposed = codes[:, 0] == 1
    outcome = (random.random(2000) < 0.5).astype(float)
    fitted = fit(Cells(codes, exposed, np.ones(2000), outcome))
    assert fitted is None or not fitted.balance.overlap
    spoilt = exposed.copy()
    spoilt[:200] = random.random(200) < 0.5
    fitted = fit(Cells(codes, spoilt, np.ones(2000), outcome))
    assert fitted is not None and fitted.balance.before > 2


def test_few_exposed_among_many_still_compare() -> None:
    """One in 500 exposed: a low chance of exposure is no lack of others."""
    world = planted(6, 20_000, 1, -0.2, 0.002)
    assert estimate(world).balance.overlap


def test_an_outcome_that_never_varies_gives_no_false_certainty() -> None:
    random = np.random.default_rng(0)
    codes, exposed = random.integers(0, 3, (60, 2)), np.arange(60) % 2 == 0
    nobody = Cells(codes, exposed, np.ones(60), np.zeros(60))
    fitted = fit(nobody)
    assert fitted is not None
    found = finish(fitted, one_each(fitted, nobody))
    assert found.difference.value == 0 and found.difference.low is not None and found.difference.high is not None
    assert found.difference.low < -0.05 and found.difference.high > 0.05
    assert found.ratio is not None and found.ratio.value is None
    alike = Cells(codes, exposed, np.ones(60), np.full(60, 4.0), np.full(60, 16.0))
    fitted = fit(alike)
    assert fitted is not None
    found = finish(fitted, one_each(fitted, alike))
    assert found.difference.value == pytest.approx(0) and found.error is None and found.p is None
    assert found.difference.low is None


@pytest.mark.parametrize("subjects", [6, 12])
def test_few_subjects_widen_all_of_the_error(subjects: int) -> None:
    """Sums over few subjects are too small by one in as many: those of each side, and what both sides share."""
    world = planted(7, subjects, 40, -0.1, 0.3, binary=False)
    fitted = fit(world.cells(False))
    assert fitted is not None
    sums = clustered(fitted.influence(world.codes, world.exposed, world.outcome), world.subject)
    error = finish(fitted, sums).error
    assert error is not None and abs(sums.product) > 0.01 * (sums.exposed + sums.others)
    spread = sums.exposed + sums.others - 2 * sums.product
    assert error**2 == pytest.approx(spread * subjects / (subjects - 1))


def test_one_side_without_spread_borrows_it() -> None:
    """Three exposed who all failed do not prove that all fail."""
    random = np.random.default_rng(1)
    exposed = np.arange(300) < 3
    outcome = np.where(exposed, 0.0, (random.random(300) < 0.4).astype(float))
    cells = Cells(np.zeros((300, 1), dtype=np.int64), exposed, np.ones(300), outcome)
    fitted = fit(cells)
    assert fitted is not None
    found = finish(fitted, one_each(fitted, cells))
    assert found.p is not None and found.p > 0.05
    assert not found.balance.overlap


def test_a_covariate_of_a_million_values_and_constant_ones() -> None:
    world = planted(5, 3000, 1, -0.1, 0.2)
    identifier = np.random.default_rng(0).permutation(10**12 + np.arange(3000))
    codes = np.column_stack([world.codes, identifier, np.full(3000, 7)])
    plain = fit(world.cells(True))
    wide = fit(Cells(codes, world.exposed, np.ones(3000), world.outcome))
    assert plain is not None and wide is not None
    assert wide.design.width <= plain.design.width + 40
    assert wide.mean_others == pytest.approx(plain.mean_others, abs=0.01)
    unseen = wide.influence(codes[:1] + 10**6, world.exposed[:1], world.outcome[:1])
    assert bool(np.isfinite(unseen).all())


def test_cells_of_unlike_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Cells(np.zeros((2, 1), dtype=np.int64), np.zeros(3, dtype=bool), np.zeros(2), np.zeros(2))
    with pytest.raises(ValueError, match="negative"):
        Cells(np.zeros((1, 1), dtype=np.int64), np.zeros(1, dtype=bool), -np.ones(1), np.zeros(1))
