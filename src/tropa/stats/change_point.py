"""On which day a ratio began to differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tropa.stats.splits import Split, best_split

Counts = NDArray[np.int64]

ALPHA = 0.05
_SWEEPS = 5


def change_point(k: ArrayLike, n: ArrayLike, alpha: float = ALPHA, seed: int = 0) -> Split | None:
    """The day (place in `k`, `n`) from which `k` out of `n` a day has another level; None where none changed.

    A level of 0 before is fine: then it began that day. Days without rows say nothing.

    Raises:
        ValueError: as `best_split`.
    """
    found = best_split(k, n, seed=seed)
    return found if found is not None and found.p < alpha else None


def change_points(k: ArrayLike, n: ArrayLike, alpha: float = ALPHA, most: int = 5, seed: int = 0) -> list[Split]:
    """Several such days in order of time, where a ratio changed more than once (it began, and it was mended).

    Divides, then divides the parts (binary segmentation), then seeks each day anew between its neighbours, since the
    first ones were sought while the others still blurred them. The whole is tested at `alpha`, every part at `alpha` /
    `most`, so that parts together raise no more false alarms than the whole. `before` and `after` are the levels
    between a day and its neighbours.

    Source: Scott & Knott (1974), Biometrics 30, 507-512; Bai (1997), Econometric Theory 13, 315-352 (seeking anew).
    """
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    first = change_point(hits, tries, alpha, seed)
    found = {} if first is None else {first.place: first}
    parts = [(0, place) for place in found] + [(place, len(hits)) for place in found]
    while parts and len(found) < most:
        start, end = parts.pop(0)
        split = _between(hits, tries, start, end, alpha / most, seed)
        if split is not None:
            found[split.place] = split
            parts += [(start, split.place), (split.place, end)]
    if len(found) < 2:
        return list(found.values())
    return _sought_anew(hits, tries, sorted(found), alpha / most, seed)


def _sought_anew(hits: Counts, tries: Counts, places: list[int], alpha: float, seed: int) -> list[Split]:
    """Each place between its neighbours, until none moves; one that is nothing without the others' blur goes."""
    splits: list[Split] = []
    for _ in range(_SWEEPS):
        splits, kept = [], list(places)
        for place in places:
            at = kept.index(place)
            start = kept[at - 1] if at else 0
            end = kept[at + 1] if at + 1 < len(kept) else len(hits)
            split = _between(hits, tries, start, end, alpha, seed)
            if split is None:
                del kept[at]
            else:
                kept[at] = split.place
                splits.append(split)
        if kept == places:
            break
        places = kept
    return splits


def _between(hits: Counts, tries: Counts, start: int, end: int, alpha: float, seed: int) -> Split | None:
    split = change_point(hits[start:end], tries[start:end], alpha, seed)
    if split is None:
        return None
    return replace(split, place=start + split.place, low=start + split.low, high=start + split.high)
