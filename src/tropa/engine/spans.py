"""Spans of time by group: how many, their sum, and their histogram in logarithmic buckets; they merge by adding up.

A loop writes one key for each span, group * BUCKETS + bucket. Where groups are few the histograms are one dense table,
which adds up at the speed of memory; where they could be many (pairs of thousands of performers) only cells that occur
are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.engine.journeys import Array, Floats, Ints
from tropa.engine.sketch import BUCKETS, Counts

MOST_DENSE = 4096
"""Groups up to which the table is dense: 24 MB then."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that occur, in order of their key; sums by group that occurs."""

    keys: Ints
    counts: Ints
    groups: Ints
    sums: Floats


@dataclass(frozen=True, slots=True)
class Spans:
    """Additive. Either `table` (counts by [group, bucket]) with `sums` by group, or cells of each part."""

    table: Array
    sums: Floats
    cells: tuple[Cells, ...]

    def __add__(self, other: Spans) -> Spans:
        return Spans(self.table + other.table, self.sums + other.sums, self.cells + other.cells)


@njit(cache=True, nogil=True)
def _fill(keys: Ints, seconds: Floats, groups: int) -> tuple[Array, Floats]:
    # Four bytes: no cell holds more than 4 billion spans, and half the size adds up twice as fast.
    table = np.zeros(groups * BUCKETS, dtype=np.uint32)
    sums = np.zeros(groups, dtype=np.float64)
    for entry in range(len(keys)):
        table[keys[entry]] += np.uint32(1)
        sums[keys[entry] // BUCKETS] += seconds[entry]
    return table.reshape((groups, BUCKETS)), sums


def spans(keys: Ints, seconds: Floats, groups: int) -> Spans:
    """Spans of one partition.

    Args:
        keys: group * BUCKETS + bucket of each span.
        seconds: length of each span.
        groups: how many groups there could be, the same for every partition.
    """
    if groups <= MOST_DENSE:
        return Spans(*_fill(keys, seconds, groups), ())
    found, counts = np.unique(keys, return_counts=True)
    present, places = np.unique(keys // BUCKETS, return_inverse=True)
    sums = np.bincount(places, seconds, len(present)).astype(np.float64)
    nothing = np.empty((0, BUCKETS), dtype=np.uint32)
    return Spans(nothing, np.empty(0), (Cells(found, counts.astype(np.int64), present.astype(np.int64), sums),))


@dataclass(frozen=True, slots=True)
class Histograms:
    """The groups that occur, in order: how many spans, their sum in seconds, and on request their histogram."""

    groups: Ints
    counts: Ints
    sums: Floats
    _table: Array
    _keys: Ints
    _cells: Ints
    _begins: Ints

    def buckets(self, places: Iterable[int]) -> Counts:
        """Histogram of the groups at these places, added up."""
        told = np.zeros(BUCKETS, dtype=np.int64)
        for place in places:
            if len(self._table):
                told += self._table[self.groups[place]]
            else:
                entries = slice(self._begins[place], self._begins[place + 1])
                told[self._keys[entries] % BUCKETS] += self._cells[entries]
        return told


def histograms(total: Spans) -> Histograms:
    """What finishing needs, from the sum of all partitions."""
    nothing = np.empty(0, dtype=np.int64)
    if not total.cells:
        counts = total.table.sum(axis=1, dtype=np.int64)
        groups = np.flatnonzero(counts)
        return Histograms(groups, counts[groups], total.sums[groups], total.table, nothing, nothing, nothing)
    keys, cells = _added([part.keys for part in total.cells], [part.counts for part in total.cells])
    groups, sums = _added([part.groups for part in total.cells], [part.sums for part in total.cells])
    begins = np.append(np.searchsorted(keys, groups * BUCKETS), len(keys)).astype(np.int64)
    counts = np.add.reduceat(cells, begins[:-1]) if len(groups) else nothing
    return Histograms(groups, counts, sums, total.table, keys, cells, begins)


def _added(keys: Sequence[Array], values: Sequence[Array]) -> tuple[Array, Array]:
    """Keys in order, each once, with the sum of its values."""
    every = np.concatenate(keys)
    order = np.argsort(every, kind="stable")
    ordered = every[order]
    begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])
    told = np.concatenate(values)[order]
    return ordered[begins], np.add.reduceat(told, begins) if len(begins) else told
