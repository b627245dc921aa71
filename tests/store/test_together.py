"""Two writers at once; a reader while somebody writes; more data than memory."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tropa.workspace.workspace import Workspace

LOAD = """
import sys
from tropa.workspace.workspace import Workspace

for file in sys.argv[2:]:
    Workspace(sys.argv[1]).load([file], "events")
"""


def _file(folder: Path, name: str, rows: int) -> Path:
    lines = [f"{name}{n % 50},2026-01-0{1 + n % 5}T10:00,a{n % 3},{name}-{n}" for n in range(rows)]
    path = folder / f"{name}.csv"
    path.write_text("customer_id,time,activity,event_id\n" + "\n".join(lines) + "\n")
    return path


def test_two_writers_and_a_reader(tmp_path: Path) -> None:
    """Six files by two processes: all are there once; whoever asks meanwhile sees whole files only."""
    folder = tmp_path / "ws"
    Workspace.create(folder).load([_file(tmp_path, "first", 100)], "events")
    sizes = {f"w{number}": 100 * 2**number for number in range(6)}
    files = [_file(tmp_path, name, rows) for name, rows in sizes.items()]
    shared = files[0]
    writers = [
        subprocess.Popen([sys.executable, "-c", LOAD, str(folder), *map(str, mine)])
        for mine in ([*files[:3]], [*files[3:], shared])
    ]
    seen = []
    reader = Workspace(folder)
    while any(writer.poll() is None for writer in writers) or not seen:
        answer = reader.ask("overview")
        assert answer.events == answer.result.events
        seen.append(answer.events)
    assert [writer.returncode for writer in writers] == [0, 0]
    total = 100 + sum(sizes.values())
    assert Workspace(folder).ask("overview").events == total
    # Sizes are powers of two, so a sum tells which files are in it: each whole, and none ever leaves.
    assert all((events - 100) % 100 == 0 and (events - 100) // 100 < 64 for events in seen)
    loaded = [(events - 100) // 100 for events in seen]
    assert all(before & after == before for before, after in pairwise(loaded))
    assert seen == sorted(seen)
    ledger = Workspace(folder).store.head.loads
    assert sorted(load.loaded for load in ledger) == sorted([100, *sizes.values()])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_data(tmp_path: Path, run_tropa: Callable[..., dict[str, Any]]) -> None:
    """Three million events take little more memory than one million: files are read and journeys made part by part."""
    draw = np.random.default_rng(1)
    peaks = []
    for millions in (1, 3):
        rows = millions * 1_000_000
        begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        frame = pl.DataFrame(
            {
                "customer_id": pl.Series(draw.integers(0, rows // 20, rows)).cast(pl.String),
                "time": pl.Series(draw.integers(0, 10**12, rows)).cast(pl.Duration("us")) + begin,
                "activity": pl.Series(draw.integers(0, 30, rows)).cast(pl.String),
            }
        )
        file = tmp_path / f"{millions}.parquet"
        frame.write_parquet(file, row_group_size=100_000)
        del frame
        folder = tmp_path / f"ws{millions}"
        Workspace.create(folder)
        done = run_tropa("load", folder, file, "--as", "events")
        assert done["status"] == 0
        peaks.append(done["peak_kilobytes"] / 1024)
        assert run_tropa("show", folder, "variants")["peak_kilobytes"] / 1024 < 1_500
    assert peaks[1] < 1_200, f"{peaks} MB"
