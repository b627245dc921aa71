"""The journeys of a list, told one by one: the second look of `journeys`, at those that are on the page alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.analyses.journeys_answers import on_scale
from tropa.analyses.journeys_loops import events_and_value
from tropa.cx.lens import Lens
from tropa.cx.metrics import SCALES, kind_codes
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.times import iso
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Codes, Floats, Ints

OUTCOMES = {REACHED: "reached", UNDER_WAY: "under_way", LEFT: "left"}
LONGEST_WAY = 40


@dataclass(frozen=True, slots=True)
class ListedJourney:
    """One journey of the list; `outcome` is reached, under_way or left, None where the map says no goal.

    - `last`: the last touchpoint of the map (without a map, activity), `stage` its stage.
    - `way`: touchpoints in order, one repeated in a row once; the first 40 of `way_total`.
    - `score`: the worst answer, by how it stands on the scale of `score_kind`; `answers` are all with a score.
    - `failures`: failed events; `value`: money that the events brought, None where nothing is known.
    - `waited_seconds`: the longest of the steps that were asked for by `source` and `target`.
    """

    customer_id: str
    case_id: str | None
    begins: str
    ends: str
    duration_seconds: float
    events: int
    outcome: str | None
    time_to_goal_seconds: float | None
    last: str | None
    stage: str | None
    way: tuple[str, ...]
    way_total: int
    channels: tuple[str, ...]
    failures: int
    value: float | None
    answers: int
    score: float | None
    score_kind: str | None
    waited_seconds: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journey of the page is found again: its customer, its number in their partition, its beginning."""

    customer: str
    journey: int
    begins: int
    waited_us: int


Told = dict[Place, ListedJourney]


@dataclass(frozen=True, slots=True)
class TellingFold:
    """Tells the journeys of a page; `told` makes the answer of them, in the order of the page."""

    lens: Lens
    page: tuple[Place, ...]
    told: Callable[[tuple[ListedJourney, ...]], Any]

    def map(self, view: View) -> Told:
        customers = view.journeys.rows["customer"].cast(pa.string())
        wanted = pa.array(sorted({place.customer for place in self.page}), pa.string())
        if not pc.any(pc.is_in(customers, wanted)).as_py():
            return {}
        here = [place for place in self.page if _is_here(view, place)]
        if not here:
            return {}
        journeys = np.array([place.journey for place in here], dtype=np.int64)
        rows = self._rows(view, journeys)
        waits = (None if place.waited_us == NO_TIME else place.waited_us / 1e6 for place in here)
        return {
            place: replace(row, waited_seconds=waited) for place, row, waited in zip(here, rows, waits, strict=True)
        }

    def merge(self, one: Told, other: Told) -> Told:
        return one | other

    def finish(self, total: Told) -> Any:
        return self.told(tuple(total[place] for place in self.page))

    def _rows(self, view: View, journeys: Ints) -> list[ListedJourney]:
        failures, value = events_and_value(view.offsets, view.failed, view.values("value"), journeys)
        _, answers, answer = worst_answers(view, journeys, self.lens)
        return [
            self._row(view, journey, int(failures[place]), float(value[place]), int(answers[place]), int(answer[place]))
            for place, journey in enumerate(journeys.tolist())
        ]

    def _row(self, view: View, journey: int, failures: int, value: float, answers: int, answer: int) -> ListedJourney:
        lens = self.lens
        events = slice(int(view.offsets[journey]), int(view.offsets[journey + 1]))
        first, last = int(view.time[events.start]), int(view.time[events.stop - 1])
        way = _way(view.nodes[events])
        goal = int(view.outcome.goal_us[journey])
        told = view.feedback
        return ListedJourney(
            customer_id=view.customer_id(journey),
            case_id=view.case_id(journey),
            begins=iso(first) or "",
            ends=iso(last) or "",
            duration_seconds=(last - first) / 1e6,
            events=events.stop - events.start,
            outcome=OUTCOMES[int(view.outcome.status[journey])] if lens.has_goal else None,
            time_to_goal_seconds=None if goal == NO_TIME else (goal - first) / 1e6,
            last=lens.nodes[way[-1]] if way else None,
            stage=lens.stage_name(way[-1]) if way else None,
            way=tuple(lens.nodes[node] for node in way[:LONGEST_WAY]),
            way_total=len(way),
            channels=_used(view.column("channel")[events], lens.dictionaries.get("channel", ())),
            failures=failures,
            value=None if np.isnan(value) else value,
            answers=answers,
            score=None if answer == ABSENT else float(told.score[answer]),
            score_kind=None if answer == ABSENT else lens.dictionaries["kind"][int(told.kind[answer])],
            waited_seconds=None,
        )


def _is_here(view: View, place: Place) -> bool:
    """A customer is in one partition only, so the number of the journey and its customer are enough."""
    return (
        place.journey < len(view)
        and int(view.started[place.journey]) == place.begins
        and view.customer_id(place.journey) == place.customer
    )


def _way(nodes: Codes) -> list[int]:
    shown = nodes[nodes != ABSENT]
    return [int(node) for node in shown[np.diff(shown, prepend=ABSENT) != 0]]


def _used(codes: Codes, names: Sequence[str]) -> tuple[str, ...]:
    """Names in the order in which they were first used."""
    used, first = np.unique(codes[codes != ABSENT], return_index=True)
    return tuple(names[code] for code in used[np.argsort(first)])


def worst_answers(view: View, journeys: Ints, lens: Lens) -> tuple[Floats, Ints, Ints]:
    """Of each of these journeys: emotion of its worst answer (NaN: none), answers with a score, place of the worst."""
    told = view.feedback
    kinds = kind_codes(lens.dictionaries.get("kind", ()))[told.kind]
    scored = np.flatnonzero(on_scale(kinds, told.score))
    middle = np.array([scale.middle for scale in SCALES.values()])[kinds[scored]]
    half = np.array([scale.high - scale.middle for scale in SCALES.values()])[kinds[scored]]
    felt = 100 * (told.score[scored] - middle) / half
    owner = told.journey[scored]
    answers = np.bincount(owner, minlength=len(view))
    order = np.lexsort((scored, felt, owner))
    fresh = np.diff(owner[order], prepend=-1) != 0
    worst, place = np.full(len(view), np.nan), np.full(len(view), ABSENT, dtype=np.int64)
    worst[owner[order][fresh]] = felt[order][fresh]
    place[owner[order][fresh]] = scored[order][fresh]
    return worst[journeys], answers[journeys].astype(np.int64), place[journeys]
