"""Failure: what the customer (or the company) tried did not work."""

from __future__ import annotations

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Steps with status `failed`. Where the same activity also succeeds, each is an attempt: failed ones are compared
    with those that succeeded."""
    survey = context.survey
    mixed = (survey.failed > 0) & (survey.failed < survey.events)
    return Marks(met=steps.failed, attempt=mixed[steps.pair])


OBSTACLE = AtEvents("failure", marks)
