"""The loops of `moments_of_truth`: arrivals at touchpoints with what was met there, and sums of their products."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

# What a journey may meet at a touchpoint. Bit i of `Arrivals.met` says that column i + 1 of a row is 1.
FAILED, REPEATED, LATE, UNSERVED, ANSWERED, LOW, FIRST_STEP = range(7)
MOST_STEPS = 8
"""Activities of one touchpoint that are told apart, each with a bit of its own from `FIRST_STEP` on."""
MET = FIRST_STEP + MOST_STEPS
# What is counted of an activity of a touchpoint, of its first event in a journey: how many journeys have one, in how
# many it is the arrival itself, the company did it, it has a status of its own, asks for help, failed, is not the end.
SEEN, ARRIVES, COMPANY, NOT_OK, ASKS, FAILS, GOES_ON, COLUMNS = range(8)
# Columns of a row of arrival: node before (ABSENT: none), number of nodes before, what was met there.
JOURNEY, NODE, BEFORE, ORDER, MET_BITS, ROW = range(6)
BAD = (1 << FAILED) | (1 << REPEATED) | (1 << LATE) | (1 << UNSERVED) | (1 << LOW)


@njit(cache=True, nogil=True)
def arrivals(
    offsets: Ints,
    time: Ints,
    nodes: Codes,
    activity: Codes,
    flags: Ints,
    promised: Ints,
    kept: Array,
    until: Ints,
    within_us: Ints,
    step_of: Codes,
    now_us: int,
    answers: Array,
    leavers: bool,
) -> tuple[Ints, Ints, Ints]:
    """One row for the first arrival of a journey at each touchpoint, up to the moment `until` (exclusive).

    Rows come journey by journey in order of arrival, with columns `JOURNEY` to `MET_BITS`. With `leavers`, who never
    came to `until` has one more row: the arrival that never was, at node `size` + the last one. served[node, side]:
    first visits that were followed by a step of the customer, of the company. steps[node, step, column]: counts of
    activities, the last step of all that failed.

    A wait is late beyond `within_us`, else beyond the promise that the arrival carries. Who never went on has waited in
    vain (`UNSERVED`) only where it was the company's turn: it acted last, or gave its word.

    Args:
        flags: of each event, bits by the columns of `steps`.
        step_of: [node, activity] -> step, ABSENT where it is not told apart.
        answers: [journey, node] 0 none, 1 given, 2 given and low.
    """
    size = len(within_us)
    rows = np.empty((2 * len(time), ROW), dtype=np.int64)
    served = np.zeros((size, 2), dtype=np.int64)
    steps = np.zeros((size, MOST_STEPS + 1, COLUMNS), dtype=np.int64)
    # By node: its row in the journey looked at, the event of the arrival, and whether the first visit still lasts.
    row_of = np.full(size, -1, dtype=np.int64)
    first = np.zeros(size, dtype=np.int64)
    lasts = np.zeros(size, dtype=np.bool_)
    filled = 0
    for journey in range(len(offsets) - 1):
        if not kept[journey]:
            continue
        begin = filled
        current = ABSENT
        last_node, last_other = _end(offsets[journey], offsets[journey + 1], nodes)
        for event in range(offsets[journey], offsets[journey + 1]):
            node = nodes[event]
            if node == ABSENT:
                continue
            if current != ABSENT and node != current and lasts[current]:
                lasts[current] = False
                served[current, flags[event] >> COMPANY & 1] += 1
                late = _late(time[event], first[current], current, time, promised, within_us)
                rows[row_of[current], MET_BITS] |= late << LATE
            if time[event] >= until[journey]:
                current = ABSENT
                break
            if row_of[node] < begin:
                met = 0 if answers[journey, node] == 0 else 1 << ANSWERED
                met |= (1 << LOW) if answers[journey, node] == 2 else 0
                _write(rows[filled], journey, node, current, filled - begin, met)
                row_of[node], first[node], lasts[node] = filled, event, True
                filled += 1
            elif activity[event] == activity[first[node]]:
                rows[row_of[node], MET_BITS] |= 1 << REPEATED
            goes_on = event < last_other or node != last_node
            step, arrives = step_of[node, activity[event]], event == first[node]
            _note(rows[row_of[node]], steps[node], step, flags[event], arrives, goes_on)
            current = node
        if current == ABSENT:
            continue
        if lasts[current] and (flags[first[current]] >> COMPANY & 1 or promised[first[current]] != NO_TIME):
            late = _late(now_us, first[current], current, time, promised, within_us)
            rows[row_of[current], MET_BITS] |= late << UNSERVED
        if leavers:
            _write(rows[filled], journey, size + current, current, filled - begin, 0)
            filled += 1
    return rows[:filled], served, steps


@njit(cache=True, nogil=True, inline="always")
def _write(row: Ints, journey: int, node: int, before: int, order: int, met: int) -> None:
    row[JOURNEY], row[NODE], row[BEFORE], row[ORDER], row[MET_BITS] = journey, node, before, order, met


@njit(cache=True, nogil=True, inline="always")
def _end(begin: int, end: int, nodes: Codes) -> tuple[int, int]:
    """The last node of a journey, and the last event at any other one."""
    last_node = ABSENT
    for event in range(end - 1, begin - 1, -1):
        if nodes[event] != ABSENT:
            if last_node == ABSENT:
                last_node = nodes[event]
            elif nodes[event] != last_node:
                return last_node, event
    return last_node, -1


@njit(cache=True, nogil=True, inline="always")
def _late(now: int, first: int, node: int, time: Ints, promised: Ints, within_us: Ints) -> int:
    """1 where a wait that began with the event `first` is beyond the expectation, else the promise, by now."""
    due = time[first] + within_us[node] if within_us[node] >= 0 else promised[first]
    return 1 if due != NO_TIME and now > due else 0


@njit(cache=True, nogil=True, inline="always")
def _note(row: Ints, counts: Ints, step: int, flags: int, arrives: bool, goes_on: bool) -> None:
    """What this event adds to what was met; activities and failures are counted once a journey."""
    met = row[MET_BITS]
    if flags >> FAILS & 1 and not met >> FAILED & 1:
        row[MET_BITS] |= 1 << FAILED
        _count_step(counts[MOST_STEPS], flags, arrives, goes_on)
    if step >= 0 and not met >> (FIRST_STEP + step) & 1:
        row[MET_BITS] |= 1 << (FIRST_STEP + step)
        _count_step(counts[step], flags, arrives, goes_on)


@njit(cache=True, nogil=True, inline="always")
def _count_step(counts: Ints, flags: int, arrives: bool, goes_on: bool) -> None:
    counts[SEEN] += 1
    counts[ARRIVES] += arrives
    counts[GOES_ON] += goes_on
    for column in (COMPANY, NOT_OK, ASKS, FAILS):
        counts[column] += flags >> column & 1


@njit(cache=True, nogil=True)
def add_up(sums: Floats, width: int, group: Codes, node: Codes, met: Codes, active: Codes, outcome: Floats) -> None:
    """Add to `sums` [node, group, cell] the products of all pairs of columns: the upper triangle, row by row.

    Column 0 is 1, columns 1 to `MET` are what was met, `active` [row, any] names further columns that are 1 (ABSENT:
    none), rising, and the last holds the outcome.
    """
    last = np.uint64(width - 1)
    start = np.empty(width, dtype=np.uint64)
    for column in range(width):
        start[column] = column * width - column * (column - 1) // 2 - column
    cells_each = np.uint64(sums.shape[2])
    cells = sums.reshape(-1)
    # Indexed unsigned: no check for an index from the end.
    used = np.empty(active.shape[1] + MET + 2, dtype=np.uint64)
    for row in range(len(node)):
        used[0] = 0
        count = np.uint64(1)
        bits = met[row]
        for bit in range(MET):
            used[count] = bit + 1
            count += np.uint64(bits >> bit & 1)
        for place in range(active.shape[1]):
            used[count] = active[row, place]
            count += np.uint64(active[row, place] >= 0)
        base = np.uint64(node[row] * sums.shape[1] + group[row]) * cells_each
        value = outcome[row]
        for first in range(count):
            one = base + start[used[first]]
            cells[one + last] += value
            for second in range(first, count):
                cells[one + used[second]] += 1.0
        cells[base + start[last] + last] += value * value


@njit(cache=True, nogil=True)
def chain(
    offsets: Ints, time: Ints, nodes: Codes, kept: Array, until: Ints, won: Array, group: Codes, groups: int, size: int
) -> Ints:
    """[group, from, to]: steps between touchpoints; row `size` are the starts, columns `size` and `size` + 1 the
    journeys that reached the goal and those that were left. Steps within a touchpoint are stepped over."""
    counts = np.zeros((groups, size + 1, size + 2), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not kept[journey]:
            continue
        current = size
        for event in range(offsets[journey], offsets[journey + 1]):
            if time[event] >= until[journey]:
                break
            if nodes[event] != ABSENT and nodes[event] != current:
                counts[group[journey], current, nodes[event]] += 1
                current = nodes[event]
        counts[group[journey], current, size if won[journey] else size + 1] += 1
    return counts


@njit(cache=True, nogil=True)
def products(journey: Ints, column: Codes, value: Floats, group: Codes, groups: int, width: int) -> Floats:
    """[group, column, column]: sums of products over journeys given as entries (column, value), those of a journey in
    a row. Column 0 is 1."""
    sums = np.zeros((groups, width, width), dtype=np.float64)
    begin = 0
    while begin < len(journey):
        end = begin
        while end < len(journey) and journey[end] == journey[begin]:
            end += 1
        cells = sums[group[journey[begin]]]
        cells[0, 0] += 1.0
        for first in range(begin, end):
            cells[0, column[first]] += value[first]
            cells[column[first], 0] += value[first]
            for second in range(begin, end):
                cells[column[first], column[second]] += value[first] * value[second]
        begin = end
    return sums


@njit(cache=True, nogil=True)
def came(offsets: Ints, nodes: Codes, kept: Array, size: int) -> Ints:
    """Journeys by node, whenever they came there."""
    counts = np.zeros(size, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not kept[journey]:
            continue
        for event in range(offsets[journey], offsets[journey + 1]):
            node = nodes[event]
            if node != ABSENT and seen[node] != journey:
                seen[node] = journey
                counts[node] += 1
    return counts
