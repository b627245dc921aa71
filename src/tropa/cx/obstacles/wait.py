"""Wait: the company takes longer than it promised, or longer than customers bear."""

from __future__ import annotations

import numpy as np

from tropa.cx.obstacles.form import UNLIMITED, Arrivals, AtLandmarks, Context
from tropa.cx.obstacles.served import by_company, served_elsewhere
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View


def arrivals(view: View, steps: Steps, context: Context) -> Arrivals:
    """From the first step at a touchpoint to the company's first step at another one. Where it is mostly the customer
    who goes on (or nobody says who), it is no wait, however long it takes, unless the map promises a time: then to any
    next step. Calls for help are `silence`."""
    survey = context.survey
    limits = limits_us(context)
    stated = limits != UNLIMITED
    begins = (
        (survey.company_next & survey.has_actors | stated)[steps.node]
        & ~survey.contact_activity[steps.activity]
        & (~survey.support | stated)[steps.node]
    )
    # What failed is still with the customer.
    begins &= ~steps.failed
    company = by_company(steps, context)
    anybody = ~survey.contact_activity[steps.activity] & (~survey.support | stated)[steps.node]
    step, served = served_elsewhere(
        steps.offsets, steps.node, steps.time, begins, company, anybody, survey.company_next
    )
    return Arrivals(step, limits[steps.node[step]], served)


def limits_us(context: Context) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """What the map promises at each touchpoint, in microseconds."""
    limits = np.full(len(context.lens.nodes), UNLIMITED, dtype=np.int64)
    if context.lens.map is not None:
        for node, touchpoint in enumerate(context.lens.map.touchpoints):
            if touchpoint.expects.within_seconds is not None:
                limits[node] = round(touchpoint.expects.within_seconds * 1e6)
    return limits


OBSTACLE = AtLandmarks("wait", arrivals)
