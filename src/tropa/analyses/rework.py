"""What do customers have to do again, and where are they sent back?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from pydantic import Field

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.outcome import REACHED, UNDER_WAY
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints
from tropa.stats.intervals import Interval, wilson


class ReworkParams(Filters):
    by: By = Field("touchpoint", description="level of the steps: touchpoint, activity or stage")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A step and the journeys in which it happened at least twice (rework as PM4Py defines it: cases, not events).

    `repeats`: occurrences beyond the first of each journey; `in_a_row` of them follow the same step directly.
    `goal_rate` is of journeys with the step repeated, `goal_rate_once` of those with it once; journeys still under way
    are in neither. The two are told side by side as they are: a difference is no proof that repeating is its cause.
    """

    step: str
    journeys: int
    repeated: int
    repeated_share: float | None
    repeated_share_low: float | None
    repeated_share_high: float | None
    repeats: int
    in_a_row: int
    repeats_mean: float | None
    goal_rate: float | None
    goal_rate_low: float | None
    goal_rate_high: float | None
    goal_rate_n: int
    goal_rate_once: float | None
    goal_rate_once_low: float | None
    goal_rate_once_high: float | None
    goal_rate_once_n: int


@dataclass(frozen=True, slots=True)
class Return:
    """Journeys that went from `source` to an earlier stage: below the furthest one that they had come to.

    A move counts when a journey turns back, not again while it stays behind. `recovered` of the `count` came as far
    again, after `mean_seconds` on average.
    """

    source: str
    target: str
    count: int
    journeys: int
    recovered: int
    mean_seconds: float | None


@dataclass(frozen=True, slots=True)
class Rework:
    """`returned`: journeys that went back to an earlier stage; None without a map. Seconds are from the first return
    to the last event. Goal rates: see `Repeated`; `goal_rate_without` is of journeys that never went back.
    """

    by: str
    journeys: int
    repeated: int
    repeated_share: float | None
    repeated_share_low: float | None
    repeated_share_high: float | None
    returned: int | None
    returned_share: float | None
    returned_share_low: float | None
    returned_share_high: float | None
    after_return_mean_seconds: float | None
    after_return_total_seconds: float | None
    goal_rate: float | None
    goal_rate_low: float | None
    goal_rate_high: float | None
    goal_rate_n: int
    goal_rate_without: float | None
    goal_rate_without_low: float | None
    goal_rate_without_high: float | None
    goal_rate_without_n: int
    steps: tuple[Repeated, ...]
    returns: tuple[Return, ...]


JOURNEYS, REPEATED, REPEATS, IN_A_ROW, AGAIN_DECIDED, AGAIN_REACHED, ONCE_DECIDED, ONCE_REACHED = range(8)
"""Columns of the counts by step."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Additive. `steps`: [step, column above]; `moves`: [from, to, count, journeys, recovered] and their seconds."""

    journeys: int
    repeated: int
    steps: Ints
    moves: Ints
    move_seconds: Floats
    returned: Ints
    """Journeys that went back and those that did not: [went back, all / decided / reached]."""
    after_seconds: float

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.journeys + other.journeys,
            self.repeated + other.repeated,
            self.steps + other.steps,
            self.moves + other.moves,
            self.move_seconds + other.move_seconds,
            self.returned + other.returned,
            self.after_seconds + other.after_seconds,
        )


@njit(cache=True, nogil=True)
def _repeats(offsets: Ints, cells: Codes, table: Codes, selected: Array, status: Array, size: int) -> tuple[Ints, int]:
    """Counts by step, and journeys with any step repeated."""
    told = np.zeros((size, 8), dtype=np.int64)
    seen_in = np.full(size, -1, dtype=np.int64)
    times = np.zeros(size, dtype=np.int64)
    touched = np.empty(size, dtype=np.int64)
    repeated = 0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        found = 0
        before = ABSENT
        for event in range(offsets[journey], offsets[journey + 1]):
            step = table[cells[event]]
            if step == ABSENT:
                continue
            if seen_in[step] != journey:
                seen_in[step] = journey
                times[step] = 0
                touched[found] = step
                found += 1
            times[step] += 1
            told[step, IN_A_ROW] += step == before
            before = step
        any_twice = False
        decided = status[journey] != UNDER_WAY
        reached = status[journey] == REACHED
        for index in range(found):
            step = touched[index]
            told[step, JOURNEYS] += 1
            if times[step] > 1:
                any_twice = True
                told[step, REPEATED] += 1
                told[step, REPEATS] += times[step] - 1
                told[step, AGAIN_DECIDED] += decided
                told[step, AGAIN_REACHED] += reached
            else:
                told[step, ONCE_DECIDED] += decided
                told[step, ONCE_REACHED] += reached
        repeated += any_twice
    return told, repeated


@njit(cache=True, nogil=True)
def _returns(
    offsets: Ints, time: Ints, cells: Codes, table: Codes, selected: Array, status: Array, size: int
) -> tuple[Ints, Floats, Ints, float]:
    """Moves to an earlier stage, seconds until the journey came as far again, journeys, seconds after the first."""
    moves = np.zeros((size, size, 3), dtype=np.int64)
    seconds = np.zeros((size, size), dtype=np.float64)
    seen_in = np.full((size, size), -1, dtype=np.int64)
    journeys = np.zeros((2, 3), dtype=np.int64)
    after = 0.0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        furthest = source = target = ABSENT
        first_at = turned_at = NO_TIME
        for event in range(offsets[journey], offsets[journey + 1]):
            stage = table[cells[event]]
            if stage == ABSENT:
                continue
            if stage >= furthest:
                if turned_at != NO_TIME:
                    moves[source, target, 2] += 1
                    seconds[source, target] += (time[event] - turned_at) * 1e-6
                    turned_at = NO_TIME
                furthest = stage
            elif turned_at == NO_TIME:
                turned_at = time[event]
                if first_at == NO_TIME:
                    first_at = turned_at
                source, target = furthest, stage
                moves[source, target, 0] += 1
                if seen_in[source, target] != journey:
                    seen_in[source, target] = journey
                    moves[source, target, 1] += 1
        back = int(first_at != NO_TIME)
        journeys[back, 0] += 1
        journeys[back, 1] += status[journey] != UNDER_WAY
        journeys[back, 2] += status[journey] == REACHED
        if back:
            after += (time[offsets[journey + 1] - 1] - first_at) * 1e-6
    return moves, seconds, journeys, after


@dataclass(frozen=True, slots=True)
class ReworkFold:
    params: ReworkParams
    lens: Lens

    def map(self, view: View) -> Counts:
        selected, status = view.selected, view.outcome.status
        cells, table = level_codes(view, self.params.by)
        size = max(len(level_names(self.lens, self.params.by)), 1)
        steps, repeated = _repeats(view.offsets, cells, table, selected, status, size)
        # Without a map nothing has a stage, so nothing can turn back.
        stages = level_codes(view, "stage") if self.lens.map else (cells, np.full_like(table, ABSENT))
        moves, seconds, returned, after = _returns(
            view.offsets, view.time, *stages, selected, status, max(len(self.lens.stages), 1)
        )
        return Counts(int(selected.sum()), repeated, steps, moves, seconds, returned, after)

    def merge(self, one: Counts, other: Counts) -> Counts:
        return one + other

    def finish(self, total: Counts) -> Rework:
        mapped = self.lens.map is not None
        repeated = wilson(total.repeated, total.journeys)
        went_back = int(total.returned[1, 0])
        returned = wilson(went_back, total.journeys) if mapped else _NOTHING
        rates = [self._rate(int(decided), int(reached)) for _, decided, reached in total.returned]
        without, with_return = rates if mapped else (_NOTHING, _NOTHING)
        return Rework(
            by=self.params.by,
            journeys=total.journeys,
            repeated=total.repeated,
            repeated_share=repeated.value,
            repeated_share_low=repeated.low,
            repeated_share_high=repeated.high,
            returned=went_back if mapped else None,
            returned_share=returned.value,
            returned_share_low=returned.low,
            returned_share_high=returned.high,
            after_return_mean_seconds=total.after_seconds / went_back if went_back else None,
            after_return_total_seconds=total.after_seconds if mapped else None,
            goal_rate=with_return.value,
            goal_rate_low=with_return.low,
            goal_rate_high=with_return.high,
            goal_rate_n=with_return.n,
            goal_rate_without=without.value,
            goal_rate_without_low=without.low,
            goal_rate_without_high=without.high,
            goal_rate_without_n=without.n,
            steps=self._steps(total.steps),
            returns=self._returns(total) if mapped else (),
        )

    def _rate(self, decided: int, reached: int) -> Interval:
        return wilson(reached, decided) if self.lens.has_goal else _NOTHING

    def _steps(self, counts: Ints) -> tuple[Repeated, ...]:
        names = level_names(self.lens, self.params.by)
        rows = []
        for step in np.argsort(-counts[:, REPEATED], kind="stable").tolist():
            told = [int(count) for count in counts[step]]
            if not told[JOURNEYS]:
                continue
            share = wilson(told[REPEATED], told[JOURNEYS])
            again = self._rate(told[AGAIN_DECIDED], told[AGAIN_REACHED])
            once = self._rate(told[ONCE_DECIDED], told[ONCE_REACHED])
            rows.append(
                Repeated(
                    step=names[step],
                    journeys=told[JOURNEYS],
                    repeated=told[REPEATED],
                    repeated_share=share.value,
                    repeated_share_low=share.low,
                    repeated_share_high=share.high,
                    repeats=told[REPEATS],
                    in_a_row=told[IN_A_ROW],
                    repeats_mean=told[REPEATS] / told[REPEATED] if told[REPEATED] else None,
                    goal_rate=again.value,
                    goal_rate_low=again.low,
                    goal_rate_high=again.high,
                    goal_rate_n=again.n,
                    goal_rate_once=once.value,
                    goal_rate_once_low=once.low,
                    goal_rate_once_high=once.high,
                    goal_rate_once_n=once.n,
                )
            )
        return tuple(rows)

    def _returns(self, total: Counts) -> tuple[Return, ...]:
        stages = self.lens.stages
        rows = []
        for source, target in np.argwhere(total.moves[:, :, 0]).tolist():
            count, journeys, recovered = (int(value) for value in total.moves[source, target])
            mean = float(total.move_seconds[source, target]) / recovered if recovered else None
            rows.append(Return(stages[source], stages[target], count, journeys, recovered, mean))
        return tuple(sorted(rows, key=lambda row: -row.count))


_NOTHING = Interval(None, None, None, 0)


def chart(result: Rework) -> Chart:
    """Bars: share of journeys in which a step happened again, with its interval."""
    rows: list[dict[str, Any]] = [
        {
            "step": step.step,
            "share": step.repeated_share,
            "low": step.repeated_share_low,
            "high": step.repeated_share_high,
            "journeys": step.repeated,
        }
        for step in result.steps[:20]
        if step.repeated
    ]
    y = {"field": "step", "type": "nominal", "sort": None, "axis": {"labelLimit": 300}}
    return {
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": "bar",
                "encoding": {
                    "x": {"field": "share", "type": "quantitative", "axis": {"format": "%"}},
                    "tooltip": [{"field": "step"}, {"field": "journeys"}, {"field": "share", "format": ".1%"}],
                },
            },
            {
                "mark": "rule",
                "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
            },
        ],
    }


ANALYSIS = Analysis(
    slug="rework",
    question="What do customers have to do again, and where are they sent back?",
    question_ru="Что клиентам приходится делать повторно и где их возвращают назад?",
    params=ReworkParams,
    result=Rework,
    fold=ReworkFold,
    chart=chart,
)
