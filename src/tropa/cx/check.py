"""Does the map fit the data: what it does not show, what never happens, and what nobody can check?"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tropa.cx.expressions import matching
from tropa.cx.failing import names_failure, says_refused
from tropa.cx.map import Map, Stage, Touchpoint, expression_of


@dataclass(frozen=True, slots=True)
class Together:
    """Events that two touchpoints bind at once; `values` says which, by column."""

    first: str
    second: str
    values: Mapping[str, str]
    events: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What the data has, counted through the map. A name that is absent from a mapping counts 0.

    Attributes:
        values: event column -> value -> events; columns without listed values (times, numbers) map to nothing.
        unbound: activity -> (events, journeys) that no touchpoint binds.
        reached: touchpoint -> journeys.
        followed: touchpoint -> times that another one came after it.
        promised: touchpoint -> events that carry a promised time.
        scored: touchpoint -> answers with a score.
        together: what two touchpoints bind at once.
        journeys_explained: journeys whose every event is on the map.
    """

    journeys: int
    journeys_explained: int
    events: int
    events_bound: int
    values: Mapping[str, Mapping[str, int]]
    unbound: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    reached: Mapping[str, int] = field(default_factory=dict)
    followed: Mapping[str, int] = field(default_factory=dict)
    promised: Mapping[str, int] = field(default_factory=dict)
    scored: Mapping[str, int] = field(default_factory=dict)
    together: Sequence[Together] = ()


@dataclass(frozen=True, slots=True)
class Unbound:
    """An activity that the map does not show; `share` is of all events."""

    activity: str
    events: int
    journeys: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """A touchpoint that no journey reaches."""

    stage: str
    touchpoint: str
    because: str


@dataclass(frozen=True, slots=True)
class Uncheckable:
    """An expectation (within, score or failures) that the data cannot keep or miss."""

    touchpoint: str
    expectation: str
    because: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A column (`value` None) or a value of `when` that the data does not have; `meant` is the nearest that it has."""

    touchpoint: str
    column: str
    value: str | None
    meant: str | None


@dataclass(frozen=True, slots=True)
class MapCheck:
    """Everything that does not fit. Shares are 0..1, None where there is no data."""

    journeys: int
    journeys_share: float | None
    events: int
    events_share: float | None
    unbound: tuple[Unbound, ...]
    unreached: tuple[Unreached, ...]
    uncheckable: tuple[Uncheckable, ...]
    double: tuple[Together, ...]
    unknown: tuple[Unknown, ...]
    goal_missing: bool
    goal_never_reached: bool

    @property
    def fits(self) -> bool:
        """True where nothing is left to mend but, perhaps, activities that the map leaves out on purpose."""
        return not (
            self.unreached
            or self.uncheckable
            or self.double
            or self.unknown
            or self.goal_missing
            or self.goal_never_reached
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each misfit as one sentence for a person, the gravest first."""
        return tuple(_sentences(self))


def check(document: Map, seen: Seen) -> MapCheck:
    """Lay a map over what the data has. Nothing here is an error: a map may be ahead of its data."""
    touchpoints = document.touchpoints
    unknown = tuple(part for touchpoint in touchpoints for part in _unknown(touchpoint, seen.values))
    unbound = [
        Unbound(activity, events, journeys, _share(events, seen.events))
        for activity, (events, journeys) in seen.unbound.items()
        if events > 0
    ]
    return MapCheck(
        journeys=seen.journeys,
        journeys_share=_share(seen.journeys_explained, seen.journeys),
        events=seen.events,
        events_share=_share(seen.events_bound, seen.events),
        unbound=tuple(sorted(unbound, key=lambda part: (-part.events, part.activity))),
        unreached=tuple(
            Unreached(stage.name, touchpoint.name, _why_unreached(touchpoint, unknown))
            for stage, touchpoint in _placed(document.stages)
            if not seen.reached.get(touchpoint.name)
        ),
        uncheckable=tuple(
            Uncheckable(touchpoint.name, expectation, because)
            for touchpoint in touchpoints
            for expectation, because in _uncheckable(touchpoint, seen)
        ),
        double=tuple(sorted(seen.together, key=lambda part: -part.events)),
        unknown=unknown,
        goal_missing=not document.goal,
        goal_never_reached=bool(document.goal) and not any(seen.reached.get(goal) for goal in document.goal),
    )


def _placed(stages: Sequence[Stage]) -> Iterator[tuple[Stage, Touchpoint]]:
    for stage in stages:
        for touchpoint in stage.touchpoints:
            yield stage, touchpoint


def _unknown(touchpoint: Touchpoint, values: Mapping[str, Mapping[str, int]]) -> Iterator[Unknown]:
    for column, rule in touchpoint.when.items():
        if column not in values:
            yield Unknown(touchpoint.name, column, None, _nearest(column, values))
            continue
        for value in rule:
            if not _occurs(value, values[column]):
                yield Unknown(touchpoint.name, column, value, _nearest(value, values[column]))


def _occurs(value: str, seen: Mapping[str, int]) -> bool:
    if (expression := expression_of(value)) is not None:
        return bool(matching(expression, [candidate for candidate, events in seen.items() if events > 0]).any())
    return seen.get(value, 0) > 0


def _nearest(word: str, known: Collection[str]) -> str | None:
    folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def _why_unreached(touchpoint: Touchpoint, unknown: Sequence[Unknown]) -> str:
    if not touchpoint.when:
        return "it has no rule (`when`)"
    absent = [part for part in unknown if part.touchpoint == touchpoint.name]
    columns = [part.column for part in absent if part.value is None]
    if columns:
        return f"events have no column {columns[0]!r}"
    for column, rule in touchpoint.when.items():
        if len([part for part in absent if part.column == column]) == len(rule):
            return f"no event has {column} {' or '.join(repr(value) for value in rule)}"
    if len(touchpoint.when) > 1:
        return f"no event has {' and '.join(touchpoint.when)} as its rule asks at once"
    return "no journey has such an event"


def _uncheckable(touchpoint: Touchpoint, seen: Seen) -> Iterator[tuple[str, str]]:
    """Expectations that no data of this workspace speaks about, and why."""
    expects, name = touchpoint.expects, touchpoint.name
    reached = bool(seen.reached.get(name))
    nobody = "no journey reaches the touchpoint"
    if expects.within_seconds is not None and not seen.followed.get(name) and not seen.promised.get(name):
        yield "within", "no touchpoint ever follows it and no promised time is known" if reached else nobody
    if expects.score is not None and not seen.scored.get(name):
        yield "score", "nobody gave a score there" if reached else nobody
    statuses, activities = seen.values.get("status", {}), seen.values.get("activity", {})
    if expects.failures is not None:
        if not reached:
            yield "failures", nobody
        elif not (
            any(events and names_failure(name) for name, events in (*statuses.items(), *activities.items()))
            or any(events and says_refused(status) for status, events in statuses.items())
        ):
            others = sorted(status for status, events in statuses.items() if events > 0 and status != "ok")
            named = f" (only {', '.join(repr(status) for status in others[:5])})" if others else ""
            yield "failures", f"no event anywhere has the status 'failed' or a word for it{named}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _sentences(found: MapCheck) -> Iterator[str]:
    if found.goal_missing:
        yield "The map has no goal, so nobody can say who completed the journey."
    if found.goal_never_reached:
        yield "No journey reaches the goal."
    for pair in found.double:
        values = ", ".join(f"{column} {value!r}" for column, value in pair.values.items())
        events = _many(pair.events, "event")
        yield f"{pair.first!r} and {pair.second!r} both bind {values} ({events}); the first one gets them."
    for part in found.unknown:
        meant = f" Did you mean {part.meant!r}?" if part.meant is not None else ""
        if part.value is None:
            yield f"{part.touchpoint!r}: events have no column {part.column!r}.{meant}"
        else:
            yield f"{part.touchpoint!r}: {part.column} {part.value!r} never occurs.{meant}"
    for missing in found.unreached:
        yield f"Nothing reaches {missing.touchpoint!r} ({missing.stage}): {missing.because}."
    for vague in found.uncheckable:
        yield f"{vague.touchpoint!r}: the data cannot check `{vague.expectation}`: {vague.because}."
    for left in found.unbound:
        share = "" if left.share is None else f" ({left.share:.1%} of all)"
        events, journeys = _many(left.events, "event"), _many(left.journeys, "journey")
        yield f"{left.activity!r} is not on the map: {events}{share} on {journeys}."


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
