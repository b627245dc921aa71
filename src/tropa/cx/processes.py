"""The inside of a company as the map tells it: the department and owner behind each touchpoint, and who acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_names
from tropa.cx.map import Touchpoint
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints
from tropa.errors import TropaError, did_you_mean

CUSTOMER = 0
EMPLOYEE = 1
SYSTEM = 2
UNKNOWN = 3
"""Who acts; of UNKNOWN the data and the map say nothing."""

SCHEDULE = 1
START = 2
COMPLETE = 3
"""Phases of a piece of work that is told by several events; 0 is an event that is whole in itself."""

LIFECYCLE = ATTRIBUTE + "lifecycle:transition"
_PHASES = {"schedule": SCHEDULE, "start": START, "complete": COMPLETE}

_MOST_KEYS = 100_000
"""Units that could be, up to which they are looked up in a table."""

_ACTORS = {"customer": CUSTOMER, "employee": EMPLOYEE, "system": SYSTEM}


@dataclass(frozen=True)
class Processes:
    """What stands behind each step of a level.

    A unit is an activity at a step. A row is a unit together with a department: `unit * width` with the department
    that its own touchpoint names (or none), `unit * width + 1 + d` with department `d` of the map, which the
    performer names.

    Attributes:
        departments: names that the map gives, once each.
        department_of: place in `departments` of each step's own one, ABSENT where the map names none.
        owner_of: owner of each step, as the map names it.
        actor_of: who acts at each step by the map, UNKNOWN where it does not say.
        performer_department: of each performer, the department of the map that bears that name; ABSENT is the last.
        units: step * activities + activity of each unit, rising.
    """

    steps: Sequence[str]
    departments: tuple[str, ...]
    department_of: tuple[int, ...]
    owner_of: tuple[str | None, ...]
    actor_of: Array
    performer_department: Codes
    activities: int
    units: Ints

    @property
    def width(self) -> int:
        return len(self.departments) + 1

    @property
    def rows(self) -> int:
        return len(self.units) * self.width

    def row_codes(self, steps: Codes, activity: Codes, performers: Codes) -> Codes:
        """Row of each event; what it is for an event at no step has no meaning."""
        named = self.performer_department[performers]
        own = np.append(np.array(self.department_of, dtype=np.int32), np.int32(ABSENT))[steps]
        other = np.where((named == ABSENT) | (named == own), 0, named + 1)
        keys = unit_keys(steps, activity, self.activities)
        could = len(self.steps) * self.activities
        if could <= _MOST_KEYS:
            places = np.zeros(max(could, 1), dtype=np.int32)
            places[self.units] = np.arange(len(self.units), dtype=np.int32)
            unit = places[keys]
        else:
            unit = np.minimum(np.searchsorted(self.units, keys), max(len(self.units) - 1, 0))
        return np.asarray(unit * self.width + other, dtype=np.int32)

    def step_of(self, row: int) -> int:
        return int(self.units[row // self.width]) // self.activities

    def activity_of(self, row: int) -> int:
        return int(self.units[row // self.width]) % self.activities

    def department_code(self, row: int) -> int:
        """Place in `departments`, ABSENT where neither performer nor map name one that the map knows."""
        other = row % self.width
        return other - 1 if other else self.department_of[self.step_of(row)]

    def department(self, row: int) -> str | None:
        """The department of a row by the map."""
        code = self.department_code(row)
        return None if code == ABSENT else self.departments[code]


def unit_keys(steps: Codes, activity: Codes, activities: int) -> Ints:
    """Key of each event's unit; it has no meaning for an event at no step."""
    return np.asarray(np.maximum(steps, 0).astype(np.int64) * activities + np.maximum(activity, 0))


def processes(lens: Lens, by: By, performer: str, units: Ints) -> Processes:
    """Departments and owners of the steps of a level, and which performers are departments of the map.

    Args:
        units: those that occur.
        performer: column of the events that tells who does the work.
    """
    names = level_names(lens, by)
    touchpoints = _of_steps(lens, by, names)
    told = [_process(touchpoint) for touchpoint in touchpoints]
    every = [] if lens.map is None else [_process(touchpoint) for touchpoint in lens.map.touchpoints]
    departments = tuple(dict.fromkeys(name for one in every if (name := _text(one, "department"))))
    places = {name.casefold(): place for place, name in enumerate(departments)}
    performers = lens.dictionaries.get(performer, ())
    return Processes(
        steps=names,
        departments=departments,
        department_of=tuple(places.get((_text(one, "department") or "").casefold(), ABSENT) for one in told),
        owner_of=tuple(_text(one, "owner") for one in told),
        actor_of=np.array(
            [UNKNOWN if one is None or one.actor is None else _ACTORS[one.actor] for one in touchpoints], dtype=np.int8
        ),
        performer_department=np.array(
            [places.get(name.strip().casefold(), ABSENT) for name in performers] + [ABSENT], dtype=np.int32
        ),
        activities=max(len(lens.dictionaries.get("activity", ())), 1),
        units=units,
    )


def performer_column(lens: Lens, wanted: str) -> str:
    """The column that tells who does the work: `performer`, or an attribute of the events.

    Raises:
        TropaError: where the data has no such attribute.
    """
    if wanted == "performer":
        return wanted
    if ATTRIBUTE + wanted not in lens.dictionaries:
        known = [name.removeprefix(ATTRIBUTE) for name in lens.dictionaries if name.startswith(ATTRIBUTE)]
        raise TropaError(
            f"The data has no attribute {wanted!r} to tell who does the work.",
            did_you_mean(wanted, [*known, "performer"]),
            kind="usage",
        )
    return ATTRIBUTE + wanted


def phases(view: View) -> Array:
    """Phase of each event by the word that the data uses for it, in any case of letters."""
    words = view.lens.dictionaries.get(LIFECYCLE, ())
    table = np.array([_PHASES.get(word.strip().lower(), 0) for word in words] + [0], dtype=np.int8)
    return table[view.column(LIFECYCLE)]


def _of_steps(lens: Lens, by: By, names: Sequence[str]) -> Sequence[Touchpoint | None]:
    """The touchpoint behind each step, None where no single one is: activities that several bind, stages."""
    if lens.map is None or by == "stage":
        return [None] * len(names)
    if by == "touchpoint":
        return lens.map.touchpoints
    nodes = lens.answer_bindings[0]
    cells = nodes.table[nodes.classes[0]] if nodes.columns == ("activity",) else np.full(len(names) + 1, ABSENT)
    return [None if cells[code] == ABSENT else lens.map.touchpoints[int(cells[code])] for code in range(len(names))]


def _process(touchpoint: Touchpoint | None) -> Mapping[str, Any]:
    told = None if touchpoint is None else touchpoint.raw.get("process")
    return told if isinstance(told, Mapping) else {}


def _text(process: Mapping[str, Any], key: str) -> str | None:
    value = process.get(key)
    return value.strip() or None if isinstance(value, str) else None


def actors(view: View, steps: Codes, told: Processes, working: Array) -> Array:
    """Who acts in each event: the data's word, where the data tells of anybody but customers; else the map's word for
    the touchpoint; else an employee, where the event names a performer or is a phase of work; else UNKNOWN.
    """
    words = view.lens.dictionaries.get("actor", ())
    table = np.array([_ACTORS.get(word.strip().lower(), UNKNOWN) for word in words] + [UNKNOWN], dtype=np.int8)
    if len(set(table[:-1].tolist()) - {CUSTOMER}) > 0:
        return np.asarray(table[view.column("actor")])
    by_map = np.append(told.actor_of, np.int8(UNKNOWN))[steps]
    return np.asarray(np.where(by_map != UNKNOWN, by_map, np.where(working, EMPLOYEE, UNKNOWN)), dtype=np.int8)
