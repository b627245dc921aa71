"""Topics and key phrases over comments whose subjects are known."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.text import Words, corpus_of, find_topics, key_phrases, phrases_of
from tropa.text.phrases import log_odds

SUBJECTS = (
    "курьер привез коробку поздно звонил подъезд этаж доставка",
    "кредит процент ставка банк договор платеж график рубль",
    "приложение экран кнопка пароль вход обновление телефон загрузка",
)


def comments(count: int, seed: int = 0) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    random = np.random.default_rng(seed)
    subject = random.integers(0, len(SUBJECTS), count)
    return [" ".join(random.choice(SUBJECTS[one].split(), 5, replace=False)) for one in subject], subject


def test_subjects_are_told_apart() -> None:
    texts, subject = comments(600)
    found = find_topics(phrases_of(Words(corpus_of(texts))), np.ones(len(texts)))
    assert found.stability is not None and found.stability > 0.5
    for topic in range(len(found.topics)):
        inside = subject[found.topic_of == topic]
        assert np.bincount(inside, minlength=3).max() > 0.95 * len(inside)
    assert (found.topic_of >= 0).mean() > 0.9
    words = [set(topic.words[:3]) for topic in found.topics]
    assert all(any(three <= set(names.split()) for names in SUBJECTS) for three in words)


def test_the_same_twice() -> None:
    phrases = phrases_of(Words(corpus_of(comments(300)[0])))
    one, other = (find_topics(phrases, np.ones(300)) for _ in range(2))
    assert one.topics == other.topics and np.array_equal(one.topic_of, other.topic_of)


@pytest.mark.parametrize("texts", [[], ["ок"], ["ок"] * 100, ["😡"] * 100, comments(30)[0]])
def test_too_little_for_topics(texts: list[str]) -> None:
    found = find_topics(phrases_of(Words(corpus_of(texts))), np.ones(len(texts)))
    assert found.topics == () and (found.topic_of == -1).all()


def test_phrases_by_lemma_shown_as_written() -> None:
    phrases = phrases_of(Words(corpus_of(["Форма не работает", "форма опять не работает", "Формы не работали", "нет"])))
    assert dict(zip(phrases.names, np.asarray(phrases.present.sum(axis=0)).ravel().tolist(), strict=True)) == {
        "форма": 3,
        "работает": 3,
        "не работает": 3,
    }


def test_key_phrases_of_two_groups() -> None:
    texts = ["курьер не приехал"] * 20 + ["курьер приятный"] * 30 + ["привет"] * 5
    first = np.array([1.0] * 20 + [0.0] * 35)
    phrases = phrases_of(Words(corpus_of(texts)))
    told = key_phrases(phrases, first, 1 - first, 5)
    assert [(one.phrase, one.first, one.second) for one in told] == [("не приехал", 20, 0)]
    assert [one.phrase for one in key_phrases(phrases, 1 - first, first, 5)] == ["курьер приятный"]
    assert key_phrases(phrases, first, np.zeros(len(texts)), 5) == ()


def test_log_odds_by_hand() -> None:
    """Two words used 30:10 and 70:90; the prior is a tenth of both uses, 4 and 16."""
    score = log_odds(np.array([30.0, 70.0]), np.array([10.0, 90.0]))
    delta = np.log(34 / 86) - np.log(14 / 106)
    assert score[0] == pytest.approx(delta / np.sqrt(1 / 34 + 1 / 14))
    assert score[1] < 0
    assert np.array_equal(log_odds(np.zeros(2), np.ones(2)), np.zeros(2))
