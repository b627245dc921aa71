"""Since when: the day on which an obstacle began or became more frequent, and its course by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.cx.times import DAY_US, local_us
from tropa.engine.journeys import ABSENT
from tropa.findings.finding import Week
from tropa.findings.journeys import Came
from tropa.findings.where import Segment
from tropa.stats.change_point import change_points
from tropa.stats.splits import Split

_EPOCH = dt.date(1970, 1, 1)
ALPHA = 0.01
"""Every finding is asked for its day: at 5 % each, one in twenty would get a false one."""
LEAST_RISE = 1.5
"""It began, or rose by half at least: what merely comes and goes with the load has no day."""


@dataclass(frozen=True, slots=True)
class Since:
    """The day, and the 95 % interval around it."""

    day: dt.date
    low: dt.date
    high: dt.date


def since(came: Came, zone: str, segments: Sequence[Segment] = ()) -> Since | None:
    """The day from which the share of those who meet it was clearly higher than before, among all or in a segment
    where it is concentrated, whichever tells it most surely; None where none was. A value that is not told is no
    segment."""
    named = [segment for segment in segments if all(code != ABSENT for _, code in segment)]
    parts = [came, *(came.of(came.inside(segment)) for segment in named)]
    rises = [rise for part in parts if (rise := _rise(part, zone, ALPHA / len(parts))) is not None]
    if not rises:
        return None
    first, best = min(rises, key=lambda rise: (rise[1].p, rise[1].high - rise[1].low))
    day, low, high = (_EPOCH + dt.timedelta(days=first + place) for place in (best.place, best.low, best.high))
    return Since(day, low, high)


def _rise(came: Came, zone: str, alpha: float) -> tuple[int, Split] | None:
    """The greatest rise, and the day from which its places are counted."""
    days = local_us(came.at_us, zone) // DAY_US
    if len(days) == 0:
        return None
    first = int(days.min())
    # A journey that stands for several is still one witness.
    weight = came.witnesses
    count = np.bincount(days - first, weights=weight).round().astype(np.int64)
    met = np.minimum(np.bincount(days - first, weights=weight * came.met).round().astype(np.int64), count)
    rises = [
        split
        for split in change_points(met, count, alpha)
        if (split.after.value or 0.0) > LEAST_RISE * (split.before.value or 0.0)
    ]
    if not rises:
        return None
    return first, max(rises, key=lambda split: (split.after.value or 0.0) - (split.before.value or 0.0))


def weeks(came: Came, zone: str) -> tuple[Week, ...]:
    """How many came and how many met it, by week; weeks begin on Monday."""
    days = local_us(came.at_us, zone) // DAY_US
    if len(days) == 0:
        return ()
    monday = days - (days + 3) % 7
    starts, place = np.unique(monday, return_inverse=True)
    reached = np.bincount(place, weights=came.weight)
    met = np.bincount(place, weights=came.weight * came.met)
    return tuple(
        Week((_EPOCH + dt.timedelta(days=int(start))).isoformat(), round(float(n)), round(float(k)))
        for start, n, k in zip(starts, reached, met, strict=True)
    )
