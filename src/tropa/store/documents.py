"""Documents of a workspace (maps with their history) in a relational database: SQLite in the folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

METADATA = sa.MetaData()

MAPS = sa.Table(
    "maps",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("saved_at", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class MapVersion:
    """The author's own text, as it came."""

    version: int
    text: str
    saved_at: str


class Documents:
    """Every change is a new version; nothing is overwritten."""

    def __init__(self, folder: Path) -> None:
        self._engine = sa.create_engine(f"sqlite:///{folder / 'documents.db'}")
        METADATA.create_all(self._engine)

    def save_map(self, text: str) -> MapVersion:
        saved_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            result = connection.execute(sa.insert(MAPS).values(text=text, saved_at=saved_at))
            key = result.inserted_primary_key
        assert key is not None
        return MapVersion(int(key[0]), text, saved_at)

    def current_map(self) -> MapVersion | None:
        query = sa.select(MAPS).order_by(MAPS.c.version.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else MapVersion(row.version, row.text, row.saved_at)
