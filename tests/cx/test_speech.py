"""Numbers in sentences: the noun in the form that goes with the number, spans, sums, in both languages."""

from __future__ import annotations

import pytest

from tropa.cx.speech import (
    Form,
    Language,
    counted,
    day,
    decimal,
    exact_money,
    money,
    number,
    percent,
    period,
    points,
    span,
    sums,
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "russian", "genitive", "english"),
    [
        (0, "0 путей", "0 путей", "0 journeys"),
        (1, "1 путь", "1 пути", "1 journey"),
        (2, "2 пути", "2 путей", "2 journeys"),
        (5, "5 путей", "5 путей", "5 journeys"),
        (11, "11 путей", "11 путей", "11 journeys"),
        (12, "12 путей", "12 путей", "12 journeys"),
        (21, "21 путь", "21 пути", "21 journeys"),
        (104, "104 пути", "104 путей", "104 journeys"),
        (111, "111 путей", "111 путей", "111 journeys"),
        (1001, "1 001 путь", "1 001 пути", "1,001 journeys"),
        (22_342, "22 342 пути", "22 342 путей", "22,342 journeys"),
    ],
)
def test_forms(value: int, russian: str, genitive: str, english: str) -> None:
    assert plain(counted(value, "journey", "ru")) == russian
    assert plain(counted(value, "journey", "ru", "genitive")) == genitive
    assert counted(value, "journey", "en") == english


@pytest.mark.parametrize(
    ("seconds", "form", "russian", "english"),
    [
        (0, "nominative", "0 секунд", "0 seconds"),
        (1, "accusative", "1 секунду", "1 second"),
        (60, "genitive", "1 минуты", "1 minute"),
        (60, "accusative", "1 минуту", "1 minute"),
        (90, "nominative", "1,5 минуты", "1.5 minutes"),
        (2202, "genitive", "37 минут", "37 minutes"),
        (3600, "genitive", "1 часа", "1 hour"),
        (4500, "accusative", "75 минут", "75 minutes"),
        (5400, "nominative", "1,5 часа", "1.5 hours"),
        (86_400, "genitive", "24 часов", "24 hours"),
        (129_600, "nominative", "36 часов", "36 hours"),
        (172_800, "accusative", "2 дня", "2 days"),
        (189_216, "genitive", "2,2 дня", "2.2 days"),
        (60 * 86_400, "accusative", "60 дней", "60 days"),
        (21 * 86_400, "accusative", "21 день", "21 days"),
        (0.4, "nominative", "0,4 секунды", "0.4 seconds"),
    ],
)
def test_spans(seconds: float, form: Form, russian: str, english: str) -> None:
    assert plain(span(seconds, "ru", form)) == russian
    assert span(seconds, "en", form) == english


def test_numbers() -> None:
    assert [plain(number(value, "ru")) for value in (0.4, 999.5, 1234567)] == ["0", "1 000", "1 234 567"]
    assert [decimal(value, "en") for value in (0.0, 0.124, 1.5, 12.34, 123.4, 100.0)] == [
        "0", "0.12", "1.5", "12.3", "123", "100",
    ]  # fmt: skip
    assert [plain(percent(value, "ru")) for value in (0.0, 0.105, 0.0957, 1.0)] == ["0 %", "10,5 %", "9,6 %", "100 %"]
    assert [points(value, "en") for value in (-0.267, 0.0032, 0.01, -0.00999)] == ["26.7", "0.32", "1", "1"]


def test_sums_of_money() -> None:
    assert money(312_345.0, "RUB", "en") == "312,000 RUB" and plain(money(312_345.0, "RUB", "ru")) == "312 000 ₽"
    assert money(1_240_000.0, "EUR", "en") == "1.24 million EUR" and plain(money(1_240_000.0, "", "ru")) == "1,24 млн"
    assert money(999_600.0, "CHF", "ru").endswith("CHF") and money(999_600.0, "", "en") == "1 million"
    assert (sums(2_010.0, 2_440.0, "en"), plain(sums(881.0, 1130.0, "ru"))) == ("2,010 to 2,440", "от 881 до 1 130")
    assert exact_money(1234.5, "EUR", "en") == "1,234.5 EUR" and plain(exact_money(99.5, "RUB", "ru")) == "99,5 ₽"


@pytest.mark.parametrize(
    ("months", "russian", "english"),
    [
        (0.03, "1 день", "1 day"),
        (0.7, "21 день", "21 days"),
        (5.9, "6 месяцев", "6 months"),
        (23.6, "24 месяца", "24 months"),
    ],
)
def test_periods(months: float, russian: str, english: str) -> None:
    assert (plain(period(months, "ru")), period(months, "en")) == (russian, english)


@pytest.mark.parametrize(("language", "text"), [("ru", "4 марта 2026 года"), ("en", "4 March 2026")])
def test_days(language: Language, text: str) -> None:
    assert day("2026-03-04", language) == text
