"""Counts and sums by key, for keys of which only few of the possible ones occur; they merge by adding up.

A loop writes one key an entry (and a value to sum); here they are grouped by an open hash table, without sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.engine.journeys import Floats, Ints
from tropa.engine.sketch import BUCKETS, Counts

_FEWEST_SLOTS = 1 << 12


@dataclass(frozen=True, slots=True)
class Tally:
    """For each key: entries, sum of their values, and how many owners they came from."""

    keys: Ints
    counts: Ints
    sums: Floats
    owners: Ints

    def __len__(self) -> int:
        return len(self.keys)


@njit(cache=True, nogil=True)
def _group(keys: Ints, values: Floats, owner: Ints) -> tuple[Ints, Ints, Floats, Ints]:
    size = _FEWEST_SLOTS
    slots = np.full(size, -1, dtype=np.int64)
    room = size // 2
    found = np.empty(room, dtype=np.int64)
    counts = np.zeros(room, dtype=np.int64)
    sums = np.zeros(room, dtype=np.float64)
    owners = np.zeros(room, dtype=np.int64)
    last = np.empty(room, dtype=np.int64)
    used = 0
    for entry in range(len(keys)):
        key = keys[entry]
        if used == room:
            size *= 2
            room = size // 2
            slots = np.full(size, -1, dtype=np.int64)
            for number in range(used):
                slot = _slot(found[number], size)
                while slots[slot] >= 0:
                    slot = (slot + 1) & (size - 1)
                slots[slot] = number
            found = np.concatenate((found, np.empty(room - used, dtype=np.int64)))
            counts = np.concatenate((counts, np.zeros(room - used, dtype=np.int64)))
            sums = np.concatenate((sums, np.zeros(room - used, dtype=np.float64)))
            owners = np.concatenate((owners, np.zeros(room - used, dtype=np.int64)))
            last = np.concatenate((last, np.empty(room - used, dtype=np.int64)))
        slot = _slot(key, size)
        number = slots[slot]
        while number >= 0 and found[number] != key:
            slot = (slot + 1) & (size - 1)
            number = slots[slot]
        if number < 0:
            number = used
            slots[slot] = number
            found[number] = key
            last[number] = -1
            used += 1
        counts[number] += 1
        sums[number] += values[entry]
        if last[number] != owner[entry]:
            last[number] = owner[entry]
            owners[number] += 1
    return found[:used].copy(), counts[:used].copy(), sums[:used].copy(), owners[:used].copy()


@njit(cache=True, nogil=True, inline="always")
def _slot(key: int, size: int) -> int:
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64(mixed >> np.uint64(20)) & (size - 1)  # type: ignore[return-value]


def tally(keys: Ints, values: Floats, owner: Ints | None = None) -> Tally:
    """Group entries by key.

    Args:
        keys: one an entry.
        values: what to sum.
        owner: 0 or more, whose entry it is; entries of one owner under one key stand in a row. Without owners,
            every entry is its own.
    """
    return Tally(*_group(keys, values, np.arange(len(keys), dtype=np.int64) if owner is None else owner))


def united(parts: Sequence[Tally]) -> Tally:
    """All parts together, keys in order; owners never cross parts, so they add up."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1)) if len(ordered) else np.empty(0, np.int64)
    if not len(begins):
        return Tally(keys, keys, keys.astype(np.float64), keys)

    def add(arrays: list[Ints] | list[Floats]) -> Ints:
        return np.asarray(np.add.reduceat(np.concatenate(arrays)[order], begins))

    return Tally(
        keys=ordered[begins],
        counts=add([part.counts for part in parts]),
        sums=np.asarray(add([part.sums for part in parts]), dtype=np.float64),
        owners=add([part.owners for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Histograms:
    """Values by group: how many, their sum, and on request their histogram in logarithmic buckets."""

    groups: Ints
    counts: Ints
    sums: Floats
    begins: Ints
    whole: Tally

    def buckets(self, places: Iterable[int]) -> Counts:
        """Histogram of the groups at these places, added up."""
        told = np.zeros(BUCKETS, dtype=np.int64)
        for place in places:
            entries = slice(self.begins[place], self.begins[place + 1])
            told[self.whole.keys[entries] % BUCKETS] += self.whole.counts[entries]
        return told


def histograms(whole: Tally) -> Histograms:
    """Values by group, from keys of the form group * BUCKETS + bucket in order (see `united`)."""
    group = whole.keys // BUCKETS
    begins = np.append(np.flatnonzero(np.diff(group, prepend=-1)), len(group)).astype(np.int64)
    starts = begins[:-1]
    if not len(starts):
        return Histograms(group, group, group.astype(np.float64), begins, whole)
    counts = np.add.reduceat(whole.counts, starts)
    return Histograms(group[starts], counts, np.add.reduceat(whole.sums, starts), begins, whole)
