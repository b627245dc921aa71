"""How a file would be read, without loading it: its columns, its first rows, and what would be set aside and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import polars as pl

from tropa.errors import TropaError
from tropa.sources import (
    CANONICAL,
    CLOCKS,
    KIND_OF,
    Chunk,
    ColumnLook,
    FileKind,
    FileLook,
    Guess,
    Known,
    Reading,
    Reason,
    Recognised,
    Remarks,
    Shape,
    fingerprint,
    guess,
    look_at,
    read,
    recognise,
)
from tropa.sources import marks as marks_of
from tropa.sources.model import FILE_KINDS, REQUIRED
from tropa.sources.values import plain_text
from tropa.store.head import Load
from tropa.store.ledger import loads_of
from tropa.store.manifest import Progress

PREVIEW_ROWS = 20
_PREVIEW_COLUMNS = 40
QUICK_ROWS = 5_000
"""Rows that a quick trial reads at least, where the file has so many."""
_MOST_REASONS = 50
_MOST_REJECTS = 20
_MOST_ACTIVITIES = 30
_MOST_COLUMNS = 400
_QUOTED = re.compile(r"'[^']*'|\d+")

By = Literal["name", "values", "person"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and what it is taken for.

    Attributes:
        role: a canonical name, `milestone`, `identifier`, `attribute`, or `ignored`.
        by: whether its name told so, its values did, or a person; None for an attribute.
        activity: of a milestone: what happened.
    """

    name: str
    looks: str
    examples: tuple[str, ...]
    filled: float
    distinct: int
    role: str
    by: By | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Rows set aside for one reason; `example` is the reason as told of the first of them."""

    example: str
    rows: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing of it can be read as it stands."""

    kind: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What reading would bring.

    Attributes:
        rows_read: rows looked at; `whole` says whether that is all of them.
        columns, rows: the first rows as they will be read, as text.
        rejects: the first rows that will be set aside: line, reason, row.
        activities: the most frequent ones with their rows, where the file holds events.
        customers: different customers among the rows looked at.
    """

    rows_read: int
    good: int
    set_aside: int
    whole: bool
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    reasons: tuple[ReasonCount, ...] = ()
    rejects: tuple[tuple[int, str, str], ...] = ()
    activities: tuple[tuple[str, int], ...] = ()
    customers: int = 0
    first: str | None = None
    last: str | None = None
    notes: tuple[str, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """All that the page shows of a file before it is loaded. `reading` is what loading it would be told."""

    shape: Shape
    guessed: Shape
    reasons: tuple[Reason, ...]
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    columns: tuple[Column, ...]
    more_columns: int
    reading: Mapping[str, Any]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    trial: Trial


def look(path: Path, how: Reading, shape: Shape | None = None, plain: bool = False, known: Known | None = None) -> Look:
    """Look at a file.

    Args:
        path: the file.
        how: what a person has said of it so far.
        shape: what it is, where a person has said so.
        plain: take it as `how` says and guess nothing more.
        known: whose customers are known.

    Raises:
        TropaError: the file is not what its name says, or cannot be opened at all.
    """
    seen = look_at(path, how)
    guessed, meant = _guesses(path, seen, shape, known)
    reading = how if plain else _filled_in(how, meant)
    kind = KIND_OF[meant.shape]
    found = recognise(path, kind, reading)
    columns = tuple(_column(column, found, reading, how, meant) for column in seen.columns)
    missing = tuple(name for name in _missing(found, reading, meant.shape))
    return Look(
        shape=meant.shape,
        guessed=guessed.shape,
        reasons=meant.reasons or guessed.reasons if meant.shape == guessed.shape else meant.reasons,
        format=found.format,
        encoding=found.encoding,
        delimiter=found.delimiter,
        sheet=found.sheet,
        columns=columns[:_MOST_COLUMNS],
        more_columns=max(0, len(columns) - _MOST_COLUMNS),
        reading=plain_reading(reading),
        missing=missing,
        notes=found.notes,
        trial=Trial(0, 0, 0, False) if missing else quick_trial(path, kind, reading),
    )


def as_loaded(path: Path, how: Reading, shape: Shape | None, known: Known, loads: Sequence[Load]) -> Known:
    """Whose customers to know of to take a file for what it was taken for when it was loaded, if it was; else `known`.

    Its own customers and those that came later would have other columns guessed, and the same file would be refused.
    """
    content = fingerprint(path) if loads else ""
    marks = {load.fingerprint for kind in FILE_KINDS for load in loads_of(kind, content, loads)}
    if not marks:
        return known
    seen = look_at(path, how)
    for one in (known, Known(beside=known.beside), Known()):
        _, meant = _guesses(path, seen, shape, one)
        kind, reading = KIND_OF[meant.shape], _filled_in(how, meant)
        if f"{content}-{'-'.join(marks_of(path, kind, reading))}" in marks:
            return one
    return known


def _guesses(path: Path, seen: FileLook, shape: Shape | None, known: Known | None) -> tuple[Guess, Guess]:
    """What a file is taken for, and what it is as the shape that a person has said."""
    guessed = guess(path, seen, known=known)
    return guessed, guessed if shape in (None, guessed.shape) else guess(path, seen, shape, known)


def plain_reading(how: Reading) -> dict[str, Any]:
    """A reading as it goes over the wire, and comes back."""
    return {
        "columns": dict(how.columns),
        "milestones": dict(how.milestones),
        "identifiers": list(how.identifiers),
        "timezone": how.timezone,
        "encoding": how.encoding,
        "delimiter": how.delimiter,
        "sheet": how.sheet,
        "dates": how.dates,
    }


def _filled_in(how: Reading, found: Guess) -> Reading:
    """What a person said, and what was guessed where they said nothing."""
    used = {*how.columns.values(), *how.milestones.values(), *how.identifiers}
    columns = {name: theirs for name, theirs in found.columns.items() if theirs not in used and name not in how.columns}
    if found.shape != "wide":
        return replace(how, columns={**columns, **how.columns}, milestones={})
    milestones = how.milestones or {
        activity: column for activity, column in found.milestones.items() if column not in used
    }
    return replace(how, columns={**columns, **how.columns}, milestones=milestones)


def _column(column: ColumnLook, found: Recognised, reading: Reading, how: Reading, meant: Guess) -> Column:
    role, by, activity = "attribute", None, None
    canonical = next((name for name, theirs in found.columns.items() if theirs == column.name), None)
    said: By = "name"
    if canonical is not None:
        role = canonical
        if canonical in reading.columns:
            said = "person" if canonical in how.columns and meant.columns.get(canonical) != column.name else "values"
        elif canonical in CLOCKS.values():
            said = "values"
        by = said
    elif column.name in found.milestones.values():
        role, by = "milestone", "values" if column.name in meant.milestones.values() else "person"
        activity = next(name for name, theirs in found.milestones.items() if theirs == column.name)
    elif column.name in found.milestone_clocks.values():
        role, by = "time_of_day", "values"
    elif column.name in reading.identifiers:
        role, by = "identifier", "person"
    elif column.name not in found.attributes:
        role = "ignored"
    return Column(
        column.name, column.looks, column.examples, round(column.filled, 4), column.distinct, role, by, activity
    )


def _missing(found: Recognised, reading: Reading, shape: Shape) -> list[str]:
    """What still has to be said before anything can be read."""
    left_out = [name for name in REQUIRED[found.kind] if reading.columns.get(name) == ":"]
    if shape == "wide":
        left_out = [name for name in left_out if name == "customer_id"]
        if not found.milestones:
            left_out.append("milestones")
    return list(dict.fromkeys([*found.missing, *left_out]))


@dataclass(slots=True)
class _Count:
    """What a trial has counted so far."""

    kind: FileKind
    remarks: Remarks
    read: int = 0
    good: int = 0
    aside: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    activities: Counter[str] = field(default_factory=Counter)
    customers: set[str] = field(default_factory=set)
    rows: list[pl.DataFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    times: list[Any] = field(default_factory=list)

    def take(self, chunk: Chunk) -> None:
        """Count one portion."""
        self.remarks.take(chunk)
        self.read += chunk.rows_read
        self.good += chunk.rows.height
        self.aside += chunk.rejects.height
        self.notes.extend(chunk.notes)
        for line, reason, row in chunk.rejects.select("line", "reason", "row").iter_rows():
            alike = _QUOTED.sub("#", reason)
            self.reasons[alike] += 1
            if alike not in self.examples and len(self.examples) < 1_000:
                self.examples[alike] = (reason, [])
            if alike in self.examples and len(self.examples[alike][1]) < 3:
                self.examples[alike][1].append(line)
            if len(self.rejects) < _MOST_REJECTS:
                self.rejects.append((line, reason, row))
        if sum(frame.height for frame in self.rows) < PREVIEW_ROWS and chunk.rows.height:
            self.rows.append(chunk.rows.head(PREVIEW_ROWS))
        if "time" in CANONICAL[self.kind] and "time" in chunk.rows.columns and chunk.rows.height:
            self.times += [chunk.rows["time"].min(), chunk.rows["time"].max()]
        if self.kind == "events" and chunk.rows.height:
            self.activities.update(dict(chunk.rows["activity"].value_counts().iter_rows()))
        if "customer_id" in chunk.rows.columns and len(self.customers) < 2_000_000:
            self.customers.update(chunk.rows["customer_id"].unique().to_list())

    def trial(self, whole: bool, problem: Problem | None = None) -> Trial:
        """What it came to."""
        rows = pl.concat(self.rows, how="diagonal_relaxed").head(PREVIEW_ROWS) if self.rows else pl.DataFrame()
        names = [name for name in rows.columns if not name.startswith("tropa_")]
        order = [*(n for n in CANONICAL[self.kind] if n in names), *(n for n in names if n not in CANONICAL[self.kind])]
        order = order[:_PREVIEW_COLUMNS]
        texts = [plain_text(rows[name]).to_list() for name in order]
        times = sorted(moment for moment in self.times if moment is not None)
        return Trial(
            rows_read=self.read,
            good=self.good,
            set_aside=self.aside,
            whole=whole,
            columns=tuple(order),
            rows=tuple(zip(*texts, strict=True)),
            reasons=tuple(
                ReasonCount(self.examples[alike][0], count, tuple(self.examples[alike][1]))
                for alike, count in self.reasons.most_common(_MOST_REASONS)
                if alike in self.examples
            ),
            rejects=tuple(self.rejects),
            activities=tuple(self.activities.most_common(_MOST_ACTIVITIES)),
            customers=len(self.customers),
            first=times[0].isoformat() if times else None,
            last=times[-1].isoformat() if times else None,
            notes=tuple(dict.fromkeys([*self.notes, *self.remarks.notes()])),
            problem=problem,
        )


def quick_trial(path: Path, kind: FileKind, how: Reading) -> Trial:
    """Read the first thousands of rows as loading would read them."""
    count = _Count(kind, Remarks(path.name))
    try:
        whole = _begin(count, path, how, preview=True)
        if count.read:
            return count.trial(whole)
        nothing = Problem("data", f"{path.name} has no rows.", "Export it once more.")
        return count.trial(whole=True, problem=nothing)
    except TropaError:
        # The first rows alone may not decide what more of them do, such as the order of day and month.
        count = _Count(kind, Remarks(path.name))
    try:
        return count.trial(whole=_begin(count, path, how, preview=False))
    except TropaError as error:
        return count.trial(whole=False, problem=Problem(error.kind, error.message, error.hint))


def _begin(count: _Count, path: Path, how: Reading, preview: bool) -> bool:
    """Count the first portions; whether that is all there is."""
    for chunk in read(path, count.kind, how, preview):
        count.take(chunk)
        if count.read >= QUICK_ROWS and chunk.bytes_done < chunk.bytes_total:
            return False
    return True


def whole_trial(path: Path, kind: FileKind, how: Reading, progress: Progress) -> Trial:
    """Read the whole file as loading would, and keep nothing of it.

    Raises:
        TropaError: the file cannot be read.
    """
    count = _Count(kind, Remarks(path.name))
    for chunk in read(path, kind, how):
        progress(f"reading {path.name}", chunk.bytes_done, chunk.bytes_total)
        count.take(chunk)
    return count.trial(whole=True)
