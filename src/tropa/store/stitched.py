"""The log with customers in place of identifiers, where links between identifiers were told.

A copy of each log file, clustered by the customer, kept as long as the same identifiers make the same customers.
Without links there is no copy: an identifier is a customer.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.cx.columns import FALLBACK
from tropa.store.derive import TABLES, Log
from tropa.store.identity import stitch
from tropa.store.log import BUCKET, ROW, LogFile, describe_file, list_files, write_clustered

IDENTITIES = "identities"
PEOPLE = "people.json"
"""Which customers were made of which state of the log, so that a second arrangement need not make them again."""


def stitched_log(folder: Path, tables: Mapping[str, int], max_links: int) -> Log:
    """Files of the log as of these versions, by customer."""
    files: dict[str, list[LogFile]] = {name: list_files(folder, name, tables.get(name)) for name in TABLES}
    if tables.get(IDENTITIES) is None:
        return Log(files, max_links=max_links)
    people = _people(folder, tables, files, max_links)
    if not people:
        return Log(files, max_links=max_links)
    target = _folder(folder, people)
    customers = pl.read_parquet(target / "customers.parquet")
    copies: dict[str, list[LogFile]] = {
        name: [_copy(file, target / name, customers) for file in files[name]] for name in TABLES
    }
    return Log(copies, people, max_links)


def customer_of(folder: Path, people: str, identifier: str) -> str:
    """The customer that an identifier was stitched into; else the identifier itself.

    Args:
        folder: of the workspace.
        people: names the customers, see `Log.people`.
        identifier: any one of the customer's.
    """
    path = _folder(folder, people) / "customers.parquet"
    if not path.exists():
        return identifier
    found = pl.scan_parquet(path).filter(pl.col("identifier") == identifier).collect()
    return str(found["customer"][0]) if len(found) else identifier


def refused(folder: Path, people: str) -> list[tuple[str, int, str]]:
    """Identifiers that were not used because they would glue strangers together: identifier, links, reason."""
    path = _folder(folder, people) / "refused.parquet"
    return pl.read_parquet(path).rows() if path.exists() else []


def forget_people(folder: Path) -> None:
    """Forget who is who: versions of the log will come again that mean something else."""
    (folder / "journeys" / PEOPLE).unlink(missing_ok=True)


def sweep(folder: Path, people: str) -> None:
    """Remove copies made for customers that are no longer the valid ones."""
    for path in (folder / "journeys").glob("stitched-*"):
        if path != _folder(folder, people):
            shutil.rmtree(path, ignore_errors=True)


def _folder(folder: Path, people: str) -> Path:
    return folder / "journeys" / f"stitched-{people or 'none'}"


def _people(folder: Path, tables: Mapping[str, int], files: Mapping[str, list[LogFile]], max_links: int) -> str:
    """Stitch, and keep who is who: the name of the result; an empty one where every identifier is a customer."""
    memo = folder / "journeys" / PEOPLE
    state = {"tables": dict(tables), "max_links": max_links}
    try:
        known = json.loads(memo.read_text("utf-8"))
        if known["state"] == state and (_folder(folder, known["people"]) / "customers.parquet").exists():
            return str(known["people"])
    except (OSError, ValueError, TypeError, KeyError):
        pass  # lost or torn: made anew
    edges = pl.concat([pl.read_parquet(file.path) for file in list_files(folder, IDENTITIES, tables[IDENTITIES])])
    edges = edges.select("identifier_a", "identifier_b")
    who = stitch(edges, strong_identifiers(edges, files), max_links)
    customers = who.customers.filter(pl.col("identifier") != pl.col("customer"))
    people = _digest(customers)
    target = _folder(folder, people)
    target.mkdir(parents=True, exist_ok=True)
    for name, frame in (("refused", who.refused), ("customers", customers)):
        fresh = target / f"{name}.new"
        frame.write_parquet(fresh)
        fresh.replace(target / f"{name}.parquet")
    memo.write_text(json.dumps({"state": state, "people": people}), "utf-8")
    return people


def strong_identifiers(edges: pl.DataFrame, files: Mapping[str, list[LogFile]]) -> pl.Series:
    """Identifiers of the links that name a customer in their own right.

    Those of the table of customers do. Those that stand as `customer_id` in events and feedback do too, but not where
    they are linked to one of that table: then they are the identifiers of a customer who has a name already (a log of a
    site, say, whose `customer_id` is a cookie).
    """
    names = pl.concat([edges["identifier_a"], edges["identifier_b"]]).drop_nulls().unique()
    listed = _named(files["customers"], names)
    acting = _named([*files["events"], *files["feedback"]], names)
    a, b = pl.col("identifier_a"), pl.col("identifier_b")
    known = listed.implode()
    theirs = pl.concat(
        [edges.filter(a.is_in(known))["identifier_b"], edges.filter(b.is_in(known))["identifier_a"]]
    ).drop_nulls()
    return pl.concat([listed, acting.filter(~acting.is_in(theirs.implode()))]).unique()


def _named(files: list[LogFile], names: pl.Series) -> pl.Series:
    """Those of the names that stand as `customer_id` in the files, and not in place of one."""
    wanted = names.alias("customer_id").to_frame().lazy()
    found = [pl.Series("customer_id", [], dtype=pl.String)]
    for file in files:
        rows = pl.scan_parquet(file.path)
        if FALLBACK in rows.collect_schema():
            rows = rows.filter(~pl.col(FALLBACK).fill_null(False))
        told = rows.select(pl.col("customer_id").cast(pl.String)).unique()
        found.append(told.join(wanted, on="customer_id", how="semi").collect()["customer_id"])
    return pl.concat(found).unique()


def _digest(customers: pl.DataFrame) -> str:
    """Name of a table of customers: the same for the same customers; none for an empty one."""
    if customers.is_empty():
        return ""
    digest = hashlib.blake2b(digest_size=8)
    for name in ("identifier", "customer"):
        digest.update("\x00".join(customers[name].to_list()).encode())
        digest.update(b"\x01")
    return digest.hexdigest()


def _copy(file: LogFile, target: Path, customers: pl.DataFrame) -> LogFile:
    copy = target / file.path.name
    if not copy.exists():
        target.mkdir(parents=True, exist_ok=True)
        rows = pq.read_table(file.path).drop([BUCKET])
        if ROW in rows.column_names:
            # Rows of customers made one come from several buckets: first back into the order in which they were told.
            rows = rows.sort_by(ROW).drop([ROW])
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
