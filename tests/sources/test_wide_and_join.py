"""Tables of one row a case, and tables in several files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tropa.sources import Join, Reading, recognise

ORDERS = (
    "order_id,buyer,region,ordered,paid,delivered,promised,price\n"
    "o1,b1,North,2020-01-01 10:00,2020-01-01 11:00,2020-01-05 12:00,2020-01-04,100\n"
    "o2,b2,South,2020-01-02 10:00,,,2020-01-06,50\n"
    "o3,b1,North,2020-01-03 10:00,soon,2020-01-07 12:00,2020-01-08,70\n"
    "o4,b3,,,,,2020-01-08,10\n"
    "o5,b3,,2020-01-03,,,2020-01-32,10\n"
)
HOW: dict[str, Any] = {
    "columns": {"customer_id": "buyer", "promised_at": "promised", "value": "price"},
    "milestones": {"Order": "ordered", "Pay": "paid", "Deliver": "delivered"},
}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_each_filled_milestone_is_an_event(load: Callable[..., Any]) -> None:
    got = load("orders.csv", ORDERS, **HOW)
    assert got.rows.select("customer_id", "time", "activity", "case_id", "promised_at", "value", "region").rows() == [
        ("b1", utc(2020, 1, 1, 10), "Order", "o1", utc(2020, 1, 4), None, "North"),
        ("b1", utc(2020, 1, 1, 11), "Pay", "o1", utc(2020, 1, 4), None, "North"),
        ("b1", utc(2020, 1, 5, 12), "Deliver", "o1", utc(2020, 1, 4), 100.0, "North"),
        ("b2", utc(2020, 1, 2, 10), "Order", "o2", utc(2020, 1, 6), 50.0, "South"),
        ("b1", utc(2020, 1, 3, 10), "Order", "o3", utc(2020, 1, 8), None, "North"),
        ("b1", utc(2020, 1, 7, 12), "Deliver", "o3", utc(2020, 1, 8), 70.0, "North"),
    ]
    assert got.rows_read == 5
    assert got.rejects.select("line", "reason").rows() == [
        (4, "paid 'soon' cannot be read as a time; the event 'Pay' of this row is left out."),
        (5, "No milestone: 'ordered', 'paid', 'delivered' are all empty."),
        (6, "promised '2020-01-32' is an impossible date or time."),
    ]


def test_event_ids_of_a_wide_table_differ(load: Callable[..., Any]) -> None:
    got = load("a.csv", "case_id,event_id,a,b\n1,x,2020-01-01,2020-01-02\n", milestones={"A": "a", "B": "b"})
    assert got.rows["event_id"].to_list() == ["x:A", "x:B"]
    assert got.rows["customer_id"].to_list() == ["1", "1"]


def test_time_columns_of_a_wide_table_stay_attributes(load: Callable[..., Any]) -> None:
    got = load("a.csv", "case_id,timestamp,a\n1,2019-01-01,2020-01-01\n", milestones={"A": "a"})
    assert got.rows["time"].to_list() == [utc(2020, 1, 1)]
    assert got.rows["timestamp"].to_list() == ["2019-01-01"]


def test_one_milestone_decides_the_order_of_day_and_month_for_all(load: Callable[..., Any]) -> None:
    got = load("a.csv", "case_id,a,b\n1,03/04/2021,25/04/2021\n", milestones={"A": "a", "B": "b"})
    assert got.rows["time"].to_list() == [utc(2021, 4, 3), utc(2021, 4, 25)]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(
        "customer_id,person,region\nc1,p1,North\nc2,p1,South\nc2,p9,West\n,p0,East\nc4,p4,x,y\n"
    )
    (tmp_path / "sums.csv").write_text("order;region;amount\no1;x;10\no2;y;20\n")
    (tmp_path / "events.csv").write_text(
        "order_id,customer_id,time,activity\no1,c1,2020-01-01,buy\no2,c2,2020-01-02,buy\no3,c3,2020-01-03,buy\n"
    )
    return tmp_path


def test_joined_columns_can_be_mapped(tables: Path, whole: Callable[..., Any]) -> None:
    how = Reading(
        columns={"customer_id": "person"},
        join=(Join(tables / "people.csv", "customer_id"), Join(tables / "sums.csv", "order_id=order")),
    )
    got = whole(tables / "events.csv", "events", how)
    assert got.rows.columns == [
        "customer_id", "time", "activity", "case_id", "value", "source_customer_id", "region", "sums.region",
    ]  # fmt: skip
    assert got.rows.drop("time").rows() == [
        ("p1", "buy", "o1", 10.0, "c1", "North", "x"),
        ("p1", "buy", "o2", 20.0, "c2", "South", "y"),
    ]
    assert got.rejects["reason"].to_list() == ["No customer: 'person' is empty."]
    assert got.notes == [
        "people.csv: 1 rows repeat a key; the first row of each key was used.",
        "people.csv: 1 rows have no key and were not used.",
        "people.csv: 1 rows cannot be taken apart and were not used.",
    ]


def test_joined_columns_may_get_a_prefix(tables: Path) -> None:
    seen = recognise(
        tables / "events.csv", "events", Reading(join=(Join(tables / "sums.csv", "order_id=order", "sum_"),))
    )
    assert set(seen.attributes) == {"sum_region", "sum_amount"}


def test_join_by_two_keys(tmp_path: Path, whole: Callable[..., Any]) -> None:
    (tmp_path / "a.csv").write_text("customer_id,day,time,activity\nA,1,2020-01-01,v\nA,2,2020-01-02,v\n")
    (tmp_path / "b.csv").write_text("day,who,mood\n1,A,fine\n2,A,poor\n2,B,other\n")
    got = whole(tmp_path / "a.csv", "events", Reading(join=(Join(tmp_path / "b.csv", "customer_id=who, day"),)))
    assert got.rows["mood"].to_list() == ["fine", "poor"]
