"""A bank's cash loan, from the first visit to the first payment."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import polars as pl

from tropa.simulate.bank.feedback import make_feedback
from tropa.simulate.bank.lives import make_bank
from tropa.simulate.bank.people import Cases, customer_ids
from tropa.simulate.bank.truth import make_truth
from tropa.simulate.company import Company, Progress, Simulated


def make(customers: int, seed: int, progress: Progress) -> Simulated:
    """All files of the bank with this many customers."""
    bank = make_bank(customers, seed, progress)
    progress("events")
    world = bank.live(recording=True)
    owners, cases = _names(bank.cases)
    events = _named(world.log.frame(), owners, cases)
    events = events.with_columns(
        pl.format("e{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(8)).alias("event_id")
    )
    progress("feedback")
    feedback = _named(make_feedback(world), owners, cases)
    progress("truth: the same customers again, without each obstacle")
    truth = make_truth(bank, world, owners.to_list(), cases.to_list())
    map_yaml = files("tropa.simulate.bank").joinpath("map.yaml").read_text(encoding="utf-8")
    return Simulated(events, feedback, bank.people.frame(), map_yaml, truth)


def _names(cases: Cases) -> tuple[pl.Series, pl.Series]:
    """The customer and the application number of every case; numbers follow the order of first visits."""
    number = np.empty(len(cases), dtype=np.int64)
    number[np.argsort(cases.started, kind="stable")] = np.arange(len(cases))
    return customer_ids(cases.customer), pl.select(
        pl.format("Z26-{}", pl.Series(number).cast(pl.String).str.zfill(7))
    ).to_series()


def _named(frame: pl.DataFrame, owners: pl.Series, cases: pl.Series) -> pl.DataFrame:
    case = frame["case"]
    names = [owners.gather(case).alias("customer_id"), cases.gather(case).alias("case_id")]
    return frame.drop("case").insert_column(1, names[0]).insert_column(2, names[1])


BANK = Company("bank", "Банк: кредит наличными", make)
