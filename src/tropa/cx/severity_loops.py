"""Compiled loops that mark journeys with what makes them grave: complaints, silence, payments taken twice, waits."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints
from tropa.engine.sketch import bucket_of

# Events of a journey that are held against the next payment, the newest; repeats of older ones are not looked for.
REMEMBERED = 32
# Words of one complaint may be written down twice: as an event, and as feedback about it.
SAME_COMPLAINT_US = 30 * 60 * 1_000_000
SAME_STORY_US = 24 * 3600 * 1_000_000


@njit(cache=True, nogil=True)
def complaints(
    offsets: Ints, time: Ints, is_complaint: Array, told_journey: Ints, told_time: Ints
) -> tuple[Ints, Ints, Ints]:
    """Complaints of each journey: how many, the last event that is one (ABSENT: none is), time of the last.

    Args:
        is_complaint: by event.
        told_journey, told_time: feedback that is a complaint, by journey and time. It is the story of the event where
            one lies within a day of it; where the journey has no such events, every one half an hour apart counts.
    """
    size = len(offsets) - 1
    count = np.zeros(size, dtype=np.int64)
    last_event = np.full(size, ABSENT, dtype=np.int64)
    last_us = np.full(size, NO_TIME, dtype=np.int64)
    told = 0
    for journey in range(size):
        for event in range(offsets[journey], offsets[journey + 1]):
            if is_complaint[event] and (count[journey] == 0 or time[event] - last_us[journey] > SAME_COMPLAINT_US):
                count[journey] += 1
                last_us[journey] = time[event]
                last_event[journey] = event
        own = count[journey] > 0
        event = offsets[journey]
        before = NO_TIME
        while told < len(told_journey) and told_journey[told] <= journey:
            if told_journey[told] == journey:
                at = told_time[told]
                known = before != NO_TIME and at - before <= SAME_COMPLAINT_US
                if own:
                    # The last complaint by then and the first after it are the only ones that can be near.
                    while event < offsets[journey + 1] and time[event] < at - SAME_STORY_US:
                        event += 1
                    near = event
                    while near < offsets[journey + 1] and time[near] <= at + SAME_STORY_US:
                        if is_complaint[near]:
                            known = True
                            break
                        near += 1
                if not known:
                    count[journey] += 1
                    before = at
                    last_us[journey] = max(last_us[journey], at)
            told += 1
    return count, last_event, last_us


@njit(cache=True, nogil=True)
def unanswered(
    offsets: Ints,
    time: Ints,
    asks: Array,
    answers: Array,
    promised: Ints,
    goal_us: Ints,
    limit_us: int,
    now_us: int,
) -> tuple[Ints, Array]:
    """The last event of each journey at which the customer asked (ABSENT: never), and whether it is still unanswered.

    It is answered by any later event of `answers`, and settled by the goal. Unanswered is told only when the promise
    given with it, or else the limit, is over by now.
    """
    size = len(offsets) - 1
    asked = np.full(size, ABSENT, dtype=np.int64)
    silent = np.zeros(size, dtype=np.bool_)
    for journey in range(size):
        begin, end = offsets[journey], offsets[journey + 1]
        answered = False
        for event in range(end - 1, begin - 1, -1):
            if asks[event]:
                asked[journey] = event
                due = promised[event] if promised[event] != NO_TIME else time[event] + limit_us
                settled = goal_us[journey] != NO_TIME and goal_us[journey] >= time[event]
                silent[journey] = not answered and not settled and not answers[event] and due < now_us
                break
            answered |= answers[event]
    return asked, silent


@njit(cache=True, nogil=True)
def paid_twice(
    offsets: Ints, time: Ints, money: Floats, activity: Codes, failed: Array, within_us: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Of each journey the last payment that repeats an earlier one, and that earlier one; soon, then late.

    A repeat is of the same activity and sum, not failed, not given back afterwards (the same sum, negative); it comes
    soon when within `within_us`. ABSENT: none.
    """
    size = len(offsets) - 1
    soon = np.full(size, ABSENT, dtype=np.int64)
    soon_first = np.full(size, ABSENT, dtype=np.int64)
    late = np.full(size, ABSENT, dtype=np.int64)
    late_first = np.full(size, ABSENT, dtype=np.int64)
    ring = np.empty(REMEMBERED, dtype=np.int64)
    for journey in range(size):
        kept = 0
        for event in range(offsets[journey], offsets[journey + 1]):
            sum_paid = money[event]
            if failed[event] or np.isnan(sum_paid) or sum_paid == 0:
                continue
            if sum_paid < 0:
                if soon[journey] != ABSENT and money[soon[journey]] == -sum_paid:
                    soon[journey] = soon_first[journey] = ABSENT
                if late[journey] != ABSENT and money[late[journey]] == -sum_paid:
                    late[journey] = late_first[journey] = ABSENT
                continue
            for back in range(1, min(kept, REMEMBERED) + 1):
                other = ring[(kept - back) % REMEMBERED]
                if activity[other] == activity[event] and money[other] == sum_paid:
                    if time[event] - time[other] <= within_us:
                        soon[journey], soon_first[journey] = event, other
                    else:
                        late[journey], late_first[journey] = event, other
                    break
            ring[kept % REMEMBERED] = event
            kept += 1
    return soon, soon_first, late, late_first


@njit(cache=True, nogil=True)
def payers(offsets: Ints, money: Floats, activity: Codes, failed: Array, selected: Array, size: int) -> Ints:
    """Journeys with a payment, by activity."""
    counts = np.zeros(size, dtype=np.int64)
    seen_in = np.full(size, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        for event in range(offsets[journey], offsets[journey + 1]):
            if money[event] > 0 and not failed[event] and seen_in[activity[event]] != journey:
                seen_in[activity[event]] = journey
                counts[activity[event]] += 1
    return counts


@njit(cache=True, nogil=True)
def company_waits(
    offsets: Ints, time: Ints, ended: Ints, activity: Codes, by_company: Array, selected: Array, width: int
) -> Ints:
    """Waits for what the company did: cells of histograms by activity, in logarithmic buckets of milliseconds."""
    cells = np.empty(len(time), dtype=np.int64)
    found = 0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        for event in range(offsets[journey] + 1, offsets[journey + 1]):
            if by_company[event]:
                cells[found] = activity[event] * width + bucket_of(_waited(time, ended, event) / 1000.0)
                found += 1
    return cells[:found].copy()


@njit(cache=True, nogil=True)
def worst_waits(
    offsets: Ints, time: Ints, ended: Ints, activity: Codes, by_company: Array, limit_us: Floats
) -> tuple[Ints, Ints, Floats]:
    """Of each journey the event that waited most times the limit of its activity (ABSENT: none), the wait, how many."""
    size = len(offsets) - 1
    worst = np.full(size, ABSENT, dtype=np.int64)
    waited = np.zeros(size, dtype=np.int64)
    times = np.ones(size)
    for journey in range(size):
        for event in range(offsets[journey] + 1, offsets[journey + 1]):
            if not by_company[event]:
                continue
            wait = _waited(time, ended, event)
            if wait > times[journey] * limit_us[activity[event]]:
                times[journey] = wait / limit_us[activity[event]]
                worst[journey] = event
                waited[journey] = wait
    return worst, waited, times


@njit(cache=True, nogil=True, inline="always")
def _waited(time: Ints, ended: Ints, event: int) -> int:
    """From the end of the event before, where it is known and not later, else from its time."""
    begin = int(time[event - 1])
    if ended[event - 1] != NO_TIME and begin < ended[event - 1] <= time[event]:
        begin = int(ended[event - 1])
    return int(time[event]) - begin


@njit(cache=True, nogil=True)
def failed_at_the_end(offsets: Ints, failed: Array, last: int) -> Ints:
    """The last failed event among the last few of each journey; ABSENT where none failed."""
    found = np.full(len(offsets) - 1, ABSENT, dtype=np.int64)
    for journey in range(len(found)):
        for event in range(max(offsets[journey], offsets[journey + 1] - last), offsets[journey + 1]):
            if failed[event]:
                found[journey] = event
    return found
