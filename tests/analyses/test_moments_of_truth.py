"""Moments of truth: a small company in which one touchpoint decides, others only lie on the way or are confounded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses.moments_of_truth import (
    ALL_ALIKE,
    NO_GOAL,
    NO_RETURN,
    NO_SCORES,
    ONE_TOUCHPOINT,
    MomentOfTruth,
    MomentsOfTruth,
)

MAP = """
map: Workshop
unit: case
goal: [Handed over]
stages:
  - stage: Order
    touchpoints:
      - {touchpoint: Look, when: {activity: [look, look_failed]}}
      - {touchpoint: Order, when: {activity: [order]}}
  - stage: Work
    touchpoints:
      - {touchpoint: Check, when: {activity: [check_ok, check_bad]}, moment_of_truth: MARK_CHECK}
      - {touchpoint: Queue, when: {activity: [queued]}, expects: {within: 1d}}
      - {touchpoint: Done, when: {activity: [done]}, moment_of_truth: true}
      - {touchpoint: Handed over, when: {activity: [handed]}}
"""
START = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)


def workshop(seed: int, customers: int, check_costs: float = 0.0, wait_costs: float = 0.0) -> tuple[list[Any], ...]:
    """Customers order, are checked, wait and get it; an advertisement brings such as fail more and leave more."""
    random = np.random.default_rng(seed)
    events: list[Any] = []
    feedback: list[Any] = []
    people: list[Any] = []
    for number in range(customers):
        who = {"customer_id": f"c{number}", "case_id": f"k{number}"}
        now = START + dt.timedelta(minutes=float(random.uniform(0, 60 * 24 * 60)))
        advert = random.random() < 0.4
        people.append({"customer_id": f"c{number}", "source": "advert" if advert else "friend"})

        def do(activity: str, hours: float, who: Any = who, **more: Any) -> None:
            nonlocal now
            events.append({**who, "time": now.isoformat(), "activity": activity, **more})
            now += dt.timedelta(hours=hours)

        do("look", 0.1)
        if random.random() < (0.5 if advert else 0.1):
            do("look_failed", 0.1, status="failed")
        if random.random() < (0.5 if advert else 0.1):
            continue
        do("order", 1.0)
        bad = random.random() < 0.25
        do("check_bad" if bad else "check_ok", 1.0, actor="employee", status="returned" if bad else "ok")
        if random.random() < 0.1 + check_costs * bad:
            continue
        late = random.random() < 0.3
        do("queued", 40.0 if late else 5.0, actor="system")
        if random.random() < wait_costs * late:
            continue
        do("done", 1.0, actor="employee")
        if random.random() < 0.05:
            continue
        do("handed", 1.0, actor="employee")
        if random.random() < 0.5:
            score = min(10.0, max(0.0, round(8.0 - 3.0 * late + random.normal())))
            feedback.append({**who, "time": now.isoformat(), "kind": "nps", "score": score})
    return events, feedback, people


def ask(folder: Path, seed: int, customers: int = 1500, mark: str = "false", **costs: float) -> MomentsOfTruth:
    text = MAP.replace("MARK_CHECK", mark)
    result = make_workspace(folder / "ws", *workshop(seed, customers, **costs), map_text=text).ask("moments_of_truth")
    assert isinstance(result.result, MomentsOfTruth)
    return result.result


def row(result: MomentsOfTruth, touchpoint: str) -> MomentOfTruth:
    (found,) = [each for each in result.touchpoints if each.touchpoint == touchpoint]
    return found


def test_the_touchpoints_that_decide_and_no_others(tmp_path: Path) -> None:
    result = ask(tmp_path, 1, mark="true", check_costs=0.4, wait_costs=0.35)
    assert {each.touchpoint for each in result.touchpoints if each.decisive} == {"Check", "Queue"}
    check, queue, done = (row(result, name) for name in ("Check", "Queue", "Done"))
    assert (check.agreement, queue.agreement, done.agreement) == ("both", "only_data", "only_author")
    assert (result.agreed, result.only_data, result.only_author) == (1, 1, 1)
    (step,) = [effect for effect in check.effects if effect.outcome == "goal"]
    assert (step.experience, step.activity) == ("step", "check_bad")
    # Of those who pass the check 10 % are lost in the queue and 5 % after it.
    assert step.effect_low <= -0.4 * 0.9 * 0.95 <= step.effect_high
    (wait,) = [effect for effect in queue.effects if effect.outcome == "goal"]
    assert wait.effect_low <= -0.35 * 0.95 <= wait.effect_high


def test_what_a_confounder_explains_is_not_decisive(tmp_path: Path) -> None:
    result = ask(tmp_path, 2)
    (failure,) = [one for one in row(result, "Look").effects if (one.outcome, one.experience) == ("goal", "failure")]
    assert failure.plain is not None and failure.plain < -0.1
    assert failure.effect_low <= 0.0 <= failure.effect_high
    assert not any(each.decisive for each in result.touchpoints)


def test_nothing_planted_nothing_found(tmp_path: Path) -> None:
    found = [ask(tmp_path / str(seed), seed, 600) for seed in range(3, 9)]
    assert sum(each.decisive for result in found for each in result.touchpoints) <= 1


def test_the_way_itself_decides_nothing_but_is_told(tmp_path: Path) -> None:
    result = ask(tmp_path, 1, wait_costs=0.3)
    done, order = row(result, "Done"), row(result, "Order")
    assert done.path is not None and done.path.removal == pytest.approx(1.0) and not done.decisive
    assert order.path is not None and order.path.swing_low is not None
    assert order.path.swing_low <= order.path.swing <= (order.path.swing_high or 0.0)


def test_what_the_final_answer_hangs_on(tmp_path: Path) -> None:
    result = ask(tmp_path, 1)
    assert result.recommendation == "nps"
    queue, check = row(result, "Queue"), row(result, "Check")
    assert queue.driver is not None and queue.driver.experience is not None and queue.driver.experience > 0.4
    assert "recommendation" in queue.decides and "recommendation" not in check.decides
    assert check.driver is None or (check.driver.experience or 0.0) < 0.05


def test_who_turned_round_at_the_door_is_not_forgotten(tmp_path: Path) -> None:
    """A refused code is all that is seen of the checkout; one in three leaves there whether it was refused or not."""
    random = np.random.default_rng(5)
    stories = {}
    for number in range(1500):
        begin = number * 7
        story = f"look@{begin}"
        if random.random() < 0.3:
            story += f" refused!@{begin + 1}"
        if random.random() > 0.33:
            story += f" order@{begin + 2} handed@{begin + 3}"
        stories[f"c{number}"] = story
    text = """
map: Shop
goal: [Goal]
stages:
  - stage: All
    touchpoints:
      - {touchpoint: Look, when: {activity: [look]}}
      - {touchpoint: Checkout, when: {activity: [refused, order]}}
      - {touchpoint: Goal, when: {activity: [handed]}}
"""
    result = make_workspace(tmp_path / "ws", event_rows(stories), map_text=text).ask("moments_of_truth").result
    checkout = row(result, "Checkout")
    assert not checkout.decisive
    (failure,) = [effect for effect in checkout.effects if effect.experience == "failure"]
    assert failure.effect_low <= 0.0 <= failure.effect_high


def test_who_comes_back(tmp_path: Path) -> None:
    """Whoever is served late comes back less; there is no goal."""
    random = np.random.default_rng(6)
    events = []
    for number in range(900):
        begin = START + dt.timedelta(hours=float(number))
        late = random.random() < 0.4
        visits = 2 if random.random() < (0.2 if late else 0.6) else 1
        for visit in range(visits):
            who = {"customer_id": f"c{number}", "case_id": f"k{number}-{visit}"}
            at = begin + dt.timedelta(days=5 * visit)
            gone = at + dt.timedelta(hours=40 if late and visit == 0 else 1)
            events.append({**who, "time": at.isoformat(), "activity": "queued", "actor": "system"})
            events.append({**who, "time": gone.isoformat(), "activity": "done", "actor": "employee"})
    text = MAP.replace("MARK_CHECK", "false").replace("goal: [Handed over]", "")
    result = make_workspace(tmp_path / "ws", events, map_text=text).ask("moments_of_truth").result
    assert row(result, "Queue").decides == ("return",) and row(result, "Queue").decisive
    assert NO_GOAL in result.notes and NO_SCORES in result.notes


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    one = make_workspace(tmp_path / "one", event_rows({"a": "x@0", "b": "x@5"})).ask("moments_of_truth").result
    assert set(one.notes) == {NO_GOAL, NO_SCORES, NO_RETURN, ONE_TOUCHPOINT}
    assert one.tested == 0 and not any(each.decisive for each in one.touchpoints)


@pytest.mark.parametrize("story", ["look@{0} order@{1} handed@{2}", "look@{0} look_failed!@{1}", "look@{0}"])
def test_everybody_alike(tmp_path: Path, story: str) -> None:
    stories = {f"c{number}": story.format(number, number + 1, number + 2) for number in range(80)}
    text = MAP.replace("MARK_CHECK", "false")
    result = make_workspace(tmp_path / "ws", event_rows(stories), map_text=text).ask("moments_of_truth").result
    assert not any(each.decisive for each in result.touchpoints)
    assert ALL_ALIKE in result.notes
    assert all(effect.effect == effect.effect for each in result.touchpoints for effect in each.effects)
