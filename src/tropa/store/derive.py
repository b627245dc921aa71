"""Journeys derived from the log, partition by partition; only partitions that new rows touch are made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tropa.cx.columns import ATTRIBUTE, COLUMNS, FALLBACK, Kind, coded_name
from tropa.engine.fold import in_order, threads_available
from tropa.engine.journeys import write_journeys
from tropa.store.dictionaries import Dictionaries
from tropa.store.log import BUCKET, BUCKETS, ROW, LogFile, read_bucket
from tropa.store.manifest import Arrangement, Manifest, PartitionFacts, Progress, write_manifest
from tropa.store.partition import Rows, build

TABLES: tuple[Kind, ...] = ("events", "feedback", "customers")
JOURNEYS = "journeys"
"""What is told to be made, while it is."""


@dataclass(frozen=True, slots=True)
class Log:
    """Files of the log as of the head, by table.

    `people` names the customers into which identifiers were stitched, empty where none were; `max_links` is the limit
    by which they were.
    """

    files: Mapping[str, list[LogFile]]
    people: str = ""
    max_links: int = 0

    def touched(self, after: int) -> set[int]:
        """Buckets of rows told in generations later than `after`."""
        fresh = (file for files in self.files.values() for file in files if file.generation > after)
        return {bucket for file in fresh for bucket in file.touched()}

    def rows(self, bucket: int, dictionaries: Dictionaries) -> Rows | None:
        """All rows of a bucket, or None where it has no events."""
        tables = {name: _bucket_table(name, self.files[name], bucket, dictionaries) for name in TABLES}
        events = tables["events"]
        return None if events is None else Rows(events, tables["feedback"], tables["customers"])


UNREAD = (BUCKET, ROW, FALLBACK)


def _bucket_table(kind: Kind, files: list[LogFile], bucket: int, dictionaries: Dictionaries) -> pa.Table | None:
    attributes = {name.removeprefix(ATTRIBUTE) for name in dictionaries.uncoded - dictionaries.quantities}
    skipped = attributes - set(COLUMNS[kind]) | set(UNREAD)
    if kind == "events":
        skipped.add("event_id")
    wide = {name.removeprefix(ATTRIBUTE) for name in dictionaries.wide} - skipped
    tables = [_as_texts(table, wide - set(COLUMNS[kind])) for table in read_bucket(files, bucket, skipped)]
    if not tables:
        return None
    table = pa.concat_tables(tables, promote_options="permissive")
    return table.rename_columns([coded_name(kind, name) for name in table.column_names])


def _as_texts(table: pa.Table, columns: set[str]) -> pa.Table:
    """Columns that some files hold as codes, told before the attribute became wide, as texts like the others."""
    for index, column in enumerate(table.schema):
        if column.name in columns and pa.types.is_dictionary(column.type):
            table = table.set_column(index, column.name, table[column.name].cast(pa.large_string()))
    return table


def derive(
    folder: Path,
    arrangement: Arrangement,
    tables: dict[str, int],
    generation: int,
    dictionaries: Dictionaries,
    old: Manifest | None,
    log: Log,
    touched: set[int] | None,
    progress: Progress | None = None,
) -> str:
    """Make the partitions that are touched (None: all) and a manifest that names old and new ones; its file name.

    The result is not valid before the head names it.
    """
    target = folder / "journeys" / arrangement
    target.mkdir(parents=True, exist_ok=True)
    wanted = sorted(range(BUCKETS) if touched is None else touched)
    partitions = {} if old is None or touched is None else dict(old.partitions)

    def make(bucket: int) -> tuple[int, str, PartitionFacts] | None:
        rows = log.rows(bucket, dictionaries)
        if rows is None:
            return None
        journeys, facts = build(rows, dictionaries, arrangement)
        name = f"{generation:08d}-{bucket:02d}.arrow"
        write_journeys(journeys, target / name)
        return bucket, name, facts

    for done, made in enumerate(in_order(make, wanted, threads_available())):
        if made is not None:
            partitions[made[0]] = (made[1], made[2])
        if progress is not None:
            progress(JOURNEYS, done + 1, len(wanted))
    name = f"manifest-{generation:08d}.json"
    told = sum(file.rows for file in log.files["feedback"])
    quantities = tuple(sorted(dictionaries.quantities))
    write_manifest(
        Manifest(arrangement, generation, tables, told, partitions, log.people, log.max_links, quantities),
        target / name,
    )
    return name
