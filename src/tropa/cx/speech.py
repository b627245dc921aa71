"""Numbers as sentences say them, in Russian and in English: with their noun in the right form, spans, days, money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

Language = Literal["ru", "en"]
Form = Literal["nominative", "accusative", "genitive"]

_NOUNS: dict[Language, dict[str, tuple[str, ...]]] = {
    "ru": {
        "journey": ("путь", "пути", "путей"),
        "goal": ("цель", "цели", "целей"),
        "second": ("секунда", "секунды", "секунд", "секунду"),
        "minute": ("минута", "минуты", "минут", "минуту"),
        "hour": ("час", "часа", "часов"),
        "day": ("день", "дня", "дней"),
        "month": ("месяц", "месяца", "месяцев"),
        "score": ("оценка", "оценки", "оценок", "оценку"),
        "mark": ("балл", "балла", "баллов"),
        "obstacle": ("препятствие", "препятствия", "препятствий"),
        "suspicion": ("подозрение", "подозрения", "подозрений"),
        "complaint": ("жалоба", "жалобы", "жалоб", "жалобу"),
        "time": ("раз", "раза", "раз"),
        "event": ("событие", "события", "событий"),
        "answer": ("ответ", "ответа", "ответов"),
        "value": ("значение", "значения", "значений"),
    },
    "en": {
        "journey": ("journey", "journeys"),
        "goal": ("goal", "goals"),
        "second": ("second", "seconds"),
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
        "month": ("month", "months"),
        "score": ("score", "scores"),
        "mark": ("point", "points"),
        "obstacle": ("obstacle", "obstacles"),
        "suspicion": ("suspicion", "suspicions"),
        "complaint": ("complaint", "complaints"),
        "time": ("time", "times"),
        "event": ("event", "events"),
        "answer": ("answer", "answers"),
        "value": ("value", "values"),
    },
}
"""Of Russian: the forms after 1, after 2 and after 5 (the second is also that of fractions and, after 1, the genitive);
a fourth one where the accusative differs."""

_SPANS = (("day", 86_400, 2.0), ("hour", 3_600, 1.0), ("minute", 60, 1.0), ("second", 1, 0.0))
"""Units of spans with their seconds, and how many of them there must be to speak in them."""

_MONTHS_RU = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}
MONTH_DAYS = 30.4375
NBSP = "\u00a0"
"""Keeps a number and its unit on one line."""


def counted(value: float, noun: str, language: Language, form: Form = "nominative") -> str:
    """A number with its noun: 1 journey, 2 journeys; 1 путь, 2 пути, 5 путей, 1,5 пути."""
    return said(number(value, language), noun, language, form)


def said(text: str, noun: str, language: Language, form: Form = "nominative") -> str:
    """A number that is written already, with its noun in the form that goes with it."""
    forms = _NOUNS[language][noun]
    if language == "en":
        return f"{text} {forms[0] if text in ('1', '-1') else forms[1]}"
    return f"{text} {_russian(text, forms, form)}"


def _russian(text: str, forms: Sequence[str], form: Form) -> str:
    digits = "".join(letter for letter in text if letter.isdigit())
    if "," in text or not digits:
        return forms[1]
    last = int(digits[-2:])
    one = last % 10 == 1 and last != 11
    if form == "genitive":
        return forms[1] if one else forms[2]
    if one:
        return forms[3] if form == "accusative" and len(forms) > 3 else forms[0]
    return forms[1] if last % 10 in (2, 3, 4) and last not in (12, 13, 14) else forms[2]


def span(seconds: float, language: Language, form: Form = "nominative") -> str:
    """A duration in one unit: 36 hours, 3 days. What is not round in a great unit but is in the next one is said in
    that: 75 minutes, not 1.25 hours."""
    if seconds <= 0:
        return counted(0, "second", language, form)
    place = next(at for at, (_, size, least) in enumerate(_SPANS) if seconds >= least * size)
    noun, size, _ = _SPANS[place]
    value = seconds / size
    if place + 1 < len(_SPANS) and value < 4:
        finer, step, _ = _SPANS[place + 1]
        whole = seconds / step
        if abs(whole - round(whole)) < 1e-6 and abs(10 * value - round(10 * value)) > 1e-6:
            noun, value = finer, whole
    return said(_two_digits(value, language), noun, language, form)


def _two_digits(value: float, language: Language) -> str:
    """Whole from 10 on (and wherever it is whole), else one digit; below 1 two that matter."""
    if value >= 9.95 or abs(value - round(value)) < 1e-6:
        return number(value, language)
    return _pointed(f"{value:.1f}" if value >= 0.95 else f"{value:.2g}", language)


def period(months: float, language: Language, form: Form = "nominative") -> str:
    """How long the data is: 7 months; under two months in days."""
    if months < 2:
        return counted(max(1, round(months * MONTH_DAYS)), "day", language, form)
    return counted(months, "month", language, form)


def day(iso: str, language: Language) -> str:
    """A day as it is said."""
    date = dt.date.fromisoformat(iso)
    if language == "ru":
        return f"{date.day} {_MONTHS_RU[date.month - 1]} {date.year} года"
    return f"{date.day} {date:%B} {date.year}"


def number(value: float, language: Language) -> str:
    """A whole number with thousands set apart."""
    return f"{round(value):,}".replace(",", NBSP if language == "ru" else ",")


def decimal(value: float, language: Language) -> str:
    """Two or three digits that matter."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return _pointed(f"{value:.{digits}f}", language)


def points(share: float, language: Language) -> str:
    """A share as percentage points: one digit after the point, below 1 two."""
    value = abs(100 * share)
    return _pointed(f"{value:.1f}" if value >= 0.995 else f"{value:.2f}", language)


def percent(share: float, language: Language) -> str:
    """A share in per cent; one digit after the point, below 1 % two."""
    return points(share, language) + ("\u00a0%" if language == "ru" else "%")


def _pointed(text: str, language: Language) -> str:
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "ru" else text


def money(value: float, currency: str, language: Language) -> str:
    """A sum to three digits: 310,000 RUB; 1.24 million EUR; in Russian 310 000 ₽."""
    return _with_currency(_sum(value, language), currency, language)


def exact_money(value: float, currency: str, language: Language) -> str:
    """A sum to the last cent: 1,234.50 RUB is said as 1,234.5 RUB; in Russian 1 234,5 ₽."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    if language == "ru":
        text = text.replace(",", NBSP).replace(".", ",")
    return _with_currency(text, currency, language)


def _with_currency(text: str, currency: str, language: Language) -> str:
    if not currency:
        return text
    return f"{text}{NBSP}{_SIGNS.get(currency.upper(), currency)}" if language == "ru" else f"{text} {currency}"


def sums(low: float, high: float, language: Language) -> str:
    """An interval of sums: 2,010 to 2,440; от 2 010 до 2 440."""
    if language == "ru":
        return f"от {_sum(low, language)} до {_sum(high, language)}"
    return f"{_sum(low, language)} to {_sum(high, language)}"


def _sum(value: float, language: Language) -> str:
    for size, russian, english in ((1e9, "млрд", "billion"), (1e6, "млн", "million")):
        if abs(value) >= 0.9995 * size:
            return decimal(value / size, language) + (NBSP + russian if language == "ru" else " " + english)
    if abs(value) < 100:
        return decimal(value, language)
    return number(float(f"{value:.3g}"), language)
