"""Documents of a workspace (maps with their history) in a relational database: SQLite in the folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa

FILE = "documents.db"


@dataclass(frozen=True, slots=True)
class MapVersion:
    """The author's own text, as it came."""

    version: int
    text: str
    saved_at: str


class Documents:
    """Every change is a new version; nothing is overwritten. Who never saved anything has no database."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @cached_property
    def _engine(self) -> sa.Engine:
        # Half a second of imports that a workspace without documents need not wait for.
        from tropa.store.database import open_database

        return open_database(self._path)

    def save_map(self, text: str) -> MapVersion:
        """Keep a map as the newest version."""
        from tropa.store.database import MAPS

        saved_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            key = connection.execute(MAPS.insert().values(text=text, saved_at=saved_at)).inserted_primary_key
        assert key is not None
        return MapVersion(int(key[0]), text, saved_at)

    def current_map(self) -> MapVersion | None:
        """The newest map, or None."""
        if not self._path.exists():
            return None
        from tropa.store.database import MAPS

        query = MAPS.select().order_by(MAPS.c.version.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else MapVersion(row.version, row.text, row.saved_at)
