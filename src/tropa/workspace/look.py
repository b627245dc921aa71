"""What an uploaded file is taken for: its columns with their meanings, and how loading it will be told to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tropa.sources import (
    CLOCKS,
    KIND_OF,
    ColumnLook,
    FileLook,
    Guess,
    Known,
    Reading,
    Reason,
    Recognised,
    Shape,
    fingerprint,
    guess,
    look_at,
    recognise,
)
from tropa.sources import marks as marks_of
from tropa.sources.model import FILE_KINDS, REQUIRED
from tropa.store.head import Load
from tropa.store.ledger import loads_of
from tropa.workspace.trial import Trial, quick_trial

_MOST_COLUMNS = 400

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
