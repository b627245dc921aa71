"""The one place where a row of ratios divides best into two levels, with a p that is honest about the search."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, xlogy

from tropa.stats.intervals import Interval, wilson

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_DRAWS = 1999
_FIRST_DRAWS = 199
_ENOUGH_EXCEEDED = 40
_MOST_DRAWN = 400_000
# Below this the sum over all places is proof enough, and simulation could not tell it from 1 / 2000.
_PLAIN = 1e-4
# Two independent random walks with drift stay below this with 95 %: 1 - (1 - exp(-x)) ** 2 = 0.05.
_BAND = -float(np.log1p(-np.sqrt(0.95)))


@dataclass(frozen=True, slots=True)
class Split:
    """Entries from `place` on have another level than those before it.

    low, high: places between which the division lies (95 %). before, after: the two levels. p: of one level
    throughout, the search for the best place included. dispersion: how much wider than chance the ratios vary within
    the levels (1: as chance lets them); p and limits allow for it.
    """

    place: int
    low: int
    high: int
    before: Interval
    after: Interval
    p: float
    dispersion: float


def best_split(k: ArrayLike, n: ArrayLike, seed: int = 0, least_dispersion: float = 1.0) -> Split | None:
    """The division with the highest likelihood of `k[i]` out of `n[i]`, in the order given.

    Entries with n of 0 say nothing: a level that begins among them begins at the next one that does. None where
    there is nothing to divide: fewer than two entries, or all alike.

    p is by simulation under one level, at the dispersion found, or Bonferroni's bound where that is tiny. The limits
    take in every place whose log-likelihood is within 3.68 of the best: what two random walks around the true place
    exceed in 5 %.

    Args:
        least_dispersion: what is known of it beforehand (entries near to one another may be alike).

    Sources: Worsley (1983), Biometrika 70, 455-464; Siegmund (1988), International Statistical Review 56, 31-48.

    Raises:
        ValueError: when a count is not between 0 and n, or the lengths differ.
    """
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if len(hits) != len(tries) or bool(np.any(hits < 0)) or bool(np.any(hits > tries)):
        raise ValueError("k and n must be of one length, and every k between 0 and its n")
    filled = np.flatnonzero(tries > 0)
    hits, tries = hits[filled], tries[filled]
    if len(hits) < 2 or not 0 < hits.sum() < tries.sum():
        return None
    gains = _gains(hits[None, :], tries)[0]
    best = int(np.argmax(gains))
    # A gain within rounding is none: the levels do not differ.
    if not gains[best] > 1e-9 * float(tries.sum()):
        return None
    dispersion = max(least_dispersion, _dispersion(hits, tries, best + 1))
    near = np.flatnonzero(gains >= gains[best] - _BAND * dispersion)
    return Split(
        place=int(filled[best + 1]),
        low=int(filled[near[0] + 1]),
        high=int(filled[near[-1] + 1]),
        before=wilson(int(hits[: best + 1].sum()), int(tries[: best + 1].sum())),
        after=wilson(int(hits[best + 1 :].sum()), int(tries[best + 1 :].sum())),
        p=_p_value(float(gains[best]) / dispersion, hits, tries, seed),
        dispersion=dispersion,
    )


def levels(k: Counts, n: Counts, most: int) -> Floats:
    """The share that each entry has where the whole is divided into so many levels (fewer where there is nothing to
    divide), one division after the other, each where most is gained."""
    places = [0, len(k)]
    for _ in range(most - 1):
        found = [_best(k, n, begin, end) for begin, end in pairwise(places)]
        gain, place = max(found)
        if gain <= 0:
            break
        places = sorted([*places, place])
    share = np.zeros(len(k))
    for begin, end in pairwise(places):
        share[begin:end] = k[begin:end].sum() / max(int(n[begin:end].sum()), 1)
    return share


def _best(k: Counts, n: Counts, begin: int, end: int) -> tuple[float, int]:
    """How much is gained by the best division between these places, and where it is."""
    filled = begin + np.flatnonzero(n[begin:end] > 0)
    hits, tries = k[filled], n[filled]
    if len(filled) < 2 or not 0 < hits.sum() < tries.sum():
        return 0.0, begin
    gains = _gains(hits[None, :], tries)[0]
    best = int(np.argmax(gains))
    return float(gains[best]), int(filled[best + 1])


def _gains(hits: Counts, tries: Counts) -> Floats:
    """Log-likelihood gained by dividing each row of `hits` after each entry but the last."""
    before, reach = np.cumsum(hits, axis=1)[:, :-1], np.cumsum(tries)[:-1]
    every, size = hits.sum(axis=1)[:, None], int(tries.sum())
    after, rest = every - before, size - reach
    return _likelihood(before, reach) + _likelihood(after, rest) - _likelihood(every, np.array([size]))


def _likelihood(hits: Counts, tries: Counts) -> Floats:
    share = hits / tries
    total = xlogy(hits, share) + xlogy(tries - hits, 1 - share)
    return np.asarray(total, dtype=np.float64)


def _dispersion(hits: Counts, tries: Counts, place: int) -> float:
    """Pearson's statistic within the two levels by its degrees of freedom, not below 1."""
    if len(hits) < 4:
        return 1.0
    total = 0.0
    for part in (slice(None, place), slice(place, None)):
        share = hits[part].sum() / tries[part].sum()
        if 0 < share < 1:
            total += float(((hits[part] - tries[part] * share) ** 2 / (tries[part] * share * (1 - share))).sum())
    return max(1.0, total / (len(hits) - 2))


def _p_value(gain: float, hits: Counts, tries: Counts, seed: int) -> float:
    """How often one level throughout gains as much. What is plainly nothing stops after the first draws; what plainly
    is something needs none: chi-square's tail added up over all places (Bonferroni) bounds it."""
    bound = float(chdtrc(1, 2 * gain)) * (len(tries) - 1)
    if bound < _PLAIN:
        return bound
    random = np.random.default_rng(seed)
    share = hits.sum() / tries.sum()
    exceeded, drawn = 0, 0
    portion = max(1, min(_FIRST_DRAWS, _MOST_DRAWN // len(tries)))
    while drawn < _DRAWS:
        count = min(portion, _DRAWS - drawn)
        simulated = random.binomial(tries, share, size=(count, len(tries)))
        exceeded += int((_gains(simulated, tries).max(axis=1) >= gain * (1 - 1e-9)).sum())
        drawn += count
        if exceeded >= _ENOUGH_EXCEEDED:
            break
    return (exceeded + 1) / (drawn + 1)
