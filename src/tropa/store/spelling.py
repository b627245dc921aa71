"""Names under which attributes are kept: a table of the log takes no two that differ in case alone."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from deltalake import DeltaTable

from tropa.cx.columns import COLUMNS, FALLBACK, Kind
from tropa.store.log import BUCKET, ROW

OWN = (BUCKET, ROW, FALLBACK)
"""Columns of the log that no file brings under this name."""


def known_spellings(folder: Path, kind: Kind, version: int | None) -> dict[str, str]:
    """Attributes of a table as of a version: name in lower case -> name as it is spelled."""
    if version is None:
        return {}
    names = (column.name for column in DeltaTable(folder / "log" / kind, version=version).schema().fields)
    return {name.lower(): name for name in names if name not in COLUMNS[kind] and name not in OWN}


class Spelling:
    """Spelling of the columns of one file, settled once for all its rows.

    Args:
        kind: of the file.
        known: lower case -> spelling of the attributes that the table has; grows by those of the file.
    """

    def __init__(self, kind: Kind, known: dict[str, str]) -> None:
        self._kept_as_told = {*COLUMNS[kind], FALLBACK}
        self._taken = {name.lower() for name in (*COLUMNS[kind], *OWN)}
        self._known = known
        self._names: dict[str, str] = {}

    def rename(self, rows: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
        """The rows with the names under which they are kept; a note on each attribute that is told under another."""
        fresh = [name for name in rows.columns if name not in self._names and name not in self._kept_as_told]
        # What is spelled as before keeps its place, whatever stands before it in the file.
        for name in sorted(fresh, key=lambda name: self._known.get(name.lower()) != name):
            kept = self._names[name] = self._settle(name)
            if kept != name:
                notes.append(f"Attribute '{name}' is kept as '{kept}': no two names may differ in case alone.")
        return rows.rename({name: self._names[name] for name in rows.columns if name in self._names})

    def _settle(self, name: str) -> str:
        free, number = name, 1
        while free.lower() in self._taken:
            number += 1
            free = f"{name}_{number}"
        self._taken.add(free.lower())
        return self._known.setdefault(free.lower(), free)
