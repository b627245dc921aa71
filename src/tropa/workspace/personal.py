"""What is personal data by its name or its looks, and questions that would bring it to light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tropa.cx.columns import ATTRIBUTE
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.contract.filters import Filters
    from tropa.cx.map import Map

_PERSONAL = frozenset({
    "name", "firstname", "lastname", "fullname", "username", "surname", "patronymic", "fio", "email", "mail", "phone",
    "mobile", "tel", "telephone", "address", "passport", "birth", "birthday", "birthdate", "dob", "inn", "snils",
    "login", "nickname", "ssn", "iban", "card", "cardnumber", "telegram", "whatsapp", "contact", "contacts", "taxid",
    "vat", "ip", "zip", "zipcode", "postcode", "license", "licence", "document", "account", "cookie", "deviceid",
    "фио", "имя", "имени", "фамилия", "отчество", "почта", "почты", "телефон", "телефона", "адрес", "адреса",
    "паспорт", "паспорта", "рождения", "инн", "снилс", "логин", "логина", "телеграм", "телеграмм", "контакт",
    "контакты", "документ", "документа", "карта", "карты", "счёт", "счет", "счёта", "счета", "индекс", "полис",
    "полиса",
})  # fmt: skip
_PAIRS = (frozenset({"tax", "id"}), frozenset({"device", "id"}))
_OF_THINGS = frozenset({
    "product", "company", "campaign", "file", "event", "page", "plan", "tariff", "shop", "store", "city", "course",
    "type", "kind", "status", "category", "manager", "centre", "center", "тип", "вид", "статус", "категория", "центр",
})  # fmt: skip
_IDENTIFIERS = frozenset({"customer", "customer_id", "case", "case_id"})
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_NAMED = r"[A-ZА-ЯЁ][a-zа-яё]+(?:-[A-ZА-ЯЁ][a-zа-яё]+)?"
_INITIAL = r"[A-ZА-ЯЁ]\."
_PERSON = re.compile(
    rf"{_NAMED}(?: {_NAMED}){{1,2}}|{_NAMED} {_INITIAL}\s?(?:{_INITIAL})?|{_INITIAL}\s?(?:{_INITIAL}\s?)?{_NAMED}"
)
"""Two or three capitalised words, or one with initials."""
_NO_PERSON = frozenset({
    "department", "team", "desk", "office", "service", "support", "sales", "branch", "centre", "center", "group",
    "отдел", "служба", "центр", "группа", "филиал", "офис", "отделение", "банк", "bank", "back", "front", "call",
    "system", "bot", "queue", "control", "care",
})  # fmt: skip


def is_personal(attribute: str) -> bool:
    """Whether an attribute is, by its name, a customer's name, address, number of papers or such."""
    words = {word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", attribute))}
    named = bool(words & _PERSONAL) or any(pair <= words for pair in _PAIRS)
    return named and not words & _OF_THINGS


def names_a_person(performer: str) -> bool:
    """Whether who did the work is, by the looks, a person and no department."""
    words = {word.casefold() for word in _WORD.findall(performer)}
    return _PERSON.fullmatch(performer.strip()) is not None and not words & _NO_PERSON


def tells_of_people(column: str) -> bool:
    """Whether a column of events has personal data, or the identifiers that pseudonyms stand for."""
    name = column.removeprefix(ATTRIBUTE)
    return name in _IDENTIFIERS or is_personal(name)


def without_people(document: Map) -> Map:
    """The map whose rules ask for no personal data: touchpoints that did bind nothing; the same where none did."""
    if not any(tells_of_people(column) for point in document.touchpoints for column in point.when):
        return document
    stages = tuple(
        replace(
            stage,
            touchpoints=tuple(
                replace(point, when={}) if any(map(tells_of_people, point.when)) else point
                for point in stage.touchpoints
            ),
        )
        for stage in document.stages
    )
    return replace(document, stages=stages)


def refuse_personal(params: Filters) -> None:
    """Refuse a question that chooses or tells people apart by personal data.

    Raises:
        TropaError: (forbidden) it does, in whatever parameter.
    """
    # Whoever finds a customer by the real identifier has the way back from the pseudonym.
    if getattr(params, "find", None):
        raise TropaError(
            "Your role may not look for customers by their identifiers.",
            "They are personal data: ask an owner for the role of an analyst.",
            kind="forbidden",
        )
    for column in _columns(params):
        if tells_of_people(column):
            raise TropaError(
                f"Your role may not choose customers by {column!r}.",
                "It is personal data: ask an owner for the role of an analyst.",
                kind="forbidden",
            )


def _columns(params: Filters) -> Iterator[str]:
    """Columns that a question names, whatever its parameter is called."""
    for text in (*params.segment, *params.compare, getattr(params, "group", None) or ""):
        if "=" in text:
            yield text.partition("=")[0].strip()
    for name in ("performer", "by", "breakdown"):
        value = getattr(params, name, None)
        if isinstance(value, str):
            yield value
