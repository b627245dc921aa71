"""Who waits for whom: where a wait for the company begins and what ends it."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import Context
from tropa.cx.obstacles.steps import Steps
from tropa.engine.journeys import NO_TIME, Array, Codes, Ints


def by_company(steps: Steps, context: Context) -> Array:
    """Steps that can end a wait for the company: an employee or a system acts. Where the data tells no actors, any
    step but a call for help."""
    if context.survey.has_actors:
        return steps.company
    return ~context.survey.contact_activity[steps.activity]


@njit(cache=True, nogil=True)
def served_elsewhere(
    offsets: Ints, node: Codes, time: Ints, begins: Array, company: Array, anybody: Array, company_next: Array
) -> tuple[Ints, Ints]:
    """First wait of each journey at each of its touchpoints: the step where it begins and the time of the first step
    at another touchpoint that ends it (NO_TIME: none): one of the `company` where it is its turn, else of `anybody`."""
    steps = np.empty(len(node), dtype=np.int64)
    served = np.empty(len(node), dtype=np.int64)
    count = 0
    for journey in range(len(offsets) - 1):
        for step in range(offsets[journey], offsets[journey + 1]):
            if not begins[step]:
                continue
            first = True
            for earlier in range(offsets[journey], step):
                if begins[earlier] and node[earlier] == node[step]:
                    first = False
                    break
            if not first:
                continue
            steps[count] = step
            served[count] = NO_TIME
            for later in range(step + 1, offsets[journey + 1]):
                ends = company[later] if company_next[node[step]] else anybody[later]
                if ends and node[later] != node[step]:
                    served[count] = time[later]
                    break
            count += 1
    return steps[:count], served[:count]


@njit(cache=True, nogil=True)
def served_next(offsets: Ints, time: Ints, node: Codes, begins: Array, serves: Array, here: Array) -> tuple[Ints, Ints]:
    """As `served_elsewhere`, for every wait that begins, ended by the next step that serves, wherever it is; for nodes
    in `here` only by one at the same node."""
    steps = np.flatnonzero(begins)
    served = np.empty(len(steps), dtype=np.int64)
    count = len(steps)
    at_node = np.full(len(here), NO_TIME, dtype=np.int64)
    for journey in range(len(offsets) - 2, -1, -1):
        # From the end: the next step that serves, anywhere and at each node.
        anywhere = NO_TIME
        for step in range(offsets[journey + 1] - 1, offsets[journey] - 1, -1):
            if begins[step]:
                count -= 1
                served[count] = at_node[node[step]] if here[node[step]] else anywhere
            if serves[step]:
                anywhere = time[step]
                at_node[node[step]] = time[step]
        for step in range(offsets[journey], offsets[journey + 1]):
            at_node[node[step]] = NO_TIME
    return steps, served
