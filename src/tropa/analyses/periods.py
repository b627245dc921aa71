"""Calendar days, weeks and months of the workspace's time zone: which of them a time falls in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.times import DAY_US, clock, shown_us
from tropa.engine.journeys import Codes, Ints
from tropa.errors import TropaError

PeriodUnit = Literal["day", "week", "month"]

MOST_PERIODS = 1500
# Day 0 of the epoch was a Thursday; weeks begin on Monday (ISO 8601).
_TO_MONDAY = 3


def _numbers(days: Ints, unit: PeriodUnit) -> Ints:
    """Number of the day, week or month that each day (counted from 1970-01-01) belongs to."""
    if unit == "day":
        return days
    if unit == "week":
        return (days + _TO_MONDAY) // 7
    return np.asarray(days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


@dataclass(frozen=True)
class Calendar:
    """The periods from the first to the last event of the whole data; period i is the i-th of them.

    `now_us`: how far the data goes; `zone`: IANA name of the zone whose midnights part the days.
    """

    unit: PeriodUnit
    first_us: int
    last_us: int
    now_us: int
    zone: str = "UTC"

    def local(self, time_us: Ints) -> Ints:
        """Times as the clocks of the zone show them: whole days of it are `// DAY_US`."""
        if self.zone == "UTC":
            return time_us
        shown = shown_us(time_us, self.zone, self.first_us, self.last_us)
        # Clocks put back over a midnight show a day again that was over: no time falls outside the calendar for that.
        return np.asarray(np.clip(shown, self.first_day * DAY_US, (self.last_day + 1) * DAY_US - 1))

    def _day(self, time_us: int) -> int:
        if self.zone == "UTC":
            return time_us // DAY_US
        changes, offsets = clock(self.zone, self.first_us, self.last_us)
        return (time_us + int(offsets[np.searchsorted(changes, time_us, side="right")])) // DAY_US

    @cached_property
    def first_day(self) -> int:
        return self._day(self.first_us)

    @cached_property
    def last_day(self) -> int:
        return max(self._day(self.last_us), self.first_day)

    @cached_property
    def period_of_day(self) -> Codes:
        """Period of each day, counted from the first day of the data."""
        numbers = _numbers(np.arange(self.first_day, self.last_day + 1), self.unit)
        return np.asarray(numbers - numbers[0], dtype=np.int32)

    def __len__(self) -> int:
        return int(self.period_of_day[-1]) + 1

    @cached_property
    def complete(self) -> int:
        """How many periods, from the first, are over: the last event tells how far the data goes."""
        ends = np.array([self.first_day, self._day(self.now_us + 1)])
        first, open_one = _numbers(ends, self.unit)
        return int(open_one - first)

    @cached_property
    def begins(self) -> tuple[str, ...]:
        """First day of each period; the first period may begin before the data does."""
        first = dt.date(1970, 1, 1) + dt.timedelta(days=self.first_day)
        if self.unit == "month":
            month = first.year * 12 + first.month - 1
            return tuple(dt.date(at // 12, at % 12 + 1, 1).isoformat() for at in range(month, month + len(self)))
        days = 7 if self.unit == "week" else 1
        begin = first - dt.timedelta(days=first.weekday()) if self.unit == "week" else first
        return tuple((begin + dt.timedelta(days=days * index)).isoformat() for index in range(len(self)))


def calendar(lens: Lens, unit: PeriodUnit) -> Calendar:
    """The calendar of the data, in the time zone of the workspace.

    Raises:
        TropaError: when there would be too many periods to tell apart.
    """
    whole = whole_calendar(lens, unit)
    if len(whole) > MOST_PERIODS:
        raise TropaError(
            f"The data spans {len(whole):,} {unit}s ({whole.begins[0]} to {whole.begins[-1]}), over {MOST_PERIODS}.",
            "Choose a longer period; if the data is younger than that, some events carry wrong times.",
            kind="usage",
        )
    return whole


def whole_calendar(lens: Lens, unit: PeriodUnit) -> Calendar:
    """The calendar of the data, however many periods that are."""
    facts = lens.facts
    return Calendar(unit, facts.first_us or 0, facts.last_us or 0, facts.now_us or 0, facts.zone)
