"""A simulated company as it lies in its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tropa.cx.map_file import parse_map


@dataclass(frozen=True)
class Written:
    """The folder, what `simulate` said of it, and its files as text."""

    folder: Path
    report: dict[str, Any]
    events: pl.DataFrame
    feedback: pl.DataFrame
    customers: pl.DataFrame
    truth: dict[str, Any]


def read(folder: Path, report: dict[str, Any]) -> Written:
    """Reads a company back, every column as text."""
    events, feedback, customers = (
        pl.read_csv(folder / f"{name}.csv", infer_schema=False) for name in ("events", "feedback", "customers")
    )
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return Written(folder, report, events, feedback, customers, truth)


def with_journeys(written: Written) -> pl.DataFrame:
    """The events with `moment` and with the `journey` they belong to: by case, by customer, or by long pauses."""
    unit = parse_map((written.folder / "map.yaml").read_text(encoding="utf-8")).unit
    moment = pl.col("time").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S")
    events = written.events.with_columns(moment=moment)
    owner = pl.col("case_id" if unit == "case" else "customer_id")
    if unit != "session":
        return events.with_columns(journey=owner)
    pause = (pl.col("moment").diff().over(owner) > pl.duration(hours=3)).fill_null(False)
    return events.with_columns(journey=pl.format("{}/{}", owner, pause.cum_sum().over(owner)))
