"""Real files are read to the last row. The numbers come from the owners of the data (its README says which)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tropa.sources import Join, Reading

pytestmark = pytest.mark.real_data


@pytest.mark.slow
def test_bpi_challenge_2012(shared_data: Path, whole: Callable[..., Any]) -> None:
    got = whole(shared_data / "bpic2012" / "BPI_Challenge_2012.xes.gz")
    assert got.rows.height == got.rows_read == 262_200
    assert got.rejects.height == 0
    assert got.rows["case_id"].n_unique() == 13_087
    assert got.rows["activity"].n_unique() == 24
    assert got.rows["performer"].drop_nulls().n_unique() == 68
    transitions = dict(got.rows["lifecycle:transition"].value_counts().rows())
    assert transitions == {"COMPLETE": 164_506, "START": 71_376, "SCHEDULE": 26_318}
    assert got.rows["AMOUNT_REQ"].null_count() == 0


def test_receipt(shared_data: Path, whole: Callable[..., Any]) -> None:
    table = whole(shared_data / "receipt_coselog" / "receipt.csv.gz")
    log = whole(shared_data / "receipt_coselog" / "env_permit.xes.gz")
    for got in (table, log):
        assert got.rows.height == 8_577
        assert got.rejects.height == 0
        assert got.rows["case_id"].n_unique() == 1_434
    keys = ["case_id", "concept:instance", "time", "activity", "performer"]
    assert table.rows.select(keys).sort(keys).equals(log.rows.select(keys).sort(keys)), "times with mixed offsets agree"


def test_running_example(shared_data: Path, whole: Callable[..., Any]) -> None:
    for name in ("running-example.csv", "running-example.xes"):
        got = whole(shared_data / "running_example" / name)
        assert got.rows.height == 42
        assert got.rows["case_id"].n_unique() == 6


def test_olist_orders(shared_data: Path, whole: Callable[..., Any]) -> None:
    folder = shared_data / "olist"
    how = Reading(
        columns={
            "customer_id": "customer_unique_id",
            "promised_at": "order_estimated_delivery_date",
            "value": "payment_value",
        },
        milestones={
            "ordered": "order_purchase_timestamp",
            "approved": "order_approved_at",
            "shipped": "order_delivered_carrier_date",
            "delivered": "order_delivered_customer_date",
        },
        join=(
            Join(folder / "olist_customers_dataset.csv.gz", "customer_id"),
            Join(folder / "olist_order_payments_dataset.csv.gz", "order_id"),
        ),
        timezone="America/Sao_Paulo",
    )
    got = whole(folder / "olist_orders_dataset.csv.gz", "events", how)
    assert got.rows_read == 99_441
    assert got.rejects.height == 0
    assert got.rows["case_id"].n_unique() == 99_441
    assert got.rows["customer_id"].n_unique() == 96_096
    delivered = got.rows.filter(pl.col("activity") == "delivered")
    assert delivered.height == 96_476
    assert delivered.filter(pl.col("time") > pl.col("promised_at")).height == 7_827
    assert got.rows["value"].is_not_null().sum() <= 99_441


def test_olist_reviews(shared_data: Path, whole: Callable[..., Any]) -> None:
    folder = shared_data / "olist"
    how = Reading(
        columns={"kind": ":rating", "customer_id": "customer_unique_id"},
        join=(
            Join(folder / "olist_orders_dataset.csv.gz", "order_id"),
            Join(folder / "olist_customers_dataset.csv.gz", "customer_id"),
        ),
    )
    got = whole(folder / "olist_order_reviews_dataset.csv.gz", "feedback", how)
    assert got.rows_read == 99_224
    assert got.rejects.height == 17, "creation dates lost by whoever split the comments"
    assert set(got.rejects["reason"]) == {"No time: the column 'review_creation_date' is empty."}
    assert got.rows["score"].null_count() == 0
    assert got.rows["score"].mean() == pytest.approx(4.0864, abs=5e-4)


def test_a_workbook_of_customers(shared_data: Path, whole: Callable[..., Any]) -> None:
    got = whole(shared_data / "telco_churn_ibm" / "Telco_customer_churn_status.xlsx", "customers")
    assert got.rows.height == 7_043
    assert got.rows["Churn Value"].value_counts().sort("Churn Value")["count"].to_list() == [5_174, 1_869]
