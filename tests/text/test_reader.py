"""What a reader says of single texts by the lexicon, of strange ones too, and of obstacles."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tropa.text import OBSTACLE_KINDS, Reader, train

DESCRIBED = {
    "Загрузка документов": ("Форма сбрасывается, начинай сначала",),
    "Курьер": ("Привезли вовремя",),
    "Оплата": ("Картой или по счёту",),
    "Call back": ("Manager phones within an hour",),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return train([], [], DESCRIBED)


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Всё отлично, очень доволен!", "ru", "positive"),
        ("Ужасный сервис, никому не советую", "ru", "negative"),
        ("Не плохо", "ru", "positive"),
        ("не очень хорошо", "ru", "negative"),
        ("Пришёл, оформил, ушёл.", "ru", "neutral"),
        ("Красиво, но ничего не работает", "ru", "negative"),
        ("Сначала не работало, но потом всё решили отлично, спасибо!", "ru", "positive"),
        ("Great service, thank you", "en", "positive"),
        ("not happy at all", "en", "negative"),
        ("no problems", "en", "positive"),
        ("It was okay but the app crashes and nobody answers", "en", "negative"),
        ("😍😍", "other", "positive"),
        ("😡", "other", "negative"),
        ("))))", "other", "positive"),
        ("12345", "other", "neutral"),
        ("", "other", "neutral"),
        ("Черга не рухається, дуже погано, ніхто не відповідає", "other", "neutral"),
        ("Приложение супер, but the support is terrible, awful, rude", "en", "negative"),
        ("<p>Спасибо&nbsp;большое!</p>", "ru", "positive"),
    ],
)
def test_mood(reader: Reader, text: str, language: str, label: str) -> None:
    told = reader.read([text])[0]
    assert (told.language, told.label) == (language, label)
    assert -1 <= told.sentiment <= 1


def test_kinds(reader: Reader) -> None:
    told = reader.read(
        [
            "Списали двойную комиссию, верните деньги",
            "Приложение вылетает с ошибкой",
            "Оператор нахамил и ничего не знает",
            "Третью неделю жду справку",
            "Обещали за день, по факту неделя. Изменили условия без предупреждения. Это обман",
        ]
    )
    assert "finance" in told[0].pains
    assert told[1].pains == ("productivity",)
    assert "support" in told[2].pains
    assert "process" in told[3].pains and "terms" in told[3].reasons
    assert {"unlike_promise", "change_without_explanation", "deceit"} <= set(told[4].reasons)


SPEAKS = {
    "wait": ("Час просидел в очереди", "вторую неделю жду", "I waited 3 hours", "took ages"),
    "failure": ("Форма не загружается", "постоянно вылетает", "it crashed", "the page doesn't load"),
    "repeat": ("Опять ввожу те же данные", "загружал дважды", "had to upload again", "asked me twice"),
    "return": ("Заявку вернули обратно", "отправили обратно на доработку", "sent me back to the first step"),
    "switch": ("Пришлось ехать в отделение", "онлайн нельзя, только через офис", "had to visit the branch"),
    "contact": ("Звонил в поддержку", "написал в чат", "had to call support"),
    "broken_promise": ("Обещали в понедельник, привезли в среду", "сорвали сроки", "promised Monday, came late"),
    "handover": ("Перекидывают от одного к другому", "футболят между отделами", "transferred to another department"),
    "silence": ("Никто не отвечает", "тишина третий день", "no reply", "nobody answered"),
    "low_score": ("Ужас, больше не приду", "terrible"),
}


@pytest.mark.parametrize(("obstacle", "text"), [(kind, text) for kind, texts in SPEAKS.items() for text in texts])
def test_speaks_of(reader: Reader, obstacle: str, text: str) -> None:
    assert reader.read([text]).speaks_of(obstacle).tolist() == [True]


@pytest.mark.parametrize(
    ("obstacle", "text"),
    [
        ("wait", "Ждать не пришлось, без очереди"),
        ("wait", "no wait at all, great"),
        ("failure", "Без ошибок, всё супер"),
        ("silence", "Быстро ответили, спасибо"),
        ("wait", ""),
        ("wait", "😡"),
    ],
)
def test_speaks_of_none(reader: Reader, obstacle: str, text: str) -> None:
    assert not reader.read([text]).speaks_of(obstacle).any()


def test_an_obstacle_belongs_to_the_touchpoint_of_its_clause(reader: Reader) -> None:
    told = reader.read(["Курьер отличный. Но загрузка документов не работает", "Всё время ошибка", "Ждал курьера час"])
    assert told.speaks_of("failure", "Загрузка документов").tolist() == [True, True, False]
    assert told.speaks_of("failure", "Курьер").tolist() == [False, True, False]
    assert told.speaks_of("wait", "Курьер").tolist() == [False, False, True]
    assert told.speaks_of("wait", "nowhere such").tolist() == [False, False, True]
    felt = dict(told[0].touchpoints)
    assert felt["Курьер"] > 0 > felt["Загрузка документов"]


def test_a_description_tells_by_two_of_its_words(reader: Reader) -> None:
    told = reader.read(
        ["форма сбрасывается каждый раз", "форма одежды", "the manager phones", "платил картой по счету"]
    )
    names = told.touchpoint_names
    assert [told.touchpoints[place].any() for place in range(4)] == [True, False, True, True]
    assert told.touchpoints[0, names.index("Загрузка документов")]


def test_strange_texts(reader: Reader) -> None:
    texts = [None, "", "\x00\ud83d", "а" * 100_000, "слово " * 20_000, "((((", "<<<>>>", "&&&amp;", "\u200b", "ё" * 3]
    told = reader.read(texts)
    assert len(told) == len(texts)
    assert told.cut.tolist() == [False, False, False, True, True, False, False, False, False, False]
    assert np.isfinite(told.sentiment).all()
    assert all(told[place].language for place in range(len(texts)))


def test_no_texts_and_no_touchpoints() -> None:
    reader = train([], [], {})
    assert len(reader.read([])) == 0
    told = reader.read(["Ждал час"])
    assert told.speaks_of("wait").tolist() == [True]
    assert told[0].touchpoints == ()


def test_many_texts_as_each_by_itself(reader: Reader) -> None:
    texts = [*itertools.chain.from_iterable(SPEAKS.values()), "", "Ждал курьера час", "Ждал курьера час"]
    together = reader.read(texts)
    assert together.obstacles.shape == (len(texts), len(OBSTACLE_KINDS))
    for place, text in enumerate(texts):
        assert together[place] == reader.read([text])[0]


@pytest.mark.parametrize(
    ("obstacle", "text"),
    [
        ("repeat", "Will come again"),
        ("wait", "Привезли за 25 минут"),
        ("wait", "Ready in 10 minutes"),
        ("contact", "Вопросов нет"),
        ("repeat", "Сначала сомневался"),
        ("failure", "Проблем и ошибок нет"),
    ],
)
def test_what_only_sounds_like_an_obstacle(reader: Reader, obstacle: str, text: str) -> None:
    assert not reader.read([text]).speaks_of(obstacle).any()
