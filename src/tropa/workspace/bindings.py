"""Picking what a touchpoint is bound to: what was really seen, and how much a rule would bind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tropa.cx.columns import ATTRIBUTE, coded_name
from tropa.cx.lens import Lens, make_lens
from tropa.cx.map import Map, Stage, Touchpoint
from tropa.cx.map_file import parse_document
from tropa.cx.view import View
from tropa.engine.fold import run
from tropa.engine.journeys import ABSENT, Array, Codes, Ints
from tropa.errors import TropaError
from tropa.workspace.masking import MaskedWorkspace
from tropa.workspace.personal import tells_of_people
from tropa.workspace.workspace import Workspace

MAX_SEEN = 2_000
MAX_VALUES = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """An activity in a channel (null: the data does not say), how much of it there is, and what binds it now."""

    activity: str
    channel: str | None
    events: int
    bound: tuple[BoundHere, ...]


@dataclass(frozen=True, slots=True)
class BoundHere:
    """A touchpoint, and how many of the events it binds."""

    touchpoint: str
    events: int


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column that rules may ask for, with its most frequent values; `more` values are not told."""

    column: str
    values: tuple[ValueSeen, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ValueSeen:
    """A value and its events."""

    value: str
    events: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Everything really seen, the most frequent first; `more` rarer ones are not told. `map` is whose bindings."""

    map: str | None
    events: int
    events_bound: int
    seen: tuple[Seen, ...]
    more: int
    columns: tuple[ColumnSeen, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How much a rule binds. `journeys_share` is of all journeys; `also` other touchpoints of the map bind too."""

    events: int
    journeys: int
    journeys_total: int
    journeys_share: float | None
    also: tuple[BoundHere, ...]
    values: tuple[ColumnSeen, ...]


class _SeenFold:
    """Events by activity, channel and node at once, and by value of each column that has codes."""

    def __init__(self, lens: Lens, columns: Sequence[str]) -> None:
        self.sizes = [len(lens.dictionaries.get(name, ())) + 1 for name in ("activity", "channel")]
        self.nodes = len(lens.nodes) + 1
        self.columns = {name: len(lens.dictionaries[name]) for name in columns}

    def map(self, view: View) -> tuple[Ints, Ints, dict[str, Ints]]:
        key = view.column("activity").astype(np.int64) + 1
        for codes, size in ((view.column("channel"), self.sizes[1]), (view.nodes, self.nodes)):
            key = key * size + codes + 1
        total = self.sizes[0] * self.sizes[1] * self.nodes
        if total <= 4 * len(key) + 65_536:
            counts = np.bincount(key, minlength=total)
            keys = np.flatnonzero(counts)
            counts = counts[keys]
        else:
            keys, counts = np.unique(key, return_counts=True)
        values = {name: _count(view.column(name), size) for name, size in self.columns.items()}
        return keys, counts, values

    def merge(
        self, one: tuple[Ints, Ints, dict[str, Ints]], other: tuple[Ints, Ints, dict[str, Ints]]
    ) -> tuple[Ints, Ints, dict[str, Ints]]:
        keys, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
        counts = np.bincount(place, weights=np.concatenate([one[1], other[1]])).astype(np.int64)
        return keys, counts, {name: one[2][name] + other[2][name] for name in one[2]}

    def finish(self, total: tuple[Ints, Ints, dict[str, Ints]]) -> tuple[Ints, Ints, dict[str, Ints]]:
        return total


def _count(codes: Codes, size: int) -> Ints:
    return np.bincount(codes[codes != ABSENT], minlength=size)


def occurrences(workspace: Workspace) -> Occurrences:
    """What was really seen, and where the workspace's map binds it.

    Raises:
        TropaError: (no_data) an empty workspace.
    """
    _, manifest, lens = workspace.journeys()
    document = workspace.map()
    # Without a map nodes are the activities themselves, which bind nothing.
    told = lens if document is not None else make_lens(Map(""), lens.dictionaries, lens.facts, lens.unit)
    columns = [name for name in told.dictionaries if not (name.startswith("feedback:") or _hidden(workspace, name))]
    fold = _SeenFold(told, columns)
    keys, counts, values = run(fold, workspace.views(manifest, told, None))
    seen = _by_pair(keys, counts, fold, told)
    ordered = sorted(seen, key=lambda part: (-part.events, part.activity, part.channel or ""))
    return Occurrences(
        map=None if document is None else document.name,
        events=int(counts.sum()),
        events_bound=int(counts[keys % fold.nodes > 0].sum()),
        seen=tuple(ordered[:MAX_SEEN]),
        more=max(0, len(ordered) - MAX_SEEN),
        columns=tuple(_column(name, values[name], told) for name in sorted(columns) if values[name].any()),
    )


def _by_pair(keys: Ints, counts: Ints, fold: _SeenFold, lens: Lens) -> list[Seen]:
    pairs: dict[tuple[int, int], tuple[int, list[BoundHere]]] = {}
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        rest, node = divmod(key, fold.nodes)
        pair = divmod(rest, fold.sizes[1])
        events, bound = pairs.setdefault(pair, (0, []))
        if node:
            bound.append(BoundHere(lens.nodes[node - 1], count))
        pairs[pair] = (events + count, bound)
    activities, channels = lens.dictionaries.get("activity", ()), lens.dictionaries.get("channel", ())
    return [
        Seen(
            activities[activity - 1],
            channels[channel - 1] if channel else None,
            events,
            tuple(sorted(bound, key=lambda part: -part.events)),
        )
        for (activity, channel), (events, bound) in pairs.items()
        if activity
    ]


def _column(name: str, counts: Ints, lens: Lens, wanted: Array | None = None) -> ColumnSeen:
    values = lens.dictionaries[name]
    there = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code] > 0]
    if wanted is not None:
        there = [code for code in there if wanted[code]]
    told = tuple(ValueSeen(values[code], int(counts[code])) for code in there[:MAX_VALUES])
    return ColumnSeen(name.removeprefix(ATTRIBUTE), told, max(0, len(there) - MAX_VALUES))


class _RuleFold:
    """Events and journeys that a rule binds, their values by column of the rule, and which other nodes have them."""

    def __init__(self, rule: Lens, columns: Sequence[str], other: Lens | None) -> None:
        self.rule = rule
        self.columns = {name: len(rule.dictionaries[name]) for name in columns}
        self.other = other

    def map(self, view: View) -> tuple[Ints, dict[str, Ints], Ints]:
        bound = view.nodes != ABSENT
        starts = np.concatenate([[0], np.cumsum(bound)])
        journeys = int((starts[view.offsets[1:]] > starts[view.offsets[:-1]]).sum())
        values = {name: _count(view.column(name)[bound], size) for name, size in self.columns.items()}
        also = np.zeros(0, dtype=np.int64)
        if self.other is not None:
            also = _count(View(view.journeys, self.other).nodes[bound], len(self.other.nodes))
        return np.array([int(bound.sum()), journeys, len(view)]), values, also

    def merge(
        self, one: tuple[Ints, dict[str, Ints], Ints], other: tuple[Ints, dict[str, Ints], Ints]
    ) -> tuple[Ints, dict[str, Ints], Ints]:
        return one[0] + other[0], {name: one[1][name] + other[1][name] for name in one[1]}, one[2] + other[2]

    def finish(self, total: tuple[Ints, dict[str, Ints], Ints]) -> tuple[Ints, dict[str, Ints], Ints]:
        return total


def count(workspace: Workspace, when: Mapping[str, Any], touchpoint: str | None = None) -> Counted:
    """How much a rule would bind.

    Args:
        workspace: whose data; its map says what else binds the same events.
        when: as in the map's document.
        touchpoint: that the rule is picked for: what it binds already is not told as another's.

    Raises:
        TropaError: (usage) a rule that cannot be read; (forbidden) it asks for personal data that is not to be shown;
            (no_data) an empty workspace.
    """
    rule = _rule(when)
    if hidden := [column for column in rule.when if _hidden(workspace, column)]:
        raise TropaError(
            f"Personal data is not shown to you: {hidden[0]!r}.",
            "Bind by another column, or ask an owner.",
            "forbidden",
        )
    head, manifest, lens = workspace.journeys()
    words = workspace.store.dictionaries(head)
    named = tuple(sorted({coded_name("events", column) for column in rule.when}))
    wide = words.wide_values(named)
    probe = Map("", unit=lens.unit, session_gap_seconds=lens.session_gap_us / 1e6, stages=(Stage("", (rule,)),))
    through = make_lens(probe, words.values, lens.facts, lens.unit, wide, words.uncoded)
    other = lens if lens.map is not None and lens.map.touchpoints else None
    columns = [name for name in named if name in through.dictionaries]
    totals, values, also = run(_RuleFold(through, columns, other), workspace.views(manifest, through, None))
    events, journeys, everybody = (int(total) for total in totals)
    nodes = () if other is None else other.nodes
    return Counted(
        events=events,
        journeys=journeys,
        journeys_total=everybody,
        journeys_share=journeys / everybody if everybody else None,
        also=tuple(
            BoundHere(nodes[node], int(also[node]))
            for node in np.argsort(-also, kind="stable")
            if also[node] and nodes[node] != touchpoint
        ),
        values=tuple(_column(name, values[name], through) for name in columns),
    )


def _hidden(workspace: Workspace, column: str) -> bool:
    """Whether a column tells of people to somebody who may not see personal data."""
    name = column.removeprefix(ATTRIBUTE)
    return isinstance(workspace, MaskedWorkspace) and (name == "performer" or tells_of_people(name))


def _rule(when: Mapping[str, Any]) -> Touchpoint:
    document = {"map": "x", "stages": [{"stage": "x", "touchpoints": [{"touchpoint": "x", "when": dict(when)}]}]}
    try:
        return parse_document(document, "when").touchpoints[0]
    except TropaError as error:
        message = error.message.replace("stages[1].touchpoints[1].", "").removeprefix("when, ")
        raise TropaError(message, error.hint, kind="usage") from None
