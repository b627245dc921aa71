"""What the company's own scores teach about mood, and whether it is worth more than the lexicon."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from tropa.text import mood
from tropa.text.corpus import Floats, Ints, corpus_of
from tropa.text.language import LANGUAGES, languages
from tropa.text.model import Model, fit, macro_f1, out_of_fold
from tropa.text.patterns import Words

LEAST = 300
"""Different comments with a mark, below which nothing is learned."""
LEAST_OF_A_CLASS = 20
LEAST_OF_A_LANGUAGE = 100
MOST = 15_000
"""Learning from more changes little: a sample of so many is learned from."""
FOLDS, FOLDS_OF_MANY, MANY = 5, 3, 5_000
_DRAWS = 500
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the reader's sentiment agrees with the company's own scores, on comments that it has not learned from.

    `method`: trained or lexicon. `macro_f1`: F1 of negative, neutral and positive averaged, with its 95 % interval,
    from `n` different comments; None where too few have a score to tell. `lexicon_macro_f1`: of the lexicon on the
    same comments. `because`: why this method.
    """

    method: str
    macro_f1: float | None
    macro_f1_low: float | None
    macro_f1_high: float | None
    lexicon_macro_f1: float | None
    n: int
    because: str


LEXICON = Quality("lexicon", None, None, None, None, 0, "no comment has a score")


@dataclass(frozen=True, eq=False)
class Learned:
    model: Model | None
    sharpness: float
    languages: frozenset[str]
    quality: Quality


def learn(texts: Sequence[str | None], marks: Floats) -> Learned:
    """Learn where there is enough to learn from and it helps.

    Raises:
        ValueError: when texts and marks differ in number, or a mark is not -1, 0, 1 or NaN.
    """
    if len(texts) != len(marks):
        raise ValueError(f"{len(texts)} texts cannot have {len(marks)} marks")
    if not np.isin(marks[~np.isnan(marks)], (-1, 0, 1)).all():
        raise ValueError("a mark is -1, 0, 1 or NaN")
    kept, labels = _different(texts, marks)
    if not kept:
        return _by_lexicon(LEXICON)
    corpus = corpus_of(kept)
    words = Words(corpus)
    by_lexicon = mood.label(mood.mood(corpus.sums(mood.token_moods(words)))).astype(np.int64)
    alone = macro_f1(labels, by_lexicon)
    classes, count = np.unique(labels, return_counts=True)
    frequent = classes[count >= LEAST_OF_A_CLASS]
    if len(kept) < LEAST or len(frequent) < 2:
        few = f"only {len(kept)} different comments have a score, {LEAST} are needed"
        alike = "nearly all scores are alike: there is nothing to learn from"
        return _by_lexicon(_quality("lexicon", labels, by_lexicon, alone, few if len(kept) < LEAST else alike))
    inside = np.flatnonzero(np.isin(labels, frequent))
    corpus, labels, by_lexicon = corpus.rows(inside), labels[inside], by_lexicon[inside]
    folds = FOLDS if len(labels) < MANY else FOLDS_OF_MANY
    classes, decided = out_of_fold(corpus, labels, folds)
    told = classes[np.argmax(decided, axis=1)]
    alone = macro_f1(labels, by_lexicon)
    if macro_f1(labels, told) <= alone:
        return _by_lexicon(
            _quality("lexicon", labels, by_lexicon, alone, "learning from the scores does no better than the lexicon")
        )
    spoken = np.bincount(languages(words)[inside], minlength=len(LANGUAGES))
    learned = frozenset(name for name, count in zip(LANGUAGES, spoken, strict=True) if count >= LEAST_OF_A_LANGUAGE)
    quality = _quality("trained", labels, told, alone, "learned from the company's own scores")
    return Learned(fit(corpus, labels), sharpness_of(decided, np.searchsorted(classes, labels)), learned, quality)


def _by_lexicon(quality: Quality) -> Learned:
    return Learned(None, 1.0, frozenset(), quality)


def _different(texts: Sequence[str | None], marks: Floats) -> tuple[list[str], Ints]:
    """Different comments with a mark, at most `MOST`, and the mark that most of their repetitions have.

    Two comments that differ in capitals, signs or digits only are one: copies of one text in both halves of a split
    would make memory look like understanding.
    """
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    shown: dict[str, str] = {}
    for text, mark in zip(texts, marks.tolist(), strict=True):
        if text and mark == mark:
            key = _NO_LETTERS.sub("", text.lower()) or text.strip()
            votes[key][int(mark)] += 1
            shown[key] = min(text, shown.get(key, text))
    keys = sorted(votes)
    if len(keys) > MOST:
        chosen = np.random.default_rng(0).choice(len(keys), MOST, replace=False)
        keys = [keys[place] for place in np.sort(chosen).tolist()]
    labels = [min(votes[key], key=lambda mark: (-votes[key][mark], mark)) for key in keys]
    return [shown[key] for key in keys], np.array(labels, dtype=np.int64)


def _quality(method: str, labels: Ints, told: Ints, lexicon: float, because: str) -> Quality:
    low, high = f1_interval(labels, told)
    return Quality(method, macro_f1(labels, told), low, high, lexicon, len(labels), because)


def f1_interval(labels: Ints, told: Ints) -> tuple[float | None, float | None]:
    """95 % interval of macro F1: the table of labels against what was told is drawn anew 500 times (bootstrap).

    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13 (percentiles).
    """
    if len(labels) < 2:
        return None, None
    classes = np.union1d(labels, told)
    size = len(classes)
    table = np.bincount(np.searchsorted(classes, labels) * size + np.searchsorted(classes, told), minlength=size**2)
    drawn = np.random.default_rng(0).multinomial(len(labels), table / len(labels), size=_DRAWS)
    tables = drawn.reshape(_DRAWS, size, size)
    either = tables.sum(axis=1) + tables.sum(axis=2)
    values = (2 * np.diagonal(tables, axis1=1, axis2=2) / np.maximum(either, 1)).mean(axis=1)
    point = macro_f1(labels, told)
    low, high = np.quantile(values, [0.025, 0.975])
    return min(float(low), point), max(float(high), point)


def sharpness_of(decided: Floats, places: Ints) -> float:
    """By how much to multiply decisions so that their softmax says best how likely each class is (temperature).

    Source: Guo et al. (2017), On calibration of modern neural networks, ICML.
    """

    def loss(logarithm: float) -> float:
        scaled = np.exp(logarithm) * (decided - decided.max(axis=1, keepdims=True))
        return float((np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(places)), places]).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 4.0), method="bounded").x))
