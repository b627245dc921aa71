"""Two groups side by side, with intervals of the differences.

Every number that an analysis gives with its interval is compared: d = a - b with the interval by MOVER
(Zou and Donner, Statistics in Medicine 27, 2008), which for shares is Newcombe's (1998, method 10). What differs is
judged over all numbers of the comparison together: of many numbers some stand out by chance.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tropa.contract.filters import Filters, Moment
from tropa.errors import TropaError
from tropa.stats.intervals import Interval, difference
from tropa.stats.multiplicity import adjust

FALSE_SHARE = 0.05
"""Expected share of false marks among all marks of a comparison, at most."""
NORMAL_95 = 1.959963984540054
_MOMENT: TypeAdapter[Any] = TypeAdapter(Moment | None)


@dataclass(frozen=True, slots=True)
class Group:
    group: str
    journeys: int
    events: int
    result: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` names the row of the result, `measure` the number. The interval is that of this number alone.

    `q` of no difference, false discoveries held down over all numbers compared together; `differs` at 0.05 at most.
    """

    where: str
    measure: str
    first: float
    second: float
    difference: float
    difference_low: float
    difference_high: float
    q: float
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
        differences=judged_together(list(_differences(first.result, second.result))),
    )
    return comparison, first.journeys + second.journeys, first.events + second.events


@dataclass(frozen=True, slots=True)
class Apart:
    """A number in both groups, not judged yet."""

    where: str
    measure: str
    first: float
    second: float
    value: float
    low: float
    high: float

    @property
    def p(self) -> float:
        """Of no difference: how many of its own widths 0 is away, on the side of 0, where 95 % are 1.96 of them."""
        if self.value == 0:
            return 1.0
        reach = self.value - self.low if self.value > 0 else self.high - self.value
        return math.erfc(NORMAL_95 * abs(self.value) / reach / math.sqrt(2)) if reach > 0 else 0.0


def judged_together(found: Sequence[Apart]) -> tuple[Difference, ...]:
    """The differences of one comparison, marked by Benjamini and Hochberg's correction over all of them."""
    q = adjust({place: one.p for place, one in enumerate(found)}).q
    return tuple(
        Difference(
            one.where, one.measure, one.first, one.second, one.value, one.low, one.high, sure, sure <= FALSE_SHARE
        )
        for place, one in enumerate(found)
        if (sure := q[place]) is not None
    )


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


def _differences(first: Any, second: Any, where: str = "") -> Iterator[Apart]:
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


def _difference(first: Any, second: Any, name: str, where: str) -> Apart | None:
    one = [getattr(first, name + end) for end in ("", "_low", "_high")]
    other = [getattr(second, name + end) for end in ("", "_low", "_high")]
    if any(value is None for value in (*one, *other)):
        return None
    apart = difference(Interval(one[0], one[1], one[2], 0), Interval(other[0], other[1], other[2], 0))
    if apart.value is None or apart.low is None or apart.high is None:
        return None
    return Apart(where, name, one[0], other[0], apart.value, apart.low, apart.high)
