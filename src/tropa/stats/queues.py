"""Is a wait a queue? How waits grow with the number already waiting and with the hour, and whether a line grows.

All from counts on a grid of time, never from the single waits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tropa.stats.intervals import Interval, Z

Floats = NDArray[np.float64]

_SWEEPS = 30
_LEAST_CLUSTERS = 8


def load_effect(
    count: ArrayLike, total: ArrayLike, load: ArrayLike, groupings: Sequence[ArrayLike], cluster: ArrayLike
) -> Interval:
    """By how much the mean wait grows with one more already waiting, among those who came in like circumstances.

    Weighted least squares on cells, within every grouping (the hour of the week, the season): what all cells of a group
    have in common cannot be mistaken for the load. Limits are clustered, for neighbouring cells share their backlog.
    Where everybody waits the same time whatever the load (a fixed delay, an appointment) it is 0; where the work is
    done one after another it is the time that one takes. None where the load never differs within groups; no limits
    with fewer than 8 clusters.

    Args:
        count: how many began to wait in each cell.
        total: their waits, added up.
        load: how many were waiting already.
        groupings: group of each cell, once for each grouping.
        cluster: which cells belong together (days).

    Sources: Frisch & Waugh (1933), Econometrica 1, 387-401; Liang & Zeger (1986), Biometrika 73, 13-22.
    """
    weight = np.asarray(count, dtype=np.float64)
    used = weight > 0
    weight, days = weight[used], np.unique(np.asarray(cluster)[used], return_inverse=True)[1]
    n = round(float(weight.sum()))
    if n == 0:
        return Interval(None, None, None, 0)
    waited = np.asarray(total, dtype=np.float64)[used] / weight
    level = np.asarray(load, dtype=np.float64)[used]
    groups = [np.unique(np.asarray(grouping)[used], return_inverse=True)[1] for grouping in groupings]
    outcome, cause = _within(waited, weight, groups), _within(level, weight, groups)
    information = float((weight * cause * cause).sum())
    if information <= 1e-9 * max(float((weight * level * level).sum()), 1e-300):
        return Interval(None, None, None, n)
    slope = float((weight * cause * outcome).sum()) / information
    clusters = int(days.max()) + 1
    if clusters < _LEAST_CLUSTERS:
        return Interval(slope, None, None, n)
    scores = np.bincount(days, weight * cause * (outcome - slope * cause))
    error = math.sqrt(float((scores * scores).sum()) * clusters / (clusters - 1)) / information
    return Interval(slope, slope - Z * error, slope + Z * error, n)


def _within(values: Floats, weight: Floats, groups: list[NDArray[np.intp]]) -> Floats:
    """Values less the means of their groups, by turns until all groupings have mean 0."""
    left = values - float((values * weight).sum() / weight.sum())
    sizes = [np.bincount(group, weight) for group in groups]
    near = 1e-9 * float(np.abs(left).max(initial=0.0))
    for _ in range(_SWEEPS if len(groups) > 1 else 1):
        moved = 0.0
        for group, size in zip(groups, sizes, strict=True):
            means = np.bincount(group, weight * left) / size
            left = left - means[group]
            moved = max(moved, float(np.abs(means).max()))
        if moved <= near:
            break
    return left


def slot_excess(count: ArrayLike, total: ArrayLike, slot: ArrayLike) -> Floats:
    """By how much the mean wait of each cell's slot lies above that of the quarter of waits with the best slots.

    Means of slots (hours of the week) are drawn towards the mean of all as far as they differ by chance, so that slots
    which are alike have next to no excess.

    Args:
        count: how many began to wait in each cell.
        total: their waits, added up.
        slot: slot of each cell.

    Source: Efron & Morris (1973), JASA 68, 117-130 (empirical Bayes with variances that differ).
    """
    weight, waited = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    slots = np.unique(np.asarray(slot), return_inverse=True)[1]
    excess = np.zeros(len(weight))
    used = weight > 0
    if not used.any():
        return excess
    number, sums = np.bincount(slots, weight), np.bincount(slots, waited)
    cells = np.bincount(slots, used)
    known = cells > 0
    mean = np.divide(sums, number, out=np.zeros_like(sums), where=known)
    each = np.divide(waited, weight, out=np.zeros_like(waited), where=used)
    squares = np.bincount(slots, (weight * (each - mean[slots])) ** 2)
    noise = np.divide(squares, number**2, out=np.zeros_like(squares), where=known)
    # A slot with a single cell does not say how far it may be off: it is as uncertain as the others together.
    alone = known & (cells < 2)
    usual = float((number * noise)[known & ~alone].sum()) / max(float((known & ~alone).sum()), 1.0)
    noise = np.where(alone, usual / np.maximum(number, 1.0), noise * cells / np.maximum(cells - 1, 1))
    centre = float(sums.sum() / number.sum())
    between = float((number * ((mean - centre) ** 2 - noise))[known].sum() / number.sum())
    trust = np.divide(between, between + noise, out=np.zeros_like(noise), where=known) if between > 0 else 0.0 * noise
    level = centre + trust * (mean - centre)
    order = np.argsort(level[known], kind="stable")
    reached = np.cumsum(number[known][order]) >= number.sum() / 4
    best = float(level[known][order][np.argmax(reached)])
    return np.asarray(np.where(used, np.maximum(level[slots] - best, 0.0), 0.0))


def kendall_trend(values: ArrayLike) -> tuple[float | None, float | None]:
    """Kendall's tau of values against their order, and its two-sided p with the correction for ties.

    None with fewer than 4 values, or where all are alike.

    Source: Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods, ch. 4.
    """
    series = np.asarray(values, dtype=np.float64)
    n = len(series)
    if n < 4:
        return None, None
    signs = np.sign(series[None, :] - series[:, None])[np.triu_indices(n, 1)]
    score = float(signs.sum())
    ties = np.unique(series, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if variance <= 0:
        return None, None
    z = (abs(score) - 1) / math.sqrt(variance) if score else 0.0
    return score / len(signs), 2 * (1 - NormalDist().cdf(max(z, 0.0)))
