"""A small shop that prints T-shirts: a site, a stand in a shopping centre, lockers, and returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tropa.simulate.answers import Question
from tropa.simulate.clock import HORIZON_DAYS, HOUR, MINUTE, Hours, as_day
from tropa.simulate.firm import Firm, Staffing, Survey, company_of
from tropa.simulate.people import Journeys, Population, come_again, draw_people, draw_starts, seasons
from tropa.simulate.planted import Finding, Planted, bottleneck, gap, kept, moments
from tropa.simulate.queues import Desk
from tropa.simulate.settings import between, day, draw, one_of
from tropa.simulate.streams import Floats, Streams
from tropa.simulate.tshirts import steps
from tropa.simulate.tshirts.words import WORDS
from tropa.simulate.walk import Walk

SHOPPING = (4, 2, 1, 0, 0, 1, 2, 6, 12, 22, 40, 56, 64, 66, 62, 60, 62, 68, 74, 70, 52, 34, 18, 8)


@dataclass(frozen=True)
class Settings:
    """What differs between seeds. Shares are of those who get to the place; days count from the first one."""

    rejected: float = between(0.46, 0.62)
    rejected_gives_up: float = between(0.28, 0.42)
    locker_day: int = day(45, 110)
    """From this day on the lockers of one town do not open."""
    locker_town: str = one_of("Oldport", "Hillcrest", "Riverside")
    locker_fails: float = between(0.45, 0.65)
    locker_gives_up: float = between(0.3, 0.45)
    late_prints: float = between(0.3, 0.42)
    patience_days: float = between(6.0, 8.0)
    queue_share: float = between(0.5, 0.65)
    voucher_day: int = day(50, 120)
    voucher_fails: float = between(0.2, 0.32)


class Tshirts(Firm):
    """Late prints, rejected proofs, and lockers that stay shut."""

    name = "tshirts"
    title = "T-shirts to order"
    language, currency = "en", "EUR"
    within_days = 45.0
    channels = ("site", "stand", "call", "locker")
    words = (WORDS, WORDS)
    case_form, customer_form = "T{}", "c-{}"
    themes: ClassVar[Mapping[str, str]] = {
        "proof": "return@proof",
        "locker": "contact@pickup",
        "late": "broken_promise@print",
        "queue": "wait@stand",
        "voucher": "failure@voucher",
    }
    advert = ("story_shown", "social")
    severe_share, severe_touchpoint, severe_why = 0.0005, "Complaint", "charged twice, speaks of a lawyer"
    surveys = (
        Survey(
            Question("rating", "collected", 8 * HOUR, 0.42, 0.05, tuple(themes), ("print", "staff")),
            "goal", 4.6, 0.6,
            {"return@proof": 0.8, "contact@pickup": 1.0, "broken_promise@print": 0.9, "failure@voucher": 0.6},
        ),
        Survey(
            Question("csat", "stand_talk", 20 * MINUTE, 0.35, 0.05, ("queue",), ("staff",), 1),
            "stand_at", 4.5, 0.6, {"wait@stand": 1.3},
        ),
        Survey(
            Question("ces", "order_placed", 5 * MINUTE, 0.3, 0.04, ("voucher",), ("print",)),
            "order_at", 6.1, 0.8, {"failure@voucher": 1.6},
        ),
    )  # fmt: skip

    def set_up(self, rng: np.random.Generator) -> None:
        self.settings = draw(Settings, rng)

    def draw_people(self, streams: Streams) -> Population:
        return draw_people(
            streams,
            {
                "town": {"Riverside": 0.4, "Oldport": 0.33, "Hillcrest": 0.27},
                "buyer": {"self": 0.46, "gift": 0.3, "team": 0.24},
                "found": {"Instagram": 0.36, "passing by": 0.26, "friend": 0.22, "search": 0.16},
            },
        )

    def begin(self, streams: Streams) -> Journeys:
        weights = seasons((0.75, 0.75, 0.8, 0.9, 1.15, 1.7, 1.45), 1.4, 0.5, ((95.0, 0.6, 16.0),))
        customer, started = come_again(streams, draw_starts(streams, weights, SHOPPING), 0.22, 30.0, 3, SHOPPING)
        return self.journeys_of(customer, started, _channels)

    def hire(self, streams: Streams) -> dict[str, Staffing]:
        ill: Floats = 0.15 * Streams(self.seed, HORIZON_DAYS).normal("ill")
        room = Desk("Print room", Hours(10.0, 18.0, (0, 1, 2, 3, 4)), ill)
        return {"print": Staffing(room, steps.PRINT_PROMISE_SECONDS, self.settings.late_prints)}

    def steps(self, walk: Walk) -> None:
        steps.design(walk, self.settings)
        steps.order(walk, self.settings)
        steps.produce(walk, self.settings)
        steps.pick_up(walk, self.settings)

    def planted(self) -> list[Planted]:
        chosen = self.settings
        return [
            Planted(
                "return@proof", "barrier", "return", "Proof", "proof_rejected", 1, None,
                (("buyer", "team"), ("channel", "site")), also=("repeat",),
            ),
            Planted(
                "contact@pickup", "barrier", "contact", "Pick-up visit", "pickup_call", 1, as_day(chosen.locker_day),
                (("town", chosen.locker_town),), also=("switch", "repeat"),
            ),
            Planted(
                "broken_promise@print", "barrier", "broken_promise", "Print queue", "print_queued",
                steps.PRINT_PROMISE_SECONDS, also=("wait",),
            ),
            Planted(
                "wait@stand", "inconvenience", "wait", "Stand", "stand_queue", steps.STAND_PROMISE_SECONDS, None,
                (("town", "Riverside"),),
            ),
            Planted(
                "failure@voucher", "inconvenience", "failure", "Checkout", "voucher_failed", 1,
                as_day(chosen.voucher_day), (("buyer", "gift"),),
            ),
            Planted(
                "switch@design", "harmless", "switch", "Stand consultation", "stand_talk", 1,
                why="confounded by found: who came from Instagram drops in at the stand and orders less",
            ),
            Planted("failure@preview", "harmless", "failure", "Editor", "preview_failed", 1, why="noise"),
            Planted(
                "repeat@editor", "harmless", "repeat", "Editor", "design_edited", 2,
                why="grows with the time on the journey: who looks for a gift tries longer and leaves more",
            ),
        ]  # fmt: skip

    def inside(self, walk: Walk, findings: list[Finding]) -> list[Finding]:
        return [
            bottleneck(walk, "print", "Print queue", "Print room"),
            gap("wait", "Print queue", "within", steps.PRINT_PROMISE_SECONDS, kept(walk, "broken_promise@print")),
            gap("wait", "Stand", "within", steps.STAND_PROMISE_SECONDS, kept(walk, "wait@stand")),
            gap("failure", "Checkout", "failures", 0.06, kept(walk, "failure@voucher")),
            *moments(findings, ("return", "contact", "broken_promise")),
        ]


def _channels(people: Population) -> Floats:
    """The site or the stand; who passes by comes to the stand."""
    return np.where(people.has("found", "passing by")[:, None], [0.1, 0.9], [0.82, 0.18])


TSHIRTS = company_of(Tshirts)
