"""Ready maps laid over the data of a workspace, and a map proposed from the data alone."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tropa.cx.expressions import matching
from tropa.cx.map import expression_of
from tropa.cx.naming import rule_value
from tropa.cx.propose import Observed, propose
from tropa.errors import TropaError, did_you_mean
from tropa.stats.ordering import potential, without_background
from tropa.templates import Activity, Matching, Template, match, rule_of
from tropa.workspace.observe import natural_unit, observed
from tropa.workspace.workspace import Workspace

MAX_ACTIVITIES = 300
"""The most frequent activities are matched; a person would not look through more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An activity of the data and the journeys that have it."""

    activity: str
    journeys: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A ready map over the data. `journeys`: all of them; `more` activities were too rare to be looked at."""

    matching: Matching
    journeys: int
    more: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A map drawn from the data alone.

    Attributes:
        document: the map.
        goal, goal_journeys: the touchpoint that was taken for the goal, and the journeys that reach it.
        within: time in which 95 % of those reach it.
        left: activities that are not on it, most frequent first.
    """

    document: Mapping[str, Any]
    goal: str
    goal_journeys: int
    journeys: int
    within: str | None
    left: tuple[Seen, ...]


def lay(workspace: Workspace, template: Template) -> Laid:
    """Guess which activities belong to which touchpoint of a ready map.

    Raises:
        TropaError: there is no data.
    """
    told = observed(workspace)
    activities = _activities(told)
    kept = sorted(activities, key=lambda one: (-one.journeys, one.name))[:MAX_ACTIVITIES]
    return Laid(match(template, kept), told.total_journeys, len(activities) - len(kept))


def bound_document(
    workspace: Workspace,
    template: Template,
    bound: Mapping[str, Sequence[str]],
    goals: Sequence[str] | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """A ready map whose touchpoints are bound to activities of the data.

    Where nothing is bound the rule that often fits stays, for data to come, unless something in the data fits it.

    Args:
        workspace: its data tell which activities there are.
        template: the ready map.
        bound: touchpoint -> activities.
        goals: touchpoints that complete the journey; those of the template where not given.
        name: of the map.

    Raises:
        TropaError: a touchpoint that the map has not, or an activity bound twice.
    """
    names = [touchpoint for _, touchpoint in template.touchpoints]
    _refuse(names, bound, goals)
    present = [one.name for one in _activities(observed(workspace))] if _has_events(workspace) else []
    document: dict[str, Any] = copy.deepcopy(dict(template.document))
    for stage in document["stages"]:
        for touchpoint in stage["touchpoints"]:
            rules = [rule for one in bound.get(touchpoint["touchpoint"], ()) if (rule := rule_value(one)) is not None]
            expression = expression_of(rule_of(template.seen[touchpoint["touchpoint"]])) or ""
            if rules:
                touchpoint["when"] = {"activity": rules}
            elif present and matching(expression, present).any():
                del touchpoint["when"]
    document["goal"] = list(goals) if goals else document["goal"]
    if document["unit"] == "case" and present and not workspace.store.has_cases(workspace.store.head):
        document["unit"] = "customer"
    if name is not None and name.strip():
        document["map"] = name.strip()
    return document


def proposed(workspace: Workspace) -> Proposed:
    """A first map drawn from the data alone.

    Raises:
        TropaError: there is no data.
    """
    now = workspace.map()
    unit = natural_unit(workspace) if now is None else now.unit
    told = observed(workspace, unit)
    draft = propose(told, name=workspace.settings.name, unit=unit).map
    on_map = {value for touchpoint in draft.touchpoints for value in touchpoint.when.get("activity", ())}
    volume = dict(zip(told.names, map(int, told.journeys), strict=True))
    goal = next(touchpoint for touchpoint in draft.touchpoints if touchpoint.name in draft.goal)
    left = sorted(
        (Seen(name, count) for name, count in volume.items() if count and rule_value(name) not in on_map),
        key=lambda one: (-one.journeys, one.activity),
    )
    return Proposed(
        document=draft.raw,
        goal=goal.name,
        goal_journeys=max((volume.get(value, 0) for value in goal.when.get("activity", ())), default=0),
        journeys=told.total_journeys,
        within=draft.raw.get("within"),
        left=tuple(left[:MAX_ACTIVITIES]),
    )


def _activities(told: Observed) -> list[Activity]:
    """Activities with their places in time, from what follows what."""
    followed = np.arange(len(told.names)) if told.followed is None else told.followed
    level = potential(without_background(told.successions))
    order = np.argsort(np.argsort(level, kind="stable"), kind="stable") / max(1, len(level) - 1)
    place = dict(zip(map(int, followed), map(float, order), strict=True))
    return [
        Activity(name, int(count), place.get(index, 0.5))
        for index, (name, count) in enumerate(zip(told.names, told.journeys, strict=True))
        if count
    ]


def _refuse(names: Sequence[str], bound: Mapping[str, Sequence[str]], goals: Sequence[str] | None) -> None:
    owner: dict[str, str] = {}
    for touchpoint, activities in bound.items():
        if touchpoint not in names:
            raise TropaError(f"The map has no touchpoint {touchpoint!r}.", did_you_mean(touchpoint, names), "usage")
        for activity in activities:
            if owner.setdefault(activity, touchpoint) != touchpoint:
                raise TropaError(
                    f"{activity!r} is bound to {owner[activity]!r} and to {touchpoint!r}.",
                    "An event belongs to one touchpoint: remove it from one of them.",
                    "usage",
                )
    for goal in goals or ():
        if goal not in names:
            raise TropaError(f"The map has no touchpoint {goal!r}.", did_you_mean(goal, names), "usage")


def _has_events(workspace: Workspace) -> bool:
    return workspace.store.head.tables.get("events") is not None
