"""Obstacles with a truth that was planted: barriers are found with their size, decoys are let be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.findings.planted import DAY, HOUR, Desk, Flags, Judgement, holds, judge, promising

N = 4000


def plain(judgement: Judgement, obstacle: str, touchpoint: str) -> float:
    goal = judgement.verdict(obstacle, touchpoint).judged.goal
    assert goal is not None
    return goal.plain


def uploads(desk: Desk, fails: Flags) -> None:
    """All upload once; whose upload failed, uploads again."""
    first = desk.spread(10)
    desk.add(fails, "upload", first, status="failed")
    desk.add(~fails, "upload", first)
    desk.add(fails, "upload", first + desk.spread(60))


def test_a_failure_that_stops_customers(tmp_path: Path) -> None:
    """A quarter fails to upload at first, by chance; it costs them 15 points of 75 % who would sign."""
    desk = Desk(N, 1)
    fails = desk.chance(0.25)
    desk.add(desk.everybody, "form", 0 * desk.start, channel="web")
    uploads(desk, fails)
    looked = 200 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(np.where(fails, 0.60, 0.75)))
    found = judge(desk.workspace(tmp_path))
    assert found.barriers == [("failure", "Upload")]
    verdict = found.verdict("failure", "Upload")
    assert holds(verdict, -0.15) and not holds(verdict, -0.01)
    assert verdict.judged.target.met == fails.sum()
    assert verdict.goal_q is not None and verdict.goal_q < 1e-6


def test_a_confounded_decoy(tmp_path: Path) -> None:
    """Customers of the cheap tariff sign less and ask for help more; asking changes nothing."""
    desk = Desk(N, 2)
    cheap = desk.chance(0.4)
    desk.told("tariff", np.where(cheap, "cheap", "dear"))
    asks = desk.chance(np.where(cheap, 0.45, 0.08))
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.add(asks, "ask_help", desk.spread(30), channel="chat")
    desk.add(asks, "line_answer", 90 + desk.spread(10), channel="chat", actor="employee", performer="Line")
    looked = 300 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(np.where(cheap, 0.35, 0.8)))
    found = judge(desk.workspace(tmp_path))
    assert plain(found, "contact", "Line") < -0.1
    assert found.barriers == []
    assert holds(found.verdict("contact", "Line"), 0.0)


def test_who_waits_longer_asks_more_often(tmp_path: Path) -> None:
    """Waiting costs goals; asking meanwhile does not, though those who ask are those who wait long."""
    desk = Desk(6000, 3)
    waited = desk.waits(DAY)
    asked = desk.waits(1.5 * DAY)
    asks = asked < waited
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.add(asks, "ask_help", asked, channel="call")
    long = waited > 2 * DAY
    desk.usual(waited, waited + 60, waited + desk.spread(DAY), desk.chance(np.where(long, 0.45, 0.8)))
    found = judge(desk.workspace(tmp_path, promising("Form", "2d")))
    assert plain(found, "contact", "Line") < -0.03
    assert found.barriers == [("wait", "Form")]
    assert holds(found.verdict("wait", "Form"), -0.35)


def test_who_gave_up_while_waiting_is_not_forgotten(tmp_path: Path) -> None:
    """Of those who would have to wait beyond two days 40 % give up meanwhile and are never seen again; queues come and
    go by week, which is what tells them from those who leave anyway (10 %, whatever the wait)."""
    desk = Desk(6000, 4)
    week = (desk.start // (7 * DAY)).astype(int)
    long = desk.chance(np.array([0.05, 0.5, 0.15, 0.7, 0.1])[week % 5])
    waited = np.where(long, 2 * DAY + desk.waits(DAY), desk.random.uniform(2 * HOUR, 40 * HOUR, desk.n))
    stays = ~(long & desk.chance(0.4)) & ~desk.chance(0.1)
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.usual(waited, waited + 60, waited + desk.spread(DAY), desk.chance(0.75), stays)
    found = judge(desk.workspace(tmp_path, promising("Form", "2d")))
    assert found.barriers == [("wait", "Form")]
    verdict = found.verdict("wait", "Form")
    assert holds(verdict, -0.4 * 0.9 * 0.75)
    lost = verdict.judged.exposure.lost
    assert lost is not None and lost.told


def test_who_leaves_anyway_is_no_wait(tmp_path: Path) -> None:
    """A third leaves at once, whatever the queue; a tenth of the others waits long, and that changes nothing."""
    desk = Desk(6000, 5)
    week = (desk.start // (7 * DAY)).astype(int)
    long = desk.chance(np.array([0.02, 0.2, 0.05, 0.3, 0.05])[week % 5])
    waited = np.where(long, 2 * DAY + desk.waits(DAY), desk.random.uniform(2 * HOUR, 40 * HOUR, desk.n))
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.usual(waited, waited + 60, waited + desk.spread(DAY), desk.chance(0.75), ~desk.chance(0.33))
    found = judge(desk.workspace(tmp_path, promising("Form", "2d")))
    assert found.barriers == []
    assert holds(found.verdict("wait", "Form"), 0.0)


def test_nobody_is_served_late(tmp_path: Path) -> None:
    """Where the promise is always kept, those who left were not lost to lateness."""
    desk = Desk(2000, 6)
    waited = desk.random.uniform(2 * HOUR, 40 * HOUR, desk.n)
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.usual(waited, waited + 60, waited + desk.spread(DAY), desk.chance(0.75), ~desk.chance(0.33))
    found = judge(desk.workspace(tmp_path, promising("Form", "2d")))
    assert found.chains == []
    assert ("wait", "Form") not in [found.place(verdict) for verdict in found.quiet], "what nobody met is not judged"


def test_a_chain_is_told_once(tmp_path: Path) -> None:
    """A quarter asks; every second of them gets no answer in time, and only that costs goals."""
    desk = Desk(6000, 7)
    asks, ignored = desk.chance(0.25), desk.chance(0.5)
    desk.add(desk.everybody, "form", 0 * desk.start)
    asked = desk.spread(30)
    answered = asked + np.where(ignored, 5 * HOUR, 10) * desk.random.uniform(0.8, 1.2, desk.n)
    desk.add(asks, "ask_help", asked, channel="chat")
    desk.add(asks, "line_answer", answered, channel="chat", actor="employee", performer="Line")
    looked = 8 * HOUR + desk.spread(3 * HOUR)
    signs = desk.chance(np.where(asks & ignored, 0.45, 0.75))
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), signs)
    found = judge(desk.workspace(tmp_path))
    assert found.barriers == [("silence", "Line")]
    assert found.under("silence", "Line") == [("contact", "Line", "through")]
    assert holds(found.verdict("silence", "Line"), -0.30)
    assert holds(found.verdict("contact", "Line"), -0.15)


def test_the_same_events_seen_twice_are_told_once(tmp_path: Path) -> None:
    """Who has to upload again does so in a branch: one finding."""
    desk = Desk(5000, 8)
    again = desk.chance(0.3)
    desk.add(desk.everybody, "form", 0 * desk.start, channel="web")
    desk.add(desk.everybody, "upload", desk.spread(10), channel="web")
    desk.add(again, "upload", 100 + desk.spread(60), channel="branch")
    looked = DAY + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(np.where(again, 0.55, 0.75)))
    found = judge(desk.workspace(tmp_path))
    assert found.barriers == [("repeat", "Upload")]
    assert found.under("repeat", "Upload") == [("switch", "Upload", "same")]
    assert holds(found.verdict("repeat", "Upload"), -0.2)


def test_an_inconvenience_costs_the_score_only(tmp_path: Path) -> None:
    desk = Desk(6000, 9)
    moved = desk.chance(0.4)
    for who, channel in ((moved, "branch"), (~moved, "web")):
        desk.add(who, "upload", desk.spread(20), channel=channel)
    desk.add(desk.everybody, "form", 0 * desk.start, channel="web")
    looked = 200 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(0.97))
    score = np.clip(np.round(desk.random.normal(np.where(moved, 3.2, 4.0), 0.7)), 1, 5)
    desk.answer(desk.chance(0.5), score, looked + 3 * DAY)
    found = judge(desk.workspace(tmp_path), margin=0.02)
    assert found.barriers == []
    assert found.kind("inconvenience") == [("switch", "Upload")]
    verdict = found.verdict("switch", "Upload")
    told = verdict.score
    assert told is not None and told.kind == "csat"
    truth = score[moved].mean() - score[~moved].mean()
    assert told.adjusted.low is not None and told.adjusted.high is not None
    assert told.adjusted.low <= truth <= told.adjusted.high < 0
    assert holds(verdict, 0.0)


def test_what_does_nothing_is_found_harmless(tmp_path: Path) -> None:
    desk = Desk(4000, 20)
    repeats = desk.chance(0.4)
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.add(desk.everybody, "upload", desk.spread(10))
    desk.add(repeats, "upload", 100 + desk.spread(10))
    looked = 300 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(0.97))
    desk.answer(desk.everybody, desk.random.integers(3, 6, desk.n), looked + 3 * DAY)
    found = judge(desk.workspace(tmp_path), margin=0.02)
    assert found.chains == []
    assert found.verdict("repeat", "Upload").kind == "harmless"


def test_too_few_to_tell_says_how_many_more(tmp_path: Path) -> None:
    desk = Desk(250, 11)
    fails = desk.chance(0.3)
    desk.add(desk.everybody, "form", 0 * desk.start)
    uploads(desk, fails)
    looked = 200 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(np.where(fails, 0.70, 0.75)))
    verdict = judge(desk.workspace(tmp_path)).verdict("failure", "Upload")
    assert verdict.kind == "undetermined"
    assert verdict.reason == "an effect on the goal is neither certain nor ruled out"
    assert verdict.more is not None and verdict.more > 250


def test_everybody_meets_it(tmp_path: Path) -> None:
    desk = Desk(1500, 12)
    desk.add(desk.everybody, "form", 0 * desk.start)
    desk.add(desk.everybody, "form_error", desk.spread(10))
    looked = 200 + desk.spread(3 * HOUR)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(0.7))
    found = judge(desk.workspace(tmp_path))
    assert [told for told in found.chains if told.verdict.judged.target.obstacle == "failure"] == []
    verdict = found.verdict("failure", "Form")
    assert (verdict.kind, verdict.judged.goal) == ("undetermined", None)
    assert verdict.reason


def test_nobody_and_everybody_at_the_goal(tmp_path: Path) -> None:
    for name, share in (("nobody", 0.0), ("everybody", 1.0)):
        desk = Desk(1500, 13)
        fails = desk.chance(0.3)
        desk.add(desk.everybody, "form", 0 * desk.start)
        uploads(desk, fails)
        looked = 200 + desk.spread(3 * HOUR)
        desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(share))
        desk.ends = lambda: None  # type: ignore[method-assign]
        found = judge(desk.workspace(tmp_path / name))
        assert found.chains == []
        verdict = found.verdict("failure", "Upload")
        assert (verdict.kind, verdict.reason) == ("undetermined", "all ended alike"), name
