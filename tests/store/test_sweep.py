"""What failed or killed loads leave behind goes before the next one; what is valid stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.helpers import Row, load_rows, make_workspace

from tropa.store import store
from tropa.store.log import named_files
from tropa.workspace.workspace import Workspace


def rows(number: int) -> list[Row]:
    return [
        {"customer_id": f"c{n}", "time": f"2026-01-0{number}T10:00", "activity": "x", "event_id": f"{number}-{n}"}
        for n in range(10)
    ]


def parquet(workspace: Workspace, table: str) -> set[str]:
    return {path.name for path in (workspace.folder / "log" / table).glob("*.parquet")}


def test_rows_of_a_load_that_failed_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_workspace(tmp_path / "ws", rows(1))
    valid = parquet(shop, "events")

    def torn(folder: Path, head: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write_head", torn)
        with pytest.raises(OSError, match="no space"):
            load_rows(
                shop, rows(2), feedback=[{"customer_id": "c1", "time": "2026-01-01", "kind": "nps", "score": 9.0}]
            )
    left = parquet(shop, "events") - valid
    keys = {path.name for path in (shop.folder / "keys").glob("*")} - set(shop.store.head.keys)
    assert left and keys and parquet(shop, "feedback")
    load_rows(shop, rows(3))
    head = shop.store.head
    assert valid < parquet(shop, "events") == named_files(shop.folder, "events", head.tables["events"])
    assert not left & parquet(shop, "events")
    assert parquet(shop, "feedback") == set()
    assert shop.ask("overview").events == 20
    load_rows(shop, rows(2), feedback=[{"customer_id": "c1", "time": "2026-01-03", "kind": "nps", "score": 9.0}])
    assert shop.ask("overview").events == 30
    assert shop.ask("overview").result.feedback == 1


def test_runs_of_keys_that_were_merged_go(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", rows(1))
    for number in range(2, 10):
        load_rows(shop, rows(number))
    load_rows(shop, [rows(9)[0] | {"event_id": "last"}])
    runs = {path.name for path in (shop.folder / "keys").glob("*.npy")}
    assert runs == set(shop.store.head.keys)
    assert sum(len(np.load(shop.folder / "keys" / run)) for run in runs) == 91
    load_rows(shop, [row for number in range(1, 10) for row in rows(number)])
    assert shop.ask("overview").events == 91
