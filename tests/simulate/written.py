"""A simulated company as it lies in its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl


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
