"""What is wrong in a company by construction, and how much: the same cases lived twice tell the effect of an obstacle.

The rows have the form of the findings of `truth.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from tropa.simulate.clock import END_SECONDS
from tropa.simulate.life import Life
from tropa.simulate.streams import Flags, Floats, Ints

Finding = dict[str, Any]
L = TypeVar("L", bound=Life)


@dataclass(frozen=True)
class Planted:
    """One obstacle that was built in.

    Args:
        threshold: the seconds, count or score that divides those who met it from the others.
        slice: attribute and value of whom it meets most; several lines are met together.
        why: of a harmless one: what makes it look harmful.
        also: obstacles under which the same events are seen, or which act only through this one.
    """

    key: str
    kind: str
    obstacle: str
    touchpoint: str
    activity: str
    threshold: float | None = None
    since: str | None = None
    slice: tuple[tuple[str, str], ...] = ()
    why: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lived(Generic[L]):
    """A life that was recorded, and how to live some of its cases again.

    Args:
        goal: who reached the goal within the horizon, followed beyond the end of the data.
        scores: what every case would answer in every survey (NaN: it never came to the question).
        again: one more life of the cases given (rising), without the obstacles given.
        holds: for an attribute and a value: which cases have it.
    """

    life: L
    goal: Callable[[L], Flags]
    scores: Callable[[L], dict[str, Floats]]
    again: Callable[[frozenset[str], Ints], L]
    holds: Callable[[str, str], Flags]


def judge(planted: Iterable[Planted], lived: Lived[L]) -> tuple[list[Finding], list[Finding]]:
    """Rows of the obstacles: those that do harm, and the harmless ones."""
    life, goal, scores = lived.life, lived.goal(lived.life), lived.scores(lived.life)
    findings: list[Finding] = []
    harmless: list[Finding] = []
    for item in planted:
        met, reached = life.has_met(item.key), life.has_reached(item.key)
        who = np.flatnonzero(met)
        other = lived.again(frozenset([item.key]), who)
        finding: Finding = {
            "kind": item.kind,
            "obstacle": item.obstacle,
            "touchpoint": item.touchpoint,
            "effect": mean(goal[who].astype(float) - lived.goal(other)),
            "where": [_slice(met, reached, lived.holds(name, value), name, value) for name, value in item.slice],
            "since": item.since,
            "activity": item.activity,
            "threshold": item.threshold,
            "reached": int(reached.sum()),
            "exposed": len(who),
            "on_score": _score_effects(scores, lived.scores(other), who),
        }
        if item.also:
            finding["also"] = list(item.also)
        if item.kind == "harmless":
            naive = mean(goal[met].astype(float))
            rest = mean(goal[reached & ~met].astype(float))
            difference = None if naive is None or rest is None else round(naive - rest, 5)
            harmless.append({**finding, "why": item.why, "naive_difference": difference})
        else:
            findings.append(finding)
    return findings, harmless


def mean(values: Any) -> float | None:
    """The mean to five digits; None of nothing."""
    return round(float(np.mean(values)), 5) if len(values) else None


def _score_effects(was: dict[str, Any], without: dict[str, Any], who: Ints) -> dict[str, float]:
    """Change of the mean score by survey, among those who met the obstacle and come to the question in both lives."""
    effects = {}
    for name, score in was.items():
        change_of_each = score[who] - without[name]
        both = ~np.isnan(change_of_each)
        if both.any():
            change = round(float(np.mean(change_of_each[both])), 4)
            if change != 0:
                effects[name] = change
    return effects


def _slice(met: Flags, reached: Flags, inside: Flags, attribute: str, value: str) -> Finding:
    """How much of the obstacle lies in the slice, and against how much of those who came to it."""
    share, everybody = mean(inside[met].astype(float)), mean(inside[reached].astype(float))
    lift = round(share / everybody, 3) if share is not None and everybody else None
    return {"attribute": attribute, "value": value, "share": share, "lift": lift}


def _row(kind: str, obstacle: str | None, touchpoint: str, **more: Any) -> Finding:
    usual: Finding = {
        "kind": kind,
        "obstacle": obstacle,
        "touchpoint": touchpoint,
        "effect": None,
        "where": [],
        "since": None,
    }
    return {**usual, **more}


def bottleneck(life: Life, desk: str, touchpoint: str, department: str) -> Finding:
    """The department in which the journey's time is lost; its waits are those noted in `arrivals`."""
    waits, asked = np.concatenate(life.arrivals[f"{desk}.wait"]), np.concatenate(life.arrivals[desk])
    seen = waits[asked < END_SECONDS]
    median = round(float(np.median(seen)), 1) if len(seen) else None
    return _row(
        "bottleneck", "wait", touchpoint, department=department, exposed=len(seen), median_seconds=median
    )  # fmt: skip


def gap(obstacle: str, touchpoint: str, expectation: str, threshold: float, kept: Flags) -> Finding:
    """A promise of the map that reality falls short of, and the share that is kept."""
    return _row(
        "gap", obstacle, touchpoint, expectation=expectation, threshold=threshold,
        kept_share=mean(kept.astype(float)), exposed=len(kept),
    )  # fmt: skip


def kept(life: Life, obstacle: str) -> Flags:
    """For whom the obstacle did not come, among those who came to where it can be met."""
    return np.asarray(~life.has_met(obstacle)[life.has_reached(obstacle)])


def moments(findings: list[Finding], obstacles: tuple[str, ...]) -> list[Finding]:
    """Touchpoints whose experience decides what the customer does next: those of the barriers that are felt there."""
    decisive = [f for f in findings if f["kind"] == "barrier" and f["obstacle"] in obstacles]
    return [_row("moment_of_truth", None, f["touchpoint"], effect=f["effect"]) for f in decisive]


def single_cases(
    life: Life, who: Ints, told: str, touchpoint: str, why: str, names: tuple[list[str], list[str]]
) -> list[Finding]:
    """Rare and severe cases (`told`: the fact with the time of the complaint), as far as the data show them."""
    seen = [int(case) for case in who if life.fact(told)[case] < END_SECONDS]
    customers, cases = names
    return [
        _row(
            "single_case", "repeat", touchpoint,
            customer_id=customers[case], case_id=cases[case] or None, why=why,
        )
        for case in seen
    ]  # fmt: skip


def counts(life: Life, customer: Ints, goal: Flags, planted: Iterable[Planted]) -> Finding:
    """How many customers and cases there are, and the share that reaches the goal."""
    customers = int(customer.max(initial=-1)) + 1
    return {
        "customers": customers,
        "cases": life.size,
        "returning": life.size - customers,
        "goal_rate": mean(goal.astype(float)),
        "goal_rate_in_period": mean((goal & (life.goal_at < END_SECONDS)).astype(float)),
        "met": {item.key: int(life.has_met(item.key).sum()) for item in planted},
    }
