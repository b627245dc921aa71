"""Switch: the customer had to change the channel inside a stage."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints

ONE_WAY = frozenset(
    ["sms", "email", "e-mail", "mail", "letter", "post", "push", "notification", "почта", "письмо", "смс", "пуш"]
)
"""Channels of messages: being told something there moves nobody."""


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps in another channel than the step before them in the same stage, be it the customer's or an employee's who
    takes over there. Messages and machines move nobody; calls for help are `contact`, what failed there is
    `failure`."""
    lens, survey = context.lens, context.survey
    one_way = lens.flags("channel", lambda name: name.lower() in ONE_WAY)
    system = lens.flags("actor", lambda name: name == "system")
    channel = view.column("channel")[steps.event]
    still = one_way[channel] | system[view.column("actor")[steps.event]] | survey.support[steps.node]
    still |= survey.contact_activity[steps.activity]
    channel = np.where(still, ABSENT, channel).astype(np.int32)
    return Marks(met=_switched(steps.offsets, channel, lens.stage_of[steps.node]) & ~steps.failed)


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


OBSTACLE = AtEvents("switch", marks, by_customer=True, rides=True)
