"""An online school: the handover from sales to teaching comes late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tropa.simulate.answers import Question
from tropa.simulate.clock import DAY, HORIZON_DAYS, HOUR, MINUTE, Hours, as_day
from tropa.simulate.firm import Firm, Staffing, Survey, company_of
from tropa.simulate.people import Journeys, Population, draw_people, draw_starts, seasons
from tropa.simulate.planted import Finding, Planted, bottleneck, gap, kept, moments
from tropa.simulate.queues import Desk
from tropa.simulate.school import steps
from tropa.simulate.school.words import WORDS
from tropa.simulate.settings import between, day, draw, one_of
from tropa.simulate.streams import Floats, Streams
from tropa.simulate.walk import Walk

EVENINGS = (14, 6, 3, 1, 1, 1, 3, 8, 14, 20, 26, 28, 32, 30, 26, 28, 30, 38, 56, 76, 92, 96, 74, 36)


@dataclass(frozen=True)
class Settings:
    """What differs between seeds. Shares are of those who get to the place; days count from the first one."""

    late_handovers: float = between(0.38, 0.5)
    patience_days: float = between(3.6, 4.8)
    poor_trial_day: int = day(40, 100)
    """From this day on a course has a new teacher for a group of students."""
    poor_trials: float = between(0.6, 0.8)
    poor_course: str = one_of("Дизайн", "Аналитика")
    poor_trial_loses: float = between(0.4, 0.6)
    calls: float = between(0.45, 0.6)
    calls_lose: float = between(0.26, 0.4)
    homework_day: int = day(50, 110)
    late_homework: float = between(0.4, 0.6)
    access: float = between(0.2, 0.3)


class School(Firm):
    """Who has paid waits for days until somebody teaches."""

    name = "school"
    title = "Онлайн-школа"
    within_days = 60.0
    channels = ("web", "messenger", "call", "chat")
    words = (WORDS, WORDS)
    customer_form = "student{}"
    themes: ClassVar[Mapping[str, str]] = {
        "handover": "handover@teaching",
        "trial": "low_score@trial",
        "phone": "switch@sales",
        "homework": "broken_promise@homework",
        "access": "contact@platform",
    }
    advert = ("reminder_sent", "messenger")
    severe_share, severe_touchpoint, severe_why = 0.0004, "Жалоба", "money not given back, threatens with the court"
    surveys = (
        Survey(
            Question("csat", "trial_attended", 10 * MINUTE, steps.TRIAL_ANSWERS, 0.0, ("trial",), ("teacher",)),
            "trial_at", 4.75, 0.3, {"low_score@trial": 2.7},
        ),
        Survey(
            Question("nps", "third_lesson_done", 6 * HOUR, 0.5, 0.04, tuple(themes), ("teacher", "progress")),
            "goal", 8.9, 1.4,
            {
                "handover@teaching": 1.8, "broken_promise@homework": 1.9, "contact@platform": 0.3, "switch@sales": 0.9,
                "low_score@trial": 0.6,
            },
        ),
        Survey(
            Question("ces", "platform_opened", 20 * MINUTE, 0.42, 0.04, ("access",), ("progress",)),
            "platform_at", 6.1, 0.8, {"contact@platform": 1.7},
        ),
    )  # fmt: skip

    def set_up(self, rng: np.random.Generator) -> None:
        self.settings = draw(Settings, rng)

    def draw_people(self, streams: Streams) -> Population:
        return draw_people(
            streams,
            {
                "course": {"Программирование": 0.38, "Дизайн": 0.24, "Аналитика": 0.22, "Английский": 0.16},
                "age": {"до 18": 0.14, "18-24": 0.38, "25-39": 0.32, "40+": 0.16},
                "pays": {"сам": 0.62, "родители": 0.2, "работодатель": 0.18},
                "source": {"Блогер": 0.3, "Поиск": 0.3, "Друзья": 0.18, "Таргет": 0.22},
            },
        )

    def begin(self, streams: Streams) -> Journeys:
        weights = seasons((1.1, 1.05, 1.0, 1.0, 0.85, 0.95, 1.15), 0.9, -0.2, ((50.0, 0.5, 14.0), (175.0, 1.1, 10.0)))
        started = draw_starts(streams, weights, EVENINGS)
        return self.journeys_of(np.arange(len(started)), started, _channels)

    def hire(self, streams: Streams) -> dict[str, Staffing]:
        ill: Floats = 0.08 * Streams(self.seed, HORIZON_DAYS).normal("ill")
        office = Desk("Учебный отдел", Hours(10.0, 19.0), ill)
        return {"teaching": Staffing(office, steps.HANDOVER_PROMISE_SECONDS, self.settings.late_handovers)}

    def steps(self, walk: Walk) -> None:
        steps.wonder(walk)
        steps.try_out(walk, self.settings)
        steps.buy(walk, self.settings)
        steps.hand_over(walk, self.settings)
        steps.study(walk, self.settings)

    def planted(self) -> list[Planted]:
        chosen = self.settings
        return [
            Planted(
                "handover@teaching", "barrier", "handover", "Передача в учёбу", "passed_to_teaching",
                steps.HANDOVER_PROMISE_SECONDS, None, (), also=("wait", "broken_promise"),
            ),
            Planted(
                "low_score@trial", "barrier", "low_score", "Урок с учителем", "trial_attended", 3,
                as_day(chosen.poor_trial_day), (("course", chosen.poor_course), ("age", "18-24")),
            ),
            Planted(
                "switch@sales", "barrier", "switch", "Звонок менеджера", "sales_call", 1, None,
                (("source", "Блогер"),), also=("contact", "handover"),
            ),
            Planted(
                "broken_promise@homework", "inconvenience", "broken_promise", "Домашняя работа", "homework_sent", DAY,
                as_day(chosen.homework_day), (("course", "Программирование"),), also=("wait",),
            ),
            Planted(
                "contact@platform", "inconvenience", "contact", "Вход на платформу", "access_question", 1,
                None, (("age", "40+"),), also=("repeat", "switch"),
            ),
            Planted(
                "failure@webinar", "harmless", "failure", "Открытый вебинар", "webinar_broken", 1,
                why="confounded by channel: in the messenger the link breaks more, and people are less serious",
            ),
            Planted(
                "repeat@page", "harmless", "repeat", "Страница курса", "course_page", 2,
                why="grows with the time on the journey: whom an advertisement found looks longer and leaves more",
            ),
            Planted("wait@invoice", "harmless", "wait", "Счёт", "invoice_sent", 2 * DAY, why="noise"),
        ]  # fmt: skip

    def inside(self, walk: Walk, findings: list[Finding]) -> list[Finding]:
        return [
            bottleneck(walk, "teaching", "Передача в учёбу", "Учебный отдел"),
            gap(
                "wait", "Передача в учёбу", "within", steps.HANDOVER_PROMISE_SECONDS,
                kept(walk, "handover@teaching"),
            ),
            gap("wait", "Домашняя работа", "within", DAY, kept(walk, "broken_promise@homework")),
            *moments(findings, ("handover", "low_score")),
        ]  # fmt: skip


def _channels(people: Population) -> Floats:
    """The site or the messenger; a blogger's readers write."""
    return np.where(people.has("source", "Блогер")[:, None], [0.35, 0.65], [0.7, 0.3])


SCHOOL = company_of(School)
