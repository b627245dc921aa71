"""Which touchpoint an answer is about, by the activity that it names.

Feedback has an activity and maybe a channel, and nothing else of an event. So a rule is asked of an answer by those
two alone: a column that feedback does not have (actor, status, any attribute) is a wild card, and so is the channel of
an answer that tells none. Where several touchpoints are left, the first in the order of the map gets the answer.
"""

from __future__ import annotations

import numpy as np

from tropa.cx.lens import Lens
from tropa.engine.journeys import ABSENT, Codes


def named_nodes(lens: Lens, activity: Codes, channel: Codes) -> Codes:
    """Node that the activity of each answer names; ABSENT where it names no activity, or one that is not on the map."""
    if lens.map is None:
        return activity
    told = {"activity": activity, "channel": channel}
    by_activity, by_both = (
        binding.table[binding.cells([told[column] for column in binding.columns])] for binding in lens.answer_bindings
    )
    nodes = np.where(channel == ABSENT, by_activity, by_both)
    return np.where(activity == ABSENT, np.int32(ABSENT), nodes).astype(np.int32)
