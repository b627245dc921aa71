"""What is read and then written, by many at once: each test asks several connections in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.database import Database
from tropa.store.documents.map_records import NewVersion, Taken
from tropa.workspace.map_book import MapBook

T = TypeVar("T")
NEW = NewVersion('{"map": "A", "stages": []}', "json", "A", "journey", "", "made")
MANY = 6


def at_once(ask: Callable[[int], T]) -> list[T | BaseException]:
    """What each of many came to, all of whom began in one moment."""
    ready = threading.Barrier(MANY)
    came: list[T | BaseException] = []

    def one(number: int) -> None:
        ready.wait(20)
        try:
            came.append(ask(number))
        except BaseException as error:
            came.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(came) == MANY
    return came


@pytest.fixture
def several(open_documents: Callable[[], Documents]) -> list[Documents]:
    """The same documents, as so many programs have them open."""
    opened = [open_documents() for _ in range(MANY)]
    opened[0].people.secret("made so that the database is there")
    for one in opened:
        one.maps.heads()
    return opened


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between what is read and what is written there is time for the others."""

    def pause(connection: sa.Connection, clause: object, *rest: object) -> None:
        if isinstance(clause, sa.Select):
            threading.Event().wait(0.05)

    make = Database._engine

    def made(self: Database) -> sa.Engine:
        engine = make(self)
        if not sa.event.contains(engine, "after_execute", pause):
            sa.event.listen(engine, "after_execute", pause)
        return engine

    monkeypatch.setattr(Database, "_engine", made)


def living(documents: Documents) -> list[str]:
    return [head.id for head in documents.maps.heads() if head.live]


def test_the_first_maps_made_at_once(several: list[Documents]) -> None:
    came = at_once(lambda number: several[number].maps.create(NEW))
    assert [error for error in came if isinstance(error, BaseException)] == []
    assert len(several[0].maps.heads()) == MANY and len(living(several[0])) == 1


def test_maps_made_the_living_one_at_once(several: list[Documents]) -> None:
    ids = [several[0].maps.create(NEW).map_id for _ in range(MANY)]
    came = at_once(
        lambda number: (
            several[number].maps.make_live(ids[number]) if number % 2 else several[number].maps.create(NEW, live=True)
        )
    )
    assert [error for error in came if isinstance(error, BaseException)] == []
    assert len(living(several[0])) == 1


def test_files_brought_at_once_are_versions_of_one_map(several: list[Documents]) -> None:
    text = "map: Shop\nstages: [{stage: Buy}]\n# by %d\n"
    came = at_once(lambda number: MapBook(several[number]).take_in_living(text % number, ""))
    assert [error for error in came if isinstance(error, BaseException)] == []
    (head,) = several[0].maps.heads()
    assert head.live and head.latest == MANY
    assert {several[0].maps.version(head.id, number).text for number in range(1, MANY + 1)} == {
        text % number for number in range(MANY)
    }


def test_a_map_that_must_be_the_first(documents: Documents) -> None:
    documents.maps.create(NEW, live="first")
    with pytest.raises(Taken):
        documents.maps.create(NEW, live="first")
    assert len(documents.maps.heads()) == 1


def test_the_database_itself_refuses_a_second_living_map(documents: Documents) -> None:
    for _ in range(2):
        documents.maps.create(NEW)
    with pytest.raises(sa.exc.IntegrityError), documents.database.writing() as connection:
        connection.execute(sa.text("UPDATE maps SET live = true"))


def test_two_living_maps_of_before_become_one(documents: Documents) -> None:
    """As they were left by two who made the first one at once, before the database refused that."""
    older, newer = (documents.maps.create(NEW, live=False).map_id for _ in range(2))
    with documents.database.writing() as connection:
        connection.execute(sa.text("DROP INDEX one_living_map"))
        connection.execute(sa.text("DELETE FROM schema WHERE name = 'one living map'"))
        connection.execute(sa.text("UPDATE maps SET live = true"))
        connection.execute(sa.text("UPDATE maps SET saved_at = '2020-01-01' WHERE id = :id"), {"id": older})
    documents.database.close()
    assert living(documents) == [newer]


def test_a_map_archived_meanwhile_gets_no_version(documents: Documents) -> None:
    map_id = documents.maps.create(NEW).map_id
    documents.maps.archive(map_id, True)
    with pytest.raises(TropaError, match="in the archive") as told:
        documents.maps.save(map_id, 1, NEW)
    assert told.value.kind == "conflict" and documents.maps.head(map_id).latest == 1


def test_guesses_made_at_once_all_count(several: list[Documents]) -> None:
    came = at_once(lambda number: several[number].sessions.guess({"name:anna": 2}, 15))
    assert sorted(isinstance(wait, int) and wait > 0 for wait in came) == [False] * 2 + [True] * (MANY - 2)
