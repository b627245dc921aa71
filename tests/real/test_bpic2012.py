"""BPI Challenge 2012, the whole way: the commands of docs/bpic2012.md, what the page says, and the published numbers.

Origin: van Dongen, doi 10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f, and the reports of the challenge.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest
from lxml import etree
from tests.docs.pages import ROOT, Step, missing, numbers, read_page, run

from tropa.workspace.workspace import Workspace

pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.timeout(600)]

PAGE = read_page("docs/bpic2012.md")


KNOWN = {"25.8h", "67.7h"}
"""Medians and means of queues that others counted in the file: see `test_bottlenecks`, which counts them once more."""


@pytest.fixture(scope="module")
def folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the page's first commands were run."""
    place = tmp_path_factory.mktemp("bpic")
    (place / "bpic2012").symlink_to(shared_data / "bpic2012")
    (place / "examples").symlink_to(ROOT / "examples")
    with contextlib.chdir(place):
        for step in PAGE.steps:
            if step.words[1] in ("init", "load", "map"):
                ran = run(step)
                assert ran.status == 0, ran.err
        yield place


@pytest.fixture(scope="module")
def bank(folder: Path) -> Workspace:
    return Workspace(folder / "bank")


def result(bank: Workspace, analysis: str, **params: Any) -> Any:
    return bank.ask(analysis, **params).result


def row(rows: Any, **wanted: str) -> Any:
    return next(each for each in rows if all(getattr(each, name) == value for name, value in wanted.items()))


def test_the_page_shows_what_the_commands_print(folder: Path) -> None:
    # Its name, and what the map promises.
    told = {"2012"} | KNOWN | numbers((ROOT / "examples/bpic2012/map.yaml").read_text("utf-8"))
    for step in (*PAGE.steps, Step("tropa show bank touchpoints"), Step("tropa show bank coverage")):
        if step.words[1] in ("show", "find"):
            ran = run(step)
            assert ran.status == 0, ran.err
            assert missing(step, ran) == []
            told |= numbers(ran.out)
    assert numbers(PAGE.prose) - told == set()


def test_size(bank: Workspace) -> None:
    overview = result(bank, "overview")
    assert (overview.journeys, overview.events) == (13_087, 262_200)
    assert len(result(bank, "transitions", by="activity").nodes) == 24
    assert result(bank, "variants", by="activity").total == 4_366


def test_outcomes(bank: Workspace) -> None:
    """Activated 2,246 (17.16 %), declined 7,635, cancelled 2,807."""
    overview = result(bank, "overview")
    assert overview.goal_reached == 2_246
    assert overview.goal_rate == pytest.approx(0.1716, abs=5e-5)
    nodes = result(bank, "transitions", by="activity").nodes
    for activity, journeys in {"A_ACTIVATED": 2_246, "A_DECLINED": 7_635, "A_CANCELLED": 2_807}.items():
        assert row(nodes, node=activity).journeys == journeys


def test_funnel(bank: Workspace) -> None:
    steps = ["A_PREACCEPTED", "A_ACCEPTED", "A_FINALIZED", "O_SENT", "O_SENT_BACK", "O_ACCEPTED"]
    funnel = result(bank, "funnel", by="activity", steps=steps, order="any")
    assert [step.journeys for step in funnel.steps] == [7_367, 5_113, 5_015, 5_015, 3_254, 2_243]


def test_durations(bank: Workspace) -> None:
    """Activated within 14.49 days (median) of the first event; the whole log 8.62 days on average."""
    assert result(bank, "time_to_goal").typical_median_seconds / 86_400 == pytest.approx(14.49, rel=0.02)
    mean_days = result(bank, "waits", by="activity").journey_seconds / 13_087 / 86_400
    assert mean_days == pytest.approx(8.62, abs=0.01)


def test_queues(bank: Workspace) -> None:
    """SCHEDULE to START in hours, median; of the two middle ones of the fraud check the lower is given."""
    steps = result(bank, "waits", by="activity").steps
    medians = {"W_Valideren aanvraag": 25.8, "W_Completeren aanvraag": 1.75, "W_Afhandelen leads": 0.7}
    for activity, hours in medians.items():
        assert row(steps, name=activity).queue_median_seconds / 3_600 == pytest.approx(hours, rel=0.03)
    assert row(steps, name="W_Nabellen offertes").queue_mean_seconds / 3_600 == pytest.approx(67.7, abs=0.05)
    fraud = row(steps, name="W_Beoordelen fraude")
    assert 9.0 < fraud.queue_median_seconds / 3_600 <= 10.2
    assert fraud.queue_median_seconds_low <= 10.2 * 3_600 <= fraud.queue_median_seconds_high


def test_work(bank: Workspace) -> None:
    """START to COMPLETE in minutes, mean."""
    steps = result(bank, "waits", by="activity").steps
    means = {
        "W_Valideren aanvraag": 20.9,
        "W_Afhandelen leads": 16.9,
        "W_Nabellen incomplete dossiers": 12.7,
        "W_Completeren aanvraag": 10.2,
        "W_Nabellen offertes": 9.3,
    }
    for activity, minutes in means.items():
        assert row(steps, name=activity).service_mean_seconds / 60 == pytest.approx(minutes, abs=0.05)


def count_from_the_file(file: Path) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds from SCHEDULE to START and from START to COMPLETE by activity, read without Tropa."""
    queue: dict[str, list[float]] = defaultdict(list)
    work: dict[str, list[float]] = defaultdict(list)
    with gzip.open(file) as opened:
        for _, trace in etree.iterparse(opened, tag="{*}trace"):
            planned: dict[str, dt.datetime] = {}
            started: dict[str, dt.datetime] = {}
            events = []
            for event in trace.iterfind("{*}event"):
                told = {field.get("key"): field.get("value") for field in event}
                moment = dt.datetime.fromisoformat(told["time:timestamp"])
                events.append((moment, told["concept:name"], told["lifecycle:transition"]))
            for moment, activity, phase in sorted(events, key=lambda each: each[0]):
                if phase == "SCHEDULE":
                    planned[activity] = moment
                elif phase == "START":
                    started[activity] = moment
                    if activity in planned:
                        queue[activity].append((moment - planned.pop(activity)).total_seconds())
                elif activity in started:
                    work[activity].append((moment - started.pop(activity)).total_seconds())
            trace.clear()
    return queue, work


def test_bottlenecks(bank: Workspace, shared_data: Path) -> None:
    """Longest median queue: documents, 25.8 h; longest mean: calls after an offer, 67.7 h."""
    queue, work = count_from_the_file(shared_data / "bpic2012" / "BPI_Challenge_2012.xes.gz")
    assert max(queue, key=lambda activity: median(queue[activity])) == "W_Valideren aanvraag"
    assert max(queue, key=lambda activity: mean(queue[activity])) == "W_Nabellen offertes"
    assert median(queue["W_Valideren aanvraag"]) / 3600 == pytest.approx(25.8, abs=0.05)
    assert mean(queue["W_Nabellen offertes"]) / 3600 == pytest.approx(67.7, abs=0.05)
    found = result(bank, "bottlenecks", by="activity")
    for activity, waits in queue.items():
        told = row(found.processes, process=activity)
        assert told.scheduled_n == len(waits)
        assert told.scheduled_wait_mean_seconds == pytest.approx(mean(waits), rel=1e-6)
        assert told.service_mean_seconds == pytest.approx(mean(work[activity]), rel=1e-6)
        assert told.scheduled_wait_median_seconds == pytest.approx(sorted(waits)[(len(waits) - 1) // 2], rel=0.0101)
    assert [(each.process, each.department) for each in found.processes if each.is_bottleneck] == [
        ("W_Valideren aanvraag", "Validation")
    ]
    by_touchpoint = [each for each in result(bank, "bottlenecks").processes if each.is_bottleneck]
    assert [(each.process, each.touchpoint) for each in by_touchpoint] == [("Documents checked", "Offer sent back")]


def test_incomplete_files(bank: Workspace) -> None:
    """1,647 applications got a call for missing papers; 1,231 of them were activated."""
    funnel = result(bank, "funnel", by="activity", steps=["W_Nabellen incomplete dossiers", "A_ACTIVATED"])
    assert [step.journeys for step in funnel.steps] == [1_647, 1_231]
