"""Of those who were lost while they waited: how many had been among the ones who would have waited long?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_DRAWS = 200
_MOST_LOST = 0.95
_FEWEST_GROUPS = 3


@dataclass(frozen=True, slots=True, eq=False)
class GivenUp:
    """lost_fast, lost_late: share that is lost of those who wait shortly and of those who wait long. late: for each
    group the share of the lost who belong to the long waits. error: standard error of `late` over all groups; None
    where the groups differ too little to tell.
    """

    lost_fast: float
    lost_late: float
    late: Floats
    error: float | None


def given_up(fast: ArrayLike, late: ArrayLike, lost: ArrayLike, seed: int = 0) -> GivenUp | None:
    """From counts by group: served fast, served late, lost (never seen again).

    Nobody sees how long the lost would have waited. But if short and long waits lose each its own share, the same in
    every group, then fast / (1 - lost_fast) + late / (1 - lost_late) = 1 in each of them, and groups in which long
    waits are more frequent tell the two apart. None where all, or none, are served or lost; and where more are lost in
    groups in which fewer are late: then shares are not the same, but who is lost makes room for the others.
    """
    counts = np.stack([np.asarray(values, dtype=np.float64) for values in (fast, late, lost)], axis=1)
    counts = counts[counts.sum(axis=1) > 0]
    if len(counts) < 2 or not (counts.sum(axis=0) > 0).all():
        return None
    if _makes_room(counts):
        return None
    a0, a1, shares = _solve(counts)
    rng = np.random.default_rng(seed)
    totals = counts.sum(axis=1).astype(np.int64)
    pooled = []
    for _ in range(_DRAWS):
        drawn = rng.multinomial(totals, counts / counts.sum(axis=1, keepdims=True)).astype(np.float64)
        if (drawn.sum(axis=0) > 0).all():
            again = _solve(drawn)[2]
            pooled.append(float((again * drawn[:, 2]).sum() / drawn[:, 2].sum()))
    error = float(np.std(pooled)) if len(pooled) > _DRAWS // 2 else None
    return GivenUp(a0, a1, shares, error)


def _makes_room(counts: Floats) -> bool:
    """Whether the share lost falls, by more than twice its error, with the share of the served who are late."""
    served = counts[:, 0] + counts[:, 1]
    counts = counts[served > 0]
    served, total = served[served > 0], counts.sum(axis=1)
    late, lost = counts[:, 1] / served, counts[:, 2] / total
    apart = late - np.average(late, weights=total)
    spread = float((total * apart**2).sum())
    if spread <= 0 or len(total) < _FEWEST_GROUPS:
        return False
    rate = float(counts[:, 2].sum() / total.sum())
    slope = float((total * apart * lost).sum()) / spread
    return bool(slope < -2 * np.sqrt(max(rate * (1 - rate), 0.0) / spread))


def _solve(counts: Floats) -> tuple[float, float, Floats]:
    """Weighted least squares of 1 on (fast, late), within the bounds that both shares lost are at least 0."""
    total = counts.sum(axis=1)
    share = counts / total[:, None]
    best: tuple[float, float, float] | None = None
    for u, v in _candidates(share, total):
        if u < 1 or v < 1 or u > 1 / (1 - _MOST_LOST) or v > 1 / (1 - _MOST_LOST):
            continue
        left = float((total * (share[:, 0] * u + share[:, 1] * v - 1) ** 2).sum())
        if best is None or left < best[0]:
            best = (left, u, v)
    u, v = (best[1], best[2]) if best is not None else (1.0, 1 / (1 - _MOST_LOST))
    a0, a1 = 1 - 1 / u, 1 - 1 / v
    of_late, of_fast = a1 * v * share[:, 1], a0 * u * share[:, 0]
    both = of_late + of_fast
    return a0, a1, np.where(both > 0, of_late / np.maximum(both, 1e-300), 1.0)


def _candidates(share: Floats, total: Floats) -> list[tuple[float, float]]:
    """The free optimum, and the best points on each bound."""
    fast, late = share[:, 0], share[:, 1]
    most = 1 / (1 - _MOST_LOST)
    matrix = np.array([[(total * fast * fast).sum(), (total * fast * late).sum()], [0.0, (total * late * late).sum()]])
    matrix[1, 0] = matrix[0, 1]
    right = np.array([(total * fast).sum(), (total * late).sum()])
    found: list[tuple[float, float]] = []
    if abs(np.linalg.det(matrix)) > 1e-12 * matrix[0, 0] * matrix[1, 1]:
        u, v = np.linalg.solve(matrix, right)
        found.append((float(u), float(v)))
    for bound in (1.0, most):
        found.append((bound, float(np.clip((right[1] - bound * matrix[0, 1]) / matrix[1, 1], 1.0, most))))
        found.append((float(np.clip((right[0] - bound * matrix[0, 1]) / matrix[0, 0], 1.0, most)), bound))
    return found
