"""Who answers a survey, reviews or complains, with which score, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from tropa.simulate.clock import END_SECONDS, awake
from tropa.simulate.life import Life
from tropa.simulate.log import datetimes
from tropa.simulate.streams import Flags, Floats, Ints
from tropa.simulate.voice import Speaker

SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 7.0), "rating": (1.0, 5.0)}
# Above these a customer is pleased; where there is no score nobody is.
MIDDLES = {"nps": 7.5, "csat": 3.5, "ces": 4.5, "rating": 3.5}


@dataclass(frozen=True)
class Question:
    """One survey.

    Args:
        activity: the event that it is about; its random numbers carry this name.
        delay_seconds: how long after the event people answer, about.
        rate, anger: the share that answers, and how much more of those who are one deviation below the mean.
        themes: what can have gone wrong that belongs to this question.
        pleasant: what a pleased customer praises here.
        channel: code of the channel of the answer; the case's own where there is none.
    """

    kind: str
    activity: str
    delay_seconds: float
    rate: float
    anger: float
    themes: tuple[str, ...]
    pleasant: tuple[str, ...]
    channel: int | None = None


@dataclass(frozen=True)
class Answers:
    """Answers to one question, one entry an answer.

    Args:
        words: who writes something; the others give a score only.
        forced: entries that speak of one theme whatever else happened.
        otherwise: what a complaint is about where nothing of `themes` happened.
    """

    case: Ints
    time: Floats
    kind: str
    channel: Ints
    activity: list[str]
    score: Floats
    words: Flags
    themes: tuple[str, ...]
    pleasant: tuple[str, ...]
    forced: Mapping[int, str] = field(default_factory=dict)
    otherwise: str = ""


def asked(latent: Floats, kind: str, at: Floats) -> Floats:
    """The score on the scale of its kind, for those who came to the question (`at` is not NaN)."""
    low, high = SCALES[kind]
    return np.where(np.isnan(at), np.nan, np.clip(np.round(latent), low, high) + 0.0)  # no minus zero


def survey(life: Life, question: Question, score: Floats, at: Floats, eager: Floats | None = None) -> Answers:
    """Answers to one survey: the angry answer more than the others; `eager` scales each one's readiness."""
    everybody = np.flatnonzero(~np.isnan(score))
    given = score[everybody]
    spread = max(float(np.nanstd(given)), 0.1) if len(given) else 1.0
    lower = np.clip((np.mean(given) - given) / spread, 0.0, 3.0) if len(given) else given
    # Whether somebody answers is drawn once for all questions of a survey kind and activity.
    name = f"answers.{question.activity}"
    likely = (question.rate + question.anger * lower) * (1.0 if eager is None else eager[everybody])
    who = everybody[life.uniform(name, everybody) < likely]
    time = at[who] + question.delay_seconds * (0.3 + life.exponential(f"{name}.delay", who))
    time = awake(time, life.uniform(f"{name}.awake", who))
    talkative = np.where(score[who] <= np.mean(given) - spread, 0.62, 0.34) if len(who) else np.array([])
    words = life.uniform(f"{name}.words", who) < talkative
    channels = life.channel[who] if question.channel is None else np.full(len(who), question.channel)
    return Answers(
        who, time, question.kind, channels, [question.activity] * len(who), score[who], words,
        question.themes, question.pleasant,
    )  # fmt: skip


class Teller:
    """Puts answers into words.

    Args:
        speaker: who knows the company's sentences.
        weights: how much each theme is on each case's mind (0: it did not happen).
        english, woman: in which language and grammatical gender each case's customer writes.
        rng: where the choices come from; the speaker's own.
    """

    def __init__(
        self, speaker: Speaker, weights: Mapping[str, Floats], english: Flags, woman: Flags, rng: np.random.Generator
    ) -> None:
        self._speaker, self._weights, self._rng = speaker, weights, rng
        self._english, self._woman = english, woman

    def frame(self, answers: Answers, channels: Sequence[str]) -> pl.DataFrame:
        """The answers that came within the period."""
        seen = np.flatnonzero(answers.time < END_SECONDS)
        texts = [self._text(answers, int(index)) if answers.words[index] else None for index in seen]
        return pl.DataFrame(
            {
                "time": datetimes(np.round(answers.time[seen])),
                "case": pl.Series(answers.case[seen], dtype=pl.Int64),
                "kind": pl.Series([answers.kind] * len(seen), dtype=pl.String),
                "channel": pl.Series([channels[c] for c in answers.channel[seen]], dtype=pl.String),
                "activity": pl.Series([answers.activity[i] or None for i in seen], dtype=pl.String),
                "score": pl.Series(answers.score[seen], dtype=pl.Float64, nan_to_null=True),
                "text": pl.Series(texts, dtype=pl.String),
            }
        )

    def _text(self, answers: Answers, index: int) -> str:
        """What this customer says: of what went wrong where something did, of the rest otherwise."""
        case, score = int(answers.case[index]), float(answers.score[index])
        who = bool(self._english[case]), bool(self._woman[case])
        if index in answers.forced:
            return self._speaker.say([answers.forced[index]], "bad", *who)
        met = [theme for theme in answers.themes if self._weights[theme][case] > 0]
        pleased = score > MIDDLES.get(answers.kind, np.inf)
        complains = answers.kind == "complaint"
        if complains and not met:
            met = [answers.otherwise]
        speaks = bool(met) and (complains or self._rng.random() < (0.3 if pleased else 0.93))
        if not speaks:
            praise = answers.pleasant
            themes = [praise[int(self._rng.random() * len(praise))]] if pleased else ["nothing"]
            return self._speaker.say(themes, "good" if pleased else "plain", *who)
        return self._speaker.say(self._about(met, case), "plain" if pleased else "bad", *who)

    def _about(self, met: list[str], case: int) -> list[str]:
        heavy = np.array([max(self._weights[theme][case], 0.1) if theme in self._weights else 0.1 for theme in met])
        first = met[int(np.searchsorted(np.cumsum(heavy), self._rng.random() * heavy.sum()))]
        others = [theme for theme in met if theme != first]
        return [first, others[0]] if others and self._rng.random() < 0.3 else [first]
