"""A laundry where nothing is wrong: whatever looks like an obstacle does no harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from tropa.simulate.answers import Question
from tropa.simulate.calm.words import WORDS
from tropa.simulate.clock import DAY, HOUR, Hours
from tropa.simulate.firm import Firm, Survey, company_of
from tropa.simulate.people import Journeys, Population, draw_people, draw_starts, seasons
from tropa.simulate.planted import Planted
from tropa.simulate.streams import Floats, Streams
from tropa.simulate.walk import Walk

LONG_WAIT_SECONDS = 2 * DAY
COURIERS = Hours(9.0, 21.0, (0, 1, 2, 3, 4, 5, 6), holidays=True)


class Calm(Firm):
    """Failures, repeats, questions, changes of channel and long waits, all of them without effect."""

    name = "calm"
    title = "Прачечная, в которой всё в порядке"
    within_days = 21.0
    channels = ("web", "app", "call")
    words = (WORDS, WORDS)
    customer_form = "n{}"
    themes: ClassVar[Mapping[str, str]] = {}
    surveys = (
        Survey(Question("rating", "brought_back", 12 * HOUR, 0.4, 0.03, (), ("clean", "easy")), "goal", 4.3, 0.7, {}),
    )

    def set_up(self, rng: np.random.Generator) -> None:
        self.elder_leaves, self.asking = float(rng.uniform(0.15, 0.25)), float(rng.uniform(0.3, 0.45))
        self.errors, self.slow = float(rng.uniform(0.08, 0.14)), float(rng.uniform(0.2, 0.3))

    def draw_people(self, streams: Streams) -> Population:
        return draw_people(
            streams,
            {
                "age": {"до 35": 0.4, "36-60": 0.38, "старше 60": 0.22},
                "house": {"центр": 0.4, "новостройки": 0.35, "за городом": 0.25},
                "how": {"разово": 0.7, "абонемент": 0.3},
            },
        )

    def begin(self, streams: Streams) -> Journeys:
        started = draw_starts(streams, seasons((1.1, 1.0, 1.0, 1.0, 1.0, 1.05, 1.05)))
        return self.journeys_of(np.arange(len(started)), started, _channels)

    def steps(self, walk: Walk) -> None:
        self._order(walk)
        self._wash(walk)

    def _order(self, walk: Walk) -> None:
        once = walk.people.has("how", "разово")
        looks = 1 + walk.streams.choice("looks", np.where(once[:, None], [0.45, 0.33, 0.22], [0.8, 0.15, 0.05]))
        for number in range(3):
            who = walk.everybody[looks > number]
            if number:
                walk.pass_days(f"look.{number}", who, 1.0)
            walk.act("prices_opened", who)
            walk.pass_minutes(f"look.{number}.time", who, 3.0)
            failed = walk.strike("failure@prices", who[walk.chance(f"error.{number}", who, self.errors)], who)
            walk.act("prices_error", failed, 0.0, status="failed")
            again = walk.strike("repeat@prices", who[walk.chance(f"again.{number}", who, 0.3)], who)
            walk.time[who] += 60.0
            walk.act("prices_opened", again, 0.0)
        walk.lose("look.leaves", walk.everybody, np.where(once, 0.14, 0.04))
        who = walk.still(walk.everybody)
        old = walk.people.has("age", "старше 60")[who]
        likely = np.where(old, self.asking, 0.08)
        asks = who[walk.chance("asks", who, likely) & walk.by_day(who, walk.time[who], 8.0, 22.0)]
        felt = walk.strike("contact@order", asks, who)
        walk.ask("question_asked", felt, walk.time[felt] + 60.0, "Диспетчерская")
        walk.time[who] += 20 * 60.0
        who = walk.lose("order.leaves", who, 0.05 + self.elder_leaves * old)
        walk.act("pickup_ordered", who)

    def _wash(self, walk: Walk) -> None:
        who = walk.still(walk.everybody)
        far = walk.people.has("house", "за городом")[who]
        wait = (4 + 30 * walk.uniform("wait", who)) * HOUR
        late = walk.chance("wait.long", who, np.where(far, 2.4, 0.6) * self.slow)
        long = LONG_WAIT_SECONDS + (0.1 + walk.uniform("wait.more", who)) * DAY
        felt = np.isin(who, walk.strike("wait@order", who[late], who))
        ready = walk.time[who] + LONG_WAIT_SECONDS + 1.5 * DAY
        came = walk.time[who] + np.where(felt, long, wait)
        night = ~walk.by_day(who, came, 9.0, 20.0)
        came = np.where(night, np.floor(came / DAY) * DAY + (10 + 9 * walk.uniform("wait.hour", who)) * HOUR, came)
        came = np.maximum(came, walk.time[who] + 600.0)
        gives_up = walk.chance("door", who, 0.03 + 0.07 * far)
        walk.log.emit("picked_up", who, came, actor="employee", performer="Курьеры")
        walk.leave(who[gives_up])
        walk.time[who] = ready  # the same in both lives: the van goes to the laundry when it is full
        who = who[~gives_up]
        walk.reopen("wash", who, COURIERS)
        walk.work("washed", who, "Стирка", 90.0)
        twice = walk.strike("handover@wash", who[walk.chance("twice", who, 0.1)], who)
        walk.log.emit("washed_again", twice, walk.time[twice] + 600.0, actor="employee", performer="Химчистка")
        walk.time[who] += DAY * (0.6 + walk.uniform("back", who))
        walk.reopen("back", who, COURIERS)
        walk.goal_at[who] = walk.time[who]
        price = np.round(420 * np.exp(0.4 * walk.normal("price", who)), 2)
        walk.log.emit("brought_back", who, walk.time[who], actor="employee", performer="Курьеры", value=price)

    def planted(self) -> list[Planted]:
        return [
            Planted("failure@prices", "harmless", "failure", "Прейскурант", "prices_error", 1, why="noise"),
            Planted(
                "repeat@prices", "harmless", "repeat", "Прейскурант", "prices_opened", 2,
                why="grows with the time on the journey: who comes once looks longer and leaves more",
            ),
            Planted(
                "contact@order", "harmless", "contact", "Вопрос", "question_asked", 1,
                why="confounded by age: the oldest ask more and leave more", also=("switch",),
            ),
            Planted(
                "wait@order", "harmless", "wait", "Заказ оформлен", "pickup_ordered", LONG_WAIT_SECONDS,
                why="confounded by house: out of town the van comes later, and more change their minds",
            ),
            Planted("handover@wash", "harmless", "handover", "Стирка", "washed_again", 1, why="noise"),
        ]  # fmt: skip


def _channels(people: Population) -> Floats:
    """The site or the app; the oldest stay with the site."""
    return np.where(people.has("age", "старше 60")[:, None], [0.9, 0.1], [0.4, 0.6])


CALM = company_of(Calm)
