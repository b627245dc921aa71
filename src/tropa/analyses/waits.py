"""Where is time lost: between steps, inside them, and from hand to hand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from tropa.analyses.waits_loops import (
    ENDS,
    QUEUE,
    SERVICE,
    UNSPLIT_WAITING,
    WAITING,
    WHATS,
    between,
    buckets_of,
    by_group,
    distinct_journeys,
    from_hand_to_hand,
    rows_as_work,
    waiting_before,
)
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.processes import performer_column, phases
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Ints
from tropa.engine.sketch import BUCKETS, Counts, quantile, value_of
from tropa.engine.spans import Histograms, Spans, histograms, spans
from tropa.stats.survival import kaplan_meier

MOST_PAIRS = 1_000_000
"""Pairs of performers up to which they are counted in place; more are numbered first."""


class WaitsParams(Filters):
    by: By = Field("touchpoint", description="level of the steps: touchpoint, activity or stage")
    performer: str = Field(
        "performer", description="who does the work: performer, or an attribute of the events such as department"
    )
    top: int = Field(200, ge=1, le=100_000, description="how many rows of each table, those with most first")


@dataclass(frozen=True, slots=True)
class After:
    """What follows a step; `visits` = moved_on + reached + under_way + left (the last three by the journey's outcome).

    `moved_on_share` and `median_seconds` are Kaplan-Meier over ALL visits: one that was not followed by a step is
    watched until the data ends and then drops out of sight, whether the journey looks left or under way, for nobody
    said that it will not go on. The share therefore counts who moved on by the longest time watched, and the median is
    the time by which half of all visits had moved on, None where fewer than half do. The `next_` numbers look only at
    visits that were followed: they are what the clock showed, and too short while many journeys are open.
    """

    source: str
    visits: int
    moved_on: int
    reached: int
    under_way: int
    left: int
    moved_on_share: float | None
    moved_on_share_low: float | None
    moved_on_share_high: float | None
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    next_median_seconds: float | None
    next_median_seconds_low: float | None
    next_median_seconds_high: float | None
    next_p75_seconds: float | None
    next_p90_seconds: float | None
    next_mean_seconds: float | None
    next_total_seconds: float


@dataclass(frozen=True, slots=True)
class Between:
    """From one step to the next one; `share` of all that went on from the source."""

    source: str
    target: str
    count: int
    share: float
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    p75_seconds: float | None
    p90_seconds: float | None
    mean_seconds: float
    total_seconds: float


@dataclass(frozen=True, slots=True)
class Work:
    """Work and waiting of one performer or at one step.

    Work is `ended_at` less `time`, or START to COMPLETE of one activity (attribute lifecycle:transition). Waiting is
    from the latest end so far in the journey to the beginning; where an event tells only one time, waiting and work are
    one number and `unsplit_n` of the `waiting_n` say so. `queue` is the part of waiting from SCHEDULE to START. Shares
    are of the time of all journeys, first event to last end; where work overlaps they can exceed 1 together.
    """

    name: str
    service_n: int
    service_median_seconds: float | None
    service_median_seconds_low: float | None
    service_median_seconds_high: float | None
    service_p90_seconds: float | None
    service_mean_seconds: float | None
    service_seconds: float
    service_share: float | None
    waiting_n: int
    unsplit_n: int
    waiting_median_seconds: float | None
    waiting_median_seconds_low: float | None
    waiting_median_seconds_high: float | None
    waiting_p90_seconds: float | None
    waiting_mean_seconds: float | None
    waiting_seconds: float
    waiting_share: float | None
    queue_n: int
    queue_median_seconds: float | None
    queue_median_seconds_low: float | None
    queue_median_seconds_high: float | None
    queue_p90_seconds: float | None
    queue_mean_seconds: float | None
    queue_seconds: float


@dataclass(frozen=True, slots=True)
class Handover:
    """From one performer's end to the next one's beginning; what the customer does between is counted in.

    `share`: of all time that passes between neighbouring events with a performer, the same one included.
    """

    source: str
    target: str
    count: int
    journeys: int
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    p90_seconds: float | None
    mean_seconds: float
    waiting_seconds: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Waits:
    """`handover_share`: of all time between neighbouring events with a performer, that between different ones.

    Medians and other quantiles are within 1 %. `backwards`: events that end before they begin; their end is not used.
    """

    by: str
    performer: str
    journey_seconds: float
    backwards: int
    handovers_total: int
    handover_seconds: float
    handover_share: float | None
    after: tuple[After, ...]
    between: tuple[Between, ...]
    performers: tuple[Work, ...]
    steps: tuple[Work, ...]
    handovers: tuple[Handover, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Additive: times by key (see the loops), journeys that passed from hand to hand, seconds of all journeys."""

    between: Spans
    performers: Spans
    steps: Spans
    passing: Spans
    passed: tuple[tuple[Ints, Ints], ...]
    """Pairs of performers that occur, and how many journeys passed from the one to the other; part by part."""
    seconds: float
    backwards: int

    def __add__(self, other: Times) -> Times:
        return Times(
            self.between + other.between,
            self.performers + other.performers,
            self.steps + other.steps,
            self.passing + other.passing,
            self.passed + other.passed,
            self.seconds + other.seconds,
            self.backwards + other.backwards,
        )


@dataclass(frozen=True, slots=True)
class WaitsFold:
    params: WaitsParams
    lens: Lens

    def map(self, view: View) -> Times:
        names, column = level_names(self.lens, self.params.by), performer_column(self.lens, self.params.performer)
        size, people = len(names), len(self.lens.dictionaries.get(column, ()))
        cells, table = level_codes(view, self.params.by)
        offsets, time, selected, now_us = view.offsets, view.time, view.selected, self.lens.facts.now_us or 0
        activities = len(self.lens.dictionaries.get("activity", ()))
        role, done, work, queue, person, backwards = rows_as_work(
            offsets,
            time,
            view.times("ended_at"),
            view.column("activity"),
            phases(view),
            view.column(column),
            selected,
            activities,
        )
        waiting, whole = waiting_before(offsets, time, role, done)
        known = (role, work, buckets_of(work), waiting, buckets_of(waiting), queue)
        itself = np.append(np.arange(people, dtype=np.int32), np.int32(ABSENT))
        keys, seconds = np.empty(2 * len(time), dtype=np.int64), np.empty(2 * len(time), dtype=np.float64)
        journeys = np.empty(len(time), dtype=np.int64)

        def told(count: int, groups: int) -> Spans:
            return spans(keys[:count], seconds[:count], groups)

        status = view.outcome.status
        steps = between(keys, seconds, offsets, time, cells, table, selected, status, now_us, size)
        after = told(steps, size * (size + ENDS))
        by_performer = told(by_group(keys, seconds, person, itself, *known), people * WHATS)
        by_step = told(by_group(keys, seconds, cells, table, *known), size * WHATS)
        passed = from_hand_to_hand(keys, seconds, journeys, offsets, time, role, done, person, people)
        pairs = _journeys_of_pairs(keys[:passed] // BUCKETS, journeys[:passed], people * people)
        return Times(after, by_performer, by_step, told(passed, people * people), (pairs,), whole, backwards)

    def merge(self, one: Times, other: Times) -> Times:
        return one + other

    def finish(self, total: Times) -> Waits:
        names = level_names(self.lens, self.params.by)
        people = self.lens.dictionaries.get(performer_column(self.lens, self.params.performer), ())
        top = self.params.top
        after, pairs = _between(histograms(total.between), names, top)
        handovers, count, handed, passed = _handovers(histograms(total.passing), total.passed, people, top)
        return Waits(
            by=self.params.by,
            performer=self.params.performer,
            journey_seconds=total.seconds,
            backwards=total.backwards,
            handovers_total=count,
            handover_seconds=handed,
            handover_share=handed / passed if passed else None,
            after=after,
            between=pairs,
            performers=_work(histograms(total.performers), people, total.seconds, top),
            steps=_work(histograms(total.steps), names, total.seconds, top),
            handovers=handovers,
        )


def passings(view: View, column: str) -> tuple[Ints, Ints]:
    """From hand to hand: source * performers + target of each passing, and its journey; as `waits` counts them."""
    people, size = len(view.lens.dictionaries.get(column, ())), len(view.time)
    role, done, _, _, person, _ = rows_as_work(
        view.offsets,
        view.time,
        view.times("ended_at"),
        view.column("activity"),
        phases(view),
        view.column(column),
        view.selected,
        len(view.lens.dictionaries.get("activity", ())),
    )
    keys, journeys, seconds = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size)
    count = from_hand_to_hand(keys, seconds, journeys, view.offsets, view.time, role, done, person, people)
    return keys[:count] // BUCKETS, journeys[:count]


def _journeys_of_pairs(pairs: Ints, journeys: Ints, size: int) -> tuple[Ints, Ints]:
    """Pairs that occur, each with its distinct journeys."""
    known = np.arange(size) if size <= MOST_PAIRS else np.unique(pairs)
    numbers = distinct_journeys(pairs if size <= MOST_PAIRS else np.searchsorted(known, pairs), journeys, len(known))
    return known[numbers > 0], numbers[numbers > 0]


def _seconds(counts: Counts, share: float) -> float | None:
    milliseconds = quantile(counts, share).value
    return None if milliseconds is None else milliseconds / 1000


def _median(counts: Counts) -> tuple[float | None, float | None, float | None]:
    """Median with its interval, in seconds."""
    found = quantile(counts, 0.5)
    value, low, high = (None if each is None else each / 1000 for each in (found.value, found.low, found.high))
    return value, low, high


def _between(times: Histograms, names: Sequence[str], top: int) -> tuple[tuple[After, ...], tuple[Between, ...]]:
    width = len(names) + ENDS
    source, target = times.groups // width, times.groups % width
    visits = np.bincount(source, times.counts, len(names)).astype(np.int64)
    moved = np.bincount(source, times.counts * (target < len(names)), len(names)).astype(np.int64)
    order = [code for code in np.argsort(-visits, kind="stable").tolist() if visits[code]]
    after = tuple(_after(times, np.flatnonzero(source == code), target, names, code) for code in order[:top])
    followed = np.flatnonzero(target < len(names))
    pairs = []
    for place in followed[np.argsort(-times.counts[followed], kind="stable")][:top].tolist():
        counts = times.buckets([place])
        count, seconds, begin = int(times.counts[place]), float(times.sums[place]), int(source[place])
        median = _median(counts)
        pairs.append(
            Between(
                names[begin],
                names[int(target[place])],
                count,
                float(count / moved[begin]),
                *median,
                p75_seconds=_seconds(counts, 0.75),
                p90_seconds=_seconds(counts, 0.9),
                mean_seconds=seconds / count,
                total_seconds=seconds,
            )
        )
    return after, tuple(pairs)


def _after(times: Histograms, places: Array, target: Array, names: Sequence[str], code: int) -> After:
    followed = places[target[places] < len(names)]
    standing = places[target[places] >= len(names)]
    still = {int(target[place]) - len(names): int(times.counts[place]) for place in standing}
    counts, open_counts = times.buckets(followed), times.buckets(standing)
    used = np.flatnonzero(counts + open_counts)
    curve = kaplan_meier([value_of(int(bucket)) / 1000 for bucket in used], counts[used], open_counts[used])
    waiting, median = curve.at(float(curve.times[-1])), curve.quantile(0.5)
    moved_on, seconds = int(counts.sum()), float(times.sums[followed].sum())
    return After(
        source=names[code],
        visits=curve.n,
        moved_on=moved_on,
        reached=still.get(REACHED, 0),
        under_way=still.get(UNDER_WAY, 0),
        left=still.get(LEFT, 0),
        moved_on_share=None if waiting.value is None else 1 - waiting.value,
        moved_on_share_low=None if waiting.high is None else 1 - waiting.high,
        moved_on_share_high=None if waiting.low is None else 1 - waiting.low,
        median_seconds=median.value,
        median_seconds_low=median.low,
        median_seconds_high=median.high,
        next_median_seconds=_median(counts)[0],
        next_median_seconds_low=_median(counts)[1],
        next_median_seconds_high=_median(counts)[2],
        next_p75_seconds=_seconds(counts, 0.75),
        next_p90_seconds=_seconds(counts, 0.9),
        next_mean_seconds=seconds / moved_on if moved_on else None,
        next_total_seconds=seconds,
    )


def _work(times: Histograms, names: Sequence[str], whole: float, top: int) -> tuple[Work, ...]:
    """Rows by name, those with most time first."""
    place_of = {int(group): place for place, group in enumerate(times.groups)}
    group, what = times.groups // WHATS, times.groups % WHATS
    spent = np.bincount(group, times.sums * (what != QUEUE), len(names))
    present = np.unique(group)
    rows = []
    for code in present[np.argsort(-spent[present], kind="stable")][:top].tolist():

        def told(*whats: int, code: int = code) -> tuple[int, Counts, float]:
            places = [place_of[code * WHATS + what] for what in whats if code * WHATS + what in place_of]
            return int(times.counts[places].sum()), times.buckets(places), float(times.sums[places].sum())

        service_n, service, service_seconds = told(SERVICE)
        waiting_n, waiting, waiting_seconds = told(WAITING, UNSPLIT_WAITING)
        queue_n, queue, queue_seconds = told(QUEUE)
        rows.append(
            Work(
                names[code],
                service_n,
                *_median(service),
                _seconds(service, 0.9),
                service_seconds / service_n if service_n else None,
                service_seconds,
                service_seconds / whole if whole else None,
                waiting_n,
                told(UNSPLIT_WAITING)[0],
                *_median(waiting),
                _seconds(waiting, 0.9),
                waiting_seconds / waiting_n if waiting_n else None,
                waiting_seconds,
                waiting_seconds / whole if whole else None,
                queue_n,
                *_median(queue),
                _seconds(queue, 0.9),
                queue_seconds / queue_n if queue_n else None,
                queue_seconds,
            )
        )
    return tuple(rows)


def _handovers(
    times: Histograms, passed: Sequence[tuple[Ints, Ints]], people: Sequence[str], top: int
) -> tuple[tuple[Handover, ...], int, float, float]:
    """Rows with most waiting first; how many handovers, their seconds, and the seconds of all passings."""
    source, target = (times.groups // len(people), times.groups % len(people)) if people else (times.groups,) * 2
    different = np.flatnonzero(source != target)
    handed, whole = float(times.sums[different].sum()), float(times.sums.sum())
    rows = []
    pairs, journeys = np.concatenate([part[0] for part in passed]), np.concatenate([part[1] for part in passed])
    for place in different[np.argsort(-times.sums[different], kind="stable")][:top].tolist():
        counts = times.buckets([place])
        count, seconds = int(times.counts[place]), float(times.sums[place])
        median = _median(counts)
        rows.append(
            Handover(
                people[int(source[place])],
                people[int(target[place])],
                count,
                int(journeys[pairs == times.groups[place]].sum()),
                *median,
                p90_seconds=_seconds(counts, 0.9),
                mean_seconds=seconds / count,
                waiting_seconds=seconds,
                share=seconds / whole if whole else None,
            )
        )
    return tuple(rows), int(times.counts[different].sum()), handed, whole


def chart(result: Waits) -> Chart:
    """Bars: where the time goes between two steps, most of it first."""
    longest = sorted(result.between, key=lambda row: -row.total_seconds)[:20]
    rows: list[dict[str, Any]] = [
        {
            "between": f"{row.source} → {row.target}",
            "days": row.total_seconds / 86400,
            "count": row.count,
            "median_hours": None if row.median_seconds is None else row.median_seconds / 3600,
        }
        for row in longest
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "between", "type": "nominal", "sort": None, "axis": {"labelLimit": 400}},
            "x": {"field": "days", "type": "quantitative", "title": "days of all customers together"},
            "tooltip": [{"field": "between"}, {"field": "count"}, {"field": "median_hours", "format": ".1f"}],
        },
    }


ANALYSIS = Analysis(
    slug="waits",
    question="Where is time lost: between steps, inside them, and from hand to hand?",
    question_ru="Где теряется время: между шагами, внутри них и при передаче из рук в руки?",
    params=WaitsParams,
    result=Waits,
    fold=WaitsFold,
    chart=chart,
)
