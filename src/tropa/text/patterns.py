"""Words and phrases to look for, and where they stand in a corpus.

A seed is a word or several joined by `_`, which may have up to two words between them but not the end of a clause.
A word is a dictionary form or an exact form; `*` at its end stands for any ending, `#` for a number, `#th` for an
ordinal. A single word counts only where it is not negated: "не ждали", "without delay" speak of no wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tropa.text.corpus import Array, Corpus, Ints
from tropa.text.lemmas import lemmas
from tropa.text.seeds import mood_en, mood_ru
from tropa.text.seeds.obstacles import NUMBERS, ORDINALS

GAP = 3
"""Words of a phrase are at most so many places apart."""
NEGATION_REACH = {"ru": 2, "en": 3}
_SHORTEST = 2


class Lookup:
    """Which of many word patterns a word meets, by its form or its lemma."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.exact: dict[str, list[int]] = {}
        self.beginnings: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            ends_open = pattern.endswith("*") and len(pattern) > 1
            table = self.beginnings if ends_open else self.exact
            table.setdefault(pattern.rstrip("*") if ends_open else pattern, []).append(place)
        # Most words begin like no pattern: they are done with after one look.
        self.heads = {beginning[:_SHORTEST] for beginning in self.beginnings}
        self.lengths = range(_SHORTEST, max(map(len, self.beginnings), default=0) + 1)

    def places(self, word: str, lemma: str) -> list[int]:
        """Places of the patterns that the word meets."""
        found = [*self.exact.get(word, ()), *(self.exact.get(lemma, ()) if lemma != word else ())]
        if word[:_SHORTEST] in self.heads:
            for length in self.lengths:
                found += self.beginnings.get(word[:length], ())
                if length >= len(word):
                    break
        return found


_ORDINAL = Lookup(ORDINALS.split())
_NUMBER = frozenset(NUMBERS.split())


def _word_patterns(word: str, lemma: str) -> tuple[str, ...]:
    if word[0].isdigit():
        return ("#th", "#") if word[-1].isalpha() else ("#",)
    if word in _NUMBER:
        return ("#",)
    return ("#th",) if _ORDINAL.places(word, lemma) else ()


@dataclass(frozen=True)
class Words:
    """Distinct words of a corpus with what is asked of each of them again and again."""

    corpus: Corpus

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        return lemmas(self.corpus.words)

    @cached_property
    def _by_word(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.corpus.ids, kind="stable")
        return order, np.searchsorted(self.corpus.ids[order], np.arange(len(self.corpus.words) + 1))

    def tokens(self, words: Ints) -> Ints:
        """Places of all tokens that are one of these words."""
        order, starts = self._by_word
        parts = [order[starts[word] : starts[word + 1]] for word in words.tolist()]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    @cached_property
    def negated(self) -> Array:
        """Tokens that a negation shortly before reaches."""
        result = np.zeros(len(self.corpus.ids), dtype=np.bool_)
        for negators, reach in ((mood_ru.NEGATORS, NEGATION_REACH["ru"]), (mood_en.NEGATORS, NEGATION_REACH["en"])):
            words = set(negators.split())
            result |= self._after(np.array([word in words for word in self.corpus.words], dtype=np.bool_), reach)
        return result | self._spared

    @property
    def _spared(self) -> Array:
        """Tokens right before "не пришлось", "не нужно" and "нет" (вопросов нет): what one was spared."""
        corpus = self.corpus
        ids, phrase = corpus.ids, corpus.phrase_of
        spared, no = (
            np.array([word in words for word in corpus.words], dtype=np.bool_)[ids]
            for words in (frozenset(mood_ru.SPARED.split()), frozenset(("не",)))
        )
        result = np.zeros(len(ids), dtype=np.bool_)
        result[:-2] = no[1:-1] & spared[2:] & (phrase[:-2] == phrase[2:])
        none = np.array([word == "нет" for word in corpus.words], dtype=np.bool_)[ids]
        result[:-1] |= none[1:] & (phrase[:-1] == phrase[1:])
        return result

    def _after(self, word: Array, reach: int) -> Array:
        """Tokens up to `reach` places after such a word, in the same phrase."""
        tokens, phrase = word[self.corpus.ids], self.corpus.phrase_of
        result = np.zeros(len(tokens), dtype=np.bool_)
        for shift in range(1, reach + 1):
            result[shift:] |= tokens[:-shift] & (phrase[shift:] == phrase[:-shift])
        return result

    def before(self, texts: str) -> Array:
        """Tokens right after one of these words, in the same phrase."""
        words = set(texts.split())
        return self._after(np.array([word in words for word in self.corpus.words], dtype=np.bool_), 1)


class Patterns:
    """Seeds of several names, compiled to be looked for together.

    Raises:
        ValueError: for more than 32 names.
    """

    def __init__(self, seeds: Mapping[str, str]) -> None:
        if len(seeds) > 32:
            raise ValueError(f"at most 32 names fit one search, got {len(seeds)}")
        self.names = tuple(seeds)
        self.phrases: dict[tuple[str, ...], int] = {}
        """Seed -> bits of the names that have it."""
        for bit, text in enumerate(seeds.values()):
            for seed in text.split():
                words = tuple(seed.split("_"))
                self.phrases[words] = self.phrases.get(words, 0) | 1 << bit
        self.terms = tuple(sorted({term for words in self.phrases for term in words}))
        self.lookup = Lookup(self.terms)

    def met(self, words: Words) -> dict[str, Ints]:
        """Term -> distinct words that meet it."""
        places = {term: place for place, term in enumerate(self.terms)}
        found: list[list[int]] = [[] for _ in self.terms]
        for number, (word, lemma) in enumerate(zip(words.corpus.words, words.lemmas, strict=True)):
            hits = self.lookup.places(word, lemma)
            hits += [places[term] for term in _word_patterns(word, lemma) if term in places]
            for place in hits:
                found[place].append(number)
        return {
            term: np.array(sorted(set(numbers)), dtype=np.int64)
            for term, numbers in zip(self.terms, found, strict=True)
            if numbers
        }

    def bits(self, words: Words) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        """For each token the bits of the names of which a seed begins there."""
        corpus, met = words.corpus, self.met(words)
        single = np.zeros(len(corpus.words), dtype=np.uint32)
        for phrase, names in self.phrases.items():
            if len(phrase) == 1 and phrase[0] in met:
                single[met[phrase[0]]] |= np.uint32(names)
        result = single[corpus.ids]
        result[words.negated] = 0
        for phrase, names in self.phrases.items():
            if len(phrase) > 1 and all(term in met for term in phrase):
                result[phrase_starts(words, [met[term] for term in phrase])] |= np.uint32(names)
        return result


def phrase_starts(words: Words, terms: Sequence[Ints]) -> Ints:
    """Tokens at which a phrase begins: its terms follow one another closely, within one clause."""
    ids, clause = words.corpus.ids, words.corpus.clause_of
    begins = words.tokens(terms[0])
    at = begins
    for term in terms[1:]:
        wanted = np.zeros(len(words.corpus.words), dtype=np.bool_)
        wanted[term] = True
        found = np.full(len(at), -1, dtype=np.int64)
        for shift in range(GAP, 0, -1):
            place = at + shift
            inside = place < len(ids)
            place = np.minimum(place, len(ids) - 1)
            hit = inside & wanted[ids[place]] & (clause[place] == clause[at])
            found = np.where(hit, place, found)
        begins, at = begins[found >= 0], found[found >= 0]
    return begins
