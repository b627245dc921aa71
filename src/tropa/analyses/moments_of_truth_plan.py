"""What `moments_of_truth` looks at in this data: touchpoints, columns of a row, how long a journey is followed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.analyses.moments_of_truth_loops import MET, MOST_STEPS
from tropa.cx.lens import Lens
from tropa.engine.journeys import ABSENT, Codes, Ints

MOST_NODES = 200
"""Touchpoints that are looked at, the first of the map."""
MOST_LEVELS = 12
MOST_COLUMNS = 30
PERIODS = 8
FINAL_KINDS = ("nps", "rating", "csat", "ces")
"""Whose answer, the last of a journey, counts as the recommendation: the first of these that the data has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each column of a row lies; `width` with the outcome. `attributes`: name -> its first column and levels."""

    nodes: int
    within_us: Ints
    before: int
    order: int
    previous: int
    channel: int
    attributes: tuple[tuple[str, int, int], ...]
    period: int
    width: int
    final: str | None
    returns: bool
    step_of: Codes
    """[node, activity] -> step of the touchpoint, ABSENT where it has but one activity, or too many."""
    followed_us: int
    """Journeys begun later than this before the end of the data are not followed long enough to know their end."""


def plan(lens: Lens) -> Plan:
    """The columns for this data."""
    nodes = min(len(lens.nodes), MOST_NODES)
    within = np.full(nodes, -1, dtype=np.int64)
    for node, touchpoint in enumerate(() if lens.map is None else lens.map.touchpoints[:nodes]):
        if touchpoint.expects.within_seconds is not None:
            within[node] = round(touchpoint.expects.within_seconds * 1e6)
    column = MET + 1
    before, column = column, column + 3
    order, column = column, column + 3
    previous, column = column, column + min(len(lens.stages), MOST_LEVELS)
    channel, column = column, column + min(len(lens.dictionaries.get("channel", ())), MOST_LEVELS)
    attributes, first = [], column
    for name in sorted(lens.dictionaries):
        levels = len(lens.dictionaries[name])
        if name.startswith("attribute:") and 2 <= levels <= MOST_LEVELS and column + levels <= first + MOST_COLUMNS:
            attributes.append((name.removeprefix("attribute:"), column, levels))
            column += levels
    period, column = column, column + PERIODS
    kinds = lens.dictionaries.get("kind", ())
    final = next((kind for kind in FINAL_KINDS if kind in kinds), None)
    return Plan(
        nodes,
        within,
        before,
        order,
        previous,
        channel,
        tuple(attributes),
        period,
        column + 1,
        final,
        lens.unit != "customer",
        _steps(lens, nodes),
        _followed_us(lens),
    )


def _steps(lens: Lens, nodes: int) -> Codes:
    activities = len(lens.dictionaries.get("activity", ()))
    step_of = np.full((nodes, activities + 1), ABSENT, dtype=np.int32)
    binding = lens.binding
    if lens.map is None or "activity" not in binding.columns:
        return step_of
    axis = binding.columns.index("activity")
    table = binding.table.reshape([int(classes.max()) + 1 for classes in binding.classes])
    by_class = np.moveaxis(table, axis, 0).reshape(table.shape[axis], -1)
    for node in range(nodes):
        mine = np.flatnonzero((by_class == node).any(axis=1)[binding.classes[axis][:-1]])
        if len(mine) > 1:
            step_of[node, mine[:MOST_STEPS]] = np.arange(min(len(mine), MOST_STEPS))
    return step_of


def _followed_us(lens: Lens) -> int:
    """The horizon, or four of the longest usual pauses where there is none; a quarter of the data at most."""
    facts = lens.facts
    whole = (facts.now_us or 0) - (facts.first_us or 0)
    horizon = 4 * (facts.idle_us or 0) if lens.within_us is None else lens.within_us
    return min(horizon, whole // 4)
