"""What others did to a map since a version: their changes as told, or found where a whole text was replaced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tropa.cx.map import Map
from tropa.cx.map_difference import difference
from tropa.workspace.map_opened import Changed, Opened, renames_between

if TYPE_CHECKING:
    from tropa.cx.map_change_form import Change
    from tropa.cx.map_changes import Conflict
    from tropa.store.documents.map_records import Told


@dataclass(frozen=True, slots=True)
class Sent:
    """Changes that were made on version `base`.

    Attributes:
        batch: the sender's own id of them: the same batch sent again is answered as the first time.
        mine: batches of the sender that are among what was done since `base`: not the work of others.
    """

    base: int
    changes: Sequence[Change]
    batch: str | None = None
    mine: Sequence[str] = ()


def refusals_of(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """What is kept of changes that were not applied."""
    return [{"index": one.index, "reason": one.reason, "current": one.current} for one in conflicts]


def told_again(told: Sequence[Told], sent: Sent, opened: Callable[[int], Opened]) -> Changed | None:
    """The first answer to a batch, word for word, where it was applied already; None where it was not."""
    from tropa.cx.map_changes import Conflict

    first = next((one for one in told if sent.batch is not None and one.batch == sent.batch), None)
    if first is None:
        return None
    known = [one for one in first.conflicts if one["index"] < len(sent.changes)]
    conflicts = tuple(
        Conflict(one["index"], sent.changes[one["index"]], one["reason"], one["current"]) for one in known
    )
    return Changed(opened(first.version), len(sent.changes) - len(conflicts), conflicts)


def others_changes(told: Sequence[Told], mine: Collection[str], map_of: Callable[[int], Map]) -> list[Change]:
    """Changes of versions one after another, but for those of the batches `mine`.

    Args:
        told: in the order of the versions.
        mine: batches that the person who asks has sent.
        map_of: the map of a version; asked only for versions that replaced the whole text.
    """
    from pydantic import TypeAdapter

    from tropa.cx.map_change_form import Change

    read: TypeAdapter[list[Change]] = TypeAdapter(list[Change])
    found: list[Change] = []
    for one in told:
        if one.changes is None:
            found += read.validate_python(_between(map_of(one.version - 1), map_of(one.version)))
        elif one.batch is None or one.batch not in mine:
            found += read.validate_python(list(one.changes))
    return found


def _between(one: Map, other: Map) -> list[dict[str, Any]]:
    """Where a whole other text differs, as changes: names and places only, for values are compared as they are."""
    found = difference(one, other)
    changes: list[dict[str, Any]] = [
        {"op": "rename", "on": {level: old}, "to": new} for level, old, new in renames_between(one, other)
    ]
    stage_of = {touchpoint.name: stage.name for stage in other.stages for touchpoint in stage.touchpoints}
    changes += [{"op": "remove", "on": {"touchpoint": name}} for name in found.touchpoints.removed]
    changes += [{"op": "remove", "on": {"stage": name}} for name in found.stages.removed]
    changes += [{"op": "add", "on": {"stage": name}} for name in found.stages.added]
    for op, names in (("add", found.touchpoints.added), ("move", [moved.name for moved in found.touchpoints.moved])):
        changes += [{"op": op, "on": {"touchpoint": name}, "stage": stage_of[name]} for name in names]
    written = dict.fromkeys((cell.level, cell.name) for cell in found.cells)
    for level, name in written:
        on: dict[str, Any] = {"map": True} if name is None else {level: name}
        changes.append({"op": "set", "on": on, "path": ["*"], "value": None})
    if found.name is not None:
        changes.append({"op": "rename", "on": {"map": True}, "to": found.name.other})
    return changes
