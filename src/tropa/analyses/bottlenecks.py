"""Where does the company lose the customers' time: which process do journeys wait for, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from tropa.analyses.bottlenecks_loops import (
    MOST_PAIRS,
    followers,
    hand_to_hand,
    on_the_grid,
    pieces,
    shares,
    waits_for_work,
)
from tropa.analyses.bottlenecks_parts import Counted, Grid, Hands, Pairs, pairs
from tropa.analyses.bottlenecks_rows import Bottlenecks, told
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.outcome import REACHED, UNDER_WAY
from tropa.cx.processes import (
    CUSTOMER,
    LIFECYCLE,
    UNKNOWN,
    Processes,
    actors,
    performer_column,
    phases,
    processes,
    unit_keys,
)
from tropa.cx.view import View
from tropa.engine.fold import Again
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints
from tropa.engine.sketch import BUCKETS, buckets_of
from tropa.engine.spans import MOST_DENSE, Spans, spans

MOST_PERFORMERS = 500
"""With more performers than this they are people of one department each, and are not told one by one."""

FOREVER = np.iinfo(np.int64).max


class BottlenecksParams(Filters):
    by: By = Field("touchpoint", description="level of the processes: touchpoint, activity or stage")
    performer: str = Field(
        "performer", description="who does the work: performer, or an attribute of the events such as department"
    )
    top: int = Field(50, ge=1, le=10_000, description="how many rows of each table, those with most waiting first")


@dataclass(frozen=True, slots=True)
class Seen:
    """Units that occur (see `cx.processes`); how often each step directly follows each."""

    units: Ints
    usual: Ints


@dataclass(frozen=True, slots=True)
class BottlenecksFold:
    """The first look: what usually follows what, so that an act in between is not taken for the end of a wait."""

    params: BottlenecksParams
    lens: Lens

    def map(self, view: View) -> Seen:
        performer_column(self.lens, self.params.performer)
        size, activities = len(level_names(self.lens, self.params.by)), len(self.lens.dictionaries.get("activity", ()))
        cells, table = level_codes(view, self.params.by)
        steps = table[cells]
        if LIFECYCLE in self.lens.dictionaries:
            steps = np.where(_pieces(view)[0], steps, np.int32(ABSENT))
        shown = np.flatnonzero(steps != ABSENT)
        keys = unit_keys(steps[shown], view.column("activity")[shown], activities)
        # Counting is many times faster than sorting, as long as what could occur is not far more than what does.
        few = size * activities <= max(len(keys), MOST_DENSE)
        units = np.flatnonzero(np.bincount(keys)) if few else np.unique(keys)
        usual = (
            followers(view.offsets, steps, view.selected, size) if size <= MOST_PAIRS else np.zeros((0, 1), np.int64)
        )
        return Seen(units, usual)

    def merge(self, one: Seen, other: Seen) -> Seen:
        return Seen(np.union1d(one.units, other.units), one.usual + other.usual)

    def finish(self, total: Seen) -> Any:
        return Again(SecondLook(self.params, self.lens, total))


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Waits and work of every process."""

    params: BottlenecksParams
    lens: Lens
    seen: Seen

    def map(self, view: View) -> Counted:
        column, inside = self._inside()
        cells, table = level_codes(view, self.params.by)
        begins, done, work, scheduled = _pieces(view)
        steps = np.where(begins, table[cells], np.int32(ABSENT))
        who, activity = view.column(column), view.column("activity")
        actor = actors(view, steps, inside, (who != ABSENT) | (phases(view) != 0))
        offsets, time, selected = view.offsets, view.time, view.selected
        since, after, own, last, ends = waits_for_work(
            offsets, time, steps, done, work, scheduled, actor, self.seen.usual, selected
        )
        rows = inside.row_codes(steps, activity, who)
        goal = view.outcome.goal_us
        limit = np.where(goal != NO_TIME, goal, FOREVER)
        shared, whole = shares(offsets, time, since, rows, last, ends, view.started, limit, inside.rows)
        waited = np.flatnonzero(since != NO_TIME)
        company = (steps != ABSENT) & (actor != CUSTOMER)
        worked = np.flatnonzero((steps != ABSENT) & (work != NO_TIME) & (company | (who != ABSENT)))
        wait_us, row = time[waited] - since[waited], rows[waited]
        place = steps[after[waited]]
        hands = _hands(self.lens, inside, column, rows, who, company)
        promised = _promised(self.lens, inside, view, after[waited], since[waited], place)
        return Counted(
            waits=_spans(place.astype(np.int64) * inside.rows + row, wait_us, len(inside.steps) * inside.rows),
            service=_spans(rows[worked], work[worked], inside.rows),
            scheduled=_scheduled(rows, time, scheduled, company, inside.rows),
            standing=_standing(last, ends, view.outcome.status, self.lens.facts.now_us or 0, len(inside.steps)),
            pieces=np.bincount(rows[company], minlength=inside.rows),
            unsplit=np.bincount(row[work[waited] == NO_TIME], minlength=inside.rows),
            unknown=np.bincount(rows[company & (actor == UNKNOWN)], minlength=inside.rows),
            promised=np.bincount(row[promised != NO_TIME], minlength=inside.rows),
            missed=np.bincount(row[(promised != NO_TIME) & (time[waited] > promised)], minlength=inside.rows),
            shared=shared,
            whole=whole,
            own_seconds=float(own.sum()) * 1e-6,
            grid=_grid(self.lens, inside, time[waited], since[waited], row),
            performers=_by_code(row, who[waited], wait_us, len(self.lens.dictionaries.get(column, ()))),
            hands=_handed(hands, offsets, time, done, steps, rows, selected, inside.rows),
        )

    def _inside(self) -> tuple[str, Processes]:
        column = performer_column(self.lens, self.params.performer)
        return column, processes(self.lens, self.params.by, column, self.seen.units)

    def merge(self, one: Counted, other: Counted) -> Counted:
        return one + other

    def finish(self, total: Counted) -> Bottlenecks:
        column, inside = self._inside()
        return told(total, self.lens, self.params.by, column, inside, self.seen.usual, self.params.top)


def _pieces(view: View) -> tuple[Array, Ints, Ints, Ints]:
    activities = len(view.lens.dictionaries.get("activity", ()))
    ended = view.times("ended_at")
    return pieces(view.offsets, view.time, ended, view.column("activity"), phases(view), view.selected, activities)


def _spans(groups: Array, microseconds: Ints, size: int) -> Spans:
    keys: Ints = groups.astype(np.int64) * BUCKETS + buckets_of(np.asarray(microseconds * 1e-3, dtype=np.float64))
    # Few of the rows that could be occur: a dense table of all of them would cost more than what is in it.
    return spans(keys, np.asarray(microseconds * 1e-6, dtype=np.float64), max(size, MOST_DENSE + 1))


def _promised(lens: Lens, inside: Processes, view: View, after: Ints, since: Ints, place: Codes) -> Ints:
    """By when each wait was to be over: as the event before it promised, else as the map promises; NO_TIME: never."""
    map_us = np.full(len(inside.steps) + 1, NO_TIME, dtype=np.int64)
    if lens.map is not None and len(inside.steps) == len(lens.nodes) and tuple(inside.steps) == lens.nodes:
        for step, touchpoint in enumerate(lens.map.touchpoints):
            if touchpoint.expects.within_seconds is not None:
                map_us[step] = int(touchpoint.expects.within_seconds * 1e6)
    by_map = np.where(map_us[place] == NO_TIME, NO_TIME, since + np.maximum(map_us[place], 0))
    by_data = view.times("promised_at")[after]
    return np.asarray(np.where(by_data != NO_TIME, by_data, by_map), dtype=np.int64)


def _scheduled(rows: Codes, time: Ints, scheduled: Ints, company: Array, size: int) -> Spans:
    found = np.flatnonzero(company & (scheduled != NO_TIME))
    return _spans(rows[found], np.maximum(time[found] - scheduled[found], 0), size)


def _standing(last: Codes, ends: Ints, status: Array, now_us: int, size: int) -> Spans:
    """Journeys that have not reached the goal, by the step where they stand: 2 * step, and 1 more where under way."""
    found = np.flatnonzero((last != ABSENT) & (status != REACHED))
    groups = last[found].astype(np.int64) * 2 + (status[found] == UNDER_WAY)
    return _spans(groups, np.maximum(now_us - ends[found], 0), 2 * size)


def _grid(lens: Lens, inside: Processes, time: Ints, since: Ints, rows: Codes) -> Grid:
    first_us, cell_us, cells = Grid.measures(lens.facts, len(inside.units))
    used = np.flatnonzero(np.bincount(rows, minlength=inside.rows))
    places = np.zeros(inside.rows, dtype=np.int64)
    places[used] = np.arange(len(used))
    table = on_the_grid(time, since, places[rows], first_us, cell_us, cells, len(used)).reshape(-1, 3)
    found = np.flatnonzero((table[:, 0] | table[:, 1]) != 0)
    return Grid(((used[found // cells] * cells + found % cells, table[found]),))


def _by_code(rows: Codes, codes: Codes, microseconds: Ints, size: int) -> Pairs:
    """Waits by row and by some code of the event; of too many codes nothing is told."""
    if size == 0 or (size > MOST_PERFORMERS and size > MOST_PAIRS):
        return pairs(np.empty(0, np.int64), np.empty(0, np.int64))
    known = codes != ABSENT
    return pairs(rows[known].astype(np.int64) * size + codes[known], microseconds[known])


def _hands(lens: Lens, inside: Processes, column: str, rows: Codes, who: Codes, company: Array) -> Codes:
    """Whose hands a piece is in: the department of its row, else its performer; ABSENT where neither is told."""
    performers = len(lens.dictionaries.get(column, ()))
    departments = np.array([inside.department_code(row) for row in range(inside.rows)], dtype=np.int64)
    hand = departments[rows] if len(departments) else np.full(len(rows), ABSENT, dtype=np.int64)
    if performers <= MOST_PERFORMERS:
        hand = np.where((hand == ABSENT) & (who != ABSENT), who + len(inside.departments), hand)
    return np.where(company, hand, ABSENT).astype(np.int32)


def _handed(
    hands: Codes, offsets: Ints, time: Ints, done: Ints, steps: Codes, rows: Codes, selected: Array, size: int
) -> Hands:
    between, source = hand_to_hand(offsets, time, done, steps, hands, selected)
    found = np.flatnonzero(between != NO_TIME)
    keys = source[found].astype(np.int64) * Hands.WIDTH + hands[found]
    return Hands(pairs(keys, between[found]), np.bincount(rows[found], minlength=size))


def chart(result: Bottlenecks) -> Chart:
    """Bars: share of the journeys' time that waiting for each process makes, by what the wait comes from."""
    rows: list[dict[str, Any]] = []
    for row in result.processes[:20]:
        whole = row.wait_seconds
        if not whole or row.share is None:
            continue
        causes = (("load", row.contention_seconds), ("hours", row.off_hours_seconds), ("other", row.other_seconds))
        for cause, seconds in causes:
            rows.append(
                {
                    "process": " · ".join(part for part in (row.process, row.department) if part),
                    "cause": cause,
                    "share": row.share * (seconds or 0.0) / whole,
                    "n": row.wait_n,
                    "bottleneck": bool(row.is_bottleneck),
                }
            )
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "process", "type": "nominal", "sort": None, "axis": {"labelLimit": 400}},
            "x": {"field": "share", "type": "quantitative", "axis": {"format": "%"}, "title": "share of the journey"},
            "color": {"field": "cause", "type": "nominal"},
            "opacity": {"condition": {"test": "datum.bottleneck", "value": 1}, "value": 0.5},
            "tooltip": [
                {"field": "process"},
                {"field": "cause"},
                {"field": "share", "format": ".1%"},
                {"field": "n"},
            ],
        },
    }


ANALYSIS = Analysis(
    slug="bottlenecks",
    question="Which of the company's processes do journeys wait for, how long, and why?",
    question_ru="Каких процессов компании ждут клиенты, сколько и почему?",
    params=BottlenecksParams,
    result=Bottlenecks,
    fold=BottlenecksFold,
    chart=chart,
)
