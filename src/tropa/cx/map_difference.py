"""What differs between two maps, part by part: stages and touchpoints added, removed, renamed, moved; cells changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from tropa.cx.map import Map
from tropa.cx.map_draft import same

Renames = Sequence[tuple[str, str, str]]
_STRUCTURE = {"map", "stage", "touchpoint", "stages", "touchpoints", "goal"}


@dataclass(frozen=True, slots=True)
class Renamed:
    """The same part under two names."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A touchpoint in another stage or place, or a stage (both stages null) in another place. Names are the other's."""

    name: str
    from_stage: str | None
    to_stage: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """Names that only one of the maps has, and names that changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that differs; `name` is the other map's, None for the whole map. What is absent is null."""

    level: Literal["map", "stage", "touchpoint"]
    name: str | None
    path: tuple[str, ...]
    one: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """From one map to the other."""

    name: Renamed | None
    stages: Parts
    touchpoints: Parts
    cells: tuple[Cell, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        parts = (self.stages, self.touchpoints)
        found = any(part.added or part.removed or part.renamed or part.moved for part in parts)
        return self.name is None and not self.cells and not found


def difference(one: Map, other: Map, renames: Renames = ()) -> Difference:
    """From `one` to `other`.

    Args:
        one: settled.
        other: settled.
        renames: (level, old, new) in order, as far as they are known; parts that bind the same events, or say just the
            same, are recognised under another name too.
    """
    stages = _pairs({s.name: s.raw for s in one.stages}, {s.name: s.raw for s in other.stages}, "stage", renames)
    before = {t.name: (s.name, t.raw) for s in one.stages for t in s.touchpoints}
    after = {t.name: (s.name, t.raw) for s in other.stages for t in s.touchpoints}
    touchpoints = _pairs(
        {name: raw for name, (_, raw) in before.items()},
        {name: raw for name, (_, raw) in after.items()},
        "touchpoint",
        renames,
    )
    cells = list(_cells("map", None, one.raw, other.raw))
    if not same(sorted(touchpoints.get(goal, goal) for goal in one.goal), sorted(other.goal)):
        cells.append(Cell("map", None, ("goal",), list(one.goal) or None, list(other.goal) or None))
    by_name = {stage.name: stage.raw for stage in one.stages}
    theirs = {stage.name: stage.raw for stage in other.stages}
    for old, new in stages.items():
        cells += _cells("stage", new, by_name[old], theirs[new])
    for old, new in touchpoints.items():
        cells += _cells("touchpoint", new, before[old][1], after[new][1])
    return Difference(
        name=None if one.name == other.name else Renamed(one.name, other.name),
        stages=_parts(by_name, theirs, stages, _moved_stages(list(by_name), list(theirs), stages)),
        touchpoints=_parts(before, after, touchpoints, _moved_touchpoints(one, other, stages, touchpoints)),
        cells=tuple(cells),
    )


def _pairs(
    one: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]], level: str, renames: Renames
) -> dict[str, str]:
    """Name in one -> name in the other, for what is in both."""
    pairs: dict[str, str] = {}
    for name in one:
        today = name
        for renamed, old, new in renames:
            today = new if renamed == level and old == today else today
        if today in other:
            pairs[name] = today
        elif name in other:
            pairs[name] = name
    left = [name for name in other if name not in pairs.values()]
    for name in one:
        if name in pairs:
            continue
        twin = next((candidate for candidate in left if _alike(one[name], other[candidate], level)), None)
        if twin is not None:
            pairs[name] = twin
            left.remove(twin)
    return pairs


def _alike(one: Mapping[str, Any], other: Mapping[str, Any], level: str) -> bool:
    """Whether two parts of different names are one: they bind the same events, or say just the same."""
    if one.get("when") and same(one.get("when"), other.get("when")):
        return True
    said = {key: value for key, value in one.items() if key != level}
    return bool(said) and same(said, {key: value for key, value in other.items() if key != level})


def _parts(one: Mapping[str, Any], other: Mapping[str, Any], pairs: Mapping[str, str], moved: Sequence[Moved]) -> Parts:
    known = set(pairs.values())
    return Parts(
        added=tuple(name for name in other if name not in known),
        removed=tuple(name for name in one if name not in pairs),
        renamed=tuple(Renamed(old, new) for old, new in pairs.items() if old != new),
        moved=tuple(moved),
    )


def _moved_stages(one: Sequence[str], other: Sequence[str], pairs: Mapping[str, str]) -> list[Moved]:
    kept = _in_order([pairs[name] for name in one if name in pairs], [name for name in other if name in pairs.values()])
    return [Moved(name, None, None) for name in other if name in pairs.values() and name not in kept]


def _moved_touchpoints(one: Map, other: Map, stages: Mapping[str, str], pairs: Mapping[str, str]) -> list[Moved]:
    """Those that changed their stage, then those whose order within it changed."""
    at = {pairs[t.name]: s.name for s in one.stages for t in s.touchpoints if t.name in pairs}
    moved: list[Moved] = []
    for stage in other.stages:
        names = [touchpoint.name for touchpoint in stage.touchpoints if touchpoint.name in at]
        came = [name for name in names if stages.get(at[name]) != stage.name]
        stayed = [name for name in names if name not in came]
        before = [name for name in at if name in stayed]
        order = _in_order(before, stayed)
        moved += [Moved(name, at[name], stage.name) for name in names if name in came or name not in order]
    return moved


def _in_order(one: Sequence[str], other: Sequence[str]) -> set[str]:
    """Names that stand in the same order in both."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {name for block in blocks for name in one[block.a : block.a + block.size]}


def _cells(
    level: Literal["map", "stage", "touchpoint"], name: str | None, one: Mapping[str, Any], other: Mapping[str, Any]
) -> list[Cell]:
    cells: list[Cell] = []
    for key in dict.fromkeys((*one, *other)):
        if key not in _STRUCTURE:
            _compare(cells, level, name, (key,), one.get(key), other.get(key))
    return cells


def _compare(
    cells: list[Cell],
    level: Literal["map", "stage", "touchpoint"],
    name: str | None,
    path: tuple[str, ...],
    one: Any,
    other: Any,
) -> None:
    if same(one, other):
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            _compare(cells, level, name, (*path, key), one.get(key), other.get(key))
    else:
        cells.append(Cell(level, name, path, one, other))
