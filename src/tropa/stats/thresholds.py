"""Beyond which dose (a wait, a count) an outcome is worse, found in the data and tested for having been sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from tropa.stats.intervals import Interval
from tropa.stats.splits import best_split

ALPHA = 0.05
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Threshold:
    """A dose of `value` or more goes with another level of the outcome than a smaller one.

    value, low, high: in the unit of the edges, with 95 % limits. bin: the first bin beyond. below, beyond: the two
    levels. p: of no difference anywhere, the search included. step: how much of all that a monotone dependence on the
    dose explains this one step explains (1: a clean step; about 0.75: an even slope, where any threshold is a
    convention).
    """

    bin: int
    value: float
    low: float
    high: float
    below: Interval
    beyond: Interval
    p: float
    step: float


def threshold(
    edges: Sequence[float],
    k: ArrayLike,
    n: ArrayLike,
    worse: Literal["falls", "rises"] = "falls",
    fewest: int = FEWEST,
    alpha: float = ALPHA,
    seed: int = 0,
) -> Threshold | None:
    """Where `k` out of `n` falls (or rises) most clearly along the dose; None where it does so nowhere.

    Args:
        edges: lower edge of every bin, rising, in the dose's unit.
        k, n: outcomes and rows in every bin.
        fewest: rows there must be on either side.

    Raises:
        ValueError: when the edges do not rise or the lengths differ; otherwise as `best_split`.
    """
    lower = np.asarray(edges, dtype=np.float64)
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if not len(lower) == len(hits) == len(tries) or not bool(np.all(np.diff(lower) > 0)):
        raise ValueError("edges must rise, with one entry of k and n for each")
    found = best_split(hits, tries, worse, fewest, seed)
    if found is None or found.p >= alpha:
        return None
    return Threshold(
        bin=found.place,
        value=float(lower[found.place]),
        low=float(lower[found.low]),
        high=float(lower[found.high]),
        below=found.before,
        beyond=found.after,
        p=found.p,
        step=_explained(hits, tries, found.place, worse),
    )


def _explained(
    hits: NDArray[np.int64], tries: NDArray[np.int64], place: int, worse: Literal["falls", "rises"]
) -> float:
    """Likelihood gained by the step over that gained by the best monotone curve."""
    filled = tries > 0
    sign = -1.0 if worse == "falls" else 1.0
    share = hits[filled] / tries[filled]
    curve = sign * _rising(sign * share, tries[filled].astype(np.float64))
    flat = np.full(len(share), hits.sum() / tries.sum())
    after = np.flatnonzero(filled) >= place
    step = np.where(
        after,
        hits[place:].sum() / max(int(tries[place:].sum()), 1),
        hits[:place].sum() / max(int(tries[:place].sum()), 1),
    )

    def likelihood(level: NDArray[np.float64]) -> float:
        level = np.clip(level, 0.0, 1.0)
        return float((xlogy(hits[filled], level) + xlogy((tries - hits)[filled], 1 - level)).sum())

    base = likelihood(flat)
    return min(1.0, (likelihood(step) - base) / (likelihood(curve) - base))


def _rising(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best rising curve by weighted least squares: neighbours that fall are pooled.

    Source: Ayer, Brunk, Ewing, Reid & Silverman (1955), Annals of Mathematical Statistics 26, 641-647.
    """
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        level, mass, count = value, weight, 1
        while blocks and blocks[-1][0] >= level:
            other, other_mass, other_count = blocks.pop()
            level = (level * mass + other * other_mass) / (mass + other_mass)
            mass, count = mass + other_mass, count + other_count
        blocks.append((level, mass, count))
    return np.concatenate([np.full(count, level) for level, _, count in blocks])
