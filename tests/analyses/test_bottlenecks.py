"""Bottlenecks: by hand, against plain Python, and on small companies with and without a narrow place."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import make_workspace

from tropa.analyses.bottlenecks import Bottlenecks
from tropa.analyses.bottlenecks_rows import Process
from tropa.errors import TropaError

CLOSE = 0.0101
"""Quantiles come from logarithmic buckets, within 1 %."""

START = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
"""A Monday."""

MAP = """
map: Office
unit: customer
goal: [Answer]
stages:
  - stage: Asking
    touchpoints:
      - {touchpoint: Form, when: {activity: [form]}, actor: customer, expects: {within: 10d}}
      - {touchpoint: Question, when: {activity: [question]}, actor: customer}
  - stage: Inside
    touchpoints:
      - touchpoint: Check
        when: {activity: [check]}
        actor: employee
        process: {owner: Operations, department: Checkers}
      - touchpoint: Answer
        when: {activity: [answer]}
        actor: employee
        process: {owner: Sales}
"""


def moment(minutes: float) -> str:
    return (START + dt.timedelta(minutes=minutes)).isoformat()


def event(
    minutes: float, activity: str, customer: str = "a", until: float | None = None, **columns: str
) -> dict[str, Any]:
    row = {"customer_id": customer, "time": moment(minutes), "activity": activity, **columns}
    return row if until is None else row | {"ended_at": moment(until)}


def ask(folder: Path, events: list[Any], map_text: str | None = None, **params: Any) -> Bottlenecks:
    result = make_workspace(folder / "ws", events, map_text=map_text).ask("bottlenecks", **params).result
    assert isinstance(result, Bottlenecks)
    return result


def row(result: Bottlenecks, process: str, department: str | None = "any") -> Process:
    (found,) = [
        each
        for each in result.processes
        if each.process == process and (department == "any" or each.department == department)
    ]
    return found


def staff(name: str = "Checkers") -> dict[str, str]:
    return {"actor": "employee", "performer": name}


def test_waiting_work_and_the_customers_own_time_by_hand(tmp_path: Path) -> None:
    events = [
        event(0, "form"),
        event(60, "check", until=80, **staff()),
        event(200, "form"),
        event(230, "answer", **staff("Sales")),
    ]
    result = ask(tmp_path, events, MAP)
    check = row(result, "Check")
    assert (check.department, check.owner, check.stage, check.touchpoint) == (
        "Checkers",
        "Operations",
        "Asking",
        "Form",
    )
    assert (check.n, check.wait_n, check.unsplit_n, check.service_n) == (1, 1, 0, 1)
    assert (check.wait_seconds, check.service_seconds) == (3600, 1200)
    assert check.wait_median_seconds == pytest.approx(3600, rel=CLOSE)
    assert check.share == pytest.approx(60 / 230)
    assert check.felt
    answer = row(result, "Answer")
    # One time only: what is work in it nobody knows.
    assert (answer.department, answer.unsplit_n, answer.service_n, answer.wait_seconds) == ("Sales", 1, 0, 1800)
    assert answer.handovers_in == 1
    (handover,) = result.handovers
    assert (handover.source, handover.target, handover.n, handover.seconds) == ("Checkers", "Sales", 1, 150 * 60)
    # From the end of the check to the second form.
    assert result.own_seconds == 120 * 60
    assert result.journey_seconds == pytest.approx(230 * 60)


def test_what_the_customer_does_meanwhile_does_not_end_the_wait(tmp_path: Path) -> None:
    events = []
    for number in range(5):
        events += [event(0, "form", f"c{number}"), event(100, "check", f"c{number}", 110, **staff())]
    # Asks twice while waiting: in vain, and the check comes as ever.
    events += [event(0, "form", "x"), event(40, "question", "x"), event(70, "question", "x")]
    events += [event(100, "check", "x", 110, **staff())]
    result = ask(tmp_path, events, MAP)
    check = row(result, "Check")
    assert (check.wait_n, check.wait_seconds) == (6, 6 * 6000)
    assert [(place.touchpoint, place.wait_n) for place in check.places] == [("Form", 6)]
    assert result.own_seconds == 0


def test_an_act_that_makes_the_work_possible_ends_the_customers_own_time(tmp_path: Path) -> None:
    # The answer never follows the check directly, so the question between them is not stepped over.
    events = []
    for number in range(4):
        customer = f"c{number}"
        events += [event(0, "form", customer), event(5, "check", customer, 10, **staff())]
        events += [event(100, "question", customer), event(120, "answer", customer, **staff("Sales"))]
    result = ask(tmp_path, events, MAP)
    answer = row(result, "Answer")
    assert (answer.touchpoint, answer.wait_seconds) == ("Question", 4 * 1200)
    assert result.own_seconds == 4 * 90 * 60


def test_work_scheduled_waits_from_then(tmp_path: Path) -> None:
    def phase(minutes: float, what: str) -> dict[str, Any]:
        return event(minutes, "check", performer="Ann") | {"lifecycle:transition": what}

    events = [event(0, "form"), phase(10, "SCHEDULE"), phase(50, "START"), phase(70, "COMPLETE")]
    events += [phase(100, "START"), phase(105, "COMPLETE"), event(130, "answer", performer="Bob")]
    check = row(ask(tmp_path, events), "check")
    assert (check.scheduled_n, check.scheduled_wait_mean_seconds) == (1, 2400)
    assert (check.wait_n, check.wait_seconds) == (2, (40 + 30) * 60)
    assert (check.service_n, check.service_mean_seconds, check.unsplit_n) == (2, 12.5 * 60, 0)


def test_two_departments_at_one_touchpoint(tmp_path: Path) -> None:
    events = []
    for number in range(40):
        customer = f"c{number}"
        # Each knows its own department of the map by the performer's name.
        slow = number % 2
        events.append(event(10 * number, "form", customer))
        name = "checkers" if slow else "Sales"
        events.append(event(10 * number + (90 if slow else 3), "check", customer, **staff(name)))
        events.append(event(10 * number + 500, "answer", customer, **staff("Sales")))
    text = MAP.replace("process: {owner: Sales}", "process: {owner: Sales, department: Sales}")
    result = ask(tmp_path, events, text)
    assert row(result, "Check", "Checkers").wait_mean_seconds == 90 * 60
    assert row(result, "Check", "Sales").wait_mean_seconds == 3 * 60


def test_without_a_map_the_department_is_who_served_most_of_the_waiting(tmp_path: Path) -> None:
    events = []
    for number in range(10):
        customer, slow = f"c{number}", number < 5
        events.append(event(0, "form", customer))
        events.append(event(600 if slow else 5, "check", customer, **staff("Back office" if slow else "Front office")))
    check = row(ask(tmp_path, events), "check")
    assert check.department == "Back office"
    told = {each.performer: (each.wait_n, each.wait_mean_seconds) for each in check.performers}
    assert told == {"Back office": (5, 36_000), "Front office": (5, 300)}


def test_nobody_says_who_acts_and_when_it_ended(tmp_path: Path) -> None:
    events = [
        event(minute, name, f"c{n}") for n in range(40) for name, minute in (("a", n), ("b", 3000 + n), ("c", 3001))
    ]
    result = ask(tmp_path, events)
    assert all(each.is_bottleneck is None and each.felt is None for each in result.processes)
    assert all(each.unsplit_n == each.wait_n and each.service_median_seconds is None for each in result.processes)
    assert "Nobody says who acts" in result.notes[0]
    assert "cannot be parted" in result.notes[1]


def test_one_customer_and_one_event(tmp_path: Path) -> None:
    result = ask(tmp_path, [event(0, "check", **staff())], MAP)
    (only,) = result.processes
    assert (only.n, only.wait_n, only.wait_median_seconds, only.share, only.trend) == (1, 0, None, None, None)
    assert only.is_bottleneck is False


def test_an_unknown_attribute_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(TropaError, match="'departmant'") as caught:
        ask(tmp_path, [event(0, "check", department="front")], performer="departmant")
    assert "department" in caught.value.hint


def test_those_still_waiting_count_as_far_as_they_have_waited(tmp_path: Path) -> None:
    events = []
    for number in range(20):
        events.append(event(0, "form", f"c{number}"))
        events.append(event(300, "check", f"c{number}", 301, **staff()))
    # Watched for 200 minutes; nobody knows of them that they would not be checked after 300.
    for number in range(30):
        events.append(event(150, "form", f"w{number}"))
    events.append(event(350, "question", "last"))
    check = row(ask(tmp_path, events, MAP), "Check")
    assert (check.wait_n, check.waiting_now_n, check.left_n) == (20, 30, 0)
    assert check.wait_median_seconds == pytest.approx(300 * 60, rel=CLOSE)


def test_those_who_left_while_waiting_are_told(tmp_path: Path) -> None:
    events = [event(at, "form", f"c{number}") for number in range(20) for at in (0,)]
    events += [event(50, "check", f"c{number}", 51, **staff()) for number in range(15)]
    events.append(event(5000, "question", "last"))
    check = row(ask(tmp_path, events, MAP), "Check")
    assert (check.wait_n, check.waiting_now_n, check.left_n) == (15, 0, 5)


# -- whole companies


def company(seed: int, kind: str) -> list[dict[str, Any]]:
    """Eight weeks of forms, checked by one who needs about 50 minutes each and works from 9 to 18.

    `queue`: one after another, in order. `delay`: each after a delay of its own, as long on average, whatever the load.
    """
    chance = random.Random(seed)
    events: list[dict[str, Any]] = []
    arrivals = sorted(
        day * 1440 + chance.uniform(9, 17) * 60
        for day in range(56)
        for _ in range(round(chance.choice([3, 8, 10, 14])))
    )
    free = 0.0
    for number, at in enumerate(arrivals):
        customer, work = f"{kind}{number}", chance.uniform(40, 60)
        if kind == "queue":
            begin = max(free, at)
            if begin % 1440 > 18 * 60:
                begin = (begin // 1440 + 1) * 1440 + 9 * 60
            free = begin + work
        else:
            begin = at + chance.uniform(200, 1200)
        events.append(event(at, "form", customer))
        events.append(event(begin, "check", customer, begin + work, **staff()))
        events.append(event(begin + work + chance.uniform(5, 30), "answer", customer, **staff("Sales")))
    return events


@pytest.mark.parametrize("seed", range(3))
def test_one_after_another_is_a_bottleneck_and_load_is_the_cause(tmp_path: Path, seed: int) -> None:
    result = ask(tmp_path, company(seed, "queue"), MAP)
    assert [(each.department, each.touchpoint) for each in result.processes if each.is_bottleneck] == [
        ("Checkers", "Form")
    ]
    check = result.processes[0]
    assert check.contention_seconds is not None and check.off_hours_seconds is not None
    assert check.contention_seconds > 0.5 * check.wait_seconds
    assert check.narrow_by[0] == "load"
    assert check.load_effect_seconds_low is not None and check.load_effect_seconds_low > 0


@pytest.mark.parametrize("seed", range(3))
def test_a_delay_as_long_is_none(tmp_path: Path, seed: int) -> None:
    result = ask(tmp_path, company(seed, "delay"), MAP)
    check = row(result, "Check")
    assert check.share is not None and check.share > 0.5
    assert not any(each.is_bottleneck for each in result.processes)


def test_a_delay_that_breaks_its_promise_is_one(tmp_path: Path) -> None:
    result = ask(tmp_path, company(0, "delay"), MAP.replace("within: 10d", "within: 8h"))
    check = row(result, "Check")
    assert check.is_bottleneck
    assert check.narrow_by == ("promise",)
    assert check.missed_share is not None and check.missed_share > 0.5
    assert check.promised_n == check.wait_n


@pytest.mark.parametrize("kind", ["queue", "delay"])
def test_causes_add_up_and_the_queue_is_littles(tmp_path: Path, kind: str) -> None:
    for each in ask(tmp_path, company(7, kind), MAP).processes:
        causes = (each.contention_seconds or 0) + (each.off_hours_seconds or 0) + each.other_seconds
        assert causes == pytest.approx(each.wait_seconds, rel=1e-9)
        assert min(each.contention_seconds or 0, each.off_hours_seconds or 0, each.other_seconds) >= 0
        if each.queue_mean:
            assert each.arrivals_a_day is not None and each.wait_mean_seconds is not None
            assert each.queue_mean == pytest.approx(each.arrivals_a_day * each.wait_mean_seconds / 86400)


def test_a_line_that_grows_week_by_week_is_said_to_grow(tmp_path: Path) -> None:
    chance = random.Random(3)
    events = []
    for number in range(1200):
        at = number * 120 + chance.uniform(0, 60)
        wait = 60 + at / 40 + chance.uniform(0, 60)
        events.append(event(at, "form", f"c{number}"))
        events.append(event(at + wait, "check", f"c{number}", **staff()))
    assert row(ask(tmp_path, events, MAP), "Check").trend == "growing"


@pytest.mark.parametrize("seed", range(3))
def test_sums_against_plain_python(tmp_path: Path, seed: int) -> None:
    """Only the company acts, so that nothing is stepped over: every wait is from the latest end so far."""
    chance = random.Random(seed)
    events: list[dict[str, Any]] = []
    waited: dict[str, float] = defaultdict(float)
    worked: dict[str, float] = defaultdict(float)
    for number in range(60):
        minute, latest = 0, None
        for _ in range(chance.randint(1, 9)):
            minute += chance.randint(1, 50)
            what, until = chance.choice(["x", "y", "z"]), minute + chance.randint(0, 40)
            events.append(event(minute, what, f"c{number}", until, **staff(chance.choice(["Ann", "Bob"]))))
            worked[what] += (until - minute) * 60
            if latest is not None:
                waited[what] += max(minute - latest, 0) * 60
            latest = until if latest is None else max(latest, until)
    result = ask(tmp_path, events)
    assert {each.process: each.wait_seconds for each in result.processes} == pytest.approx(waited)
    assert {each.process: each.service_seconds for each in result.processes} == pytest.approx(worked)
