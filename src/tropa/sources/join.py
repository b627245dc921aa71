"""Columns of other files, added by key."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from tropa.errors import TropaError, did_you_mean
from tropa.sources.formats import open_source
from tropa.sources.formats.block import is_nameless
from tropa.sources.model import Join, Reading
from tropa.sources.plan import find_column
from tropa.sources.values import clean_text


@dataclass(frozen=True, slots=True)
class Joined:
    """A file held in memory, one row a key, ready to be joined. `notes` say what was not used of it."""

    table: pl.DataFrame
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    file: str
    prefix: str
    notes: tuple[str, ...]

    def add(self, frame: pl.DataFrame, file: str) -> pl.DataFrame:
        """The frame with the columns of the joined file, empty where the key is not there.

        A column whose name the frame has already is added as `file.column`.

        Raises:
            TropaError: the frame has no such key column.
        """
        keys = []
        for name in self.ours:
            found = find_column(name, frame.columns)
            if found is None:
                raise _no_key(file, name, frame.columns)
            keys.append(found)
        hidden = [f"\x01{i}" for i in range(len(keys))]
        columns = {}
        for name in self.table.columns:
            if name not in self.theirs and not is_nameless(name):
                label = self.prefix + name
                columns[name] = f"{self.file}.{name}" if label in frame.columns else label
        right = self.table.select(
            *(pl.col(name).alias(key) for name, key in zip(self.theirs, hidden, strict=True)),
            *(pl.col(name).alias(label) for name, label in columns.items()),
        )
        left = frame.with_columns([clean_text(frame[name]).alias(key) for name, key in zip(keys, hidden, strict=True)])
        return left.join(right, on=hidden, how="left", maintain_order="left").drop(hidden)


def load_join(join: Join, how: Reading) -> Joined:
    """Reads a file that is to be joined. It is held in memory whole.

    Raises:
        TropaError: the file cannot be read or has no such key column.
    """
    source = open_source(join.path, Reading(encoding=how.encoding))
    file = join.path.name
    parts, rejected = [], 0
    try:
        for block in source.blocks:
            parts.append(block.frame)
            rejected += block.rejects.height
    finally:
        source.close()
    table = pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()
    pairs = [pair.strip().partition("=") for pair in join.on.split(",") if pair.strip()]
    if not pairs:
        raise TropaError(f"No key is given to join {file} by.", "Name the column that both files have.", "usage")
    ours = tuple(left.strip() for left, _, _ in pairs)
    wanted = [(right or left).strip() for left, _, right in pairs]
    theirs = []
    for name in wanted:
        found = find_column(name, table.columns)
        if found is None:
            raise _no_key(file, name, table.columns)
        theirs.append(found)
    table = table.with_columns([clean_text(table[name]) for name in theirs])
    unique = table.drop_nulls(theirs).unique(subset=theirs, keep="first", maintain_order=True)
    notes = []
    empty = table.height - table.drop_nulls(theirs).height
    repeated = table.height - empty - unique.height
    if repeated:
        notes.append(f"{file}: {repeated} rows repeat a key; the first row of each key was used.")
    if empty:
        notes.append(f"{file}: {empty} rows have no key and were not used.")
    if rejected:
        notes.append(f"{file}: {rejected} rows cannot be taken apart and were not used.")
    stem = file.split(".", 1)[0]
    return Joined(unique, ours, tuple(theirs), stem, join.prefix, tuple(notes))


def _no_key(file: str, name: str, columns: list[str]) -> TropaError:
    named = [column for column in columns if not is_nameless(column)]
    return TropaError(f"{file} has no column '{name}' to join by.", did_you_mean(name, named), "usage")
