"""Personal data in a text replaced by what it was, so that a quote can be shown."""

from __future__ import annotations

import re

_NAME = r"[А-ЯЁA-Z][а-яёa-z]+(?:-[А-ЯЁA-Z][а-яёa-z]+)?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:[оеё]вич|[оеё]вн|ичн|иничн|ьич)(?:а|у|ем|ы|е|ой)?"
# A date is no number of anybody, in either order of its parts.
_NO_DATE = r"(?!(?:19|20)\d\d-\d\d-\d\d|\d{1,2}-\d{1,2}-(?:19|20)\d\d)"
_STREET = r"(?:\b(?:ул|пер|пр-т|просп|наб|б-р)\.|\b(?:улиц[аеуы]|проспект[еа]?|переул[а-я]+|бульвар[еа]?))"
_HOUSE = r"(?:,?\s*(?:д|дом|кв|квартира|корп|к|стр)\.?\s*\d+[а-яa-z]?)*(?:,?\s\d+[а-яa-z]?)?"
_ANNOUNCED = (
    *("Меня зовут ", "меня зовут ", "моя фамилия ", "Моя фамилия ", "мое имя ", "моё имя ", "Моё имя ", "Мое имя "),
    *("my name is ", "My name is ", "my name's ", "My name's ", "менеджер ", "Менеджер ", "оператор ", "Оператор "),
    *("сотрудник ", "Сотрудник ", "сотрудница ", "Сотрудница ", "специалист ", "Специалист ", "курьер ", "Курьер "),
    *("куратор ", "Куратор ", "manager ", "Manager ", "agent ", "Agent ", "operator ", "Operator "),
)
_PAPERS = ("паспорт ", "паспорта ", "серия ", "passport ", "passport no ", "Паспорт ", "Passport ")


def _after(words: tuple[str, ...]) -> str:
    """Lookbehind for any of the words: each by itself, as they differ in length."""
    return "(?:" + "|".join(f"(?<={re.escape(word)})" for word in words) + ")"


# In this order: what is longer and surer first.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("link", r"(?:https?://|www\.|t\.me/)\S+"),
        ("e-mail", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        ("account", r"(?<![\w@])@\w{3,}"),
        ("card", r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?!\d)"),
        ("number", r"(?<![\d.,])\d{16,}(?!\d)"),
        ("number", r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d\d(?!\d)"),
        ("passport", _after(_PAPERS) + r"[А-ЯA-Z]{0,2}\s?\d[\d №-]{5,12}\d"),
        ("passport", r"(?<!\d)\d\d ?\d\d (?:№ ?)?\d{6}(?!\d)"),
        (
            "phone",
            rf"(?<![\d.,])(?:\+{_NO_DATE}\d[\d ()-]{{7,17}}\d|{_NO_DATE}\(?\d(?:[ ()-]{{0,2}}\d){{9,14}})(?![\d.,]*\d)",
        ),
        ("address", rf"{_STREET}\s*{_NAME}(?:\s{_NAME})?{_HOUSE}"),
        ("address", rf"\b\d{{1,5}}\s(?:{_NAME}\s){{1,3}}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr)\b\.?"),
        ("name", rf"(?:{_NAME}\s){{0,2}}\b{_PATRONYMIC}\b(?:\s{_NAME})?"),
        ("name", rf"{_after(_ANNOUNCED)}{_NAME}(?:\s{_NAME}){{0,2}}"),
    )
)


def mask(text: str) -> str:
    """The text with phones, cards, e-mails, passports, addresses and names in brackets: `[phone]`.

    Dates, times and amounts stay. Names are found where the words before or a patronymic show that they are names;
    a name that nothing announces stays.
    """
    for kind, pattern in _RULES:
        text = pattern.sub(f"[{kind}]", text)
    return text
