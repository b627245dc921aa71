"""What makes and changes the tables, in order. An entry that was released never changes: add another one.

The name is what the table `schema` remembers. A new concern adds its module and one entry at the end here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from tropa.cx.map_file import parse_map
from tropa.errors import TropaError
from tropa.store.documents.comments import COMMENTS
from tropa.store.documents.database import METADATA
from tropa.store.documents.invitations import INVITATIONS
from tropa.store.documents.map_records import DEFAULT_KIND, NewVersion
from tropa.store.documents.maps import MAPS, VERSIONS, fresh_id, insert_version
from tropa.store.documents.people import PEOPLE, SECRETS, SESSIONS
from tropa.store.documents.research import NOTES, TIES
from tropa.store.documents.sessions import GUESSES
from tropa.store.documents.shares import SHARES

Migration = tuple[str, Callable[[sa.Connection], None]]


def make(*tables: sa.Table) -> Callable[[sa.Connection], None]:
    """A migration that makes tables as they are declared."""
    return lambda connection: METADATA.create_all(connection, tables=list(tables))


def _maps_with_versions(connection: sa.Connection) -> None:
    """Make the tables; versions of the one map that older workspaces had become versions of a map."""
    inspector = sa.inspect(connection)
    older: Sequence[sa.Row[Any]] = ()
    if inspector.has_table("maps"):
        older = connection.execute(sa.text("SELECT version, text, saved_at FROM maps ORDER BY version")).all()
        connection.execute(sa.text("DROP TABLE maps"))
    METADATA.create_all(connection, tables=[MAPS, VERSIONS])
    if not older:
        return
    map_id, last = fresh_id(), older[-1]
    connection.execute(
        MAPS.insert().values(
            id=map_id,
            name=_name_of(last.text),
            kind=DEFAULT_KIND,
            live=True,
            latest=len(older),
            created_at=older[0].saved_at,
            created_by="",
            saved_at=last.saved_at,
            saved_by="",
        )
    )
    for number, row in enumerate(older, 1):
        new = NewVersion(row.text, "yaml", "", how="imported")
        insert_version(connection, map_id, number, new, row.saved_at)


def _batches(connection: sa.Connection) -> None:
    """Versions say which batch of changes made them; tables made just now have the columns already."""
    known = {column["name"] for column in sa.inspect(connection).get_columns(VERSIONS.name)}
    for name in ("batch", "conflicts"):
        if name not in known:
            connection.execute(sa.text(f"ALTER TABLE {VERSIONS.name} ADD COLUMN {name} TEXT"))


def _one_living_map(connection: sa.Connection) -> None:
    """Two who made the first map at once could both have made it the living one: the one saved last stays."""
    newest = connection.scalar(
        sa.select(MAPS.c.id).where(MAPS.c.live).order_by(MAPS.c.saved_at.desc(), MAPS.c.id).limit(1)
    )
    connection.execute(MAPS.update().where(MAPS.c.live, MAPS.c.id != newest).values(live=False))
    connection.execute(sa.text(f"CREATE UNIQUE INDEX one_living_map ON {MAPS.name} (live) WHERE live"))


def _name_of(text: str) -> str:
    try:
        return parse_map(text).name
    except TropaError:
        return "map"


MIGRATIONS: tuple[Migration, ...] = (
    ("maps with versions", _maps_with_versions),
    ("people", make(PEOPLE, SESSIONS, GUESSES, SECRETS, INVITATIONS)),
    ("shares", make(SHARES)),
    ("comments and research", make(COMMENTS, NOTES, TIES)),
    ("batches of changes", _batches),
    ("one living map", _one_living_map),
)
