"""Names of customers, cases and events."""

from __future__ import annotations

import numpy as np
import polars as pl

from tropa.simulate.streams import Floats, Ints


def customer_ids(customer: Ints, form: str = "{}") -> pl.Series:
    """Names of customers; neither in order of time nor of anything else (2654435 is prime to the modulus)."""
    number = pl.Series((customer * 2654435 + 1234567) % 89_999_999 + 10_000_000).cast(pl.String)
    return pl.select(pl.format(form, number)).to_series()


def case_numbers(started: Floats, form: str) -> pl.Series:
    """The number of every case in the order of their beginnings, written as `form`."""
    number = np.empty(len(started), dtype=np.int64)
    number[np.argsort(started, kind="stable")] = np.arange(len(started))
    return pl.select(pl.format(form or "{}", pl.Series(number).cast(pl.String).str.zfill(7))).to_series()


def number_events(events: pl.DataFrame) -> pl.DataFrame:
    """The events with a key of their own each."""
    return events.with_columns(pl.format("e{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(8)).alias("event_id"))


def named(frame: pl.DataFrame, owners: pl.Series, cases: pl.Series) -> pl.DataFrame:
    """The frame with the names of customers and cases instead of the numbers of cases."""
    case = frame["case"]
    names = [owners.gather(case).alias("customer_id"), cases.gather(case).alias("case_id")]
    return frame.drop("case").insert_column(1, names[0]).insert_column(2, names[1])


def known_from(events: pl.DataFrame, activity: str) -> pl.DataFrame:
    """An order has its number only from the activity on that makes it."""
    begins = pl.col("time").filter(pl.col("activity") == activity).min().over("case_id")
    return events.with_columns(case_id=pl.when(pl.col("time") >= begins).then(pl.col("case_id")))
