"""The reader of comments: learned from the company's own scores where they teach more than the lexicon knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tropa.text import mood
from tropa.text.aspects import Aspects
from tropa.text.corpus import Array, Codes, Corpus, Floats, Ints, corpus_of
from tropa.text.language import LANGUAGES, languages
from tropa.text.learning import LEXICON, Learned, Quality, learn
from tropa.text.model import Model
from tropa.text.patterns import Patterns, Words
from tropa.text.readings import Readings, joined
from tropa.text.seeds.kinds import PAINS, REASONS
from tropa.text.seeds.obstacles import OBSTACLES

BATCH_CHARACTERS = 10_000_000
"""Texts are read by so many characters at once: memory stays bounded however many there are."""

Bits = NDArray[np.uint32]
Decide = Callable[[Corpus], Floats]


@cache
def _seeds() -> Patterns:
    return Patterns(PAINS | REASONS | OBSTACLES)


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads texts of this company. `quality` says how far its sentiment is to be trusted."""

    aspects: Aspects
    model: Model | None
    sharpness: float
    learned_languages: frozenset[str]
    quality: Quality = field(default=LEXICON)

    def read(self, texts: Sequence[str | None]) -> Readings:
        """What each text says. Each different text is read once."""
        places: dict[str, int] = {}
        where = np.array([places.setdefault(text or "", len(places)) for text in texts], dtype=np.int64)
        distinct = list(places)
        parts = [self._read(corpus_of(part)) for part in _batches(distinct)]
        return joined(parts).rows(where)

    def _read(self, corpus: Corpus) -> Readings:
        words = Words(corpus)
        language = languages(words)
        token_moods = mood.token_moods(words)
        decide = self._decider(corpus.words)
        sentiment, label = self._sentiment(corpus, decide, mood.mood(corpus.sums(token_moods)), language)
        bits = _seeds().bits(words)
        clauses = corpus.clauses
        clause_text = corpus.text_of[clauses.offsets[:-1]]
        clause_mood = mood.mood(clauses.sums(token_moods))
        named = self.aspects.mentioned(Words(clauses))
        speaking = np.flatnonzero(named.any(axis=1))
        moods, _ = self._sentiment(
            clauses.rows(speaking), decide, clause_mood[speaking], language[clause_text[speaking]]
        )
        about, felt = _felt(clause_text[speaking], moods, named[speaking], len(corpus))
        unplaced, placed = _obstacles(clauses.any_bits(bits), clause_text, clause_mood, named, len(corpus))
        return Readings(
            touchpoint_names=self.aspects.names,
            language=language,
            sentiment=sentiment,
            label=label,
            kinds=corpus.any_bits(bits),
            touchpoints=about,
            touchpoint_sentiment=felt,
            unplaced=unplaced,
            placed=placed,
            cut=corpus.cut,
        )

    def _decider(self, words: Sequence[str]) -> Decide | None:
        """Decides on texts made of these words; None where nothing was learned."""
        if self.model is None:
            return None
        return partial(self.model.decide, known=self.model.features.known(words))

    def _sentiment(
        self, corpus: Corpus, decide: Decide | None, by_lexicon: Floats, language: Codes
    ) -> tuple[Floats, Codes]:
        """Mood and label of each text: learned for the languages learned, else by the lexicon."""
        moods, labels = by_lexicon.copy(), mood.label(by_lexicon)
        chosen = np.flatnonzero(self._learned(language))
        if self.model is not None and decide is not None and len(chosen):
            decided = decide(corpus.rows(chosen))
            moods[chosen] = balance(decided, self.model.classes, self.sharpness)
            labels[chosen] = self.model.classes[np.argmax(decided, axis=1)]
        return moods, labels

    def _learned(self, language: Codes) -> Array:
        return np.array([name in self.learned_languages for name in LANGUAGES], dtype=np.bool_)[language]


def train(
    texts: Sequence[str | None], marks: Sequence[float] | Floats, described: Mapping[str, Sequence[str]]
) -> Reader:
    """A reader for comments like these.

    Args:
        texts: comments to learn from.
        marks: what its score says of each: -1, 0, 1, or NaN where there is none.
        described: touchpoint -> texts that describe it (its stage, pains, jobs, expectations); its name counts by
            itself.

    Where fewer than 300 different comments have a mark, or learning does no better than the lexicon on comments that
    it has not seen, the lexicon reads; `Reader.quality` says which, how well, and why.
    """
    learned: Learned = learn(texts, np.asarray(marks, dtype=np.float64))
    return Reader(Aspects(described), learned.model, learned.sharpness, learned.languages, learned.quality)


def balance(decided: Floats, classes: Ints, sharpness: float) -> Floats:
    """Decisions brought to -1..1: how likely positive less how likely negative."""
    scaled = sharpness * (decided - decided.max(axis=1, keepdims=True))
    likely = np.exp(scaled)
    likely /= likely.sum(axis=1, keepdims=True)
    return np.asarray(likely @ classes.astype(np.float64))


def _felt(text_of: Codes, moods: Floats, named: Array, count: int) -> tuple[Array, Floats]:
    """Texts x touchpoints from clauses: whether it speaks of it, and the mean mood of its clauses that do (NaN)."""
    times, total = np.zeros((count, named.shape[1])), np.zeros((count, named.shape[1]))
    np.add.at(times, text_of, named)
    np.add.at(total, text_of, named * moods[:, None])
    return times > 0, np.where(times > 0, total / np.maximum(times, 1), np.nan)


def _obstacles(
    clause_bits: Bits, clause_text: Codes, clause_mood: Floats, named: Array, count: int
) -> tuple[Bits, Bits]:
    """Obstacles that a text speaks of where it names no touchpoint; and texts x touchpoints those told of each.

    A clause in a good mood complains of nothing: "быстро, ждать не пришлось".
    """
    shift = len(PAINS) + len(REASONS)
    told = np.where(clause_mood > mood.MARGIN, np.uint32(0), clause_bits >> np.uint32(shift))
    unplaced = np.zeros(count, dtype=np.uint32)
    np.bitwise_or.at(unplaced, clause_text, np.where(named.any(axis=1), np.uint32(0), told))
    placed = np.zeros((count, named.shape[1]), dtype=np.uint32)
    np.bitwise_or.at(placed, clause_text, np.where(named, told[:, None], np.uint32(0)))
    return unplaced, placed


def _batches(texts: list[str]) -> Iterator[list[str]]:
    start, characters = 0, 0
    for end, text in enumerate(texts):
        characters += len(text)
        if characters >= BATCH_CHARACTERS:
            yield texts[start : end + 1]
            start, characters = end + 1, 0
    yield texts[start:]
