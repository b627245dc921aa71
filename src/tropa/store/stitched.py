"""The log with customers in place of identifiers, where links between identifiers were told.

A copy of each log file, clustered by the customer, kept as long as the links stay the same. Without links there is
no copy: an identifier is a customer.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.store.derive import TABLES, Log
from tropa.store.identity import stitch
from tropa.store.log import BUCKET, LogFile, describe_file, list_files, write_clustered

IDENTITIES = "identities"
PEOPLE = (IDENTITIES, "customers")
"""Tables that decide who is who."""


def stitched_log(folder: Path, tables: Mapping[str, int], max_links: int) -> Log:
    """Files of the log as of these versions, by customer."""
    files = {name: list_files(folder, name, tables.get(name)) for name in TABLES}
    version = tables.get(IDENTITIES)
    target = _folder(folder, tables, max_links)
    if version is None or target is None:
        return Log(files)
    customers = _customers(folder, target, version, files["customers"], max_links)
    if customers.is_empty():
        return Log(files)
    return Log({name: [_copy(file, target / name, customers) for file in files[name]] for name in TABLES})


def same_people(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether the customers of two states of the log are made of the same identifiers.

    Where links were told, the table of customers matters too: it says who is a customer in their own right.
    """
    names = (IDENTITIES,) if one.get(IDENTITIES) is None and other.get(IDENTITIES) is None else PEOPLE
    return all(one.get(name) == other.get(name) for name in names)


def _folder(folder: Path, tables: Mapping[str, int], max_links: int) -> Path | None:
    """Where the copies for these links are; None without links."""
    if tables.get(IDENTITIES) is None:
        return None
    versions = "-".join(f"{tables.get(name, -1) + 1:08d}" for name in PEOPLE)
    return folder / "journeys" / f"stitched-{versions}-{max_links}"


def customer_of(folder: Path, tables: Mapping[str, int], max_links: int, identifier: str) -> str:
    """The customer that an identifier was stitched into, by the journeys derived last; else the identifier itself."""
    target = _folder(folder, tables, max_links)
    path = None if target is None else target / "customers.parquet"
    if path is None or not path.exists():
        return identifier
    found = pl.scan_parquet(path).filter(pl.col("identifier") == identifier).collect()
    return str(found["customer"][0]) if len(found) else identifier


def refused(folder: Path, tables: Mapping[str, int], max_links: int) -> list[tuple[str, int, str]]:
    """Identifiers that were not used because they would glue strangers together: identifier, links, reason."""
    target = _folder(folder, tables, max_links)
    path = None if target is None else target / "refused.parquet"
    return pl.read_parquet(path).rows() if path is not None and path.exists() else []


def sweep(folder: Path, tables: Mapping[str, int], max_links: int) -> None:
    """Remove copies made for links that are no longer the valid ones."""
    valid = _folder(folder, tables, max_links)
    for path in (folder / "journeys").glob("stitched-*"):
        if path != valid:
            shutil.rmtree(path, ignore_errors=True)


def _customers(folder: Path, target: Path, version: int, known: list[LogFile], max_links: int) -> pl.DataFrame:
    """Identifier -> customer, only where the two differ."""
    path = target / "customers.parquet"
    if path.exists():
        return pl.read_parquet(path)
    edges = pl.concat([pl.read_parquet(file.path) for file in list_files(folder, IDENTITIES, version)])
    strong = pl.concat([pl.read_parquet(file.path)["customer_id"] for file in known]) if known else None
    who = stitch(edges.select("identifier_a", "identifier_b"), strong, max_links)
    target.mkdir(parents=True, exist_ok=True)
    who.refused.write_parquet(target / "refused.parquet")
    customers = who.customers.filter(pl.col("identifier") != pl.col("customer"))
    fresh = path.with_suffix(".new")
    customers.write_parquet(fresh)
    fresh.replace(path)
    return customers


def _copy(file: LogFile, target: Path, customers: pl.DataFrame) -> LogFile:
    copy = target / file.path.name
    if not copy.exists():
        target.mkdir(parents=True, exist_ok=True)
        rows = pq.read_table(file.path).drop([BUCKET])
        index = rows.schema.get_field_index("customer_id")
        rows = rows.set_column(index, "customer_id", _mapped(rows["customer_id"], customers))
        fresh = copy.with_suffix(".new")
        write_clustered(fresh, rows, "customer_id")
        fresh.replace(copy)
    return describe_file(copy)


def _mapped(identifiers: pa.ChunkedArray, customers: pl.DataFrame) -> pa.LargeStringArray:
    names = identifiers.cast(pa.large_string()).combine_chunks()
    index = pc.index_in(names, pa.array(customers["identifier"].to_list(), pa.large_string()))
    named = pa.array(customers["customer"].to_list(), pa.large_string()).take(index)
    return pc.coalesce(named, names)
