"""What the calendar tells of a moment: coarsely, and finely."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from tropa.cx.times import DAY_US, local_us
from tropa.engine.journeys import Array, Ints

_WEEK_US = 7 * DAY_US
_HOUR_US = 3_600_000_000
_MONDAY_US = 4 * DAY_US
_SATURDAY = 5

TIME = ("week", "time of the day and week")
"""The coarse calendar: covariates that come second and third of all."""

FINE: Final[Mapping[str, Callable[[Ints], Ints]]] = {
    "day": lambda day: (day - 4) // 7,
    "day of the week": lambda day: (day >= _SATURDAY).astype(np.int64),
    "hour": lambda hour: hour // 4,
}
"""The fine calendar, and what of it the coarse one tells (week, weekend, part of the day). Where all wait too long on
busy days or at busy hours, it leaves nobody to compare with: it is adjusted for only where it surely misleads beyond
the coarse one, and where that leaves nobody, the interval pays for it."""


def coarse_calendar(at_us: Ints, zone: str) -> Array:
    """[moment, column of `TIME`]."""
    local = local_us(at_us, zone)
    part = _hour(local) // 4 + 6 * (_weekday(local) >= _SATURDAY)
    return np.stack([(local - _MONDAY_US) // _WEEK_US, part], axis=1)


def fine_calendar(at_us: Ints, zone: str) -> Array:
    """[moment, column of `FINE`]."""
    local = local_us(at_us, zone)
    return np.stack([local // DAY_US, _weekday(local), _hour(local)], axis=1)


def _weekday(local: Ints) -> Ints:
    """Monday is 0; the first day of the epoch was a Thursday."""
    return (local // DAY_US + 3) % 7


def _hour(local: Ints) -> Ints:
    return local // _HOUR_US % 24
