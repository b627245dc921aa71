"""Effect of being exposed on an outcome, adjusted for categorical covariates.

`fit` takes rows, each with how much it counts, or cells into which rows were counted before: the means are the same.
`Fit.influence` gives every row its share in the error of the estimate; `clustered` sums it by subject, squares and adds
up. `effect_size.finish` turns these sums into an effect with its interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from tropa.stats.propensity import (
    MOST_LEVELS,
    RIDGE,
    Design,
    Floats,
    Places,
    combine,
    design,
    fit_logistic,
    gram,
    numbered,
    solve,
    strata,
    sums,
)

Flags = NDArray[np.bool_]

# Beyond this chance of exposure there is hardly anybody to compare with: each other row would count for 50.
MOST_CHANCE = 0.98
_FEWEST_COMPARED = 0.8
_MOST_IMBALANCE = 0.25
_LEAST_EFFECTIVE = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Rows, or rows counted by covariates and exposure.

    codes: [cell, covariate], any integers. n: rows, or the sum of their weights (of a row: its weight). total: sum of
    the outcome. squares: sum of its squares; None says that the outcome is 0 or 1. A cell may appear more than once.
    """

    codes: Places
    exposed: Flags
    n: Floats
    total: Floats
    squares: Floats | None = None

    def __post_init__(self) -> None:
        lengths = {len(self.codes), len(self.exposed), len(self.n), len(self.total)}
        if self.squares is not None:
            lengths.add(len(self.squares))
        if len(lengths) != 1 or self.codes.ndim != 2:
            raise ValueError(f"cells must be of one length and codes have two dimensions, got lengths {lengths}")
        if len(self.n) and not (float(self.n.min()) >= 0 and bool(np.isfinite(self.total).all())):
            raise ValueError("n must not be negative and the sums must be finite")


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether exposed and others can be compared at all.

    before, after: the largest standardised difference between their covariates, raw and weighted. compared: share of
    the exposed for whom there are others alike (chance of exposure at most 0.98). effective_exposed and
    effective_others: how many equally weighted rows the weighted ones are worth.
    """

    before: float
    after: float
    compared: float
    effective_exposed: float
    effective_others: float

    @property
    def overlap(self) -> bool:
        """False where the data hold no comparable others: then there is no effect to speak of, only a difference."""
        return (
            self.compared >= _FEWEST_COMPARED
            and self.after <= _MOST_IMBALANCE
            and min(self.effective_exposed, self.effective_others) >= _LEAST_EFFECTIVE
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Squares and product of the influences, summed by subject first; these add up over subjects."""

    exposed: float
    others: float
    product: float
    subjects: int

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.exposed + other.exposed,
            self.others + other.others,
            self.product + other.product,
            self.subjects + other.subjects,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """What a row of outcome y adds to the error of both means: offset + slope * y.

    offsets[row, exposed, side] with side 0 for the mean of the exposed and 1 for that of the others; slopes[row,
    exposed] belong to the row's own side (an exposed row: the mean of the exposed), the other side has none.
    """

    offsets: Floats
    slopes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Weighted means of both sides and all that their errors are made of.

    `mean_exposed` and `mean_others` are the outcome of the same rows with and without the exposure, estimated.
    """

    binary: bool
    design: Design
    propensity: Floats
    correction: Floats
    """[side, column]: what not knowing the propensity adds; `constant` makes the influences sum to 0."""
    constant: Floats
    outcome: Floats
    """Outcome of the others regressed on the covariates."""
    leverage: Floats
    weight_exposed: float
    weight_others: float
    mean_exposed: float
    mean_others: float
    spread: float
    """Variance of the outcome within both sides together."""
    n_exposed: float
    n_others: float
    balance: Balance

    def influence_table(self, codes: ArrayLike) -> Influence:
        """The influence of every row with these covariates, whatever its exposure and outcome."""
        placed = self.design.place(codes)
        chance = expit(combine(placed, self.propensity))
        kept = _kept(chance)
        offsets = np.empty((len(placed), 2, 2))
        slopes = np.zeros((len(placed), 2))
        for side in (0, 1):
            pull = combine(placed, self.correction[side])
            offsets[:, 0, side] = self.constant[side] - pull * chance
            offsets[:, 1, side] = self.constant[side] + pull * (1 - chance)
        slopes[:, 1] = kept / self.weight_exposed
        offsets[:, 1, 0] -= slopes[:, 1] * self.mean_exposed
        expected = combine(placed, self.outcome)
        slopes[:, 0] = kept * _odds(chance) * combine(placed, self.leverage)
        offsets[:, 0, 1] -= slopes[:, 0] * expected
        offsets[:, 1, 1] += kept * (expected - self.mean_others) / self.weight_exposed
        return Influence(offsets, slopes)

    def influence(self, codes: ArrayLike, exposed: ArrayLike, outcome: ArrayLike) -> Floats:
        """The influence of single rows, [row, side]; a row of weight w counts w times."""
        table = self.influence_table(codes)
        arm = np.asarray(exposed, dtype=np.int64)
        row = np.arange(len(arm))
        result: Floats = table.offsets[row, arm]
        result[row, 1 - arm] += table.slopes[row, arm] * np.asarray(outcome, dtype=np.float64)
        return result


def fit(cells: Cells, most_levels: int = MOST_LEVELS, ridge: float = RIDGE) -> Fit | None:
    """Adjusted means with and without the exposure, over the rows that were exposed (what the exposure cost). None
    where all rows are exposed, or none, or all are beyond comparison.

    The others are weighted to resemble the exposed, and a regression in the same covariates takes up what the weights
    leave, so that it is enough if either is right.

    Sources: Robins, Sued, Lei-Gomez & Rotnitzky (2007), Statistical Science 22, 544-559 (weighted regression that is
    doubly robust); Stefanski & Boos (2002), American Statistician 56, 29-38 (stacked estimating equations).
    """
    scheme = design(cells.codes, cells.n, most_levels)
    placed, stratum = strata(scheme.place(cells.codes))
    sides = np.asarray(cells.exposed, dtype=np.int64)
    n, total, squares = (_by_stratum(stratum, sides, len(placed), values) for values in _columns(cells))
    if not (n[1].sum() > 0 and n[0].sum() > 0):
        return None
    propensity = fit_logistic(placed, n[1], n[0] + n[1], scheme.width, ridge)
    chance = expit(combine(placed, propensity))
    kept = _kept(chance)
    weights = np.stack([kept * _odds(chance) * n[0], kept * n[1]])
    # Beyond comparison altogether: no others are left after weighting, or no exposed.
    if not (weights[0].sum() > 1e-9 and weights[1].sum() > 1e-9):
        return None
    parts = _Parts(placed, scheme.width, n, total, weights, chance, propensity, ridge)
    means, outcome, leverage, correction = _means(parts)
    within = squares.sum(axis=1) - total.sum(axis=1) ** 2 / n.sum(axis=1)
    return Fit(
        binary=cells.squares is None,
        design=scheme,
        propensity=propensity,
        correction=correction,
        constant=-ridge * (correction[:, 1:] @ propensity[1:] + [0.0, leverage[1:] @ outcome[1:]]) / n.sum(),
        outcome=outcome,
        leverage=leverage,
        weight_exposed=float(weights[1].sum()),
        weight_others=float(weights[0].sum()),
        mean_exposed=means[1],
        mean_others=means[0],
        spread=max(0.0, float(within.sum() / n.sum())),
        n_exposed=float(n[1].sum()),
        n_others=float(n[0].sum()),
        balance=_balance(parts, float((n[1] * (chance <= MOST_CHANCE)).sum() / n[1].sum())),
    )


def clustered(influence: Floats, subject: ArrayLike) -> Sums:
    """Sums from the rows of some subjects; all rows of one subject must come together.

    subject: any integers; rows of one subject may depend on one another, subjects do not.
    """
    known, inverse = numbered(np.asarray(subject))
    exposed = np.bincount(inverse, weights=influence[:, 0], minlength=len(known))
    others = np.bincount(inverse, weights=influence[:, 1], minlength=len(known))
    return Sums(float(exposed @ exposed), float(others @ others), float(exposed @ others), len(known))


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    placed: Places
    width: int
    n: Floats
    total: Floats
    weights: Floats
    chance: Floats
    propensity: Floats
    ridge: float


def _means(parts: _Parts) -> tuple[tuple[float, float], Floats, Floats, Floats]:
    """Mean of the exposed, and the weighted regression of the others evaluated at the exposed."""
    placed, width = parts.placed, parts.width
    rate = parts.total / np.maximum(parts.n, 1e-300)
    mean_exposed = float(np.average(rate[1], weights=parts.weights[1]))
    matrix = gram(placed, parts.weights[0], width, parts.ridge)
    outcome = solve(matrix, sums(placed, parts.weights[0] * rate[0], width))
    centre = sums(placed, parts.weights[1], width) / parts.weights[1].sum()
    leverage = solve(matrix, centre)
    left = rate[0] - combine(placed, outcome)
    # The weight e / (1 - e) is exp of the linear predictor: its own derivative.
    slope = sums(placed, parts.weights[0] * combine(placed, leverage) * left, width)
    correction = solve(_information(parts), slope)
    return (float(centre @ outcome), mean_exposed), outcome, leverage, np.stack([np.zeros(width), correction])


def _information(parts: _Parts) -> Floats:
    weight = parts.n.sum(axis=0) * parts.chance * (1 - parts.chance)
    return gram(parts.placed, weight, parts.width, parts.ridge)


def _balance(parts: _Parts, compared: float) -> Balance:
    """Standardised differences over all levels, and effective sizes."""
    raw = [sums(parts.placed, parts.n[side], parts.width) for side in (0, 1)]
    weighted = [sums(parts.placed, parts.weights[side], parts.width) for side in (0, 1)]
    raw, weighted = [side / side[0] for side in raw], [side / side[0] for side in weighted]
    scale = np.sqrt(sum(share * (1 - share) for share in raw) / 2)
    varies = scale > 1e-9

    def largest(shares: list[Floats]) -> float:
        return float((np.abs(shares[1] - shares[0])[varies] / scale[varies]).max(initial=0.0))

    effective = [
        float(side.sum() ** 2 / (side * side / np.maximum(count, 1e-300)).sum())
        for side, count in zip(parts.weights, parts.n, strict=True)
    ]
    return Balance(largest(raw), largest(weighted), compared, effective[1], effective[0])


def _odds(chance: Floats) -> Floats:
    """How much another row counts; an exposed one counts once."""
    return chance / np.maximum(1 - chance, 1e-12)


def _kept(chance: Floats) -> Floats:
    return (chance <= MOST_CHANCE).astype(np.float64)


def _columns(cells: Cells) -> tuple[Floats, Floats, Floats]:
    squares = cells.total if cells.squares is None else cells.squares
    return np.asarray(cells.n, dtype=np.float64), np.asarray(cells.total, dtype=np.float64), np.asarray(squares)


def _by_stratum(stratum: Places, sides: Places, count: int, values: Floats) -> Floats:
    added = np.bincount(sides * count + stratum, weights=values, minlength=2 * count)
    return added.reshape(2, count).astype(np.float64)
