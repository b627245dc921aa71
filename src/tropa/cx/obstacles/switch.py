"""Switch: the customer had to change the channel inside a stage."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps in another channel than the step before them in the same stage. Messages that a system sends (by SMS, by
    mail) do not move the customer; an employee who takes over in another channel does."""
    lens = context.lens
    channel = view.column("channel")[steps.event]
    actors = lens.dictionaries.get("actor", ())
    system = np.array([name == "system" for name in actors] + [False], dtype=bool)
    channel = np.where(system[view.column("actor")[steps.event]], ABSENT, channel).astype(np.int32)
    return Marks(met=_switched(steps.offsets, channel, lens.stage_of[steps.node]))


@njit(cache=True, nogil=True)
def _switched(offsets: Ints, channel: Codes, stage: Codes) -> Array:
    met = np.zeros(len(channel), dtype=np.bool_)
    for journey in range(len(offsets) - 1):
        before = ABSENT
        stage_before = ABSENT
        for step in range(offsets[journey], offsets[journey + 1]):
            if channel[step] == ABSENT:
                continue
            met[step] = before != ABSENT and channel[step] != before and stage[step] == stage_before
            before = channel[step]
            stage_before = stage[step]
    return met


OBSTACLE = AtEvents("switch", marks)
