"""Events of one moment: which came first."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = ("asked", "measured", "signed", "paid", "mounted")


def company(seed: int, customers: int = 300, same: float = 0.5) -> list[tuple[str, int, str]]:
    """Journeys in minutes; often signed and paid in one of them."""
    draw = random.Random(seed)
    rows = []
    for number in range(customers):
        minute = draw.randrange(100_000)
        for step in STEPS[: draw.randint(2, len(STEPS))]:
            rows.append((f"c{number}", minute, step))
            if step != "signed" or draw.random() >= same:
                minute += draw.randint(1, 3_000)
    return rows


def csv(rows: list[tuple[str, int, str]], second: int = 0) -> str:
    lines = [
        f"{customer},{NEW_YEAR + timedelta(minutes=minute, seconds=second * index % 60)},{step}\n"
        for index, (customer, minute, step) in enumerate(rows)
    ]
    return "customer_id,time,activity\n" + "".join(lines)


def orders(rows: Any) -> set[tuple[str, ...]]:
    """The journeys as they are told: at one time in the order of the rows."""
    told = rows.sort("time", maintain_order=True).group_by("customer_id", maintain_order=True).agg("activity")
    return {tuple(steps) for steps in told["activity"].to_list()}


USUAL = {STEPS[:length] for length in range(2, len(STEPS) + 1)}


@pytest.mark.parametrize("seed", range(5))
def test_rows_in_no_order_are_put_in_the_usual_one(load: Callable[..., Any], seed: int) -> None:
    rows = company(seed)
    random.Random(seed).shuffle(rows)
    got = load("a.csv", csv(rows))
    assert got.rows.height == len(rows)
    assert orders(got.rows) == USUAL
    assert "no order" in " ".join(got.notes)


@pytest.mark.parametrize("customers", [300, 9_000])
def test_newest_first_is_turned_round(load: Callable[..., Any], customers: int) -> None:
    rows = sorted(company(1, customers), key=lambda row: row[1])
    got = load("a.csv", csv(rows[::-1]))
    # Two portions of a larger file: at the seam a moment may be cut.
    assert orders(got.rows) >= USUAL and len(orders(got.rows)) <= len(USUAL) + (customers > 1_000)
    assert sum("newest rows come first" in note for note in got.notes) == 1


def test_rows_in_order_are_left_as_they_are(load: Callable[..., Any]) -> None:
    # Against the usual order, but told so by a file that is in order.
    rows = [*company(2), ("z", 5, "paid"), ("z", 5, "signed")]
    for told in (rows, sorted(rows, key=lambda row: row[1])):
        got = load("a.csv", csv(told))
        assert got.rows["activity"].to_list() == [step for _, _, step in told]
        assert ("paid", "signed") in orders(got.rows)
        assert not got.notes


def test_a_customer_whose_rows_lie_far_apart(load: Callable[..., Any]) -> None:
    """In a file of several portions rows of one moment lie in different ones."""
    rows = company(3, customers=12_000)
    random.Random(3).shuffle(rows)
    assert orders(load("a.csv", csv(rows)).rows) == USUAL


def test_times_to_the_second_are_left(load: Callable[..., Any]) -> None:
    rows = company(4)
    random.Random(4).shuffle(rows)
    told = csv(rows, second=7)
    assert not load("a.csv", told).notes
