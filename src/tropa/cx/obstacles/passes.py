"""The four passes over the journeys: what there is, what follows what, where obstacles are met, and the trials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numba import njit

from tropa.cx.lens import Lens
from tropa.cx.obstacles import OBSTACLES, failure
from tropa.cx.obstacles.form import AtAnswers, AtEvents, AtLandmarks, Context, Obstacle
from tropa.cx.obstacles.look import at_answers, at_events, at_landmarks, count_moments
from tropa.cx.obstacles.looked import Comments, Part, Seen, Target, moved, together
from tropa.cx.obstacles.moments import AGES_US, as_attempts, count_gaps, staying, taken_otherwise
from tropa.cx.obstacles.steps import Steps, steps_of
from tropa.cx.obstacles.survey import Counts, Following, Survey, completed, count, following, survey
from tropa.cx.obstacles.table import Before, known
from tropa.cx.obstacles.trials import MOST_LOOKED_AT, Risk, Trials, others_of, risk
from tropa.cx.view import LEFT, View
from tropa.engine.fold import Again
from tropa.engine.journeys import Array, Codes, Floats, Ints

MOST_JOURNEYS = 120_000
"""Of more journeys than this a sample stands for those who did not meet an obstacle."""
MOST_MET = 20_000
"""Of more journeys than this that met one obstacle a sample stands for them."""
FEWEST_MET = 15
_APART = 0.1
"""Where more than this share of those who met an obstacle did something else on the way to it, all who could have met
it are compared, not only those who had done nothing since."""

Finish = Callable[[Seen], Any]

_SHADOW = AtEvents("failure", failure.first_traces)
"""The second comparison of failures that are the first trace of their touchpoint; its trials come last."""

_LOOKED_FOR = (*OBSTACLES, _SHADOW)
_AT_EVENTS = tuple(obstacle for obstacle in _LOOKED_FOR if isinstance(obstacle, AtEvents))


class Surveying:
    """First pass: which activities there are, and who acts."""

    def __init__(self, lens: Lens, finish: Finish) -> None:
        self._lens, self._finish = lens, finish

    def map(self, view: View) -> tuple[Counts, int]:
        return count(view), view.counts[0]

    def merge(self, one: tuple[Counts, int], other: tuple[Counts, int]) -> tuple[Counts, int]:
        return one[0] + other[0], one[1] + other[1]

    def finish(self, total: tuple[Counts, int]) -> Again:
        return Again(Following_(self._lens, survey(total[0], self._lens, total[1]), self._finish))


class Following_:
    """Second pass: what follows what."""

    def __init__(self, lens: Lens, found: Survey, finish: Finish) -> None:
        self._context, self._finish = Context(lens, found), finish

    def map(self, view: View) -> Following:
        return following(view, _steps(view, self._context), self._context.survey, self._context.lens)

    def merge(self, one: Following, other: Following) -> Following:
        return one + other

    def finish(self, total: Following) -> Again:
        return Again(Meeting(replace(self._context, survey=completed(self._context.survey, total)), self._finish))


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """[target, state, age], attempts, journeys, those of them that did something else on the way to it, and steps taken
    otherwise, of each obstacle at events; [pair, age] gaps."""

    met: tuple[Array, ...]
    attempts: tuple[Array, ...]
    journeys: tuple[Ints, ...]
    apart: tuple[Ints, ...]
    otherwise: tuple[Ints, ...]
    gaps: Ints


class Meeting:
    """Third pass: at which moments obstacles are met."""

    def __init__(self, context: Context, finish: Finish) -> None:
        self._context, self._finish = context, finish

    def map(self, view: View) -> Met:
        steps = _steps(view, self._context)
        counted = [count_moments(obstacle, view, steps, self._context) for obstacle in _AT_EVENTS]
        left = view.outcome.status == LEFT
        gaps = count_gaps(steps.offsets, steps.pair, steps.time, left, self._context.survey.size, AGES_US)
        met, attempts, journeys, apart, otherwise = zip(*counted, strict=True)
        return Met(met, attempts, journeys, apart, otherwise, gaps)

    def merge(self, one: Met, other: Met) -> Met:
        for mine, theirs in zip(one.met, other.met, strict=True):
            mine += theirs
        return Met(
            one.met,
            tuple(mine | theirs for mine, theirs in zip(one.attempts, other.attempts, strict=True)),
            tuple(mine + theirs for mine, theirs in zip(one.journeys, other.journeys, strict=True)),
            tuple(mine + theirs for mine, theirs in zip(one.apart, other.apart, strict=True)),
            tuple(mine + theirs for mine, theirs in zip(one.otherwise, other.otherwise, strict=True)),
            one.gaps + other.gaps,
        )

    def finish(self, total: Met) -> Again:
        found = self._context.survey
        stay = staying(total.gaps, found.company_next[found.node] & found.has_actors)
        for met, attempts, otherwise in zip(total.met, total.attempts, total.otherwise, strict=True):
            if len(otherwise):
                as_attempts(met, attempts, taken_otherwise(met, otherwise))
        risks = {
            obstacle: risk(met, total.gaps, stay, attempts, apart > _APART * journeys, found.node, FEWEST_MET)
            for obstacle, met, attempts, journeys, apart in zip(
                _AT_EVENTS, total.met, total.attempts, total.journeys, total.apart, strict=True
            )
        }
        journeys: dict[Obstacle, Ints] = dict(zip(_AT_EVENTS, total.journeys, strict=True))
        others = {obstacle: others_of(risks[obstacle], total.gaps) for obstacle in _AT_EVENTS}
        return Again(Trying(self._context, risks, journeys, others, self._finish))


class Trying:
    """Fourth pass: the trials."""

    def __init__(
        self,
        context: Context,
        risks: Mapping[AtEvents, Risk],
        journeys: Mapping[Obstacle, Ints],
        others: Mapping[AtEvents, Floats],
        finish: Finish,
    ) -> None:
        self._context, self._risks, self._journeys, self._others = context, risks, journeys, others
        self._finish = finish
        self._attributes = context.survey.attributes
        self._share = min(1.0, MOST_JOURNEYS / max(context.survey.total_journeys, 1))

    def map(self, view: View) -> list[Part]:
        context, lens = self._context, self._context.lens
        steps = _steps(view, context)
        key = _keys(view)
        draw = _draw(view, key)
        end_us = _watched_until(view, lens)
        found: list[Trials] = []
        for obstacle in _LOOKED_FOR:
            match obstacle:
                case AtEvents():
                    risks = self._risks[obstacle]
                    others, most = self._other_share(obstacle), self._met_share(obstacle)
                    found.append(at_events(obstacle, view, steps, context, risks, draw, others, most, end_us))
                case AtLandmarks():
                    found.append(at_landmarks(obstacle, view, steps, context, draw, self._share, end_us))
                case AtAnswers():
                    found.append(at_answers(obstacle, view, steps, context, draw, self._share))
        before = Before(view, steps, self._attributes, context.survey.contact_activity, context.survey.failed)
        looked_at = np.zeros(len(view), dtype=bool)
        for trials in found:
            looked_at[trials.journey] = True
        journeys = np.flatnonzero(looked_at)
        place = np.zeros(len(view), dtype=np.int32)
        place[journeys] = np.arange(len(journeys), dtype=np.int32)
        rows = pa.array(view.row[journeys])
        cases = view.journeys.rows.get("case")
        return [
            Part(
                trials=tuple(moved(trials, place[trials.journey]) for trials in found),
                history=tuple(before.of(trials) for trials in found),
                known=known(view, journeys, key, self._attributes, context.survey.surveys),
                customer_ids=view.journeys.rows["customer"].take(rows),
                case_ids=None if cases is None else cases.take(rows),
                comments=_comments(view, place, journeys),
                of_events=frozenset(self._attributes.event),
            )
        ]

    def _other_share(self, obstacle: AtEvents) -> Floats:
        """Up to `MOST_JOURNEYS` all journeys are looked at, for what they are counted to be then is exact."""
        others = self._others[obstacle]
        if self._share == 1.0:
            return np.ones(len(others))
        return np.minimum(self._share, MOST_LOOKED_AT / np.maximum(others, 1))

    def _met_share(self, obstacle: AtEvents) -> Floats:
        return np.minimum(1.0, MOST_MET / np.maximum(self._journeys[obstacle], 1))

    def merge(self, one: list[Part], other: list[Part]) -> list[Part]:
        return one + other

    def finish(self, total: list[Part]) -> Any:
        looked = together(total, self._context.survey.surveys)
        targets = tuple(
            (place, target)
            for place, obstacle in enumerate(OBSTACLES)
            for target in self._targets(obstacle, looked.trials[place])
        )
        return self._finish(Seen(self._context.lens, self._context.survey, self._attributes, targets, looked))

    def _targets(self, obstacle: Obstacle, trials: Trials) -> list[Target]:
        lens, found = self._context.lens, self._context.survey
        activities = lens.dictionaries.get("activity", ())
        targets = []
        for number in np.unique(trials.target):
            if isinstance(obstacle, AtAnswers):
                activity = found.surveys[number][1]
                node = next((int(found.node[p]) for p in range(found.size) if found.activity[p] == activity), None)
                name = activities[activity] if activity >= 0 else None
            else:
                node, name = int(found.node[number]), activities[found.activity[number]]
            journeys = int(self._journeys[obstacle][number]) if obstacle in self._journeys else None
            targets.append(Target(obstacle.slug, int(number), node, name, journeys))
        return targets


def _comments(view: View, place: Codes, journeys: Ints) -> Comments:
    """Comments on these journeys; `place` of each journey among them."""
    told, column = view.feedback, view.journeys.feedback.columns.get("text")
    known_ = np.zeros(len(view), dtype=bool)
    known_[journeys] = True
    mine = np.flatnonzero(known_[told.journey]) if column is not None else np.empty(0, dtype=np.int64)
    texts = [] if column is None else column.take(pa.array(told.entry[mine])).to_pylist()
    spoken = [number for number, text in enumerate(texts) if text and not text.isspace()]
    mine = mine[spoken]
    return Comments(
        journey=place[told.journey[mine]].astype(np.int64),
        time_us=told.time[mine],
        kind=told.kind[mine],
        score=told.score[mine],
        text=tuple(texts[number] for number in spoken),
    )


def _steps(view: View, context: Context) -> Steps:
    found = context.survey
    return context.kept.of(view, "steps", lambda: steps_of(view, found.pair_of, found.contact_activity))


def _keys(view: View) -> Ints:
    """A number for each journey that depends on its customer's name alone."""
    names = view.journeys.rows["customer"].take(pa.array(view.row)).cast(pa.large_binary())
    _, offsets, letters = names.buffers()
    if letters is None:
        return np.zeros(len(names), dtype=np.int64)
    bounds = np.frombuffer(offsets, dtype=np.int64)[names.offset : names.offset + len(names) + 1]
    return _hashed(bounds, np.frombuffer(letters, dtype=np.uint8))


@njit(cache=True, nogil=True)
def _hashed(bounds: Ints, letters: Array) -> Ints:
    """FNV-1a of each piece (Fowler, Noll & Vo; IETF draft-eastlake-fnv), 32 bits."""
    numbers = np.empty(len(bounds) - 1, dtype=np.int64)
    for piece in range(len(numbers)):
        number = 2166136261
        for place in range(bounds[piece], bounds[piece + 1]):
            number = ((number ^ letters[place]) * 16777619) & 0xFFFFFFFF
        # Its low bits depend on little; a last mix spreads them.
        number = ((number ^ number >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
        number = ((number ^ number >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
        numbers[piece] = number ^ number >> 16
    return numbers


def _draw(view: View, key: Ints) -> Floats:
    """A number between 0 and 1 for each journey that does not depend on how journeys are spread over partitions."""
    mixed = (view.started.astype(np.uint64) // np.uint64(1000) + (key.astype(np.uint64) << np.uint64(20))) * np.uint64(
        0x9E3779B97F4A7C15
    )
    mixed ^= mixed >> np.uint64(29)
    return np.asarray(((mixed * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(11)).astype(np.float64) / 2.0**53)


def _watched_until(view: View, lens: Lens) -> Ints:
    now = lens.facts.now_us or 0
    if lens.within_us is None:
        return np.full(len(view), now, dtype=np.int64)
    return np.minimum(view.started + lens.within_us, now)
