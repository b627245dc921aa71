"""What is wrong in the bank, by construction, and how much: every obstacle's effect from the same cases lived twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tropa.simulate.bank.lives import Bank
from tropa.simulate.bank.people import CHANNELS, DEVICES, JOBS
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.settings import REGIONS, Settings
from tropa.simulate.bank.world import CHECK_PROMISE_SECONDS, VERIFICATION, World
from tropa.simulate.clock import DAY, END_SECONDS, HOUR, as_day
from tropa.simulate.streams import Flags, Ints

HORIZON_SECONDS = 60 * DAY
Finding = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """One obstacle that was built in."""

    key: str
    kind: str
    obstacle: str
    touchpoint: str
    activity: str
    threshold: float | None = None
    since: str | None = None
    slice: tuple[tuple[str, str], ...] = ()
    why: str = ""


def planted(settings: Settings) -> list[Planted]:
    """Everything that gets in customers' way: barriers, inconveniences, and harmless decoys."""
    return [
        Planted(
            "failure@upload",
            "barrier",
            "failure",
            "Загрузка документов",
            "doc_upload_failed",
            1,
            as_day(settings.upload_day),
            (("device", "Android"), ("channel", "app")),
        ),
        Planted(
            "wait@check",
            "barrier",
            "wait",
            "Проверка документов",
            "check_queued",
            CHECK_PROMISE_SECONDS,
            None,
            (("salary_client", "нет"),),
        ),
        Planted(
            "return@check",
            "barrier",
            "return",
            "Возврат документов",
            "docs_returned",
            1,
            None,
            (("employment", JOBS[1]), ("employment", JOBS[2])),
        ),
        Planted(
            "failure@form",
            "inconvenience",
            "failure",
            "Анкета",
            "form_reset",
            1,
            as_day(settings.form_day),
            (("channel", "web"),),
        ),
        Planted(
            "broken_promise@callback", "inconvenience", "broken_promise", "Заказ звонка", "callback_requested", 2 * HOUR
        ),
        Planted(
            "wait@branch_ticket",
            "inconvenience",
            "wait",
            "Талон в отделение",
            "branch_ticket",
            20 * 60,
            as_day(settings.slow_branch_day),
            (("region", REGIONS[settings.slow_branch]),),
        ),
        Planted("wait@sign", "inconvenience", "wait", "Подписание договора", "contract_signed", HOUR),
        Planted("failure@terms", "harmless", "failure", "Условия и калькулятор", "terms_pdf_error", 1, why="noise"),
        Planted("failure@sign", "harmless", "failure", "Подписание договора", "sign_code_failed", 1, why="noise"),
        Planted(
            "repeat@calculator",
            "harmless",
            "repeat",
            "Условия и калькулятор",
            "calculator_used",
            2,
            why="grows with the time on the journey",
        ),
        Planted(
            "switch@choice",
            "harmless",
            "switch",
            "Консультация",
            "call_consultation",
            1,
            why="confounded by acquisition: people whom an advertisement brought switch more and leave more",
        ),
        Planted(
            "contact@form",
            "harmless",
            "contact",
            "Анкета",
            "form_help_call",
            1,
            why="confounded by age_group: the oldest ask more and leave more",
        ),
        Planted(
            "contact@check",
            "harmless",
            "contact",
            "Вопросы и жалобы",
            "support_call",
            1,
            why="grows with the time on the journey: people ask because they wait",
        ),
        Planted("handover@security", "harmless", "handover", "Андеррайтинг", "security_check", 1, why="noise"),
    ]


def reached_goal(world: World) -> Flags:
    """Money within the horizon, followed beyond the end of the data."""
    return np.asarray(world.goal_at - world.cases.started <= HORIZON_SECONDS)


def make_truth(bank: Bank, world: World, customer_ids: list[str], case_ids: list[str]) -> Finding:
    """The truth file of this bank; `world` is the life that was recorded."""
    goal = reached_goal(world)
    scores = would_score(world)
    findings: list[Finding] = []
    harmless: list[Finding] = []
    for item in planted(bank.settings):
        met, reached = world.has_met(item.key), world.has_reached(item.key)
        who = np.flatnonzero(met)
        other = bank.live_again(frozenset([item.key]), who)
        effect = _mean(goal[who].astype(float) - reached_goal(other))
        finding = {
            "kind": item.kind,
            "obstacle": item.obstacle,
            "touchpoint": item.touchpoint,
            "effect": effect,
            "where": [_slice(world, item.key, name, value) for name, value in item.slice],
            "since": item.since,
            "activity": item.activity,
            "threshold": item.threshold,
            "reached": int(reached.sum()),
            "exposed": len(who),
            "on_score": _score_effects(scores, would_score(other), who),
        }
        if item.kind == "harmless":
            naive = _mean(goal[met].astype(float))
            rest = _mean(goal[reached & ~met].astype(float))
            difference = None if naive is None or rest is None else round(naive - rest, 5)
            harmless.append({**finding, "why": item.why, "naive_difference": difference})
        else:
            findings.append(finding)
    findings += _inside(world) + _gaps(world) + _moments(findings) + _severe(bank, world, customer_ids, case_ids)
    return {"findings": findings, "harmless": harmless, "customers": _customers(bank, world)}


def _mean(values: Any) -> float | None:
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


def _slice(world: World, key: str, attribute: str, value: str) -> Finding:
    """How much of the obstacle lies in the slice, and against how much of those who came to it."""
    met, reached = world.has_met(key), world.has_reached(key)
    people, channel = world.people, world.channel
    device = world.device_of(np.arange(len(world.cases)))
    inside = {
        "device": device == (DEVICES.index(value) if value in DEVICES else -2),
        "salary_client": ~people.salary,
        "employment": people.job == (JOBS.index(value) if value in JOBS else -1),
        "region": people.region == (REGIONS.index(value) if value in REGIONS else -1),
        "channel": channel == (CHANNELS.index(value) if value in CHANNELS else -1),
    }[attribute]
    share, everybody = _mean(inside[met].astype(float)), _mean(inside[reached].astype(float))
    lift = round(share / everybody, 3) if share is not None and everybody else None
    return {"attribute": attribute, "value": value, "share": share, "lift": lift}


def _inside(world: World) -> list[Finding]:
    """The department in which the journey's time is lost."""
    waits = np.concatenate(world.arrivals["verification.wait"])
    asked = np.concatenate(world.arrivals["verification"])
    seen = waits[asked < END_SECONDS]
    return [
        {
            "kind": "bottleneck",
            "obstacle": "wait",
            "touchpoint": "Проверка документов",
            "effect": None,
            "where": [],
            "since": None,
            "department": VERIFICATION,
            "exposed": len(seen),
            "median_seconds": round(float(np.median(seen)), 1) if len(seen) else None,
        }
    ]


def _gaps(world: World) -> list[Finding]:
    """Promises of the map that reality falls short of: the share that is kept."""
    waits = np.concatenate(world.arrivals["verification.wait"])
    money = world.fact("money_delay_hours")
    money = money[~np.isnan(money)]
    uploaded = ~np.isnan(world.fact("upload_at")) | world.has_met("failure@upload")
    failed = world.has_met("failure@upload")[uploaded]
    rows = [
        ("wait", "Проверка документов", "within", CHECK_PROMISE_SECONDS, waits <= CHECK_PROMISE_SECONDS),
        ("wait", "Подписание договора", "within", HOUR, money <= 1.0),
        ("failure", "Загрузка документов", "failures", 0.03, ~failed),
    ]
    return [
        {
            "kind": "gap",
            "obstacle": obstacle,
            "touchpoint": touchpoint,
            "effect": None,
            "where": [],
            "since": None,
            "expectation": expectation,
            "threshold": threshold,
            "kept_share": _mean(kept.astype(float)),
            "exposed": len(kept),
        }
        for obstacle, touchpoint, expectation, threshold, kept in rows
    ]


def _moments(findings: list[Finding]) -> list[Finding]:
    """Touchpoints whose experience decides what the customer does next: those of the barriers that are felt there."""
    decisive = [f for f in findings if f["kind"] == "barrier" and f["obstacle"] in ("failure", "wait")]
    return [
        {
            "kind": "moment_of_truth",
            "obstacle": None,
            "touchpoint": f["touchpoint"],
            "effect": f["effect"],
            "where": [],
            "since": None,
        }
        for f in decisive
    ]


def _severe(bank: Bank, world: World, customer_ids: list[str], case_ids: list[str]) -> list[Finding]:
    """The customers who were charged twice, as far as the data show it."""
    told = world.fact("double_charge")
    seen = [case for case in bank.severe if told[case] < END_SECONDS]
    return [
        {
            "kind": "single_case",
            "obstacle": "repeat",
            "touchpoint": "Первый платёж",
            "effect": None,
            "where": [],
            "since": None,
            "customer_id": customer_ids[case],
            "case_id": case_ids[case],
            "why": "charged twice",
        }
        for case in seen
    ]


def _customers(bank: Bank, world: World) -> Finding:
    goal = reached_goal(world)
    return {
        "customers": int(world.cases.customer.max(initial=-1)) + 1,
        "cases": len(world.cases),
        "returning": len(world.cases) - int(world.cases.customer.max(initial=-1)) - 1,
        "goal_rate": _mean(goal.astype(float)),
        "goal_rate_in_period": _mean((goal & (world.goal_at < END_SECONDS)).astype(float)),
        "met": {item.key: int(world.has_met(item.key).sum()) for item in planted(bank.settings)},
    }
