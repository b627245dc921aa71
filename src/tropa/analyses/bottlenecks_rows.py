"""The rows of `bottlenecks`, made from what was counted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tropa.analyses.bottlenecks_causes import Causes, Line, causes_of, line_of
from tropa.analyses.bottlenecks_parts import Counted, Grid, Pairs
from tropa.cx.lens import Lens
from tropa.cx.level import By
from tropa.cx.processes import Processes
from tropa.engine.journeys import Floats, Ints
from tropa.engine.sketch import Counts, quantile, value_of
from tropa.engine.spans import Histograms, histograms
from tropa.stats.intervals import Interval, Z, wilson
from tropa.stats.survival import kaplan_meier

LEAST_WAITS = 30
LEAST_SHARE = 0.02
LEAST_CAUSED = 0.5
LEAST_MISSED = 0.1
"""The rule of a bottleneck, see `Process`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where journeys stand while they wait for a process: the step before it."""

    touchpoint: str
    wait_n: int
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class Performer:
    """Who served a process, and how long journeys had waited by then."""

    performer: str
    wait_n: int
    wait_mean_seconds: float
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the company: what it does at one step, and the waiting for it.

    A wait runs from the moment at which the work could begin (it was scheduled; else the latest end before it) to its
    beginning. What the customer does meanwhile (asks, looks) does not end it where the work, not that act, is what
    usually follows. `wait_median` and `wait_p90` count journeys that are still waiting, as far as they have waited
    (Kaplan-Meier); `left_n` more were left while waiting, nobody knows when, and are in no time. `unsplit_n` of
    the waits end in an event that tells one time only: the work itself is then in the wait before the next step.

    `share`: of the time of all journeys up to the goal (else their end), the part in which they wait for this.

    Causes add up to `wait_seconds`. `contention` is what grows with the number who were waiting already, among those
    who came at the same hour of the week in the same season (`load_effect_seconds` more for each; None: unknown).
    `off_hours` is what those wait longer who come at other hours of the week than the best quarter (None with less
    than two weeks of data). `other` is the rest: a fixed delay, an appointment, transport, batches.

    `missed_share`: of the `promised_n` waits that were to be over by some time (as the data promised, else as the map
    does), those that were not.

    `queue`: how many wait at once, over the whole time. `trend`: growing, falling or steady (weekly, Mann-Kendall, p <
    0.01; None with fewer than 8 whole weeks).

    `felt`: whether the customer spends these waits waiting for the company; None where nobody says who acts.

    `is_bottleneck`: a process is narrow if journeys wait for it 30 times or more and 2 % of their time or more, and
    half of that waiting comes from load and hours, or the promise made for it is missed by more than a tenth. Of the
    narrow ones the bottleneck is the one with the greatest share, and any that its interval cannot tell from it. Where
    none is narrow there is no bottleneck: a long delay that neither load nor hours make longer, and that keeps its
    promise, is a way of working. None where nobody says who acts. `narrow_by`: load, hours, promise.
    """

    process: str
    department: str | None
    owner: str | None
    stage: str | None
    touchpoint: str | None
    activity: str
    is_bottleneck: bool | None
    narrow_by: tuple[str, ...]
    n: int
    wait_n: int
    unsplit_n: int
    waiting_now_n: int
    left_n: int
    wait_median_seconds: float | None
    wait_median_seconds_low: float | None
    wait_median_seconds_high: float | None
    wait_mean_seconds: float | None
    wait_p90_seconds: float | None
    wait_seconds: float
    share: float | None
    share_low: float | None
    share_high: float | None
    felt: bool | None
    promised_n: int
    missed_share: float | None
    missed_share_low: float | None
    missed_share_high: float | None
    service_n: int
    service_median_seconds: float | None
    service_median_seconds_low: float | None
    service_median_seconds_high: float | None
    service_mean_seconds: float | None
    service_seconds: float
    scheduled_n: int
    scheduled_wait_median_seconds: float | None
    scheduled_wait_median_seconds_low: float | None
    scheduled_wait_median_seconds_high: float | None
    scheduled_wait_mean_seconds: float | None
    contention_seconds: float | None
    off_hours_seconds: float | None
    other_seconds: float
    load_effect_seconds: float | None
    load_effect_seconds_low: float | None
    load_effect_seconds_high: float | None
    arrivals_a_day: float | None
    queue_mean: float | None
    queue_p90: float | None
    busiest_weekday: int | None
    busiest_hour: int | None
    trend: str | None
    trend_tau: float | None
    handovers_in: int
    places: tuple[Place, ...]
    performers: tuple[Performer, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """From the hands of one department to another's: how often, and the time between the end and the beginning."""

    source: str
    target: str
    n: int
    mean_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """`waiting_share`, `own_share`: of all journeys' time, waiting for the company and the customer's own.

    Where work runs side by side the waits for it do too, and shares can exceed 1 together. `notes` say what the data
    cannot tell. Rows with most waiting first, bottlenecks before all.
    """

    by: str
    journey_seconds: float
    waiting_seconds: float
    own_seconds: float
    service_seconds: float
    processes: tuple[Process, ...]
    handovers: tuple[Handover, ...]
    notes: tuple[str, ...]


def told(total: Counted, lens: Lens, by: By, column: str, inside: Processes, usual: Ints, top: int) -> Bottlenecks:
    """The result.

    Args:
        column: of the events, that tells who does the work.
        usual: how often each step directly follows each; the last column counts where nothing follows.
    """
    table = _Table(total, lens, inside, column, usual)
    rows = [table.process(row) for row in np.flatnonzero(total.pieces).tolist()]
    rows = _judged(rows)
    rows.sort(key=lambda row: (not row.is_bottleneck, -(row.share or 0.0), -row.wait_seconds, row.process))
    return Bottlenecks(
        by=by,
        journey_seconds=float(total.whole[1]) * 3600,
        waiting_seconds=sum(row.wait_seconds for row in rows),
        own_seconds=total.own_seconds,
        service_seconds=sum(row.service_seconds for row in rows),
        processes=tuple(rows[:top]),
        handovers=_handovers(total.hands.between, table.hand_names)[:top],
        notes=_notes(rows),
    )


class _Table:
    """Looks up, of each row, what was counted."""

    def __init__(self, total: Counted, lens: Lens, inside: Processes, column: str, usual: Ints) -> None:
        self.total, self.lens, self.inside, self.usual = total, lens, inside, usual
        self.people = lens.dictionaries.get(column, ())
        self.acts = lens.dictionaries.get("activity", ())
        self.hand_names = [*inside.departments, *self.people]
        self.waits, self.service = histograms(total.waits), histograms(total.service)
        self.scheduled, self.standing = histograms(total.scheduled), histograms(total.standing)
        self.place, self.row = np.divmod(self.waits.groups, inside.rows)
        self.performers = _by_row(total.performers, len(self.people))
        self.department = {row: self._department(row) for row in np.flatnonzero(total.pieces).tolist()}
        first_us, cell_us, cells = Grid.measures(lens.facts, len(inside.units))
        self.line: Line = line_of(first_us, cell_us, cells, lens.facts.zone)
        self.grid_of = total.grid.rows(cells)

    def _department(self, row: int) -> str | None:
        """By the map; else the performer for whom at least half of the waiting is; else the owner by the map."""
        named = self.inside.department(row)
        if named is not None:
            return named
        known = self.performers.get(row, [])
        most = max(known, key=lambda entry: entry[2], default=None)
        if most is not None and 2 * most[2] >= sum(entry[2] for entry in known):
            return self.people[most[0]]
        return self.inside.owner_of[self.inside.step_of(row)]

    def process(self, row: int) -> Process:
        total, step = self.total, self.inside.step_of(row)
        places = np.flatnonzero(self.row == row)
        counts, seconds = self.waits.buckets(places.tolist()), float(self.waits.sums[places].sum())
        wait_n = int(counts.sum())
        still, left = self._standing(row, places)
        median, p90 = _waited(counts, still)
        share = _share(total.shared[row], total.whole)
        service_n, service, service_seconds = _one(self.service, row)
        scheduled_n, scheduled, scheduled_seconds = _one(self.scheduled, row)
        service_median, scheduled_median = _median(service), _median(scheduled)
        causes = self._causes(row, seconds)
        where = self._places(places)
        touchpoint = next((place.touchpoint for place in where if place.touchpoint != self.inside.steps[step]), None)
        touchpoint = touchpoint or (where[0].touchpoint if where else None)
        missed = wilson(int(total.missed[row]), int(total.promised[row]))
        unknown = int(total.unknown[row])
        return Process(
            process=self.inside.steps[step],
            department=self.department[row],
            owner=self.inside.owner_of[step],
            stage=self._stage(touchpoint),
            touchpoint=touchpoint,
            activity=self.acts[self.inside.activity_of(row)],
            is_bottleneck=None if unknown else False,
            narrow_by=_narrow_by(causes, seconds, missed),
            n=int(total.pieces[row]),
            wait_n=wait_n,
            unsplit_n=int(total.unsplit[row]),
            waiting_now_n=int(still.sum()),
            left_n=left,
            wait_median_seconds=median.value,
            wait_median_seconds_low=median.low,
            wait_median_seconds_high=median.high,
            wait_mean_seconds=seconds / wait_n if wait_n else None,
            wait_p90_seconds=p90.value,
            wait_seconds=seconds,
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            felt=None if unknown else True,
            promised_n=missed.n,
            missed_share=missed.value,
            missed_share_low=missed.low,
            missed_share_high=missed.high,
            service_n=service_n,
            service_median_seconds=service_median.value,
            service_median_seconds_low=service_median.low,
            service_median_seconds_high=service_median.high,
            service_mean_seconds=service_seconds / service_n if service_n else None,
            service_seconds=service_seconds,
            scheduled_n=scheduled_n,
            scheduled_wait_median_seconds=scheduled_median.value,
            scheduled_wait_median_seconds_low=scheduled_median.low,
            scheduled_wait_median_seconds_high=scheduled_median.high,
            scheduled_wait_mean_seconds=scheduled_seconds / scheduled_n if scheduled_n else None,
            contention_seconds=causes.contention_seconds,
            off_hours_seconds=causes.off_hours_seconds,
            other_seconds=causes.other_seconds,
            load_effect_seconds=causes.load_effect.value,
            load_effect_seconds_low=causes.load_effect.low,
            load_effect_seconds_high=causes.load_effect.high,
            arrivals_a_day=causes.arrivals_a_day,
            queue_mean=causes.queue_mean,
            queue_p90=causes.queue_p90,
            busiest_weekday=causes.busiest_weekday,
            busiest_hour=causes.busiest_hour,
            trend=causes.trend,
            trend_tau=causes.trend_tau,
            handovers_in=int(total.hands.into[row]),
            places=where[:5],
            performers=self._performers(row),
        )

    def _causes(self, row: int, seconds: float) -> Causes:
        grid = self.grid_of.get(row, np.zeros((self.line.cells, 3), dtype=np.int64))
        return causes_of(self.line, grid, seconds)

    def _standing(self, row: int, places: Ints) -> tuple[Counts, int]:
        """Journeys still waiting for a row, by how long; and how many were left while they waited.

        One stands waiting for a row where more than half of all that goes on from its step goes on to that row.
        """
        still = np.zeros_like(self.waits.buckets([]))
        left = 0
        for place in places.tolist():
            step = int(self.place[place])
            if not len(self.usual) or 2 * int(self.waits.counts[place]) <= int(self.usual[step, :-1].sum()):
                continue
            for code in (0, 1):
                at = int(np.searchsorted(self.standing.groups, 2 * step + code))
                if at < len(self.standing.groups) and self.standing.groups[at] == 2 * step + code:
                    if code:
                        still = still + self.standing.buckets([at])
                    else:
                        left += int(self.standing.counts[at])
        return still, left

    def _places(self, places: Ints) -> tuple[Place, ...]:
        found = [
            Place(self.inside.steps[int(self.place[at])], int(self.waits.counts[at]), float(self.waits.sums[at]))
            for at in places.tolist()
        ]
        return tuple(sorted(found, key=lambda place: (-place.wait_seconds, place.touchpoint)))

    def _performers(self, row: int) -> tuple[Performer, ...]:
        known = sorted(self.performers.get(row, []), key=lambda entry: -entry[2])[:5]
        return tuple(
            Performer(self.people[code], count, us * 1e-6 / count, us * 1e-6) for code, count, us in known if count
        )

    def _stage(self, touchpoint: str | None) -> str | None:
        if touchpoint is None or self.lens.map is None or touchpoint not in self.lens.nodes:
            return None
        return self.lens.stage_name(self.lens.nodes.index(touchpoint))


def _narrow_by(causes: Causes, seconds: float, missed: Interval) -> tuple[str, ...]:
    """What makes a process narrow, the greater cause first; nothing where it is not."""
    load, hours = causes.contention_seconds or 0.0, causes.off_hours_seconds or 0.0
    caused = sorted(((load, "load"), (hours, "hours")), reverse=True)
    told = [name for part, name in caused if part > 0] if seconds and load + hours >= LEAST_CAUSED * seconds else []
    return (*told, "promise") if (missed.low or 0.0) >= LEAST_MISSED else tuple(told)


def _judged(rows: list[Process]) -> list[Process]:
    """The rule of a bottleneck, told at `Process`."""

    able = [
        row
        for row in rows
        if row.is_bottleneck is not None
        and row.wait_n >= LEAST_WAITS
        and (row.share or 0.0) >= LEAST_SHARE
        and row.narrow_by
    ]
    most = max(able, key=lambda row: row.share or 0.0, default=None)
    if most is None:
        return rows
    chosen = {id(row) for row in able if (row.share_high or row.share or 0.0) >= (most.share_low or most.share or 0.0)}
    return [replace(row, is_bottleneck=True) if id(row) in chosen else row for row in rows]


def _notes(rows: Sequence[Process]) -> tuple[str, ...]:
    notes = []
    if any(row.is_bottleneck is None for row in rows):
        notes.append(
            "Nobody says who acts (no column actor or performer, no actor on the map): waiting for the company cannot "
            "be told from the customer's own time, so these processes are judged no bottlenecks."
        )
    if rows and not any(row.service_n for row in rows):
        notes.append(
            "Events tell one time only (no ended_at, no start and complete): work and waiting cannot be parted."
        )
    return tuple(notes)


def _by_row(told: Pairs, size: int) -> dict[int, list[tuple[int, int, int]]]:
    """Of each row its codes, how many, and microseconds."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for key, count, us in zip(told.keys.tolist(), told.counts.tolist(), told.sums.tolist(), strict=True):
        row, code = divmod(key, max(size, 1))
        found.setdefault(row, []).append((code, count, us))
    return found


def _one(spans: Histograms, group: int) -> tuple[int, Counts, float]:
    at = int(np.searchsorted(spans.groups, group))
    if at == len(spans.groups) or spans.groups[at] != group:
        return 0, spans.buckets([]), 0.0
    return int(spans.counts[at]), spans.buckets([at]), float(spans.sums[at])


def _median(counts: Counts) -> Interval:
    found = quantile(counts, 0.5)
    value, low, high = (None if each is None else each / 1000 for each in (found.value, found.low, found.high))
    return Interval(value, low, high, found.n)


def _waited(counts: Counts, still: Counts) -> tuple[Interval, Interval]:
    """Median and nine tenths of waits, those that still go on counted as far as they have gone."""
    if not still.any():
        return _median(counts), Interval(_seconds(counts, 0.9), None, None, int(counts.sum()))
    used = np.flatnonzero(counts + still)
    curve = kaplan_meier([value_of(int(bucket)) / 1000 for bucket in used], counts[used], still[used])
    return curve.quantile(0.5), curve.quantile(0.9)


def _seconds(counts: Counts, share: float) -> float | None:
    found = quantile(counts, share).value
    return None if found is None else found / 1000


def _share(row: Floats, whole: Floats) -> Interval:
    """Ratio of two sums over journeys, with the variance between journeys.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., 2.11.
    """
    n, hours, squares = (float(value) for value in whole)
    if n == 0 or hours == 0:
        return Interval(None, None, None, round(n))
    waited, waited_squares, product = (float(value) for value in row)
    ratio = waited / hours
    if n < 2:
        return Interval(ratio, None, None, round(n))
    spread = max(waited_squares - 2 * ratio * product + ratio * ratio * squares, 0.0) * n / (n - 1)
    error = Z * math.sqrt(spread) / hours
    return Interval(ratio, max(ratio - error, 0.0), ratio + error, round(n))


def _handovers(between: Pairs, names: Sequence[str]) -> tuple[Handover, ...]:
    rows = []
    for key, count, us in zip(between.keys.tolist(), between.counts.tolist(), between.sums.tolist(), strict=True):
        source, target = divmod(key, 1 << 20)
        rows.append(Handover(names[source], names[target], count, us * 1e-6 / count, us * 1e-6))
    return tuple(sorted(rows, key=lambda row: (-row.seconds, row.source, row.target)))
