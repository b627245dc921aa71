"""The calendar of a simulated company: its period, days off, working hours, and when people are awake.

All times inside the simulation are seconds since the first midnight, in the company's local time (Moscow, +03:00).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tropa.simulate.streams import Flags, Floats, Ints

FIRST_DAY = date(2026, 3, 2)
DAYS = 182
HORIZON_DAYS = DAYS + 150
OFFSET = "+03:00"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
END_SECONDS = DAYS * DAY
CELL_SECONDS = 900.0

# Public holidays on which offices are closed (Russia, 2026, with the transferred days).
DAYS_OFF = frozenset({date(2026, 3, 9), date(2026, 5, 1), date(2026, 5, 11), date(2026, 6, 12), date(2026, 11, 4)})

# Share of visits by hour of the day: a lunch hump and an evening hump.
ONLINE_HOURS = (9, 4, 2, 1, 1, 2, 8, 20, 36, 52, 62, 66, 68, 66, 60, 56, 55, 58, 66, 76, 80, 72, 50, 24)


def weekday(seconds: Floats) -> Ints:
    """Day of the week, Monday is 0."""
    return ((seconds // DAY).astype(np.int64) + FIRST_DAY.weekday()) % 7


def hour_of_day(seconds: Floats) -> Floats:
    """Hour of the day with its fraction."""
    return np.mod(seconds, DAY) / HOUR


def as_day(index: int) -> str:
    """The ISO date of a day of the simulation."""
    return (FIRST_DAY + timedelta(days=index)).isoformat()


def is_day_off() -> Flags:
    """For every day of the horizon: is it a public holiday."""
    days = [FIRST_DAY + timedelta(days=index) for index in range(HORIZON_DAYS)]
    return np.array([day in DAYS_OFF for day in days])


def time_of_day(uniform: Floats, hours: tuple[int, ...] = ONLINE_HOURS) -> Floats:
    """Seconds within a day, drawn from an hourly profile by inverting its distribution."""
    edges = np.concatenate([[0.0], np.cumsum(hours)])
    return np.asarray(np.interp(uniform * edges[-1], edges, np.arange(len(hours) + 1) * HOUR), dtype=np.float64)


def awake(seconds: Floats, uniform: Floats) -> Floats:
    """Moves what people would do between midnight and seven to the morning, but for a few night owls."""
    asleep = (hour_of_day(seconds) < 7.0) & (uniform > 0.06)
    morning = np.floor(seconds / DAY) * DAY + 7.2 * HOUR + uniform * 4.5 * HOUR
    return np.where(asleep, morning, seconds)


@dataclass(frozen=True)
class Hours:
    """Working hours of a department.

    Args:
        opens, closes: hours of the day.
        weekdays: working days, Monday is 0.
        holidays: whether it works on public holidays.
    """

    opens: float
    closes: float
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: bool = False

    def cells(self) -> Flags:
        """For every cell of the horizon's grid: is the department open in it."""
        starts: Floats = np.arange(int(HORIZON_DAYS * DAY / CELL_SECONDS), dtype=np.float64) * CELL_SECONDS
        hours = hour_of_day(starts)
        open_now = (hours >= self.opens) & (hours < self.closes) & np.isin(weekday(starts), self.weekdays)
        if not self.holidays:
            open_now &= ~np.repeat(is_day_off(), int(DAY / CELL_SECONDS))
        return open_now

    def next_open(self, seconds: Floats, uniform: Floats) -> Floats:
        """The moment itself when it is in working hours, else a moment early in the next working day."""
        open_days = np.isin((np.arange(HORIZON_DAYS) + FIRST_DAY.weekday()) % 7, self.weekdays)
        if not self.holidays:
            open_days &= ~is_day_off()
        following = np.where(open_days, np.arange(HORIZON_DAYS), HORIZON_DAYS - 1)
        following = np.minimum.accumulate(following[::-1])[::-1]
        last = HORIZON_DAYS - 1
        day = np.minimum((seconds // DAY).astype(np.int64), last)
        hour = hour_of_day(seconds)
        day = np.where(hour >= self.closes - 0.5, np.minimum(day + 1, last), day)
        target = following[day]
        spread = (self.opens + uniform * (self.closes - self.opens) * 0.6) * HOUR
        inside = (target == (seconds // DAY).astype(np.int64)) & (hour >= self.opens) & (hour < self.closes - 0.5)
        return np.where(inside, seconds, target * DAY + spread)
