"""The journeys behind a number: as many as the number says, in one order, told right."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import Row, event_rows, make_workspace

from tropa.analyses.journeys import Journeys
from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace

MAP = """
map: Shop
unit: case
goal: [Paid]
within: 30d
stages:
  - stage: Choose
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}, expects: {within: 2h}}
      - {touchpoint: Cart, when: {activity: [cart, basket]}, expects: {failures: 0.1}}
  - stage: Buy
    touchpoints:
      - {touchpoint: Delivery, when: {activity: [deliver]}}
      - {touchpoint: Paid, when: {activity: [pay]}}
"""


def _rows() -> tuple[list[Row], list[Row], list[Row]]:
    draw = random.Random(7)
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    events: list[Row] = []
    feedback: list[Row] = []
    for number in range(400):
        when = begin + dt.timedelta(hours=number)
        customer = f"c{number // 2}"
        case = f"case {number}"
        for _ in range(draw.randrange(1, 9)):
            when += dt.timedelta(minutes=draw.choice([0, 5, 50, 300, 3000]))
            activity = draw.choice(["visit", "visit", "cart", "basket", "help", "deliver", "pay"])
            row = {"customer_id": customer, "case_id": case, "time": when.isoformat(), "activity": activity}
            row["channel"] = draw.choice(["web", "app"])
            row["status"] = draw.choice(["ok", "ok", "failed"])
            if activity in ("deliver", "cart") and draw.random() < 0.7:
                row["promised_at"] = (when + dt.timedelta(minutes=draw.choice([10, 200]))).isoformat()
            if draw.random() < 0.2:
                row["ended_at"] = (when + dt.timedelta(minutes=draw.choice([1, 20]))).isoformat()
            events.append(row)
        if draw.random() < 0.5:
            told = {"customer_id": customer, "case_id": case, "time": when.isoformat(), "kind": "csat"}
            feedback.append(told | {"score": draw.randrange(1, 6)})
    customers = [{"customer_id": f"c{number}", "region": "north" if number % 3 else "south"} for number in range(150)]
    return events, feedback, customers


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("journeys") / "ws", *_rows(), map_text=MAP)


def total(workspace: Workspace, **params: Any) -> int:
    result = workspace.ask("journeys", top=0, **params).result
    assert isinstance(result, Journeys)
    return result.total


@pytest.mark.parametrize("by", ["touchpoint", "activity", "stage"])
def test_as_many_as_the_graph_says(shop: Workspace, by: str) -> None:
    graph = shop.ask("transitions", by=by).result
    assert graph.edges
    for edge in graph.edges:
        assert total(shop, by=by, source=edge.source, target=edge.target) == edge.journeys
    for node in graph.nodes:
        assert total(shop, by=by, through=[node.node]) == node.journeys
        assert total(shop, by=by, starts=node.node) == node.starts
        assert total(shop, by=by, ends=node.node) == node.ends
        assert total(shop, by=by, without=[node.node]) == 400 - node.journeys


@pytest.mark.parametrize("collapse", [False, True])
def test_as_many_as_the_scenario_says(shop: Workspace, collapse: bool) -> None:
    scenarios = shop.ask("variants", collapse=collapse, top=30).result
    for variant in scenarios.variants:
        asked = {"path": list(variant.path), "collapse": collapse}
        # A scenario without a step on the map has no path that could be asked for.
        if variant.path:
            assert total(shop, **asked) == variant.journeys
            assert total(shop, **asked, path_is="begin") >= variant.journeys


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
@pytest.mark.parametrize("count", ["journeys", "customers"])
@pytest.mark.parametrize("within", [None, "1d"])
def test_as_many_as_the_funnel_loses(shop: Workspace, order: str, count: str, within: str | None) -> None:
    asked = {"steps": ["Visit", "Cart|Delivery", "Paid"], "order": order, "count": count, "within": within}
    funnel = shop.ask("funnel", **asked, breakdown="region").result
    assert funnel.steps[0].journeys > funnel.steps[2].journeys > 0
    for number, step in enumerate(funnel.steps, 1):
        assert total(shop, **asked, made=number) == step.journeys
        if number > 1:
            stopped = {**asked, "stopped_after": number - 1}
            assert total(shop, **stopped) == step.dropped
            assert total(shop, **stopped, outcome=["under_way"]) == step.under_way
            assert total(shop, **stopped, outcome=["left", "reached"]) == step.dropped - step.under_way
    for group in funnel.groups:
        made = [total(shop, **asked, made=number, group=f"region={group.group}") for number in (1, 2, 3)]
        assert made == [step.journeys for step in group.steps]


def test_the_funnel_of_the_stages_loses_what_the_map_loses(tmp_path: Path) -> None:
    """Whoever may still go on is not lost, in the funnel as on the map."""
    stories = {f"c{n}": "visit@0 cart@1 pay@2" for n in range(40)}
    stories |= {f"left{n}": "visit@0" for n in range(9)} | {f"on{n}": "visit@0 cart@2" for n in range(5)}
    steps = "".join(
        f"  - {{stage: {name}, touchpoints: [{{touchpoint: {name}, when: {{activity: [{name.lower()}]}}}}]}}\n"
        for name in ("Visit", "Cart", "Pay")
    )
    workspace = make_workspace(tmp_path / "ws", event_rows(stories), map_text=f"map: M\ngoal: [Pay]\nstages:\n{steps}")
    funnel = workspace.ask("funnel", steps=["Visit", "Cart", "Pay"], by="stage").result.steps
    told = workspace.ask("touchpoints").result.stages
    assert told[1].under_way == 5, "five stand at the cart when the data ends"
    for stage, after in itertools.pairwise(zip(told, funnel, strict=True)):
        assert (stage[0].drop_off, stage[0].under_way) == (after[1].dropped - after[1].under_way, after[1].under_way)


def test_as_many_as_the_map_says(shop: Workspace) -> None:
    told = shop.ask("touchpoints").result
    checked = 0
    for row in told.touchpoints:
        name = row.touchpoint
        assert total(shop, through=[name]) == row.journeys
        assert total(shop, again=name) == row.reached_again
        assert total(shop, failed_at=name) == row.failed
        assert row.goal or total(shop, ends=name, outcome=["left"]) == row.drop_off
        assert row.goal or total(shop, ends=name, outcome=["under_way"]) == row.under_way
        for check in row.expectations:
            if check.expectation in ("within", "promised"):
                asked = {"promise": check.expectation}
                assert total(shop, missed_at=name, **asked) == check.missed
                assert total(shop, kept_at=name, **asked) == check.kept
                checked += check.kept > 0 and check.missed > 0
    assert checked >= 3
    for stage in told.stages:
        assert total(shop, by="stage", through=[stage.stage]) == stage.journeys


def test_outcomes_and_scores(shop: Workspace) -> None:
    overview = shop.ask("overview").result
    told = shop.ask("journeys").result
    assert (told.total, told.customers, told.reached, told.under_way) == (
        overview.journeys,
        overview.customers,
        overview.goal_reached,
        overview.under_way,
    )
    assert told.reached + told.under_way + told.left == told.total == told.kept
    assert total(shop, outcome=["reached"]) == told.reached
    score = overview.scores[0]
    assert total(shop, scored="any") == score.n == told.emotion_n
    assert total(shop, scored="high") / score.n == pytest.approx(score.value)
    by_place = [total(shop, scored="low", scored_at=name) for name in ("Visit", "Cart", "Delivery", "Paid")]
    # The others are about journeys that the map does not show.
    assert 0 < sum(by_place) <= total(shop, scored="low", score_kind="csat")
    assert sum(by_place) == sum(total(shop, by="stage", scored="low", scored_at=name) for name in ("Choose", "Buy"))


def test_steps_around_a_place(shop: Workspace) -> None:
    rows = shop.ask("journeys", top=500).result.journeys
    ways = [row.way for row in rows]
    after = [way[way.index("Cart") + 1 :] for way in ways if "Cart" in way]
    before = [way[: way.index("Cart")][::-1] for way in ways if "Cart" in way]
    asked = {"anchor": "Cart", "collapse": True}
    assert total(shop, **asked) == len(after)
    assert total(shop, **asked, at=["1=Visit"]) == sum(way[:1] == ("Visit",) for way in after)
    assert total(shop, **asked, at=["1=Visit", "2="]) == sum(way == ("Visit",) for way in after)
    assert total(shop, **asked, not_at=["1=Visit", "1="]) == sum(way[:1] not in ((), ("Visit",)) for way in after)
    assert total(shop, **asked, at=["2=Paid", "2=Visit"]) == sum(way[1:2] in (("Paid",), ("Visit",)) for way in after)
    assert total(shop, **asked, direction="before", at=["1=Visit"]) == sum(way[:1] == ("Visit",) for way in before)


def test_waits(shop: Workspace) -> None:
    pair = {"source": "Visit", "target": "Cart"}
    longer, shorter = (shop.ask("journeys", **pair, **{word: "1h"}, sort="waited").result for word in SIDES)
    assert longer.total > 0 and shorter.total > 0
    waits = [row.waited_seconds for row in longer.journeys]
    assert waits == sorted(waits, reverse=True) and min(waits) > 3600
    assert max(row.waited_seconds for row in shorter.journeys) <= 3600
    every = shop.ask("waits").result
    edge = next(row for row in every.between if (row.source, row.target) == ("Visit", "Cart"))
    assert total(shop, **pair) <= edge.count


SIDES = ("longer", "shorter")


@pytest.mark.parametrize("sort", ["began", "ended", "duration", "events", "score", "failures", "value", "customer"])
@pytest.mark.parametrize("rising", [False, True])
def test_pages_put_together_are_the_whole_list(shop: Workspace, sort: str, rising: bool) -> None:
    whole = shop.ask("journeys", sort=sort, rising=rising, top=400).result.journeys
    assert len({(row.customer_id, row.case_id) for row in whole}) == 400
    pages = [shop.ask("journeys", sort=sort, rising=rising, top=64, skip=skip).result for skip in range(0, 400, 64)]
    assert tuple(row for page in pages for row in page.journeys) == whole
    keys = [KEYS[sort](row) for row in whole if KEYS[sort](row) is not None]
    assert keys == sorted(keys, reverse=not rising)
    unknown = [KEYS[sort](row) is None for row in whole]
    assert unknown == sorted(unknown)


KEYS: dict[str, Any] = {
    "began": lambda row: row.begins,
    "ended": lambda row: row.ends,
    "duration": lambda row: row.duration_seconds,
    "events": lambda row: row.events,
    "score": lambda row: row.score,
    "failures": lambda row: row.failures,
    "value": lambda row: row.value,
    "customer": lambda row: row.customer_id,
}


def test_a_row_tells_what_the_journey_tells(shop: Workspace) -> None:
    for row in shop.ask("journeys", top=20, sort="events").result.journeys:
        (life,) = shop.ask("journey", customer=row.customer_id, case=row.case_id).result.journeys
        assert (row.begins, row.ends, row.duration_seconds) == (life.begins, life.ends, life.duration_seconds)
        assert (row.events, row.outcome, row.time_to_goal_seconds) == (
            life.events,
            life.outcome,
            life.time_to_goal_seconds,
        )
        events = [step for step in life.steps if step.what == "event"]
        shown = [step.touchpoint for step in events if step.touchpoint]
        assert row.way == tuple(name for place, name in enumerate(shown) if place == 0 or shown[place - 1] != name)
        assert (row.last, row.way_total) == (shown[-1] if shown else None, len(row.way))
        assert row.failures == sum(step.status == "failed" for step in events)
        assert row.channels == tuple(dict.fromkeys(step.channel for step in events))
        scores = [step.score for step in life.steps if step.score is not None]
        assert (row.answers, row.score) == (len(scores), min(scores, default=None))


@pytest.mark.parametrize("direction", ["after", "before"])
def test_as_many_as_the_flow_says(shop: Workspace, direction: str) -> None:
    asked = {"anchor": "Cart", "direction": direction, "collapse": True}
    flow = shop.ask("flow", **asked, steps=3, top=2).result
    assert flow.journeys == total(shop, **asked)
    kinds = {place.kind for place in flow.places}
    assert kinds == {"name", "other", "end"}

    def where(step: str, kind: str, name: str | None) -> dict[str, list[str]]:
        if kind == "other":
            shown = [place.name for place in flow.places if (place.step, place.kind) == (step, "name")]
            return {"not_at": [f"{step}={name}" for name in [*shown, ""]]}
        return {"at": [f"{step}={name or ''}"]}

    def both(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
        return {key: one.get(key, []) + other.get(key, []) for key in ("at", "not_at")}

    for place in flow.places:
        # The end is told once: of those that ended at an earlier step nothing more is said.
        earlier = {} if place.step == "1" else {"not_at": [f"{int(place.step) - 1}="]}
        assert total(shop, **asked, **both(where(place.step, place.kind, place.name), earlier)) == place.journeys
    for link in flow.links:
        before = str(int(link.step) - 1)
        source = {} if before == "0" else where(before, link.source_kind, link.source)
        target = where(link.step, link.target_kind, link.target)
        assert total(shop, **asked, **both(source, target)) == link.journeys


def test_as_many_as_wait_so_long(shop: Workspace) -> None:
    for target in (None, "Cart"):
        asked = {"source": "Visit"} | ({} if target is None else {"target": target})
        waits = shop.ask("wait_times", **asked).result
        assert total(shop, **asked) == waits.journeys > 0
        assert sum(bar.steps for bar in waits.bars) == waits.n
        for bar in waits.bars:
            limits = {"longer": bar.from_seconds or None, "shorter": bar.to_seconds}
            assert total(shop, **asked, **limits) == bar.journeys
        assert waits.promise_seconds == 7200 and 0 < waits.late < waits.n
    rows = {(row.source, row.target): row for row in shop.ask("waits").result.between}
    row = rows["Visit", "Cart"]
    assert (waits.n, waits.median_seconds, waits.p90_seconds) == (row.count, row.median_seconds, row.p90_seconds)
    assert waits.mean_seconds == pytest.approx(row.mean_seconds)


def test_as_many_as_passed_from_hand_to_hand(tmp_path: Path) -> None:
    draw = random.Random(3)
    events = [dict(row) | {"performer": draw.choice(["Ann", "Bob", "Eve"]), "shift": "day"} for row in _rows()[0]]
    office = make_workspace(tmp_path / "ws", events, map_text=MAP)
    rows = office.ask("waits").result.handovers
    assert len(rows) == 6
    for row in rows:
        assert total(office, handed_from=row.source, handed_to=row.target) == row.journeys
    with pytest.raises(TropaError, match="Anne"):
        office.ask("journeys", handed_from="Anne")
    with pytest.raises(TropaError, match="team"):
        office.ask("journeys", handed_from="Ann", performer="team")


def test_as_many_as_come_back(shop: Workspace) -> None:
    cohorts = shop.ask("retention", unit="customer", period="week", periods=3).result.cohorts
    checked = 0
    for cohort in cohorts:
        begins = dt.date.fromisoformat(cohort.begins[:10])
        days = [str(begins + dt.timedelta(days=number)) for number in range(0, 29, 7)]
        lasts = [str(begins + dt.timedelta(days=number - 1)) for number in range(7, 36, 7)]
        among = {"unit": "customer", "since": days[0], "until": lasts[0]}
        assert total(shop, **among) == cohort.size
        for later, point in enumerate(cohort.returns[1:], 1):
            if point.returned is not None:
                assert total(shop, **among, active_since=days[later], active_until=lasts[later]) == point.returned
                checked += point.returned > 0
    assert checked >= 2


def test_identifiers_are_found(shop: Workspace) -> None:
    assert total(shop, find="CASE 39") == 11
    assert total(shop, find="c199") == 2
    assert total(shop, find=".*") == 0


def test_active_in_a_time(shop: Workspace) -> None:
    whole = total(shop, since="2026-01-05", until="2026-01-05")
    assert total(shop, active_since="2026-01-05", active_until="2026-01-05") > whole > 0
    assert total(shop, active_since="2030-01-01") == 0


@pytest.mark.parametrize(
    ("params", "word"),
    [
        ({"through": ["Vist"]}, "Vist"),
        ({"path": ["Visit|Cart"]}, "Visit|Cart"),
        ({"anchor": "Visit", "at": ["x=Cart"]}, "x=Cart"),
        ({"at": ["1=Cart"]}, "anchor"),
        ({"longer": "1h"}, "source"),
        ({"made": 1}, "steps"),
        ({"steps": ["Visit"], "made": 2}, "steps"),
        ({"missed_at": "Cart"}, "Cart"),
        ({"group": "regoin=north"}, "regoin"),
        ({"group": "region=west"}, "west"),
        ({"score_kind": "stars"}, "stars"),
        ({"by": "activity", "scored_at": "visit"}, "activities"),
        ({"active_since": "1"}, "active_since"),
    ],
)
def test_what_cannot_be_meant_is_said(shop: Workspace, params: dict[str, Any], word: str) -> None:
    with pytest.raises(TropaError, match=word.replace("|", r"\|")) as error:
        shop.ask("journeys", **params)
    assert error.value.kind == "usage"


def test_without_a_map(tmp_path: Path) -> None:
    plain = make_workspace(tmp_path / "ws", *_rows())
    told = plain.ask("journeys", through=["visit"]).result
    assert (told.reached, told.goal_rate, told.journeys[0].outcome) == (None, None, None)
    assert told.journeys[0].last in ("visit", "cart", "basket", "help", "deliver", "pay")
    with pytest.raises(TropaError) as error:
        plain.ask("journeys", outcome=["left"])
    assert error.value.kind == "map"
