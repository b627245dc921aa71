"""Texts taken apart once: tokens as numbers, clauses as ranges of tokens. All else is asked of distinct words."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tropa.text.seeds import mood_en, mood_ru

Array = NDArray[np.bool_]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]

MOST_CHARACTERS = 5_000
"""Of a longer text the beginning and the end are read, where people say what they came to say."""
_HEAD = 4_000

_TAG = re.compile(r"<[^<>]{1,300}>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# Joiners, variation selectors and skin tones: the sign before them is the same sign.
_MODIFIERS = re.compile("[\u200b-\u200f\u2060\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u00ad]")
_TOKEN = re.compile(
    r"[^\W\d_]{1,40}(?:['-][^\W\d_]{1,20})*"  # a word, with its hyphens and apostrophes
    r"|\d{1,20}(?:[.,:]\d{1,20})*(?:th|nd|rd|st)?"
    r"|[:;=]-?[)(d/\\|]{1,8}|\^_\^"  # a smiley
    r"|[)(]{1,8}|[.!?…]{1,8}|\n{1,8}"
    r"|[^\s\w]"  # any other sign by itself: a comma, an emoji
)
_ENDS = frozenset(".!?…\n")
_CONTRAST = frozenset((mood_ru.CONTRAST + " " + mood_en.CONTRAST).split())


@dataclass(frozen=True)
class Corpus:
    """Text i has the tokens offsets[i]:offsets[i + 1]; token t is the word words[ids[t]].

    `cut`: which texts were so long that only their beginning and end were read.
    """

    words: tuple[str, ...]
    ids: Codes
    offsets: Ints
    cut: Array

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def text_of(self) -> Codes:
        """Text of each token."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def is_word(self) -> Array:
        """Distinct words that have a letter; the others are numbers and signs."""
        return np.array([word[0].isalpha() for word in self.words], dtype=np.bool_)

    @cached_property
    def clause_of(self) -> Codes:
        """Clause of each token, numbered over all texts: a sentence, or a part of it begun by a contrast (но)."""
        ends = np.array([word[0] in _ENDS for word in self.words], dtype=np.bool_)
        contrasts = np.array([word in _CONTRAST for word in self.words], dtype=np.bool_)
        after_end = np.zeros(len(self.ids), dtype=np.bool_)
        after_end[1:] = ends[self.ids[:-1]]
        begins = (after_end & ~ends[self.ids]) | contrasts[self.ids]
        begins[self._starts] = True
        return (np.cumsum(begins) - 1).astype(np.int32)

    @cached_property
    def phrase_of(self) -> Codes:
        """Part of a clause between signs of any kind, numbered over all texts: a negation reaches no further."""
        signs = np.array([not (word[0].isalnum()) for word in self.words], dtype=np.bool_)
        begins = signs[self.ids]
        begins[self._starts] = True
        return np.cumsum(begins | (np.diff(self.clause_of, prepend=-1) != 0)).astype(np.int32)

    @property
    def _starts(self) -> Ints:
        """First token of each text that has any."""
        return self.offsets[:-1][np.diff(self.offsets) > 0]

    @cached_property
    def clauses(self) -> Corpus:
        """The same tokens with each clause as a text of its own."""
        starts = np.flatnonzero(np.diff(self.clause_of, prepend=-1))
        offsets = np.append(starts, len(self.ids)).astype(np.int64)
        return Corpus(self.words, self.ids, offsets, np.zeros(len(starts), dtype=np.bool_))

    def rows(self, chosen: Ints) -> Corpus:
        """Some of the texts, in the order asked for."""
        lengths = np.diff(self.offsets)[chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.repeat(self.offsets[chosen] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return Corpus(self.words, self.ids[places], offsets, self.cut[chosen])

    def sums(self, weights: Floats) -> Floats:
        """Sum of a number of each token over each text."""
        total = np.concatenate([[0.0], np.cumsum(weights)])
        return np.asarray(total[self.offsets[1:]] - total[self.offsets[:-1]], dtype=np.float64)

    def any_bits(self, bits: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Bits that any token of a text has."""
        result = np.zeros(len(self), dtype=np.uint32)
        if len(starts := self._starts):
            result[np.diff(self.offsets) > 0] = np.bitwise_or.reduceat(bits, starts)
        return result


class _Codes(dict[str, int]):
    """Gives each new word the next number."""

    def __missing__(self, word: str) -> int:
        self[word] = code = len(self)
        return code


def clean(text: str) -> str:
    """Lower case without markup and addresses, ё as е; what is too long is cut in the middle."""
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:_HEAD]} … {text[_HEAD - MOST_CHARACTERS :]}"
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return _ADDRESS.sub(" ", _MODIFIERS.sub("", text.lower().replace("ё", "е").replace("’", "'")))


def corpus_of(texts: Sequence[str | None]) -> Corpus:
    """Take texts apart; an absent one is an empty one."""
    codes = _Codes()
    ids = array("i")
    ends = [0]
    for text in texts:
        if text:
            ids.extend(map(codes.__getitem__, _TOKEN.findall(clean(text))))
        ends.append(len(ids))
    cut = np.array([text is not None and len(text) > MOST_CHARACTERS for text in texts], dtype=np.bool_)
    return Corpus(tuple(codes), np.array(ids, dtype=np.int32), np.array(ends, dtype=np.int64), cut)
