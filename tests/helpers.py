"""Small workspaces written by hand, for tests that count their answers by hand."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from tropa.contract.filters import split_texts
from tropa.cx.columns import Kind
from tropa.store.loading import Batch, Incoming
from tropa.workspace.checked import checked
from tropa.workspace.find import FindParams
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

Row = Mapping[str, Any]

MOMENTS = ("time", "ended_at", "promised_at")
NUMBERS = ("value", "score")
NO_LINKS = pl.DataFrame(schema={"identifier_a": pl.String, "identifier_b": pl.String})
_numbers = itertools.count()


def make_workspace(
    folder: Path,
    events: Sequence[Row] = (),
    feedback: Sequence[Row] = (),
    customers: Sequence[Row] = (),
    map_text: str | None = None,
    settings: Settings | None = None,
) -> Workspace:
    """A workspace with these rows and this map in it.

    Rows are dictionaries by canonical column (other columns are attributes); a key that a row lacks is absent there.
    Times are ISO 8601 texts; without an offset they are in UTC.

    >>> make_workspace(tmp_path / "ws", [{"customer_id": "a", "time": "2026-01-01T10:00", "activity": "visit"}])
    """
    workspace = Workspace.create(folder, settings)
    load_rows(workspace, events, feedback, customers)
    if map_text is not None:
        workspace.documents.save_map(map_text)
    return workspace


def load_rows(
    workspace: Workspace, events: Sequence[Row] = (), feedback: Sequence[Row] = (), customers: Sequence[Row] = ()
) -> None:
    """Take rows into a workspace, each kind as one file of its own."""
    tables: tuple[tuple[Kind, Sequence[Row]], ...] = (
        ("events", events),
        ("feedback", feedback),
        ("customers", customers),
    )
    workspace.store.load([_incoming(kind, rows) for kind, rows in tables if rows])


def event_rows(journeys: Mapping[str, str], start: str = "2026-01-01T00:00:00") -> list[Row]:
    """Events in short: customer -> `activity@minutes` separated by blanks; `!` after the activity: it failed.

    >>> event_rows({"a": "visit@0 pay!@5 pay@7"})
    """
    begin = _moment(start)
    rows: list[Row] = []
    for customer, story in journeys.items():
        for step in story.split():
            activity, minutes = step.split("@")
            moment = begin + dt.timedelta(minutes=float(minutes))
            row = {"customer_id": customer, "time": moment.isoformat(), "activity": activity.rstrip("!")}
            rows.append(row | ({"status": "failed"} if activity.endswith("!") else {}))
    return rows


def _incoming(kind: Kind, rows: Sequence[Row]) -> Incoming:
    table = _table(rows)

    def batches() -> Iterable[Batch]:
        return [Batch(table, NO_LINKS, pl.DataFrame(), len(table))]

    return Incoming(f"{kind}.csv", f"by hand {next(_numbers)}", kind, batches)


def _table(rows: Sequence[Row]) -> pl.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return pl.DataFrame([_column(name, values) for name, values in columns.items()])


def _column(name: str, values: list[Any]) -> pl.Series:
    if name in MOMENTS:
        moments = [None if value is None else _moment(str(value)) for value in values]
        return pl.Series(name, moments, pl.Datetime("us", "UTC"))
    if name in NUMBERS:
        return pl.Series(name, values, pl.Float64, strict=False)
    return pl.Series(name, [None if value is None else str(value) for value in values], pl.String)


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def asked_for(values: dict[str, Any]) -> FindParams:
    """Parameters of find as the command line makes them."""
    return checked("find", FindParams, split_texts(FindParams, values))
