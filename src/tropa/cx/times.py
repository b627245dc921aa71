"""Times as loops count them, told as people and other programs take them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from tropa.engine.journeys import Ints

DAY_US = 86_400_000_000

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def iso(microseconds: int | None) -> str | None:
    """ISO 8601 in UTC, to the second where there is no fraction."""
    if microseconds is None:
        return None
    return (EPOCH + dt.timedelta(microseconds=int(microseconds))).isoformat().replace("+00:00", "Z")


def in_seconds(milliseconds: float | None) -> float | None:
    """Milliseconds, as times are counted in histograms, told in seconds."""
    return None if milliseconds is None else milliseconds / 1000


def local_us(at_us: Ints, zone: str) -> Ints:
    """Microseconds since 1970 on the clock of the zone; its offset is looked up once for each day of UTC."""
    known, place = np.unique(at_us // DAY_US, return_inverse=True)
    noons = [dt.datetime.fromtimestamp(int(day) * 86_400 + 43_200, ZoneInfo(zone)) for day in known]
    offsets = [round((noon.utcoffset() or dt.timedelta()).total_seconds() * 1e6) for noon in noons]
    return at_us + np.array(offsets, dtype=np.int64)[place] if len(at_us) else at_us
