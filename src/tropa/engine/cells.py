"""Histograms of many groups at once.

A cell is `group * width + bin`. A loop emits cells; the partials of a fold (`Emitted`) add up, and are counted whenever
many have come together, because a histogram of a partition costs more than the cells that it counts. Few groups are
counted in place; of very many only the cells in use are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.engine.journeys import Ints

# Up to this many cells (32 MB) are counted in place.
_DENSE = 4_000_000
# So many cells emitted (16 MB) are counted at once.
_LOOSE = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts by cell, `width` bins a group; with `keys` (rising, distinct) only of those cells."""

    width: int
    counts: Ints
    keys: Ints | None = None

    def __add__(self, other: Cells) -> Cells:
        if self.keys is None or other.keys is None:
            return Cells(self.width, self.counts + other.counts)
        keys, counts = _united(self.keys, self.counts, other.keys, other.counts)
        return Cells(self.width, counts, keys)

    def row(self, group: int) -> Ints:
        """Counts of one group, one entry a bin."""
        if self.keys is None:
            return self.counts[group * self.width : (group + 1) * self.width]
        begin, end = np.searchsorted(self.keys, (group * self.width, (group + 1) * self.width))
        row = np.zeros(self.width, dtype=np.int64)
        row[self.keys[begin:end] - group * self.width] = self.counts[begin:end]
        return row


def is_dense(groups: int, width: int) -> bool:
    """Whether so many groups are counted in place; partials that are to add up must agree on it."""
    return groups * width <= _DENSE


def count_cells(cells: Ints, groups: int, width: int) -> Cells:
    """Count the cells that a loop emitted, all of them below `groups * width`."""
    if is_dense(groups, width):
        return Cells(width, _counted(cells, groups * width))
    keys, counts = np.unique(cells, return_counts=True)
    return Cells(width, counts.astype(np.int64), keys)


@dataclass(frozen=True, slots=True, eq=False)
class Emitted:
    """Cells of `groups` histograms as loops emitted them, partly counted already."""

    groups: int
    width: int
    loose: tuple[Ints, ...]
    counted: Cells | None = None

    def __add__(self, other: Emitted) -> Emitted:
        counted = self.counted or other.counted
        if self.counted is not None and other.counted is not None:
            counted = self.counted + other.counted
        both = Emitted(self.groups, self.width, self.loose + other.loose, counted)
        if sum(len(cells) for cells in both.loose) <= _LOOSE:
            return both
        return Emitted(self.groups, self.width, (), both.total())

    def total(self) -> Cells:
        """All of them counted."""
        cells = np.concatenate(self.loose) if self.loose else np.empty(0, dtype=np.int64)
        counted = count_cells(cells, self.groups, self.width)
        return counted if self.counted is None else self.counted + counted


@njit(cache=True, nogil=True)
def _counted(cells: Ints, size: int) -> Ints:
    counts = np.zeros(size, dtype=np.int64)
    for cell in cells:
        counts[cell] += 1
    return counts


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
