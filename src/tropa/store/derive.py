"""Journeys derived from the log, partition by partition; only partitions that new rows touch are made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import pyarrow as pa

from tropa.cx.columns import ATTRIBUTE, coded_name
from tropa.engine.fold import in_order, threads_available
from tropa.engine.journeys import Journeys, open_journeys, write_journeys
from tropa.engine.sketch import BUCKETS as SKETCH_BUCKETS
from tropa.engine.sketch import quantile
from tropa.store.dictionaries import Dictionaries
from tropa.store.log import BUCKET, BUCKETS, LogFile, read_bucket
from tropa.store.partition import Arrangement, PartitionFacts, Rows, build

Progress = Callable[[str, int, int], None]

TABLES = ("events", "feedback", "customers")
IDLE_SHARE = 0.95


@dataclass(frozen=True, eq=False)
class Manifest:
    """What journeys there are for one arrangement, and which rows of the log they hold.

    Attributes:
        arrangement: customer or case.
        generation: of the head up to which the log was read.
        tables: version of each table that was read.
        partitions: bucket -> file name and facts.
        journeys: bucket -> the mapped file. All are mapped together with the manifest: a file that a later writer
            removes stays readable for whoever has it mapped, so an answer never mixes two states.
    """

    arrangement: Arrangement
    generation: int
    tables: dict[str, int]
    partitions: dict[int, tuple[str, PartitionFacts]]
    journeys: Mapping[int, Journeys] = field(default_factory=dict, repr=False)

    def total(self, name: str) -> int:
        return sum(int(getattr(facts, name)) for _, facts in self.partitions.values())

    @property
    def first_us(self) -> int | None:
        return min((facts.first_us for _, facts in self.partitions.values()), default=None)

    @property
    def last_us(self) -> int | None:
        return max((facts.last_us for _, facts in self.partitions.values()), default=None)

    @property
    def idle_us(self) -> int | None:
        """Gap that 95 % of the gaps between neighbouring events stay below."""
        counts = np.zeros(SKETCH_BUCKETS, dtype=np.int64)
        for _, facts in self.partitions.values():
            for bucket, count in facts.gaps.items():
                counts[bucket] += count
        milliseconds = quantile(counts, IDLE_SHARE).value
        return None if milliseconds is None else int(milliseconds * 1000)


def open_manifest(folder: Path, arrangement: Arrangement, name: str, known: Manifest | None = None) -> Manifest | None:
    """A manifest with its partitions mapped; None where any of it is missing or torn, so that it has to be made anew.

    Args:
        folder: of the workspace.
        arrangement: customer or case.
        name: file of the manifest.
        known: an earlier manifest, whose mapped files are used again.
    """
    target = folder / "journeys" / arrangement
    try:
        saved = json.loads((target / name).read_text("utf-8"))
        partitions = {
            int(bucket): (file, PartitionFacts(**facts | {"gaps": {int(k): v for k, v in facts["gaps"].items()}}))
            for bucket, (file, facts) in saved["partitions"].items()
        }
        mapped = {} if known is None else {known.partitions[bucket][0]: part for bucket, part in known.journeys.items()}
        journeys = {
            bucket: mapped[file] if file in mapped else open_journeys(target / file)
            for bucket, (file, _) in partitions.items()
        }
        return Manifest(saved["arrangement"], saved["generation"], saved["tables"], partitions, journeys)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        # Arrow's errors of a torn file are ValueErrors.
        return None


def _write_manifest(manifest: Manifest, path: Path) -> None:
    # Not `asdict`: it would copy every count of every partition one by one.
    partitions = {
        bucket: (file, {part.name: getattr(facts, part.name) for part in fields(facts)})
        for bucket, (file, facts) in manifest.partitions.items()
    }
    saved = {
        "arrangement": manifest.arrangement,
        "generation": manifest.generation,
        "tables": manifest.tables,
        "partitions": partitions,
    }
    path.write_text(json.dumps(saved), "utf-8")


@dataclass(frozen=True, slots=True)
class Log:
    """Files of the log as of the head, by table."""

    files: Mapping[str, list[LogFile]]

    def touched(self, after: int) -> set[int]:
        """Buckets of rows told in generations later than `after`."""
        fresh = (file for files in self.files.values() for file in files if file.generation > after)
        return {bucket for file in fresh for bucket in file.touched()}

    def rows(self, bucket: int, dictionaries: Dictionaries) -> Rows | None:
        """All rows of a bucket, or None where it has no events."""
        tables = {name: _bucket_table(self.files[name], bucket, dictionaries) for name in TABLES}
        events = tables["events"]
        return None if events is None else Rows(events, tables["feedback"], tables["customers"])


UNREAD = ("event_id", BUCKET)


def _bucket_table(files: list[LogFile], bucket: int, dictionaries: Dictionaries) -> pa.Table | None:
    skipped = {*UNREAD, *(name.removeprefix(ATTRIBUTE) for name in dictionaries.wide)}
    tables = list(read_bucket(files, bucket, skipped))
    if not tables:
        return None
    table = pa.concat_tables(tables, promote_options="permissive")
    return table.rename_columns([coded_name(name) for name in table.column_names])


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
            progress("journeys", done + 1, len(wanted))
    name = f"manifest-{generation:08d}.json"
    _write_manifest(Manifest(arrangement, generation, tables, partitions), target / name)
    return name
