"""The lens: the map compiled to small tables that loops look events up in.

Binding costs one table look-up an event, so editing the map never touches the data (decision 3 of the design).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tropa.cx.columns import coded_name
from tropa.cx.expressions import matching
from tropa.cx.map import Map, Touchpoint, Unit, expression_of
from tropa.engine.journeys import ABSENT, Array, Codes
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.text.service import TopicService

MAX_TABLE = 500_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the whole data before any question: ends of time, the usual pace and the calendar.

    `now_us` is the moment as of which journeys are under way and promises open; `last_us` may lie after it, where
    `later_events` events are dated later than the load, the first of them at `later_first_us`. `zone` is the IANA name
    of the zone whose days are counted. `currency` is that of the column `value` (empty: not stated); `goal_price` is
    what one reached goal is worth by the company's own word.
    """

    first_us: int | None
    last_us: int | None
    idle_us: int | None
    """95 % of the gaps between neighbouring events of a journey are shorter."""
    loaded_at: str | None = None
    """When data was last taken in, ISO 8601."""
    now_us: int | None = None
    later_events: int = 0
    later_first_us: int | None = None
    zone: str = "UTC"
    currency: str = ""
    goal_price: float | None = None
    topic_service: TopicService | None = None
    """A server that may be asked about comments, None unless the settings name one."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Event -> node: class of each column's value, then one cell of `table`.

    `classes[i][code]` is the class of a code of `columns[i]`; the last entry stands for an absent value.
    """

    columns: tuple[str, ...]
    classes: tuple[Codes, ...]
    table: Codes

    def cells(self, columns: Sequence[Codes]) -> Codes:
        """Cell of `table` for each event, for bindings by more than one column."""
        cells = self.classes[0][columns[0]]
        for classes, codes in zip(self.classes[1:], columns[1:], strict=True):
            cells = cells * np.int32(classes.max() + 1) + classes[codes]
        return np.asarray(cells, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Values that two touchpoints bind at once; the first in the order of the map gets the events.

    `cell` is the place in the binding's table.
    """

    first: str
    second: str
    values: Mapping[str, str]
    cell: int


@dataclass(frozen=True)
class Lens:
    """Everything that a fold needs to know to look at arrays.

    Nodes are the touchpoints of the map, or the activities where there is no map.
    """

    map: Map | None
    unit: Unit
    session_gap_us: int
    nodes: tuple[str, ...]
    stage_of: Codes
    stages: tuple[str, ...]
    goal: Array
    within_us: int | None
    binding: Binding
    dictionaries: Mapping[str, Sequence[str]]
    facts: Facts
    overlaps: tuple[Overlap, ...] = ()
    wide: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values of attributes that are no filters and that the map binds by."""
    unbindable: tuple[str, ...] = ()
    """Attributes that the map names and that have too many values for it to bind by."""

    @property
    def has_goal(self) -> bool:
        return bool(self.goal.any())

    @cached_property
    def answer_bindings(self) -> tuple[Binding, Binding]:
        """Rules cut down to what an answer may tell: its activity alone, and its activity with its channel."""
        touchpoints = () if self.map is None else self.map.touchpoints
        told = (("activity",), ("activity", "channel"))
        by_activity, by_both = (
            bind([_cut(part, columns) for part in touchpoints], self.dictionaries)[0] for columns in told
        )
        return by_activity, by_both

    def stage_name(self, node: int) -> str | None:
        stage = int(self.stage_of[node])
        return None if stage == ABSENT else self.stages[stage]

    def outlasts(self, seconds: float) -> bool:
        """Whether a promise of so many seconds is longer than a journey may pause: whether it was kept, such journeys
        cannot tell."""
        return self.unit == "session" and seconds * 1e6 > self.session_gap_us

    def flags(self, column: str, holds: Callable[[str], bool]) -> Array:
        """For each code of a column whether this holds of its value; the last entry stands for an absent value."""
        return np.array([holds(value) for value in self.dictionaries.get(column, ())] + [False], dtype=bool)

    def code(self, column: str, value: str) -> int | None:
        """Code of a value of a column, or None where the data has no such value."""
        try:
            return list(self.dictionaries.get(column, ())).index(value)
        except ValueError:
            return None


def _matches(patterns: Sequence[str], values: Sequence[str]) -> Array:
    """Which values a rule accepts; the last entry (absent value) is never accepted."""
    accepted = np.zeros(len(values) + 1, dtype=bool)
    exact = {pattern for pattern in patterns if expression_of(pattern) is None}
    accepted[:-1] = [value in exact for value in values]
    for pattern in patterns:
        if (expression := expression_of(pattern)) is not None:
            accepted[:-1] |= matching(expression, values)
    return accepted


def _classes(accepted: Array) -> tuple[Codes, Array]:
    """Codes that all touchpoints treat alike share a class: class of each code, and a representative of each class."""
    _, representatives, classes = np.unique(accepted, axis=1, return_index=True, return_inverse=True)
    return classes.reshape(-1).astype(np.int32), representatives


def columns_bound(touchpoints: Sequence[Touchpoint]) -> tuple[str, ...]:
    """Coded names of the columns that rules ask for."""
    return tuple(sorted({coded_name("events", column) for touchpoint in touchpoints for column in touchpoint.when}))


def _cut(touchpoint: Touchpoint, columns: Sequence[str]) -> Touchpoint:
    """A touchpoint whose rule asks of these columns only; with none of them it binds nothing."""
    return replace(touchpoint, when={name: values for name, values in touchpoint.when.items() if name in columns})


def bind(
    touchpoints: Sequence[Touchpoint], dictionaries: Mapping[str, Sequence[str]]
) -> tuple[Binding, tuple[Overlap, ...]]:
    """Compile the rules of touchpoints against the values that the data has."""
    rules = [
        {coded_name("events", column): patterns for column, patterns in touchpoint.when.items()}
        for touchpoint in touchpoints
    ]
    columns = columns_bound(touchpoints) or ("activity",)
    accepted = []
    for column in columns:
        values = dictionaries.get(column, ())
        rows = [_matches(rule[column], values) if column in rule else np.ones(len(values) + 1, bool) for rule in rules]
        accepted.append(np.array(rows, dtype=bool).reshape(len(touchpoints), len(values) + 1))
    classes, representatives = zip(*(_classes(matrix) for matrix in accepted), strict=True)
    size = int(np.prod([len(representative) for representative in representatives], dtype=np.int64))
    if size > MAX_TABLE:
        raise TropaError(
            f"The map binds by {', '.join(columns)} at once: {size:,} combinations.",
            "Use fewer columns in `when`.",
            kind="map",
        )
    ruled = np.array([bool(touchpoint.when) for touchpoint in touchpoints], dtype=bool)
    table = np.full(size, ABSENT, dtype=np.int32)
    overlaps: list[Overlap] = []
    for cell, codes in enumerate(product(*representatives)):
        holds = ruled.copy()
        for matrix, code in zip(accepted, codes, strict=True):
            holds &= matrix[:, code]
        owners = np.flatnonzero(holds)
        if len(owners):
            table[cell] = owners[0]
        if len(owners) > 1:
            shared = {
                column: dictionaries[column][code]
                for column, code in zip(columns, codes, strict=True)
                if code < len(dictionaries.get(column, ()))
            }
            overlaps.append(Overlap(touchpoints[owners[0]].name, touchpoints[owners[1]].name, shared, cell))
    return Binding(columns, tuple(classes), table), tuple(overlaps)


def by_activity(dictionaries: Mapping[str, Sequence[str]]) -> Binding:
    """Every activity is a node of its own."""
    count = len(dictionaries.get("activity", ()))
    codes = np.arange(count + 1, dtype=np.int32)
    table = codes.copy()
    table[-1] = ABSENT
    return Binding(("activity",), (codes,), table)


def make_lens(
    document: Map | None,
    dictionaries: Mapping[str, Sequence[str]],
    facts: Facts,
    unit: Unit | None = None,
    wide: Mapping[str, Sequence[str]] | None = None,
    uncoded: Collection[str] = (),
) -> Lens:
    """Compile a map (or none) against the data.

    Args:
        document: the map; without one, the nodes are the activities and nothing is a goal.
        dictionaries: values of each coded column, in the order of their codes.
        facts: ends and pace of the data.
        unit: what one journey is, where it should differ from the map.
        wide: values of attributes that are no filters and that the map binds by.
        uncoded: attributes that have too many values for codes.
    """
    if document is None:
        nodes = tuple(dictionaries.get("activity", ()))
        return Lens(
            map=None,
            unit=unit or "customer",
            session_gap_us=1_800_000_000,
            nodes=nodes,
            stage_of=np.full(len(nodes), ABSENT, dtype=np.int32),
            stages=(),
            goal=np.zeros(len(nodes), dtype=bool),
            within_us=None,
            binding=by_activity(dictionaries),
            dictionaries=dictionaries,
            facts=facts,
        )
    touchpoints = document.touchpoints
    binding, overlaps = bind(touchpoints, {**dictionaries, **(wide or {})})
    stage_of = [index for index, stage in enumerate(document.stages) for _ in stage.touchpoints]
    within = document.within_seconds
    return Lens(
        map=document,
        unit=unit or document.unit,
        session_gap_us=int(document.session_gap_seconds * 1e6),
        nodes=tuple(touchpoint.name for touchpoint in touchpoints),
        stage_of=np.array(stage_of, dtype=np.int32),
        stages=tuple(stage.name for stage in document.stages),
        goal=np.array([touchpoint.name in document.goal for touchpoint in touchpoints], dtype=bool),
        within_us=None if within is None else int(within * 1e6),
        binding=binding,
        dictionaries=dictionaries,
        facts=facts,
        overlaps=overlaps,
        wide=wide or {},
        unbindable=tuple(column for column in columns_bound(touchpoints) if column in uncoded),
    )
