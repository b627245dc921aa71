"""Silence: the customer asked or complained and got no answer within the limit."""

from __future__ import annotations

import numpy as np

from tropa.cx.obstacles.form import Arrivals, AtLandmarks, Context
from tropa.cx.obstacles.served import by_company, served_next
from tropa.cx.obstacles.steps import Steps
from tropa.cx.obstacles.wait import limits_us
from tropa.cx.view import View
from tropa.engine.journeys import NO_TIME


def arrivals(view: View, steps: Steps, context: Context) -> Arrivals:
    """From a call for help to the company's answer: its next step at the same touchpoint where such answers are seen at
    all, else its next step anywhere. A talk that has an end of its own was answered in it, and so was one by
    telephone where no answers are seen.
    The limit is what was promised then, else what the map promises."""
    lens, survey = context.lens, context.survey
    spoken = lens.flags("channel", lambda name: name.lower() in SPOKEN)
    asks = survey.contact_activity[steps.activity] & ~steps.company
    answers = np.zeros(len(lens.nodes), dtype=bool)
    answers[survey.node[survey.company > 0]] = True
    here = answers & survey.support
    asks &= view.times("ended_at")[steps.event] == NO_TIME
    asks &= here[steps.node] | ~spoken[view.column("channel")[steps.event]]
    step, served = served_next(steps.offsets, steps.time, steps.node, asks, by_company(steps, context), here)
    promised = view.times("promised_at")[steps.event[step]]
    limit = np.where(promised != NO_TIME, promised - steps.time[step], limits_us(context)[steps.node[step]])
    return Arrivals(step, limit, served)


SPOKEN = frozenset(["call", "calls", "phone", "telephone", "звонок", "телефон"])

OBSTACLE = AtLandmarks("silence", arrivals)
