"""A difference of two ratios taken apart: did the rates change, or only who makes up the whole?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """`total` = `rate` + `mix`, exactly; `rates[g]` and `mixes[g]` are what each group adds to them."""

    total: float
    rate: float
    mix: float
    rates: Floats
    mixes: Floats


def rate_and_mix(k_before: ArrayLike, n_before: ArrayLike, k_after: ArrayLike, n_after: ArrayLike) -> Mix | None:
    """Takes the difference `sum(k_after) / sum(n_after) - sum(k_before) / sum(n_before)` apart by groups.

    k may be counts or sums of a score. The mix counts each group's distance from the overall level, so a group that
    grew adds only if it is unlike the whole. A group with rows on one side only has one rate: it adds to the mix
    alone. None where a side has no rows.

    Source: Kitagawa (1955), JASA 50, 1168-1194.
    """
    k0, n0, k1, n1 = (np.asarray(values, dtype=np.float64) for values in (k_before, n_before, k_after, n_after))
    if not (n0.sum() > 0 and n1.sum() > 0):
        return None
    share0, share1 = n0 / n0.sum(), n1 / n1.sum()
    level0 = np.divide(k0, n0, out=np.full(len(n0), np.nan), where=n0 > 0)
    level1 = np.divide(k1, n1, out=np.full(len(n1), np.nan), where=n1 > 0)
    level0, level1 = np.where(n0 > 0, level0, level1), np.where(n1 > 0, level1, level0)
    level0, level1 = np.where(n0 + n1 > 0, level0, 0.0), np.where(n0 + n1 > 0, level1, 0.0)
    centre = (k0.sum() / n0.sum() + k1.sum() / n1.sum()) / 2
    rates = (share0 + share1) / 2 * (level1 - level0)
    mixes = ((level0 + level1) / 2 - centre) * (share1 - share0)
    return Mix(float(rates.sum() + mixes.sum()), float(rates.sum()), float(mixes.sum()), rates, mixes)
