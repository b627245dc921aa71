"""What do customers say in their own words: in which mood, about what, and why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.comments import Comments, comments_of, described, marks
from tropa.cx.lens import Lens
from tropa.cx.metrics import emotion, kind_codes, score_bins
from tropa.cx.times import iso
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Floats
from tropa.stats.intervals import wilson
from tropa.text import (
    LABELS,
    LANGUAGES,
    PAIN_KINDS,
    REASON_KINDS,
    KeyPhrase,
    Quality,
    Readings,
    Topics,
    Words,
    corpus_of,
    find_topics,
    improved,
    key_phrases,
    mask,
    phrases_of,
    train,
)

_NOTE = "The server of the settings could not be used for topics: {}. They were made on this machine, by words."


class VoiceParams(Filters):
    quotes: int = Field(3, ge=0, le=50, description="how many comments of each topic to show")
    phrases: int = Field(20, ge=0, le=200, description="how many key phrases of low and of high raters")


@dataclass(frozen=True, slots=True)
class Spoken:
    language: str
    comments: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Shares of `n` comments by their mood."""

    n: int
    negative: float | None
    negative_low: float | None
    negative_high: float | None
    neutral: float | None
    neutral_low: float | None
    neutral_high: float | None
    positive: float | None
    positive_low: float | None
    positive_high: float | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment in the customer's own words, personal data masked."""

    text: str
    time: str
    customer_id: str
    kind: str
    score: float | None
    sentiment: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Comments that speak of one subject: share of all, share of them in a bad mood, and their scores.

    `emotion`: scores of all kinds brought to -100..100 and averaged, from `emotion_n` comments that have one.
    """

    subject: str
    comments: int
    share: float | None
    share_low: float | None
    share_high: float | None
    negative: float | None
    negative_low: float | None
    negative_high: float | None
    emotion: float | None
    emotion_low: float | None
    emotion_high: float | None
    emotion_n: int


@dataclass(frozen=True, slots=True)
class TopicSaid:
    """A topic: named by what only it says, with the words that weigh most in it and the comments most like it."""

    topic: str
    words: tuple[str, ...]
    said: Subject
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class TouchpointSaid:
    """Comments about a touchpoint; `named` of them name it by words, the others were given there and name none.

    The mood of a comment that names several is that of the clauses that name this one.
    """

    touchpoint: str
    stage: str | None
    comments: int
    named: int
    negative: float | None
    negative_low: float | None
    negative_high: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that one group of raters uses more: comments of low and of high raters with it, and how surely (z)."""

    phrase: str
    low_raters: int
    high_raters: int
    z: float


@dataclass(frozen=True, slots=True)
class Voice:
    """What was said. `comments` have words, of `answers`; `read` of them were read (of very many, a random sample).

    - `cut`: so long that only their beginning and end were read.
    - `reader`: how mood was told, and how far it agrees with the company's own scores on comments not learned from.
    - `topic_stability`: overlap, 0..1, of topics found in each half of the comments by itself; None where a server
      grouped them.
    - `topics_by`: who made the topics: `words` (this machine, by words), else the models that grouped and named them;
      `topics_note`: why the server of the settings could not.
    - `pains` and `reasons` are told by words; a comment may show several or none.
    - `low_phrases`, `high_phrases`: what raters with a low (high) score say and the others do not.
    """

    answers: int
    comments: int
    read: int
    different: int
    cut: int
    languages: tuple[Spoken, ...]
    sentiment: Sentiment
    reader: Quality
    topics: tuple[TopicSaid, ...]
    topic_stability: float | None
    topics_by: str
    topics_note: str | None
    pains: tuple[Subject, ...]
    reasons: tuple[Subject, ...]
    touchpoints: tuple[TouchpointSaid, ...]
    low_phrases: tuple[Said, ...]
    high_phrases: tuple[Said, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What is counted again and again: label of each comment, kind of its score by `KINDS`, and the score."""

    label: Codes
    kind: Codes
    score: Floats

    def subject(self, name: str, inside: Array) -> Subject:
        share = wilson(int(inside.sum()), len(inside))
        negative = wilson(int((self.label[inside] < 0).sum()), int(inside.sum()))
        felt = emotion(score_bins(self.kind[inside], self.score[inside]))
        return Subject(
            subject=name,
            comments=int(inside.sum()),
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            negative=negative.value,
            negative_low=negative.low,
            negative_high=negative.high,
            emotion=felt.value,
            emotion_low=felt.low,
            emotion_high=felt.high,
            emotion_n=felt.n,
        )


@dataclass(frozen=True, slots=True)
class VoiceFold:
    params: VoiceParams
    lens: Lens

    def map(self, view: View) -> Comments:
        return comments_of(view)

    def merge(self, one: Comments, other: Comments) -> Comments:
        return one + other

    def finish(self, total: Comments) -> Voice:
        # The order of partitions must not matter to what is learned.
        order = sorted(range(len(total)), key=lambda n: (total.time_us[n], total.customers[n], total.texts[n]))
        said = total.rows(np.array(order, dtype=np.int64))
        kinds = self.lens.dictionaries.get("kind", ())
        told = marks(said.kind, kinds, said.score)
        reader = train(said.texts, told, described(self.lens))
        readings = reader.read(said.texts)
        scored = Scored(readings.label, kind_codes(kinds)[said.kind], said.score)
        topics, trouble, low, high, different = self._topics(said, told)
        return Voice(
            answers=said.answers,
            comments=said.count,
            read=len(said),
            different=different,
            cut=int(readings.cut.sum()),
            languages=_languages(readings),
            sentiment=_sentiment(readings.label),
            reader=reader.quality,
            topics=tuple(
                TopicSaid(
                    topic.name,
                    topic.words,
                    scored.subject(topic.name, topics.topic_of == place),
                    self._quotes(said, readings, np.where(topics.topic_of == place, topics.likeness, 0.0)),
                )
                for place, topic in enumerate(topics.topics)
            ),
            topic_stability=topics.stability,
            topics_by=self._topics_by(trouble),
            topics_note=None if trouble is None else _NOTE.format(trouble),
            pains=_subjects(scored, PAIN_KINDS, readings.pains),
            reasons=_subjects(scored, REASON_KINDS, readings.reasons),
            touchpoints=self._touchpoints(said, readings),
            low_phrases=low,
            high_phrases=high,
        )

    def _topics_by(self, trouble: str | None) -> str:
        service = self.lens.facts.topic_service
        if service is None or trouble is not None:
            return "words"
        return ", ".join(name for name in (service.embeddings, service.model) if name)

    def _topics(
        self, said: Comments, told: Floats
    ) -> tuple[Topics, str | None, tuple[Said, ...], tuple[Said, ...], int]:
        """Topics of each comment, why a server could not improve them, key phrases of low and high raters, and how many
        different comments there are."""
        places: dict[str, int] = {}
        where = np.array([places.setdefault(text, len(places)) for text in said.texts], dtype=np.int64)
        phrases = phrases_of(Words(corpus_of(list(places))))
        low, high = (np.bincount(where[told == mark], minlength=len(places)).astype(np.float64) for mark in (-1, 1))
        copies = np.bincount(where, minlength=len(places)).astype(np.float64)
        found, trouble = find_topics(phrases, copies), None
        if self.lens.facts.topic_service is not None:
            found, trouble = improved(found, list(places), phrases, copies, self.lens.facts.topic_service)
        limit = self.params.phrases
        return (
            Topics(found.topics, found.topic_of[where], found.likeness[where], found.stability),
            trouble,
            tuple(_said(each) for each in key_phrases(phrases, low, high, limit)),
            tuple(_said(each, turned=True) for each in key_phrases(phrases, high, low, limit)),
            len(places),
        )

    def _quotes(self, said: Comments, readings: Readings, likeness: Floats) -> tuple[Quote, ...]:
        """The comments most like the topic, newer ones first where they are equally like it; each text once."""
        kinds = self.lens.dictionaries.get("kind", ())
        chosen: dict[str, Quote] = {}
        newest = np.flatnonzero(likeness)[::-1]
        for place in newest[np.argsort(-likeness[newest], kind="stable")].tolist():
            if len(chosen) == self.params.quotes:
                break
            kind, score = int(said.kind[place]), float(said.score[place])
            quote = Quote(
                text=mask(said.texts[place]),
                time=iso(int(said.time_us[place])) or "",
                customer_id=said.customers[place],
                kind=kinds[kind] if kind >= 0 else "",
                score=None if np.isnan(score) else score,
                sentiment=LABELS[int(readings.label[place])],
            )
            chosen.setdefault(quote.text, quote)
        return tuple(chosen.values())

    def _touchpoints(self, said: Comments, readings: Readings) -> tuple[TouchpointSaid, ...]:
        names_none = ~readings.touchpoints.any(axis=1)
        rows = []
        for node, name in enumerate(self.lens.nodes):
            named = readings.touchpoints[:, node]
            given = names_none & (said.node == node) & (said.node != ABSENT)
            below = readings.touchpoint_sentiment[named, node] < 0
            count = int(named.sum() + given.sum())
            negative = wilson(int(below.sum() + (readings.label[given] < 0).sum()), count)
            rows.append(
                TouchpointSaid(
                    name,
                    self.lens.stage_name(node),
                    count,
                    int(named.sum()),
                    negative.value,
                    negative.low,
                    negative.high,
                )
            )
        return tuple(row for row in rows if row.comments)


def _said(phrase: KeyPhrase, turned: bool = False) -> Said:
    low, high = (phrase.second, phrase.first) if turned else (phrase.first, phrase.second)
    return Said(phrase.phrase, low, high, phrase.score)


def _languages(readings: Readings) -> tuple[Spoken, ...]:
    count = np.bincount(readings.language, minlength=len(LANGUAGES)).tolist()
    rows = [Spoken(name, n, n / len(readings)) for name, n in zip(LANGUAGES, count, strict=True) if n]
    return tuple(sorted(rows, key=lambda row: -row.comments))


def _sentiment(label: Codes) -> Sentiment:
    negative, neutral, positive = (wilson(int((label == mark).sum()), len(label)) for mark in (-1, 0, 1))
    return Sentiment(
        n=len(label),
        negative=negative.value,
        negative_low=negative.low,
        negative_high=negative.high,
        neutral=neutral.value,
        neutral_low=neutral.low,
        neutral_high=neutral.high,
        positive=positive.value,
        positive_low=positive.low,
        positive_high=positive.high,
    )


def _subjects(scored: Scored, names: Sequence[str], told: Array) -> tuple[Subject, ...]:
    """Subjects that somebody speaks of, the most frequent first."""
    rows = [scored.subject(name, told[:, place]) for place, name in enumerate(names)]
    return tuple(sorted((row for row in rows if row.comments), key=lambda row: -row.comments))


def chart(result: Voice) -> Chart:
    """Bars: comments by topic, coloured by the share in a bad mood."""
    rows = [
        {"topic": each.topic, "comments": each.said.comments, "negative": each.said.negative} for each in result.topics
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "topic", "type": "nominal", "sort": None},
            "x": {"field": "comments", "type": "quantitative"},
            "color": {"field": "negative", "type": "quantitative", "scale": {"scheme": "reds", "domain": [0, 1]}},
            "tooltip": [{"field": "topic"}, {"field": "comments"}, {"field": "negative", "format": ".1%"}],
        },
    }


ANALYSIS = Analysis(
    slug="voice",
    question="What do customers say in their own words: in which mood, about what, and why?",
    question_ru="Что клиенты говорят своими словами: с каким настроением, о чём и почему?",
    params=VoiceParams,
    result=Voice,
    fold=VoiceFold,
    chart=chart,
)
