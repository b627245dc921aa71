"""Rules that bind one event to two touchpoints, as far as the map alone decides it.

What only the data decides (an expression against another, a channel against an activity) is found when the map is
laid over the data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tropa.cx.map import Touchpoint, expression_of
from tropa.cx.yaml_tree import At, shorten


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
    for activity, owners in by_activity.items():
        rivals = owners + [place for place in expressions if _accepts(placed[place][0].when["activity"], activity)]
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
        f"touchpoints {shorten(one.name)!r} (line {one_at.line}) and {shorten(other.name)!r} both bind {values}.",
        "An event belongs to one touchpoint: remove the value from one of them, "
        "or tell them apart by another column in `when`, such as channel or actor.",
    )


def _accepts(rule: Sequence[str], value: str) -> bool:
    return any(re.search(expression, value) for entry in rule if (expression := expression_of(entry)))


def _common(one: Sequence[str], other: Sequence[str]) -> str | None:
    """A value that both rules accept for certain, or None where none is known."""
    for mine, theirs in ((one, other), (other, one)):
        for value in mine:
            if expression_of(value) is None and (value in theirs or _accepts(theirs, value)):
                return value
    return next((value for value in one if value in other), None)
