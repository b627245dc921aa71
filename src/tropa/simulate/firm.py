"""A company told in steps: one class says who comes, what they go through and what was planted; the rest is here.

A company is a package with a class that fills `Firm`, `steps.py` that walks the journeys, `words.py` and `map.yaml`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, ClassVar
from zlib import crc32

import numpy as np
import polars as pl

from tropa.simulate.answers import Answers, Question, Teller, asked, survey
from tropa.simulate.clock import DAY, awake
from tropa.simulate.company import Company, Progress, Simulated
from tropa.simulate.log import EventLog
from tropa.simulate.names import case_numbers, customer_ids, known_from, named, number_events
from tropa.simulate.people import Journeys, Population
from tropa.simulate.planted import Finding, Lived, Planted, counts, judge, single_cases
from tropa.simulate.queues import Desk
from tropa.simulate.streams import Flags, Floats, Ints, Streams
from tropa.simulate.voice import Fragments, Speaker
from tropa.simulate.walk import Walk


@dataclass(frozen=True)
class Survey:
    """A question and what its score follows from.

    Args:
        at: the fact that holds the time of the event it is about; `goal` is the goal itself.
        base, spread: of the score of somebody to whom nothing happened.
        costs: points that an obstacle takes away.
    """

    question: Question
    at: str
    base: float
    spread: float
    costs: Mapping[str, float]

    @property
    def name(self) -> str:
        return f"{self.question.kind}_{self.question.activity}"


@dataclass(frozen=True)
class Staffing:
    """A department with a queue: the share `late` of those who come waits longer than `late_seconds`."""

    desk: Desk
    late_seconds: float
    late: float


class Firm(ABC):
    """One company of one seed.

    Attributes:
        name, title: on the command line, and for people.
        within_days: the horizon of the goal, as in the map.
        channels: of the events; a journey's channel is an index.
        extras: text columns of events beyond those of the contract.
        words: what customers say, in Russian and in English; `english` is the share of the latter.
        surveys: what is asked.
        themes: what a comment is about, by the obstacle that gives rise to it.
        grumble: the theme of a complaint of somebody to whom nothing happened.
        case_form: of order numbers (`""`: the data know customers only); `case_from`: the activity that gives it.
        customer_form: of customers' names.
        advert: what marketing sends meanwhile, which is on no map, and its channel.
        severe_share: of the customers for whom it went very wrong; `severe_touchpoint`, `severe_why` say where and how.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    language: ClassVar[str] = "ru"
    currency: ClassVar[str] = "RUB"
    within_days: ClassVar[float]
    channels: ClassVar[tuple[str, ...]]
    extras: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[tuple[Fragments, Fragments]]
    english: ClassVar[float] = 0.0
    surveys: ClassVar[tuple[Survey, ...]]
    themes: ClassVar[Mapping[str, str]]
    grumble: ClassVar[str] = "support"
    case_form: ClassVar[str] = ""
    case_from: ClassVar[str] = ""
    customer_form: ClassVar[str] = "{}"
    advert: ClassVar[tuple[str, str]] = ("push_sent", "app")
    severe_share: ClassVar[float] = 0.0
    severe_touchpoint: ClassVar[str] = ""
    severe_why: ClassVar[str] = ""

    def __init__(self, seed: int, customers: int) -> None:
        self.seed = seed
        self.set_up(np.random.default_rng([seed, crc32(self.name.encode())]))
        streams = Streams(seed, customers)
        self.people = self.draw_people(streams)
        self.journeys = self.begin(streams)
        self.staff = self.hire(Streams(seed + 3, customers))
        self.severe: Ints = np.array([], dtype=np.int64)

    # -- what a company says -----------------------------------------------------------------------------------

    @abstractmethod
    def set_up(self, rng: np.random.Generator) -> None:
        """Draws the parameters of this seed."""

    @abstractmethod
    def draw_people(self, streams: Streams) -> Population:
        """Who its customers are."""

    @abstractmethod
    def begin(self, streams: Streams) -> Journeys:
        """The journeys that they begin."""

    @abstractmethod
    def steps(self, walk: Walk) -> None:
        """Walks all journeys from the first step to the last."""

    @abstractmethod
    def planted(self) -> list[Planted]:
        """What gets in customers' way."""

    def hire(self, streams: Streams) -> dict[str, Staffing]:
        """Departments with queues, by name."""
        return {}

    def inside(self, walk: Walk, findings: list[Finding]) -> list[Finding]:
        """Bottlenecks, gaps and moments of truth."""
        return []

    def columns(self, walk: Walk, who: Ints) -> dict[str, str | Ints | Floats | None]:
        """Extra columns of what these customers do."""
        return {}

    # -- lives -------------------------------------------------------------------------------------------------

    def journeys_of(self, customer: Ints, started: Floats, channel_weights: Callable[[Population], Floats]) -> Journeys:
        """Journeys of the listed customers; weights of channels by attributes, one row a journey or one for all."""
        streams = Streams(self.seed + 1, len(customer))
        people = self.people.take(customer)
        return Journeys(customer, started, streams.choice("channel", channel_weights(people)), people, streams)

    def live(self, off: frozenset[str] = frozenset(), recording: bool = False) -> Walk:
        """One life of all journeys, without the obstacles named in `off`."""
        return self._live(self.journeys, self.severe, off, recording)

    def live_again(self, off: frozenset[str], who: Ints) -> Walk:
        """One more life of the journeys `who` (rising) alone; the others would live as before."""
        severe = np.flatnonzero(np.isin(who, self.severe))
        return self._live(self.journeys.only(who), severe, off, False)

    def _live(self, journeys: Journeys, severe: Ints, off: frozenset[str], recording: bool) -> Walk:
        log = EventLog(recording, self.extras)
        log.vocabulary["channel"].codes(list(self.channels))
        desks = {name: staffing.desk for name, staffing in self.staff.items()}
        walk = Walk(journeys, off, log, desks, severe, self.columns)
        self.steps(walk)
        if recording:
            walk.advertise(*self.advert)
        return walk

    def settle(self, progress: Progress) -> None:
        """Lets the queues settle, and chooses the few for whom it goes very wrong."""
        for number in range(2 if self.staff else 0):
            progress(f"queues: pass {number + 1}")
            walk = self.live()
            for name, staffing in self.staff.items():
                asked_at, jitter = (np.concatenate(walk.arrivals[key]) for key in (name, f"{name}.jitter"))
                staffing.desk.fit(asked_at, jitter, staffing.late_seconds, staffing.late)
        if self.severe_share:
            room = np.flatnonzero(self.live().could_be_severe())
            count = min(len(room), max(2, round(len(self.journeys.customer) * self.severe_share)))
            self.severe = np.sort(Streams(self.seed, 1).generator("severe").permutation(room)[:count])

    def reached_goal(self, walk: Walk) -> Flags:
        """The goal within the horizon, followed beyond the end of the data."""
        return np.asarray(walk.goal_at - walk.started <= self.within_days * DAY)

    def scores(self, walk: Walk) -> dict[str, Floats]:
        """What every journey would answer in every survey (NaN: it never came to the question)."""
        mood = walk.streams.normal("score.mood")
        scores = {}
        for told in self.surveys:
            own = walk.streams.normal(f"score.{told.name}")
            latent = told.base + told.spread * (0.6 * mood + 0.8 * own)
            for obstacle, points in told.costs.items():
                latent = latent - points * walk.suffered(obstacle)
            at = walk.goal_at if told.at == "goal" else walk.fact(told.at)
            scores[told.name] = asked(latent - 4.0 * walk.is_severe, told.question.kind, at)
        return scores

    def holds(self, walk: Walk, attribute: str, value: str) -> Flags:
        """Which journeys have this value of an attribute of customers, or are in this channel."""
        if attribute == "channel":
            return np.asarray(walk.journeys.channel == self.channels.index(value))
        return walk.people.has(attribute, value)

    # -- what customers say ------------------------------------------------------------------------------------

    def feedback(self, walk: Walk) -> pl.DataFrame:
        """Everything that customers said within the period, in order of time."""
        scores = self.scores(walk)
        rng = walk.streams.generator("words")
        weights = {theme: np.where(walk.suffered(key), 1.5, 0.0) for theme, key in self.themes.items()}
        english, woman = walk.streams.uniform("english") < self.english, walk.streams.uniform("woman") < 0.54
        teller = Teller(Speaker(*self.words, rng), weights, english, woman, rng)
        answers = [
            survey(walk, told.question, scores[told.name], walk.goal_at if told.at == "goal" else walk.fact(told.at))
            for told in self.surveys
        ]
        answers += [self._complaints(walk), self._reviews(walk)]
        frames = [teller.frame(some, self.channels) for some in answers]
        return pl.concat(frames).sort("time", maintain_order=True)

    def _complaints(self, walk: Walk) -> Answers:
        """The words of complaints that were filed."""
        who = np.flatnonzero(~np.isnan(walk.fact("complaint_at")))
        forced = dict.fromkeys(np.flatnonzero(walk.is_severe[who]).tolist(), "severe")
        return self._unscored("complaint", walk, who, walk.fact("complaint_at")[who], "complaint_filed", forced)

    def _reviews(self, walk: Walk) -> Answers:
        """Public words without a score by some whom an obstacle met and who did not get to the goal."""
        hit = np.zeros(walk.size, dtype=bool)
        for obstacle in self.themes.values():
            hit |= walk.suffered(obstacle)
        who = np.flatnonzero(hit & np.isnan(walk.goal_at))
        who = who[walk.uniform("reviews", who) < 0.06]
        at = awake(walk.time[who] + 1.5 * DAY * walk.exponential("reviews.delay", who), walk.uniform("reviews.at", who))
        return self._unscored("review", walk, who, at, "", {})

    def _unscored(self, kind: str, walk: Walk, who: Ints, at: Floats, activity: str, forced: dict[int, str]) -> Answers:
        return Answers(
            who, at, kind, walk.channel[who], [activity] * len(who), np.full(len(who), np.nan),
            np.ones(len(who), dtype=bool), tuple(self.themes), ("nothing",), forced, self.grumble,
        )  # fmt: skip

    # -- the files ---------------------------------------------------------------------------------------------

    def make(self, progress: Progress) -> Simulated:
        """All files of this company."""
        self.settle(progress)
        progress("events")
        walk = self.live(recording=True)
        owners, cases = self.names()
        events = number_events(named(walk.log.frame(), owners, cases))
        if self.case_from:
            events = known_from(events, self.case_from)
        progress("feedback")
        feedback = named(self.feedback(walk), owners, cases)
        progress("truth: the same customers again, without each obstacle")
        # What the files do not tell, the truth does not ask for.
        numbers = cases.to_list() if self.case_form else [""] * len(cases)
        truth = self.truth(walk, (owners.to_list(), numbers))
        map_yaml = files(f"tropa.simulate.{self.name}").joinpath("map.yaml").read_text(encoding="utf-8")
        customers = self.people.frame(customer_ids(np.arange(self.people.size), self.customer_form))
        if not self.case_form:
            events, feedback = events.drop("case_id"), feedback.drop("case_id")
        return Simulated(events, feedback, customers, map_yaml, truth)

    def names(self) -> tuple[pl.Series, pl.Series]:
        """The customer and the number of every journey; numbers follow the order in which journeys begin."""
        owners = customer_ids(self.journeys.customer, self.customer_form)
        return owners, case_numbers(self.journeys.started, self.case_form)

    def truth(self, walk: Walk, names: tuple[list[str], list[str]]) -> dict[str, Any]:
        """The truth file; `walk` is the life that was recorded."""
        planted = self.planted()
        lived = Lived(
            walk, self.reached_goal, self.scores, self.live_again, lambda name, value: self.holds(walk, name, value)
        )
        findings, harmless = judge(planted, lived)
        findings += self.inside(walk, findings)
        findings += single_cases(walk, self.severe, "complaint_at", self.severe_touchpoint, self.severe_why, names)
        customers = counts(walk, self.journeys.customer, self.reached_goal(walk), planted)
        return {"findings": findings, "harmless": harmless, "customers": customers}


def company_of(firm: type[Firm]) -> Company:
    """The entry of the registry."""
    return Company(
        firm.name,
        firm.title,
        lambda customers, seed, progress: firm(seed, customers).make(progress),
        firm.language,
        firm.currency,
    )
