"""One load: files taken in batch by batch, valid all at once or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tropa.cx.columns import CODED, COLUMNS, Kind, coded_name
from tropa.engine.fold import in_order, threads_available
from tropa.engine.grouping import hash_text
from tropa.store.dictionaries import Dictionaries, too_many_values
from tropa.store.head import Before, Head, Load, sync_files
from tropa.store.keys import Keys
from tropa.store.ledger import READ_OTHERWISE, look_up
from tropa.store.links import Links
from tropa.store.log import LogTable
from tropa.store.spelling import Spelling, known_spellings

Ready = tuple[Kind, pa.Table, int]
"""Rows to be written to a table, and their place among those of the load."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Normalised rows of a file: canonical columns and attributes; links between identifiers; rows set aside."""

    rows: pl.DataFrame
    identities: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in. `batches` is asked only when the fingerprint is new."""

    file: str
    fingerprint: str
    kind: Kind
    batches: Callable[[], Iterable[Batch]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: rows read, taken, set aside, duplicate; `before` when the same file was here already."""

    file: str
    kind: str
    read: int
    loaded: int
    set_aside: int
    duplicates: int
    before: bool
    notes: tuple[str, ...] = ()


class Loading:
    """One load under way."""

    def __init__(self, folder: Path, head: Head, dictionaries: Dictionaries) -> None:
        self.folder = folder
        self.head = head
        self.generation = head.generation + 1
        self.dictionaries = dictionaries
        self.keys = Keys(folder, head.keys)
        self.links = Links(folder, head.tables.get("identities"))
        self.tables: dict[str, LogTable] = {}
        self.loads: list[Load] = []
        self.rejects_file: Path | None = None
        self._known: dict[Kind, dict[str, str]] = {}
        self._written = 0
        # Rows set aside by a load that was killed: that load never happened.
        told = {load.rejects for load in head.loads}
        for stray in (folder / "rejects").glob("*.csv"):
            if stray.name not in told:
                stray.unlink()

    def take(self, file: Incoming) -> Taken:
        known = look_up(file.file, file.kind, file.fingerprint, [*self.head.loads, *self.loads])
        if known == "before":
            return Taken(file.file, file.kind, 0, 0, 0, 0, before=True)
        counts = {"read": 0, "loaded": 0, "set_aside": 0, "duplicates": 0}
        notes = [READ_OTHERWISE] if known == "otherwise" else []
        prepared = self._prepare(file, counts, notes)
        for _ in in_order(self._write, prepared, threads_available()):
            pass
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        rejects = None if self.rejects_file is None or not counts["set_aside"] else self.rejects_file.name
        self.loads.append(Load(file.fingerprint, file.kind, file.file, now, **counts, rejects=rejects))
        return Taken(file.file, file.kind, **counts, before=False, notes=tuple(notes))

    def _prepare(self, file: Incoming, counts: dict[str, int], notes: list[str]) -> Iterator[Ready]:
        """Rows ready to be written: deduplicated and coded, one batch after the other."""
        spelling = Spelling(file.kind, self._spellings(file.kind))
        for batch in file.batches():
            notes.extend(batch.notes)
            counts["read"] += batch.rows_read
            counts["set_aside"] += len(batch.rejects)
            self._set_aside(batch.rejects)
            links = self.links.first_times(batch.identities)
            if len(links):
                yield self._ready("identities", links, notes)
            rows = spelling.rename(batch.rows, notes)
            told = len(rows)
            if file.kind == "events" and "event_id" in rows.columns:
                rows = self._first_times(rows)
            elif file.kind == "identities":
                rows = self.links.first_times(rows)
            counts["duplicates"] += told - len(rows)
            counts["loaded"] += len(rows)
            if len(rows):
                yield self._ready(file.kind, rows, notes)

    def _spellings(self, kind: Kind) -> dict[str, str]:
        if kind not in self._known:
            self._known[kind] = known_spellings(self.folder, kind, self.head.tables.get(kind))
        return self._known[kind]

    def _ready(self, kind: Kind, rows: pl.DataFrame, notes: list[str]) -> Ready:
        self._written += 1
        before = set(self.dictionaries.uncoded)
        table = self._coded(kind, rows)
        notes.extend(map(too_many_values, sorted(self.dictionaries.uncoded - before)))
        return kind, table, self._written

    def _first_times(self, rows: pl.DataFrame) -> pl.DataFrame:
        keyed = rows["event_id"].is_not_null().to_numpy()
        hashes = hash_text(_arrow(rows.filter(keyed).select("event_id"))["event_id"].combine_chunks())
        first = ~keyed
        first[keyed] = self.keys.add(hashes)
        return rows if first.all() else rows.filter(first)

    def _coded(self, kind: Kind, rows: pl.DataFrame) -> pa.Table:
        table = _arrow(rows)
        for index, name in enumerate(table.column_names):
            column = coded_name(kind, name)
            if (name in COLUMNS[kind] and name not in CODED) or not pa.types.is_large_string(table[name].type):
                continue
            encoded = pc.dictionary_encode(table[name].combine_chunks())
            self.dictionaries.learn(column, encoded.dictionary)
            # Each row group would carry the whole dictionary: of many values that is slower than the texts.
            if column not in self.dictionaries.wide:
                table = table.set_column(index, name, encoded)
        return table

    def _write(self, ready: Ready) -> None:
        kind, rows, number = ready
        table = self.tables.setdefault(kind, LogTable(self.folder, kind))
        table.write(rows, COLUMNS[kind][0], self.generation, number)

    def _set_aside(self, rejects: pl.DataFrame) -> None:
        if not len(rejects):
            return
        first = self.rejects_file is None
        if self.rejects_file is None:
            (self.folder / "rejects").mkdir(exist_ok=True)
            self.rejects_file = self.folder / "rejects" / f"{self.generation:08d}.csv"
        with self.rejects_file.open("wb" if first else "ab") as file:
            rejects.write_csv(file, include_header=first)

    def commit(self) -> Head | None:
        """Commit the tables; the head that makes them valid, or None where nothing came in."""
        if not self.loads:
            return None
        versions = dict(self.head.tables)
        for kind, table in self.tables.items():
            version = table.commit(versions.get(kind))
            if version is not None:
                versions[kind] = version
        name = f"dictionaries-{self.generation:08d}.json"
        words = self.dictionaries.save(self.folder / name)
        keys = self.keys.save(self.generation)
        commits = (self.folder / "log" / kind / "_delta_log" / f"{versions[kind]:020d}.json" for kind in self.tables)
        sync_files([*words, *(self.folder / "keys" / key for key in keys), *commits])
        was = self.head
        return replace(
            was,
            generation=self.generation,
            tables=versions,
            keys=keys,
            dictionaries=name,
            loads=[*was.loads, *self.loads],
            before=Before(was.tables, was.keys, was.dictionaries, len(was.loads), self.generation),
        )


def _arrow(rows: pl.DataFrame) -> pa.Table:
    return rows.to_arrow(compat_level=pl.CompatLevel.oldest())
