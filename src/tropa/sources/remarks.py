"""What is said of a whole file once it was read: times that can hardly be meant, and that it holds nothing at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tropa.sources.model import Chunk

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""Before that hardly any customer was told of in a system that still gives out its data."""
_SLACK = dt.timedelta(days=1)
"""A clock that goes ahead, or a time zone not told, is no event in the future."""


@dataclass(slots=True)
class Remarks:
    """Counts over the portions of one file.

    Args:
        file: its name.
        now: what lies later lies in the future.
    """

    file: str
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    rows: int = 0
    late: int = 0
    early: int = 0
    latest: dt.datetime | None = None
    first_late: dt.datetime | None = None
    earliest: dt.datetime | None = None

    def take(self, chunk: Chunk) -> None:
        """Count one more portion."""
        self.rows += chunk.rows_read
        if "time" not in chunk.rows.columns or not chunk.rows.height:
            return
        times = chunk.rows["time"]
        low, high = times.min(), times.max()
        if isinstance(high, dt.datetime) and high > self.now + _SLACK:
            late = times.filter(times > self.now + _SLACK)
            first = late.min()
            self.late += late.len()
            self.latest = max(high, self.latest or high)
            if isinstance(first, dt.datetime):
                self.first_late = min(first, self.first_late or first)
        if isinstance(low, dt.datetime) and low < EARLIEST:
            self.early += int((times < EARLIEST).sum())
            self.earliest = min(low, self.earliest or low)

    def notes(self) -> tuple[str, ...]:
        """What there is to say; nothing as a rule."""
        said = []
        if not self.rows:
            said.append(f"{self.file} has a header and no rows: nothing was loaded from it.")
        if self.latest is not None:
            first = self.first_late or self.latest
            since = "" if first == self.latest else f"the earliest at {_day(first)}, "
            said.append(f"{_rows(self.late)} in the future, {since}the latest at {_day(self.latest)}.")
        if self.earliest is not None:
            said.append(f"{_rows(self.early)} before {EARLIEST.year}, the earliest at {_day(self.earliest)}.")
        return tuple(said)


def _rows(count: int) -> str:
    return "1 row lies" if count == 1 else f"{count:,} rows lie"


def _day(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d}"
