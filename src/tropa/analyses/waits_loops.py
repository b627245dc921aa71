"""Loops of `waits`: times between steps, inside them, and from hand to hand.

Those that write `keys` and `seconds` (see engine/spans.py) are given room for two entries an event, and return how
many they wrote: one pair of arrays serves them all, for fresh memory costs more than the loops.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.processes import COMPLETE, SCHEDULE, START
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints
from tropa.engine.sketch import BUCKETS, bucket_of

NOTHING = 0
CLOSES = 1
BEGINS = 2
UNSPLIT = 3
"""Roles of an event: none; ends work begun before; begins work; tells one time for waiting and work together."""

SERVICE = 0
WAITING = 1
UNSPLIT_WAITING = 2
QUEUE = 3
WHATS = 4
"""What a time is: work; waiting before it; waiting and work in one; the part of waiting since being scheduled."""

ENDS = 3
"""Beside the targets, three ways to stand still: the outcomes LEFT, REACHED and UNDER_WAY."""


@njit(cache=True, nogil=True)
def between(
    keys: Ints,
    seconds: Floats,
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    status: Array,
    now_us: int,
    size: int,
) -> int:
    """Write key and seconds of each step from a node: to the next node, or standing still until the data ends.

    The key is (source * (size + ENDS) + target) * BUCKETS + bucket; target size + outcome stands for standing still.
    """
    width = size + ENDS
    filled = 0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        source = ABSENT
        before = 0
        for event in range(offsets[journey], offsets[journey + 1]):
            target = table[cells[event]]
            if target == ABSENT:
                continue
            if source != ABSENT:
                gap = time[event] - before
                keys[filled] = (source * width + target) * BUCKETS + bucket_of(gap * 1e-3)
                seconds[filled] = gap * 1e-6
                filled += 1
            source = target
            before = time[event]
        if source != ABSENT:
            gap = max(now_us - before, 0)
            keys[filled] = (source * width + size + status[journey]) * BUCKETS + bucket_of(gap * 1e-3)
            seconds[filled] = gap * 1e-6
            filled += 1
    return filled


@njit(cache=True, nogil=True)
def rows_as_work(
    offsets: Ints, time: Ints, ended: Ints, activity: Codes, phase: Array, who: Codes, selected: Array, activities: int
) -> tuple[Array, Ints, Ints, Ints, Codes, int]:
    """What each event is as a piece of work.

    Args:
        ended: end of each event, NO_TIME where it has none.
        phase: SCHEDULE, START, COMPLETE, or 0 for an event that is whole in itself.

    Returns:
        role (NOTHING, CLOSES, BEGINS, UNSPLIT), until when it lasts, microseconds of work and of queue (NO_TIME: not
        known), its performer, and how many events end before they begin (their end is not used).
    """
    role = np.zeros(len(time), dtype=np.int8)
    done = time.copy()
    work = np.full(len(time), NO_TIME, dtype=np.int64)
    queue = np.full(len(time), NO_TIME, dtype=np.int64)
    person = who.copy()
    scheduled_in = np.full(activities, -1, dtype=np.int64)
    scheduled_at = np.empty(activities, dtype=np.int64)
    opened_in = np.full(activities, -1, dtype=np.int64)
    opened_by = np.empty(activities, dtype=np.int64)
    backwards = 0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        begin = offsets[journey]
        for event in range(begin, offsets[journey + 1]):
            task = activity[event]
            phased = phase[event] if task != ABSENT else 0
            if phased == SCHEDULE:
                scheduled_in[task] = journey
                scheduled_at[task] = time[event]
            elif phased == START:
                role[event] = BEGINS
                opened_in[task] = journey
                opened_by[task] = event
                if scheduled_in[task] == journey:
                    scheduled_in[task] = -1
                    queue[event] = time[event] - scheduled_at[task]
            elif phased == COMPLETE and opened_in[task] == journey:
                role[event] = CLOSES
                opened_in[task] = -1
                work[event] = time[event] - time[opened_by[task]]
                if person[event] == ABSENT:
                    person[event] = who[opened_by[task]]
            elif ended[event] != NO_TIME and ended[event] >= time[event]:
                role[event] = BEGINS
                done[event] = ended[event]
                work[event] = ended[event] - time[event]
            else:
                role[event] = UNSPLIT
                backwards += ended[event] != NO_TIME
    return role, done, work, queue, person, backwards


@njit(cache=True, nogil=True)
def waiting_before(offsets: Ints, time: Ints, role: Array, done: Ints) -> tuple[Ints, float]:
    """Microseconds from the latest end so far to each beginning (NO_TIME: none before); seconds of all journeys."""
    waiting = np.full(len(time), NO_TIME, dtype=np.int64)
    total = 0.0
    for journey in range(len(offsets) - 1):
        free_at = NO_TIME
        first = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            if role[event] == NOTHING:
                continue
            if free_at == NO_TIME:
                first = time[event]
            elif role[event] != CLOSES:
                waiting[event] = max(time[event] - free_at, 0)
            free_at = max(free_at, done[event])
        if free_at != NO_TIME:
            total += (free_at - first) * 1e-6
    return waiting, total


@njit(cache=True, nogil=True)
def buckets_of(spans: Ints) -> Array:
    """Bucket of each span of microseconds; it is needed more than once, and a logarithm is the dearest thing here."""
    told = np.zeros(len(spans), dtype=np.int16)
    for event in range(len(spans)):
        if spans[event] != NO_TIME:
            told[event] = bucket_of(spans[event] * 1e-3)
    return told


@njit(cache=True, nogil=True)
def by_group(
    keys: Ints,
    seconds: Floats,
    cells: Codes,
    table: Codes,
    role: Array,
    work: Ints,
    work_bucket: Array,
    waiting: Ints,
    waiting_bucket: Array,
    queue: Ints,
) -> int:
    """Write key ((group * WHATS + what) * BUCKETS + bucket) and seconds of each time known; group = table[cells]."""
    filled = 0
    for event in range(len(cells)):
        group = table[cells[event]]
        if group == ABSENT or role[event] == NOTHING:
            continue
        if work[event] != NO_TIME:
            keys[filled] = (group * WHATS + SERVICE) * BUCKETS + work_bucket[event]
            seconds[filled] = work[event] * 1e-6
            filled += 1
        if queue[event] != NO_TIME:
            keys[filled] = (group * WHATS + QUEUE) * BUCKETS + bucket_of(queue[event] * 1e-3)
            seconds[filled] = queue[event] * 1e-6
            filled += 1
        if waiting[event] != NO_TIME:
            what = UNSPLIT_WAITING if role[event] == UNSPLIT else WAITING
            keys[filled] = (group * WHATS + what) * BUCKETS + waiting_bucket[event]
            seconds[filled] = waiting[event] * 1e-6
            filled += 1
    return filled


@njit(cache=True, nogil=True)
def from_hand_to_hand(
    keys: Ints,
    seconds: Floats,
    journeys: Ints,
    offsets: Ints,
    time: Ints,
    role: Array,
    done: Ints,
    person: Codes,
    people: int,
) -> int:
    """Write, of neighbours with a performer: (from * people + to) * BUCKETS + bucket, seconds between, journey."""
    filled = 0
    for journey in range(len(offsets) - 1):
        hand = ABSENT
        free_at = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            if role[event] == NOTHING or person[event] == ABSENT:
                continue
            if hand != ABSENT and role[event] != CLOSES:
                gap = max(time[event] - free_at, 0)
                keys[filled] = (hand * people + person[event]) * BUCKETS + bucket_of(gap * 1e-3)
                journeys[filled] = journey
                seconds[filled] = gap * 1e-6
                filled += 1
            free_at = max(free_at, done[event]) if hand == person[event] else done[event]
            hand = person[event]
    return filled


@njit(cache=True, nogil=True)
def distinct_journeys(pairs: Ints, journeys: Ints, size: int) -> Ints:
    """How many journeys each pair occurs in; entries of one journey stand together."""
    told = np.zeros(size, dtype=np.int64)
    seen_in = np.full(size, -1, dtype=np.int64)
    for entry in range(len(pairs)):
        pair = pairs[entry]
        if seen_in[pair] != journeys[entry]:
            seen_in[pair] = journeys[entry]
            told[pair] += 1
    return told
