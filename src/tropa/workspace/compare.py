"""Two groups side by side, with intervals of the differences.

Every number that an analysis gives with its interval is compared: d = a - b with the interval by MOVER
(Zou and Donner, Statistics in Medicine 27, 2008), which for shares is Newcombe's (1998, method 10).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tropa.contract.filters import Filters, Moment
from tropa.errors import TropaError
from tropa.stats.intervals import Interval, difference

_MOMENT: TypeAdapter[Any] = TypeAdapter(Moment | None)


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
    """`both`: journeys that are in either group; where there are any, the intervals are only rough."""

    both: int
    groups: tuple[Group, Group]
    differences: tuple[Difference, ...]


def compare_groups(
    params: Filters,
    ask: Callable[[Filters], tuple[Any, int, int]],
    count_both: Callable[[Filters, Filters], int],
) -> tuple[Comparison, int, int]:
    """Ask the same of two groups; result, and journeys and events of both together.

    Args:
        params: with the two groups in `compare`.
        ask: result, journeys and events for some filters.
        count_both: journeys that two filters both keep.
    """
    if len(params.compare) != 2:
        raise TropaError(
            f"A comparison takes two groups, given: {len(params.compare)}.",
            "Give --compare twice, such as --compare region=Moscow --compare region=Kazan.",
            kind="usage",
        )
    narrowed = [_narrow(params, label) for label in params.compare]
    groups = [Group(label, *_counts_first(ask(own))) for label, own in zip(params.compare, narrowed, strict=True)]
    first, second = groups
    comparison = Comparison(
        both=count_both(*narrowed),
        groups=(first, second),
        differences=tuple(_differences(first.result, second.result)),
    )
    return comparison, first.journeys + second.journeys, first.events + second.events


def _counts_first(asked: tuple[Any, int, int]) -> tuple[int, int, Any]:
    result, journeys, events = asked
    return journeys, events, result


def _narrow(params: Filters, label: str) -> Filters:
    """The filters of one group: those given, and its own.

    Raises:
        TropaError: when the label is no group, or the filters given choose by the same thing already.
    """
    name, equals, value = (part.strip() for part in label.partition("="))
    since, dots, until = (part.strip() for part in label.partition(".."))
    own: dict[str, Any]
    if equals and name == "channel":
        own = {"channel": [value]}
    elif equals and name == "scenario":
        own = {"scenario": [*params.scenario, value]}
    elif equals:
        taken = [segment for segment in params.segment if segment.partition("=")[0].strip() == name]
        if taken:
            raise _twice(label, taken[0])
        own = {"segment": [*params.segment, label]}
    elif dots:
        own = {"since": since or None, "until": until or None}
    else:
        raise TropaError(
            f"{label!r} is no group.",
            "Write attribute=value, channel=value, scenario=value or 2026-01-01..2026-02-01.",
            kind="usage",
        )
    clash = next((key for key in own if key not in ("segment", "scenario") and getattr(params, key)), None)
    if clash is not None:
        raise _twice(label, f"--{clash}")
    try:
        # Nothing that was checked is checked again: names were split at the edge.
        moments = {key: _MOMENT.validate_python(own[key]) for key in ("since", "until") if key in own}
        return params.model_copy(update={"compare": []} | own | moments)
    except ValidationError:
        raise TropaError(f"{label!r} is no period.", "Write 2026-01-01..2026-02-01.", kind="usage") from None


def _twice(label: str, filter_: str) -> TropaError:
    return TropaError(
        f"The group {label!r} and the filter {filter_} choose by the same.", "Drop the filter.", kind="usage"
    )


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
            apart = _difference(first, second, name, where)
            if apart is not None:
                yield apart


def _path(where: str, key: str) -> str:
    return f"{where} / {key}" if where else key


def _key(row: Any) -> str:
    """What names a row: the texts, and lists of texts, that it begins with."""
    parts = []
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
            parts.append(" > ".join(value))
        elif isinstance(value, str):
            parts.append(value)
        elif value is not None:
            break
    return " / ".join(parts)


def _difference(first: Any, second: Any, name: str, where: str) -> Difference | None:
    one = [getattr(first, name + end) for end in ("", "_low", "_high")]
    other = [getattr(second, name + end) for end in ("", "_low", "_high")]
    if any(value is None for value in (*one, *other)):
        return None
    apart = difference(Interval(one[0], one[1], one[2], 0), Interval(other[0], other[1], other[2], 0))
    if apart.value is None or apart.low is None or apart.high is None:
        return None
    return Difference(
        where, name, one[0], other[0], apart.value, apart.low, apart.high, not apart.low <= 0 <= apart.high
    )
