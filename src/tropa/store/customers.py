"""Identifiers of the customers that a workspace knows, or of some of them where there are many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from tropa.cx.columns import COLUMNS, FALLBACK, Kind
from tropa.store.head import Head
from tropa.store.log import BUCKETS, LogFile, bucket_of, list_files

MOST_ROWS = 500_000
_CASE = "case_id"
_KINDS: tuple[Kind, ...] = ("events", "feedback", "customers")


@dataclass(frozen=True, slots=True, eq=False)
class KnownIdentifiers:
    """Different identifiers of the customers in the first `buckets` buckets of the log."""

    identifiers: pl.Series
    buckets: int

    @property
    def among(self) -> Callable[[pl.Series], pl.Series] | None:
        """Which identifiers belong to these buckets; None: all do."""
        return None if self.buckets == BUCKETS else self._among

    def _among(self, identifiers: pl.Series) -> pl.Series:
        texts = identifiers.to_arrow(compat_level=pl.CompatLevel.oldest())
        return pl.Series(bucket_of(texts) < self.buckets)


def known_identifiers(folder: Path, head: Head, most: int = MOST_ROWS) -> KnownIdentifiers | None:
    """Identifiers by which rows of the workspace name their customers; None where nothing was loaded.

    What only stands in for a customer that a row does not name, such as its case, is none.

    Args:
        folder: the workspace.
        head: what of it is valid.
        most: so many rows are read, about; of more, only those of some buckets.
    """
    files = {kind: list_files(folder, kind, head.tables.get(kind)) for kind in _KINDS}
    rows = sum(file.rows for told in files.values() for file in told)
    if not rows:
        return None
    buckets = max(1, min(BUCKETS, BUCKETS * most // rows))
    parts = [_identifiers(file, COLUMNS[kind][0], buckets) for kind, told in files.items() for file in told]
    linked = list_files(folder, "identities", head.tables.get("identities"))
    if 0 < sum(file.rows for file in linked) <= most:
        names = COLUMNS["identities"]
        both = [pl.read_parquet(file.path, columns=list(names)) for file in linked]
        parts += [frame[name].cast(pl.String).unique() for frame in both for name in names]
    found = pl.concat([part.alias("identifier") for part in parts]).unique().drop_nulls()
    return KnownIdentifiers(found, buckets)


def _identifiers(file: LogFile, column: str, buckets: int) -> pl.Series:
    groups = [index for index, (first, _) in enumerate(file.buckets) if first < buckets]
    with pq.ParquetFile(file.path, memory_map=True) as reader:
        beside = [name for name in (_CASE, FALLBACK) if name in reader.schema_arrow.names]
        told = reader.read_row_groups(groups, [column, *beside], use_threads=False)
    rows = pl.DataFrame([pl.Series(name, told[name].combine_chunks()) for name in told.column_names])
    named = pl.col(column).cast(pl.String)
    if _CASE in beside:
        rows = rows.filter(named.ne_missing(pl.col(_CASE).cast(pl.String)))
    if FALLBACK in beside:
        rows = rows.filter(~pl.col(FALLBACK).fill_null(False))
    return rows.select(named)[column].unique()
