"""The change language of maps: changes of several people merged into one document, nothing typed lost.

Pure: a document in, a document out; parts that no change touches are the same objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tropa.cx.map_change_form import (
    AddChange,
    Change,
    MoveChange,
    OnMap,
    OnStage,
    OnTouchpoint,
    RemoveChange,
    RenameChange,
    SetChange,
)
from tropa.cx.map_draft import Draft, Level, Plain, same
from tropa.cx.map_history import History
from tropa.cx.map_keys import clean_name
from tropa.cx.map_lists import merged
from tropa.errors import TropaError

Reason = Literal["changed", "gone", "taken"]
Target = OnMap | OnStage | OnTouchpoint

# Written by rename, add, move and remove only.
_STRUCTURE = {"map": {"map", "stages"}, "stage": {"stage", "touchpoints"}, "touchpoint": {"touchpoint"}}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not applied; the person's own value is in it.

    Attributes:
        index: its place among the changes sent, from 0.
        change: as it was sent.
        reason: `changed` somebody else wrote there; `gone` its target is no more; `taken` the name is another's.
        current: what stands there now.
    """

    index: int
    change: Change
    reason: Reason
    current: Any


@dataclass(frozen=True, slots=True)
class Applied:
    """The document after the changes, those that changed it (under today's names), and those not applied."""

    document: Plain
    changes: tuple[Change, ...] = ()
    applied: int = 0
    conflicts: tuple[Conflict, ...] = ()


class _NotApplied(Exception):
    def __init__(self, reason: Reason, current: Any = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.current = current


def apply(document: Plain, changes: Sequence[Change], since: Sequence[Change] = ()) -> Applied:
    """Apply changes that were made on an older version of a document.

    Args:
        document: as it is now; not changed.
        changes: in the order in which they were made; a change sees those before it.
        since: what others have changed after the version that the changes were made on.

    Raises:
        TropaError: (usage) a change that means nothing, such as one that sets `stages`; it is named by its number.
    """
    merge = _Merge(Draft(document), History(since))
    conflicts: list[Conflict] = []
    for index, change in enumerate(changes):
        try:
            merge.take(change)
        except _NotApplied as refusal:
            conflicts.append(Conflict(index, change, refusal.reason, refusal.current))
        except TropaError as error:
            raise TropaError(f"{told(index, change)}: {error.message}", error.hint, error.kind) from None
    return Applied(merge.draft.document, tuple(merge.done), len(changes) - len(conflicts), tuple(conflicts))


def told(index: int, change: Change) -> str:
    """A change in words, for a message."""
    what = f"set {'.'.join(change.path)} of" if isinstance(change, SetChange) else change.op
    _, name = _target(change.on)
    return f"Change {index + 1} ({what} {name[:60]!r})" if name else f"Change {index + 1} ({what} the map)"


def _target(on: Target) -> tuple[Level, str]:
    if isinstance(on, OnStage):
        return "stage", clean_name(on.stage)
    return ("touchpoint", clean_name(on.touchpoint)) if isinstance(on, OnTouchpoint) else ("map", "")


def _on(level: Level, name: str) -> OnStage | OnTouchpoint:
    return OnStage(stage=name) if level == "stage" else OnTouchpoint(touchpoint=name)


@dataclass(slots=True)
class _Merge:
    """A draft being changed; `done` is what changed it."""

    draft: Draft
    history: History
    done: list[Change] = field(default_factory=list)

    def take(self, change: Change) -> None:
        level, name = _target(change.on)
        if isinstance(change, SetChange):
            self._set(change, level, name)
        elif isinstance(change, RenameChange):
            self._rename(change, level, name)
        elif isinstance(change, AddChange):
            self._add(change, level, name)
        elif isinstance(change, MoveChange):
            self._move(change, level, name)
        else:
            self._remove(change, level, name)

    def _found(self, level: Level, name: str) -> tuple[str, Plain]:
        """The target under its name of today."""
        if level == "map":
            return "", self.draft.document
        today = self.history.today(level, name)
        value = None if today is None else self.draft.get(level, today)
        if today is None or value is None:
            raise _NotApplied("gone")
        return today, value

    def _set(self, change: SetChange, level: Level, name: str) -> None:
        if change.path[0] in _STRUCTURE[level]:
            raise TropaError(f"`{change.path[0]}` cannot be set.", "Use rename, add, move and remove.", kind="usage")
        today, target = self._found(level, name)
        value, was = change.value, change.was
        is_goal = level == "map" and change.path == ["goal"]
        if is_goal:
            value, was = self._goal(value), self._goal(was)
        current, reachable = _value_at(target, change.path)
        if reachable and not same(current, value) and not same(current, was):
            # Others wrote there: two lists come together item by item.
            both = merged(was, value, current)
            was, value = (was, value) if both is None else (current, both)
        goals = value if is_goal and isinstance(value, list) else ()
        if any(not self.draft.get("touchpoint", str(goal)) for goal in goals):
            raise _NotApplied("gone", current)
        if reachable and same(current, value):
            return
        if not reachable or not same(current, was):
            raise _NotApplied("changed", current)
        self.draft.put(level, today, _with(target, change.path, value))
        on = change.on if level == "map" else _on(level, today)
        self.done.append(change.model_copy(update={"on": on, "value": value, "was": was}))

    def _goal(self, value: Any) -> Any:
        """Touchpoints of a goal under their names of today."""
        if not isinstance(value, list):
            return [value] if isinstance(value, str) else value
        cleaned = [clean_name(goal) if isinstance(goal, str) else goal for goal in value]
        return [(self.history.today("touchpoint", goal) or goal) if isinstance(goal, str) else goal for goal in cleaned]

    def _rename(self, change: RenameChange, level: Level, name: str) -> None:
        to = clean_name(change.to)
        if not to:
            raise TropaError("a name must not be empty.", "Write at least one letter.", kind="usage")
        today, target = self._found(level, name)
        now = target["map"] if level == "map" else today
        if to == now:
            return
        if self.history.renamed(level, name):
            # What follows in the same breath means this target by the name that it did not get.
            self.history.call(level, to, today)
            raise _NotApplied("changed", now)
        if level != "map" and self.draft.get(level, to) is not None:
            self.history.call(level, to, today)
            raise _NotApplied("taken", to)
        self.draft.rename(level, today, to)
        self.history.call(level, to, to)
        on = change.on if level == "map" else _on(level, today)
        self.done.append(change.model_copy(update={"on": on, "to": to}))

    def _add(self, change: AddChange, level: Level, name: str) -> None:
        if not name:
            raise TropaError("a name must not be empty.", "Write at least one letter.", kind="usage")
        stage = self._stage_of(change.stage, level)
        value = {level: name, **{key: part for key, part in change.document.items() if key != level}}
        existing = self.draft.get(level, name)
        if existing is not None:
            if same(existing, value):
                return
            self.history.call(level, name, None)
            raise _NotApplied("taken", existing)
        if level == "stage" and (inside := self.draft.touchpoints_taken(value)):
            self.history.call(level, name, None)
            raise _NotApplied("taken", inside)
        after = self._after(change.after, level)
        self.draft.insert(level, value, stage, after)
        self.history.call(level, name, name)
        self.done.append(change.model_copy(update={"on": _on(level, name), "stage": stage, "after": after}))

    def _move(self, change: MoveChange, level: Level, name: str) -> None:
        today, _ = self._found(level, name)
        stage = self._stage_of(change.stage, level)
        after = self._after(change.after, level)
        if after == today or not self.draft.move(level, today, stage, after):
            return
        self.done.append(change.model_copy(update={"on": _on(level, today), "stage": stage, "after": after}))

    def _remove(self, change: RemoveChange, level: Level, name: str) -> None:
        try:
            today, target = self._found(level, name)
        except _NotApplied:
            return
        inside = self.draft.touchpoint_names(target) if level == "stage" else ()
        if change.was is not None:
            written = not same(target, change.was)
        else:
            written = any(self.history.touched("touchpoint", part) for part in inside)
            written = written or self.history.touched(level, today)
        if written:
            raise _NotApplied("changed", target)
        self.draft.remove(level, today)
        self.history.call(level, name, None)
        self.done.append(change.model_copy(update={"on": _on(level, today)}))

    def _stage_of(self, stage: str | None, level: Level) -> str | None:
        if level == "stage":
            return None
        if stage is None:
            raise TropaError("`stage` is missing.", "Say which stage the touchpoint goes to.", kind="usage")
        return self._found("stage", clean_name(stage))[0]

    def _after(self, after: str | None, level: Level) -> str | None:
        """The neighbour under its name of today; one that is gone stays as it was called, and nobody is found by it."""
        if after is None:
            return None
        return self.history.today(level, clean_name(after)) or clean_name(after)


def _value_at(target: Plain, path: Sequence[str]) -> tuple[Any, bool]:
    """The value under a path; False with what stands in the way where something other than a mapping does."""
    value: Any = target
    for key in path:
        if value is None:
            return None, True
        if not isinstance(value, dict):
            return value, False
        value = value.get(key)
    return value, True


def _with(target: Plain, path: Sequence[str], value: Any) -> Plain:
    """A copy with a value under a path; what is emptied is taken away, and the mappings that it leaves empty."""
    copy = dict(target)
    key = path[0]
    if len(path) > 1:
        value = _with(copy.get(key) or {}, path[1:], value)
    if value in (None, "", [], {}):
        copy.pop(key, None)
    else:
        copy[key] = value
    return copy
