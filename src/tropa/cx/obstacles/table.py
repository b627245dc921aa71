"""The table of trials of one partition, with all that is known of each before its landmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.cx.lens import Lens
from tropa.cx.obstacles.steps import Steps, last_known
from tropa.cx.obstacles.trials import Trials
from tropa.cx.view import UNDER_WAY, View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

MOST_VALUES = 200
"""Attributes with more values than this name customers rather than kinds of customers: nobody is comparable by them."""
MOST_ATTRIBUTES = 16

_ELAPSED_US = (
    np.array([0, 60, 600, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 21 * 86400], dtype=np.int64) * 1_000_000
)
_COUNTS = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34], dtype=np.int64)

_PACKED = 15
DONE = "what was done so far"
HISTORY = (
    "time since the beginning", "steps so far", "failures so far", "calls for help so far", "channel so far", DONE, DONE
)  # fmt: skip
"""Columns of what is known of a journey; those of DONE hold `_PACKED` flags each: which of the most frequent pairs it
has been at. See `done`."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """Names of attributes that may tell customers apart: of customers, and of events (the last value so far)."""

    customer: tuple[str, ...]
    event: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.customer + self.event


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


def attributes_of(lens: Lens) -> Attributes:
    """Attributes with 2 to `MOST_VALUES` values; where there are many, those with the fewest values."""
    found = sorted(
        (len(values), name.removeprefix("attribute:"))
        for name, values in lens.dictionaries.items()
        if name.startswith("attribute:") and 2 <= len(values) <= MOST_VALUES
    )
    names = tuple(name for _, name in found)
    return Attributes(names[:MOST_ATTRIBUTES], names[:MOST_ATTRIBUTES])


class Before:
    """What is known before a trial's step: HISTORY, then the attributes of events."""

    def __init__(self, view: View, steps: Steps, attributes: Attributes, contact: Array) -> None:
        self._steps = steps
        self._failures, self._calls = _counted(steps.failed), _counted(contact[steps.activity])
        self._done = [_done_so_far(steps.offsets, steps.pair, number) for number in range(HISTORY.count(DONE))]
        events = view.journeys.events
        columns = [f"attribute:{name}" for name in attributes.event]
        self._told = [
            last_known(view.offsets, steps.event, steps.offsets, view.column(column)) if column in events else None
            for column in columns
        ]

    def of(self, trials: Trials) -> Codes:
        """[trial, what], as codes."""
        steps, at = self._steps, trials.step
        start = steps.offsets[steps.journey[at]]
        columns: list[Array] = [
            np.searchsorted(_ELAPSED_US, trials.landmark_us - steps.time[start], side="right"),
            np.searchsorted(_COUNTS, at - start, side="right"),
            np.searchsorted(_COUNTS, self._failures[at] - self._failures[start], side="right"),
            np.searchsorted(_COUNTS, self._calls[at] - self._calls[start], side="right"),
            steps.channel[at],
            *(done[at] for done in self._done),
            *(np.full(len(at), ABSENT) if told is None else told[at] for told in self._told),
        ]
        return np.stack(columns, axis=1).astype(np.int16)


@njit(cache=True, nogil=True)
def _done_so_far(offsets: Ints, pair: Codes, number: int) -> Array:
    """Of each step, which of `_PACKED` pairs were done up to it: bit `b` is the pair number * _PACKED + b."""
    done = np.zeros(len(pair), dtype=np.int16)
    for journey in range(len(offsets) - 1):
        flags = 0
        for step in range(offsets[journey], offsets[journey + 1]):
            bit = pair[step] - number * _PACKED
            if 0 <= bit < _PACKED:
                flags |= 1 << bit
            done[step] = flags
    return done


def done(history: Codes) -> Array:
    """[trial, pair] whether each of the most frequent pairs had been done, of HISTORY's packed columns."""
    columns = [place for place, name in enumerate(HISTORY) if name == DONE]
    bits = np.arange(_PACKED, dtype=np.int16)
    return np.concatenate([(history[:, place, None] >> bits) & 1 for place in columns], axis=1) > 0


def _counted(flag: Array) -> Ints:
    """Of each step, how many steps before it have the flag."""
    return np.concatenate([[0], np.cumsum(flag)])[:-1].astype(np.int64)


def known(view: View, journeys: Ints, key: Ints, attributes: Attributes, surveys: Sequence[tuple[int, int]]) -> Known:
    """What is known of these journeys of the partition.

    Args:
        surveys: (kind, activity) of the answers that are kept; ABSENT takes those that name no activity.
    """
    outcome = view.outcome
    codes = [view.attribute(name)[journeys] for name in attributes.customer]
    answers, answered = _answers(view, surveys)
    return Known(
        customer=view.owner[journeys].astype(np.int64),
        key=key[journeys],
        started_us=view.started[journeys],
        goal_us=outcome.goal_us[journeys],
        under_way=outcome.status[journeys] == UNDER_WAY,
        number=_numbers(view.owner)[journeys],
        before=_before(view.owner, outcome.goal_us)[journeys],
        attributes=np.stack(codes, axis=1).astype(np.int16) if codes else np.empty((len(journeys), 0), np.int16),
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
