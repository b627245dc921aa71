"""Failure: what the customer (or the company) tried did not work."""

from __future__ import annotations

import numpy as np

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps that failed (see `steps`). Where the same activity also succeeds, each is an attempt: failed ones are
    compared with those that succeeded."""
    survey = context.survey
    return Marks(met=steps.failed, attempt=survey.attempts[steps.pair])


def first_traces(view: View, steps: Steps, context: Context) -> Marks:
    """Failures that begin a visit, to be compared with all who stood where the failed had stood before. Where the same
    activity also succeeds, attempts are compared and this is not needed."""
    survey = context.survey
    begins = np.ones(len(steps), dtype=bool)
    begins[1:] = (steps.node[1:] != steps.node[:-1]) | (steps.journey[1:] != steps.journey[:-1])
    return Marks(met=steps.failed & begins & ~survey.attempts[steps.pair])


OBSTACLE = AtEvents("failure", marks)
