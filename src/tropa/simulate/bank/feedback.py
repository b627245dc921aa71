"""The feedback file: who answered, with which score, and in which words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from tropa.simulate.answers import Answers, Question, Teller, survey
from tropa.simulate.bank.people import BRANCH, CALL, CHANNELS
from tropa.simulate.bank.scores import would_score
from tropa.simulate.bank.words_en import ENGLISH
from tropa.simulate.bank.words_ru import RUSSIAN
from tropa.simulate.bank.world import World
from tropa.simulate.clock import DAY, HOUR, MINUTE, awake
from tropa.simulate.streams import Floats
from tropa.simulate.voice import Speaker

BAD_THEMES = (
    "long_check", "upload_fail", "form_reset", "broken_call", "returned", "branch_queue", "late_money", "insurance",
    "rate",
)  # fmt: skip
GOOD_THEMES = ("fast", "easy", "polite", "terms_good")

NPS = Question("nps", "money_disbursed", 20 * HOUR, 0.36, 0.0, BAD_THEMES, GOOD_THEMES)
SUPPORT = Question("csat", "support_call", 6 * MINUTE, 0.42, 0.05, ("chat", "long_check"), ("polite",), CALL)
VISIT = Question("csat", "branch_visit", 40 * MINUTE, 0.3, 0.04, ("branch_queue",), ("polite",), BRANCH)
UPLOAD = Question("ces", "doc_upload", 3 * MINUTE, 0.27, 0.03, ("upload_fail", "form_reset"), ("upload_good",))


def make_feedback(world: World) -> pl.DataFrame:
    """Everything that customers said within the period, in order of time."""
    scores = would_score(world)
    rng = world.streams.generator("words")
    english, woman = world.streams.uniform("english") < 0.1, world.streams.uniform("woman") < 0.54
    teller = Teller(Speaker(RUSSIAN, ENGLISH, rng), _weights(world), english, woman, rng)
    frames = [teller.frame(answers, CHANNELS) for answers in _answers(world, scores)]
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
    }


def _answers(world: World, scores: dict[str, Floats]) -> list[Answers]:
    eager: Floats = np.asarray(0.8 + 0.1 * world.people.age, dtype=np.float64)
    surveys = [
        survey(world, NPS, scores["nps"], world.goal_at, eager),
        survey(world, SUPPORT, scores["csat_support"], world.fact("support_at"), eager),
        survey(world, VISIT, scores["csat_branch"], world.fact("branch_at"), eager),
        survey(world, UPLOAD, scores["ces"], world.fact("upload_at"), eager),
    ]
    named = [
        replace(a, activity=[_activity(x, int(c)) for x, c in zip(a.activity, a.channel, strict=True)]) for a in surveys
    ]
    return [*named, _reviews(world, scores["rating"]), _refusals(world), _complaints(world)]


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
        forced=dict.fromkeys(range(len(who)), "declined"),
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
        forced=dict.fromkeys(np.flatnonzero(~np.isnan(world.fact("double_charge")[case])).tolist(), "double_charge"),
        otherwise="chat",
    )
