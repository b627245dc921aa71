"""Random small logs: what the folds say of the map is what plain Python says, event by event."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.analyses import plain
from tests.helpers import make_workspace

from tropa.workspace.workspace import Workspace

SEEDS = range(12)


def iso(microseconds: int | None) -> str | None:
    if microseconds is None:
        return None
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)).isoformat()


class Case:
    """One random log, loaded, and what its data says of itself."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.journeys, self.answers, self.horizon = plain.random_log(seed)
        events = [
            {
                "customer_id": journey.customer,
                "time": iso(event.time),
                "activity": event.activity,
                "status": "failed" if event.failed else None,
                "promised_at": iso(event.promised),
                "ended_at": iso(event.ended),
            }
            for journey in self.journeys
            for event in journey.events
        ]
        feedback = [answer | {"time": iso(answer["time"])} for answer in self.answers]
        text = plain.MAP % ("" if self.horizon is None else "within: 25h")
        self.workspace: Workspace = make_workspace(folder, events, feedback, map_text=text)
        self.now = max(event.time for journey in self.journeys for event in journey.events)
        idle = self.workspace.journeys()[2].facts.idle_us
        assert idle is not None
        self.rule = (self.horizon, self.now, idle)

    def outcome(self, journey: plain.Journey) -> str:
        return journey.outcome(*self.rule)


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(request.param, tmp_path_factory.mktemp("plain") / "ws")


def near(value: float | None) -> Any:
    """Histograms are within 1 %."""
    return None if value is None else pytest.approx(value, rel=0.0101, abs=0.002)


def test_touchpoints(case: Case) -> None:
    result = case.workspace.ask("touchpoints").result
    assert [row.touchpoint for row in result.touchpoints] == list(plain.STAGES)
    assert result.under_way == sum(case.outcome(journey) == "under_way" for journey in case.journeys)
    for row in result.touchpoints:
        name = row.touchpoint
        visits = [[visit for visit in journey.visits() if visit[0].node == name] for journey in case.journeys]
        times = [
            after[0].time - visit[0].time
            for journey in case.journeys
            for visit, after in zip(journey.visits(), journey.visits()[1:], strict=False)
            if visit[0].node == name
        ]
        ends = [case.outcome(one) for one in case.journeys if one.on_map and one.on_map[-1].node == name]
        assert row.journeys == sum(bool(those) for those in visits)
        assert row.visits == sum(len(those) for those in visits)
        assert row.reached_again == sum(len(those) > 1 for those in visits)
        assert row.failed == sum(any(event.failed for visit in those for event in visit) for those in visits)
        assert row.drop_off == (0 if name == plain.GOAL else ends.count("left"))
        assert row.under_way == (0 if name == plain.GOAL else ends.count("under_way"))
        assert row.next_n == len(times)
        assert row.next_median_seconds == near(plain.quantile(times, 0.5))
        assert row.next_p75_seconds == near(plain.quantile(times, 0.75))
        assert row.next_p90_seconds == near(plain.quantile(times, 0.9))


def test_promises_of_time(case: Case) -> None:
    rows = case.workspace.ask("touchpoints").result.touchpoints
    told = {
        (check.expectation, row.touchpoint): check
        for row in rows
        for check in row.expectations
        if check.expectation in ("within", "promised") and check.n
    }
    expected = {key: values for key, values in plain.overruns(case.journeys, *case.rule).items() if values}
    assert told.keys() == expected.keys()
    for key, check in told.items():
        values = expected[key]
        late = [overrun for overrun, waits in values if overrun > 0 and not waits]
        assert check.n == len(values)
        assert check.kept == sum(overrun <= 0 for overrun, _ in values)
        assert check.missed == sum(overrun > 0 for overrun, _ in values)
        assert check.waiting == sum(waits for _, waits in values)
        assert check.gap == near(plain.quantile([overrun for overrun, _ in values], 0.5))
        assert check.missed_by_median == near(plain.quantile(late, 0.5))
        assert check.missed_by_p90 == near(plain.quantile(late, 0.9))


def test_stages(case: Case) -> None:
    rows = case.workspace.ask("touchpoints").result.stages
    for row, expected in zip(rows, plain.stages(case.journeys, *case.rule), strict=True):
        assert row.journeys == expected["journeys"]
        assert row.passed_on == len(expected["times"])
        assert row.drop_off == expected["left"]
        assert row.under_way == expected["under_way"]
        assert row.median_seconds == near(plain.quantile(expected["times"], 0.5))
        assert row.p90_seconds == near(plain.quantile(expected["times"], 0.9))


def test_scores(case: Case) -> None:
    rows = {row.touchpoint: row for row in case.workspace.ask("touchpoints").result.touchpoints}
    by_customer = {journey.customer: journey for journey in case.journeys}
    told: dict[str, list[tuple[str, int]]] = {name: [] for name in rows}
    for answer in case.answers:
        name = plain.about(answer, by_customer[answer["customer_id"]])
        if name is not None:
            told[name].append((answer["kind"], answer["score"]))
    for name, row in rows.items():
        kinds = Counter(kind for kind, _ in told[name])
        assert {score.kind: score.n for score in row.scores} == kinds
        felt = [(score - 3) / 2 * 100 if kind == "csat" else (score - 5) / 5 * 100 for kind, score in told[name]]
        assert row.emotion_n == len(felt)
        assert row.emotion == (pytest.approx(sum(felt) / len(felt)) if felt else None)
        for score in row.scores:
            values = [value for kind, value in told[name] if kind == score.kind]
            assert score.mean == pytest.approx(sum(values) / len(values))


def test_overview_and_coverage(case: Case) -> None:
    overview = case.workspace.ask("overview").result
    coverage = case.workspace.ask("coverage").result
    reached = sum(case.outcome(journey) == "reached" for journey in case.journeys)
    events = [event for journey in case.journeys for event in journey.events]
    explained = sum(len(journey.on_map) == len(journey.events) for journey in case.journeys)
    bound = sum(event.node is not None for event in events)
    assert (overview.goal_reached, overview.goal_rate) == (reached, pytest.approx(reached / 40))
    assert overview.goal_rate_decided == pytest.approx(reached / (40 - overview.under_way))
    assert overview.feedback == len(case.answers)
    assert (coverage.journeys, coverage.journeys_explained, coverage.events_bound) == (40, explained, bound)
    assert overview.coverage_journeys_share == coverage.journeys_share == pytest.approx(explained / 40)
    assert overview.coverage_events_share == coverage.events_share == pytest.approx(bound / len(events))
    assert {row.touchpoint: row.journeys for row in coverage.leaves} == plain.leaves(case.journeys)
    unmapped = Counter(event.activity for event in events if event.node is None)
    assert {row.activity: row.events for row in coverage.unmapped} == unmapped
    for row in coverage.unmapped:
        met = sum(any(event.activity == row.activity for event in journey.events) for journey in case.journeys)
        assert (row.journeys, row.share) == (met, pytest.approx(met / 40))


@pytest.mark.parametrize("name", ["A", "D", "E"])
def test_one_touchpoint(case: Case, name: str) -> None:
    result = case.workspace.ask("touchpoint", touchpoint=name).result
    row = next(row for row in case.workspace.ask("touchpoints").result.touchpoints if row.touchpoint == name)
    before: Counter[str | None] = Counter()
    after: Counter[str | None] = Counter()
    weeks: Counter[str] = Counter()
    for journey in case.journeys:
        visits = journey.visits()
        place = next((place for place, visit in enumerate(visits) if visit[0].node == name), None)
        if place is None:
            continue
        before[visits[place - 1][0].node if place else None] += 1
        after[visits[place + 1][0].node if place + 1 < len(visits) else None] += 1
        day = dt.datetime.fromtimestamp(visits[place][0].time / 1e6, dt.UTC).date()
        weeks[(day - dt.timedelta(days=day.weekday())).isoformat()] += 1
    del before[None], after[None]
    assert {one.touchpoint: one.journeys for one in result.comes_from} == before
    assert {one.touchpoint: one.journeys for one in result.goes_to} == after
    assert {period.begins: period.journeys for period in result.trend if period.journeys} == weeks
    assert sum(period.failed for period in result.trend) == row.failed
    assert sum(period.emotion_n for period in result.trend) == row.emotion_n
    assert result.journeys == row.journeys == sum(weeks.values())
    outcomes = {journey.customer: case.outcome(journey) for journey in case.journeys}
    assert all(example.outcome == outcomes[example.customer_id] for example in result.examples)
    assert len(result.examples) == min(6, row.journeys)
