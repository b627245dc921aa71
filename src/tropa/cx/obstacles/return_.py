"""Return: the journey goes back to an earlier stage."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps that send the journey back, where most that follow them do so (an application returned), and steps that
    are themselves back in an earlier stage, where nothing sent them. Calls for help may come at any stage: they are
    neither, and neither is what follows them."""
    stage = context.lens.stage_of[steps.node]
    stage = np.where(context.survey.contact_activity[steps.activity], ABSENT, stage)
    return Marks(met=_back(steps.offsets, steps.pair, stage, context.survey.sends_back))


@njit(cache=True, nogil=True)
def _back(offsets: Ints, pair: Codes, stage: Codes, sends_back: Array) -> Array:
    met = np.zeros(len(pair), dtype=np.bool_)
    for journey in range(len(offsets) - 1):
        before = ABSENT
        sent = False
        for step in range(offsets[journey], offsets[journey + 1]):
            now = stage[step]
            if now == ABSENT or pair[step] < 0:
                continue
            if sends_back[pair[step]]:
                met[step] = True
                sent = True
            else:
                met[step] = not sent and before != ABSENT and now < before
                sent = False
            before = now
    return met


OBSTACLE = AtEvents("return", marks)
