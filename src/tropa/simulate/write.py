"""Writes the files of a simulated company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from tropa.simulate.clock import OFFSET

TIME_FORMAT = f"%Y-%m-%dT%H:%M:%S{OFFSET}"
EVENT_COLUMNS = (
    "event_id",
    "time",
    "activity",
    "customer_id",
    "case_id",
    "channel",
    "actor",
    "performer",
    "ended_at",
    "promised_at",
    "status",
    "value",
)
FEEDBACK_COLUMNS = ("time", "customer_id", "case_id", "kind", "score", "text", "channel", "activity")


def ordered(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The columns of the contract that the company has, in their order, then its own."""
    return frame.select(*(name for name in columns if name in frame.columns), pl.exclude(columns))


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as the text that the CSV file would hold."""
    return frame.with_columns(
        pl.col(name).dt.to_string(TIME_FORMAT) if kind.is_temporal() else pl.col(name).cast(pl.String)
        for name, kind in frame.schema.items()
    )


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """A CSV file with local times and their offset."""
    frame.write_csv(path, datetime_format=TIME_FORMAT)


def write_json(document: dict[str, Any], path: Path) -> None:
    """A JSON file that people can read."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
