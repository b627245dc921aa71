"""The planted truth: what it says follows from the same cases lived twice, and the data show it."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from tests.simulate.written import Written

from tropa.simulate.bank.lives import Bank
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.settings import draw_settings
from tropa.simulate.bank.truth import planted
from tropa.simulate.bank.world import World

KEYS = [item.key for item in planted(draw_settings(3))]


@pytest.fixture(scope="module")
def world(bank: Bank) -> World:
    return bank.live()


@pytest.mark.parametrize("key", KEYS)
def test_without_an_obstacle_nothing_changes_for_those_who_never_met_it(bank: Bank, world: World, key: str) -> None:
    other = bank.live(frozenset([key]))
    met = world.has_met(key)
    assert met.any()
    assert np.array_equal(world.time[~met], other.time[~met])
    assert np.array_equal(world.goal_at[~met], other.goal_at[~met], equal_nan=True)
    for survey, score in would_score(world).items():
        assert np.array_equal(score[~met], would_score(other)[survey][~met], equal_nan=True), survey


@pytest.mark.parametrize("key", ["failure@upload", "wait@check"])
def test_a_few_cases_live_alone_as_they_live_among_all(bank: Bank, world: World, key: str) -> None:
    who = np.flatnonzero(world.has_met(key))
    among_all, alone = bank.live(frozenset([key])), bank.live_again(frozenset([key]), who)
    assert np.array_equal(among_all.goal_at[who], alone.goal_at, equal_nan=True)


def test_effects_are_of_their_kind(bank_files: Written) -> None:
    for finding in bank_files.truth["findings"]:
        if finding["kind"] == "barrier":
            assert finding["effect"] < -0.04, finding["touchpoint"]
        if finding["kind"] == "inconvenience":
            assert abs(finding["effect"]) < 0.01, finding["touchpoint"]
            assert min(finding["on_score"].values()) < -0.3, finding["touchpoint"]
    for decoy in bank_files.truth["harmless"]:
        assert abs(decoy["effect"]) < 0.01, decoy["activity"]
        assert all(abs(change) < 0.1 for change in decoy["on_score"].values()), decoy["activity"]


def test_truth_has_the_contracts_form(bank_files: Written) -> None:
    truth = bank_files.truth
    assert {"findings", "harmless", "customers"} <= set(truth)
    kinds = {finding["kind"] for finding in truth["findings"]}
    assert kinds == {"barrier", "inconvenience", "bottleneck", "gap", "moment_of_truth", "single_case"}
    for finding in truth["findings"] + truth["harmless"]:
        assert {"kind", "obstacle", "touchpoint", "effect", "where", "since"} <= set(finding)
    assert {decoy["kind"] for decoy in truth["harmless"]} == {"harmless"}
    assert "NaN" not in json.dumps(truth)
    single = [finding for finding in truth["findings"] if finding["kind"] == "single_case"]
    pairs = set(bank_files.events.select("customer_id", "case_id").iter_rows())
    assert all((finding["customer_id"], finding["case_id"]) in pairs for finding in single)


def test_the_goal_rate_is_that_of_the_data(bank_files: Written) -> None:
    events, told = bank_files.events, bank_files.truth["customers"]
    reached = events.filter(pl.col("activity") == "money_disbursed")["case_id"].n_unique()
    assert told["goal_rate_in_period"] == pytest.approx(reached / told["cases"], abs=0.002)
    assert 0.25 < told["goal_rate"] < 0.40


def test_an_onset_is_seen_in_the_data(bank_files: Written) -> None:
    """Uploads in the Android app fail more often from the stated day on, and nowhere else."""
    (failure,) = [
        f for f in bank_files.truth["findings"] if f["touchpoint"] == "Загрузка документов" and f["kind"] == "barrier"
    ]
    tries = bank_files.events.filter(pl.col("activity").str.starts_with("doc_upload")).with_columns(
        late=pl.col("time").str.slice(0, 10) >= failure["since"],
        android_app=(pl.col("device") == "Android") & (pl.col("channel") == "app"),
        failed=pl.col("status") == "failed",
    )
    rate = {
        (row[0], row[1]): row[2]
        for row in tries.group_by("late", "android_app").agg(pl.col("failed").mean()).iter_rows()
    }
    assert rate[True, True] > 0.15
    assert max(rate[False, True], rate[False, False], rate[True, False]) < 0.05


def test_the_promise_of_the_check_is_broken_as_often_as_was_planned(bank: Bank, world: World) -> None:
    waits = np.concatenate(world.arrivals["verification.wait"])
    assert np.mean(waits > 86400.0) == pytest.approx(bank.settings.long_checks, abs=0.04)


def test_customers_speak_of_what_they_met(bank_files: Written) -> None:
    """The long check is on the mind of those who waited, in both languages."""
    checked = bank_files.events.filter(pl.col("activity").is_in(["check_queued", "verification"])).with_columns(
        t=pl.col("time").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S")
    )
    nps = bank_files.feedback.filter((pl.col("kind") == "nps") & pl.col("text").is_not_null())
    spoke = nps.with_columns(about=pl.col("text").str.to_lowercase().str.contains("провер|check|under review"))
    first = checked.group_by("case_id").agg(
        queued=pl.col("t").filter(pl.col("activity") == "check_queued").min(),
        served=pl.col("t").filter(pl.col("activity") == "verification").min(),
    )
    joined = spoke.join(first, on="case_id").with_columns(
        late=(pl.col("served") - pl.col("queued")).dt.total_hours() >= 24
    )
    late, prompt = (joined.filter(pl.col("late") == flag)["about"].mean() for flag in (True, False))
    assert late > prompt + 0.15  # type: ignore[operator]
