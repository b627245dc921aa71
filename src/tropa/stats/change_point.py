"""On which day a ratio began to differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tropa.stats.splits import Split, best_split

ALPHA = 0.05


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

    Divides, then divides the parts (binary segmentation): the whole is tested at `alpha`, every part at `alpha` /
    `most`, so that parts together raise no more false alarms than the whole. `before` and `after` of each are the
    levels within the part it was found in.

    Source: Scott & Knott (1974), Biometrics 30, 507-512.
    """
    hits, tries = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
    found: list[Split] = []
    parts = [(0, len(hits))]
    while parts and len(found) < most:
        start, end = parts.pop(0)
        split = change_point(hits[start:end], tries[start:end], alpha / most if found else alpha, seed)
        if split is None:
            continue
        place = start + split.place
        found.append(
            Split(place, start + split.low, start + split.high, split.before, split.after, split.p, split.dispersion)
        )
        parts += [(start, place), (place, end)]
    return sorted(found, key=lambda split: split.place)
