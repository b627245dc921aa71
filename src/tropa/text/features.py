"""Texts as numbers: TF-IDF of words, of pairs of neighbours and of pieces of words.

Pieces never cross a word, so they are counted once a distinct word and multiplied through: a corpus costs no more than
its vocabulary. Counts are damped (1 + ln), each block has length 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from tropa.text.corpus import Codes, Corpus, Floats, Ints

Matrix = Any  # sparse.csr_matrix: scipy's own types do not say what of

SHORTEST, LONGEST = 2, 5
"""Letters of a piece, the blanks around a word included."""


def _pieces(word: str) -> list[str]:
    padded = f" {word} "
    return [
        padded[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(max(len(padded) - length, 0) + 1)
    ]


def counted(rows: Ints | Codes, columns: Ints | Codes, shape: tuple[int, int]) -> Matrix:
    result = sparse.coo_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape).tocsr()
    result.sum_duplicates()
    return result


def word_counts(corpus: Corpus) -> Matrix:
    """Texts x distinct words."""
    return counted(corpus.text_of, corpus.ids, (len(corpus), len(corpus.words)))


def _table(rows: Sequence[Sequence[int]], width: int) -> Matrix:
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    columns = np.array([place for row in rows for place in row], dtype=np.int64)
    return counted(np.repeat(np.arange(len(rows)), lengths), columns, (len(rows), width))


def _pairs(corpus: Corpus, codes: Ints, width: int) -> tuple[Ints, Ints]:
    """Key of each pair of neighbours in one text, and the text."""
    ids, text = codes[corpus.ids], corpus.text_of
    if len(ids) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    kept = (text[1:] == text[:-1]) & (ids[1:] >= 0) & (ids[:-1] >= 0)
    return (ids[:-1] * np.int64(width) + ids[1:])[kept], text[1:][kept].astype(np.int64)


@dataclass(frozen=True, eq=False)
class Known:
    """Of distinct words: the code of each (-1: not counted) and its pieces, words x pieces."""

    codes: Ints
    pieces: Matrix


@dataclass(frozen=True, eq=False)
class Features:
    """What was seen often enough to be counted: words, keys of pairs, pieces."""

    words: dict[str, int]
    pairs: Ints
    pieces: dict[str, int]

    @staticmethod
    def of(corpus: Corpus, least: int = 2) -> Features:
        """Everything that occurs in `least` texts."""
        seen = word_counts(corpus)
        often = np.asarray((seen > 0).sum(axis=0)).ravel()
        kept = np.flatnonzero(often >= least)
        words = {corpus.words[place]: code for code, place in enumerate(kept.tolist())}
        keys, texts = _pairs(corpus, _codes(corpus.words, words), len(words))
        distinct = np.unique(np.stack([keys, texts]), axis=1)[0]
        pairs, count = np.unique(distinct, return_counts=True)
        known: dict[str, int] = {}
        rows = [[known.setdefault(piece, len(known)) for piece in _pieces(word)] for word in corpus.words]
        in_texts = np.asarray(((seen @ _table(rows, len(known))) > 0).sum(axis=0)).ravel()
        pieces = [piece for piece, code in known.items() if in_texts[code] >= least]
        return Features(words, pairs[count >= least], {piece: code for code, piece in enumerate(pieces)})

    def known(self, words: Sequence[str]) -> Known:
        """What is counted of each distinct word; to be found once for all texts made of them."""
        pieces = [[self.pieces[piece] for piece in _pieces(word) if piece in self.pieces] for word in words]
        return Known(_codes(words, self.words), _table(pieces, len(self.pieces)))

    def count(self, corpus: Corpus, known_words: Known) -> tuple[Matrix, Matrix]:
        """Damped counts: texts x (words and pairs), texts x pieces."""
        codes = known_words.codes
        keys, texts = _pairs(corpus, codes, len(self.words))
        place = np.minimum(np.searchsorted(self.pairs, keys), max(len(self.pairs) - 1, 0))
        known = self.pairs[place] == keys if len(self.pairs) else np.zeros(len(keys), dtype=np.bool_)
        single = codes[corpus.ids]
        rows = np.concatenate([corpus.text_of[single >= 0], texts[known]])
        columns = np.concatenate([single[single >= 0], len(self.words) + place[known]])
        words = counted(rows, columns, (len(corpus), len(self.words) + len(self.pairs)))
        pieces = word_counts(corpus) @ known_words.pieces
        for block in (words, pieces):
            block.data = 1 + np.log(block.data)
        return words, pieces


def _codes(words: Sequence[str], known: dict[str, int]) -> Ints:
    return np.array([known.get(word, -1) for word in words], dtype=np.int64)


def rarity(block: Matrix) -> Floats:
    """Inverse document frequency of each column, smoothed: ln((1 + n) / (1 + in how many)) + 1."""
    often = np.bincount(block.indices, minlength=block.shape[1])
    return np.asarray(np.log((1 + block.shape[0]) / (1 + often)) + 1, dtype=np.float32)


def weighted(block: Matrix, rarities: Floats) -> Matrix:
    """Damped counts times rarity, each row of length 1."""
    scaled = block.copy()
    scaled.data = scaled.data * rarities[scaled.indices]
    lengths = np.sqrt(np.add.reduceat(np.append(scaled.data**2, 0), scaled.indptr[:-1]) * (np.diff(scaled.indptr) > 0))
    scaled.data = scaled.data / np.repeat(np.where(lengths > 0, lengths, 1), np.diff(scaled.indptr))
    return scaled
