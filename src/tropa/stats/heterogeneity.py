"""Is an effect the same in every group, and if not, which group is unlike the others?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtr

from tropa.stats.intervals import Interval, Z

Floats = NDArray[np.float64]

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """common: the effect of all groups together by their precision. p: of one effect in all groups. differences[g]:
    group g less the others; each[g]: p of that difference, corrected for the number of groups (Bonferroni). The group
    that is most unlike the others leaves before the others are compared, so that it does not make them look unlike
    too. None for a group without an effect of its own, or without others left.
    """

    common: Interval
    p: float | None
    differences: tuple[Interval | None, ...]
    each: tuple[float | None, ...]


def heterogeneity(effects: Sequence[float | None], errors: Sequence[float | None], n: Sequence[int]) -> Heterogeneity:
    """Compares independent effects with their standard errors (as `effect_size.Effect` has them: centre, error).

    Source: Cochran (1954), Biometrics 10, 101-129.

    Raises:
        ValueError: when the lengths differ or an error is not positive.
    """
    if not len(effects) == len(errors) == len(n):
        raise ValueError(f"lengths differ: {len(effects)} effects, {len(errors)} errors, {len(n)} sizes")
    known = [place for place, pair in enumerate(zip(effects, errors, strict=True)) if None not in pair]
    value = np.array([effects[place] for place in known], dtype=np.float64)
    error = np.array([errors[place] for place in known], dtype=np.float64)
    if not bool(np.all(error > 0)):
        raise ValueError("an effect known exactly cannot be compared: every error must be positive, or None")
    total_n = sum(n[place] for place in known)
    differences: list[Interval | None] = [None] * len(effects)
    each: list[float | None] = [None] * len(effects)
    if not known:
        return Heterogeneity(Interval(None, None, None, 0), None, tuple(differences), tuple(each))
    weight = 1 / error**2
    whole = float(weight.sum())
    common = float(weight @ value) / whole
    half_width = Z / math.sqrt(whole)
    together = Interval(common, common - half_width, common + half_width, total_n)
    if len(known) < 2:
        return Heterogeneity(together, None, tuple(differences), tuple(each))
    q = float((weight * (value - common) ** 2).sum())
    active = list(range(len(known)))
    while len(active) > 1:
        apart, wide = _apart(value[active], error[active])
        p = 2 * ndtr(-np.abs(apart) / wide) * len(known)
        furthest = int(np.argmin(p))
        unlike = float(p[furthest]) < ALPHA
        for at in [furthest] if unlike else range(len(active)):
            low, high = float(apart[at] - Z * wide[at]), float(apart[at] + Z * wide[at])
            differences[known[active[at]]] = Interval(float(apart[at]), low, high, total_n)
            each[known[active[at]]] = min(1.0, float(p[at]))
        if not unlike:
            break
        del active[furthest]
    return Heterogeneity(together, float(chdtrc(len(known) - 1, q)), tuple(differences), tuple(each))


def _apart(value: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Each effect less the others' by their precision, and the standard error of that."""
    weight = 1 / error**2
    rest = weight.sum() - weight
    return value - (weight @ value - weight * value) / rest, np.sqrt(error**2 + 1 / rest)
