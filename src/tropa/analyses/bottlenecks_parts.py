"""What `bottlenecks` counts on one partition; everything adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tropa.cx.lens import Facts
from tropa.engine.journeys import Array, Floats, Ints
from tropa.engine.spans import Spans

HOUR_US = 3_600_000_000
_SIZES = (1, 2, 3, 4, 6, 8, 12, 24)
_MOST_CELLS = 1_000_000
_MOST_LOOSE = 4_000_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counts and microseconds by key; keys rise."""

    keys: Ints
    counts: Ints
    sums: Ints

    def __add__(self, other: Pairs) -> Pairs:
        keys, places = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        counts = np.zeros(len(keys), dtype=np.int64)
        sums = np.zeros(len(keys), dtype=np.int64)
        np.add.at(counts, places, np.concatenate([self.counts, other.counts]))
        np.add.at(sums, places, np.concatenate([self.sums, other.sums]))
        return Pairs(keys, counts, sums)


def pairs(keys: Ints, microseconds: Ints) -> Pairs:
    """Pairs of one partition."""
    known, places = np.unique(keys, return_inverse=True)
    sums = np.zeros(len(known), dtype=np.int64)
    np.add.at(sums, places, microseconds)
    return Pairs(known, np.bincount(places, minlength=len(known)).astype(np.int64), sums)


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that occur, part by part: row * cells + cell, and waits begun, waits ended, microseconds of those begun."""

    parts: tuple[tuple[Ints, Ints], ...]

    def __add__(self, other: Grid) -> Grid:
        both = Grid(self.parts + other.parts)
        return both if sum(len(keys) for keys, _ in both.parts) <= _MOST_LOOSE else both._united()

    def _united(self) -> Grid:
        keys, places = np.unique(np.concatenate([keys for keys, _ in self.parts]), return_inverse=True)
        table = np.zeros((len(keys), 3), dtype=np.int64)
        np.add.at(table, places, np.concatenate([values for _, values in self.parts]))
        return Grid(((keys, table),))

    def rows(self, cells: int) -> dict[int, Ints]:
        """Of each row that occurs, its table by cell."""
        (keys, values), *_ = self._united().parts
        begins = np.flatnonzero(np.diff(keys // cells, prepend=-1)).tolist()
        found = {}
        for begin, end in zip(begins, [*begins[1:], len(keys)][: len(begins)], strict=True):
            table = np.zeros((cells, 3), dtype=np.int64)
            table[keys[begin:end] % cells] = values[begin:end]
            found[int(keys[begin]) // cells] = table
        return found

    @staticmethod
    def measures(facts: Facts, units: int) -> tuple[int, int, int]:
        """First moment, length of a cell and number of cells: an hour each, more where time or units are many."""
        if facts.first_us is None or facts.now_us is None:
            return 0, HOUR_US, 1
        first = facts.first_us // HOUR_US * HOUR_US
        hours = max(facts.now_us - first, 0) // HOUR_US + 1
        room = max(_MOST_CELLS // max(units, 1), 64)
        size = next((size for size in _SIZES if hours <= room * size), -(-hours // (24 * room)) * 24)
        return first, size * HOUR_US, int(-(-hours // size))


@dataclass(frozen=True, slots=True)
class Hands:
    """Handovers: key is source * WIDTH + target; and how many came into each row."""

    WIDTH: ClassVar[int] = 1 << 20

    between: Pairs
    into: Ints

    def __add__(self, other: Hands) -> Hands:
        return Hands(self.between + other.between, self.into + other.into)


@dataclass(frozen=True, slots=True)
class Counted:
    """Additive.

    Attributes:
        waits: by step waited at * rows + row of the work.
        service: by row; `scheduled`: the waits since the work was scheduled, by row.
        standing: by 2 * step, and 1 more where under way: time since the latest end of journeys without the goal.
        pieces: pieces of work by row; `unknown`: those of which nobody says who acts; `unsplit`: waits whose work tells
            one time only.
        promised: waits that were to be over by some time; `missed`: those that were not.
        shared, whole: see `bottlenecks_loops.shares`.
    """

    waits: Spans
    service: Spans
    scheduled: Spans
    standing: Spans
    pieces: Array
    unsplit: Array
    unknown: Array
    promised: Array
    missed: Array
    shared: Floats
    whole: Floats
    own_seconds: float
    grid: Grid
    performers: Pairs
    hands: Hands

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.waits + other.waits,
            self.service + other.service,
            self.scheduled + other.scheduled,
            self.standing + other.standing,
            self.pieces + other.pieces,
            self.unsplit + other.unsplit,
            self.unknown + other.unknown,
            self.promised + other.promised,
            self.missed + other.missed,
            self.shared + other.shared,
            self.whole + other.whole,
            self.own_seconds + other.own_seconds,
            self.grid + other.grid,
            self.performers + other.performers,
            self.hands + other.hands,
        )
