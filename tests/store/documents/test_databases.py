"""Documents in PostgreSQL by one setting: maps, people at once, moving there, what goes wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.documents.conftest import FreshDatabase
from tests.store.documents.test_people import refused, together

from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.map_records import NewVersion, Taken
from tropa.workspace.move import move_documents
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

OpenDocuments = Callable[[], Documents]
MAP = "map: Loan\nstages:\n  - stage: Papers\n    touchpoints:\n      - touchpoint: Upload\n"


def test_versions_come_back_as_they_were(documents: Documents) -> None:
    assert documents.current_map() is None
    texts = [MAP + f"  - stage: Ещё {number} 📄\n" for number in range(3)]
    saved = [documents.save_map(text, "Анна") for text in texts]
    assert [version.version for version in saved] == [1, 2, 3]
    map_id = saved[0].map_id
    assert [documents.maps.version(map_id, number).text for number in (1, 2, 3)] == texts
    current = documents.current_map()
    assert current is not None and current.text == texts[-1]
    refused("not_found", lambda: documents.maps.version(map_id, 4))
    refused("not_found", lambda: documents.maps.head("nonsense"))


def test_two_writers_at_once_lose_nothing(open_documents: OpenDocuments) -> None:
    first = open_documents().save_map(MAP)

    def write(author: str) -> None:
        maps = open_documents().maps
        for number in range(15):
            while True:
                latest = maps.head(first.map_id).latest
                try:
                    maps.save(first.map_id, latest, NewVersion(f"{author} {number}", "json", "Loan", author=author))
                    break
                except Taken:
                    continue

    together(lambda: write("anna"), lambda: write("bob"))
    maps = open_documents().maps
    latest = maps.head(first.map_id).latest
    assert latest == 31
    texts = [maps.version(first.map_id, number).text for number in range(2, latest + 1)]
    assert sorted(texts) == sorted(f"{author} {number}" for author in ("anna", "bob") for number in range(15))
    for author in ("anna", "bob"):
        mine = [text for text in texts if text.startswith(author)]
        assert mine == [f"{author} {number}" for number in range(15)]


def test_tables_are_made_once_however_many_come_first(open_documents: OpenDocuments) -> None:
    told = together(*(lambda: open_documents().save_map(MAP) for _ in range(4)))
    assert all(not isinstance(one, Exception) for one in told), told
    assert len(open_documents().maps.heads()) >= 1


def test_moving_to_postgresql(tmp_path: Path, fresh_database: FreshDatabase) -> None:
    workspace = Workspace.create(tmp_path / "ws", Settings("Bank"))
    documents = workspace.documents
    version = documents.save_map(MAP, "Анна")
    anna = documents.people.add("Анна", "owner", "hash")
    token = documents.sessions.open(anna.id)
    _, link = documents.shares.make(version.map_id, 1, True, "Анна", None, "", b"\x00\xff")
    secret = documents.people.secret("masking")

    moved = move_documents(workspace.folder, url := fresh_database())
    assert {table.table: table.rows for table in moved.tables}["people"] == 1
    assert moved.kept == "documents.db.moved"
    assert sorted(file.name for file in workspace.folder.glob("documents*")) == ["documents.db.moved"]
    there = Workspace(workspace.folder).documents
    assert there.url == url
    assert "any%40password" not in there.where and "postgres:***@" in there.where
    current = there.current_map()
    assert current is not None and (current.text, current.author) == (MAP, "Анна")
    assert there.sessions.of(token) is not None
    assert there.shares.open(link)[1] == b"\x00\xff"
    assert there.people.secret("masking") == secret, "pseudonyms stay the same"
    assert there.save_map(MAP + "  - stage: More\n").version == 2
    there.database.close()

    refused("conflict", lambda: move_documents(workspace.folder, fresh_database()))
    other = Workspace.create(tmp_path / "other")
    other.documents.save_map(MAP)
    refused("conflict", lambda: move_documents(other.folder, url))
    kept = Workspace(other.folder).documents
    assert kept.current_map() is not None, "what was refused changed nothing"
    for opened in (documents, other.documents, kept):
        opened.database.close()


def test_the_variable_wins_over_the_setting(
    tmp_path: Path, fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROPA_DOCUMENTS", fresh_database())
    workspace = Workspace.create(tmp_path / "ws")
    workspace.documents.save_map(MAP)
    assert not (workspace.folder / "documents.db").exists()
    workspace.documents.database.close()


def test_what_cannot_be_reached_is_told(tmp_path: Path, fresh_database: FreshDatabase) -> None:
    socket = fresh_database().partition("unix_sock=")[2]
    for url, said in (
        ("mysql://user@host/name", "'mysql'"),
        ("postgresql://user@127.0.0.1:1/name", "does not answer"),
        (f"postgresql://postgres@/nosuch?unix_sock={socket}", "does not answer"),
        ("postgresql://user@host:nonsense/name", "cannot be read"),
    ):
        wrong = refused("workspace", lambda url=url: Documents(tmp_path, url).people.any())
        assert said in wrong.message, wrong
        assert wrong.hint


def test_a_missing_driver_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    wrong = refused("workspace", lambda: Documents(tmp_path, "postgresql://user@host/name").people.any())
    assert "tropa[postgresql]" in wrong.hint


def test_documents_of_a_later_version_are_not_touched(documents: Documents) -> None:
    from tropa.store.documents.database import SCHEMA, now

    documents.save_map(MAP)
    with documents.database.writing() as connection:
        connection.execute(SCHEMA.insert().values(name="from the future", applied_at=now()))
    documents.database.close()
    with pytest.raises(TropaError, match="newer Tropa"):
        documents.maps.heads()


def test_the_setting_is_where_it_is_said_to_be(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws", Settings("Bank", documents="postgresql://user@host/name"))
    assert json.loads((workspace.folder / "workspace.json").read_text())["documents"] == "postgresql://user@host/name"
