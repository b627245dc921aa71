"""A fintech that opens accounts for small businesses and checks their documents by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tropa.simulate.answers import Question
from tropa.simulate.clock import HORIZON_DAYS, HOUR, MINUTE, Hours, as_day
from tropa.simulate.fintech import steps
from tropa.simulate.fintech.words import WORDS
from tropa.simulate.firm import Firm, Staffing, Survey, company_of
from tropa.simulate.people import Journeys, Population, come_again, draw_people, draw_starts, seasons
from tropa.simulate.planted import Finding, Planted, bottleneck, gap, kept, moments
from tropa.simulate.queues import Desk
from tropa.simulate.settings import between, day, draw, one_of
from tropa.simulate.streams import Floats, Ints, Streams
from tropa.simulate.walk import Column, Walk

OFFICE_HOURS = (1, 0, 0, 0, 0, 0, 2, 6, 20, 48, 66, 70, 62, 48, 58, 62, 56, 44, 30, 20, 16, 12, 8, 4)
TRADES = {"Торговля": 0.34, "Услуги": 0.28, "Стройка": 0.15, "Перевозки": 0.13, "ИТ": 0.1}


@dataclass(frozen=True)
class Settings:
    """What differs between seeds. Shares are of those who get to the place; days count from the first one."""

    late_checks: float = between(0.36, 0.48)
    patience_hours: float = between(30, 44)
    selfie_again: float = between(0.5, 0.68)
    selfie_gives_up: float = between(0.22, 0.34)
    compliance_day: int = day(55, 115)
    """From this day on a rule sends a trade through a second department."""
    compliance_trade: str = one_of("Стройка", "Перевозки", "Услуги")
    compliance_share: float = between(0.5, 0.7)
    compliance_gives_up: float = between(0.24, 0.36)
    sent_back_day: int = day(40, 120)
    sent_back: float = between(0.22, 0.34)
    slow_codes: float = between(0.16, 0.28)
    refused: float = between(0.05, 0.09)


class Fintech(Firm):
    """Documents are checked by hand, on working days only."""

    name = "fintech"
    title = "Финтех: счёт для бизнеса"
    within_days = 30.0
    channels = ("site", "cabinet", "call", "email")
    extras = ("device",)
    words = (WORDS, WORDS)
    case_form, customer_form = "ACC/{}", "biz-{}"
    themes: ClassVar[Mapping[str, str]] = {
        "long_check": "wait@check",
        "selfie": "repeat@selfie",
        "compliance": "handover@compliance",
        "sent_back": "return@form",
        "sms": "wait@phone",
    }
    advert = ("newsletter_sent", "email")
    severe_share, severe_touchpoint, severe_why = 0.0003, "Вопросы", "account blocked, threatens with the regulator"
    surveys = (
        Survey(
            Question("nps", "account_opened", 24 * HOUR, 0.42, 0.04, tuple(themes), ("quick", "tariff")),
            "goal", 8.9, 1.5,
            {"wait@check": 1.6, "repeat@selfie": 1.0, "handover@compliance": 1.4, "return@form": 1.7},
        ),
        Survey(
            Question("ces", "company_form", 4 * MINUTE, 0.34, 0.03, ("sms",), ("quick",)),
            "form_at", 6.0, 0.8, {"wait@phone": 1.5},
        ),
        Survey(
            Question("csat", "question_call", 10 * MINUTE, 0.4, 0.05, ("long_check",), ("tariff",), 2),
            "asked_at", 4.3, 0.7, {},
        ),
    )  # fmt: skip

    def set_up(self, rng: np.random.Generator) -> None:
        self.settings = draw(Settings, rng)

    def draw_people(self, streams: Streams) -> Population:
        return draw_people(
            streams,
            {
                "form": {"ИП": 0.52, "ООО": 0.34, "Самозанятый": 0.14},
                "trade": TRADES,
                "place": {"Столица": 0.3, "Город": 0.48, "Посёлок": 0.22},
                "came_from": {"Поиск": 0.4, "Партнёр": 0.25, "Бухгалтер": 0.2, "Реклама": 0.15},
                "device": {"Android": 0.42, "iOS": 0.24, "Компьютер": 0.34},
            },
        )

    def begin(self, streams: Streams) -> Journeys:
        weights = seasons((1.2, 1.15, 1.1, 1.05, 0.9, 0.25, 0.2), 0.2, 0.1, ((29.0, 0.7, 6.0), (120.0, 0.6, 7.0)))
        customer, started = come_again(
            streams, draw_starts(streams, weights, OFFICE_HOURS), 0.07, 40.0, 2, OFFICE_HOURS
        )
        return self.journeys_of(customer, started, _channels)

    def hire(self, streams: Streams) -> dict[str, Staffing]:
        ill: Floats = 0.1 * Streams(self.seed, HORIZON_DAYS).normal("ill")
        return {"check": Staffing(Desk("Ручная проверка", Hours(9.0, 18.0), ill), 8 * HOUR, self.settings.late_checks)}

    def columns(self, walk: Walk, who: Ints) -> dict[str, Column]:
        names = walk.log.vocabulary["device"].codes(["Android", "iOS", "Компьютер"])
        return {"device": names[walk.people.codes["device"][who]]}

    def steps(self, walk: Walk) -> None:
        steps.look(walk)
        steps.fill_in(walk, self.settings)
        steps.prove(walk, self.settings)
        steps.check(walk, self.settings)
        steps.open_account(walk, self.settings)

    def planted(self) -> list[Planted]:
        chosen = self.settings
        return [
            Planted(
                "wait@check", "barrier", "wait", "Очередь на проверку", "check_queued", steps.CHECK_PROMISE_SECONDS,
                None, (("form", "ООО"),), also=("broken_promise",),
            ),
            Planted(
                "repeat@selfie", "barrier", "repeat", "Селфи с паспортом", "selfie_taken", 2, None,
                (("place", "Посёлок"), ("device", "Android")),
            ),
            Planted(
                "handover@compliance", "barrier", "handover", "Комплаенс", "compliance_check", 1,
                as_day(chosen.compliance_day), (("trade", chosen.compliance_trade),),
            ),
            Planted(
                "return@form", "inconvenience", "return", "Возврат анкеты", "form_sent_back", 1,
                as_day(chosen.sent_back_day), (("form", "ИП"),), also=("repeat", "switch"),
            ),
            Planted("wait@phone", "inconvenience", "wait", "Телефон", "phone_entered", steps.CODE_PROMISE_SECONDS),
            Planted("failure@rates", "harmless", "failure", "Страница тарифов", "rates_not_loaded", 1, why="noise"),
            Planted(
                "switch@form", "harmless", "switch", "Звонок менеджера", "manager_talk", 1,
                why="confounded by came_from: people whom an advertisement brought are called more and leave more",
            ),
            Planted(
                "contact@check", "harmless", "contact", "Вопросы", "question_call", 1,
                why="grows with the time on the journey: people ask because they wait",
            ),
        ]  # fmt: skip

    def inside(self, walk: Walk, findings: list[Finding]) -> list[Finding]:
        return [
            bottleneck(walk, "check", "Очередь на проверку", "Ручная проверка"),
            gap("wait", "Очередь на проверку", "within", steps.CHECK_PROMISE_SECONDS, kept(walk, "wait@check")),
            gap("wait", "Телефон", "within", steps.CODE_PROMISE_SECONDS, kept(walk, "wait@phone")),
            *moments(findings, ("wait", "repeat")),
        ]


def _channels(people: Population) -> Floats:
    """The site or the cabinet; those who come from a partner have the cabinet open."""
    return np.where(people.has("came_from", "Партнёр")[:, None], [0.25, 0.75], [0.66, 0.34])


FINTECH = company_of(Fintech)
