"""Maps and all their versions. A version is the whole text as it was: nothing is overwritten."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.comments import follow
from tropa.store.documents.database import LIVING, METADATA, Database, again_when_collided, alone, now
from tropa.store.documents.map_records import Living, MapHead, MapVersion, NewVersion, Taken, Told, VersionInfo

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

MAPS = sa.Table(
    "maps",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("parent_map", sa.Text),
    sa.Column("parent_touchpoint", sa.Text),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("latest", sa.Integer, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("saved_at", sa.Text, nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
    sa.Column("archived_at", sa.Text),
)

VERSIONS = sa.Table(
    "map_versions",
    METADATA,
    sa.Column("map_id", sa.Text, sa.ForeignKey("maps.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("saved_at", sa.Text, nullable=False),
    sa.Column("label", sa.Text),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("changes", sa.Text),
    sa.Column("batch", sa.Text),
    sa.Column("conflicts", sa.Text),
)
_INSIDE = {"body", "changes", "map_id", "format", "batch", "conflicts"}


class Maps:
    """All maps of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts: dict[tuple[str, int], MapVersion] = {}

    # -- what is there

    def heads(self) -> list[MapHead]:
        """All maps, archived ones too: the live one first, then the newest."""
        query = sa.select(MAPS).order_by(MAPS.c.live.desc(), MAPS.c.created_at.desc(), MAPS.c.id)
        with self._database.reading() as connection:
            return [MapHead(**row._mapping) for row in connection.execute(query)]

    def head(self, map_id: str) -> MapHead:
        """One map.

        Raises:
            TropaError: (not_found) there is none.
        """
        with self._database.reading() as connection:
            return _head(connection, map_id)

    def live(self) -> MapHead | None:
        """The map that the command line and the living map use, or None."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(MAPS).where(MAPS.c.live).limit(1)).one_or_none()
        return None if row is None else MapHead(**row._mapping)

    def version(self, map_id: str, number: int | None = None) -> MapVersion:
        """The text of a version, the newest one where none is named.

        Raises:
            TropaError: (not_found) no such map or version.
        """
        wanted = self.head(map_id).latest if number is None else number
        known = self._texts.get((map_id, wanted))
        if known is not None:
            return known
        query = sa.select(VERSIONS).where(VERSIONS.c.map_id == map_id, VERSIONS.c.number == wanted)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                head = _head(connection, map_id)
                raise TropaError(
                    f"{head.name!r} has no version {wanted}.", f"It has versions 1 to {head.latest}.", kind="not_found"
                )
        text = zlib.decompress(row.body).decode("utf-8")
        return self._remember(MapVersion(map_id, wanted, row.format, text, row.saved_at, row.author))

    def versions(self, map_id: str) -> list[VersionInfo]:
        """All versions, the newest first.

        Raises:
            TropaError: (not_found) no such map.
        """
        columns = (column for column in VERSIONS.c if column.name not in _INSIDE)
        query = sa.select(*columns).where(VERSIONS.c.map_id == map_id).order_by(VERSIONS.c.number.desc())
        with self._database.reading() as connection:
            _head(connection, map_id)
            return [_info(row) for row in connection.execute(query)]

    def told_since(self, map_id: str, number: int) -> list[Told]:
        """What each version after this one did, in order."""
        query = (
            sa.select(VERSIONS.c.number, VERSIONS.c.changes, VERSIONS.c.batch, VERSIONS.c.conflicts)
            .where(VERSIONS.c.map_id == map_id, VERSIONS.c.number > number)
            .order_by(VERSIONS.c.number)
        )
        with self._database.reading() as connection:
            return [
                Told(row.number, row.changes and json.loads(row.changes), row.batch, json.loads(row.conflicts or "[]"))
                for row in connection.execute(query)
            ]

    # -- what is kept

    @again_when_collided
    def create(self, new: NewVersion, live: Living = None) -> MapVersion:
        """Keep a new map.

        Args:
            new: its first version.
            live: whether it is the living one from now on. None: where there is none yet. "first": there must be none.

        Raises:
            Taken: it was to be the first living map, and somebody was quicker.
        """
        moment = now()
        with self._database.writing() as connection:
            alone(connection, LIVING)
            if live is None or live == "first":
                none_yet = connection.scalar(sa.select(MAPS.c.id).where(MAPS.c.live).limit(1)) is None
                if live == "first" and not none_yet:
                    raise Taken
                live = none_yet
            if live:
                connection.execute(MAPS.update().where(MAPS.c.live).values(live=False))
            map_id = fresh_id()
            connection.execute(
                MAPS.insert().values(
                    id=map_id,
                    name=new.name,
                    kind=new.kind,
                    live=live,
                    latest=1,
                    created_at=moment,
                    created_by=new.author,
                    saved_at=moment,
                    saved_by=new.author,
                )
            )
            insert_version(connection, map_id, 1, new, moment)
        return self._remember(MapVersion(map_id, 1, new.format, new.text, moment, new.author))

    @again_when_collided
    def save(self, map_id: str, after: int, new: NewVersion) -> MapVersion:
        """Keep the version that follows number `after`.

        Raises:
            Taken: somebody has saved that one already.
            TropaError: (not_found) no such map; (conflict) it is archived.
        """
        moment, number = now(), after + 1
        with self._database.writing() as connection:
            values = {"name": new.name, "kind": new.kind, "latest": number, "saved_at": moment, "saved_by": new.author}
            in_use = (MAPS.c.id == map_id) & MAPS.c.archived_at.is_(None)
            moved = connection.execute(MAPS.update().where(in_use, MAPS.c.latest == after).values(**values))
            if moved.rowcount != 1:
                _head(connection, map_id).refuse_archived()
                raise Taken
            insert_version(connection, map_id, number, new, moment)
            if new.renames:
                follow(connection, map_id, new.renames)
        return self._remember(MapVersion(map_id, number, new.format, new.text, moment, new.author))

    @again_when_collided
    def label(self, map_id: str, number: int, label: str | None) -> VersionInfo:
        """Name a version, or take its name away.

        Raises:
            TropaError: (not_found) no such map or version.
        """
        self.version(map_id, number)
        one = (VERSIONS.c.map_id == map_id) & (VERSIONS.c.number == number)
        with self._database.writing() as connection:
            connection.execute(VERSIONS.update().where(one).values(label=label))
            return _info(connection.execute(sa.select(VERSIONS).where(one)).one())

    @again_when_collided
    def archive(self, map_id: str, archived: bool) -> MapHead:
        """Put a map away, or take it back; an archived map is no longer the living one.

        Raises:
            TropaError: (not_found) no such map.
        """
        values: dict[str, Any] = {"archived_at": now(), "live": False} if archived else {"archived_at": None}
        with self._database.writing() as connection:
            alone(connection, LIVING)
            head = _head(connection, map_id)
            if (head.archived_at is None) == archived:
                connection.execute(MAPS.update().where(MAPS.c.id == map_id).values(**values))
            return _head(connection, map_id)

    @again_when_collided
    def make_live(self, map_id: str) -> MapHead:
        """Make a map the living one of the workspace, out of the archive if it was there.

        Raises:
            TropaError: (not_found) no such map.
        """
        with self._database.writing() as connection:
            alone(connection, LIVING)
            _head(connection, map_id)
            connection.execute(MAPS.update().where(MAPS.c.live, MAPS.c.id != map_id).values(live=False))
            connection.execute(MAPS.update().where(MAPS.c.id == map_id).values(live=True, archived_at=None))
            return _head(connection, map_id)

    def _remember(self, version: MapVersion) -> MapVersion:
        """Versions never change: the last few are kept at hand."""
        recent = list(self._texts.items())[-15:]
        self._texts = dict([*recent, ((version.map_id, version.version), version)])
        return version


def fresh_id() -> str:
    """An id that no other workspace has either, so that a document carried over opens nothing by mistake."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def _head(connection: sa.Connection, map_id: str) -> MapHead:
    row = connection.execute(sa.select(MAPS).where(MAPS.c.id == map_id)).one_or_none()
    if row is None:
        raise TropaError(f"There is no map {map_id[:60]!r}.", "Take one from the list of maps.", kind="not_found")
    return MapHead(**row._mapping)


def _info(row: sa.Row[Any]) -> VersionInfo:
    return VersionInfo(row.number, row.author, row.saved_at, row.label, row.how, json.loads(row.what))


def insert_version(connection: sa.Connection, map_id: str, number: int, new: NewVersion, moment: str) -> None:
    """Write one version's row, and which maps its touchpoints open."""
    connection.execute(
        VERSIONS.insert().values(
            map_id=map_id,
            number=number,
            format=new.format,
            body=zlib.compress(new.text.encode("utf-8"), 3),
            author=new.author,
            saved_at=moment,
            how=new.how,
            what=json.dumps(new.what, ensure_ascii=False),
            changes=None if new.changes is None else json.dumps(new.changes, ensure_ascii=False),
            batch=new.batch,
            conflicts=json.dumps(new.conflicts, ensure_ascii=False) if new.conflicts else None,
        )
    )
    _keep_hierarchy(connection, map_id, new.opens)


def _keep_hierarchy(connection: sa.Connection, map_id: str, opens: Mapping[str, str]) -> None:
    """Which touchpoint opens which map, as the newest text says it; a map within itself has no place in a tree."""
    above = _above(connection, map_id) if opens else set()
    children = {child: touchpoint for touchpoint, child in reversed(list(opens.items())) if child not in above}
    gone = MAPS.c.parent_map == map_id
    connection.execute(
        MAPS.update().where(gone, MAPS.c.id.not_in(list(children))).values(parent_map=None, parent_touchpoint=None)
    )
    for child, touchpoint in children.items():
        connection.execute(
            MAPS.update().where(MAPS.c.id == child).values(parent_map=map_id, parent_touchpoint=touchpoint)
        )


def _above(connection: sa.Connection, map_id: str) -> set[str]:
    """A map, the one that opens it, and so on to the top."""
    above: set[str] = set()
    at: str | None = map_id
    while at is not None and at not in above:
        above.add(at)
        at = connection.scalar(sa.select(MAPS.c.parent_map).where(MAPS.c.id == at))
    return above
