"""Who meets an obstacle, told step by step, without any judgement of effects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
from tests.helpers import make_workspace

from tropa.cx.obstacles import OBSTACLES
from tropa.cx.obstacles.form import UNLIMITED, AtEvents, AtLandmarks, Context, Marks
from tropa.cx.obstacles.look import at_landmarks
from tropa.cx.obstacles.steps import Steps, steps_of
from tropa.cx.obstacles.survey import completed, count, following, survey
from tropa.cx.obstacles.trials import SILENT
from tropa.cx.view import View
from tropa.engine.journeys import NO_TIME
from tropa.workspace.workspace import Workspace

BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_MINUTE_US = 60_000_000

Met = set[tuple[str, str, float]]
Wait = tuple[str, str, float, float | None, float | None]


def told(stories: Mapping[str, str], **extras: Any) -> list[dict[str, Any]]:
    """Events in short: customer -> `activity@minutes/channel/actor/performer`, whatever is not told left out or `-`;
    `!` after the activity: it failed. `extras` stand in every row.

    >>> told({"a": "visit@0/web check@9/-/employee/Desk"})
    """
    rows = []
    for customer, story in stories.items():
        for step in story.split():
            what, *rest = step.split("/")
            activity, minutes = what.split("@")
            row = {"customer_id": customer, "time": at(float(minutes)), "activity": activity.rstrip("!")}
            row |= {"status": "failed"} if activity.endswith("!") else {}
            names = ("channel", "actor", "performer")
            row |= {name: value for name, value in zip(names, rest, strict=False) if value != "-"}
            rows.append(row | extras)
    return rows


def at(minutes: float) -> str:
    return (BEGIN + dt.timedelta(minutes=minutes)).isoformat()


def usual(story: str, count: int = 12) -> dict[str, str]:
    """So many customers u0, u1, ... who all go the usual way."""
    return {f"u{number}": story for number in range(count)}


class Seen:
    """A workspace looked at as the passes look at it."""

    def __init__(self, workspace: Workspace) -> None:
        _, manifest, lens = workspace.journeys()
        self.views = [opener() for opener in workspace.views(manifest, lens, None)]
        found = survey(reduce(add, map(count, self.views)), lens, sum(len(view) for view in self.views))
        self.steps = [steps_of(view, found.pair_of, found.contact_activity) for view in self.views]
        after = [following(view, steps, found, lens) for view, steps in zip(self.views, self.steps, strict=True)]
        self.context = Context(lens, completed(found, reduce(add, after)))

    def met(self, slug: str) -> Met:
        """(customer, activity, minute) of the steps that are the obstacle."""
        return self.marked(slug, lambda marks: marks.met)

    def marked(self, slug: str, which: Any) -> Met:
        """The same of another field of the marks."""
        obstacle = next(one for one in OBSTACLES if one.slug == slug)
        assert isinstance(obstacle, AtEvents)
        found: Met = set()
        for view, steps in zip(self.views, self.steps, strict=True):
            marks: Marks = obstacle.marks(view, steps, self.context)
            found |= {self._step(view, steps, int(step)) for step in which(marks).nonzero()[0]}
        return found

    def waits(self, slug: str) -> set[Wait]:
        """(customer, activity, minute, limit, waited) of the waits; None: no limit of its own; never served."""
        obstacle = next(one for one in OBSTACLES if one.slug == slug)
        assert isinstance(obstacle, AtLandmarks)
        found: set[Wait] = set()
        for view, steps in zip(self.views, self.steps, strict=True):
            waits = obstacle.arrivals(view, steps, self.context)
            for step, limit, served in zip(waits.step, waits.limit_us, waits.served_us, strict=True):
                waited = None if served == NO_TIME else (served - steps.time[step]) / _MINUTE_US
                longest = None if limit == UNLIMITED else limit / _MINUTE_US
                found.add((*self._step(view, steps, int(step)), longest, waited))
        return found

    def too_long(self, slug: str) -> dict[str, bool | None]:
        """Customer -> whether the wait is known to have been longer than its limit; None: nobody knows."""
        obstacle = next(one for one in OBSTACLES if one.slug == slug)
        assert isinstance(obstacle, AtLandmarks)
        found: dict[str, bool | None] = {}
        now_us = self.context.lens.facts.now_us or 0
        for view, steps in zip(self.views, self.steps, strict=True):
            nobody, until = np.zeros(len(view)), np.full(len(view), now_us)
            trials = at_landmarks(obstacle, view, steps, self.context, nobody, 1.0, until)
            for journey, flags, seconds, limit in zip(
                trials.journey, trials.flags, trials.seconds, trials.limit_seconds, strict=True
            ):
                found[view.customer_id(int(journey))] = None if flags & SILENT else bool(seconds > limit)
        return found

    def _step(self, view: View, steps: Steps, step: int) -> tuple[str, str, float]:
        activity = self.context.lens.dictionaries["activity"][steps.activity[step]]
        since = dt.datetime.fromtimestamp(int(steps.time[step]) / 1e6, dt.UTC) - BEGIN
        return view.customer_id(int(steps.journey[step])), activity, since.total_seconds() / 60


def look(folder: Path, events: list[dict[str, Any]], map_text: str) -> Seen:
    return Seen(make_workspace(folder / "ws", events, map_text=map_text))
