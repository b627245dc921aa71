"""The table of trials of one partition, with all that is known of each before its landmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.cx.columns import ATTRIBUTE, QUANTITY
from tropa.cx.obstacles.levels import Attributes
from tropa.cx.obstacles.moments import AGES
from tropa.cx.obstacles.steps import Steps, last_known
from tropa.cx.obstacles.trials import Trials
from tropa.cx.view import UNDER_WAY, View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

_ELAPSED_US = (
    np.array([0, 60, 600, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 21 * 86400], dtype=np.int64) * 1_000_000
)
_COUNTS = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34], dtype=np.int64)

_PACKED = 15
DONE = "what was done so far"
FAILED = "what failed so far"
HISTORY = (
    "time since the beginning", "steps so far", "failures so far", "calls for help so far", "channel so far",
    DONE, DONE, FAILED, FAILED,
)  # fmt: skip
"""Columns of what is known of a journey; those of DONE hold `_PACKED` flags each: which of the most frequent pairs it
has been at; those of FAILED: which of the pairs that fail most often failed. See `flags_of`."""
PACKED = (DONE, FAILED)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Of each journey: who, when it began, how it ended, attributes of its customer, and its answers.

    customer: a number, the same for journeys of one customer; key: another that depends on the customer's name alone,
    for drawing. number: how many journeys the customer had before, up to two; before: whether the last of these reached
    the goal (1, 0; -1: there was none). answers: [journey, survey] last score given, NaN where none; answered_us: when.
    """

    customer: Ints
    key: Ints
    started_us: Ints
    goal_us: Ints
    under_way: Array
    number: Codes
    before: Array
    attributes: Codes
    answers: Floats
    answered_us: Ints
    partition_journey: Ints

    def __len__(self) -> int:
        return len(self.customer)


class Before:
    """What is known before a trial's step: HISTORY, then the attributes of events."""

    def __init__(self, view: View, steps: Steps, attributes: Attributes, contact: Array, failed: Ints) -> None:
        self._steps, self._size = steps, len(failed)
        self._failures, self._calls = _counted(steps.failed), _counted(contact[steps.activity])
        often = np.arange(self._size)
        fails = np.argsort(-failed, kind="stable")[: int((failed > 0).sum())]
        always = np.ones(len(steps), dtype=bool)
        self._flags = [
            *_flagged(steps, often, always, HISTORY.count(DONE)),
            *_flagged(steps, fails, steps.failed, HISTORY.count(FAILED)),
        ]
        events = view.journeys.events
        self._told = [
            last_known(view.offsets, steps.event, steps.offsets, attributes.levels[name].of_events(view, name))
            if f"{ATTRIBUTE}{name}" in events or f"{QUANTITY}{name}" in events
            else None
            for name in attributes.event
        ]

    def of(self, trials: Trials) -> Codes:
        """[trial, what], as codes."""
        steps, at = self._steps, trials.step
        start = steps.offsets[steps.journey[at]]
        # Of who comes first of all there is no step before: the one named is the one that is tried.
        known = (at > start) | (trials.moment // (AGES + 1) < self._size)
        columns: list[Array] = [
            np.searchsorted(_ELAPSED_US, trials.landmark_us - steps.time[start], side="right"),
            np.searchsorted(_COUNTS, at - start, side="right"),
            np.searchsorted(_COUNTS, known * (self._failures[at + 1] - self._failures[start]), side="right"),
            np.searchsorted(_COUNTS, known * (self._calls[at + 1] - self._calls[start]), side="right"),
            steps.channel[at],
            *(known * flags[at] for flags in self._flags),
            *(np.full(len(at), ABSENT) if told is None else told[at] for told in self._told),
        ]
        return np.stack(columns, axis=1).astype(np.int16)


def _flagged(steps: Steps, pairs: Ints, holds: Array, columns: int) -> list[Array]:
    """Of each step, for the first of these pairs (`_PACKED` a column) whether any step at it up to here holds."""
    bit = np.full(max(int(steps.pair.max(initial=0)) + 1, int(pairs.max(initial=0)) + 1) + 1, ABSENT, dtype=np.int32)
    chosen = pairs[: columns * _PACKED]
    bit[chosen] = np.arange(len(chosen), dtype=np.int32)
    return [_so_far(steps.offsets, np.where(holds, bit[steps.pair], ABSENT), number) for number in range(columns)]


@njit(cache=True, nogil=True)
def _so_far(offsets: Ints, bit: Codes, number: int) -> Array:
    """Of each step, which of the bits number * _PACKED and on were set by it or a step before."""
    found = np.zeros(len(bit), dtype=np.int16)
    for journey in range(len(offsets) - 1):
        flags = 0
        for step in range(offsets[journey], offsets[journey + 1]):
            own = bit[step] - number * _PACKED
            if 0 <= own < _PACKED:
                flags |= 1 << own
            found[step] = flags
    return found


def flags_of(history: Codes, what: str) -> Array:
    """[trial, pair] whether it holds of each of the pairs, of HISTORY's packed columns of that name."""
    columns = [place for place, name in enumerate(HISTORY) if name == what]
    bits = np.arange(_PACKED, dtype=np.int16)
    return np.concatenate([(history[:, place, None] >> bits) & 1 for place in columns], axis=1) > 0


def _counted(flag: Array) -> Ints:
    """Of each step, and of the end, how many steps before it have the flag."""
    return np.concatenate([[0], np.cumsum(flag)]).astype(np.int64)


def known(view: View, journeys: Ints, key: Ints, attributes: Attributes, surveys: Sequence[tuple[int, int]]) -> Known:
    """What is known of these journeys of the partition.

    Args:
        surveys: (kind, activity) of the answers that are kept; ABSENT takes those that name no activity.
    """
    outcome = view.outcome
    codes = [attributes.levels[name].of_journeys(view, name)[journeys].astype(np.int16) for name in attributes.customer]
    answers, answered = _answers(view, surveys)
    return Known(
        customer=view.owner[journeys].astype(np.int64),
        key=key[journeys],
        started_us=view.started[journeys],
        goal_us=outcome.goal_us[journeys],
        under_way=outcome.status[journeys] == UNDER_WAY,
        number=_numbers(view.owner)[journeys],
        before=_before(view.owner, outcome.goal_us)[journeys],
        attributes=np.stack(codes, axis=1) if codes else np.empty((len(journeys), 0), np.int16),
        answers=answers[journeys],
        answered_us=answered[journeys],
        partition_journey=journeys.astype(np.int64),
    )


@njit(cache=True, nogil=True)
def _numbers(owner: Codes) -> Array:
    numbers = np.zeros(len(owner), dtype=np.int16)
    for journey in range(1, len(owner)):
        if owner[journey] == owner[journey - 1]:
            numbers[journey] = min(2, numbers[journey - 1] + 1)
    return numbers


def _before(owner: Codes, goal_us: Ints) -> Array:
    reached = (goal_us != NO_TIME).astype(np.int8)
    before = np.full(len(owner), -1, dtype=np.int8)
    same = owner[1:] == owner[:-1]
    before[1:][same] = reached[:-1][same]
    return before


def _answers(view: View, surveys: Sequence[tuple[int, int]]) -> tuple[Floats, Ints]:
    """Last score of each journey in each survey, and when it was given."""
    scores = np.full((len(view), len(surveys)), np.nan)
    times = np.full((len(view), len(surveys)), NO_TIME, dtype=np.int64)
    told, about = view.feedback, answered_about(view)
    for number, (kind, activity) in enumerate(surveys):
        mine = np.flatnonzero((told.kind == kind) & (about == activity) & np.isfinite(told.score))
        # In order of time within a journey: the last one stays.
        scores[told.journey[mine], number] = told.score[mine]
        times[told.journey[mine], number] = told.time[mine]
    return scores, times


def answered_about(view: View) -> Codes:
    """Activity that each answer kept names, ABSENT where none."""
    told = view.journeys.feedback
    if "activity" not in told:
        return np.full(len(view.feedback.entry), ABSENT, dtype=np.int32)
    return np.asarray(told.array("activity")[view.feedback.entry], dtype=np.int32)
