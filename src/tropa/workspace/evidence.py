"""On what the cells of a map stand: the author's own word, or the notes of research that are tied to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tropa.store.documents.comments import Level
from tropa.store.documents.research import Note, NoteKind, Tie
from tropa.workspace.workspace import Workspace

Source = Literal["observed", "surveyed", "interviewed", "assumed"]

# What a note of each kind proves, and which proof is the stronger one.
_PROVES: Mapping[NoteKind, Source] = {
    "observation": "observed",
    "photo": "observed",
    "survey": "surveyed",
    "interview": "interviewed",
    "quote": "interviewed",
    "note": "assumed",
}
_STRENGTH: tuple[Source, ...] = ("observed", "surveyed", "interviewed", "assumed")


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """On what a cell stands.

    Attributes:
        level: with `target` and `lane`: which cell; `lane` is "" for what is tied to the whole of a target.
        source: the strongest proof there is.
        n: on how many it stands: as the author wrote, or the notes that are tied; None where nobody says.
        date: of the newest, ISO 8601.
        stale: whether that is longer ago than the workspace allows; None where there is no date.
        told_by: `author` where the document says it itself, `research` where it follows from notes.
        notes: ids of the notes that are tied to the cell.
    """

    level: Level
    target: str
    lane: str
    source: Source
    n: int | None
    date: str | None
    note: str | None
    stale: bool | None
    told_by: Literal["author", "research"]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapEvidence:
    """Cells that stand on something, in the order of the map; `stale_days` is after which evidence is stale."""

    stale_days: int
    cells: tuple[CellEvidence, ...]


def evidence(workspace: Workspace, map_id: str, today: dt.date | None = None) -> MapEvidence:
    """On what the cells of the newest version of a map stand. Cells that nobody speaks of are not told.

    Raises:
        TropaError: (not_found) no such map.
    """
    document = workspace.book.open(map_id).map
    notes = {note.id: note for note in workspace.documents.research.notes() if note.archived_at is None}
    tied: dict[tuple[Level, str, str], list[Tie]] = {}
    for tie in workspace.documents.research.ties(map_id):
        if tie.note_id in notes:
            tied.setdefault((tie.level, tie.target, tie.lane), []).append(tie)
    now, days = today or dt.datetime.now(workspace.settings.zone).date(), workspace.settings.stale_days
    cells: list[CellEvidence] = []
    for level, target, raw in _places(document.raw):
        said = raw.get("evidence")
        authored: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        lanes = [lane for at, name, lane in tied if (at, name) == (level, target)]
        for lane in dict.fromkeys([*(lane for lane in authored if authored[lane]), *lanes]):
            ties = tied.get((level, target, lane), [])
            cells.append(
                _cell(level, target, lane, authored.get(lane), [notes[tie.note_id] for tie in ties], now, days)
            )
    return MapEvidence(days, tuple(cells))


def _places(document: Mapping[str, Any]) -> Iterator[tuple[Level, str, Mapping[str, Any]]]:
    yield "map", "", document
    for stage in document["stages"]:
        yield "stage", stage["stage"], stage
        for touchpoint in stage.get("touchpoints", ()):
            yield "touchpoint", touchpoint["touchpoint"], touchpoint


def _cell(
    level: Level,
    target: str,
    lane: str,
    authored: Mapping[str, Any] | None,
    notes: Sequence[Note],
    today: dt.date,
    stale_days: int,
) -> CellEvidence:
    ids = tuple(dict.fromkeys(note.id for note in notes))
    dates = [note.date or note.created_at[:10] for note in notes]
    if authored:
        told, source = authored, authored["source"]
        n = None if told.get("n") is None else int(told["n"])
        date = told.get("date")
    else:
        told, n, date = {}, len(ids), max(dates)
        source = min((_PROVES[note.kind] for note in notes), key=_STRENGTH.index)
    stale = None if date is None else (today - dt.date.fromisoformat(str(date)[:10])).days > stale_days
    comment = None if told.get("note") is None else str(told["note"])
    by: Literal["author", "research"] = "author" if authored else "research"
    return CellEvidence(level, target, lane, source, n, date, comment, stale, by, ids)
