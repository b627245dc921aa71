"""What every format hands over: portions of rows as they stand in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from tropa.sources.model import empty_rejects


@dataclass(slots=True)
class Block:
    """A portion of rows under the file's own names of columns.

    `lines` are the line numbers of the rows, or the number of the first one where they simply count on. `rejects` are
    rows that could not even be taken apart; they are in `rows_read` too.
    """

    frame: pl.DataFrame
    lines: pl.Series | int
    rows_read: int
    bytes_done: int
    rejects: pl.DataFrame = field(default_factory=empty_rejects)

    def line_series(self) -> pl.Series:
        """Line numbers as a column."""
        if isinstance(self.lines, int):
            return pl.int_range(self.lines, self.lines + self.frame.height, eager=True, dtype=pl.Int64).alias("line")
        return self.lines


@dataclass(slots=True)
class Source:
    """An opened file.

    `excel_serials`: a number in a time column may be days since 1899-12-30. `notes` may grow while blocks are taken.
    `close` lets go of the file; a second time it does nothing.
    """

    path: Path
    format: str
    blocks: Iterator[Block]
    bytes_total: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    excel_serials: bool = False
    notes: list[str] = field(default_factory=list)
    close: Callable[[], None] = lambda: None


def unique_names(names: list[str], notes: list[str]) -> list[str]:
    """Names of columns without outer spaces; repeated ones get `_2`, `_3`; nameless ones stay empty-named by position.

    A nameless column comes out as `\\x00<number>`: a name that no file can have, recognised by `is_nameless`.
    """
    result: list[str] = []
    taken = {name.strip() for name in names}
    seen: set[str] = set()
    for position, raw in enumerate(names, start=1):
        name = raw.strip().strip("\ufeff")
        if not name:
            result.append(f"\x00{position}")
            continue
        if name in seen:
            number = 2
            while f"{name}_{number}" in taken or f"{name}_{number}" in seen:
                number += 1
            notes.append(f"Column {position} repeats the name '{name}' and is kept as '{name}_{number}'.")
            name = f"{name}_{number}"
        seen.add(name)
        result.append(name)
    return result


def is_nameless(name: str) -> bool:
    """Whether a column has no name in its file."""
    return name.startswith("\x00")


def shorten(text: str, limit: int = 200) -> str:
    """A raw row as short text on one line."""
    flat = " ".join(text.replace("\x00", " ").split())
    return flat if len(flat) <= limit else flat[: limit - 3] + "..."
