"""Retention and lifecycle: the numbers of other products' own tests.

PostHog: `test_day_interval` and `test_month_interval` of
posthog/hogql_queries/insights/test/test_retention_query_runner.py in PostHog/posthog. There a person belongs to the
cohort of every period with a start (`entry=every`), and their window reaches beyond the last event; here an event of
somebody else stands at its end.

Retentioneering: tests/datasets/tooling/cohorts/input_1.csv and 01_matrix_MM.csv (months by months) of branch 3.x of
retentioneering/retentioneering-tools.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import make_workspace

from tropa.analyses.retention import Retention


def visits(lives: dict[str, list[str]], until: str) -> list[dict[str, str]]:
    told = [
        {"customer_id": who, "time": f"{day}T05:00", "activity": "visit"} for who, days in lives.items() for day in days
    ]
    return [*told, {"customer_id": "nobody", "time": f"{until}T00:00", "activity": "end of watching"}]


def counts(result: Retention) -> dict[str, list[int | None]]:
    return {cohort.begins: [cell.returned for cell in cohort.returns] for cohort in result.cohorts}


def test_posthog_days(tmp_path: Path) -> None:
    lives = {
        "person1": [f"2020-06-{day}" for day in (10, 11, 12, 15, 15, 16)],
        "person2": [f"2020-06-{day}" for day in (11, 12, 13, 16)],
    }
    workspace = make_workspace(tmp_path / "ws", visits(lives, "2020-06-21"))
    result = workspace.ask(
        "retention", period="day", periods=10, entry="every", starting="visit", returning="visit"
    ).result
    assert counts(result) == {
        "2020-06-10": [1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0],
        "2020-06-11": [2, 2, 1, 0, 1, 2, 0, 0, 0, 0, None],
        "2020-06-12": [2, 1, 0, 1, 2, 0, 0, 0, 0, None],
        "2020-06-13": [1, 0, 0, 1, 0, 0, 0, 0, None],
        "2020-06-15": [1, 1, 0, 0, 0, 0, None],
        "2020-06-16": [2, 0, 0, 0, 0, None],
    }


def test_posthog_months(tmp_path: Path) -> None:
    lives = {
        "person1": [f"2020-{month:02}-10" for month in (1, 2, 3, 5, 6, 9)],
        "person2": [f"2020-{month:02}-10" for month in (1, 2, 3, 6, 7, 11)],
    }
    workspace = make_workspace(tmp_path / "ws", visits(lives, "2020-12-01"))
    result = workspace.ask(
        "retention", period="month", periods=10, entry="every", starting="visit", returning="visit"
    ).result
    assert counts(result) == {
        "2020-01-01": [2, 2, 2, 0, 1, 2, 1, 0, 1, 0, 1],
        "2020-02-01": [2, 2, 0, 1, 2, 1, 0, 1, 0, 1, None],
        "2020-03-01": [2, 0, 1, 2, 1, 0, 1, 0, 1, None],
        "2020-05-01": [1, 1, 0, 0, 1, 0, 0, None],
        "2020-06-01": [2, 1, 0, 1, 0, 1, None],
        "2020-07-01": [1, 0, 0, 0, 1, None],
        "2020-09-01": [1, 0, 0, None],
        "2020-11-01": [1, None],
    }


def test_retentioneering_months(tmp_path: Path) -> None:
    lives = {
        "1": ["2021-12-28", "2022-01-03", "2022-01-13", "2022-02-03"],
        "2": ["2021-12-28", "2022-01-04", "2022-01-15", "2022-02-04", "2022-04-04"],
        "3": ["2022-01-05", "2022-02-05", "2022-04-05"],
        "4": ["2022-01-06", "2022-02-06"],
        "5": ["2022-01-07", "2022-02-07"],
        "6": ["2022-01-08", "2022-02-08"],
        "7": ["2022-02-06", "2022-03-06"],
        "8": ["2022-02-07", "2022-04-07"],
        "9": ["2022-02-08", "2022-03-08"],
        "10": ["2022-03-03", "2022-04-03"],
    }
    workspace = make_workspace(tmp_path / "ws", visits(lives, "2022-05-01"))
    result = workspace.ask("retention", period="month", starting="visit", returning="visit").result
    shares = {row.begins: [cell.share for cell in row.returns if cell.share is not None] for row in result.cohorts}
    # Their file leaves a cell without anybody empty.
    assert shares == {
        "2021-12-01": [1, 1, 1, 0, 0.5],
        "2022-01-01": [1, 1, 0, 0.25],
        "2022-02-01": [1, pytest.approx(0.666667, abs=1e-6), pytest.approx(0.333333, abs=1e-6)],
        "2022-03-01": [1, 1],
    }
