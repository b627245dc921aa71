"""What is wrong in the bank, by construction, and how much: every obstacle's effect from the same cases lived twice."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.lives import Bank
from tropa.simulate.bank.people import CHANNELS, DEVICES, JOBS
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.settings import REGIONS, Settings
from tropa.simulate.bank.world import CHECK_PROMISE_SECONDS, VERIFICATION, World
from tropa.simulate.clock import DAY, HOUR, as_day
from tropa.simulate.planted import Finding, Lived, Planted, bottleneck, counts, gap, judge, moments, single_cases
from tropa.simulate.streams import Flags

HORIZON_SECONDS = 60 * DAY


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
    lived = Lived(world, reached_goal, would_score, bank.live_again, lambda name, value: _holds(world, name, value))
    told = planted(bank.settings)
    findings, harmless = judge(told, lived)
    findings += [bottleneck(world, "verification", "Проверка документов", VERIFICATION), *_gaps(world)]
    findings += moments(findings, ("failure", "wait"))
    findings += single_cases(
        world, bank.severe, "double_charge", "Первый платёж", "charged twice", (customer_ids, case_ids)
    )
    customers = counts(world, world.cases.customer, reached_goal(world), told)
    return {"findings": findings, "harmless": harmless, "customers": customers}


def _holds(world: World, attribute: str, value: str) -> Flags:
    """Which cases have this value of an attribute that an obstacle's slice names."""
    people = world.people
    words, codes = {
        "device": (DEVICES, world.device_of(np.arange(len(world.cases)))),
        "salary_client": (("да", "нет"), np.where(people.salary, 0, 1)),
        "employment": (JOBS, people.job),
        "region": (REGIONS, people.region),
        "channel": (CHANNELS, world.channel),
    }[attribute]
    return np.asarray(codes == words.index(value))


def _gaps(world: World) -> list[Finding]:
    """Promises of the map that reality falls short of: the share that is kept."""
    waits = np.concatenate(world.arrivals["verification.wait"])
    money = world.fact("money_delay_hours")
    money = money[~np.isnan(money)]
    uploaded = ~np.isnan(world.fact("upload_at")) | world.has_met("failure@upload")
    failed = world.has_met("failure@upload")[uploaded]
    return [
        gap("wait", "Проверка документов", "within", CHECK_PROMISE_SECONDS, waits <= CHECK_PROMISE_SECONDS),
        gap("wait", "Подписание договора", "within", HOUR, money <= 1.0),
        gap("failure", "Загрузка документов", "failures", 0.03, ~failed),
    ]
