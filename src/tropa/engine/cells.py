"""Histograms of many groups at once, kept sparse: only the cells in use, so that partials stay small.

A cell is `group * width + bin`. A loop emits the cells, `count_cells` counts them, and partials add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.engine.journeys import Ints

# Up to this many cells it is faster to count in place than to sort.
_DENSE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts by cell; `keys` rise and are distinct, `width` bins a group."""

    width: int
    keys: Ints
    counts: Ints

    def __add__(self, other: Cells) -> Cells:
        return Cells(self.width, *_united(self.keys, self.counts, other.keys, other.counts))

    def row(self, group: int) -> Ints:
        """Counts of one group, one entry a bin."""
        begin, end = np.searchsorted(self.keys, (group * self.width, (group + 1) * self.width))
        row = np.zeros(self.width, dtype=np.int64)
        row[self.keys[begin:end] - group * self.width] = self.counts[begin:end]
        return row


def count_cells(cells: Ints, groups: int, width: int) -> Cells:
    """Count the cells that a loop emitted, all of them below `groups * width`."""
    if groups * width <= _DENSE:
        return Cells(width, *_counted(cells, groups * width))
    keys, counts = np.unique(cells, return_counts=True)
    return Cells(width, keys, counts.astype(np.int64))


@njit(cache=True, nogil=True)
def _counted(cells: Ints, size: int) -> tuple[Ints, Ints]:
    dense = np.zeros(size, dtype=np.int32)
    used = 0
    for cell in cells:
        if dense[cell] == 0:
            used += 1
        dense[cell] += 1
    keys = np.empty(used, dtype=np.int64)
    counts = np.empty(used, dtype=np.int64)
    filled = 0
    for cell in range(size):
        if dense[cell] > 0:
            keys[filled] = cell
            counts[filled] = dense[cell]
            filled += 1
    return keys, counts


@njit(cache=True, nogil=True)
def _united(keys: Ints, counts: Ints, other_keys: Ints, other_counts: Ints) -> tuple[Ints, Ints]:
    """Two rising lists of keys made one; counts of equal keys add up."""
    merged = np.empty(len(keys) + len(other_keys), dtype=np.int64)
    sums = np.empty(len(merged), dtype=np.int64)
    one = other = filled = 0
    while one < len(keys) or other < len(other_keys):
        if other == len(other_keys) or (one < len(keys) and keys[one] <= other_keys[other]):
            merged[filled] = keys[one]
            sums[filled] = counts[one]
            if other < len(other_keys) and other_keys[other] == keys[one]:
                sums[filled] += other_counts[other]
                other += 1
            one += 1
        else:
            merged[filled] = other_keys[other]
            sums[filled] = other_counts[other]
            other += 1
        filled += 1
    return merged[:filled].copy(), sums[:filled].copy()
