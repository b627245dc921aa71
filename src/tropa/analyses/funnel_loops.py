"""Loops of the funnel: for each journey, how many steps it made and when.

All take: offsets, time, cells and table of the level; which journeys are selected; `serves`/`steps` (ragged: the steps
that a node serves, ascending); the number of steps; the window in microseconds (NO_LIMIT: none); whether two steps
have to be apart in time. All return the level of each journey and the times of its steps (NO_TIME where not reached).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints
from tropa.engine.sketch import BUCKETS, bucket_of

NO_LIMIT = np.iinfo(np.int64).max // 4


@njit(cache=True, nogil=True)
def best_entry(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    serves: Ints,
    steps: Codes,
    count: int,
    within: int,
) -> tuple[Codes, Ints]:
    """Steps in order, best over all entries.

    For each step the chain with the latest entry is kept: it has the most of the window left, so no other can get
    further. One pass, no look back; what serves no step costs one look-up.
    """
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    chain = np.empty((count, count), dtype=np.int64)
    lowest = np.full(len(table), count, dtype=np.int32)  # first step that a cell serves; none: beyond all
    for cell in range(len(table)):
        if table[cell] >= 0 and serves[table[cell]] < serves[table[cell] + 1]:
            lowest[cell] = steps[serves[table[cell]]]
    for journey in range(rows):
        if not selected[journey]:
            continue
        level = 0
        for event in range(np.uint64(offsets[journey]), np.uint64(offsets[journey + 1])):
            if lowest[cells[event]] > level:
                continue
            node = table[cells[event]]
            if node < 0:
                continue
            now = time[event]
            for index in range(serves[node + 1] - 1, serves[node] - 1, -1):
                step = steps[index]
                if step > level:
                    continue
                if step > 0:
                    begin = chain[step - 1, 0]
                    if now - begin > within or (step < level and begin < chain[step, 0]):
                        continue
                    for earlier in range(step):
                        chain[step, earlier] = chain[step - 1, earlier]
                chain[step, step] = now
                if step == level:
                    level += 1
                    for earlier in range(level):
                        reached_at[journey, earlier] = chain[step, earlier]
            if level == count:
                break
        levels[journey] = level
    return levels, reached_at


@njit(cache=True, nogil=True)
def step_times(level: Codes, at: Ints, count: int) -> tuple[Ints, Ints]:
    """Times to each step in logarithmic buckets of ms, [step, bucket]: from the step before it, and from the first."""
    from_previous = np.zeros((count, BUCKETS), dtype=np.int64)
    from_first = np.zeros((count, BUCKETS), dtype=np.int64)
    for journey in range(len(level)):
        for step in range(1, level[journey]):
            now = at[journey, step]
            bucket = bucket_of((now - at[journey, step - 1]) / 1000.0)
            from_previous[step, bucket] += 1
            if step > 1:
                bucket = bucket_of((now - at[journey, 0]) / 1000.0)
            from_first[step, bucket] += 1
    return from_previous, from_first


@njit(cache=True, nogil=True)
def every_entry(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    serves: Ints,
    steps: Codes,
    count: int,
    within: int,
    apart: bool,
    first_only: bool,
    windows: Ints,
    banned: Array,
    remove: bool,
) -> tuple[Codes, Ints]:
    """Steps in order with windows of their own and exclusions: each entry is followed by itself.

    From one entry, for each step the chain with the latest time is kept. What is banned ends all chains that are on
    their way; with `remove` a journey that met it before the last step gets level -1. Without a window over the whole
    funnel all entries are followed at once, in one pass. With `apart`, what happens at one time starts from what was
    reached before that time.
    """
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    chain = np.empty((count, count), dtype=np.int64)
    alive = np.empty(count, dtype=np.bool_)
    base = np.empty((count, count), dtype=np.int64)
    base_alive = np.empty(count, dtype=np.bool_)
    together = within == NO_LIMIT and not first_only
    for journey in range(rows):
        if not selected[journey]:
            continue
        end = offsets[journey + 1]
        met = False
        for entry in range(offsets[journey], end):
            node = table[cells[entry]]
            if node == ABSENT or serves[node] == serves[node + 1] or steps[serves[node]] != 0:
                continue
            alive[:] = False
            base_alive[:] = False
            for event in range(entry, end):
                if levels[journey] == count or time[event] - time[entry] > within:
                    break
                node = table[cells[event]]
                if node == ABSENT:
                    continue
                if banned[node]:
                    met = met or bool(alive.any())
                    alive[:] = False
                    base_alive[:] = False
                    if together:
                        continue
                    break
                if not apart or event == entry or time[event] != time[event - 1]:
                    base[:] = chain
                    base_alive[:] = alive
                for index in range(serves[node + 1] - 1, serves[node] - 1, -1):
                    step = steps[index]
                    if step == 0:
                        if event != entry and not together:
                            continue
                    else:
                        if not base_alive[step - 1] or time[event] - base[step - 1, step - 1] > windows[step]:
                            continue
                        chain[step, :step] = base[step - 1, :step]
                    alive[step] = True
                    chain[step, step] = time[event]
                    if step + 1 > levels[journey]:
                        levels[journey] = step + 1
                        reached_at[journey, : step + 1] = chain[step, : step + 1]
            if levels[journey] == count or first_only or together:
                break
        if remove and met and levels[journey] < count:
            levels[journey] = -1
    return levels, reached_at


@njit(cache=True, nogil=True)
def strict(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    serves: Ints,
    steps: Codes,
    count: int,
    within: int,
    apart: bool,
    first_only: bool,
) -> tuple[Codes, Ints]:
    """Nothing between: each step is the very next event of the journey, on the map or not."""
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    for journey in range(rows):
        if not selected[journey]:
            continue
        end = offsets[journey + 1]
        for entry in range(offsets[journey], end):
            level = 0
            while entry + level < end and level < count:
                event = entry + level
                node = table[cells[event]]
                if node == ABSENT or not _serves(serves, steps, node, level):
                    break
                if level and (time[event] - time[entry] > within or (apart and time[event] <= time[event - 1])):
                    break
                level += 1
            if level > levels[journey]:
                levels[journey] = level
                for step in range(level):
                    reached_at[journey, step] = time[entry + step]
            if levels[journey] == count or (first_only and level):
                break
    return levels, reached_at


@njit(cache=True, nogil=True, inline="always")
def _serves(serves: Ints, steps: Codes, node: int, step: int) -> bool:
    found = False
    for index in range(serves[node], serves[node + 1]):
        found |= steps[index] == step
    return found


@njit(cache=True, nogil=True)
def any_order(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    serves: Ints,
    steps: Codes,
    count: int,
    within: int,
    apart: bool,
) -> tuple[Codes, Ints]:
    """Most different steps within one window, in whatever order; an event serves one step.

    The time at index k is when the (k + 1)th different step was done in the best window.
    """
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    done = np.empty(count, dtype=np.bool_)
    when = np.empty(count, dtype=np.int64)
    for journey in range(rows):
        if not selected[journey]:
            continue
        end = offsets[journey + 1]
        for entry in range(offsets[journey], end):
            node = table[cells[entry]]
            if node == ABSENT or serves[node] == serves[node + 1]:
                continue
            if within == NO_LIMIT and levels[journey]:
                break
            done[:] = False
            level = 0
            for event in range(entry, end):
                if time[event] - time[entry] > within or level == count:
                    break
                node = table[cells[event]]
                if node == ABSENT or (apart and level and time[event] <= when[level - 1]):
                    continue
                for index in range(serves[node], serves[node + 1]):
                    if not done[steps[index]]:
                        done[steps[index]] = True
                        when[level] = time[event]
                        level += 1
                        break
            if level > levels[journey]:
                levels[journey] = level
                reached_at[journey, :level] = when[:level]
            if level == count:
                break
    return levels, reached_at
