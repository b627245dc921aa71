"""Microseconds to the text of a time."""

from __future__ import annotations

import datetime as dt

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def iso(microseconds: int | None) -> str | None:
    """ISO 8601 in UTC, to the second where there is no fraction."""
    if microseconds is None:
        return None
    return (EPOCH + dt.timedelta(microseconds=int(microseconds))).isoformat().replace("+00:00", "Z")
