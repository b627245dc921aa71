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
    """Steps in order with windows of their own and exclusions, best over all entries (or from the first alone).

    A chain that has come to a step is worth keeping unless another one there began as late or later and came there as
    late or later: the more of both windows is left. So the chains at a step stand in a queue, the later begun the
    earlier come; what a window of its own leaves behind goes from the front, and the front began last. One pass, no
    look back. What is banned ends all chains; with `remove` a journey that met it while the window of an entry was open
    gets level -1 unless it made the last step. With `apart`, a chain waits beside its queue until the time goes on.
    """
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    size = _most_steps(offsets, cells, table, selected, serves)
    at = np.empty(size, dtype=np.int64)
    begin = np.empty(size, dtype=np.int64)
    # Of a chain: the one that it goes on from, and its neighbours in the queue.
    links = np.empty((3, size), dtype=np.int64)
    # By step: both ends of its queue, and the chain that waits.
    ends = np.empty((3, count), dtype=np.int64)
    for journey in range(rows):
        if not selected[journey]:
            continue
        used = level = 0
        ends[:] = -1
        waits_at = entered = NO_TIME
        met = False
        for event in range(offsets[journey], offsets[journey + 1]):
            node = table[cells[event]]
            if node == ABSENT:
                continue
            now = time[event]
            if apart and now != waits_at:
                _let_in(ends, links, begin)
                waits_at = now
            if banned[node]:
                met = met or (entered != NO_TIME and now - entered <= within)
                ends[:] = -1
                continue
            for index in range(serves[node + 1] - 1, serves[node] - 1, -1):
                step = steps[index]
                if step == 0:
                    if first_only and entered != NO_TIME:
                        continue
                    entered = begin[used] = now
                    links[0, used] = -1
                else:
                    first = _first(ends, links, at, step - 1, now - windows[step])
                    if first < 0 or now - begin[first] > within:
                        continue
                    begin[used] = begin[first]
                    links[0, used] = first
                at[used] = now
                if step == level:
                    level += 1
                    _follow_back(links, at, used, reached_at[journey, :level])
                if not apart:
                    _queue(ends, links, begin, step, used)
                elif ends[2, step] < 0 or begin[ends[2, step]] < begin[used]:
                    ends[2, step] = used
                used += 1
            if level == count:
                break
        levels[journey] = -1 if remove and met and level < count else level
    return levels, reached_at


@njit(cache=True, nogil=True)
def _most_steps(offsets: Ints, cells: Codes, table: Codes, selected: Array, serves: Ints) -> int:
    """Most steps that the events of one journey could serve."""
    most = 0
    for journey in range(len(offsets) - 1):
        if selected[journey]:
            served = 0
            for event in range(offsets[journey], offsets[journey + 1]):
                node = table[cells[event]]
                if node != ABSENT:
                    served += serves[node + 1] - serves[node]
            most = max(most, served)
    return most


@njit(cache=True, nogil=True)
def _queue(ends: Ints, links: Ints, begin: Ints, step: int, fresh: int) -> None:
    """Put the chain that came last at the back; those that did not begin later go."""
    last = ends[1, step]
    while last >= 0 and begin[last] <= begin[fresh]:
        last = links[1, last]
    links[1, fresh] = last
    links[2, fresh] = -1
    if last >= 0:
        links[2, last] = fresh
    else:
        ends[0, step] = fresh
    ends[1, step] = fresh


@njit(cache=True, nogil=True)
def _let_in(ends: Ints, links: Ints, begin: Ints) -> None:
    """Put the chains that waited for the time to go on into their queues."""
    for step in range(ends.shape[1]):
        if ends[2, step] >= 0:
            _queue(ends, links, begin, step, ends[2, step])
            ends[2, step] = -1


@njit(cache=True, nogil=True)
def _first(ends: Ints, links: Ints, at: Ints, step: int, earliest: int) -> int:
    """The chain at the front, after those that came to this step too early are gone; -1 where none is left."""
    first = ends[0, step]
    while first >= 0 and at[first] < earliest:
        first = links[2, first]
    ends[0, step] = first
    if first < 0:
        ends[1, step] = -1
    else:
        links[1, first] = -1
    return first  # type: ignore[no-any-return]


@njit(cache=True, nogil=True)
def _follow_back(links: Ints, at: Ints, chain: int, times: Ints) -> None:
    """Times of the steps of a chain, the last one first."""
    for step in range(len(times) - 1, -1, -1):
        times[step] = at[chain]
        chain = links[0, chain]


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

    Which event serves which step is a matching; as events come, it is kept the latest possible: a new one is matched,
    or takes the place of the oldest that it can free a step of. What the window leaves behind falls out of it, and the
    rest is still a greatest matching of what is in the window (greedy choice in a transversal matroid: Edmonds and
    Fulkerson, J. Res. NBS 69B, 1965). With `apart`, all events of one time serve one step together.
    The time at index k is when the (k + 1)th different step was done in the best window.
    """
    rows = len(offsets) - 1
    levels = np.zeros(rows, dtype=np.int32)
    reached_at = np.full((rows, count), NO_TIME, dtype=np.int64)
    # By step: when it was done (NO_TIME: not yet), and which steps the event that serves it could serve.
    when = np.empty(count, dtype=np.int64)
    could = np.empty((count, count), dtype=np.bool_)
    fresh = np.empty(count, dtype=np.bool_)
    for journey in range(rows):
        if not selected[journey]:
            continue
        when[:] = NO_TIME
        level = 0
        event = offsets[journey]
        end = offsets[journey + 1]
        while event < end and level < count:
            now = time[event]
            fresh[:] = False
            while True:
                node = table[cells[event]]
                if node != ABSENT:
                    for index in range(serves[node], serves[node + 1]):
                        fresh[steps[index]] = True
                event += 1
                if not apart or event == end or time[event] != now:
                    break
            if not fresh.any():
                continue
            done = 0
            for step in range(count):
                if when[step] != NO_TIME and now - when[step] > within:
                    when[step] = NO_TIME
                done += when[step] != NO_TIME
            done += _match(when, could, fresh, now)
            if done > level:
                level = done
                reached_at[journey, :level] = np.sort(when[when != NO_TIME])
        levels[journey] = level
    return levels, reached_at


@njit(cache=True, nogil=True)
def _match(when: Ints, could: Array, fresh: Array, now: int) -> int:
    """Match one event more, or in place of the oldest; 1 where there is one step more."""
    count = len(when)
    before = np.full(count, -2, dtype=np.int64)
    line = np.empty(count, dtype=np.int64)
    length = 0
    for step in range(count):
        if fresh[step]:
            before[step] = -1
            line[length] = step
            length += 1
    last = -1
    looked = 0
    while looked < length:
        step = line[looked]
        looked += 1
        if last < 0 or when[step] < when[last]:
            last = step
        if when[step] == NO_TIME:
            break
        for other in range(count):
            if could[step, other] and before[other] == -2:
                before[other] = step
                line[length] = other
                length += 1
    gained = when[last] == NO_TIME
    while before[last] >= 0:
        when[last] = when[before[last]]
        could[last] = could[before[last]]
        last = before[last]
    when[last] = now
    could[last] = fresh
    return 1 if gained else 0
