"""Least squares from sums of products kept by group, with errors that allow for dependence within groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SINGULAR = 1e-7
_RIDGE = 1e-10
_ROUNDING = 1e-12
_UPPER = 0.975


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What one column adds to the outcome when all others stay, with its 95 % interval and p of nothing at all.

    error, freedom: what the interval and the p are made of (Student's t). explained: share of the outcome's variance
    that this column explains beyond all the others (squared semi-partial correlation).
    """

    value: float
    low: float
    high: float
    p: float
    error: float
    freedom: int
    explained: float


def regress(products: Floats, wanted: Sequence[int]) -> list[Coefficient | None]:
    """Coefficients of the wanted columns, with delete-a-group jackknife errors.

    Rows of a group may depend on one another (all rows of a subject must be in one group); groups should be alike,
    divided at random. A 0/1 column gets the average of the differences within alike rows, those where both
    are frequent counting most (Angrist 1998, Econometrica 66).

    Args:
        products: [group, column, column] sums of products over rows; column 0 is 1, the last one is the outcome.
        wanted: columns whose coefficients are asked for. None comes back for one that others determine, or where there
            are fewer than two groups.

    Source: Kott (2001), Journal of Official Statistics 17, 521-526 (delete-a-group jackknife).

    Raises:
        ValueError: when the sums are not square matrices by group.
    """
    if products.ndim != 3 or products.shape[1] != products.shape[2]:
        raise ValueError(f"products must be square matrices by group, got shape {products.shape}")
    filled = products[products[:, 0, 0] > 0]
    count = len(filled)
    if count < 2 or not wanted:
        return [None] * len(wanted)
    whole = filled.sum(axis=0)
    kept = _independent(whole, wanted)
    places = [int(np.flatnonzero(kept == column)[0]) if column in kept else None for column in wanted]
    value, inverse = _solve(whole[None], kept)
    without, _ = _solve(whole[None] - filled, kept)
    errors = np.sqrt(((without - without.mean(axis=0)) ** 2).sum(axis=0) * (count - 1) / count)
    spread = whole[-1, -1] - whole[0, -1] ** 2 / whole[0, 0]
    varies = spread > _ROUNDING * whole[-1, -1]
    reach = float(stdtrit(count - 1, _UPPER))
    result: list[Coefficient | None] = []
    for place in places:
        if place is None or not errors[place] > 0:
            result.append(None)
            continue
        estimate, error = float(value[0, place]), float(errors[place])
        result.append(
            Coefficient(
                value=estimate,
                low=estimate - reach * error,
                high=estimate + reach * error,
                p=2 * float(stdtr(count - 1, -abs(estimate) / error)),
                error=error,
                freedom=count - 1,
                explained=min(1.0, float(estimate * estimate / inverse[place] / spread)) if varies else 0.0,
            )
        )
    return result


def _independent(whole: Floats, wanted: Sequence[int]) -> Ints:
    """Predictors that the ones before them do not determine, the wanted ones asked last; rising."""
    size = np.sqrt(np.diag(whole)[:-1])
    order = [column for column in range(len(size)) if column not in wanted] + list(wanted)
    left = whole[:-1, :-1] / np.outer(np.where(size > 0, size, 1.0), np.where(size > 0, size, 1.0))
    kept = []
    for column in order:
        pivot = left[column, column]
        if pivot < _SINGULAR:
            continue
        kept.append(column)
        left = left - np.outer(left[:, column], left[column]) / pivot
    return np.array(sorted(kept), dtype=np.int64)


def _solve(sums: Floats, kept: Ints) -> tuple[Floats, Floats]:
    """Coefficients [matrix, kept column], and the diagonal of the inverse of the first matrix's inner sums."""
    inner = sums[:, kept[:, None], kept]
    size = np.sqrt(np.maximum(inner[:, np.arange(len(kept)), np.arange(len(kept))], 0.0))
    size = np.where(size > 0, size, 1.0)
    scaled = inner / (size[:, :, None] * size[:, None, :])
    # Without a group a column may vary no more: the ridge, far below any error, keeps the system solvable.
    scaled += _RIDGE * np.eye(len(kept))
    found = np.linalg.solve(scaled, (sums[:, kept, -1] / size)[:, :, None])[:, :, 0] / size
    return found, np.diag(np.linalg.inv(scaled[0])) / size[0] ** 2
