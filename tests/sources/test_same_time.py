"""Events of one moment: which came first."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tropa.sources.model import UTC_US, Chunk, empty_identities, empty_rejects
from tropa.sources.same_time import _TURNED, in_order, steps_of
from tropa.store.loading import Batch, Incoming
from tropa.workspace.workspace import Workspace

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
    assert orders(got.rows) == USUAL
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


def portions(rows: list[tuple[str, int, str]], *ends: int, ids: list[str] | None = None) -> list[Chunk]:
    """Rows of customer, minute and activity as a file of several portions brings them."""
    frame = pl.DataFrame(
        {
            "customer_id": [row[0] for row in rows],
            "time": [NEW_YEAR + timedelta(minutes=row[1]) for row in rows],
            "activity": [row[2] for row in rows],
        },
        schema_overrides={"time": UTC_US},
    )
    if ids is not None:
        frame = frame.with_columns(event_id=pl.Series(ids))
    cuts = [0, *ends, len(rows)]
    parts = [frame[begin:end] for begin, end in itertools.pairwise(cuts)]
    return [
        Chunk(part, empty_identities(), empty_rejects(), part.height, number, len(parts))
        for number, part in enumerate(parts, start=1)
    ]


def in_file_order(rows: list[tuple[str, int, str]], *ends: int) -> pl.DataFrame:
    return pl.concat(chunk.rows for chunk in in_order(iter(portions(rows, *ends))))


@pytest.mark.parametrize("seed", range(8))
def test_portions_of_a_file_told_newest_first_are_as_one(seed: int) -> None:
    """Cut anywhere, also within a moment, the order within each moment is that of the whole file."""
    draw = random.Random(seed)
    rows = sorted(company(seed, customers=60, same=0.9), key=lambda row: row[1])[::-1]
    if seed % 2:  # each customer by itself, newest first
        rows.sort(key=lambda row: row[0])
    cuts = sorted(draw.sample(range(1, len(rows)), 5))
    got = in_file_order(rows, *cuts)
    assert got.height == len(rows)
    assert orders(got) == orders(in_file_order(rows)) == USUAL


def test_a_moment_may_lie_in_three_portions() -> None:
    rows = [("a", 9, "mounted"), ("a", 5, "paid"), ("a", 5, "signed"), ("a", 5, "measured"), ("a", 1, "asked")]
    assert orders(in_file_order(rows, 2, 3)) == {STEPS}


def test_a_portion_with_many_late_rows_is_turned_as_the_rest() -> None:
    """By itself it would be in no order."""
    rows = sorted(company(6, customers=300), key=lambda row: row[1])[::-1]
    late = [rows.pop(place) for place in range(len(rows) - 20, len(rows) - 120, -5)]
    rows[len(rows) - 30 : len(rows) - 30] = late
    cut = len(rows) - 60
    assert steps_of(portions(rows, cut)[1].rows).told == "in no order"
    chunks = list(in_order(iter(portions(rows, cut))))
    assert [note for chunk in chunks for note in chunk.notes] == [_TURNED]


@pytest.mark.parametrize("ends", [(), (2,), (1, 3)])
def test_of_one_event_told_twice_the_later_telling_counts(tmp_path: Path, ends: tuple[int, ...]) -> None:
    """In a file told newest first that is the upper row, in one portion and over a seam."""
    rows = [("a", 9, "signed"), ("a", 9, "to be signed"), ("a", 5, "measured"), ("a", 1, "asked")]
    chunks = portions(rows, *ends, ids=["e3", "e3", "e2", "e1"])
    workspace = Workspace.create(tmp_path / "ws")
    batches = [Batch(c.rows, c.identities, c.rejects, c.rows_read) for c in in_order(iter(chunks))]
    report = workspace.store.load([Incoming("a.csv", "mark", "events", lambda: batches)])
    assert (report.files[0].loaded, report.files[0].duplicates) == (3, 1)
    told = workspace.ask("variants").result.variants
    assert [list(one.path) for one in told] == [["asked", "measured", "signed"]]


def test_rows_in_no_order_keep_the_upper_telling_too() -> None:
    rows = [*company(7), ("z", 50, "paid"), ("z", 5, "signed"), ("z", 3, "paid")]
    random.Random(7).shuffle(rows)
    upper = next(row for row in rows if row[0] == "z" and row[2] == "paid")
    ids = ["twice" if row[0] == "z" and row[2] == "paid" else f"e{place}" for place, row in enumerate(rows)]
    (got,) = in_order(iter(portions(rows, ids=ids)))
    first = got.rows.filter(pl.col("event_id") == "twice").row(0, named=True)
    assert first["time"] == NEW_YEAR + timedelta(minutes=upper[1])
    assert got.rows.height == len(rows)


def test_customers_told_once_each_by_chance_newest_first_are_no_file_told_so() -> None:
    rows = [(f"c{place}", 9 - place, "asked") for place in range(3)]
    assert in_file_order(rows)["customer_id"].to_list() == ["c0", "c1", "c2"]
    many = [(f"c{place}", 99 - place, "asked") for place in range(30)]
    assert steps_of(portions(many)[0].rows).told == "newest first"
