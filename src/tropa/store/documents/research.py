"""What research brought: interviews, observations, quotes, photos, and the cells of maps that they speak about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.comments import Level
from tropa.store.documents.database import METADATA, Database, now

NoteKind = Literal["interview", "observation", "quote", "survey", "photo", "note"]

NOTES = sa.Table(
    "research_notes",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("respondent", sa.Text, nullable=False),
    sa.Column("date", sa.Text),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("photo", sa.Text),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("archived_at", sa.Text),
)

TIES = sa.Table(
    "research_ties",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("note_id", sa.Text, sa.ForeignKey("research_notes.id"), nullable=False, index=True),
    sa.Column("map_id", sa.Text, sa.ForeignKey("maps.id"), nullable=False, index=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Note:
    """`respondent` is who said it, `date` the day on which it was said or seen, `source` the file it came in.

    `photo` is the name of a picture among the files of the workspace.
    """

    id: str
    kind: NoteKind
    title: str
    text: str
    respondent: str = ""
    date: str | None = None
    source: str = ""
    photo: str | None = None
    created_at: str = ""
    created_by: str = ""
    changed_at: str = ""
    changed_by: str = ""
    archived_at: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What a note says about a cell; `quote` is the fragment that says it. `lane` is "" for the whole of the target."""

    id: int
    note_id: str
    map_id: str
    level: Level
    target: str
    lane: str
    quote: str
    created_at: str = ""
    created_by: str = ""


class Research:
    """All notes of a workspace with their ties."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def notes(self) -> list[Note]:
        """All notes, archived ones too, the newest first."""
        query = sa.select(NOTES).order_by(NOTES.c.created_at.desc(), NOTES.c.id)
        with self._database.reading() as connection:
            return [Note(**row._mapping) for row in connection.execute(query)]

    def note(self, note_id: str) -> Note:
        """One note.

        Raises:
            TropaError: (not_found) there is none.
        """
        with self._database.reading() as connection:
            return _note(connection, note_id)

    def add(self, notes: Sequence[Note], by: str, ties: Mapping[str, Sequence[Tie]] | None = None) -> list[Note]:
        """Keep notes, all or none, with the ties of each by its id."""
        moment = now()
        kept = [replace(one, created_at=moment, created_by=by, changed_at=moment, changed_by=by) for one in notes]
        with self._database.writing() as connection:
            for note in kept:
                connection.execute(NOTES.insert().values(asdict(note)))
            for told in (ties or {}).values():
                for tie in told:
                    _insert(connection, tie, by)
        return kept

    def change(self, note_id: str, by: str, seen_at: str | None = None, **values: Any) -> Note:
        """Change a note.

        Args:
            note_id: which.
            by: who changes it.
            seen_at: its `changed_at` as the one who changes it saw it; None: whatever it is now.
            values: by column.

        Raises:
            TropaError: (not_found) there is none; (conflict) somebody changed it since `seen_at`.
        """
        with self._database.writing() as connection:
            current = _note(connection, note_id)
            if seen_at is not None and seen_at != current.changed_at:
                raise TropaError(
                    f"The note was changed meanwhile{f' by {current.changed_by}' if current.changed_by else ''}.",
                    "Read it anew, and write yours again if it is still needed.",
                    kind="conflict",
                )
            # Two changes in one second are two.
            moment = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
            stamped = {**values, "changed_at": moment, "changed_by": by}
            connection.execute(NOTES.update().where(NOTES.c.id == note_id).values(**stamped))
            return _note(connection, note_id)

    def ties(self, map_id: str | None = None) -> list[Tie]:
        """Ties to the cells of a map, or of all maps, in the order in which they were made."""
        query = sa.select(TIES).order_by(TIES.c.id)
        if map_id is not None:
            query = query.where(TIES.c.map_id == map_id)
        with self._database.reading() as connection:
            return [Tie(**row._mapping) for row in connection.execute(query)]

    def tie(self, tie: Tie, by: str) -> Tie:
        """Tie a note to a cell; the same tie twice is one, with the later quote.

        Raises:
            TropaError: (not_found) no such note.
        """
        with self._database.writing() as connection:
            _note(connection, tie.note_id)
            return _insert(connection, tie, by)

    def untie(self, number: int) -> None:
        """Take a tie away.

        Raises:
            TropaError: (not_found) there is none.
        """
        with self._database.writing() as connection:
            if connection.execute(TIES.delete().where(TIES.c.id == number)).rowcount != 1:
                raise TropaError(f"There is no tie {number}.", "Take one from the note.", kind="not_found")


def _note(connection: sa.Connection, note_id: str) -> Note:
    row = connection.execute(sa.select(NOTES).where(NOTES.c.id == note_id)).one_or_none()
    if row is None:
        raise TropaError(f"There is no note {note_id[:60]!r}.", "Take one from the list.", kind="not_found")
    return Note(**row._mapping)


def _insert(connection: sa.Connection, tie: Tie, by: str) -> Tie:
    names = ("note_id", "map_id", "level", "target", "lane")
    there = sa.and_(*(TIES.c[name] == getattr(tie, name) for name in names))
    row = connection.execute(sa.select(TIES).where(there)).first()
    if row is not None:
        connection.execute(TIES.update().where(TIES.c.id == row.id).values(quote=tie.quote))
        return replace(Tie(**row._mapping), quote=tie.quote)
    values = {**asdict(tie), "created_at": now(), "created_by": by}
    del values["id"]
    key = connection.execute(TIES.insert().values(values)).inserted_primary_key
    assert key is not None
    return Tie(id=int(key[0]), **values)
