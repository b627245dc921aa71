"""A version of a map that was read, what became of changes to it, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tropa.cx.map import Map
from tropa.cx.map_difference import difference

if TYPE_CHECKING:
    from tropa.cx.map_changes import Conflict
    from tropa.store.documents.map_records import MapVersion

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """One version of a map. The document is shared by all who look at it: it is never written to."""

    version: MapVersion
    map: Map

    @property
    def document(self) -> Mapping[str, Any]:
        """The map under the keys of `map.yaml`."""
        return self.map.raw


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of changes: the version after them (the one before where nothing changed), and those not applied."""

    opened: Opened
    applied: int
    conflicts: tuple[Conflict, ...]


def opened_maps(drawn: Map) -> dict[str, str]:
    """Which touchpoint, or stage, opens which map."""
    places = [*((touchpoint.name, touchpoint.raw) for touchpoint in drawn.touchpoints)]
    places += [(stage.name, stage.raw) for stage in drawn.stages]
    return {name: str(raw["opens"]) for name, raw in places if raw.get("opens")}


def told_of(changes: Sequence[Mapping[str, Any]]) -> Plain:
    """What changes did, in figures, and where: the first few names."""
    what: Plain = {}
    where: dict[str, None] = {}
    for change in changes:
        what[change["op"]] = what.get(change["op"], 0) + 1
        name = next(iter(change["on"].values()))
        where[change.get("to") or (name if isinstance(name, str) else "")] = None
    return what | {"where": [name for name in where if name][:3]}


def renames_of(changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Names given by changes: (level, old, new), in order."""
    return [
        (level, name, change["to"])
        for change in changes
        if change["op"] == "rename"
        for level, name in change["on"].items()
        if level != "map"
    ]


def renames_between(one: Map, other: Map) -> list[tuple[str, str, str]]:
    """Names that a whole other text gives to the same parts, as changes one after another: names may be swapped."""
    found = difference(one, other)
    pairs = [
        (level, renamed.one, renamed.other)
        for level, parts in (("stage", found.stages), ("touchpoint", found.touchpoints))
        for renamed in parts.renamed
    ]
    aside = [(level, old, f"\u2063{place}\u2063") for place, (level, old, _) in enumerate(pairs)]
    return aside + [(level, f"\u2063{place}\u2063", new) for place, (level, _, new) in enumerate(pairs)]
