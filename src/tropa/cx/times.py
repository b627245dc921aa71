"""Times as loops count them, told as people and other programs take them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from tropa.engine.journeys import Ints

_DAY_SECONDS = 86_400
DAY_US = _DAY_SECONDS * 1_000_000

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def iso(microseconds: int | None) -> str | None:
    """ISO 8601 in UTC, to the second where there is no fraction."""
    if microseconds is None:
        return None
    return (EPOCH + dt.timedelta(microseconds=int(microseconds))).isoformat().replace("+00:00", "Z")


def in_seconds(milliseconds: float | None) -> float | None:
    """Milliseconds, as times are counted in histograms, told in seconds."""
    return None if milliseconds is None else milliseconds / 1000


@lru_cache(maxsize=16)
def clock(zone: str, first_us: int, last_us: int) -> tuple[Ints, Ints]:
    """When the clocks of the zone change within the time given, and by how much they differ from UTC around that.

    Both in microseconds; there is one difference more than there are changes.
    """
    place = ZoneInfo(zone)

    def offset(second: int) -> int:
        found = (EPOCH + dt.timedelta(seconds=second)).astimezone(place).utcoffset() or dt.timedelta()
        return round(found.total_seconds() * 1_000_000)

    first, last = first_us // 1_000_000, last_us // 1_000_000
    offsets, changes = [offset(first)], []
    for begin in range(first, last + 1, _DAY_SECONDS):
        low, high = begin, min(begin + _DAY_SECONDS, last + 1)
        after = offset(high)
        if after == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
        changes.append(high * 1_000_000)
        offsets.append(after)
    return np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64)


def shown_us(at_us: Ints, zone: str, first_us: int, last_us: int) -> Ints:
    """Microseconds since 1970 on the clock of the zone, of times from the first to the last one."""
    changes, offsets = clock(zone, first_us, last_us)
    if len(changes) == 0:
        return np.asarray(at_us + offsets[0])
    return np.asarray(at_us + offsets[np.searchsorted(changes, at_us, side="right")])


def local_us(at_us: Ints, zone: str) -> Ints:
    """Microseconds since 1970 on the clock of the zone."""
    if zone == "UTC" or len(at_us) == 0:
        return at_us
    return shown_us(at_us, zone, int(at_us.min()), int(at_us.max()))
