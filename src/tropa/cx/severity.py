"""How grave a single journey is, by which reasons, and the sentence that says so.

Severity is the sum of the weights of the reasons that hold, at most 100. The weights are a convention, not an estimate:
harm to health before money taken, money before threats, threats before waiting; two reasons together outweigh one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tropa.cx.speech import Language, counted, exact_money, span

HIGHEST = 100.0
STEP = 5.0
MOST_STEPS = 3
"""A reason grows by STEP, three times at most: for each complaint after the second, each 30 days of silence, each time
that a wait is twice as long again as where it began to be extreme."""
SILENT_STEP_SECONDS = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason: its weight, the obstacle that it shows, and whether words alone show it (else events do)."""

    weight: float
    obstacle: str
    words: bool = False


RULES: dict[str, Rule] = {
    "health": Rule(50, "low_score", words=True),
    "charged_twice": Rule(45, "repeat"),
    "authority": Rule(40, "low_score", words=True),
    "repeated_complaint": Rule(30, "repeat"),
    "big_customer_left": Rule(30, "failure"),
    "says_charged_twice": Rule(30, "repeat", words=True),
    "paid_again": Rule(25, "repeat"),
    "fraud": Rule(25, "low_score", words=True),
    "extreme_wait": Rule(25, "wait"),
    "silence": Rule(20, "silence"),
}
"""Reason -> rule. `says_charged_twice` adds 10 only where the payments themselves show it."""

CONFIRMS = 10.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a journey is grave. `number` in `unit`: count, seconds or money; None where there is none.

    Numbers by reason: charged_twice, paid_again: the sum paid twice; repeated_complaint: complaints;
    big_customer_left: what the customer brought in all; extreme_wait, silence: seconds.
    """

    reason: str
    weight: float
    number: float | None = None
    unit: str | None = None


def weigh(reason: str, number: float | None, times: float, others: Sequence[str]) -> float:
    """Weight of a reason beside others of the same journey; `times`: an extreme wait in limits of its activity."""
    weight = RULES[reason].weight
    steps = 0.0
    if reason == "repeated_complaint" and number is not None:
        steps = number - 2
    elif reason == "silence" and number is not None:
        steps = number // SILENT_STEP_SECONDS
    elif reason == "extreme_wait":
        steps = math.log2(times) // 1
    weight += STEP * min(max(steps, 0.0), MOST_STEPS)
    if reason == "says_charged_twice" and ("charged_twice" in others or "paid_again" in others):
        return CONFIRMS
    return weight


def severity_of(reasons: Sequence[Reason]) -> float:
    """0..100."""
    return min(HIGHEST, sum(reason.weight for reason in reasons))


_SAID: dict[Language, dict[str, str]] = {
    "ru": {
        "health": "пишет о вреде здоровью или опасности",
        "charged_twice": "один платёж взят дважды{money}",
        "authority": "пишет о суде, надзоре, юристе или прессе",
        "repeated_complaint": "{count}",
        "big_customer_left": "один из самых ценных клиентов{money} ушёл после неприятности",
        "says_charged_twice": "пишет, что деньги взяли дважды",
        "paid_again": "та же сумма за то же самое взята ещё раз{money}",
        "fraud": "пишет о мошенничестве или краже",
        "extreme_wait": "ожидание длилось {span}, намного дольше, чем у остальных",
        "silence": "без ответа уже {span}",
    },
    "en": {
        "health": "speaks of harm to health or danger",
        "charged_twice": "one payment was taken twice{money}",
        "authority": "speaks of court, regulator, lawyer or press",
        "repeated_complaint": "{count}",
        "big_customer_left": "one of the most valuable customers{money} left after trouble",
        "says_charged_twice": "says that money was taken twice",
        "paid_again": "the same sum for the same thing was taken again{money}",
        "fraud": "speaks of fraud or theft",
        "extreme_wait": "waited {span}, far longer than anybody else",
        "silence": "without an answer for {span}",
    },
}
_WHO = {"ru": ("Клиент {customer}", ", обращение {case}"), "en": ("Customer {customer}", ", case {case}")}


def sentence(
    customer_id: str,
    case_id: str | None,
    touchpoint: str | None,
    reasons: Sequence[Reason],
    currency: str,
    language: Language,
) -> str:
    """One sentence on a single case that a manager understands, with the numbers in it."""
    who, case = _WHO[language]
    begin = who.format(customer=customer_id) + (case.format(case=case_id) if case_id else "")
    where = "" if touchpoint is None else f" ({touchpoint})" if language == "en" else f" («{touchpoint}»)"
    parts = [_part(reason, currency, language) for reason in reasons]
    return f"{begin}{where}: {'; '.join(parts)}."


def _part(reason: Reason, currency: str, language: Language) -> str:
    number = reason.number
    sum_of_it = count = time = ""
    if number is not None and reason.unit == "money":
        sum_of_it = f" ({exact_money(number, currency, language)})"
    elif number is not None and reason.unit == "seconds":
        time = span(number, language, "accusative")
    elif number is not None:
        count = counted(number, "complaint", language)
    return _SAID[language][reason.reason].format(money=sum_of_it, count=count, span=time)
