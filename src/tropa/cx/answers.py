"""Which touchpoint an answer is about, by the activity that it names.

Feedback has an activity and maybe a channel, and nothing else of an event. So a rule is asked of an answer by those
two alone: a column that feedback does not have (actor, status, any attribute) is a wild card, and so is the channel of
an answer that tells none. Where several touchpoints are left, the first in the order of the map gets the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tropa.cx.lens import Binding, Lens, bind
from tropa.cx.map import Touchpoint
from tropa.engine.journeys import ABSENT, Codes

Dictionaries = Mapping[str, Sequence[str]]

COMPILED = "_answer_bindings"


def named_nodes(lens: Lens, activity: Codes, channel: Codes) -> Codes:
    """Node that the activity of each answer names; ABSENT where it names no activity, or one that is not on the map."""
    if lens.map is None:
        return activity
    told = {"activity": activity, "channel": channel}
    # Compiled once a lens: every partition asks.
    compiled: tuple[Binding, Binding] | None = lens.__dict__.get(COMPILED)
    if compiled is None:
        touchpoints, known = lens.map.touchpoints, lens.dictionaries
        compiled = _rules(touchpoints, known, ("activity",)), _rules(touchpoints, known, ("activity", "channel"))
        lens.__dict__[COMPILED] = compiled
    by_activity, by_both = (
        binding.table[binding.cells([told[column] for column in binding.columns])] for binding in compiled
    )
    nodes = np.where(channel == ABSENT, by_activity, by_both)
    return np.where(activity == ABSENT, np.int32(ABSENT), nodes).astype(np.int32)


def _rules(touchpoints: Sequence[Touchpoint], dictionaries: Dictionaries, told: Sequence[str]) -> Binding:
    """The rules cut down to the columns that are told; a rule with none of them binds nothing."""
    rules = [
        replace(touchpoint, when={column: values for column, values in touchpoint.when.items() if column in told})
        for touchpoint in touchpoints
    ]
    return bind(rules, dictionaries)[0]
