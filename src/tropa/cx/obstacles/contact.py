"""Contact: the customer had to ask for help in the middle of the journey."""

from __future__ import annotations

from tropa.cx.obstacles.form import AtEvents, Context, Marks
from tropa.cx.obstacles.steps import Steps
from tropa.cx.view import View


def marks(view: View, steps: Steps, context: Context) -> Marks:
    """Calls for help by the customer (see `survey`)."""
    return Marks(met=context.survey.contact_activity[steps.activity] & ~steps.company)


OBSTACLE = AtEvents("contact", marks, by_customer=True)
