"""Journeys through one touchpoint: what happened there, what came before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """One entry a journey kept that had an event at the touchpoint.

    Attributes:
        journey: its number in the view.
        event: its first event here.
        failed: whether any event here failed.
        before: touchpoint before the first visit, ABSENT where the journey begins here.
        after: touchpoint after the first visit, ABSENT where none came.
        longest_us: longest time from a visit to the next touchpoint, 0 where none came.
        waits: entry of each visit that was followed by another touchpoint, and its time to it in milliseconds.
    """

    journey: Ints
    event: Ints
    failed: Array
    before: Codes
    after: Codes
    longest_us: Ints
    waits: tuple[Ints, Array]


def stays(view: View, node: int) -> Stays:
    """Find the journeys of a view that went through a node."""
    journey, event, failed, before, after, longest, entry, elapsed = _stays(
        view.offsets, view.time, view.nodes, view.selected, view.failed, node
    )
    return Stays(journey, event, failed, before, after, longest, (entry, elapsed))


@njit(cache=True, nogil=True)
def _stays(
    offsets: Ints, time: Ints, nodes: Codes, selected: Array, failed: Array, node: int
) -> tuple[Ints, Ints, Array, Codes, Codes, Ints, Ints, Array]:
    size = len(offsets) - 1
    journeys = np.empty(size, dtype=np.int64)
    events = np.empty(size, dtype=np.int64)
    failures = np.zeros(size, dtype=np.bool_)
    before = np.full(size, ABSENT, dtype=np.int32)
    after = np.full(size, ABSENT, dtype=np.int32)
    longest = np.zeros(size, dtype=np.int64)
    entries = np.empty(len(time), dtype=np.int64)
    elapsed = np.empty(len(time), dtype=np.float64)
    found = visits = 0
    for journey in range(size):
        if not selected[journey]:
            continue
        current = ABSENT
        begun = 0
        here = False
        for event in range(offsets[journey], offsets[journey + 1]):
            at = nodes[event]
            if at == ABSENT:
                continue
            if at != current:
                if current == node:
                    wait = time[event] - begun
                    entries[visits] = found
                    elapsed[visits] = wait / 1000.0
                    visits += 1
                    longest[found] = max(longest[found], wait)
                    if after[found] == ABSENT:
                        after[found] = at
                if at == node:
                    begun = time[event]
                    if not here:
                        here = True
                        journeys[found] = journey
                        events[found] = event
                        before[found] = current
                current = at
            if at == node and failed[event]:
                failures[found] = True
        if here:
            found += 1
    return (
        journeys[:found].copy(),
        events[:found].copy(),
        failures[:found].copy(),
        before[:found].copy(),
        after[:found].copy(),
        longest[:found].copy(),
        entries[:visits].copy(),
        elapsed[:visits].copy(),
    )


@njit(cache=True, nogil=True)
def journeys_by_code(offsets: Ints, nodes: Codes, codes: Codes, journeys: Ints, node: int, size: int) -> Ints:
    """Journeys (of those given) that had an event with each code at the node."""
    counts = np.zeros(size, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    for journey in journeys:
        for event in range(offsets[journey], offsets[journey + 1]):
            code = codes[event]
            if nodes[event] == node and code != ABSENT and seen[code] != journey:
                seen[code] = journey
                counts[code] += 1
    return counts
