"""Handover: the journey is passed on to another department."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps, not failed ones, of a department other than the one before. Whoever answers a call for help takes nothing
    over."""
    passed = steps.company & ~context.survey.support[steps.node]
    performer = np.where(passed, steps.performer, ABSENT).astype(np.int32)
    return Marks(met=_passed(steps.offsets, performer) & ~steps.failed)


@njit(cache=True, nogil=True)
def _passed(offsets: Ints, performer: Codes) -> Array:
    met = np.zeros(len(performer), dtype=np.bool_)
    for journey in range(len(offsets) - 1):
        before = ABSENT
        for step in range(offsets[journey], offsets[journey + 1]):
            if performer[step] == ABSENT:
                continue
            met[step] = before != ABSENT and performer[step] != before
            before = performer[step]
    return met


OBSTACLE = AtEvents("handover", marks, rides=True)
