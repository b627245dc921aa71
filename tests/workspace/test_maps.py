"""Maps from the command line's side: several in one workspace, older workspaces, PostgreSQL instead of a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.cx.map_change_form import OnTouchpoint, RemoveChange, SetChange
from tropa.errors import TropaError
from tropa.workspace.maps import check_map, export_map, import_map, list_maps
from tropa.workspace.workspace import Workspace

YAML = (
    "# mine\nmap: Shop\nstages:\n  - stage: Buy\n    touchpoints:\n      - {touchpoint: Pay, when: {activity: [pay]}}\n"
)


def file(folder: Path, text: str) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, "utf-8")
    return path


def test_several_maps_and_one_that_lives(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0 pay@1"}))
    assert list_maps(workspace).maps == ()
    first = import_map(workspace, file(tmp_path, YAML))
    assert (first.version, first.changed) == (1, True)
    assert import_map(workspace, file(tmp_path, YAML)).changed is False
    assert import_map(workspace, file(tmp_path, YAML.replace("Buy", "Order"))).version == 2
    other = import_map(workspace, file(tmp_path, YAML.replace("Shop", "Draft")), new=True)
    assert [(one.name, one.live, one.version) for one in list_maps(workspace).maps] == [
        ("Shop", True, 2),
        ("Draft", False, 1),
    ]
    assert export_map(workspace).decode() == YAML.replace("Buy", "Order")
    assert export_map(workspace, other.id).decode() == YAML.replace("Shop", "Draft")
    third = import_map(workspace, file(tmp_path, YAML.replace("Pay,", "Money,").replace("Shop", "Draft")), other.id)
    assert (third.id, third.version) == (other.id, 2)
    assert workspace.map() is not None and workspace.map().name == "Shop"  # type: ignore[union-attr]
    assert check_map(workspace, map_id=other.id).check.events == 2
    assert workspace.book.find("Draft").id == other.id
    with pytest.raises(TropaError, match="no map 'Drift'"):
        workspace.book.find("Drift")


def test_a_map_that_was_changed_on_the_page_is_given_out_as_yaml(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    document = {"map": "Shop", "stages": [{"stage": "Buy", "touchpoints": [{"touchpoint": "Pay", "emotion": -1}]}]}
    workspace.book.create(document, "Anna")
    text = export_map(workspace).decode()
    assert text.startswith("map: Shop\nunit: customer\nstages:\n  - stage: Buy")
    again = import_map(Workspace.create(tmp_path / "other"), file(tmp_path, text))
    assert (again.stages, again.touchpoints) == (1, 1)


def test_workspaces_of_before_keep_all_versions_of_their_map(tmp_path: Path) -> None:
    folder = Workspace.create(tmp_path / "ws").folder
    with sqlite3.connect(folder / "documents.db") as connection:
        connection.execute(
            "CREATE TABLE maps (version INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL, saved_at TEXT NOT NULL)"
        )
        rows = [(1, YAML, "2026-01-01T00:00:00+00:00"), (2, YAML.replace("Shop", "Store"), "2026-01-02T00:00:00+00:00")]
        connection.executemany("INSERT INTO maps VALUES (?, ?, ?)", rows)
    connection.close()
    workspace = Workspace(folder)
    assert workspace.map() is not None and workspace.map().name == "Store"  # type: ignore[union-attr]
    (head,) = workspace.documents.maps.heads()
    assert (head.name, head.live, head.latest, head.created_at) == ("Store", True, 2, "2026-01-01T00:00:00+00:00")
    assert workspace.documents.maps.version(head.id, 1).text == YAML
    assert [one.version for one in Workspace(folder).documents.maps.versions(head.id)] == [2, 1]


def test_documents_of_a_newer_tropa_are_refused(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    workspace.documents.save_map(YAML)
    with sqlite3.connect(workspace.folder / "documents.db") as connection:
        connection.execute("INSERT INTO schema VALUES ('from the future', '2030-01-01')")
    connection.close()
    with pytest.raises(TropaError, match="newer Tropa"):
        Workspace(workspace.folder).map()


def test_who_only_looks_leaves_no_file(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    assert workspace.map() is None
    assert workspace.documents.maps.heads() == []
    assert not (tmp_path / "ws" / "documents.db").exists()


def _set(name: str, key: str, value: str | None, was: str | None = None) -> SetChange:
    return SetChange(op="set", on=OnTouchpoint(touchpoint=name), path=[key], value=value, was=was)


def _shop(folder: Path) -> tuple[Workspace, str]:
    workspace = Workspace.create(folder / "ws")
    points = [{"touchpoint": "Pay"}, {"touchpoint": "Get"}]
    document = {"map": "Shop", "stages": [{"stage": "Buy", "touchpoints": points}]}
    return workspace, workspace.book.create(document, "Anna").version.map_id


def test_a_batch_sent_twice_is_applied_once_and_answered_alike(tmp_path: Path) -> None:
    workspace, map_id = _shop(tmp_path)
    book = workspace.book
    book.change(map_id, 1, [_set("Get", "thoughts", "theirs")], "Boris")
    batch = [_set("Pay", "thoughts", "mine"), _set("Get", "thoughts", "mine")]
    first = book.change(map_id, 1, batch, "Anna", "b1")
    assert (first.opened.version.version, first.applied) == (3, 1)
    # Somebody takes it away again: the late twin must not bring it back.
    book.change(map_id, 3, [_set("Pay", "thoughts", None, "mine")], "Boris")
    for again in (book, Workspace(workspace.folder).book):
        twin = again.change(map_id, 1, batch, "Anna", "b1")
        assert twin.opened.version.version == 3
        assert (twin.applied, twin.conflicts) == (first.applied, first.conflicts)
        assert again.open(map_id).version.version == 4


def test_ones_own_batches_are_not_the_work_of_others(tmp_path: Path) -> None:
    workspace, map_id = _shop(tmp_path)
    book = workspace.book
    book.change(map_id, 1, [_set("Pay", "thoughts", "mine")], "Anna", "b1")
    remove = RemoveChange(op="remove", on=OnTouchpoint(touchpoint="Pay"))
    assert [one.reason for one in book.change(map_id, 1, [remove], "Boris", "b2", ["b0"]).conflicts] == ["changed"]
    assert book.change(map_id, 1, [remove], "Anna", "b3", ["b1"]).conflicts == ()


def test_a_text_that_was_brought_in_or_back_counts_as_written(tmp_path: Path) -> None:
    workspace, map_id = _shop(tmp_path)
    book = workspace.book
    book.change(map_id, 1, [_set("Pay", "thoughts", "once")], "Boris")
    book.change(map_id, 2, [_set("Pay", "thoughts", None, "once")], "Boris")
    base = book.open(map_id).version.version
    book.restore(map_id, 2, "Boris")
    remove = RemoveChange(op="remove", on=OnTouchpoint(touchpoint="Pay"))
    assert [one.reason for one in book.change(map_id, base, [remove], "Anna").conflicts] == ["changed"]
    other = RemoveChange(op="remove", on=OnTouchpoint(touchpoint="Get"))
    assert book.change(map_id, base, [other], "Anna").conflicts == ()


def test_names_of_a_text_that_was_brought_in_are_followed(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    map_id = workspace.book.take_in(YAML, None, "Anna").version.map_id
    workspace.book.take_in(YAML.replace("{touchpoint: Pay,", "{touchpoint: Money,"), map_id, "Boris")
    changed = workspace.book.change(map_id, 1, [_set("Pay", "thoughts", "mine")], "Anna")
    assert changed.conflicts == ()
    assert changed.opened.document["stages"][0]["touchpoints"][0]["thoughts"] == "mine"


def test_documents_of_before_learn_of_batches(tmp_path: Path) -> None:
    workspace, map_id = _shop(tmp_path)
    file_ = next(path for path in workspace.folder.rglob("*") if path.suffix in {".sqlite", ".db", ".sqlite3"})
    with sqlite3.connect(file_) as connection:
        for column in ("batch", "conflicts"):
            connection.execute(f"ALTER TABLE map_versions DROP COLUMN {column}")
        connection.execute("DELETE FROM schema WHERE name = 'batches of changes'")
    book = Workspace(workspace.folder).book
    batch = [_set("Pay", "thoughts", "mine")]
    assert [book.change(map_id, 1, batch, "Anna", "b").opened.version.version for _ in range(2)] == [2, 2]
