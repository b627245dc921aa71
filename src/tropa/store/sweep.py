"""What loads that failed or were killed left behind, and what newer files stand for."""

from __future__ import annotations

from pathlib import Path

from tropa.store.head import Head
from tropa.store.log import named_files


def sweep_log(folder: Path, head: Head) -> None:
    """Remove rows and runs of keys that the head does not name; only for who holds the workspace for writing.

    Files of the log are only ever added, so what this head does not name no older one names either.
    """
    for table in (folder / "log").glob("*"):
        version = head.tables.get(table.name)
        named = set() if version is None else named_files(folder, table.name, version)
        _remove(table, "*.parquet", named)
    _remove(folder / "keys", "*.npy", set(head.keys))


def _remove(folder: Path, pattern: str, named: set[str]) -> None:
    for path in folder.glob(pattern):
        if path.name not in named:
            path.unlink(missing_ok=True)
