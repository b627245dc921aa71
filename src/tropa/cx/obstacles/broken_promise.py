"""Broken promise: a time was told to the customer and not kept."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import Arrivals, AtLandmarks, Context
from tropa.cx.obstacles.served import by_company
from tropa.cx.obstacles.steps import Steps
from tropa.cx.times import DAY_US, local_us
from tropa.cx.view import View
from tropa.engine.journeys import NO_TIME, Array, Codes, Ints


def arrivals(view: View, steps: Steps, context: Context) -> Arrivals:
    """From the step that first tells a time to the end of that step, where it has one, else to the company's next step
    at another touchpoint; promises of an answer are `silence`. A step that only repeats the promise ends nothing unless
    it reaches the goal: in a wide table every milestone repeats the promise of the whole order."""
    promised = view.times("promised_at")[steps.event]
    asks = context.survey.contact_activity[steps.activity] | context.survey.support[steps.node]
    promised = np.where(asks, NO_TIME, promised)
    if not (promised != NO_TIME).any():
        nothing = np.empty(0, dtype=np.int64)
        return Arrivals(nothing, nothing, nothing)
    ended = view.times("ended_at")[steps.event]
    goal = context.lens.goal[steps.node]
    # Days tell no order within them; finer times do.
    by_day = local_us(steps.time, context.lens.facts.zone) % DAY_US == 0
    step, served = _kept(
        steps.offsets, steps.node, steps.time, by_day, promised, ended, by_company(steps, context), goal
    )
    return Arrivals(step, promised[step] - steps.time[step], served)


@njit(cache=True, nogil=True)
def _kept(
    offsets: Ints, node: Codes, time: Ints, by_day: Array, promised: Ints, ended: Ints, serves: Array, goal: Array
) -> tuple[Ints, Ints]:
    steps = np.empty(int((promised != NO_TIME).sum()), dtype=np.int64)
    served = np.empty(len(steps), dtype=np.int64)
    count = 0
    for journey in range(len(offsets) - 1):
        told = NO_TIME
        for step in range(offsets[journey], offsets[journey + 1]):
            due = promised[step]
            if due in (NO_TIME, told) or due <= time[step] or goal[step]:
                continue
            told = due
            steps[count] = step
            served[count] = ended[step]
            if ended[step] == NO_TIME:
                for later in range(step + 1, offsets[journey + 1]):
                    repeated = promised[later] == due
                    # What happened in the very moment of the promise cannot be what was promised.
                    is_later = time[later] > time[step] or by_day[step]
                    next_one = serves[later] and node[later] != node[step] and is_later
                    if goal[later] or (next_one and not repeated):
                        served[count] = time[later]
                        break
            count += 1
    return steps[:count], served[:count]


OBSTACLE = AtLandmarks("broken_promise", arrivals)
