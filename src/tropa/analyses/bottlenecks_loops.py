"""Loops of `bottlenecks`: what each event is as a piece of work, what usually follows what, each wait for a process.

A *piece* is an event that begins something at a step of the level asked; ends of work begun before belong to it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.processes import COMPLETE, CUSTOMER, SCHEDULE, START, SYSTEM
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

REMEMBERED = 8
"""How many steps back the beginning of a wait is sought."""

MOST_PAIRS = 1_000
"""With more steps than this, what usually follows what is not counted."""


@njit(cache=True, nogil=True)
def pieces(
    offsets: Ints, time: Ints, ended: Ints, activity: Codes, phase: Array, selected: Array, activities: int
) -> tuple[Array, Ints, Ints, Ints]:
    """Whether each event begins a piece of work; until when that lasts (its own time where nothing is told of an end),
    microseconds of work, and when it was scheduled (NO_TIME: not known).
    """
    begins = np.zeros(len(time), dtype=np.bool_)
    done = time.copy()
    work = np.full(len(time), NO_TIME, dtype=np.int64)
    scheduled = np.full(len(time), NO_TIME, dtype=np.int64)
    planned_in = np.full(activities, -1, dtype=np.int64)
    planned_at = np.empty(activities, dtype=np.int64)
    opened_in = np.full(activities, -1, dtype=np.int64)
    opened_by = np.empty(activities, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        for event in range(offsets[journey], offsets[journey + 1]):
            task = activity[event]
            phased = phase[event] if task != ABSENT else 0
            if phased == SCHEDULE:
                planned_in[task] = journey
                planned_at[task] = time[event]
                continue
            if phased == COMPLETE and opened_in[task] == journey:
                opened_in[task] = -1
                done[opened_by[task]] = time[event]
                work[opened_by[task]] = time[event] - time[opened_by[task]]
                continue
            begins[event] = True
            if phased == START:
                opened_in[task] = journey
                opened_by[task] = event
                if planned_in[task] == journey:
                    planned_in[task] = -1
                    scheduled[event] = planned_at[task]
            elif ended[event] != NO_TIME and ended[event] >= time[event]:
                done[event] = ended[event]
                work[event] = ended[event] - time[event]
    return begins, done, work, scheduled


@njit(cache=True, nogil=True)
def followers(offsets: Ints, steps: Codes, selected: Array, size: int) -> Ints:
    """How often each step directly follows each: [from, to]; the last column counts where nothing follows."""
    told = np.zeros((size, size + 1), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        before = ABSENT
        for event in range(offsets[journey], offsets[journey + 1]):
            if steps[event] == ABSENT:
                continue
            if before != ABSENT:
                told[before, steps[event]] += 1
            before = steps[event]
        if before != ABSENT:
            told[before, size] += 1
    return told


@njit(cache=True, nogil=True)
def waits_for_work(
    offsets: Ints,
    time: Ints,
    steps: Codes,
    done: Ints,
    work: Ints,
    scheduled: Ints,
    actor: Array,
    usual: Ints,
    selected: Array,
) -> tuple[Ints, Ints, Ints, Codes, Ints]:
    """Of each event that is the company's work: from when the journey waited for it, and at which step.

    A wait runs from the moment at which the work was scheduled, else from the latest end so far. An act of the customer
    (or a message of a system, which takes no time) in between does not end it: where the work more usually follows the
    step before than that act does, the act is stepped over, and what was noted of it is void.

    Returns:
        since (NO_TIME: no wait is known); the event after which it waited; microseconds that were the customer's own by
        journey; last step and latest end of each journey.
    """
    since = np.full(len(time), NO_TIME, dtype=np.int64)
    after = np.full(len(time), ABSENT, dtype=np.int64)
    own = np.zeros(len(offsets) - 1, dtype=np.int64)
    last = np.full(len(offsets) - 1, ABSENT, dtype=np.int32)
    ends = np.full(len(offsets) - 1, NO_TIME, dtype=np.int64)
    known = usual.shape[0]
    # The last steps: step, latest end so far, event, the customer's own time before it, whether it can be stepped over.
    memory = np.empty((REMEMBERED, 5), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        depth = 0
        for event in range(offsets[journey], offsets[journey + 1]):
            step = steps[event]
            if step == ABSENT:
                continue
            begin = time[event]
            gap = 0
            if actor[event] == CUSTOMER:
                gap = max(begin - memory[depth - 1, 1], 0) if depth else 0
                own[journey] += gap
            elif scheduled[event] != NO_TIME:
                since[event] = min(scheduled[event], begin)
                after[event] = memory[depth - 1, 2] if depth else event
            elif depth:
                top = depth - 1
                while memory[top, 4] and known:
                    low = top  # the same act several times over is one
                    while low > 0 and memory[low - 1, 0] == memory[top, 0] and memory[low - 1, 4]:
                        low -= 1
                    if low == 0 or usual[memory[low - 1, 0], step] <= usual[memory[low - 1, 0], memory[top, 0]]:
                        break
                    for at in range(low, top + 1):
                        since[memory[at, 2]] = NO_TIME
                        own[journey] -= memory[at, 3]
                    top = low - 1
                after[event] = memory[top, 2]
                since[event] = min(memory[top, 1], begin)
            until = max(done[event], memory[depth - 1, 1]) if depth else done[event]
            if depth == REMEMBERED:
                # Number by number: to assign arrays to slices of arrays takes seconds more to compile.
                for kept in range(1, REMEMBERED):
                    for field in range(5):
                        memory[kept - 1, field] = memory[kept, field]
                depth -= 1
            memory[depth, 0] = step
            memory[depth, 1] = until
            memory[depth, 2] = event
            memory[depth, 3] = gap
            memory[depth, 4] = actor[event] == CUSTOMER or (actor[event] == SYSTEM and work[event] == NO_TIME)
            depth += 1
        if depth:
            last[journey] = memory[depth - 1, 0]
            ends[journey] = memory[depth - 1, 1]
    return since, after, own, last, ends


@njit(cache=True, nogil=True)
def shares(
    offsets: Ints, time: Ints, since: Ints, rows: Codes, last: Codes, ends: Ints, first: Ints, limit: Ints, size: int
) -> tuple[Floats, Floats]:
    """Sums over journeys of the hours waited in each row until the limit: [row, (sum, squares, times the journey's)];
    and of the journeys themselves: (number, hours, squares).
    """
    told = np.zeros((size, 3), dtype=np.float64)
    whole = np.zeros(3, dtype=np.float64)
    waited = np.zeros(size, dtype=np.float64)
    for journey in range(len(offsets) - 1):
        if last[journey] == ABSENT:
            continue
        hours = max(min(ends[journey], limit[journey]) - first[journey], 0) / 3.6e9
        whole[0] += 1
        whole[1] += hours
        whole[2] += hours * hours
        for event in range(offsets[journey], offsets[journey + 1]):
            if since[event] != NO_TIME:
                waited[rows[event]] += max(min(time[event], limit[journey]) - since[event], 0) / 3.6e9
        for event in range(offsets[journey], offsets[journey + 1]):
            if since[event] != NO_TIME and waited[rows[event]] > 0:
                row = rows[event]
                told[row, 0] += waited[row]
                told[row, 1] += waited[row] * waited[row]
                told[row, 2] += waited[row] * hours
                waited[row] = 0.0
    return told, whole


@njit(cache=True, nogil=True)
def on_the_grid(time: Ints, since: Ints, places: Ints, first_us: int, cell_us: int, cells: int, size: int) -> Ints:
    """By row and cell of time: waits begun, waits ended, microseconds of the waits begun there."""
    told = np.zeros((size, cells, 3), dtype=np.int64)
    for event in range(len(time)):
        if since[event] == NO_TIME:
            continue
        row = places[event]
        begun = min(max((since[event] - first_us) // cell_us, 0), cells - 1)
        over = min(max((time[event] - first_us) // cell_us, 0), cells - 1)
        told[row, begun, 0] += 1
        told[row, begun, 2] += time[event] - since[event]
        told[row, over, 1] += 1
    return told


@njit(cache=True, nogil=True)
def hand_to_hand(
    offsets: Ints, time: Ints, done: Ints, steps: Codes, hands: Codes, selected: Array
) -> tuple[Ints, Codes]:
    """Of each piece of work of a department that another one's work came before: microseconds between, and whose.

    Microseconds are NO_TIME where the hands are the same, or not known.
    """
    between = np.full(len(time), NO_TIME, dtype=np.int64)
    source = np.full(len(time), ABSENT, dtype=np.int32)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        hand = ABSENT
        free = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            if steps[event] == ABSENT or hands[event] == ABSENT:
                continue
            if hand != ABSENT and hand != hands[event]:
                between[event] = max(time[event] - free, 0)
                source[event] = hand
            free = max(free, done[event]) if hand == hands[event] else done[event]
            hand = hands[event]
    return between, source
