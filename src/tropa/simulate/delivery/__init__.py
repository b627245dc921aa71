"""Food delivery: a journey is a session, from hunger to the bell at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tropa.simulate.answers import Question
from tropa.simulate.clock import HORIZON_DAYS, HOUR, MINUTE, Hours, as_day
from tropa.simulate.delivery import steps
from tropa.simulate.delivery.words import WORDS
from tropa.simulate.firm import Firm, Staffing, Survey, company_of
from tropa.simulate.people import Journeys, Population, come_again, draw_people, draw_starts, seasons
from tropa.simulate.planted import Finding, Planted, bottleneck, gap, kept, moments
from tropa.simulate.queues import Desk
from tropa.simulate.settings import between, day, draw, one_of
from tropa.simulate.streams import Flags, Ints, Streams
from tropa.simulate.walk import Column, Walk

HUNGER = (1, 0, 0, 0, 0, 0, 0, 0, 2, 8, 20, 44, 76, 80, 52, 34, 36, 58, 92, 98, 74, 36, 0, 0)
DISTRICTS = {"Центр": 0.26, "Заречье": 0.2, "Новый город": 0.19, "Слобода": 0.15, "Университет": 0.12, "Промзона": 0.08}


@dataclass(frozen=True)
class Settings:
    """What differs between seeds. Shares are of those who get to the place; days count from the first one."""

    payment_day: int = day(50, 120)
    payment_fails: float = between(0.34, 0.5)
    payment_gives_up: float = between(0.3, 0.45)
    bot_day: int = day(40, 110)
    """From this day on a robot answers in the chat, or nobody does."""
    silent: float = between(0.42, 0.6)
    silent_district: str = one_of("Заречье", "Новый город", "Слобода")
    silence_cancels: float = between(0.3, 0.5)
    address_day: int = day(45, 125)
    address_again: float = between(0.25, 0.4)
    bank_pages: float = between(0.2, 0.35)
    late_kitchen: float = between(0.25, 0.4)
    far_refuses: float = between(0.1, 0.18)


class Delivery(Firm):
    """Customers are angry not at the waiting but at not knowing how long."""

    name = "delivery"
    title = "Доставка еды"
    within_days = 1.0
    channels = ("app", "web", "chat")
    extras = ("device", "payment")
    words = (WORDS, WORDS)
    case_form, case_from, customer_form = "D-{}", "order_paid", "u{}"
    themes: ClassVar[Mapping[str, str]] = {
        "silence": "silence@question",
        "payment": "failure@payment",
        "address": "repeat@address",
        "bank_page": "switch@payment",
    }
    advert = ("banner_shown", "app")
    severe_share, severe_touchpoint, severe_why = 0.0002, "Жалоба", "food poisoning, complained twice"
    surveys = (
        Survey(
            Question("rating", "order_handed", HOUR, 0.3, 0.04, tuple(themes), ("hot", "clear")),
            "goal", 4.55, 0.6,
            {"silence@question": 1.5, "repeat@address": 0.6, "switch@payment": 0.55, "failure@payment": 0.4},
        ),
        Survey(
            Question("csat", "order_question", 40 * MINUTE, 0.4, 0.05, ("silence",), ("clear",), 2),
            "question_at", 4.4, 0.6, {"silence@question": 2.0},
        ),
    )  # fmt: skip

    def set_up(self, rng: np.random.Generator) -> None:
        self.settings = draw(Settings, rng)

    def draw_people(self, streams: Streams) -> Population:
        return draw_people(
            streams,
            {
                "district": DISTRICTS,
                "subscriber": {"да": 0.34, "нет": 0.66},
                "tenure": {"новичок": 0.3, "год": 0.3, "давно": 0.4},
                "device": {"Android": 0.6, "iOS": 0.4},
            },
        )

    def begin(self, streams: Streams) -> Journeys:
        weights = seasons((0.92, 0.85, 0.9, 1.0, 1.3, 1.4, 1.25), 1.25, 0.25, ((135.0, -0.3, 22.0),))
        customer, started = come_again(streams, draw_starts(streams, weights, HUNGER), 0.48, 9.0, 4, HUNGER)
        by_tenure = np.array([[0.55, 0.45], [0.7, 0.3], [0.78, 0.22]])
        return self.journeys_of(customer, started, lambda people: by_tenure[people.codes["tenure"]])

    def hire(self, streams: Streams) -> dict[str, Staffing]:
        kitchen = Desk("Кухня", Hours(0.0, 24.0, (0, 1, 2, 3, 4, 5, 6), holidays=True), np.zeros(HORIZON_DAYS))
        return {"kitchen": Staffing(kitchen, 22 * MINUTE, self.settings.late_kitchen)}

    def columns(self, walk: Walk, who: Ints) -> dict[str, Column]:
        return {"device": walk.log.vocabulary["device"].codes(["Android", "iOS"])[walk.people.codes["device"][who]]}

    def holds(self, walk: Walk, attribute: str, value: str) -> Flags:
        if attribute == "payment":
            return np.asarray(walk.fact("payment") == steps.PAYMENTS.index(value))
        return super().holds(walk, attribute, value)

    def steps(self, walk: Walk) -> None:
        steps.choose(walk)
        steps.order(walk, self.settings)
        steps.cook(walk, self.settings)
        steps.deliver(walk, self.settings)

    def planted(self) -> list[Planted]:
        chosen = self.settings
        return [
            Planted(
                "failure@payment", "barrier", "failure", "Оплата", "payment_failed", 1, as_day(chosen.payment_day),
                (("payment", "СБП"), ("subscriber", "нет")), also=("repeat",),
            ),
            Planted(
                "silence@question", "barrier", "silence", "Вопрос о заказе", "order_question", 600.0,
                as_day(chosen.bot_day), (("district", chosen.silent_district),), also=("wait", "contact"),
            ),
            Planted(
                "repeat@address", "inconvenience", "repeat", "Адрес", "address_entered", 2, as_day(chosen.address_day),
                (("channel", "app"),),
            ),
            Planted(
                "switch@payment", "inconvenience", "switch", "Оплата", "bank_page_opened", 1, None,
                (("channel", "app"),), also=("return", "repeat"),
            ),
            Planted("failure@search", "harmless", "failure", "Лента ресторанов", "search_empty", 1, why="noise"),
            Planted(
                "repeat@menu", "harmless", "repeat", "Меню", "menu_opened", 2,
                why="grows with the time on the journey: newcomers look longer and leave more",
            ),
            Planted(
                "wait@courier", "harmless", "wait", "Курьер в пути", "courier_left", 40 * MINUTE,
                why="confounded by district: the industrial zone is far, and refuses more at the door",
            ),
            Planted(
                "wait@kitchen", "harmless", "wait", "Заказ принят", "order_accepted", steps.KITCHEN_PROMISE_SECONDS,
                why="slow, but nobody minds: confounded by the hour, for in the evening the chat is silent",
            ),
            Planted("handover@courier", "harmless", "handover", "Курьер в пути", "courier_changed", 1, why="noise"),
        ]  # fmt: skip

    def inside(self, walk: Walk, findings: list[Finding]) -> list[Finding]:
        return [
            bottleneck(walk, "kitchen", "Заказ принят", "Кухня"),
            gap("wait", "Вопрос о заказе", "within", 600.0, kept(walk, "silence@question")),
            gap("wait", "Заказ принят", "within", steps.KITCHEN_PROMISE_SECONDS, kept(walk, "wait@kitchen")),
            gap("failure", "Оплата", "failures", 0.02, kept(walk, "failure@payment")),
            *moments(findings, ("silence", "failure")),
        ]


DELIVERY = company_of(Delivery)
