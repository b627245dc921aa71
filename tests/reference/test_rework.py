"""Rework in two public logs, as PM4Py defines it: the number of cases with at least two occurrences of an activity.

Origin: statistics/rework/pandas/get.py of PM4Py 2.7 for the definition; the numbers are counted from its sample logs
running-example and receipt (van der Aalst; CoSeLoG project, 4TU.ResearchData).
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from tests.helpers import make_workspace


def rework(folder: Path, log: Path) -> dict[str, int]:
    text = (gzip.decompress(log.read_bytes()) if log.suffix == ".gz" else log.read_bytes()).decode("utf-8")
    events = [
        {"customer_id": row["case:concept:name"], "time": row["time:timestamp"], "activity": row["concept:name"]}
        for row in csv.DictReader(text.splitlines())
    ]
    result = make_workspace(folder / "ws", events).ask("rework").result
    return {row.step: row.repeated for row in result.steps if row.repeated}


@pytest.mark.real_data
def test_running_example(tmp_path: Path, shared_data: Path) -> None:
    assert rework(tmp_path, shared_data / "running_example" / "running-example.csv") == {
        "check ticket": 2,
        "decide": 2,
        "examine casually": 1,
        "reinitiate request": 1,
    }


@pytest.mark.real_data
def test_receipt(tmp_path: Path, shared_data: Path) -> None:
    told = rework(tmp_path, shared_data / "receipt_coselog" / "receipt.csv.gz")
    assert {name.split()[0]: count for name, count in list(told.items())[:3]} == {"T06": 59, "T02": 35, "T03": 11}
