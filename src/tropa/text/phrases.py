"""Words and phrases of texts, and which of them one group of texts uses more than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.text.corpus import Corpus, Floats, Ints
from tropa.text.features import Matrix, counted
from tropa.text.patterns import Words
from tropa.text.seeds import mood_en, mood_ru
from tropa.text.stopwords import STOP

PRIOR = 0.1
"""Weight of the prior: both groups are given a tenth of all uses, so that a phrase used by chance is not told."""
CERTAIN = 2.58
"""Phrases whose score lies beyond this many standard deviations are told (99 % each)."""
CONTAINED = 0.7
LEAST, ONE_IN = 3, 10_000
_NEGATORS = frozenset(f"{mood_ru.NEGATORS} {mood_en.NEGATORS}".split())


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """`first`, `second`: texts of either group that have it; `score`: how surely the first uses it more (z)."""

    phrase: str
    first: int
    second: int
    score: float


@dataclass(frozen=True, eq=False)
class Phrases:
    """Texts x phrases, 1 where the text has it; `names` as people mostly write them, `length` in words."""

    names: tuple[str, ...]
    length: Ints
    present: Matrix

    def only(self, chosen: Ints) -> Phrases:
        """Some of the phrases."""
        return Phrases(
            tuple(self.names[place] for place in chosen.tolist()), self.length[chosen], self.present[:, chosen]
        )


def phrases_of(words: Words) -> Phrases:
    """Words that mean something, and pairs of neighbours, by their lemmas; those that enough texts have.

    Enough are 3, of very many texts one in 10,000. A pair may begin with a negation ("не работает") and never crosses
    a sign.
    """
    corpus = words.corpus
    codes: dict[str, int] = {}
    lemma_of = np.array([codes.setdefault(lemma, len(codes)) for lemma in words.lemmas], dtype=np.int64)
    means = np.array(
        [
            bool(is_word) and len(word) > 2 and word not in STOP and lemma not in STOP
            for is_word, word, lemma in zip(corpus.is_word, corpus.words, words.lemmas, strict=True)
        ],
        dtype=np.bool_,
    )
    opens = means | np.array([word in _NEGATORS for word in corpus.words], dtype=np.bool_)
    ids, phrase = corpus.ids, corpus.phrase_of
    single = np.flatnonzero(means[ids])
    double = np.flatnonzero(opens[ids[:-1]] & means[ids[1:]] & (phrase[1:] == phrase[:-1]))
    width = np.int64(len(codes) + 1)
    keys = np.concatenate([lemma_of[ids[single]], (lemma_of[ids[double]] + 1) * width + lemma_of[ids[double + 1]]])
    begins = np.concatenate([single, double])
    distinct, columns = np.unique(keys, return_inverse=True)
    present = counted(corpus.text_of[begins], columns.reshape(-1), (len(corpus), len(distinct)))
    present.data[:] = 1
    least = max(LEAST, len(corpus) // ONE_IN)
    kept = np.flatnonzero(np.asarray(present.sum(axis=0)).ravel() >= least)
    length = np.where(distinct[kept] >= width, 2, 1).astype(np.int64)
    names = _surfaces(corpus, begins, len(single), columns.reshape(-1), kept)
    return Phrases(names, length, present[:, kept])


def _surfaces(corpus: Corpus, begins: Ints, singles: int, columns: Ints, kept: Ints) -> tuple[str, ...]:
    """The form in which each phrase is written most often; the first `singles` of `begins` are single words."""
    width = np.int64(len(corpus.words) + 1)
    second = np.zeros(len(begins), dtype=np.int64)
    second[singles:] = corpus.ids[begins[singles:] + 1] + 1
    forms, first, count = np.unique(corpus.ids[begins] * width + second, return_index=True, return_counts=True)
    column = columns[first]
    order = np.lexsort((forms, -count, column))
    best = order[np.diff(column[order], prepend=-1) != 0]
    texts: list[str] = []
    for form in forms[best[np.searchsorted(column[best], kept)]].tolist():
        one, other = divmod(form, int(width))
        texts.append(corpus.words[one] + (f" {corpus.words[other - 1]}" if other else ""))
    return tuple(texts)


def log_odds(first: Floats, second: Floats) -> Floats:
    """How surely each word is used more by the first (z): log-odds ratio with an informative Dirichlet prior.

    Args:
        first, second: how often each group uses each word.

    Source: Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16, 372-403, equations 16 and 22;
    the prior is the use by both together, scaled down.
    """
    both = first + second
    total = both.sum()
    if first.sum() == 0 or second.sum() == 0:
        return np.zeros(len(both))
    prior = np.maximum(both * max(PRIOR, 1 / total), 1e-9)
    n_first, n_second, n_prior = first.sum(), second.sum(), prior.sum()
    rest_first = np.maximum(n_first + n_prior - first - prior, 1e-9)
    rest_second = np.maximum(n_second + n_prior - second - prior, 1e-9)
    delta = np.log((first + prior) / rest_first) - np.log((second + prior) / rest_second)
    return np.asarray(delta / np.sqrt(1 / (first + prior) + 1 / (second + prior)))


def key_phrases(
    phrases: Phrases, first: Floats, second: Floats, limit: int, least_score: float = CERTAIN
) -> tuple[KeyPhrase, ...]:
    """What the first group says that the second does not, surest first; a word mostly told within a phrase once.

    Args:
        first, second: weight of each text in either group (0: not in it).
    """
    counts = [np.asarray(phrases.present.T @ each, dtype=np.float64) for each in (first, second)]
    score = log_odds(counts[0], counts[1])
    order = np.lexsort((-phrases.length, -score))
    chosen: list[int] = []
    for place in order[: 20 * limit].tolist():
        if score[place] < least_score or len(chosen) == limit:
            break
        if not any(_repeats(phrases, place, other, counts[0]) for other in chosen):
            chosen.append(place)
    return tuple(
        KeyPhrase(phrases.names[place], round(counts[0][place]), round(counts[1][place]), float(score[place]))
        for place in chosen
    )


def _repeats(phrases: Phrases, one: int, other: int, counts: Floats) -> bool:
    """One is a part of the other, and both are mostly the same texts."""
    shorter, longer = sorted((one, other), key=lambda place: int(phrases.length[place]))
    if phrases.length[shorter] == phrases.length[longer]:
        return bool(set(_parts(phrases, one)) & set(_parts(phrases, other))) and bool(
            min(counts[one], counts[other]) >= CONTAINED * max(counts[one], counts[other])
        )
    within = phrases.names[shorter] in _parts(phrases, longer)
    return within and bool(counts[longer] >= CONTAINED * counts[shorter])


def _parts(phrases: Phrases, place: int) -> Sequence[str]:
    return phrases.names[place].split(" ")
