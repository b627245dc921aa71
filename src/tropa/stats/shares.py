"""How much each of several correlated predictors explains: R squared shared out fairly (LMG, Shapley)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tropa.stats.intervals import Interval, Z

Floats = NDArray[np.float64]

MOST_EXACT = 12
_ORDERS = 2000
_SINGULAR = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over rows of the columns (predictors, the outcome last) and of their products: they add up over parts."""

    n: float
    sums: Floats
    products: Floats

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.n + other.n, self.sums + other.sums, self.products + other.products)

    def correlations(self) -> Floats | None:
        """Correlations of all columns; a column that never varies has none (0). None with fewer than two rows."""
        if self.n < 2:
            return None
        spread = self.products - np.outer(self.sums, self.sums) / self.n
        scale = np.sqrt(np.maximum(np.diag(spread), 0.0))
        varies = scale > 1e-6 * np.sqrt(np.maximum(np.diag(self.products), 1e-300))
        scale = np.where(varies, scale, 1.0)
        result = np.where(np.outer(varies, varies), spread / np.outer(scale, scale), 0.0)
        np.fill_diagonal(result, 1.0)
        return result.astype(np.float64)


def moments(columns: ArrayLike) -> Moments:
    """Sums of rows [row, column], the outcome in the last column."""
    rows = np.asarray(columns, dtype=np.float64)
    return Moments(float(len(rows)), rows.sum(axis=0), rows.T @ rows)


def lmg(correlations: ArrayLike, seed: int = 0) -> Floats:
    """What each predictor adds to R squared, averaged over all orders of entering; they sum to R squared.

    Exact up to 12 predictors, beyond that the average over 2000 orders drawn with `seed`. A predictor that others
    determine shares with them.

    Args:
        correlations: of predictors and outcome, the outcome last.

    Sources: Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis, p. 119 ff.;
    Gromping (2006), Journal of Statistical Software 17(1).

    Raises:
        ValueError: when the matrix is not square or holds other than correlations.
    """
    matrix = np.asarray(correlations, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise ValueError(f"correlations must be a square matrix, got shape {matrix.shape}")
    if not bool(np.all(np.abs(matrix) <= 1 + 1e-9)):
        raise ValueError("correlations must lie between -1 and 1")
    return _exact(matrix) if len(matrix) - 1 <= MOST_EXACT else _drawn(matrix, seed)


def jackknife(parts: list[Moments], statistic: Callable[[Moments], Floats | None]) -> list[Interval]:
    """95 % intervals of what `statistic` makes of all parts together, from leaving out one part at a time.

    Parts should be alike (divided at random, by a hash of the subject) and about 20 or more; fewer than two give no
    limits.

    Source: Quenouille (1956), Biometrika 43, 353-360; delete-a-group: Kott (2001), Journal of Official Statistics 17.
    """
    filled = [part for part in parts if part.n > 0]
    if not filled:
        return []
    whole = sum(filled[1:], filled[0])
    value = statistic(whole)
    if value is None:
        return []
    n = round(whole.n)
    left = [statistic(_less(whole, part)) for part in filled]
    without = np.array([found for found in left if found is not None])
    if len(without) < 2:
        return [Interval(float(one), None, None, n) for one in value]
    error = np.sqrt(((without - without.mean(axis=0)) ** 2).sum(axis=0) * (len(without) - 1) / len(without))
    return [
        Interval(float(one), float(one - Z * wide), float(one + Z * wide), n)
        for one, wide in zip(value, error, strict=True)
    ]


def _less(whole: Moments, part: Moments) -> Moments:
    return Moments(whole.n - part.n, whole.sums - part.sums, whole.products - part.products)


def _exact(matrix: Floats) -> Floats:
    """R squared of every subset, then Shapley's weights."""
    count = len(matrix) - 1
    explained = np.zeros(2**count)
    members = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    sizes = members.sum(axis=1)
    for size in range(1, count + 1):
        subsets = np.flatnonzero(sizes == size)
        columns = np.nonzero(members[subsets])[1].reshape(len(subsets), size)
        inner = matrix[columns[:, :, None], columns[:, None, :]]
        outer = matrix[columns, count]
        # The pseudo-inverse: predictors that determine one another explain no more than one of them.
        inverse = np.linalg.pinv(inner, rcond=_SINGULAR, hermitian=True)
        explained[subsets] = np.einsum("si,sij,sj->s", outer, inverse, outer)
    weights = np.array([math.factorial(s) * math.factorial(count - s - 1) for s in range(count)], dtype=np.float64)
    weights /= math.factorial(count)
    result = np.zeros(count)
    for predictor in range(count):
        without = np.flatnonzero(members[:, predictor] == 0)
        gained = explained[without | (1 << predictor)] - explained[without]
        result[predictor] = float((weights[sizes[without]] * gained).sum())
    return result


def _drawn(matrix: Floats, seed: int) -> Floats:
    """Sweeps the predictors out in random orders; what each takes from the outcome's variance is its share."""
    random = np.random.default_rng(seed)
    count = len(matrix) - 1
    total = np.zeros(count)
    for _ in range(_ORDERS // 2):
        order = random.permutation(count)
        # Both directions of an order: who came late comes early, which halves the noise.
        for chosen in (order, order[::-1]):
            left = matrix.copy()
            for predictor in chosen:
                pivot = left[predictor, predictor]
                if pivot <= _SINGULAR:
                    continue
                total[predictor] += left[predictor, count] ** 2 / pivot
                left -= np.outer(left[:, predictor], left[predictor]) / pivot
    return total / _ORDERS
