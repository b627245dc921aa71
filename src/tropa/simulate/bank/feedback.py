"""The feedback file: who answered, with which score, and in which words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tropa.simulate.bank.people import BRANCH, CALL, CHANNELS
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.words_en import ENGLISH
from tropa.simulate.bank.words_ru import RUSSIAN
from tropa.simulate.bank.world import World
from tropa.simulate.clock import DAY, END_SECONDS, HOUR, MINUTE, awake
from tropa.simulate.log import datetimes
from tropa.simulate.streams import Flags, Floats, Ints
from tropa.simulate.voice import Speaker

BAD_THEMES = (
    "long_check",
    "upload_fail",
    "form_reset",
    "broken_call",
    "returned",
    "branch_queue",
    "late_money",
    "insurance",
    "rate",
)
GOOD_THEMES = ("fast", "easy", "polite", "terms_good")


@dataclass(frozen=True)
class Speakers:
    """In which language and grammatical gender each case's customer writes."""

    english: Flags
    woman: Flags

    def of(self, case: int) -> tuple[bool, bool]:
        return bool(self.english[case]), bool(self.woman[case])


@dataclass(frozen=True)
class Answers:
    """Answers to one question, one entry an answer."""

    case: Ints
    time: Floats
    kind: str
    channel: Ints
    activity: list[str]
    score: Floats
    words: Flags
    themes: tuple[str, ...]
    """What can have gone wrong that belongs to this question."""
    pleasant: tuple[str, ...]
    """What a pleased customer praises here."""


def make_feedback(world: World) -> pl.DataFrame:
    """Everything that customers said within the period, in order of time."""
    scores = would_score(world)
    weights = _weights(world)
    rng = world.streams.generator("words")
    speaker = Speaker(RUSSIAN, ENGLISH, rng)
    who = Speakers(world.streams.uniform("english") < 0.1, world.streams.uniform("woman") < 0.54)
    frames = [_frame(answers, weights, who, speaker, rng) for answers in _answers(world, scores)]
    return pl.concat(frames).sort("time", maintain_order=True)


def _weights(world: World) -> dict[str, Floats]:
    """How much each bad theme is on a customer's mind (0: it did not happen)."""
    size = len(world.cases)
    none = np.zeros(size)
    wait = np.nan_to_num(world.fact("check_wait_hours"))
    return {
        "long_check": np.where(wait > 24, np.minimum(wait / 20, 4), none),
        "upload_fail": 1.6 * np.nan_to_num(world.fact("upload_failures")),
        "form_reset": 1.4 * world.has_met("failure@form"),
        "broken_call": 2.6 * world.has_met("broken_promise@callback"),
        "returned": 1.6 * world.has_met("return@check"),
        "branch_queue": np.where(np.nan_to_num(world.fact("branch_wait_minutes")) > 18, 1.5, none),
        "late_money": np.where(np.nan_to_num(world.fact("money_delay_hours")) > 1, 1.0, none),
        "insurance": 0.9 * np.nan_to_num(world.fact("insurance")),
        "rate": 0.8 * np.nan_to_num(world.fact("rate_surprise")),
        "chat": np.where(np.isnan(world.fact("support_at")), 0.0, 0.5),
        "severe": np.where(np.isnan(world.fact("double_charge")), 0.0, 1.0),
    }


def _answers(world: World, scores: dict[str, Floats]) -> list[Answers]:
    return [
        _survey(
            world,
            "nps",
            scores["nps"],
            world.goal_at,
            20 * HOUR,
            0.36,
            0.0,
            BAD_THEMES,
            GOOD_THEMES,
            "money_disbursed",
            None,
        ),
        _survey(
            world,
            "csat",
            scores["csat_support"],
            world.fact("support_at"),
            6 * MINUTE,
            0.42,
            0.05,
            ("chat", "long_check"),
            ("polite",),
            "support_call",
            CALL,
        ),
        _survey(
            world,
            "csat",
            scores["csat_branch"],
            world.fact("branch_at"),
            40 * MINUTE,
            0.3,
            0.04,
            ("branch_queue",),
            ("polite",),
            "branch_visit",
            BRANCH,
        ),
        _survey(
            world,
            "ces",
            scores["ces"],
            world.fact("upload_at"),
            3 * MINUTE,
            0.27,
            0.03,
            ("upload_fail", "form_reset"),
            ("upload_good",),
            "doc_upload",
            None,
        ),
        _reviews(world, scores["rating"]),
        _refusals(world),
        _complaints(world),
    ]


def _survey(
    world: World,
    kind: str,
    score: Floats,
    at: Floats,
    delay_seconds: float,
    rate: float,
    anger: float,
    themes: tuple[str, ...],
    pleasant: tuple[str, ...],
    activity: str,
    channel: int | None,
) -> Answers:
    """Answers to one survey: the very pleased and the angry answer more than those between."""
    everybody = np.flatnonzero(~np.isnan(score))
    given = score[everybody]
    spread = max(float(np.nanstd(given)), 0.1) if len(given) else 1.0
    lower = np.clip((np.mean(given) - given) / spread, 0.0, 3.0) if len(given) else given
    elder = 0.8 + 0.1 * world.people.age[everybody]
    # Whether somebody answers is drawn once for all questions of a survey kind and activity.
    answered = world.uniform(f"answers.{activity}", everybody) < (rate + anger * lower) * elder
    who = everybody[answered]
    time = at[who] + delay_seconds * (0.3 + world.exponential(f"answers.{activity}.delay", who))
    time = awake(time, world.uniform(f"answers.{activity}.awake", who))
    words = world.uniform(f"answers.{activity}.words", who) < np.where(
        score[who] <= np.mean(given) - spread, 0.62, 0.34
    )
    channels = world.channel[who] if channel is None else np.full(len(who), channel)
    return Answers(
        who, time, kind, channels, [_activity(activity, int(c)) for c in channels], score[who], words, themes, pleasant
    )


def _activity(name: str, channel: int) -> str:
    if name == "doc_upload" and channel == BRANCH:
        return "docs_accepted_branch"
    return "branch_consultation" if name == "branch_visit" else name


def _reviews(world: World, score: Floats) -> Answers:
    """Reviews in the app store, by those whom it moved most."""
    everybody = np.flatnonzero(~np.isnan(score))
    moved = np.where(score[everybody] <= 2, 0.07, np.where(score[everybody] == 5, 0.035, 0.015))
    who = everybody[world.uniform("reviews", everybody) < moved]
    time = awake(
        world.time[who] + 1.5 * DAY * world.exponential("reviews.delay", who), world.uniform("reviews.awake", who)
    )
    themes = ("upload_fail", "long_check", "broken_call", "returned", "chat")
    return Answers(
        who,
        time,
        "rating",
        np.full(len(who), 1),
        [""] * len(who),
        score[who],
        np.ones(len(who), dtype=bool),
        themes,
        ("easy", "easy", "fast"),
    )


def _refusals(world: World) -> Answers:
    """Public reviews without a score by some who were declined."""
    at = world.fact("declined_at")
    everybody = np.flatnonzero(~np.isnan(at))
    who = everybody[world.uniform("refusals", everybody) < 0.03]
    time = awake(at[who] + 2 * DAY * world.exponential("refusals.delay", who), world.uniform("refusals.awake", who))
    activity = ["decision_declined"] * len(who)
    return Answers(
        who,
        time,
        "review",
        np.zeros(len(who), dtype=np.int64),
        activity,
        np.full(len(who), np.nan),
        np.ones(len(who), dtype=bool),
        ("declined",),
        ("polite",),
    )


def _complaints(world: World) -> Answers:
    """The words of complaints that were filed."""
    at = world.fact("complaint_at")
    who = np.flatnonzero(~np.isnan(at))
    severe = ~np.isnan(world.fact("double_charge")[who])
    case = np.concatenate([who, who[severe]])
    time = np.concatenate([at[who], world.fact("double_charge")[who[severe]]]) + 1.0
    channel = np.where(world.channel[case] == 0, 0, 1)
    themes = ("long_check", "returned", "upload_fail", "chat")
    return Answers(
        case,
        time,
        "complaint",
        channel,
        ["complaint_filed"] * len(case),
        np.full(len(case), np.nan),
        np.ones(len(case), dtype=bool),
        themes,
        ("polite",),
    )


def _frame(
    answers: Answers, weights: dict[str, Floats], who: Speakers, speaker: Speaker, rng: np.random.Generator
) -> pl.DataFrame:
    seen = np.flatnonzero(answers.time < END_SECONDS)
    texts: list[str | None] = []
    middle = {"nps": 7.5, "csat": 3.5, "ces": 4.5, "rating": 3.5}.get(answers.kind, np.inf)
    for index in seen:
        texts.append(_text(answers, int(index), middle, weights, who, speaker, rng) if answers.words[index] else None)
    return pl.DataFrame(
        {
            "time": datetimes(np.round(answers.time[seen])),
            "case": pl.Series(answers.case[seen], dtype=pl.Int64),
            "kind": pl.Series([answers.kind] * len(seen), dtype=pl.String),
            "channel": pl.Series([CHANNELS[c] for c in answers.channel[seen]], dtype=pl.String),
            "activity": pl.Series([answers.activity[i] or None for i in seen], dtype=pl.String),
            "score": pl.Series(answers.score[seen], dtype=pl.Float64, nan_to_null=True),
            "text": pl.Series(texts, dtype=pl.String),
        }
    )


def _text(
    answers: Answers,
    index: int,
    middle: float,
    weights: dict[str, Floats],
    who: Speakers,
    speaker: Speaker,
    rng: np.random.Generator,
) -> str:
    """What this customer says: of what went wrong where something did, of the rest otherwise."""
    case, score = int(answers.case[index]), float(answers.score[index])
    if answers.kind == "complaint" and weights["severe"][case] > 0:
        return speaker.say(["double_charge"], "bad", *who.of(case))
    if answers.kind == "review":
        return speaker.say(["declined"], "bad", *who.of(case))
    met = [theme for theme in answers.themes if weights[theme][case] > 0]
    pleased = score > middle
    complains = answers.kind == "complaint"
    if complains and not met:
        met = ["chat"]
    speaks = bool(met) and (complains or rng.random() < (0.3 if pleased else 0.93))
    if not speaks:
        themes = [answers.pleasant[int(rng.random() * len(answers.pleasant))]] if pleased else ["nothing"]
        return speaker.say(themes, "good" if pleased else "plain", *who.of(case))
    heavy = np.array([max(weights[theme][case], 0.1) for theme in met])
    first = met[int(np.searchsorted(np.cumsum(heavy), rng.random() * heavy.sum()))]
    others = [theme for theme in met if theme != first]
    themes = [first, others[0]] if others and rng.random() < 0.3 else [first]
    return speaker.say(themes, "plain" if pleased else "bad", *who.of(case))
