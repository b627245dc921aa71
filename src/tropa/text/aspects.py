"""Which things of a given list a text speaks of, by the words that name and describe each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from tropa.text.corpus import Array, corpus_of
from tropa.text.features import Matrix, word_counts
from tropa.text.lemmas import root
from tropa.text.patterns import Words
from tropa.text.stopwords import STOP

COMMON = 1 / 3
"""A root that describes more than this share of the things tells none of them (of four things or more)."""
_SHORTEST = 3


def roots_of(text: str) -> frozenset[str]:
    """Roots of the words of a text that mean something; names such as doc_upload are taken apart."""
    words = corpus_of([text.replace("_", " ").replace("-", " ")]).words
    return frozenset(root(word) for word in words if len(word) >= _SHORTEST and word[0].isalpha() and word not in STOP)


class Aspects:
    """Things by name, each with its roots.

    A root that only its name has tells a thing alone; of those that it shares or that only describe it two are needed.
    """

    def __init__(self, described: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(described)
        named = [roots_of(name) for name in self.names]
        told = [
            frozenset().union(*map(roots_of, texts)) - own for own, texts in zip(named, described.values(), strict=True)
        ]
        often = Counter(one for own, more in zip(named, told, strict=True) for one in own | more)
        names = Counter(one for own in named for one in own)
        most = max(COMMON * len(self.names), 1) if len(self.names) >= 4 else len(self.names)
        self._alone = [frozenset(one for one in own if names[one] == 1) for own in named]
        self._together = [
            frozenset(one for one in own | more if often[one] <= most) for own, more in zip(named, told, strict=True)
        ]

    def mentioned(self, words: Words) -> Array:
        """Texts x things: the text has a root that tells it alone, or two different ones that do together."""
        corpus = words.corpus
        codes: dict[str, list[int]] = {}
        for place in np.flatnonzero(corpus.is_word).tolist():
            codes.setdefault(root(corpus.words[place]), []).append(place)
        present = word_counts(corpus) > 0
        result = np.zeros((len(corpus), len(self.names)), dtype=np.bool_)
        for thing, (own, more) in enumerate(zip(self._alone, self._together, strict=True)):
            result[:, thing] = _has(present, [place for one in own for place in codes.get(one, ())])
            known = [codes[one] for one in sorted(more) if one in codes]
            if len(known) > 1:
                count = np.sum([_has(present, places) for places in known], axis=0)
                result[:, thing] |= count > 1
        return result


def _has(present: Matrix, words: list[int]) -> Array:
    if not words:
        return np.zeros(present.shape[0], dtype=np.bool_)
    chosen = np.zeros(present.shape[1])
    chosen[words] = 1
    return np.asarray(present @ chosen > 0)
