"""Waits: between steps, inside them and from hand to hand; by hand and against plain Python."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses.waits import After, Between, Handover, Waits, Work
from tropa.errors import TropaError

CLOSE = 0.0101
"""Quantiles come from logarithmic buckets, within 1 %."""


def row(rows: tuple[Any, ...], *names: str) -> Any:
    """The row of that source (and target), or of that name."""
    keys = ("name",) if hasattr(rows[0], "name") else ("source", "target")[: len(names)]
    (found,) = [each for each in rows if tuple(getattr(each, key) for key in keys) == names]
    return found


def waits(folder: Path, events: list[Any], **params: Any) -> Waits:
    result = make_workspace(folder / "ws", events).ask("waits", **params).result
    assert isinstance(result, Waits)
    return result


# -- between steps


def test_between_by_hand(tmp_path: Path) -> None:
    journeys = {"a": "x@0 y@10 x@40", "b": "x@0 y@30", "c": "x@20 z@100", "end": "w@100"}
    result = waits(tmp_path, event_rows(journeys))
    pair: Between = row(result.between, "x", "y")
    assert (pair.count, pair.share, pair.mean_seconds, pair.total_seconds) == (2, 2 / 3, 1200, 2400)
    assert pair.median_seconds == pytest.approx(600, rel=CLOSE)
    assert pair.p90_seconds == pytest.approx(1800, rel=CLOSE)
    after: After = row(result.after, "x")
    # Of 4 visits 3 were followed after 10, 30 and 80 minutes; the one at minute 40 was watched for 60 minutes.
    assert (after.visits, after.moved_on) == (4, 3)
    assert after.reached + after.under_way + after.left == 1
    assert after.moved_on_share == pytest.approx(1)
    assert after.median_seconds == pytest.approx(1800, rel=CLOSE)
    assert after.next_mean_seconds == pytest.approx(120 * 60 / 3)


def test_open_journeys_are_watched_to_the_end_and_not_dropped(tmp_path: Path) -> None:
    # One goes on after 10 minutes; three stand still, watched for 100 minutes each.
    journeys = {"a": "x@0 y@10", "b": "x@0", "c": "x@0", "d": "x@0", "end": "w@100"}
    after: After = row(waits(tmp_path, event_rows(journeys)).after, "x")
    assert after.moved_on_share == pytest.approx(0.25)
    assert after.median_seconds is None
    assert after.next_median_seconds == pytest.approx(600, rel=CLOSE)


def test_outcomes_tell_where_journeys_stand_still(tmp_path: Path) -> None:
    text = "map: m\nunit: customer\ngoal: [Y]\nstages:\n  - stage: s\n    touchpoints:\n"
    text += "".join(f"      - touchpoint: {name.upper()}\n        when: {{activity: {name}}}\n" for name in "xy")
    journeys = {"a": "x@0 y@10", "left": "x@0 x@5", "fresh": "x@990", "end": "other@1000"}
    workspace = make_workspace(tmp_path / "ws", event_rows(journeys), map_text=text)
    result = workspace.ask("waits").result
    # Gaps were 10 and 5 minutes long: idle for 10 minutes is still usual.
    x: After = row(result.after, "X")
    assert (x.visits, x.moved_on, x.reached, x.under_way, x.left) == (4, 2, 0, 1, 1)
    assert row(result.after, "Y").reached == 1


@pytest.mark.parametrize("seed", range(3))
def test_between_against_plain_python(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    journeys: dict[str, str] = {}
    gaps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(80):
        minute, steps, before = chance.randrange(500), [], ""
        for _ in range(chance.randint(1, 12)):
            step, gap = chance.choice("abcd"), chance.choice([0, 1, 7, 60, 333])
            minute += gap
            if before:
                gaps[before, step].append(gap * 60.0)
            steps.append(f"{step}@{minute}")
            before = step
        journeys[f"c{number}"] = " ".join(steps)
    result = waits(tmp_path, event_rows(journeys), by="activity")
    assert {(pair.source, pair.target): pair.count for pair in result.between} == {k: len(v) for k, v in gaps.items()}
    for pair in result.between:
        told = sorted(gaps[pair.source, pair.target])
        assert pair.total_seconds == pytest.approx(sum(told))
        for share, value in ((0.5, pair.median_seconds), (0.75, pair.p75_seconds), (0.9, pair.p90_seconds)):
            rank = max(int(-(-share * len(told) // 1)), 1)
            assert value == pytest.approx(told[rank - 1], rel=CLOSE)


# -- inside and from hand to hand


def event(
    minute: int, activity: str, performer: str | None = None, until: int | None = None, **more: str
) -> dict[str, Any]:
    def clock(at: int) -> str:
        return f"2026-01-01T{at // 60:02}:{at % 60:02}:00"

    told: dict[str, Any] = {"customer_id": "a", "time": clock(minute), "activity": activity, **more}
    if performer:
        told["performer"] = performer
    if until is not None:
        told["ended_at"] = clock(until)
    return told


def test_work_and_waiting_by_ended_at(tmp_path: Path) -> None:
    events = [
        event(0, "apply"),
        event(20, "check", "Ann", 50),
        event(40, "score", "robot", 45),
        event(110, "decide", "Bob", 120),
        event(120, "sign", "Bob", 125),
    ]
    result = waits(tmp_path, events)
    ann: Work = row(result.performers, "Ann")
    assert (ann.service_n, ann.service_seconds, ann.waiting_n, ann.unsplit_n, ann.waiting_seconds) == (
        1,
        1800,
        1,
        0,
        1200,
    )
    assert ann.service_median_seconds == pytest.approx(1800, rel=CLOSE)
    assert ann.service_share == pytest.approx(30 / 125)
    robot: Work = row(result.performers, "robot")
    # It began while Ann was at work: nothing waited for it.
    assert (robot.service_seconds, robot.waiting_seconds) == (300, 0)
    bob: Work = row(result.performers, "Bob")
    assert (bob.service_n, bob.service_seconds, bob.waiting_n, bob.waiting_seconds) == (2, 900, 2, 3600)
    assert result.journey_seconds == 125 * 60
    # Of the first event nothing is known: it has no end, and nothing before it.
    assert {each.name for each in result.steps} == {"check", "score", "decide", "sign"}
    assert row(result.steps, "decide").waiting_seconds == 3600


def test_an_event_with_one_time_cannot_split_waiting_from_work(tmp_path: Path) -> None:
    result = waits(tmp_path, [event(0, "apply"), event(30, "check", "Ann"), event(40, "decide", "Ann", 50)])
    ann: Work = row(result.performers, "Ann")
    assert (ann.waiting_n, ann.unsplit_n, ann.waiting_seconds, ann.service_n) == (2, 1, 2400, 1)


def test_an_end_before_its_beginning_is_counted_and_not_used(tmp_path: Path) -> None:
    result = waits(tmp_path, [event(0, "apply"), event(30, "check", "Ann", 20), event(40, "decide", "Bob", 45)])
    assert result.backwards == 1
    assert row(result.performers, "Ann").service_n == 0
    assert row(result.performers, "Bob").waiting_seconds == 600


def test_schedule_start_and_complete_are_one_piece_of_work(tmp_path: Path) -> None:
    def phase(word: str) -> dict[str, str]:
        return {"lifecycle:transition": word}

    events = [
        event(0, "apply", None, None, **phase("COMPLETE")),
        event(5, "check", None, None, **phase("SCHEDULE")),
        event(65, "check", "Ann", None, **phase("START")),
        event(70, "letter", None, None, **phase("COMPLETE")),
        event(85, "check", "Ann", None, **phase("COMPLETE")),
        event(100, "check", "Bob", None, **phase("start")),
        event(101, "check", None, None, **phase("complete")),
    ]
    result = waits(tmp_path, events, by="activity")
    check: Work = row(result.steps, "check")
    assert (check.queue_n, check.queue_seconds) == (1, 3600)
    assert (check.service_n, check.service_seconds) == (2, 21 * 60)
    # From 0 to 65, and from 85 to 100; the queue is a part of the first.
    assert (check.waiting_n, check.unsplit_n, check.waiting_seconds) == (2, 0, 80 * 60)
    letter: Work = row(result.steps, "letter")
    assert (letter.waiting_n, letter.unsplit_n, letter.waiting_seconds) == (1, 1, 300)
    # The end of Bob's work carries no name: it is his who began it.
    assert row(result.performers, "Bob").service_seconds == 60
    handover: Handover = row(result.handovers, "Ann", "Bob")
    assert (handover.count, handover.waiting_seconds, handover.share) == (1, 900, 1)


def test_handovers_by_hand(tmp_path: Path) -> None:
    events = [
        event(0, "apply", "Ann", 10),
        event(30, "check", "Bob", 40),
        event(45, "call", None),
        event(50, "more", "Bob", 55),
        event(60, "decide", "Ann", 65),
        event(80, "check", "Bob", 90),
    ]
    result = waits(tmp_path, events)
    forth: Handover = row(result.handovers, "Ann", "Bob")
    assert (forth.count, forth.journeys, forth.waiting_seconds, forth.mean_seconds) == (2, 1, 35 * 60, 17.5 * 60)
    back: Handover = row(result.handovers, "Bob", "Ann")
    # Bob to himself took 10 minutes of the 50 that passed between neighbours.
    assert (back.waiting_seconds, back.share) == (300, pytest.approx(5 / 50))
    assert (result.handovers_total, result.handover_seconds, result.handover_share) == (3, 2400, pytest.approx(0.8))


def test_departments_instead_of_people(tmp_path: Path) -> None:
    events = [event(0, "apply", "Ann", department="front"), event(30, "check", "Bob", department="back")]
    result = waits(tmp_path, events, performer="department")
    assert [(each.source, each.target, each.waiting_seconds) for each in result.handovers] == [("front", "back", 1800)]


def test_an_unknown_attribute_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(TropaError, match="'departmant'") as caught:
        waits(tmp_path, [event(0, "apply", department="front")], performer="departmant")
    assert "department" in caught.value.hint


def test_data_without_performers(tmp_path: Path) -> None:
    result = waits(tmp_path, event_rows({"a": "x@0"}))
    assert (result.performers, result.handovers, result.handover_share, result.between) == ((), (), None, ())


@pytest.mark.parametrize("seed", range(3))
def test_inside_against_plain_python(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events: list[dict[str, Any]] = []
    work: dict[str, float] = defaultdict(float)
    waited: dict[str, float] = defaultdict(float)
    handed: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for number in range(60):
        customer, minute, latest, hand = f"c{number}", 0, None, None
        for _ in range(chance.randint(1, 10)):
            minute += chance.randint(1, 50)
            who = chance.choice(["Ann", "Bob", "Eve", None])
            until = minute + chance.randint(0, 40) if chance.random() < 0.7 else None
            events.append(event(minute, "x", who, until) | {"customer_id": customer})
            end = minute if until is None else until
            if who:
                work[who] += (end - minute) * 60
                if latest is not None:
                    waited[who] += max(minute - latest, 0) * 60
                if hand and hand[0] != who:
                    handed[hand[0], who].append((customer, max(minute - hand[1], 0) * 60))
                hand = (who, max(end, hand[1]) if hand and hand[0] == who else end)
            latest = end if latest is None else max(latest, end)
    result = waits(tmp_path, events)
    assert {each.name: each.service_seconds for each in result.performers} == pytest.approx(work)
    assert {each.name: each.waiting_seconds for each in result.performers} == pytest.approx(waited)
    told = {(each.source, each.target): (each.count, each.journeys, each.waiting_seconds) for each in result.handovers}
    assert told == {
        pair: (len(gaps), len({customer for customer, _ in gaps}), sum(seconds for _, seconds in gaps))
        for pair, gaps in handed.items()
    }
