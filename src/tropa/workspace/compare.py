"""Two groups side by side, with intervals of the differences.

Every number that an analysis gives with its interval is compared: d = a - b with the interval by MOVER
(Zou and Donner, Statistics in Medicine 27, 2008), which for shares is Newcombe's (1998, method 10).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tropa.contract.filters import Filters
from tropa.errors import TropaError


@dataclass(frozen=True, slots=True)
class Group:
    group: str
    journeys: int
    events: int
    result: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` names the row of the result, `measure` the number; `differs` when 0 lies outside the interval."""

    where: str
    measure: str
    first: float
    second: float
    difference: float
    difference_low: float
    difference_high: float
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    groups: tuple[Group, Group]
    differences: tuple[Difference, ...]


def compare_groups(params: Filters, ask: Callable[[Filters], tuple[Any, int, int]]) -> tuple[Comparison, int, int]:
    """Ask the same of two groups; result, journeys and events of both together."""
    if len(params.compare) != 2:
        raise TropaError(
            f"A comparison takes two groups, given: {len(params.compare)}.",
            "Give --compare twice, such as --compare region=Moscow --compare region=Kazan.",
            kind="usage",
        )
    groups = []
    for label in params.compare:
        result, journeys, events = ask(_narrow(params, label))
        groups.append(Group(label, journeys, events, result))
    first, second = groups
    differences = tuple(_differences(first.result, second.result))
    comparison = Comparison((first, second), differences)
    return comparison, first.journeys + second.journeys, first.events + second.events


def _narrow(params: Filters, label: str) -> Filters:
    """The filters of one group: those given, and its own."""
    values = params.model_dump(exclude_defaults=True)
    values.pop("compare")
    since, dots, until = label.partition("..")
    if dots:
        values |= {"since": since or None, "until": until or None}
    elif label.startswith("channel="):
        values["channel"] = [label.removeprefix("channel=")]
    else:
        values["segment"] = [*values.get("segment", []), label]
    return type(params).model_validate(values)


def _differences(first: Any, second: Any, where: str = "") -> Iterator[Difference]:
    names = [field.name for field in dataclasses.fields(first)]
    for name in names:
        one, other = getattr(first, name), getattr(second, name)
        if isinstance(one, tuple) and one and dataclasses.is_dataclass(one[0]):
            others = {_key(row): row for row in other}
            for row in one:
                if _key(row) in others:
                    yield from _differences(row, others[_key(row)], _path(where, _key(row)))
        elif dataclasses.is_dataclass(one) and dataclasses.is_dataclass(other):
            yield from _differences(one, other, _path(where, name))
        elif f"{name}_low" in names:
            difference = _difference(first, second, name, where)
            if difference is not None:
                yield difference


def _path(where: str, key: str) -> str:
    return f"{where} / {key}" if where else key


def _key(row: Any) -> str:
    """What names a row: its texts and its lists of texts."""
    parts = []
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
            parts.append(" > ".join(value))
    return " / ".join(parts)


def _difference(first: Any, second: Any, name: str, where: str) -> Difference | None:
    one = [getattr(first, name + end) for end in ("", "_low", "_high")]
    other = [getattr(second, name + end) for end in ("", "_low", "_high")]
    if any(value is None for value in (*one, *other)):
        return None
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    low = a - b - math.hypot(a - a_low, b_high - b)
    high = a - b + math.hypot(a_high - a, b - b_low)
    return Difference(where, name, a, b, a - b, low, high, not low <= 0 <= high)
