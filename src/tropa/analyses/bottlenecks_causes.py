"""Why journeys wait for a process, and how long the line is: from the counts on the grid of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from tropa.analyses.bottlenecks_parts import HOUR_US
from tropa.engine.journeys import Array, Floats, Ints
from tropa.stats.intervals import Interval
from tropa.stats.queues import kendall_trend, load_effect, slot_excess

LEAST_DAYS_FOR_HOURS = 14
SEASON_DAYS = 28
LEAST_WEEKS = 8
TREND_P = 0.01
_DAY_HOURS, _WEEK_HOURS = 24, 168
_FINE = 10
"""Waits for every hour of the week from which on hours are compared one by one, else weekdays with weekdays."""


@dataclass(frozen=True, slots=True)
class Line:
    """The grid of time: length of a cell, and of each cell its hour of the week (Monday 0), its day and its number.

    Cells longer than a day have no hour of the week of their own: `slots` is None.
    """

    cells: int
    cell_seconds: float
    slots: Ints | None
    days: Ints


@dataclass(frozen=True, slots=True)
class Causes:
    """Of one row; the three causes add up to its waiting."""

    contention_seconds: float | None
    off_hours_seconds: float | None
    other_seconds: float
    load_effect: Interval
    arrivals_a_day: float | None
    queue_mean: float | None
    queue_p90: float | None
    busiest_weekday: int | None
    busiest_hour: int | None
    trend: str | None
    trend_tau: float | None


def line_of(first_us: int, cell_us: int, cells: int, zone: str) -> Line:
    """The grid with the calendar of a time zone."""
    begins = first_us + np.arange(cells, dtype=np.int64) * cell_us
    local = begins + _offsets_us(begins, zone)
    hours = local // HOUR_US
    # 1970-01-01 was a Thursday.
    slots = (hours + 3 * _DAY_HOURS) % _WEEK_HOURS if cell_us <= _DAY_HOURS * HOUR_US else None
    return Line(cells, cell_us * 1e-6, slots, hours // _DAY_HOURS)


def _offsets_us(begins: Ints, zone: str) -> Ints:
    """Difference of local time to UTC; it changes between days, not within, but for two hours a year."""
    days, places = np.unique(begins // (_DAY_HOURS * HOUR_US), return_inverse=True)
    place = ZoneInfo(zone)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    known = [(epoch + dt.timedelta(days=int(day), hours=12)).astimezone(place).utcoffset() for day in days]
    microseconds = [0 if offset is None else round(offset.total_seconds() * 1e6) for offset in known]
    return np.array(microseconds, dtype=np.int64)[places]


def causes_of(line: Line, grid: Ints, seconds: float) -> Causes:
    """Of one row.

    Args:
        grid: by cell: waits begun, waits ended, microseconds of the waits begun there.
        seconds: all its waiting.
    """
    begun, ended, total = (grid[:, kind].astype(np.float64) for kind in range(3))
    total = total * 1e-6
    before = np.maximum(np.concatenate(([0.0], np.cumsum(begun - ended)[:-1])), 0.0)
    # Who comes within a cell finds, on average, half of the others of that cell there already.
    load = before + np.maximum(begun - 1, 0.0) / 2
    like = _circumstances(line, begun)
    effect = load_effect(begun, total, load, like, line.days)
    contention = off_hours = None
    rest = total
    if effect.low is not None and effect.value is not None:
        queued = np.minimum(begun * (effect.value if effect.low > 0 else 0.0) * load, total)
        contention = min(float(queued.sum()), seconds)
        rest = total - queued
    if line.slots is not None and line.days[-1] - line.days[0] >= LEAST_DAYS_FOR_HOURS:
        above = np.minimum(begun * slot_excess(begun, rest, like[0]), rest)
        off_hours = min(float(above.sum()), seconds - (contention or 0.0))
    weekday, hour = _busiest(line, before)
    some = bool(begun.any())
    trend, tau = _trend(line, before, seconds / begun.sum() if some else 0.0)
    span = line.cells * line.cell_seconds
    return Causes(
        contention_seconds=contention,
        off_hours_seconds=off_hours,
        other_seconds=max(seconds - (contention or 0.0) - (off_hours or 0.0), 0.0),
        load_effect=effect,
        arrivals_a_day=float(begun.sum()) / span * 86400 if some else None,
        # Little (1961), Operations Research 9, 383-387: the mean line is the waiting of all over the time.
        queue_mean=seconds / span if some else None,
        queue_p90=float(np.quantile(before, 0.9)) if some else None,
        busiest_weekday=weekday,
        busiest_hour=hour,
        trend=trend,
        trend_tau=tau,
    )


def _circumstances(line: Line, begun: Floats) -> list[Array]:
    """What is held equal when loads are compared: the hour of the week, and the season."""
    season = (line.days - line.days[0]) // SEASON_DAYS
    if line.slots is None:
        return [season]
    fine = begun.sum() >= _FINE * _WEEK_HOURS
    weekend = line.slots // (5 * _DAY_HOURS)
    slots = line.slots if fine else weekend * _DAY_HOURS + line.slots % _DAY_HOURS
    return [slots, season]


def _busiest(line: Line, queue: Floats) -> tuple[int | None, int | None]:
    """Weekday (Monday 1) and hour of the day with the longest line on average; None where nobody ever waits."""
    if line.slots is None or not queue.any() or len(np.unique(line.slots // _DAY_HOURS)) < 7:
        return None, None
    weekday, hour = line.slots // _DAY_HOURS, line.slots % _DAY_HOURS
    by_day = np.bincount(weekday, queue, 7) / np.maximum(np.bincount(weekday, minlength=7), 1)
    by_hour = np.bincount(hour, queue, _DAY_HOURS) / np.maximum(np.bincount(hour, minlength=_DAY_HOURS), 1)
    return int(by_day.argmax()) + 1, int(by_hour.argmax())


def _trend(line: Line, queue: Floats, mean_wait_seconds: float) -> tuple[str | None, float | None]:
    """Of the mean line by week. The first weeks fill an empty line and the last ones lack those not yet served, so
    twice a mean wait is left out at both ends.
    """
    edge = int(np.ceil(2 * mean_wait_seconds / 86400))
    day = line.days - line.days[0]
    inside = (day >= edge) & (day <= day[-1] - edge - 1)
    week = (day[inside] - edge) // 7
    weeks = np.bincount(week)
    # A week in which the clocks are put forward has an hour less.
    whole = weeks * line.cell_seconds > 6.9 * 86400
    levels = (np.bincount(week, queue[inside]) / np.maximum(weeks, 1))[whole]
    if len(levels) < LEAST_WEEKS:
        return None, None
    tau, p = kendall_trend(levels)
    if tau is None or p is None:
        return None, None
    return ("steady" if p >= TREND_P else "growing" if tau > 0 else "falling"), tau
