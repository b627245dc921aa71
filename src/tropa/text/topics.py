"""What texts are about: topics found by factoring words x texts, named by the phrases that only they use."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from tropa.text.corpus import Codes, Floats, Ints
from tropa.text.features import Matrix, rarity, weighted
from tropa.text.mood import weight_of
from tropa.text.phrases import Phrases, key_phrases

CANDIDATES = (3, 4, 6, 9, 13)
ENOUGH = 0.8
TEXTS_A_TOPIC = 25
"""Fewer different texts a topic are not looked for."""
MOST_TEXTS, MOST_WORDS = 6_000, 1_500
TOP, WORDS_A_TOPIC = 10, 5
PRAISE = 2.0
ALIKE = 0.1
"""A text belongs to the topic that it is most like (cosine), and to none where it is less like any."""
_NAMED_BY = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """`name`: its most telling phrases; `words`: those that weigh most in it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Topics:
    """`topic_of`: place of the topic of each text, -1 for texts of none; `likeness`: how like it
    the text is, 0..1.

    `stability`: overlap of the words of topics found in one half of the texts with those found in the other, 0..1.
    """

    topics: tuple[Topic, ...]
    topic_of: Codes
    likeness: Floats
    stability: float | None


def find_topics(phrases: Phrases, copies: Floats) -> Topics:
    """Topics of different texts, `copies` of each. Deterministic.

    How many: the most whose topics, found in each half of the texts by itself, overlap nearly as much (0.8 times) as
    those of the best number do.

    Source: Lee & Seung (1999), Nature 401 (factoring); stability: Greene, O'Callaghan & Cunningham (2014), ECML PKDD.
    """
    phrases = phrases.only(np.flatnonzero([not _praises(name) for name in phrases.names]))
    count = phrases.present.shape[0]
    none = Topics((), np.full(count, -1, dtype=np.int32), np.zeros(count), None)
    single = np.flatnonzero(phrases.length == 1)
    often = np.asarray(phrases.present[:, single].sum(axis=0)).ravel()
    telling = single[(often >= 3) & (often <= 0.5 * count)]
    if count < 2 * TEXTS_A_TOPIC or len(telling) < TOP:
        return none
    order = np.argsort(-np.asarray(phrases.present[:, telling].sum(axis=0)).ravel(), kind="stable")
    words = np.sort(telling[order[:MOST_WORDS]])
    counts = phrases.present[:, words].tocsr()
    matrix = weighted(counts, rarity(counts))
    sample = np.arange(count)
    if count > MOST_TEXTS:
        sample = np.sort(np.random.default_rng(0).choice(count, MOST_TEXTS, replace=False))
    number, stability = _how_many(matrix[sample])
    if number is None:
        return none
    components = _factored(matrix[sample], number).components_
    length = np.linalg.norm(components, axis=1)
    likeness = matrix @ (components / np.where(length > 0, length, 1)[:, None]).T
    topic_of = np.where(likeness.max(axis=1) >= ALIKE, likeness.argmax(axis=1), -1)
    topics, numbers = _named(phrases, copies, words, components, topic_of)
    return Topics(tuple(topics), numbers, likeness.max(axis=1), stability)


def _praises(phrase: str) -> bool:
    """Thanks and praise say how it was, not what it was about."""
    return any(weight_of(word) >= PRAISE for word in phrase.split(" "))


def _named(
    phrases: Phrases, copies: Floats, words: Ints, components: Floats, topic_of: Ints
) -> tuple[list[Topic], Codes]:
    """Topics that have texts, those with most comments first, and the new number of the topic of each text."""
    size = np.bincount(topic_of[topic_of >= 0], copies[topic_of >= 0], minlength=len(components))
    order = [place for place in np.lexsort((np.arange(len(size)), -size)).tolist() if size[place] > 0]
    topics = []
    for place in order:
        inside = np.where(topic_of == place, copies, 0.0)
        told = key_phrases(phrases, inside, copies - inside, _NAMED_BY)
        top = tuple(phrases.names[words[word]] for word in np.argsort(-components[place], kind="stable")[:TOP])
        topics.append(Topic(", ".join(each.phrase for each in told) or ", ".join(top[:_NAMED_BY]), top))
    renumbered = np.full(len(size) + 1, -1, dtype=np.int32)
    renumbered[order] = np.arange(len(order))
    return topics, renumbered[topic_of]


def named_groups(phrases: Phrases, copies: Floats, group_of: Ints) -> tuple[list[Topic], Codes]:
    """Groups that somebody else made, named by what only they say; and the number of the topic of each text."""
    phrases = phrases.only(np.flatnonzero([not _praises(name) for name in phrases.names]))
    words = np.flatnonzero(phrases.length == 1)
    number = int(group_of.max()) + 1 if len(group_of) else 0
    inside = np.stack([group_of == place for place in range(number)], axis=1).astype(np.float64)
    weights = np.asarray(phrases.present[:, words].T @ inside).T
    usual = np.maximum(weights.sum(axis=0, keepdims=True), 1.0)
    return _named(phrases, copies, words, weights / usual * np.log1p(weights), group_of)


def _how_many(matrix: Matrix) -> tuple[int | None, float]:
    half = np.random.default_rng(0).permutation(matrix.shape[0]) % 2
    most = min(matrix.shape[0] // TEXTS_A_TOPIC, matrix.shape[1] // WORDS_A_TOPIC)
    stability: dict[int, float] = {}
    for number in (candidate for candidate in CANDIDATES if candidate <= most):
        found = [_top(_factored(matrix[half == side], number).components_) for side in (0, 1)]
        overlap = np.array([[len(a & b) / len(a | b) for b in found[1]] for a in found[0]])
        stability[number] = float(overlap[linear_sum_assignment(-overlap)].mean())
    if not stability:
        return None, 0.0
    number = max(one for one, value in stability.items() if value >= ENOUGH * max(stability.values()))
    return number, stability[number]


def _top(components: Floats) -> list[set[int]]:
    return [set(np.argsort(-row, kind="stable")[:TOP].tolist()) for row in components]


def _factored(matrix: Matrix, number: int) -> Any:
    from sklearn.decomposition import NMF  # takes a second to import, and few commands seek topics
    from sklearn.exceptions import ConvergenceWarning

    machine = NMF(number, init="nndsvd", random_state=0, max_iter=200, tol=1e-3)
    with warnings.catch_warnings():
        # Not wholly settled topics are told by their low stability.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return machine.fit(matrix)
