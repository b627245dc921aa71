"""How a journey stands: it reached the goal, is still under way, or was left.

A journey reached the goal when a goal touchpoint happened within the horizon counted from its first event.
It is still under way when it did not, the horizon has not run out by now (the last event of the whole data; see
`workspace.facts`), and the journey has been idle no longer than 95 % of the gaps that were followed by a further
event. All others were left.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints

LEFT = 0
REACHED = 1
UNDER_WAY = 2


@njit(cache=True, nogil=True)
def outcomes(
    offsets: Ints, time: Ints, nodes: Codes, goal: Array, within_us: int, now_us: int, idle_us: int
) -> tuple[Array, Ints, Codes]:
    """Status, time of the goal and last node on the map of each journey (within_us < 0: no horizon)."""
    count = len(offsets) - 1
    status = np.zeros(count, dtype=np.int8)
    goal_us = np.full(count, NO_TIME, dtype=np.int64)
    last_node = np.full(count, ABSENT, dtype=np.int32)
    for journey in range(count):
        begin, end = offsets[journey], offsets[journey + 1]
        if begin == end:
            continue
        deadline = time[begin] + within_us
        for event in range(begin, end):
            node = nodes[event]
            if node == ABSENT:
                continue
            last_node[journey] = node
            if goal[node] and goal_us[journey] == NO_TIME and (within_us < 0 or time[event] <= deadline):
                goal_us[journey] = time[event]
        if goal_us[journey] != NO_TIME:
            status[journey] = REACHED
        elif (within_us < 0 or now_us < deadline) and now_us - time[end - 1] <= idle_us:
            status[journey] = UNDER_WAY
    return status, goal_us, last_node
