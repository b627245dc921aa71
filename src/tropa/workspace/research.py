"""Research of a workspace: notes kept, photos among its files, cells of maps tied to what was said about them."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tropa.errors import TropaError
from tropa.store.documents.comments import Level
from tropa.store.documents.maps import fresh_id
from tropa.store.documents.research import Note, NoteKind, Tie
from tropa.workspace.masking import MaskedWorkspace
from tropa.workspace.pictures import bare
from tropa.workspace.research_files import Found, Left, read_notes
from tropa.workspace.workspace import Workspace

T = TypeVar("T")
FOLDER = "research"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MAX_PHOTO = 10_000_000
MAX_TEXT = 100_000
MAX_TITLE = 500
MAX_NOTES = 20_000
PHOTO_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class NoteWithTies:
    """A note, and the cells that it speaks about."""

    note: Note
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought: notes, and rows that could not become one (also those about places not on the map)."""

    notes: tuple[NoteWithTies, ...]
    left: tuple[Left, ...]


def notes_of(
    workspace: Workspace,
    map_id: str | None = None,
    kind: NoteKind | None = None,
    words: str = "",
    archived: bool = False,
) -> list[NoteWithTies]:
    """Notes with their ties, the newest first.

    Args:
        workspace: whose.
        map_id: only those tied to this map.
        kind: only those of this kind.
        words: only those that have all of these words, in whatever field.
        archived: those put away instead.
    """
    ties: dict[str, list[Tie]] = {}
    for tie in workspace.documents.research.ties():
        ties.setdefault(tie.note_id, []).append(tie)
    wanted = words.casefold().split()
    found = []
    for note in workspace.documents.research.notes():
        mine = tuple(ties.get(note.id, ()))
        told = _words_of(workspace, note, mine) if wanted else ""
        if (
            (note.archived_at is not None) == archived
            and (kind is None or note.kind == kind)
            and (map_id is None or any(tie.map_id == map_id for tie in mine))
            and all(word in told for word in wanted)
        ):
            found.append(NoteWithTies(note, mine))
    return found


def _words_of(workspace: Workspace, note: Note, ties: Sequence[Tie]) -> str:
    """What a note is found by: of what is hidden from somebody, nothing is."""
    note, ties = shown(workspace, note), shown(workspace, ties)
    return "\n".join((note.title, note.text, note.respondent, note.source, *(tie.quote for tie in ties))).casefold()


def shown(workspace: Workspace, value: T) -> T:
    """As those see it who ask this workspace."""
    seen: T = workspace.shown(value) if isinstance(workspace, MaskedWorkspace) else value
    return seen


def note_of(workspace: Workspace, note_id: str) -> NoteWithTies:
    """One note with its ties.

    Raises:
        TropaError: (not_found) there is none.
    """
    note = workspace.documents.research.note(note_id)
    return NoteWithTies(note, tuple(tie for tie in workspace.documents.research.ties() if tie.note_id == note_id))


def new_note(kind: NoteKind, title: str, text: str, respondent: str = "", date: str | None = None) -> Note:
    """A note that was not kept yet.

    Raises:
        TropaError: (usage) nothing in it, too long, or a date that is none.
    """
    title, text = " ".join(visible(title).split()), visible(text).strip()
    if not title and not text:
        raise TropaError("The note is empty.", "Write a title or a text.", kind="usage")
    if len(title) > MAX_TITLE or len(text) > MAX_TEXT or len(respondent) > MAX_TITLE:
        raise TropaError(
            "The note is too long.", f"A title has {MAX_TITLE} characters, a text {MAX_TEXT:,} at most.", kind="usage"
        )
    return Note(
        fresh_id(), kind, title or first_words(text), text, " ".join(visible(respondent).split()), checked_date(date)
    )


def rewrite_note(
    workspace: Workspace, note_id: str, given: Mapping[str, Any], by: str, seen_at: str | None = None
) -> Note:
    """Write fields of a note anew; what is given as it was shown stays as it is.

    Args:
        workspace: whose, as the one who writes sees it.
        note_id: which.
        given: fields by name; the others stay.
        by: who writes.
        seen_at: `changed_at` of the note that they saw; None: whatever it is now.

    Raises:
        TropaError: (not_found) there is none; (usage) as for a new one; (conflict) somebody changed it since;
            (forbidden) a text with something in it that is hidden from them, which what they wrote would remove.
    """
    note = workspace.documents.research.note(note_id)
    seen = shown(workspace, note)
    stays = {name: getattr(note, name) for name in ("kind", "title", "text", "respondent", "date")}
    fresh = {name: value for name, value in given.items() if not _same(value, getattr(seen, name))}
    for name in ("title", "text"):
        if name in fresh and getattr(seen, name) != stays[name]:
            raise TropaError(
                f"The {name} of this note has personal data in it that is hidden from you: you would remove it.",
                "Write a note of your own, or ask an analyst to change this one.",
                kind="forbidden",
            )
    written = new_note(**{**stays, **fresh})
    values = {name: getattr(written, name) for name in stays if getattr(written, name) != stays[name]}
    return workspace.documents.research.change(note_id, by, seen_at, **values)


def _same(one: str | None, other: str | None) -> bool:
    """Whether two texts differ by spaces at most."""
    return " ".join(visible(one or "").split()) == " ".join((other or "").split())


def visible(text: str) -> str:
    """The text without characters that nothing shows and not every database keeps."""
    return _UNSEEN.sub("", text)


def checked_date(date: str | None) -> str | None:
    """The day in ISO 8601.

    Raises:
        TropaError: (usage) it is none.
    """
    if not date:
        return None
    try:
        return dt.date.fromisoformat(date[:10]).isoformat()
    except ValueError:
        raise TropaError(f"{date[:40]!r} is no date.", "Write one such as 2026-03-01.", kind="usage") from None


def first_words(text: str) -> str:
    """The beginning of a text, for a title."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + "…"


def tie(
    workspace: Workspace, note_id: str, map_id: str, place: tuple[Level, str], lane: str, quote: str, by: str
) -> Tie:
    """Tie a note to a cell of a map.

    Raises:
        TropaError: (not_found) no such note, map, stage or touchpoint.
    """
    refuse_absent(workspace, map_id, place)
    return workspace.documents.research.tie(Tie(0, note_id, map_id, *place, lane, visible(quote).strip()), by)


def refuse_absent(workspace: Workspace, map_id: str, place: tuple[Level, str]) -> None:
    """Refuse a place that is not on the map (any more)."""
    if not _is_there(workspace, map_id, place):
        raise TropaError(
            f"There is no {place[0]} {place[1][:60]!r} on this map.", "It was renamed or removed.", kind="not_found"
        )


def _is_there(workspace: Workspace, map_id: str, place: tuple[Level, str]) -> bool:
    document = workspace.book.open(map_id).map
    level, name = place
    parts: Sequence[str] = [""]
    if level != "map":
        parts = [part.name for part in (document.stages if level == "stage" else document.touchpoints)]
    return name in parts


def import_notes(
    workspace: Workspace, file: str, content: bytes, kind: NoteKind, by: str, map_id: str | None = None
) -> Imported:
    """Keep the notes of a file: text, DOCX, or CSV with a note a row.

    Args:
        workspace: whose.
        file: its name; the ending says what it is.
        content: its bytes.
        kind: of notes that do not say it themselves.
        by: who brings it.
        map_id: the map whose stages and touchpoints rows of a CSV may name to be tied to them.

    Raises:
        TropaError: a file that is not what its name says; nothing was kept then.
    """
    notes, ties, left = [], {}, []
    for found in read_notes(file, content):
        if isinstance(found, Left):
            left.append(found)
            continue
        try:
            note = new_note(found.kind or kind, found.title, found.text, found.respondent, found.date)
            place = _place_of(workspace, map_id, found)
        except TropaError as error:
            left.append(Left(found.line, error.message))
            continue
        note = Note(note.id, note.kind, note.title, note.text, note.respondent, note.date, source=file)
        notes.append(note)
        if map_id is not None and place is not None:
            ties[note.id] = [Tie(0, note.id, map_id, *place, found.lane, found.text if found.kind == "quote" else "")]
    if not notes:
        reason = f" Row {left[0].line}: {left[0].reason}" if left else ""
        raise TropaError(f"{file} brought no notes.{reason}", "Look at the file.", kind="data")
    workspace.documents.research.add(notes, by, ties)
    return Imported(tuple(note_of(workspace, note.id) for note in notes), tuple(left))


def _place_of(workspace: Workspace, map_id: str | None, found: Found) -> tuple[Level, str] | None:
    if map_id is None or not (found.touchpoint or found.stage):
        return None
    place: tuple[Level, str] = ("touchpoint", found.touchpoint) if found.touchpoint else ("stage", found.stage)
    refuse_absent(workspace, map_id, place)
    return place


def add_photo(workspace: Workspace, note: Note, content: bytes, by: str) -> Note:
    """Keep a note with its picture, which becomes a file of the workspace, without place, time and device.

    Raises:
        TropaError: (usage) no picture that browsers show, a broken one, or one that is too large.
    """
    if len(content) > MAX_PHOTO:
        raise TropaError(f"A picture of {len(content):,} bytes.", f"It may have {MAX_PHOTO:,}.", kind="usage")
    picture, ending = bare(content)
    folder = workspace.folder / FOLDER
    folder.mkdir(exist_ok=True)
    name = f"{secrets.token_hex(12)}.{ending}"
    fresh = folder / f"{name}.new"
    fresh.write_bytes(picture)
    fresh.replace(folder / name)
    kept = Note(note.id, note.kind, note.title, note.text, note.respondent, note.date, note.source, photo=name)
    return workspace.documents.research.add([kept], by)[0]


def photo_file(workspace: Workspace, note_id: str) -> tuple[Path, str]:
    """The picture of a note and its media type.

    Raises:
        TropaError: (not_found) no such note, or it has none.
    """
    note = workspace.documents.research.note(note_id)
    path = workspace.folder / FOLDER / (note.photo or "none")
    if note.photo is None or not path.is_file():
        raise TropaError("The note has no picture.", "Bring one with a new note.", kind="not_found")
    return path, PHOTO_TYPES[path.suffix.lstrip(".")]
