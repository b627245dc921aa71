"""Words brought to their dictionary form: each distinct word once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import simplemma

CYRILLIC = ("\u0400", "\u04ff")
ROOT_LENGTH = 6
_STRETCHED = re.compile(r"(.)\1{2,}")


def is_cyrillic(word: str) -> bool:
    return CYRILLIC[0] <= word[0] <= CYRILLIC[1]


@lru_cache(maxsize=500_000)
def lemma(word: str) -> str:
    """Dictionary form of a lower-case word, Russian or English by its script; ё as е. Numbers and signs stay.

    Letters that are stretched for emphasis ("ооочень", "soooo") are taken once.
    """
    if not word[0].isalpha():
        return word
    word = _STRETCHED.sub(r"\1", word)
    found = simplemma.lemmatize(word, "ru" if is_cyrillic(word) else "en")
    return found.lower().replace("ё", "е")


def lemmas(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(lemma(word) for word in words)


@lru_cache(maxsize=500_000)
def is_known(word: str) -> bool:
    """Whether the dictionary of its script has the word."""
    return bool(simplemma.is_known(word, "ru" if is_cyrillic(word) else "en"))


@lru_cache(maxsize=500_000)
def root(word: str) -> str:
    """What a noun and a verb of one thing have in common, roughly: the beginning of the lemma (загрузка, загрузить)."""
    found = lemma(word)
    return found[: max(ROOT_LENGTH - 1, min(ROOT_LENGTH, len(found) - 2))]
