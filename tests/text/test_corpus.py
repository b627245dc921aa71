"""Texts taken apart: tokens, clauses, and what a text must not be stopped by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.text.corpus import MOST_CHARACTERS, Corpus, corpus_of


def tokens(corpus: Corpus, text: int = 0) -> list[str]:
    return [corpus.words[code] for code in corpus.ids[corpus.offsets[text] : corpus.offsets[text + 1]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Всё не работает!!!", ["все", "не", "работает", "!!!"]),
        ("I don’t know :) ок)))", ["i", "don't", "know", ":)", "ок", ")))"]),
        ("<b>Ужас</b> &amp; боль", ["ужас", "&", "боль"]),
        ("👍🏽❤️", ["👍", "❤"]),
        ("смотри https://example.org/a?b=1 тут", ["смотри", "тут"]),
        ("2 часа, 3.5 дня, 2nd", ["2", "часа", ",", "3.5", "дня", ",", "2nd"]),
        ("", []),
        (" \t ", []),
        (None, []),
    ],
)
def test_tokens(text: str | None, expected: list[str]) -> None:
    assert tokens(corpus_of([text])) == expected


def test_clauses_end_with_a_sentence_and_begin_with_a_contrast() -> None:
    corpus = corpus_of(["Курьер вежливый, но долго. Спасибо", "good but slow"])
    assert [tokens(corpus.clauses, place) for place in range(len(corpus.clauses))] == [
        ["курьер", "вежливый", ","],
        ["но", "долго", "."],
        ["спасибо"],
        ["good"],
        ["but", "slow"],
    ]


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    corpus = corpus_of(["начало " + "слово " * 20_000 + "конец", "коротко"])
    told = tokens(corpus)
    assert (told[0], told[-1]) == ("начало", "конец")
    assert len(told) < MOST_CHARACTERS
    assert corpus.cut.tolist() == [True, False]


@given(st.lists(st.one_of(st.none(), st.text(max_size=60)), max_size=8))
def test_any_text_at_all(texts: list[str | None]) -> None:
    corpus = corpus_of(texts)
    assert len(corpus) == len(texts)
    assert corpus.offsets[-1] == len(corpus.ids)
    assert len(corpus.clause_of) == len(corpus.phrase_of) == len(corpus.ids)
    assert corpus.clauses.offsets[-1] == len(corpus.ids)
    backwards = corpus.rows(np.arange(len(texts))[::-1])
    assert [tokens(backwards, place) for place in range(len(texts))] == [
        tokens(corpus, place) for place in reversed(range(len(texts)))
    ]
