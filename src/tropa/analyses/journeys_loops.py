"""Loops of `journeys`: for each journey, whether a condition holds of it.

All take offsets, and cells and table of the level (the code of event e is `table[cells[e]]`); only journeys `selected`
are looked at. `flags` say by code whether a name is meant; their last entry stands for an absent code.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

NOTHING = 0
KEPT = 1
MISSED = 2
"""What became of a promise: it was not made or is open still; kept; missed."""

NEVER = -2
"""The journey never comes to the anchor (`steps_around`); ABSENT: it has no such step."""


@njit(cache=True, nogil=True)
def has_event(offsets: Ints, cells: Codes, table: Codes, selected: Array, flags: Array, events: Array) -> Array:
    """Journeys with an event of those `events` at a name that is meant."""
    told = np.zeros(len(offsets) - 1, dtype=np.bool_)
    for journey in range(len(told)):
        if selected[journey]:
            for event in range(offsets[journey], offsets[journey + 1]):
                if events[event] and flags[table[cells[event]]]:
                    told[journey] = True
                    break
    return told


@njit(cache=True, nogil=True)
def has_event_between(offsets: Ints, time: Ints, selected: Array, begin_us: int, end_us: int) -> Array:
    """Journeys with any event from one moment on and before another."""
    told = np.zeros(len(offsets) - 1, dtype=np.bool_)
    for journey in range(len(told)):
        if selected[journey]:
            for event in range(offsets[journey], offsets[journey + 1]):
                if begin_us <= time[event] < end_us:
                    told[journey] = True
                    break
    return told


@njit(cache=True, nogil=True)
def visits_of(offsets: Ints, cells: Codes, table: Codes, selected: Array, flags: Array) -> Ints:
    """How many visits (runs of events, others of the level between) each journey made to names that are meant."""
    told = np.zeros(len(offsets) - 1, dtype=np.int64)
    for journey in range(len(told)):
        if selected[journey]:
            inside = False
            for event in range(offsets[journey], offsets[journey + 1]):
                code = table[cells[event]]
                if code != ABSENT:
                    told[journey] += flags[code] and not inside
                    inside = flags[code]
    return told


@njit(cache=True, nogil=True)
def ends_of(offsets: Ints, cells: Codes, table: Codes, selected: Array) -> tuple[Codes, Codes]:
    """First and last code of each journey; ABSENT where it has none."""
    first = np.full(len(offsets) - 1, ABSENT, dtype=np.int32)
    last = np.full(len(offsets) - 1, ABSENT, dtype=np.int32)
    for journey in range(len(first)):
        if selected[journey]:
            for event in range(offsets[journey], offsets[journey + 1]):
                code = table[cells[event]]
                if code != ABSENT:
                    if first[journey] == ABSENT:
                        first[journey] = code
                    last[journey] = code
    return first, last


@njit(cache=True, nogil=True)
def longest_step(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    sources: Array,
    targets: Array,
    longer_us: int,
    shorter_us: int,
) -> Ints:
    """Microseconds of the longest direct step from a source to a target that took longer than one and up to another.

    NO_TIME where the journey made none.
    """
    told = np.full(len(offsets) - 1, NO_TIME, dtype=np.int64)
    for journey in range(len(told)):
        if not selected[journey]:
            continue
        source = ABSENT
        before = 0
        for event in range(offsets[journey], offsets[journey + 1]):
            target = table[cells[event]]
            if target == ABSENT:
                continue
            if source != ABSENT and sources[source] and targets[target]:
                took = time[event] - before
                if longer_us < took <= shorter_us and took > told[journey]:
                    told[journey] = took
            source = target
            before = time[event]
    return told


@njit(cache=True, nogil=True)
def follows(
    offsets: Ints, cells: Codes, table: Codes, selected: Array, path: Codes, collapse: bool, whole: bool
) -> Array:
    """Journeys whose steps are just this path, or (not `whole`) begin with it."""
    told = np.zeros(len(offsets) - 1, dtype=np.bool_)
    for journey in range(len(told)):
        if not selected[journey]:
            continue
        place = 0
        fits = True
        previous = ABSENT
        for event in range(offsets[journey], offsets[journey + 1]):
            code = table[cells[event]]
            if code == ABSENT or (collapse and code == previous):
                continue
            previous = code
            if place == len(path):
                fits = not whole
                break
            if code != path[place]:
                fits = False
                break
            place += 1
        told[journey] = fits and place == len(path)
    return told


@njit(cache=True, nogil=True)
def steps_around(
    offsets: Ints, cells: Codes, table: Codes, selected: Array, anchor: Array, depth: int, back: bool, collapse: bool
) -> Codes:
    """Codes of the steps after (or before, nearest first) each journey's first event at the anchor, [journey, depth].

    ABSENT where the journey has no such step, NEVER in all of them where it never comes to the anchor.
    """
    told = np.full((len(offsets) - 1, depth), NEVER, dtype=np.int32)
    for journey in range(len(told)):
        if not selected[journey]:
            continue
        begin, end = offsets[journey], offsets[journey + 1]
        at = begin
        while at < end and not anchor[table[cells[at]]]:
            at += 1
        if at == end:
            continue
        told[journey, :] = ABSENT
        previous = table[cells[at]]
        step = -1 if back else 1
        event = at + step
        filled = 0
        while filled < depth and begin <= event < end:
            code = table[cells[event]]
            event += step
            if code == ABSENT or (collapse and code == previous):
                continue
            previous = code
            told[journey, filled] = code
            filled += 1
    return told


@njit(cache=True, nogil=True)
def promise_of_map(
    offsets: Ints, time: Ints, nodes: Codes, selected: Array, reached: Array, node: int, within_us: int, now_us: int
) -> Array:
    """What became of the promise that the map makes for one touchpoint, as `cx.passage` counts it."""
    told = np.zeros(len(offsets) - 1, dtype=np.int8)
    for journey in range(len(told)):
        if not selected[journey]:
            continue
        begun = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            if nodes[event] == ABSENT:
                continue
            if begun == NO_TIME:
                if nodes[event] == node:
                    begun = time[event]
            elif nodes[event] != node:
                told[journey] = MISSED if time[event] - begun > within_us else KEPT
                break
        if begun != NO_TIME and told[journey] == NOTHING and not reached[journey] and now_us - begun > within_us:
            told[journey] = MISSED
    return told


@njit(cache=True, nogil=True)
def promise_of_data(
    offsets: Ints,
    time: Ints,
    nodes: Codes,
    selected: Array,
    reached: Array,
    goal: Array,
    has_goal: bool,
    promised: Ints,
    ended: Ints,
    node: int,
    now_us: int,
) -> Array:
    """What became of the promise that the data tells at one touchpoint, as `cx.passage` counts it."""
    told = np.zeros(len(offsets) - 1, dtype=np.int8)
    for journey in range(len(told)):
        if not selected[journey]:
            continue
        due = last = NO_TIME
        repeats = False
        for event in range(offsets[journey], offsets[journey + 1]):
            at = nodes[event]
            if at == ABSENT:
                continue
            promise = promised[event]
            if due != NO_TIME:
                if at != node and (goal[at] or not has_goal or promise != due):
                    told[journey] = MISSED if time[event] > due else KEPT
                    break
            elif promise != NO_TIME and at == node:
                if ended[event] != NO_TIME or goal[at]:
                    done = ended[event] if ended[event] != NO_TIME else time[event]
                    told[journey] = MISSED if done > promise else KEPT
                    break
                due, repeats = promise, promise == last
            if promise != NO_TIME:
                last = promise
        over = not has_goal or reached[journey]
        if due != NO_TIME and told[journey] == NOTHING and now_us > due and not (over and repeats):
            told[journey] = MISSED
    return told


@njit(cache=True, nogil=True)
def events_and_value(offsets: Ints, failed: Array, value: Floats, journeys: Ints) -> tuple[Ints, Floats]:
    """Failed events, and the sum of what is known of `value` (NaN: nothing), of these journeys."""
    failures = np.zeros(len(journeys), dtype=np.int64)
    money = np.full(len(journeys), np.nan)
    for place in range(len(journeys)):
        for event in range(offsets[journeys[place]], offsets[journeys[place] + 1]):
            failures[place] += failed[event]
            if not np.isnan(value[event]):
                money[place] = value[event] + (0.0 if np.isnan(money[place]) else money[place])
    return failures, money
