"""Rules that bind one event to two touchpoints, as far as the map alone decides it.

What only the data decides (an expression against another, a channel against an activity) is found when the map is
laid over the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from tropa.cx.expressions import matching
from tropa.cx.map import Touchpoint, expression_of
from tropa.cx.yaml_tree import At, shorten
from tropa.engine.journeys import Array


def refuse_overlaps(placed: Sequence[tuple[Touchpoint, At]]) -> None:
    """Refuse two touchpoints that bind the same activity with nothing to tell them apart.

    Raises:
        TropaError: names both touchpoints, the value and the mend.
    """
    by_activity: dict[str, list[int]] = defaultdict(list)
    expressions: list[int] = []
    for place, (touchpoint, _) in enumerate(placed):
        for value in touchpoint.when.get("activity", ()):
            if expression_of(value) is None:
                by_activity[value].append(place)
            elif place not in expressions[-1:]:
                expressions.append(place)
    activities = list(by_activity)
    accepted = {place: _accepts(placed[place][0].when["activity"], activities) for place in expressions}
    for number, (activity, owners) in enumerate(by_activity.items()):
        rivals = owners + [place for place in expressions if accepted[place][number]]
        for later, second in enumerate(rivals):
            for first in rivals[:later]:
                if first != second:
                    _refuse_pair(placed, min(first, second), max(first, second), activity)


def _refuse_pair(placed: Sequence[tuple[Touchpoint, At]], first: int, second: int, activity: str) -> None:
    (one, one_at), (other, other_at) = placed[first], placed[second]
    shared = {"activity": activity}
    for column in one.when.keys() & other.when.keys() - {"activity"}:
        common = _common(one.when[column], other.when[column])
        if common is None:
            return
        shared[column] = common
    values = ", ".join(f"{column} {shorten(value)!r}" for column, value in shared.items())
    raise other_at.refuse(
        f"touchpoints {shorten(one.name)!r} ({one_at.place}) and {shorten(other.name)!r} both bind {values}.",
        "An event belongs to one touchpoint: remove the value from one of them, "
        "or tell them apart by another column in `when`, such as channel or actor.",
    )


def _accepts(rule: Sequence[str], values: Sequence[str]) -> Array:
    """Which values the expressions of a rule match."""
    accepted = np.zeros(len(values), dtype=np.bool_)
    for entry in rule:
        if (expression := expression_of(entry)) is not None:
            accepted |= matching(expression, values)
    return accepted


def _common(one: Sequence[str], other: Sequence[str]) -> str | None:
    """A value that both rules accept for certain, or None where none is known."""
    for mine, theirs in ((one, other), (other, one)):
        for value in mine:
            if expression_of(value) is None and (value in theirs or _accepts(theirs, [value])[0]):
                return value
    return next((value for value in one if value in other), None)
