"""How a file would be read, without loading it: its first rows, and what would be set aside and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from tropa.errors import TropaError
from tropa.sources import CANONICAL, Chunk, FileKind, Reading, Remarks, read
from tropa.sources.values import plain_text
from tropa.store.manifest import Progress

PREVIEW_ROWS = 20
_PREVIEW_COLUMNS = 40
QUICK_ROWS = 5_000
"""Rows that a quick trial reads at least, where the file has so many."""
_MOST_REASONS = 50
_MOST_REJECTS = 20
_MOST_ACTIVITIES = 30
_QUOTED = re.compile(r"'[^']*'|\d+")


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
        warnings: those of the notes that tell of times which can hardly be meant.
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
    warnings: tuple[str, ...] = ()
    problem: Problem | None = None


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
            warnings=self.remarks.notes(),
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
