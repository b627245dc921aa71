"""Mood of texts by a small lexicon of our own: an estimate for where there are no scores to learn from.

Weights of words are summed with negation (a word shortly before turns the weight), stronger and weaker words, and more
weight after a contrast: what follows "but" is what is meant.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tropa.text.corpus import Codes, Corpus, Floats
from tropa.text.lemmas import lemma
from tropa.text.patterns import Lookup, Patterns, Words, phrase_starts
from tropa.text.seeds import mood_en, mood_ru, mood_signs

MARGIN = 0.2
"""A mood closer to 0 is neutral."""
TURNED = -0.75
STRONGER, WEAKER, AFTER_CONTRAST = 1.5, 0.6, 1.5
PER_NEGATION = -0.25
SATURATION = 2.5


class _Lexicon:
    def __init__(self) -> None:
        weights: dict[tuple[str, ...], float] = {}
        for source in (mood_ru.WEIGHTS, mood_en.WEIGHTS):
            for weight, text in source.items():
                weights |= {tuple(seed.split("_")): weight for seed in text.split()}
        single = [(seed[0], weight) for seed, weight in weights.items() if len(seed) == 1]
        self.lookup = Lookup([word for word, _ in single])
        self.weights = [weight for _, weight in single]
        self.lengths = [len(word) for word, _ in single]
        self.signs = {sign: weight for weight, text in mood_signs.WEIGHTS.items() for sign in text.split()}
        phrases = {seed: weight for seed, weight in weights.items() if len(seed) > 1}
        self.phrases = Patterns({"": " ".join("_".join(seed) for seed in phrases)})
        self.phrase_weights = phrases

    def weight(self, word: str, lemma: str) -> float:
        """Weight of a word by the longest seed that it meets; 0 where it meets none."""
        if not word[0].isalpha():
            return self.signs.get(word if word in self.signs else word[:3], 0.0)
        found = self.lookup.places(word, lemma)
        return self.weights[max(found, key=lambda place: self.lengths[place])] if found else 0.0


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


def weight_of(word: str) -> float:
    """Weight of one lower-case word by itself, -3..3."""
    return _lexicon().weight(word, lemma(word))


def token_moods(words: Words) -> Floats:
    """What each token adds to the mood of its text."""
    lexicon, corpus = _lexicon(), words.corpus
    by_word = np.array(
        [lexicon.weight(word, lemma) for word, lemma in zip(corpus.words, words.lemmas, strict=True)],
        dtype=np.float64,
    )
    result: Floats = by_word[corpus.ids] if len(corpus.words) else np.zeros(0)
    result = np.where(words.negated, TURNED * result, result)
    result = np.where(words.before(f"{mood_ru.STRONGER} {mood_en.STRONGER}"), STRONGER * result, result)
    result = np.where(words.before(f"{mood_ru.WEAKER} {mood_en.WEAKER}"), WEAKER * result, result)
    met = lexicon.phrases.met(words)
    for phrase, weight in lexicon.phrase_weights.items():
        if all(term in met for term in phrase):
            result[phrase_starts(words, [met[term] for term in phrase])] += weight
    negators = set(f"{mood_ru.NEGATORS} {mood_en.NEGATORS}".split())
    result += PER_NEGATION * np.array([word in negators for word in corpus.words], dtype=np.bool_)[corpus.ids]
    return np.where(_after_contrast(corpus), AFTER_CONTRAST * result, result)


def _after_contrast(corpus: Corpus) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    contrasts = set(f"{mood_ru.CONTRAST} {mood_en.CONTRAST}".split())
    word = np.array([word in contrasts for word in corpus.words], dtype=np.bool_)
    marked = np.bincount(corpus.clause_of, word[corpus.ids], minlength=1) > 0
    return np.asarray(marked[corpus.clause_of])


def mood(sums: Floats) -> Floats:
    """Sums of weights brought to -1..1."""
    return np.tanh(sums / SATURATION)


def label(moods: Floats) -> Codes:
    """-1, 0 or 1 for each mood; 0 within the margin."""
    return np.where(np.abs(moods) < MARGIN, 0, np.sign(moods)).astype(np.int32)
