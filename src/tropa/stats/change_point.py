"""On which day a ratio began to differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtr, chdtri

from tropa.stats.splits import Split, best_split, levels

Counts = NDArray[np.int64]

ALPHA = 0.05
_SWEEPS = 5
_STRETCH, _FEWEST_STRETCHES = 14, 5
_SMALLER = 0.75
_LEVELS = 3
_MEAN_OF_SMALLER = float(chdtr(3, chdtri(1, 1 - _SMALLER))) / _SMALLER
"""Of squared standard normals, the mean of the smaller three quarters."""


def change_point(
    k: ArrayLike, n: ArrayLike, alpha: float = ALPHA, seed: int = 0, least_dispersion: float | None = None
) -> Split | None:
    """The day (place in `k`, `n`) from which `k` out of `n` a day has another level; None where none changed.

    A level of 0 before is fine: then it began that day. Days without rows say nothing. What comes and goes with the
    load comes for days together, so that days near to one another are alike: the test allows for what varies between
    weeks too (`least_dispersion`, where that is known already), see `unsteadiness`.

    Raises:
        ValueError: as `best_split`.
    """
    least = unsteadiness(k, n) if least_dispersion is None else least_dispersion
    found = best_split(k, n, seed=seed, least_dispersion=least)
    return found if found is not None and found.p < alpha else None


def unsteadiness(k: ArrayLike, n: ArrayLike) -> float:
    """How much wider than chance a ratio varies from one fortnight to the next around the three levels that describe
    it best (it began, and was mended), at least 1; where there are too few days to tell, 1.

    Of the squared differences of neighbours (von Neumann 1941, Annals of Mathematical Statistics 12, 367-395), one for
    each day, the smaller three quarters count: a further lasting change is no unsteadiness either.
    """
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if len(hits) < _FEWEST_STRETCHES * _STRETCH:
        return 1.0
    share = levels(hits, tries, _LEVELS)
    off, came, chance = (
        _stretches(values) for values in (hits - tries * share, tries.astype(np.float64), tries * share * (1 - share))
    )
    known = (came[_STRETCH:] > 0) & (came[:-_STRETCH] > 0)
    parts = (slice(-_STRETCH), slice(_STRETCH, None))
    before, after = ((off[part][known], came[part][known], chance[part][known]) for part in parts)
    expected = before[2] / before[1] ** 2 + after[2] / after[1] ** 2
    squares = (after[0] / after[1] - before[0] / before[1]) ** 2 / np.where(expected > 0, expected, np.inf)
    kept = np.sort(squares)[: round(_SMALLER * len(squares))]
    return max(1.0, float(kept.mean()) / _MEAN_OF_SMALLER) if len(kept) else 1.0


def _stretches(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over all stretches of days, one beginning on each."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[_STRETCH:] - total[:-_STRETCH])


def change_points(
    k: ArrayLike,
    n: ArrayLike,
    alpha: float = ALPHA,
    most: int = 5,
    seed: int = 0,
    least_dispersion: float | None = None,
) -> list[Split]:
    """Several such days in order of time, where a ratio changed more than once (it began, and it was mended).

    Divides, then divides the parts (binary segmentation), then seeks each day anew between its neighbours, since the
    first ones were sought while the others still blurred them. The whole is tested at `alpha`, every part at `alpha` /
    `most`, so that parts together raise no more false alarms than the whole. `before` and `after` are the levels
    between a day and its neighbours.

    Source: Scott & Knott (1974), Biometrics 30, 507-512; Bai (1997), Econometric Theory 13, 315-352 (seeking anew).
    """
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    least = unsteadiness(hits, tries) if least_dispersion is None else least_dispersion
    first = change_point(hits, tries, alpha, seed, least)
    found = {} if first is None else {first.place: first}
    parts = [(0, place) for place in found] + [(place, len(hits)) for place in found]
    while parts and len(found) < most:
        start, end = parts.pop(0)
        split = _between(hits, tries, start, end, alpha / most, seed, least)
        if split is not None:
            found[split.place] = split
            parts += [(start, split.place), (split.place, end)]
    if len(found) < 2:
        return list(found.values())
    return _sought_anew(hits, tries, sorted(found), alpha / most, seed, least)


def _sought_anew(hits: Counts, tries: Counts, places: list[int], alpha: float, seed: int, least: float) -> list[Split]:
    """Each place between its neighbours, until none moves; one that is nothing without the others' blur goes."""
    splits: list[Split] = []
    for _ in range(_SWEEPS):
        splits, kept = [], list(places)
        for place in places:
            at = kept.index(place)
            start = kept[at - 1] if at else 0
            end = kept[at + 1] if at + 1 < len(kept) else len(hits)
            split = _between(hits, tries, start, end, alpha, seed, least)
            if split is None:
                del kept[at]
            else:
                kept[at] = split.place
                splits.append(split)
        if kept == places:
            break
        places = kept
    return splits


def _between(hits: Counts, tries: Counts, start: int, end: int, alpha: float, seed: int, least: float) -> Split | None:
    split = change_point(hits[start:end], tries[start:end], alpha, seed, least)
    if split is None:
        return None
    return replace(split, place=start + split.place, low=start + split.low, high=start + split.high)
