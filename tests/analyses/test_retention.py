"""Return by cohort: counted by hand, and against plain Python on random lives."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import make_workspace

from tropa.analyses.retention import Retention
from tropa.errors import TropaError
from tropa.stats.intervals import wilson

START = dt.date(2026, 1, 5)
"""A Monday."""


def rows(lives: dict[str, list[tuple[int, str]]]) -> list[dict[str, str]]:
    """Events from customer -> (day, activity)."""
    return [
        {"customer_id": customer, "time": f"{START + dt.timedelta(days=day)}T12:00", "activity": activity}
        for customer, life in lives.items()
        for day, activity in life
    ]


def table(result: Retention) -> dict[str, list[int | None]]:
    return {cohort.begins: [cell.returned for cell in cohort.returns] for cohort in result.cohorts}


LIVES = {
    "a": [(0, "visit"), (1, "buy"), (3, "buy")],
    "b": [(0, "visit"), (0, "buy")],
    "c": [(1, "visit"), (2, "visit")],
    "d": [(3, "visit")],
    "end": [(4, "other")],
}


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    workspace = make_workspace(tmp_path / "ws", rows(LIVES))
    return lambda **params: workspace.ask("retention", **params).result


def test_days_by_hand(ask: Any) -> None:
    result = ask(period="day")
    assert table(result) == {
        # Day 4 is not over when the last event comes, so what would fall in it is unknown.
        "2026-01-05": [2, 1, 0, 1, None],
        "2026-01-06": [1, 1, 0, None],
        "2026-01-08": [1, None],
        "2026-01-09": [1],
    }
    assert [cohort.complete for cohort in result.cohorts] == [True, True, True, False]
    assert result.customers == 5
    first = result.cohorts[0].returns[1]
    assert (first.n, first.share, first.share_low, first.share_high) == (2, 0.5, wilson(1, 2).low, wilson(1, 2).high)


def test_the_curve_adds_up_only_cohorts_that_were_watched_so_long(ask: Any) -> None:
    curve = ask(period="day").curve
    assert [(cell.after, cell.n, cell.returned) for cell in curve] == [
        ("0", 5, 5),
        ("1", 3, 2),
        ("2", 3, 0),
        ("3", 2, 1),
        ("4", 0, 0),
    ]
    assert curve[4].share is None


def test_unbounded_counts_every_later_return(ask: Any) -> None:
    assert table(ask(period="day", kind="unbounded"))["2026-01-05"] == [2, 1, 1, 1, None]


def test_start_and_return_by_name(ask: Any) -> None:
    assert table(ask(period="day", starting="visit", returning="buy")) == {
        "2026-01-05": [2, 1, 0, 1, None],
        "2026-01-06": [1, 0, 0, None],
        "2026-01-08": [1, None],
    }


def test_every_start_makes_a_cohort(ask: Any) -> None:
    assert table(ask(period="day", starting="visit", entry="every"))["2026-01-07"] == [1, 0, None]


def test_weeks_begin_on_monday_and_months_on_the_first(tmp_path: Path) -> None:
    lives = {"a": [(-1, "x"), (0, "x"), (6, "x")], "b": [(7, "x")], "c": [(27, "x")]}
    workspace = make_workspace(tmp_path / "ws", rows(lives))
    assert table(workspace.ask("retention", period="week").result) == {
        "2025-12-29": [1, 1, 0, 0, None],
        "2026-01-12": [1, 0, None],
        "2026-01-26": [1],
    }
    assert table(workspace.ask("retention", period="month").result) == {"2026-01-01": [2, None], "2026-02-01": [1]}


def test_journeys_of_one_customer_are_one_customer(tmp_path: Path) -> None:
    events = [
        {"customer_id": "a", "case_id": "1", "time": "2026-01-05T10:00", "activity": "x"},
        {"customer_id": "a", "case_id": "2", "time": "2026-01-06T10:00", "activity": "x"},
        {"customer_id": "b", "case_id": "3", "time": "2026-01-07T10:00", "activity": "x"},
    ]
    workspace = make_workspace(tmp_path / "ws", events)
    for unit in ("customer", "case", "session"):
        result = workspace.ask("retention", period="day", unit=unit).result
        assert (result.customers, table(result)["2026-01-05"]) == (2, [1, 1, None])


def test_an_unknown_name_is_refused_with_a_hint(ask: Any) -> None:
    with pytest.raises(TropaError) as caught:
        ask(starting="vist")
    assert caught.value.kind == "usage"
    assert "visit" in caught.value.hint


def test_too_many_periods_are_refused(tmp_path: Path) -> None:
    events = [
        {"customer_id": "a", "time": "1970-01-05T10:00", "activity": "x"},
        {"customer_id": "a", "time": "2026-01-05T10:00", "activity": "x"},
    ]
    with pytest.raises(TropaError, match="1970-01-05"):
        make_workspace(tmp_path / "ws", events).ask("retention", period="day")


@pytest.mark.parametrize("seed", range(4))
def test_against_plain_python(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lives = {
        f"c{number}": [(chance.randrange(40), chance.choice("xyz")) for _ in range(chance.randint(1, 8))]
        for number in range(60)
    }
    last = max(day for life in lives.values() for day, _ in life)
    workspace = make_workspace(tmp_path / "ws", rows(lives))
    for kind in ("bounded", "unbounded"):
        for entry in ("first", "every"):
            result = workspace.ask(
                "retention", period="day", periods=50, kind=kind, entry=entry, starting="x", returning="y"
            ).result
            expected: dict[str, list[int | None]] = {}
            for cohort in range(last + 1):
                starts = {
                    customer: sorted({day for day, activity in life if activity == "x"})
                    for customer, life in lives.items()
                }
                members = [
                    customer
                    for customer, days in starts.items()
                    if (cohort in days if entry == "every" else days[:1] == [cohort])
                ]
                if not members:
                    continue
                first_day = min(day for life in lives.values() for day, _ in life)
                row: list[int | None] = [len(members)]
                for later in range(1, last - cohort + 1):
                    back = [
                        any(
                            activity == "y"
                            and (day >= cohort + later if kind == "unbounded" else day == cohort + later)
                            for day, activity in lives[customer]
                        )
                        for customer in members
                    ]
                    row.append(sum(back) if cohort + later < last else None)
                assert first_day <= cohort
                expected[str(START + dt.timedelta(days=cohort))] = row
            assert table(result) == expected
