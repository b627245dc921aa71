"""Documents moved from one database to another: from SQLite in the folder to PostgreSQL, or back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tropa.errors import TropaError
from tropa.store.documents import FILE, Documents
from tropa.workspace.settings import read_settings, write_settings

PORTION = 500


@dataclass(frozen=True, slots=True)
class TableMoved:
    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved. kept: the file of SQLite under its new name, where that is what was left."""

    tables: tuple[TableMoved, ...]
    kept: str | None


def move_documents(folder: Path, url: str) -> Moved:
    """Copy all documents into an empty PostgreSQL database and use it from now on. Stop the service first.

    All or nothing: the setting changes after every row is there. The file of SQLite stays, under another name.

    Args:
        folder: of the workspace.
        url: such as postgresql://user:password@host/name.

    Raises:
        TropaError: the address is wrong or not reachable; (conflict) that database has documents already, or the
            documents are there.
    """
    settings = read_settings(folder)
    source, target = Documents(folder, settings.documents), Documents(folder, url)
    if source.url and source.url == target.url:
        raise TropaError("The documents are there already.", "Nothing is to be done.", kind="conflict")
    if source.url:
        raise TropaError(
            "The documents are in PostgreSQL already.", "Move them there with its own pg_dump.", kind="conflict"
        )
    moved = [] if source.empty else _copy(source, target)
    if source.empty:
        with target.database.writing():  # makes the tables, and shows that it can be reached
            pass
    source.database.close()
    target.database.close()
    write_settings(folder, replace(settings, documents=url))
    file = folder / FILE
    kept = None
    if file.exists():
        kept = f"{FILE}.moved"
        file.replace(folder / kept)
        for rest in (f"{FILE}-wal", f"{FILE}-shm"):
            (folder / rest).unlink(missing_ok=True)
    return Moved(tuple(moved), kept)


def _copy(source: Documents, target: Documents) -> list[TableMoved]:
    import sqlalchemy as sa

    from tropa.store.documents.database import METADATA, SCHEMA
    from tropa.store.documents.migrations import MIGRATIONS

    assert MIGRATIONS  # whose import declares every table
    tables = [table for table in METADATA.sorted_tables if table is not SCHEMA]
    moved = []
    with source.database.writing() as old, target.database.writing() as new:
        for table in tables:
            if new.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
                raise TropaError(
                    "That database has documents already.", "Give the address of an empty one.", kind="conflict"
                )
        for table in tables:
            rows: Sequence[Any] = old.execute(sa.select(table)).mappings().all()
            for start in range(0, len(rows), PORTION):
                new.execute(table.insert(), [dict(row) for row in rows[start : start + PORTION]])
            _count_on(new, table)
            moved.append(TableMoved(table.name, len(rows)))
    return moved


def _count_on(connection: Any, table: Any) -> None:
    """Rows that come later are numbered after those that came along."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql(
        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'),"
        f" (SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name}), false)"
    )
