"""Is an effect the same in every group, and if not, which group is unlike the others?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr

from tropa.stats.intervals import Interval, Z


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """common: the effect of all groups together by their precision. p: of one effect in all groups. differences[g]:
    group g less all others; each[g]: p of that difference, corrected for the number of groups (Bonferroni). None for a
    group without an effect of its own, or without others.
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
    for own, place in enumerate(known):
        rest = whole - float(weight[own])
        apart = float(value[own]) - (common * whole - float(weight[own] * value[own])) / rest
        wide = math.sqrt(float(error[own]) ** 2 + 1 / rest)
        differences[place] = Interval(apart, apart - Z * wide, apart + Z * wide, total_n)
        each[place] = min(1.0, 2 * float(ndtr(-abs(apart) / wide)) * len(known))
    return Heterogeneity(together, float(chdtrc(len(known) - 1, q)), tuple(differences), tuple(each))
