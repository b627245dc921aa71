"""The last load taken back: the workspace is as it was, and whatever is loaded next is loaded rightly."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from deltalake import DeltaTable
from tests.helpers import Row, load_rows, make_workspace

from tropa.errors import TropaError
from tropa.store import store
from tropa.store import undo as undoing
from tropa.store.log import LogTable, is_whole
from tropa.workspace.workspace import Workspace


def rows(number: int, **more: str) -> list[Row]:
    return [
        {"customer_id": f"c{n}", "time": f"2026-01-0{number}T1{n % 9}:00", "activity": f"step {number}", **more}
        | {"event_id": f"{number}-{n}"}
        for n in range(40)
    ]


def answers(workspace: Workspace) -> Any:
    head, manifest, _ = workspace.journeys()
    told = [dataclasses.asdict(workspace.ask(name).result) for name in ("overview", "variants", "transitions")]
    told[0] = {name: value for name, value in told[0].items() if name not in ("loaded_at", "freshness")}
    return told, set(head.tables), manifest.total("events"), workspace.store.dictionaries(head).values


def test_the_workspace_is_as_it_was(tmp_path: Path) -> None:
    shop, other = make_workspace(tmp_path / "one", rows(1)), make_workspace(tmp_path / "other", rows(1))
    before = answers(shop)
    said = [{"customer_id": "c1", "time": "2026-01-05", "kind": "nps", "score": 9.0}]
    load_rows(shop, rows(2, town="Омск"), said, [{"customer_id": "c1", "age": "30"}])
    assert answers(shop) != before
    assert {load.kind for load in shop.undo_load()} == {"events", "feedback", "customers"}
    assert answers(shop) == before == answers(other)
    assert len(shop.store.head.loads) == 1
    for one in (shop, other):
        load_rows(one, rows(2, City="Тверь"), said)
    assert answers(shop) == answers(other)
    load_rows(shop, rows(2))
    assert shop.ask("overview").events == 80, "what is loaded again is known again"


def test_the_first_load_too_and_versions_that_come_again_mean_what_they_say(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws")
    files = [(tmp_path / "links.csv"), (tmp_path / "others.csv")]
    files[0].write_text("identifier_a,identifier_b\n" + "".join(f"c{n},c{n + 20}\n" for n in range(20)))
    files[1].write_text("identifier_a,identifier_b\n" + "".join(f"c{n},c{n + 1}\n" for n in range(0, 40, 8)))
    load_rows(shop, rows(1))
    shop.load([files[0]], "identities")
    assert shop.ask("overview").journeys == 20
    shop.undo_load()
    assert shop.ask("overview").journeys == 40
    shop.load([files[1]], "identities")
    assert shop.ask("overview").journeys == 35
    empty = make_workspace(tmp_path / "other", rows(1))
    empty.journeys()
    empty.undo_load()
    assert empty.store.head.tables == {}
    with pytest.raises(TropaError, match="no events"):
        empty.journeys()
    load_rows(empty, rows(3)[:7])
    assert empty.ask("overview").events == 7


def test_only_the_last_one_and_only_once(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws")
    with pytest.raises(TropaError, match="no load to take back: nothing has been loaded yet"):
        shop.undo_load()
    load_rows(shop, rows(1))
    load_rows(shop, rows(2))
    assert len(shop.store.undoable()) == 1
    shop.undo_load()
    assert shop.store.undoable() == []
    with pytest.raises(TropaError, match="no load to take back: the last one was taken back already"):
        shop.undo_load()
    assert shop.ask("overview").events == 40


def test_a_load_that_fails_afterwards_changes_nothing_about_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_workspace(tmp_path / "ws", rows(1))
    load_rows(shop, rows(2))

    def torn(folder: Path, head: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write_head", torn)
        with pytest.raises(OSError, match="no space"):
            load_rows(shop, rows(3))
    shop.undo_load()
    assert shop.ask("overview").events == 40
    load_rows(shop, [*rows(3), *rows(2)])
    assert shop.ask("overview").events == 120


def test_what_was_swept_cannot_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of keys that the last load has merged go with the beginning of the next one, though it fails."""
    shop = make_workspace(tmp_path / "ws", rows(1))
    for number in range(2, 10):
        load_rows(shop, rows(number))
    assert len(shop.store.undoable()) == 1
    bad = tmp_path / "bad.csv"
    bad.write_text("customer_id,time,activity\na,never,x\n")
    with pytest.raises(TropaError):
        shop.load([bad], "events")
    assert shop.store.undoable() == []
    with pytest.raises(TropaError, match="cannot be taken back any more"):
        shop.undo_load()
    assert shop.ask("overview").events == 360


def test_a_version_that_cannot_be_opened_is_not_gone_back_to(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", rows(1))
    load_rows(shop, rows(2))
    table = shop.folder / "log" / "events"
    DeltaTable(table).create_checkpoint()
    (table / "_delta_log" / f"{0:020}.json").unlink()
    assert shop.ask("overview").events == 80
    assert shop.store.undoable() == []
    with pytest.raises(TropaError, match="cannot be taken back any more"):
        shop.undo_load()
    assert shop.ask("overview").events == 80
    load_rows(shop, rows(3))
    assert len(shop.undo_load()) == 1


def test_what_a_hundred_loads_ago_was_written_can_still_be_opened(tmp_path: Path) -> None:
    """Every hundredth commit writes a checkpoint; older versions stay, however old their files are."""
    log = LogTable(tmp_path, "events")
    version = None
    for number in range(100):
        if number == 99:
            for file in (log.path / "_delta_log").iterdir():
                os.utime(file, (1e9, 1e9))
        log = LogTable(tmp_path, "events")
        log.write(pa.table({"customer_id": pa.array(["a"], pa.large_string())}), "customer_id", number, 0)
        version = log.commit(version)
    assert version == 99 and list((log.path / "_delta_log").glob("*.checkpoint.parquet"))
    assert is_whole(tmp_path, "events", 98)
    assert len(list((log.path / "_delta_log").glob("*.json"))) == 100


def test_the_load_that_was_meant_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_workspace(tmp_path / "ws", rows(1))
    meant = shop.store.head.before
    assert meant is not None
    shop.journeys()
    shop.store.check_undo(meant.generation)

    @contextmanager
    def waited(folder: Path) -> Iterator[None]:
        """Another writer was there first."""
        load_rows(shop, rows(2))
        yield

    with monkeypatch.context() as slow:
        slow.setattr(undoing, "writing", waited)
        with pytest.raises(TropaError, match="Another load is the last one") as error:
            shop.undo_load()
    assert error.value.kind == "conflict"
    with pytest.raises(TropaError, match="Another load is the last one"):
        shop.store.undo(meant.generation)
    assert shop.ask("overview").events == 80


def test_killed_at_any_step_it_happened_or_did_not(tmp_path: Path, run_tropa: Callable[..., dict[str, Any]]) -> None:
    def prepared(name: str) -> Path:
        shop = make_workspace(tmp_path / name, rows(1))
        load_rows(shop, rows(2))
        shop.journeys()
        return shop.folder

    folder = prepared("whole")
    steps = run_tropa("load", folder, "--undo", folder=str(folder))["steps"]
    seen = set()
    for step in range(1, min(steps, 7) + 1):
        folder = prepared(f"killed-{step}")
        run_tropa("load", folder, "--undo", folder=str(folder), kill_at_step=step)
        loads = len(json.loads((folder / "HEAD.json").read_text())["loads"])
        assert Workspace(folder).ask("overview").events == 40 * loads
        seen.add(loads)
    assert seen == {1, 2}
