"""Inner loops: money by journey, by customer, and by group."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, Array, Codes, Floats, Ints
from tropa.engine.sketch import BUCKETS, bucket_of

HUNDREDTHS = 100
"""Totals of customers are counted in hundredths of the currency: the sketch tells numbers above 1 apart."""


@njit(cache=True, nogil=True)
def journey_totals(offsets: Ints, value: Floats) -> tuple[Floats, bool]:
    """Sum of the values of each journey's events (0 where none has one), and whether any event has one."""
    totals = np.zeros(len(offsets) - 1)
    told = False
    for journey in range(len(totals)):
        for event in range(offsets[journey], offsets[journey + 1]):
            if np.isfinite(value[event]):
                totals[journey] += value[event]
                told = True
    return totals, told


@njit(cache=True, nogil=True)
def owner_totals(owner: Codes, totals: Floats, selected: Array) -> Floats:
    """For each journey kept the sum over all journeys kept of its customer; NaN for the others."""
    summed = np.full(len(totals), np.nan)
    begin = 0
    while begin < len(totals):
        end = begin
        money = 0.0
        while end < len(totals) and owner[end] == owner[begin]:
            if selected[end]:
                money += totals[end]
            end += 1
        for journey in range(begin, end):
            if selected[journey]:
                summed[journey] = money
        begin = end
    return summed


@njit(cache=True, nogil=True)
def sums_by_group(
    totals: Floats, status: Array, selected: Array, month: Codes, segment: Codes, months: int, size: int
) -> tuple[Floats, float, float, float]:
    """Sums by group and status; least and greatest total of a journey (0 counts among them); all that is positive."""
    sums = np.zeros((size, 3, 3))
    least = most = brought = 0.0
    for journey in range(len(totals)):
        if not selected[journey]:
            continue
        money = totals[journey]
        least, most = min(least, money), max(most, money)
        brought += max(money, 0.0)
        groups = (0, 1 + month[journey], 1 + months + segment[journey] if segment[journey] != ABSENT else -1)
        for group in groups:
            if group >= 0:
                sums[group, status[journey], 0] += 1
                sums[group, status[journey], 1] += money
                sums[group, status[journey], 2] += money * money
    return sums, least, most, brought


@njit(cache=True, nogil=True)
def sums_by_customer(owner: Codes, summed: Floats) -> tuple[Ints, Floats, Floats]:
    """Customers by their total: counts and sums in logarithmic buckets; and n, sum, sum of squares of all."""
    buckets = np.zeros(BUCKETS, dtype=np.int64)
    bucket_sums = np.zeros(BUCKETS)
    every = np.zeros(3)
    last = np.int64(-1)
    for journey in range(len(owner)):
        money = summed[journey]
        if np.isnan(money) or owner[journey] == last:
            continue
        last = owner[journey]
        every += np.array([1.0, money, money * money])
        if money > 0:
            bucket = bucket_of(money * HUNDREDTHS)
            buckets[bucket] += 1
            bucket_sums[bucket] += money
    return buckets, bucket_sums, every
