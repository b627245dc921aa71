"""The relational database of documents: its tables and its engine."""

from __future__ import annotations

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


def open_database(path: Path) -> sa.Engine:
    """An SQLite file with all tables in it; made where it is not there."""
    engine = sa.create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    return engine
