"""Silence: the customer asked or complained and got no answer within the limit."""

from __future__ import annotations

from tropa.cx.obstacles.form import Arrivals, AtLandmarks, Context
from tropa.cx.obstacles.served import by_company, served_next
from tropa.cx.obstacles.steps import Steps
from tropa.cx.obstacles.wait import limits_us
from tropa.cx.view import View


def arrivals(view: View, steps: Steps, context: Context) -> Arrivals:
    """From a call for help to the company's next step. A call that has an end of its own was answered in it."""
    asks = context.survey.contact_activity[steps.activity] & ~steps.company
    step, served = served_next(steps.offsets, steps.time, asks, by_company(steps, context))
    return Arrivals(step, limits_us(context)[steps.node[step]], served)


OBSTACLE = AtLandmarks("silence", arrivals)
