"""Return: the journey goes back to an earlier stage."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps that send the journey back, where most that follow them do so (an application returned), and steps that
    are themselves back in an earlier stage, where nothing sent them. Help is asked for and given at any stage: that is
    neither, and neither is what follows it."""
    survey = context.survey
    help_ = survey.contact_activity[steps.activity] | survey.support[steps.node]
    stage = np.where(help_, ABSENT, context.lens.stage_of[steps.node])
    return Marks(met=_back(steps.offsets, steps.pair, steps.time, stage, context.survey.sends_back))


@njit(cache=True, nogil=True)
def _back(offsets: Ints, pair: Codes, time: Ints, stage: Codes, sends_back: Array) -> Array:
    met = np.zeros(len(pair), dtype=np.bool_)
    for journey in range(len(offsets) - 1):
        before, since = ABSENT, NO_TIME
        sent = False
        for step in range(offsets[journey], offsets[journey + 1]):
            now = stage[step]
            if now == ABSENT or pair[step] < 0:
                continue
            if sends_back[pair[step]]:
                met[step] = True
                sent = True
            else:
                # Of two steps in one moment nobody knows which came first.
                met[step] = not sent and before != ABSENT and now < before and time[step] > since
                sent = False
            before, since = now, time[step]
    return met


OBSTACLE = AtEvents("return", marks)
