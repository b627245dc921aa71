"""The log: append-only Delta tables of what was told, the truth from which everything else is derived.

A table is written in files of rows clustered by bucket (a hash of the customer), a row group a bucket, so that
one partition is derived from its own row groups alone. The head of the workspace pins the version that is valid;
versions after it come from a load that was killed, and are rolled back before the next one.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable, Field, PostCommitHookProperties, Schema
from deltalake.exceptions import DeltaError
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction, create_table_with_add_actions

from tropa.engine.grouping import group, hash_text
from tropa.engine.journeys import Codes

BUCKETS = 64
BUCKET = "tropa_bucket"
ROW = "tropa_row"
"""Place of a row among those written with it: what rows of one time are put in order by once their bucket changes."""

KEEP = PostCommitHookProperties(cleanup_expired_logs=False)
"""Every hundredth commit would otherwise delete what older versions need, which the head or an undo may name."""

DELTA_TYPES = {
    pa.timestamp("us", tz="UTC"): "timestamp",
    pa.float64(): "double",
    pa.int32(): "integer",
    pa.bool_(): "boolean",
}


def bucket_of(identifiers: pa.LargeStringArray) -> Codes:
    """Bucket of each customer: the same in every version and on every machine."""
    return (hash_text(identifiers) >> np.uint64(58)).astype(np.int32)


def write_clustered(path: Path, rows: pa.Table, key: str) -> tuple[pa.Schema, int]:
    """Write rows with their bucket and place, a row group a bucket, rows of a bucket in order; schema and bytes."""
    buckets = bucket_of(rows[key].combine_chunks())
    order, offsets = group(buckets, BUCKETS)
    rows = rows.append_column(BUCKET, pa.array(buckets))
    if not np.array_equal(order, np.arange(len(order))):
        rows = rows.take(pa.array(order))
    rows = rows.append_column(ROW, pa.array(order.astype(np.int32)))
    with path.open("wb") as file:
        with pq.ParquetWriter(file, rows.schema, **_parquet_settings(rows.schema)) as writer:
            for bucket in np.flatnonzero(np.diff(offsets)):
                begin, end = int(offsets[bucket]), int(offsets[bucket + 1])
                writer.write_table(rows.slice(begin, end - begin), row_group_size=end - begin)
        file.flush()
        os.fsync(file.fileno())
        return rows.schema, file.tell()


def _parquet_settings(schema: pa.Schema) -> dict[str, Any]:
    """Half the time of the defaults: no second dictionary, statistics only where read, times as differences."""
    coded = [column.name for column in schema if pa.types.is_dictionary(column.type)]
    times = {column.name: "DELTA_BINARY_PACKED" for column in schema if pa.types.is_timestamp(column.type)}
    times[ROW] = "DELTA_BINARY_PACKED"
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": coded or False,
        "write_statistics": [BUCKET],
        "column_encoding": times,
    }


@dataclass
class LogTable:
    """One Delta table of the log."""

    folder: Path
    name: str
    _written: list[AddAction] = field(default_factory=list)
    _columns: dict[str, pa.DataType] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / "log" / self.name

    def write(self, rows: pa.Table, key: str, generation: int, number: int) -> None:
        """Write rows as one more file, clustered by the bucket of `key`; not valid before `commit`.

        Args:
            rows: columns under their own names.
            key: column of customers' identifiers.
            generation: that the load will have.
            number: place of these rows among those of the load; several threads may write at once.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        name = f"{generation:08d}-{number:05d}-{uuid.uuid4().hex[:8]}.parquet"
        schema, size = write_clustered(self.path / name, rows, key)
        for column in schema:
            self._columns.setdefault(column.name, _plain(column.type))
        stats = json.dumps({"numRecords": len(rows)})
        self._written.append(AddAction(name, size, {}, int(time.time() * 1000), True, stats))

    def commit(self, version: int | None) -> int | None:
        """Commit what was written as one version after `version`; the version that is valid now.

        Args:
            version: the version that the head pins (None: the table is new).
        """
        if not self._written:
            return version
        if version is None:
            # A table that the head does not know is the remains of a load that was killed.
            for stray in (self.path / "_delta_log").glob("*"):
                stray.unlink()
            create_table_with_add_actions(
                str(self.path), self._schema(), self._written, "overwrite", [], post_commithook_properties=KEEP
            )
            return DeltaTable(self.path).version()
        table = DeltaTable(self.path)
        if table.version() != version:
            table.restore(version, post_commithook_properties=KEEP)
            table = DeltaTable(self.path)
        known = {column.name for column in table.schema().fields}
        fresh = [column for column in self._schema().fields if column.name not in known]
        if fresh:
            table.alter.add_columns(fresh, post_commithook_properties=KEEP)
            table = DeltaTable(self.path)
        table.create_write_transaction([*self._written], "append", table.schema(), [], post_commithook_properties=KEEP)
        return DeltaTable(self.path).version()

    def _schema(self) -> Schema:
        return Schema(
            [
                Field(name, PrimitiveType(DELTA_TYPES.get(kind, "string")), nullable=True)
                for name, kind in self._columns.items()
            ]
        )


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


@dataclass(frozen=True, slots=True)
class LogFile:
    """One file of a table, with its rows; `buckets[i]` are the first and last bucket of its row group i."""

    path: Path
    generation: int
    rows: int
    buckets: tuple[tuple[int, int], ...]

    def touched(self) -> set[int]:
        return {bucket for first, last in self.buckets for bucket in range(first, last + 1)}


def list_files(folder: Path, name: str, version: int | None) -> list[LogFile]:
    """Files of a table as of a version, in the order in which they were told."""
    if version is None:
        return []
    return [describe_file(folder / "log" / name / file) for file in sorted(named_files(folder, name, version))]


def named_files(folder: Path, name: str, version: int) -> set[str]:
    """Names of the files of a table as of a version."""
    table = DeltaTable(folder / "log" / name, version=version)
    return set(pa.table(table.get_add_actions(flatten=True))["path"].to_pylist())


def is_whole(folder: Path, name: str, version: int) -> bool:
    """Whether a table can be opened as of a version, with all its files there."""
    try:
        return all((folder / "log" / name / file).exists() for file in named_files(folder, name, version))
    except (DeltaError, OSError):
        return False


def describe_file(path: Path) -> LogFile:
    """Read which buckets the row groups of a file hold."""
    metadata = pq.read_metadata(path)
    column = metadata.schema.to_arrow_schema().get_field_index(BUCKET)
    ends = []
    for index in range(metadata.num_row_groups):
        statistics = metadata.row_group(index).column(column).statistics
        ends.append((int(statistics.min), int(statistics.max)))
    return LogFile(path, int(path.name.split("-", 1)[0]), metadata.num_rows, tuple(ends))


def read_bucket(files: list[LogFile], bucket: int, skipped: Collection[str]) -> Iterator[pa.Table]:
    """Rows of one bucket from each file, in order, without the columns skipped; texts come dictionary-encoded."""
    for file in files:
        groups = [index for index, (first, last) in enumerate(file.buckets) if first <= bucket <= last]
        if not groups:
            continue
        with pq.ParquetFile(file.path, memory_map=True) as reader:
            columns = [name for name in reader.schema_arrow.names if name not in skipped]
            mixed = any(file.buckets[index][0] != file.buckets[index][1] for index in groups)
            rows = reader.read_row_groups(groups, [*columns, BUCKET] if mixed else columns, use_threads=False)
        yield rows.filter(pc.equal(rows[BUCKET], bucket)).drop([BUCKET]) if mixed else rows
