"""Repeat: the same thing had to be done again before the journey went on."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import Array, Codes, Ints


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps with the same activity as an earlier one at the same touchpoint, in the same pass of the
    stage. Failed attempts are no first time: what follows them is the failure's doing. Calls for help are `contact`.

    Compared from the earlier time on: what leads to doing it again (a new ticket) is a part of it, and whoever comes
    that way to do something else has gone on already.
    """
    done = ~steps.failed & ~context.survey.contact_activity[steps.activity]
    stage = context.lens.stage_of[steps.node]
    met, origin = _again(steps.offsets, steps.pair, stage, done, context.survey.size)
    return Marks(met=met, origin=origin)


@njit(cache=True, nogil=True)
def _again(offsets: Ints, pair: Codes, stage: Codes, done: Array, size: int) -> tuple[Array, Ints]:
    met = np.zeros(len(pair), dtype=np.bool_)
    origin = np.full(len(pair), -1, dtype=np.int64)
    latest = np.full(size, -1, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    passed = np.int64(0)
    for journey in range(len(offsets) - 1):
        passed += 1
        for step in range(offsets[journey], offsets[journey + 1]):
            if step > offsets[journey] and stage[step] != stage[step - 1]:
                passed += 1
            which = pair[step]
            if which < 0 or not done[step]:
                continue
            met[step] = seen[which] == passed
            origin[step] = latest[which]
            seen[which], latest[which] = passed, step
    return met, origin


OBSTACLE = AtEvents("repeat", marks, threshold=2.0, by_customer=True)
