"""What goes into the reading of a file and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from tropa.cx.columns import COLUMNS, NUMBERS, TIMES, Kind

FileKind = Kind
FILE_KINDS: tuple[FileKind, ...] = ("events", "feedback", "customers", "identities")

UTC_US = pl.Datetime("us", "UTC")


def _dtype(column: str) -> pl.DataType:
    return UTC_US if column in TIMES else pl.Float64() if column in NUMBERS else pl.String()


#: Canonical columns by kind of file, in the order in which they stand in `Chunk.rows`, and what they hold.
CANONICAL: Mapping[FileKind, Mapping[str, pl.DataType]] = {
    kind: {column: _dtype(column) for column in columns} for kind, columns in COLUMNS.items()
}

#: Where the time of day of a date stands in a column of its own: canonical time -> what that column is called.
CLOCKS: Mapping[str, str] = {
    "time": "time_of_day",
    "ended_at": "ended_time_of_day",
    "promised_at": "promised_time_of_day",
}

#: Columns without which a file of the kind cannot be read at all.
REQUIRED: Mapping[FileKind, tuple[str, ...]] = {
    "events": ("time", "activity", "customer_id"),
    "feedback": ("time", "customer_id", "kind"),
    "customers": ("customer_id",),
    "identities": ("identifier_a", "identifier_b"),
}

#: Feedback kinds and the ends of their scales; None: the kind has no scale of its own.
FEEDBACK_SCALES: Mapping[str, tuple[float, float] | None] = {
    "nps": (0.0, 10.0),
    "csat": (1.0, 5.0),
    "ces": (1.0, 7.0),
    "rating": (1.0, 5.0),
    "review": None,
    "complaint": None,
    "interview": None,
    "chat": None,
}

ACTORS: tuple[str, ...] = ("customer", "employee", "system")

REJECTS_SCHEMA: Mapping[str, pl.DataType] = {
    "file": pl.String(),
    "line": pl.Int64(),
    "reason": pl.String(),
    "row": pl.String(),
}
IDENTITIES_SCHEMA: Mapping[str, pl.DataType] = {"identifier_a": pl.String(), "identifier_b": pl.String()}


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of another file, added by key.

    Args:
        path: the other file, in any format that can be read.
        on: the key: a column that both have, or `ours=theirs`; several with commas between them.
        prefix: put before the names of the added columns.

    Where a key occurs more than once in the other file its first row wins; the rest are counted in a note.
    """

    path: Path
    on: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; whatever is not said is recognised.

    Args:
        columns: canonical name -> column of the file; a value that begins with a colon is a constant (`kind=:nps`).
            `time_of_day`, `ended_time_of_day` and `promised_time_of_day` name columns that tell the time of day of a
            date; an empty constant takes the date alone.
        milestones: activity -> column, for wide tables of events: one row a case, one column a milestone.
        identifiers: further identifier columns; what they hold in one row belongs to one person.
        join: other files whose columns are added by key before anything else happens.
        timezone: IANA name, for times without an offset. A local time that occurs twice is the earlier one; one that
            the clocks skipped is counted on from the moment of the change (02:30 becomes 03:30).
        encoding, delimiter, sheet: of text files and workbooks, when they are not to be recognised.
        dates: how `03/04/2021` is to be read when nothing in the column decides it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, str] = field(default_factory=dict)
    identifiers: Sequence[str] = ()
    join: Sequence[Join] = ()
    timezone: str = "UTC"
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    dates: Literal["day-first", "month-first"] | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """One portion of a file, normalised.

    `rows` holds good rows only, under canonical names, attributes under their own. `identities` are the links between
    identifiers seen in these rows. `rejects` says file, line (line of the file for CSV and JSON lines, row of the sheet
    for XLSX, number of the row or event for the others), reason, and the row as short text. `rows_read` counts data
    rows of the file (a row of a wide table is one row, whatever events it makes). `notes` are remarks about the file.
    """

    rows: pl.DataFrame
    identities: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    bytes_done: int
    bytes_total: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was understood of a file before it is loaded.

    `columns` maps canonical names to the file's columns, `constants` to fixed values; `attributes` maps the file's
    columns to the names under which they are kept; `ignored` columns have no name. `missing` are required columns that
    were not found: with any of them `read` refuses the file. `milestone_clocks`: of a milestone's column, the one that
    tells its time of day. `sample` holds the first rows as they stand in the file.
    """

    path: Path
    kind: FileKind
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    milestones: Mapping[str, str]
    attributes: Mapping[str, str]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    sample: pl.DataFrame
    notes: tuple[str, ...]
    milestone_clocks: Mapping[str, str] = field(default_factory=dict)


def empty_rejects() -> pl.DataFrame:
    """No rejects, with the right columns."""
    return pl.DataFrame(schema=dict(REJECTS_SCHEMA))


def empty_identities() -> pl.DataFrame:
    """No links, with the right columns."""
    return pl.DataFrame(schema=dict(IDENTITIES_SCHEMA))
