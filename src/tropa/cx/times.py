"""Times as loops count them, told as people and other programs take them."""

from __future__ import annotations

import datetime as dt

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def iso(microseconds: int | None) -> str | None:
    """ISO 8601 in UTC, to the second where there is no fraction."""
    if microseconds is None:
        return None
    return (EPOCH + dt.timedelta(microseconds=int(microseconds))).isoformat().replace("+00:00", "Z")


def in_seconds(milliseconds: float | None) -> float | None:
    """Milliseconds, as times are counted in histograms, told in seconds."""
    return None if milliseconds is None else milliseconds / 1000
