"""What customers say: counted over a small shop whose comments are known, and over strange ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.helpers import make_workspace

from tropa.analyses.voice import Voice
from tropa.cx import comments as module
from tropa.cx.comments import Comments, marks
from tropa.engine.journeys import ABSENT

MAP = """
map: Shop
unit: customer
goal: [Courier]
stages:
  - stage: Order
    touchpoints:
      - {touchpoint: Payment, when: {activity: [pay]}, pains: [{pain: Card declined at the bank, kind: finance}]}
      - {touchpoint: Courier, when: {activity: [deliver]}}
"""
# customer, activity that it is about, score, text
SAID: tuple[tuple[str, str | None, float | None, str | None], ...] = (
    ("a", "deliver", 1, "Ужас, ждал курьера три часа. Мой телефон +7 999 123-45-67"),
    ("b", "deliver", 5, "Отлично, спасибо!"),
    ("c", "deliver", 5, "Great courier, thank you"),
    ("d", "pay", 2, "Оплата не проходит, ошибка"),
    ("e", "pay", None, "😡"),
    ("f", None, 3, "   "),
    ("g", "pay", 4, None),
    ("h", "deliver", 9, "Отлично, спасибо!"),
)


def ask(folder: Path, said: Any = SAID, map_text: str | None = MAP, **params: Any) -> Voice:
    events, feedback = [], []
    for number, (customer, about, score, text) in enumerate(said):
        day = f"2026-01-{number % 28 + 1:02d}"
        events += [
            {"customer_id": customer, "time": f"{day}T10:00", "activity": "pay"},
            {"customer_id": customer, "time": f"{day}T12:00", "activity": "deliver"},
        ]
        feedback.append(
            {"customer_id": customer, "time": f"{day}T13:00", "kind": "csat", "score": score, "text": text}
            | {"activity": about}
        )
    result = make_workspace(folder / "ws", events, feedback, map_text=map_text).ask("voice", **params).result
    assert isinstance(result, Voice)
    return result


def test_counts_by_hand(tmp_path: Path) -> None:
    told = ask(tmp_path)
    assert (told.answers, told.comments, told.read, told.different, told.cut) == (8, 6, 6, 5, 0)
    assert {row.language: row.comments for row in told.languages} == {"ru": 4, "en": 1, "other": 1}
    assert (told.sentiment.n, told.sentiment.negative, told.sentiment.positive) == (6, 0.5, 0.5)
    assert told.sentiment.negative_low is not None and told.sentiment.negative_low < 0.5
    # The score of h is off the scale of csat: it marks nothing.
    assert (told.reader.method, told.reader.n) == ("lexicon", 4)
    rows = {row.touchpoint: row for row in told.touchpoints}
    assert (rows["Courier"].comments, rows["Courier"].named, rows["Courier"].negative) == (4, 1, 0.25)
    assert (rows["Payment"].comments, rows["Payment"].named, rows["Payment"].negative) == (2, 0, 1.0)
    assert rows["Payment"].stage == "Order"


def test_topics_and_phrases_of_a_larger_shop(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    bad = ["курьер", "опоздал", "заказ", "холодный", "подъезд", "коробка", "домофон", "звонок"]
    good = ["промокод", "скидка", "карта", "оплата", "приложение", "баллы", "каталог", "корзина"]
    said = []
    for number in range(200):
        words, score = (bad, 1.0) if number % 2 else (good, 5.0)
        text = " ".join(random.choice(words, 4, replace=False))
        said.append((f"c{number}", "deliver", score, f"{text}, меня зовут Иван"))
    told = ask(tmp_path, said, quotes=2)
    assert told.topics and told.topic_stability is not None
    for topic in told.topics:
        assert set(topic.words[:4]) <= set(bad) or set(topic.words[:4]) <= set(good)
        assert 0 < len(topic.quotes) <= 2
        assert all("Иван" not in quote.text and "[name]" in quote.text for quote in topic.quotes)
    low, high = ({row.phrase for row in rows} for rows in (told.low_phrases, told.high_phrases))
    assert any("курьер" in phrase for phrase in low) and not any("курьер" in phrase for phrase in high)
    assert all(row.low_raters > row.high_raters for row in told.low_phrases)


def test_without_a_map_and_without_texts(tmp_path: Path) -> None:
    told = ask(tmp_path, map_text=None)
    assert {row.touchpoint for row in told.touchpoints} == {"pay", "deliver"}
    silent = ask(tmp_path / "silent", [("a", "pay", 5, None)])
    assert (silent.answers, silent.comments, silent.topics, silent.touchpoints) == (1, 0, (), ())
    assert silent.sentiment.negative is None
    assert silent.reader.because == "no comment has a score"


@pytest.mark.parametrize(
    "text", ["😡" * 50, "слово " * 20_000, "a" * 100_000, "\u200b\u200b", "<br><br>", "&nbsp;", "1", "'; drop table"]
)
def test_strange_comments(tmp_path: Path, text: str) -> None:
    told = ask(tmp_path, [("a", "pay", 1, text), ("b", "pay", None, text)])
    assert told.read == told.comments
    assert told.cut == (2 if len(text) > 5_000 else 0)


def test_a_sample_is_drawn_from_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(first: int, count: int) -> Comments:
        numbers = np.arange(first, first + count)
        return Comments(
            count,
            count,
            tuple(map(str, numbers)),
            tuple(map(str, numbers)),
            (numbers * 7919) % 1009,
            numbers.astype(np.int32),
            numbers.astype(np.float64),
            np.full(count, ABSENT, np.int32),
            numbers,
        )

    monkeypatch.setattr(module, "MOST", 50)
    parts = [some(0, 40), some(40, 60), some(100, 30)]
    whole = (parts[0] + parts[1]) + parts[2]
    other = parts[0] + (parts[1] + parts[2])
    assert (whole.count, whole.answers, len(whole)) == (130, 130, 50)
    assert whole.texts == other.texts
    assert [float(text) for text in whole.texts] == whole.score.tolist()
    smallest = sorted((number * 7919 % 1009, number) for number in range(130))[:50]
    assert sorted(map(int, whole.texts)) == sorted(number for _, number in smallest)


def test_marks_by_the_scale_of_each_kind() -> None:
    kinds = np.array([0, 0, 0, 0, 1, 1, 1, 2, -1, 0], dtype=np.int32)
    scores = np.array([6, 7, 9, 11, 2, 3, 4, 5, 5, np.nan])
    told = marks(kinds, ("nps", "csat", "shoe size"), scores)
    assert np.array_equal(told, [-1, 0, 1, np.nan, -1, 0, 1, np.nan, np.nan, np.nan], equal_nan=True)
