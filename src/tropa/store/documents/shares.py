"""Links by which one map can be read without an account."""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.database import METADATA, Database, now
from tropa.store.documents.maps import MAPS
from tropa.store.documents.people import hashed, later, new_id

SHARES = sa.Table(
    "shares",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, nullable=False, unique=True),
    sa.Column("map_id", sa.Text, sa.ForeignKey("maps.id"), nullable=False, index=True),
    sa.Column("version", sa.Integer),
    sa.Column("numbers", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("frozen", sa.LargeBinary),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text),
    sa.Column("revoked_at", sa.Text),
    sa.Column("used_at", sa.Text),
    sa.Column("uses", sa.Integer, nullable=False),
)


_OF_MAP = ("map_name", "map_archived")
_WITH_NAMES = sa.select(
    SHARES, MAPS.c.name.label("map_name"), MAPS.c.archived_at.is_not(None).label("map_archived")
).join(MAPS, MAPS.c.id == SHARES.c.map_id)


@dataclass(frozen=True, slots=True)
class Share:
    """A link to one map. `version` is the fixed version that it shows, None where it shows the living map.

    numbers: whether it shows what the data says. note: whom it was made for. used_at: when it was last opened, to the
    minute; uses: how many times. map_archived: the map was put away; only what is fixed is shown then.
    """

    id: str
    map_id: str
    map_name: str
    map_archived: bool
    version: int | None
    numbers: bool
    note: str
    created_by: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None
    uses: int


class Shares:
    """All links of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self,
        map_id: str,
        version: int | None,
        numbers: bool,
        by: str,
        days: int | None = None,
        note: str = "",
        frozen: bytes | None = None,
    ) -> tuple[Share, str]:
        """A new link and its token, which is told here and never again.

        Args:
            map_id: of the map, which must be there.
            version: the one that is shown for ever; None follows the map.
            numbers: whether what the data says is shown.
            by: who made it.
            days: after which it expires; None: never.
            note: whom it is for.
            frozen: the answer of a fixed version as it was when the link was made.
        """
        token = secrets.token_urlsafe(24)
        until = None if days is None else later(days=days)
        share = Share(new_id(), map_id, "", False, version, numbers, note, by, now(), until, None, None, 0)
        values = {name: getattr(share, name) for name in Share.__slots__ if name not in _OF_MAP}
        body = None if frozen is None else zlib.compress(frozen, 6)
        with self._database.writing() as connection:
            connection.execute(SHARES.insert().values(token=hashed(token), frozen=body, **values))
            row = connection.execute(_WITH_NAMES.where(SHARES.c.id == share.id)).one()
        return _share(row), token

    def all(self, map_id: str | None = None) -> list[Share]:
        """Links of one map or of all, revoked and expired ones too; the newest first."""
        query = _WITH_NAMES.order_by(SHARES.c.created_at.desc(), SHARES.c.id)
        if map_id is not None:
            query = query.where(SHARES.c.map_id == map_id)
        with self._database.reading() as connection:
            return [_share(row) for row in connection.execute(query)]

    def open(self, token: str) -> tuple[Share, bytes | None]:
        """A link that is valid, and what it froze; that it was opened is remembered.

        Raises:
            TropaError: (not_found) it was revoked, has expired or never was, or its map was put away: which of these is
                not told.
        """
        mine = SHARES.c.token == hashed(token)
        moment = now()
        with self._database.reading() as connection:
            row = connection.execute(_WITH_NAMES.where(mine)).one_or_none()
        if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= moment):
            raise gone()
        if row.map_archived and row.frozen is None:
            raise gone()
        # A link that many open at once does not write for each of them.
        if row.used_at is None or row.used_at < later(minutes=-1):
            with self._database.writing() as connection:
                connection.execute(SHARES.update().where(mine).values(used_at=moment, uses=SHARES.c.uses + 1))
        return _share(row), None if row.frozen is None else zlib.decompress(row.frozen)

    def revoke(self, share: str) -> Share:
        """Close a link for good.

        Raises:
            TropaError: (not_found) there is no such link.
        """
        mine = SHARES.c.id == share
        with self._database.writing() as connection:
            still_open = mine & SHARES.c.revoked_at.is_(None)
            connection.execute(SHARES.update().where(still_open).values(revoked_at=now(), frozen=None))
            row = connection.execute(_WITH_NAMES.where(mine)).one_or_none()
        if row is None:
            raise TropaError("There is no such link.", "Take one from the list of links.", kind="not_found")
        return _share(row)


def gone() -> TropaError:
    return TropaError(
        "This link does not lead to a map: it was closed, its time is over, its map was put away, or it is not whole.",
        "Ask the one who sent it for a new one.",
        kind="not_found",
    )


def _share(row: sa.Row[tuple[object, ...]]) -> Share:
    return Share(**{name: row._mapping[name] for name in Share.__slots__} | {"map_archived": bool(row.map_archived)})
