"""Overview, touchpoints, coverage and one touchpoint on logs so small that a person can count them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace

MAP = """
map: Loan
goal: [Money]
within: 10d
stages:
  - stage: Papers
    touchpoints:
      - touchpoint: Upload
        when: {activity: [upload]}
        moment_of_truth: true
        expects: {within: 10m, score: 4, failures: 0.5}
      - touchpoint: Branch
        when: {activity: [branch]}
  - stage: Decision
    touchpoints:
      - {touchpoint: Answer, when: {activity: [answer]}}
      - {touchpoint: Money, when: {activity: [money]}}
"""

# Minutes from 2026-01-01. The last event of all is at 20160 (two weeks), gaps are 5, 5, 20, 30, 60, 100 minutes.
JOURNEYS = {
    "ann": "upload@0 upload!@2 answer@5 money@35",  # reached after 35 minutes; 5 minutes to the next: kept
    "bob": "upload@0 answer@20 chat@80 upload@180",  # left at Upload, visited twice; 20 minutes to the next: missed
    "cat": "upload!@0",  # left at Upload; still waits past the promise: missed
    "dan": "chat@0 branch@5",  # left at Branch, came from off the map
    "eve": "upload@20155 chat@20160",  # under way at Upload; waits 5 minutes: nothing is known yet
}
FEEDBACK = [
    {"customer_id": "ann", "time": "2026-01-01T00:04", "kind": "csat", "score": 5, "text": "Fast"},
    {"customer_id": "bob", "time": "2026-01-01T00:10", "kind": "csat", "score": 2, "text": "Form was lost"},
    {"customer_id": "cat", "time": "2026-01-01T01:00", "kind": "csat", "score": 2, "text": "Form was lost"},
    {"customer_id": "cat", "time": "2026-01-01T02:00", "kind": "nps", "score": 0, "text": " "},
    {"customer_id": "ann", "time": "2026-01-02T02:00", "kind": "nps", "score": 9},
]


@pytest.fixture(scope="module")
def loan(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    customers = [{"customer_id": "ann", "region": "North"}, {"customer_id": "bob", "region": "South"}]
    events = [row | {"channel": "web"} for row in event_rows(JOURNEYS)]
    return make_workspace(tmp_path_factory.mktemp("loan") / "ws", events, FEEDBACK, customers, MAP)


def row_of(workspace: Workspace, name: str, **params: Any) -> Any:
    return next(row for row in workspace.ask("touchpoints", **params).result.touchpoints if row.touchpoint == name)


@pytest.mark.parametrize("goal", ["", "goal: [paid]", "goal: [delivered]"])
def test_the_last_milestone_of_a_wide_table_is_no_broken_promise(tmp_path: Path, goal: str) -> None:
    """Each milestone repeats the promise of the order; only a goal says at which of them it is kept."""
    story = event_rows(
        dict.fromkeys("abc", "ordered@0 paid@10 delivered@90") | {"d": "ordered@0 paid@10 delivered@900"}
    )
    rows = [row | {"promised_at": "2026-01-01T02:00"} for row in story]
    text = f"""
map: Orders
{goal}
stages:
  - stage: All
    touchpoints:
      - {{touchpoint: ordered, when: {{activity: [ordered]}}}}
      - {{touchpoint: paid, when: {{activity: [paid]}}}}
      - {{touchpoint: delivered, when: {{activity: [delivered]}}}}
"""
    later = event_rows({"z": "ordered@9000"})
    shop = make_workspace(tmp_path / "ws", [*rows, *later], map_text=text)
    checks = {row.touchpoint: row.expectations for row in shop.ask("touchpoints").result.touchpoints}
    delivered = [(check.kept, check.missed) for check in checks["delivered"]]
    assert delivered == ([(3, 1)] if "delivered" in goal else [])


def test_overview(loan: Workspace) -> None:
    result = loan.ask("overview").result
    assert (result.customers, result.journeys, result.events, result.feedback) == (5, 5, 13, 5)
    assert (result.first_event, result.last_event) == ("2026-01-01T00:00:00Z", "2026-01-15T00:00:00Z")
    assert (result.goal, result.within_seconds, result.unit) == (("Money",), 864_000.0, "customer")
    # ann of five; of the four that are decided (eve is under way).
    assert (result.goal_reached, result.under_way) == (1, 1)
    assert (result.goal_rate, result.goal_rate_decided) == (0.2, 0.25)
    assert result.goal_rate_low < 0.2 < result.goal_rate_high
    assert result.time_to_goal_n == 1
    assert result.time_to_goal_median_seconds == pytest.approx(35 * 60, rel=0.01)
    # One number says nothing of how far off it may be.
    assert result.time_to_goal_median_seconds_low is None
    # NPS of 0 and 9: one promoter, one detractor. CSAT: one of three.
    assert {score.kind: (score.metric, score.n) for score in result.scores} == {"nps": ("NPS", 2), "csat": ("CSAT", 3)}
    assert {score.kind: score.value for score in result.scores} == {"nps": 0, "csat": pytest.approx(1 / 3)}
    # ann and cat lie on the map as a whole; 10 of 13 events are bound.
    assert result.coverage_journeys_share == 0.4
    assert result.coverage_events_share == pytest.approx(10 / 13)
    assert result.loaded_at is not None and result.loaded_at > "2026"


def test_touchpoint_with_expectations(loan: Workspace) -> None:
    row = row_of(loan, "Upload")
    assert (row.stage, row.moment_of_truth, row.goal) == ("Papers", True, False)
    # ann, bob, cat, eve; bob came twice; ann's two uploads in a row are one visit.
    assert (row.journeys, row.share, row.visits, row.reached_again) == (4, 0.8, 5, 1)
    assert (row.drop_off, row.drop_off_share, row.under_way) == (2, 0.5, 1)
    # ann 5 minutes, bob 20: the middle one by rank is the first.
    assert (row.next_n, row.next_median_seconds) == (2, pytest.approx(300, rel=0.01))
    assert row.next_p90_seconds == pytest.approx(1200, rel=0.01)
    assert (row.failed, row.failure_share) == (2, 0.5)
    assert (row.score_kind, row.score_n, row.score_mean) == ("csat", 3, pytest.approx(3))
    # csat 5, 2, 2 and nps 0 brought to 100, -50, -50, -100.
    assert (row.emotion_n, row.emotion) == (4, pytest.approx(-25))
    within, score, failures = row.expectations
    assert (within.expectation, within.promise, within.n) == ("within", 600.0, 3)
    assert (within.kept, within.missed, within.waiting) == (1, 2, 1)
    # Overruns are -5 and +10 minutes and two weeks: the middle one is 10 minutes.
    assert within.gap == pytest.approx(600, rel=0.01)
    assert within.reality == pytest.approx(1200, rel=0.01)
    assert within.missed_by_median == pytest.approx(600, rel=0.01)
    assert within.verdict == "unsure"
    assert (score.expectation, score.promise) == ("score", 4.0)
    assert (score.reality, score.gap) == (pytest.approx(3), pytest.approx(-1))
    assert (score.kept, score.missed, score.missed_by_median, score.worse_when) == (1, 2, 2.0, "lower")
    assert (failures.expectation, failures.reality, failures.gap, failures.kept) == ("failures", 0.5, 0.0, 2)
    assert failures.verdict == "unsure"


def test_goal_is_not_lost_and_stages_pass_on(loan: Workspace) -> None:
    money = row_of(loan, "Money")
    assert (money.goal, money.journeys, money.drop_off, money.under_way, money.next_n) == (True, 1, 0, 0, 0)
    assert money.next_median_seconds is None and money.expectations == ()
    papers, decision = loan.ask("touchpoints").result.stages
    # ann and bob pass on to Answer after 5 and 20 minutes; bob comes back and is left at Upload.
    assert (papers.journeys, papers.passed_on, papers.drop_off, papers.under_way) == (5, 2, 3, 1)
    assert papers.p90_seconds == pytest.approx(1200, rel=0.01)
    # Only ann goes on from Decision: to the goal, 30 minutes later.
    assert (decision.journeys, decision.passed_on, decision.drop_off) == (2, 1, 0)
    assert decision.median_seconds == pytest.approx(1800, rel=0.01)


def test_rule_says_its_limits(loan: Workspace) -> None:
    result = loan.ask("touchpoints").result
    assert "10 days" in result.under_way_rule and "2026-01-15T00:00:00Z" in result.under_way_rule
    assert (result.journeys, result.under_way) == (5, 1)


def test_coverage(loan: Workspace) -> None:
    result = loan.ask("coverage").result
    assert (result.journeys, result.journeys_explained, result.customers_explained) == (5, 2, 2)
    assert (result.events, result.events_bound) == (13, 10)
    # bob leaves after Answer, eve after Upload, dan begins off the map.
    assert {(row.touchpoint, row.stage): row.journeys for row in result.leaves} == {
        (None, None): 1,
        ("Upload", "Papers"): 1,
        ("Answer", "Decision"): 1,
    }
    (chat,) = result.unmapped
    assert (chat.activity, chat.events, chat.journeys, chat.share) == ("chat", 3, 3, 0.6)


def test_one_touchpoint(loan: Workspace) -> None:
    result = loan.ask("touchpoint", touchpoint="Upload").result
    assert (result.stage, result.journeys, result.resolution) == ("Papers", 4, "week")
    # Thursday 1 January lies in the week of 29 December; eve came on Wednesday 14 January.
    assert [(period.begins, period.journeys) for period in result.trend] == [
        ("2025-12-29", 3),
        ("2026-01-05", 0),
        ("2026-01-12", 1),
    ]
    assert result.trend[1].failure_share is None and result.trend[0].failed == 2
    assert [(row.touchpoint, row.journeys, row.share) for row in result.goes_to] == [("Answer", 2, 0.5)]
    assert result.comes_from == ()
    assert [(row.touchpoint, row.journeys) for row in result.channels] == [("web", 4)]
    # The same words once, the newest first; a blank comment is none.
    assert [(quote.customer_id, quote.text, quote.score) for quote in result.quotes] == [
        ("cat", "Form was lost", 2.0),
        ("ann", "Fast", 5.0),
    ]
    assert result.quotes_total == 3
    # By turns: reached, left (failed first), under way.
    assert [(one.customer_id, one.outcome) for one in result.examples] == [
        ("ann", "reached"),
        ("cat", "left"),
        ("eve", "under_way"),
        ("bob", "left"),
    ]
    chat = result.examples[3].steps[2]
    assert (chat.activity, chat.touchpoint, chat.channel, chat.actor) == ("chat", None, "web", "customer")
    one = loan.ask("touchpoint", touchpoint="Upload", examples=1, quotes=1).result
    assert ([row.customer_id for row in one.examples], len(one.quotes), one.quotes_total) == (["ann"], 1, 3)


def test_unknown_touchpoint_names_the_nearest(loan: Workspace) -> None:
    with pytest.raises(TropaError, match="Did you mean 'Upload'") as error:
        loan.ask("touchpoint", touchpoint="Uplaod")
    assert error.value.kind == "not_found"


def test_never_reached_is_told_with_zeros(loan: Workspace) -> None:
    row = row_of(loan, "Upload", segment=["region=South"])
    assert (row.journeys, row.failed, row.failure_share) == (1, 0, 0.0)
    money = row_of(loan, "Money", segment=["region=South"])
    assert (money.journeys, money.share, money.failure_share, money.emotion) == (0, 0.0, None, None)
    detail = loan.ask("touchpoint", touchpoint="Money", segment=["region=South"]).result
    assert (detail.journeys, detail.trend, detail.examples, detail.quotes) == (0, (), (), ())


def test_two_groups_side_by_side(loan: Workspace) -> None:
    asked: dict[str, dict[str, str]] = {"overview": {}, "touchpoints": {}, "coverage": {}}
    asked["touchpoint"] = {"touchpoint": "Upload"}
    for analysis, more in asked.items():
        groups = loan.ask(analysis, compare=["region=North", "region=South"], **more).result.groups
        assert [group.journeys for group in groups] == [1, 1]


def test_without_a_map(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows({"a": "x@0 y@5", "b": "y@1"}))
    overview = workspace.ask("overview").result
    assert (overview.goal, overview.goal_reached) == ((), None)
    assert (overview.goal_rate, overview.goal_rate_decided) == (None, None)
    assert overview.coverage_journeys_share is None
    result = workspace.ask("touchpoints").result
    assert result.stages == () and [row.touchpoint for row in result.touchpoints] == ["y", "x"]
    assert [row.journeys for row in result.touchpoints] == [2, 1]
    coverage = workspace.ask("coverage").result
    assert (coverage.journeys_share, coverage.events_share, coverage.journeys_explained) == (None, None, 0)
    assert (coverage.leaves, coverage.unmapped) == ((), ())
    assert workspace.ask("touchpoint", touchpoint="y").result.stage is None


ORDERS = """
map: Orders
goal: [Delivered]
stages:
  - stage: Order
    touchpoints:
      - {touchpoint: Ordered, when: {activity: [ordered]}}
      - {touchpoint: Shipped, when: {activity: [shipped]}}
      - {touchpoint: Delivered, when: {activity: [delivered]}}
"""


def test_one_promise_on_every_milestone_is_settled_by_the_goal(tmp_path: Path) -> None:
    # A wide table: each milestone carries the promise of the order (minute 100). Half come after 90, half after 130.
    rows = event_rows(
        {f"c{number}": f"ordered@0 shipped@50 delivered@{90 if number < 10 else 130}" for number in range(20)}
        | {"late": "ordered@0 shipped@50", "last": "ordered@1000"}
    )
    rows = [row | {"promised_at": "2026-01-01T01:40"} for row in rows if row["customer_id"] != "last"] + rows[-1:]
    result = make_workspace(tmp_path / "ws", rows, map_text=ORDERS).ask("touchpoints").result
    ordered, shipped, delivered = (row.expectations[0] for row in result.touchpoints)
    for check in (ordered, shipped):
        assert (check.expectation, check.kept, check.missed, check.waiting) == ("promised", 10, 11, 1)
        assert check.missed_by_median == pytest.approx(30 * 60, rel=0.01)
    assert (delivered.kept, delivered.missed, delivered.waiting) == (10, 10, 0)


def test_verdicts_hold_to_the_microsecond(tmp_path: Path) -> None:
    text = ORDERS.replace("when: {activity: [ordered]}", "when: {activity: [ordered]}, expects: {within: 10m}")
    for minutes, verdict in ((10, "kept"), (10.01, "missed")):
        rows = event_rows({f"c{number}": f"ordered@0 shipped@{minutes}" for number in range(10)})
        result = make_workspace(tmp_path / str(minutes), rows, map_text=text).ask("touchpoints").result
        (check,) = result.touchpoints[0].expectations
        assert (check.verdict, check.n) == (verdict, 10)


def test_long_journeys_are_shown_around_the_touchpoint_and_long_data_by_month(tmp_path: Path) -> None:
    steps = " ".join(f"{'y' if minute == 100 else 'x'}@{minute}" for minute in range(200))
    workspace = make_workspace(tmp_path / "ws", event_rows({"a": steps, "b": f"x@0 y@{401 * 1440}"}))
    result = workspace.ask("touchpoint", touchpoint="y").result
    long = next(example for example in result.examples if example.customer_id == "a")
    assert (len(long.steps), long.steps_total, long.steps[20].activity) == (60, 200, "y")
    assert result.resolution == "month"
    assert (result.trend[0].begins, result.trend[-1].begins, len(result.trend)) == ("2026-01-01", "2027-02-01", 14)
