"""What others did to a map meanwhile: names translated to those of today, and what was touched."""

from __future__ import annotations

from collections.abc import Sequence

from tropa.cx.map_change_form import AddChange, Change, MoveChange, OnStage, OnTouchpoint, RenameChange
from tropa.cx.map_draft import Level


class History:
    """Changes of others since the version that a person was looking at.

    Args:
        since: in the order in which they were made, each under the names of its moment.
    """

    def __init__(self, since: Sequence[Change] = ()) -> None:
        self._renames: list[tuple[Level, str, str]] = []
        self._touched: set[tuple[Level, str]] = set()
        self._called: dict[tuple[Level, str], str | None] = {}
        for change in since:
            self._follow(change)

    def _follow(self, change: Change) -> None:
        level, name = _place(change.on)
        if isinstance(change, RenameChange):
            self._renames.append((level, name, change.to))
            if (level, name) in self._touched:
                self._touched.discard((level, name))
            name = change.to
        if not isinstance(change, MoveChange):
            self._touched.add((level, name))
        if isinstance(change, AddChange | MoveChange) and change.stage is not None:
            self._touched.add(("stage", change.stage))

    def today(self, level: Level, name: str) -> str | None:
        """The name of today of what the person calls so; None where it is known to be gone."""
        if (level, name) in self._called:
            return self._called[level, name]
        for renamed, old, new in self._renames:
            if renamed == level and old == name:
                name = new
        return name

    def renamed(self, level: Level, name: str) -> bool:
        """Whether others gave another name to what the person calls so."""
        if (level, name) in self._called:
            return False
        return self.today(level, name) != name if level != "map" else any(one[0] == "map" for one in self._renames)

    def touched(self, level: Level, today: str) -> bool:
        """Whether others wrote there; `today` is the name of today."""
        return (level, today) in self._touched

    def call(self, level: Level, name: str, today: str | None) -> None:
        """From here on the person calls it so."""
        self._called[level, name] = today


def _place(on: object) -> tuple[Level, str]:
    if isinstance(on, OnStage):
        return "stage", on.stage
    return ("touchpoint", on.touchpoint) if isinstance(on, OnTouchpoint) else ("map", "")
