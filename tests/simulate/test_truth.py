"""The planted truth: what it says follows from the same cases lived twice, and the data show it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.simulate.written import Written, with_journeys

from tropa.simulate import COMPANIES
from tropa.simulate.bank.lives import Bank
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.settings import draw_settings
from tropa.simulate.bank.truth import planted
from tropa.simulate.bank.world import World
from tropa.simulate.calm import Calm
from tropa.simulate.delivery import Delivery
from tropa.simulate.fintech import Fintech
from tropa.simulate.firm import Firm
from tropa.simulate.school import School
from tropa.simulate.tshirts import Tshirts

KEYS = [item.key for item in planted(draw_settings(3))]
FIRMS: dict[str, type[Firm]] = {kind.name: kind for kind in (Delivery, Fintech, School, Tshirts, Calm)}
OBSTACLES = {
    "wait", "failure", "repeat", "return", "switch", "contact", "broken_promise", "handover", "silence", "low_score",
}  # fmt: skip
# Goal rates differ from company to company.
RATES = {
    "bank": (0.25, 0.40), "delivery": (0.5, 0.7), "fintech": (0.6, 0.8), "school": (0.18, 0.3),
    "tshirts": (0.45, 0.62), "calm": (0.7, 0.85),
}  # fmt: skip


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


@pytest.mark.parametrize("kind", list(FIRMS.values()), ids=list(FIRMS))
def test_in_every_firm_an_obstacle_changes_nothing_for_those_who_never_met_it(kind: type[Firm]) -> None:
    firm = kind(8, 1500)
    firm.settle(lambda line: None)
    was = firm.live()
    scores = firm.scores(was)
    for item in firm.planted():
        off = frozenset([item.key])
        other, met = firm.live(off), was.has_met(item.key)
        assert 20 < met.sum() < was.has_reached(item.key).sum(), item.key
        assert np.array_equal(was.goal_at[~met], other.goal_at[~met], equal_nan=True), item.key
        for survey, score in firm.scores(other).items():
            assert np.array_equal(score[~met], scores[survey][~met], equal_nan=True), (item.key, survey)
        who = np.flatnonzero(met)
        assert np.array_equal(other.goal_at[who], firm.live_again(off, who).goal_at, equal_nan=True), item.key


def test_every_obstacle_is_a_barrier_somewhere(all_files: dict[str, Written]) -> None:
    barriers = {f["obstacle"] for w in all_files.values() for f in w.truth["findings"] if f["kind"] == "barrier"}
    assert barriers == OBSTACLES
    decoys = {f["obstacle"] for w in all_files.values() for f in w.truth["harmless"]}
    assert len(decoys) >= 6


def test_where_all_is_well_nothing_is_found(all_files: dict[str, Written]) -> None:
    truth = all_files["calm"].truth
    assert truth["findings"] == []
    assert len(truth["harmless"]) == 5


def test_decoys_look_harmful(all_files: dict[str, Written]) -> None:
    """Where the truth is nothing, a plain comparison says otherwise, in every company at least once."""
    for company, written in all_files.items():
        naive = [decoy["naive_difference"] for decoy in written.truth["harmless"]]
        assert min(naive) < -0.02, company


# Events that are written when an obstacle is met, and never otherwise.
MARKS = [
    ("bank", "doc_upload_failed"), ("bank", "form_reset"), ("bank", "security_check"),
    ("delivery", "payment_failed"), ("delivery", "bank_page_opened"), ("delivery", "search_empty"),
    ("fintech", "compliance_check"), ("fintech", "form_sent_back"), ("fintech", "manager_talk"),
    ("school", "sales_call"), ("school", "access_question"), ("school", "webinar_broken"),
    ("tshirts", "proof_rejected"), ("tshirts", "pickup_call"), ("tshirts", "voucher_failed"),
    ("calm", "prices_error"), ("calm", "question_asked"), ("calm", "washed_again"),
]  # fmt: skip
# A wait begins with the first activity and ends with the second.
WAITS = [
    ("fintech", "check_queued", "hand_check"), ("fintech", "phone_entered", "code_entered"),
    ("school", "passed_to_teaching", "curator_hello"), ("school", "homework_sent", "homework_checked"),
    ("tshirts", "print_queued", "printed"), ("tshirts", "stand_queue", "stand_talk"),
    ("delivery", "order_question", "question_answered"), ("calm", "pickup_ordered", "picked_up"),
]  # fmt: skip


def told_of(written: Written, activity: str) -> dict[str, Any]:
    rows = written.truth["findings"] + written.truth["harmless"]
    (row,) = [row for row in rows if row.get("activity") == activity]
    return dict(row)


@pytest.mark.parametrize(("company", "activity"), MARKS)
def test_the_data_show_whom_an_obstacle_met(all_files: dict[str, Written], company: str, activity: str) -> None:
    """As many journeys carry the obstacle's own event as the truth counts, but for those after the period's end."""
    exposed = told_of(all_files[company], activity)["exposed"]
    seen = with_journeys(all_files[company]).filter(pl.col("activity") == activity)["journey"].n_unique()
    assert 0.8 * exposed - 3 <= seen <= exposed


@pytest.mark.parametrize(("company", "begins", "ends"), WAITS)
def test_the_data_show_who_waited(all_files: dict[str, Written], company: str, begins: str, ends: str) -> None:
    """Those served after the threshold have met the wait; of those never served some have, and some left before."""
    told = told_of(all_files[company], begins)
    events = with_journeys(all_files[company]).filter(pl.col("activity").is_in([begins, ends]))
    steps = events.with_columns(
        follows=pl.col("activity").shift(-1).over("journey"),
        seconds=(pl.col("moment").shift(-1).over("journey") - pl.col("moment")).dt.total_seconds(),
    ).filter(pl.col("activity") == begins)
    late = (pl.col("follows") == ends) & (pl.col("seconds") > told["threshold"] + 1)
    never = (pl.col("follows") != ends).fill_null(True)
    journeys = steps.group_by("journey").agg(late.any().alias("late"), never.any().alias("never"))
    waited, unserved = int(journeys["late"].sum()), int((journeys["never"] & ~journeys["late"]).sum())
    assert waited > 10
    assert waited <= told["exposed"] + 1
    assert 0.8 * told["exposed"] <= waited + unserved, "some begin to wait after the period's end"


def test_effects_are_of_their_kind(company_files: Written) -> None:
    for finding in company_files.truth["findings"]:
        if finding["kind"] == "barrier":
            assert finding["effect"] < -0.04, finding["touchpoint"]
        if finding["kind"] == "inconvenience":
            assert abs(finding["effect"]) < 0.01, finding["touchpoint"]
            assert min(finding["on_score"].values()) < -0.3, finding["touchpoint"]
    for decoy in company_files.truth["harmless"]:
        assert abs(decoy["effect"]) < 0.01, decoy["activity"]
        assert all(abs(change) < 0.1 for change in decoy["on_score"].values()), decoy["activity"]


def test_truth_has_the_contracts_form(company_files: Written) -> None:
    truth = company_files.truth
    assert {"findings", "harmless", "customers"} <= set(truth)
    kinds = {finding["kind"] for finding in truth["findings"]}
    if truth["findings"]:
        assert kinds == {"barrier", "inconvenience", "bottleneck", "gap", "moment_of_truth", "single_case"}
        obstacles = [finding for finding in truth["findings"] if finding["kind"] in ("barrier", "inconvenience")]
        assert any(finding["since"] for finding in obstacles)
        assert any(len({row["attribute"] for row in finding["where"]}) == 2 for finding in obstacles)
        assert all(row["lift"] > 1.1 for finding in obstacles for row in finding["where"])
    for finding in truth["findings"] + truth["harmless"]:
        assert {"kind", "obstacle", "touchpoint", "effect", "where", "since"} <= set(finding)
    assert {decoy["kind"] for decoy in truth["harmless"]} == {"harmless"}
    assert "NaN" not in json.dumps(truth)
    single = [finding for finding in truth["findings"] if finding["kind"] == "single_case"]
    events = company_files.events
    names = [name for name in ("customer_id", "case_id") if name in events.columns]
    known = set(events.select(names).iter_rows())
    assert all(tuple(finding[name] for name in names) in known for finding in single)


GOALS = {
    "bank": "money_disbursed", "delivery": "order_handed", "fintech": "account_opened", "school": "third_lesson_done",
    "tshirts": "collected", "calm": "brought_back",
}  # fmt: skip


@pytest.mark.parametrize("company", list(COMPANIES))
def test_the_goal_rate_is_that_of_the_data(all_files: dict[str, Written], company: str) -> None:
    events, told = all_files[company].events, all_files[company].truth["customers"]
    owner = "case_id" if "case_id" in events.columns else "customer_id"
    reached = events.filter(pl.col("activity") == GOALS[company])[owner].n_unique()
    assert told["goal_rate_in_period"] == pytest.approx(reached / told["cases"], abs=0.006)
    low, high = RATES[company]
    assert low < told["goal_rate"] < high


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
