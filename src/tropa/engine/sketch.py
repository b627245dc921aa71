"""Histogram of positive numbers in logarithmic buckets: mergeable, with a bounded relative error.

Quantiles are within 1 % of the true value (DDSketch: Masson, Rim, Lee, PVLDB 12(12), 2019). Zero has a
bucket of its own. Merging adds the counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

ACCURACY = 0.01
GAMMA = (1 + ACCURACY) / (1 - ACCURACY)
BUCKETS = 1536
"""Bucket 0 is zero; bucket b holds (GAMMA**(b-2), GAMMA**(b-1)] in the unit of the caller: 1 to 2e13."""

INVERSE_LOG_GAMMA = 1.0 / math.log(GAMMA)

Counts = npt.NDArray[np.int64]


@njit(cache=True, nogil=True, inline="always")
def bucket_of(value: float) -> int:
    """Bucket of a value; everything up to 1 shares a bucket, zero and below have bucket 0."""
    if value <= 0:
        return 0
    if value <= 1:
        return 1
    return min(math.ceil(math.log(value) * INVERSE_LOG_GAMMA) + 1, BUCKETS - 1)


def value_of(bucket: int) -> float:
    """Middle of a bucket: off by at most ACCURACY from whatever fell into it."""
    if bucket == 0:
        return 0.0
    return float(2 * GAMMA ** (bucket - 1) / (GAMMA + 1)) if bucket > 1 else 1.0


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile with its 95 % interval from order statistics (binomial)."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def quantile(counts: Counts, share: float, confidence_z: float = 1.959964) -> Quantile:
    """The value below which `share` of the counted numbers lie.

    Interval by the ranks n * share +- z * sqrt(n * share * (1 - share)), out to the ends of their buckets: where in its
    bucket a number lies is not known. There are no limits where even the least and the greatest number would not hold
    the quantile 95 times in 100: fewer than 6 numbers for a median.
    """
    used = np.flatnonzero(counts)
    return _to_the_ends(ranked_quantile(_MIDDLES[used], counts[used], share, confidence_z))


def signed_quantile(below: Counts, above: Counts, share: float) -> Quantile:
    """As `quantile`, for numbers of both signs: `below` counts the sizes of those up to zero, `above` of the others."""
    under, over = np.flatnonzero(below)[::-1], np.flatnonzero(above)
    values = np.concatenate([-_MIDDLES[under], _MIDDLES[over]])
    return _to_the_ends(ranked_quantile(values, np.concatenate([below[under], above[over]]), share))


def _to_the_ends(found: Quantile) -> Quantile:
    """The interval from the lower end of its lowest bucket to the upper end of its highest."""
    if found.low is None or found.high is None:
        return found
    low = found.low / (1 + ACCURACY if found.low > 0 else 1 - ACCURACY)
    high = found.high / (1 - ACCURACY if found.high > 0 else 1 + ACCURACY)
    return Quantile(found.value, low, high, found.n)


_MIDDLES = np.array([value_of(bucket) for bucket in range(BUCKETS)])


def ranked_quantile(
    values: npt.NDArray[np.float64], counts: Counts, share: float, confidence_z: float = 1.959964
) -> Quantile:
    """As `quantile`, from distinct values in rising order and how often each occurs (more than 0 times)."""
    n = int(counts.sum())
    if n == 0:
        return Quantile(None, None, None, 0)
    cumulative = np.cumsum(counts)
    spread = confidence_z * math.sqrt(n * share * (1 - share))

    def at(rank: float) -> float:
        wanted = min(max(math.ceil(rank), 1), n)
        return float(values[np.searchsorted(cumulative, wanted)])

    middle = n * share
    if share**n + (1 - share) ** n > 0.05:
        return Quantile(at(middle), None, None, n)
    return Quantile(at(middle), at(middle - spread), at(middle + spread + 1), n)


@njit(cache=True, nogil=True)
def buckets_of(values: npt.NDArray[np.float64]) -> Counts:
    """Bucket of each value."""
    buckets = np.empty(len(values), dtype=np.int64)
    for index in range(len(values)):
        buckets[index] = bucket_of(values[index])
    return buckets


@njit(cache=True, nogil=True)
def histogram(values: npt.NDArray[np.float64]) -> Counts:
    """Count values in logarithmic buckets."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for value in values:
        counts[bucket_of(value)] += 1
    return counts
