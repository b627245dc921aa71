"""How likely each combination of categorical covariates is to be exposed: a penalised logistic model on cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

# A covariate may arrive with a million values: the most frequent keep a coefficient, the rest share one.
MOST_LEVELS = 40
# Prior spread of about 3 on the log-odds scale: keeps a level where all are exposed finite, and moves nothing else.
RIDGE = 0.1
_ITERATIONS = 40
_CONVERGED = 1e-7
"""Log-likelihood that is left to gain, twice."""
_NEAR, _FASTER = 100.0, 10.0
_MOST_STEP = 8.0
_MOST_KEY = 2**40
_MOST_TABLE = 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Main effects of categorical covariates: one column for each level, column 0 for the intercept.

    A covariate that does not vary has no column. `levels[k]` are the codes of covariate `used[k]` in rising order,
    `columns[k]` their columns; an unknown code goes to the shared column of the rare ones, or to none (0 weight).
    """

    used: tuple[int, ...]
    levels: tuple[Places, ...]
    columns: tuple[Places, ...]
    shared: tuple[int, ...]
    width: int

    def place(self, codes: ArrayLike) -> Places:
        """The column of every row's level, [row, used covariate]; -1 where a code was never seen."""
        given = np.asarray(codes, dtype=np.int64)
        placed = np.empty((len(given), len(self.used)), dtype=np.int64)
        for number, covariate in enumerate(self.used):
            known, own = self.levels[number], given[:, covariate]
            span = int(known[-1]) - int(known[0]) + 1
            if span > _MOST_TABLE:
                where = np.minimum(np.searchsorted(known, own), len(known) - 1)
                placed[:, number] = np.where(known[where] == own, self.columns[number][where], self.shared[number])
                continue
            # One more place, the first and the last at once, for codes outside.
            column_of = np.full(span + 1, self.shared[number])
            column_of[known - known[0]] = self.columns[number]
            placed[:, number] = column_of[np.clip(own - known[0], -1, span)]
        return placed


def combine(placed: Places, coefficients: Floats) -> Floats:
    """The linear predictor x'coefficients of every row."""
    # Column -1 is a zero at the end: an unseen level adds nothing.
    return _combine(placed, np.append(coefficients, 0.0))


def design(codes: Places, n: Floats, most_levels: int = MOST_LEVELS) -> Design:
    """Columns for the levels in `codes` [cell, covariate], where `n` rows stand behind each cell."""
    used, levels, columns, shared = [], [], [], []
    width = 1
    for covariate in range(codes.shape[1]):
        known, inverse = numbered(codes[:, covariate])
        if len(known) < 2:
            continue
        rank = np.empty(len(known), dtype=np.int64)
        rank[np.argsort(-np.bincount(inverse, weights=n), kind="stable")] = np.arange(len(known))
        kept = len(known) if len(known) <= most_levels else most_levels - 1
        used.append(covariate)
        levels.append(known)
        columns.append(width + np.minimum(rank, kept))
        shared.append(width + kept if kept < len(known) else -1)
        width += min(len(known), kept + 1)
    return Design(tuple(used), tuple(levels), tuple(columns), tuple(shared), width)


def strata(placed: Places) -> tuple[Places, Places]:
    """Distinct rows of `placed`, and for each row which of them it is; the order depends on the values alone."""
    key = np.zeros(len(placed), dtype=np.int64)
    for number in range(placed.shape[1]):
        column = placed[:, number]
        key = key * (int(column.max(initial=0)) + 2) + column + 1
        if int(key.max(initial=0)) > _MOST_KEY:
            key = numbered(key)[1]
    known, inverse = numbered(key)
    first = np.empty(len(known), dtype=np.int64)
    first[inverse[::-1]] = np.arange(len(key))[::-1]
    return placed[first], inverse


def numbered(values: NDArray[np.integer[Any]]) -> tuple[Places, Places]:
    """Distinct values in rising order, and for each value which of them it is; without sorting them all."""
    given = values.astype(np.int64)
    if not len(given):
        return given, given
    least, most = int(given.min()), int(given.max())
    if most - least <= 2 * len(given):
        given -= least
        there = np.bincount(given) > 0
        return np.flatnonzero(there) + least, (np.cumsum(there) - 1)[given]
    coded = pa.array(given).dictionary_encode()
    known = coded.dictionary.to_numpy()
    order = np.argsort(known)
    rank = np.empty(len(known), dtype=np.int64)
    rank[order] = np.arange(len(known))
    return known[order], rank[coded.indices.to_numpy()]


def sums(placed: Places, weight: Floats, width: int) -> Floats:
    """Sum of x * weight over the rows, one entry a column."""
    return _sums(placed, np.asarray(weight, dtype=np.float64), width)


def gram(placed: Places, weight: Floats, width: int, ridge: float) -> Floats:
    """Sum of x x' * weight over the rows, with the ridge on all but the intercept."""
    matrix: Floats = _gram(placed, np.asarray(weight, dtype=np.float64), width)
    matrix += np.tril(matrix, -1).T
    inner = np.arange(1, width)
    matrix[inner, inner] += ridge
    return matrix


@njit(cache=True, nogil=True)
def _combine(placed: Places, padded: Floats) -> Floats:
    total = np.empty(len(placed))
    for row in range(len(placed)):
        value = padded[0]
        for number in range(placed.shape[1]):
            value += padded[placed[row, number]]
        total[row] = value
    return total


@njit(cache=True, nogil=True)
def _sums(placed: Places, weight: Floats, width: int) -> Floats:
    total = np.zeros(width)
    for row in range(len(placed)):
        total[0] += weight[row]
        for number in range(placed.shape[1]):
            total[placed[row, number]] += weight[row]
    return total


@njit(cache=True, nogil=True)
def _gram(placed: Places, weight: Floats, width: int) -> Floats:
    """The lower triangle: columns of a later covariate lie behind those of an earlier one."""
    matrix = np.zeros((width, width))
    for row in range(len(placed)):
        share = weight[row]
        if share == 0.0:
            continue
        matrix[0, 0] += share
        for first in range(placed.shape[1]):
            column = placed[row, first]
            matrix[column, 0] += share
            for second in range(first + 1):
                matrix[column, placed[row, second]] += share
    return matrix


def solve(matrix: Floats, right: Floats) -> Floats:
    """Solution of a positive definite system: a ridge makes every one of ours that."""
    return np.asarray(cho_solve(cho_factor(matrix, lower=True, check_finite=False), right, check_finite=False))


def fit_logistic(placed: Places, exposed: Floats, n: Floats, width: int, ridge: float = RIDGE) -> Floats:
    """Coefficients of the ridge-penalised logistic model by Newton's method, where `exposed` of `n` rows are exposed
    in each stratum. Needs rows of both kinds.

    Where little is left to gain the curve is kept from step to step while each gains ten times less than the one before
    (Shamanskii 1967, Ukrainian Mathematical Journal 19, 118-122): most of the time goes into working it out.
    """
    coefficients = np.zeros(width)
    coefficients[0] = np.log(exposed.sum() / (n.sum() - exposed.sum()))
    penalty = np.full(width, ridge)
    penalty[0] = 0.0

    def at(point: Floats, curved: bool) -> tuple[float, Floats, Floats]:
        """The penalised likelihood, its slope and its curve."""
        value, slope, curve = _likelihood(placed, exposed, n, np.append(point, 0.0), curved)
        curve += np.tril(curve, -1).T
        np.fill_diagonal(curve, curve.diagonal() + penalty)
        return value - 0.5 * float((penalty * point * point).sum()), slope - penalty * point, curve

    value, slope, curve = at(coefficients, True)
    left = np.inf
    for _ in range(_ITERATIONS):
        step = solve(curve, slope)
        before, left = left, float(slope @ step)
        if left < _CONVERGED:
            # What is left to gain is nothing beside chance, and the last step leaves its square.
            return coefficients + step
        curved = left > _NEAR or left > before / _FASTER
        step *= min(1.0, _MOST_STEP / max(float(np.abs(step).max()), 1e-300))
        for _halving in range(12):
            moved = coefficients + step
            reached, slope, known = at(moved, curved)
            if reached >= value - abs(value) * 1e-12:
                break
            step = step / 2
        curve = known if curved else curve
        coefficients, value = moved, reached
    return coefficients


@njit(cache=True, nogil=True)
def _likelihood(
    placed: Places, exposed: Floats, n: Floats, padded: Floats, curved: bool
) -> tuple[float, Floats, Floats]:
    """Log-likelihood, its slope, and (where `curved`) the lower triangle of its curve, in one pass over the rows.
    `padded`: coefficients and a zero for levels that were never seen."""
    width = len(padded) - 1
    total, slope, curve = 0.0, np.zeros(width), np.zeros((width, width))
    for row in range(len(placed)):
        score = padded[0]
        for number in range(placed.shape[1]):
            score += padded[placed[row, number]]
        small = np.exp(-abs(score))
        chance = 1.0 / (1.0 + small) if score >= 0 else small / (1.0 + small)
        total += exposed[row] * score - n[row] * (max(score, 0.0) + np.log1p(small))
        left = exposed[row] - n[row] * chance
        slope[0] += left
        for number in range(placed.shape[1]):
            slope[placed[row, number]] += left
        if not curved:
            continue
        share = n[row] * chance * (1.0 - chance)
        curve[0, 0] += share
        for first in range(placed.shape[1]):
            column = placed[row, first]
            curve[column, 0] += share
            for second in range(first + 1):
                curve[column, placed[row, second]] += share
    return total, slope, curve
