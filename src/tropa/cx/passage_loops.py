"""The loops of `cx.passage`: visits, stages and promises, each one pass over the events.

Times are emitted as cells of histograms (`engine.cells`); `first_group` and the like say where each has its groups. A
check has three groups: in time, late, still waiting past the promise.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.outcome import LEFT, REACHED
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints
from tropa.engine.sketch import BUCKETS, bucket_of

# Columns of the counts by touchpoint.
JOURNEYS, VISITS, AGAIN, DROP_OFF, ON_WAY, FAILED, COLUMNS = range(7)
# Columns of the counts by stage.
ENTERED, PASSED, STAGE_DROP_OFF, STAGE_ON_WAY, STAGE_COLUMNS = range(5)
# How a check comes out.
EARLY, LATE, WAITING, CHECK_GROUPS = range(4)


@njit(cache=True, nogil=True)
def _arrive(journey: int, node: int, seen: Ints, visit: Ints, counts: Ints) -> None:
    """Count a visit: the first of a journey makes it one of the touchpoint's journeys, the second one that came again.

    `visit` counts the visits of the journey that `seen` names.
    """
    if seen[node] != journey:
        seen[node] = journey
        visit[node] = 0
    visit[node] += 1
    counts[node, JOURNEYS] += visit[node] == 1
    counts[node, AGAIN] += visit[node] == 2
    counts[node, VISITS] += 1


@njit(cache=True, nogil=True)
def follow_visits(
    offsets: Ints,
    time: Ints,
    nodes: Codes,
    selected: Array,
    status: Array,
    goal: Array,
    failed: Array,
    within_us: Ints,
    within_group: Ints,
    now_us: int,
) -> tuple[Ints, Ints]:
    """Counts by touchpoint; times to the next one, and how they stand to the promise of the map.

    The group of a time is its touchpoint. `within_group` is the first of the groups of the check, -1 where the
    map promises nothing.
    """
    size = len(goal)
    counts = np.zeros((size, COLUMNS), dtype=np.int64)
    # A visit emits one time, and one check of the promise.
    cells = np.empty(2 * len(time), dtype=np.int64)
    filled = 0
    seen = np.full(size, -1, dtype=np.int64)
    visit = np.zeros(size, dtype=np.int64)
    failed_seen = np.full(size, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        current = ABSENT
        begun = 0
        for event in range(offsets[journey], offsets[journey + 1]):
            node = nodes[event]
            if node == ABSENT:
                continue
            if node != current:
                elapsed = time[event] - begun
                if current != ABSENT:
                    cells[filled] = current * BUCKETS + bucket_of(elapsed / 1000.0)
                    filled += 1
                    if visit[current] == 1 and within_group[current] >= 0:
                        cells[filled] = _check_cell(within_group[current], elapsed - within_us[current], False)
                        filled += 1
                _arrive(journey, node, seen, visit, counts)
                current = node
                begun = time[event]
            if failed[event] and failed_seen[node] != journey:
                failed_seen[node] = journey
                counts[node, FAILED] += 1
        if current == ABSENT or status[journey] == REACHED:
            continue
        overrun = now_us - begun - within_us[current]
        if visit[current] == 1 and within_group[current] >= 0 and overrun > 0:
            cells[filled] = _check_cell(within_group[current], overrun, True)
            filled += 1
        if not goal[current]:
            counts[current, DROP_OFF if status[journey] == LEFT else ON_WAY] += 1
    return counts, cells[:filled]


@njit(cache=True, nogil=True)
def follow_stages(
    offsets: Ints,
    time: Ints,
    nodes: Codes,
    selected: Array,
    status: Array,
    goal: Array,
    stage_of: Codes,
    stages: int,
    first_group: int,
) -> tuple[Ints, Ints]:
    """Counts by stage; times from entering one to the first event of a later stage, or to the goal."""
    counts = np.zeros((stages, STAGE_COLUMNS), dtype=np.int64)
    cells = np.empty(len(time), dtype=np.int64)
    filled = 0
    seen = np.full(stages, -1, dtype=np.int64)
    entered = np.zeros(stages, dtype=np.int64)
    inside = np.zeros(stages + 1, dtype=np.bool_)
    # Ends every search for the next stage that is not passed yet.
    inside[stages] = True
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        reached = status[journey] == REACHED
        current = ABSENT
        last = ABSENT
        first_inside = stages
        inside[:stages] = False
        for event in range(offsets[journey], offsets[journey + 1]):
            node = nodes[event]
            if node == ABSENT:
                continue
            last = node
            stage = stage_of[node]
            if stage == current and not goal[node]:
                continue
            current = stage
            now = time[event]
            if seen[stage] != journey:
                seen[stage] = journey
                counts[stage, ENTERED] += 1
                entered[stage] = now
                inside[stage] = True
                first_inside = min(first_inside, stage)
            # The goal passes every stage entered so far; any other touchpoint, the stages before its own.
            while first_inside < (stages if goal[node] and reached else stage):
                inside[first_inside] = False
                counts[first_inside, PASSED] += 1
                elapsed = (now - entered[first_inside]) / 1000.0
                cells[filled] = (first_group + first_inside) * BUCKETS + bucket_of(elapsed)
                filled += 1
                while not inside[first_inside]:
                    first_inside += 1
        if last != ABSENT and not reached and not goal[last]:
            counts[current, STAGE_DROP_OFF if status[journey] == LEFT else STAGE_ON_WAY] += 1
    return counts, cells[:filled]


@njit(cache=True, nogil=True)
def follow_promises(
    offsets: Ints,
    time: Ints,
    nodes: Codes,
    selected: Array,
    status: Array,
    goal: Array,
    has_goal: bool,
    promised: Ints,
    ended: Ints,
    now_us: int,
) -> Ints:
    """How touchpoints stand to the promises that the data tells."""
    size = len(goal)
    cells = np.empty(len(time), dtype=np.int64)
    filled = 0
    seen = np.full(size, -1, dtype=np.int64)
    pending = np.zeros(size, dtype=np.int64)
    deadline = np.zeros(size, dtype=np.int64)
    repeats = np.zeros(size, dtype=np.bool_)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        waiting = 0
        told = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            node = nodes[event]
            if node == ABSENT:
                continue
            promise = promised[event]
            left = 0
            for index in range(waiting):
                maker, due = pending[index], deadline[index]
                if maker != node and (goal[node] or not has_goal or promise != due):
                    cells[filled] = _check_cell(maker * CHECK_GROUPS, time[event] - due, False)
                    filled += 1
                else:
                    pending[left], deadline[left], repeats[left] = maker, due, repeats[index]
                    left += 1
            waiting = left
            if promise == NO_TIME:
                continue
            again = promise == told
            told = promise
            if seen[node] == journey:
                continue
            seen[node] = journey
            if ended[event] != NO_TIME or goal[node]:
                done = ended[event] if ended[event] != NO_TIME else time[event]
                cells[filled] = _check_cell(node * CHECK_GROUPS, done - promise, False)
                filled += 1
            else:
                pending[waiting], deadline[waiting], repeats[waiting] = node, promise, again
                waiting += 1
        over = not has_goal or status[journey] == REACHED
        for index in range(waiting):
            # What only repeats the promise of the whole, with nothing to come after it, says nothing of it.
            if now_us > deadline[index] and not (over and repeats[index]):
                cells[filled] = _check_cell(pending[index] * CHECK_GROUPS, now_us - deadline[index], True)
                filled += 1
    return cells[:filled]


@njit(cache=True, nogil=True, inline="always")
def _check_cell(first_group: int, overrun_us: int, waits: bool) -> int:
    """A promise is kept up to the very microsecond; how far off it was is counted in buckets."""
    outcome = WAITING if waits else (LATE if overrun_us > 0 else EARLY)
    return (first_group + outcome) * BUCKETS + bucket_of(abs(overrun_us) / 1000.0)
