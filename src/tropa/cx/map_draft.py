"""A map's document while it is being changed: copied only where it is written to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tropa.cx.map_keys import clean_name

Plain = dict[str, Any]
Level = Literal["map", "stage", "touchpoint"]

_NOTHING: tuple[Any, ...] = (None, "", [], {})


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: nothing is nothing however it is written; 4 is 4.0; true is not 1."""
    if one in _NOTHING and not isinstance(one, bool):
        return other in _NOTHING and not isinstance(other, bool)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


class Draft:
    """Stages and touchpoints by their names.

    Args:
        document: as `map_to_json` gives it; it stays as it is.
    """

    def __init__(self, document: Plain) -> None:
        self._top = {key: value for key, value in document.items() if key != "stages"}
        self._stages: list[Plain] = list(document.get("stages") or [])

    @property
    def document(self) -> Plain:
        """The document as it is now."""
        return {**self._top, "stages": list(self._stages)}

    def get(self, level: Level, name: str) -> Plain | None:
        """A stage or a touchpoint, or None."""
        if level == "stage":
            return next((stage for stage in self._stages if stage.get("stage") == name), None)
        place = self._place(name)
        return None if place is None else _inside(self._stages[place[0]])[place[1]]

    def put(self, level: Level, name: str, value: Plain) -> None:
        """Replace what is there; the whole map's own keys where the level is `map`."""
        if level == "map":
            self._top = {key: part for key, part in value.items() if key != "stages"}
        elif level == "stage":
            self._stages[self._index(name)] = value
        else:
            place = self._place(name)
            assert place is not None
            touchpoints = _inside(self._stages[place[0]])
            touchpoints[place[1]] = value
            self._fill(place[0], touchpoints)

    def rename(self, level: Level, name: str, to: str) -> None:
        """Give another name; the goal follows."""
        if level == "map":
            self._top["map"] = to
            return
        value = self.get(level, name)
        assert value is not None
        self.put(level, name, {key: to if key == level else part for key, part in value.items()})
        if level == "touchpoint":
            self._goal(lambda goal: to if goal == name else goal)

    def insert(self, level: Level, value: Plain, stage: str | None, after: str | None) -> None:
        """Put a new one after another; first where that is None, last where it is not there."""
        if level == "stage":
            self._stages.insert(_behind(self._stages, "stage", after), value)
            return
        assert stage is not None
        place = self._index(stage)
        touchpoints = _inside(self._stages[place])
        touchpoints.insert(_behind(touchpoints, "touchpoint", after), value)
        self._fill(place, touchpoints)

    def move(self, level: Level, name: str, stage: str | None, after: str | None) -> bool:
        """Put elsewhere; False where it stands there already."""
        before = self._order()
        value = self.get(level, name)
        assert value is not None
        self._take(level, name)
        self.insert(level, value, stage, after)
        return self._order() != before

    def remove(self, level: Level, name: str) -> None:
        """Take away; the goal follows."""
        value = self.get(level, name)
        assert value is not None
        gone = {name} if level == "touchpoint" else set(self.touchpoint_names(value))
        self._take(level, name)
        self._goal(lambda goal: None if goal in gone else goal)

    def touchpoint_names(self, stage: Plain) -> Sequence[str]:
        """Names of the touchpoints of a stage, as far as they have one."""
        names = (part.get("touchpoint") for part in _inside(stage) if isinstance(part, dict))
        return [clean_name(name) for name in names if isinstance(name, str)]

    def touchpoints_taken(self, stage: Plain) -> Plain | None:
        """A touchpoint of the map that has the name of one of a stage that is not on the map yet."""
        return next((found for name in self.touchpoint_names(stage) if (found := self.get("touchpoint", name))), None)

    def _take(self, level: Level, name: str) -> None:
        if level == "stage":
            del self._stages[self._index(name)]
            return
        place = self._place(name)
        assert place is not None
        touchpoints = _inside(self._stages[place[0]])
        del touchpoints[place[1]]
        self._fill(place[0], touchpoints)

    def _fill(self, place: int, touchpoints: list[Plain]) -> None:
        stage = {key: value for key, value in self._stages[place].items() if key != "touchpoints"}
        self._stages[place] = {**stage, "touchpoints": touchpoints} if touchpoints else stage

    def _goal(self, change: Any) -> None:
        if not self._top.get("goal"):
            return
        goal = [kept for kept in map(change, self._top["goal"]) if kept is not None]
        self._top["goal"] = goal
        if not goal:
            del self._top["goal"]

    def _order(self) -> list[Any]:
        return [(stage.get("stage"), self.touchpoint_names(stage)) for stage in self._stages]

    def _index(self, name: str) -> int:
        return next(place for place, stage in enumerate(self._stages) if stage.get("stage") == name)

    def _place(self, name: str) -> tuple[int, int] | None:
        for number, stage in enumerate(self._stages):
            for place, touchpoint in enumerate(stage.get("touchpoints") or ()):
                if isinstance(touchpoint, dict) and touchpoint.get("touchpoint") == name:
                    return number, place
        return None


def _inside(stage: Plain) -> list[Plain]:
    touchpoints = stage.get("touchpoints")
    return list(touchpoints) if isinstance(touchpoints, list) else []


def _behind(entries: Sequence[Plain], level: str, after: str | None) -> int:
    if after is None:
        return 0
    return next((place for place, entry in enumerate(entries, 1) if entry.get(level) == after), len(entries))
