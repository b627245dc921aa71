"""The relational database of documents: its engine, and how its tables come to be.

Every concern has a module of its own with its tables; `migrations.py` lists what makes and changes them. SQLAlchemy
Core only, portable between SQLite (a file in the folder) and PostgreSQL; times are UTC ISO texts.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from tropa.errors import TropaError

METADATA = sa.MetaData()

P = ParamSpec("P")
R = TypeVar("R")

SCHEMA = sa.Table(
    "schema",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("applied_at", sa.Text, nullable=False),
)

POSTGRESQL = "postgresql+pg8000://"
# Seconds that a writer waits for another one.
PATIENCE = 30
# What only one at a time decides: any numbers that no other program locks by.
_MIGRATING = 7_046_291
LIVING = _MIGRATING + 1
GUESSING = _MIGRATING + 2


def now() -> str:
    """The moment as documents keep it: UTC, ISO 8601, whole seconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


class Database:
    """Connections to read and to write by. Who never wrote anything to SQLite has no file.

    Args:
        path: the SQLite file.
        url: another database instead, such as `postgresql+pg8000://user:password@host/name`.
    """

    def __init__(self, path: Path, url: str = "") -> None:
        self._path = path
        self._url = url
        self._real: sa.Engine | None = None
        self._nothing: sa.Engine | None = None
        self._alone = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment."""
        engine = self._readable()
        # What stands for a file that is not there is one connection: its readers come one by one.
        alone = self._alone if engine is self._nothing else nullcontext()
        with told_plainly(), alone, engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose work is kept as a whole, or not at all where it raises."""
        with told_plainly(), self._engine().execution_options(writing=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Close what is open; it opens again by itself."""
        for engine in (self._real, self._nothing):
            if engine is not None:
                engine.dispose()
        self._real = self._nothing = None

    def _readable(self) -> sa.Engine:
        if self._url or self._path.exists():
            return self._engine()
        with self._alone:
            if self._nothing is None:
                nothing = _sqlite("sqlite://", poolclass=StaticPool)
                _migrate(nothing)
                self._nothing = nothing
            return self._nothing

    def _engine(self) -> sa.Engine:
        with self._alone:
            if self._real is None:
                engine = _by_url(self._url) if self._url else _sqlite(f"sqlite:///{self._path}")
                _migrate(engine)
                self._real = engine
            return self._real


def _by_url(url: str) -> sa.Engine:
    kind, _, rest = url.partition("://")
    if kind in ("postgresql", "postgres"):
        url = POSTGRESQL + rest
    if not url.startswith(POSTGRESQL):
        raise TropaError(
            f"Documents cannot be kept in {kind!r}.",
            "Write postgresql://user:password@host/name, or nothing for SQLite in the folder.",
            kind="workspace",
        )
    try:
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            pool_size=8,
            connect_args={"timeout": PATIENCE},
            max_overflow=8,
            isolation_level="READ COMMITTED",
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise TropaError(
            "PostgreSQL needs a driver.", "Install it: pip install 'tropa[postgresql]'.", kind="workspace"
        ) from None
    except (sa.exc.ArgumentError, ValueError):
        raise TropaError(
            "The address of the database of documents cannot be read.",
            f"Write {POSTGRESQL}user:password@host/name.",
            kind="workspace",
        ) from None


def _sqlite(url: str, **options: Any) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE, "check_same_thread": False}, **options)

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        # The driver's own transactions begin too late: between what was read and what is written.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _migrate(engine: sa.Engine) -> None:
    """Apply what was not applied yet, in order, as a whole."""
    from tropa.store.documents.migrations import MIGRATIONS

    with told_plainly():
        with engine.connect() as connection:
            missing = _missing(connection, [name for name, _ in MIGRATIONS])
        if not missing:
            return
        with engine.execution_options(writing=True).begin() as connection:
            alone(connection, _MIGRATING)
            SCHEMA.create(connection, checkfirst=True)
            # Another program may have been here meanwhile.
            missing = _missing(connection, [name for name, _ in MIGRATIONS])
            for name, apply in MIGRATIONS:
                if name in missing:
                    apply(connection)
                    connection.execute(SCHEMA.insert().values(name=name, applied_at=now()))


def _missing(connection: sa.Connection, known: list[str]) -> set[str]:
    applied = set(connection.scalars(sa.select(SCHEMA.c.name))) if sa.inspect(connection).has_table("schema") else set()
    if newer := sorted(applied - set(known)):
        raise TropaError(
            f"The documents were written by a newer Tropa (it added {newer[0]!r}).",
            "Install that version or a later one.",
            kind="workspace",
        )
    return set(known) - applied


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the database refuses, as an error for a person; programming errors and broken keys pass."""
    try:
        yield
    except DBAPIError as error:
        reason = _reason(error)
        if reason.code in _COLLIDED:
            raise Collided(
                "The database of documents was busy with other changes.", "Do it once more.", kind="workspace"
            ) from error
        if _is_fault_of_ours(error, reason.code):
            raise
        said = reason.text
        raise TropaError(
            f"The database of documents does not answer: {said}.",
            "Look at the disk, or at the address in `documents` of workspace.json and TROPA_DOCUMENTS.",
            kind="workspace",
        ) from error


def _is_fault_of_ours(error: DBAPIError, code: str) -> bool:
    """The driver of PostgreSQL calls all that the server says a programming error; its code tells what it is."""
    if isinstance(error, sa.exc.IntegrityError):
        return True
    return (
        isinstance(error, sa.exc.ProgrammingError)
        and code not in _REFUSED
        and (not code or code[:2] in {"22", "23", "42"})
    )


def alone(connection: sa.Connection, matter: int) -> None:
    """Only one at a time reads and then writes what belongs to this matter, until its transaction ends.

    SQLite has one writer anyway.

    Args:
        connection: of `writing`.
        matter: one of the numbers below, which no other program locks by.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({matter})")


class Collided(TropaError):
    """Two writers stood in each other's way, and the database has undone this one: it may be done again."""


def again_when_collided(do: Callable[P, R]) -> Callable[P, R]:
    """A piece of writing, done again where the database has undone it for another writer's sake."""

    @functools.wraps(do)
    def done(*args: P.args, **named: P.kwargs) -> R:
        for pause in _PAUSES:
            try:
                return do(*args, **named)
            except Collided:
                time.sleep(pause * random.uniform(0.5, 1.5))
        return do(*args, **named)

    return done


_PAUSES = (0.02, 0.1, 0.3, 1.0)
_COLLIDED = frozenset({"40P01", "40001"})
"""Codes of PostgreSQL: a deadlock, a transaction that cannot be serialised."""
_REFUSED = frozenset({"28000", "28P01", "3D000", "42501", "53300"})
"""Codes by which PostgreSQL lets nobody in: a wrong password, no such database, no rights, too many connections."""


@dataclass(frozen=True, slots=True)
class _Reason:
    code: str
    text: str


def _reason(error: DBAPIError) -> _Reason:
    """What the database said: pg8000 gives a mapping with the code under C and the sentence under M."""
    said = error.orig.args[0] if error.orig and error.orig.args else None
    if isinstance(said, dict):
        return _Reason(str(said.get("C", "")), str(said.get("M", "it says nothing")))
    return _Reason("", (str(error.orig) or type(error.orig).__name__).splitlines()[0])
