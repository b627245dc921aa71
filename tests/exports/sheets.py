"""Sheets for the tests of exports: a document with a card of every kind, and sizes that hurt."""

from __future__ import annotations

import re
from typing import Any

from tropa.exports.make import About, make_sheet
from tropa.exports.numbers import Language
from tropa.exports.sheet import Sheet


def everything() -> dict[str, Any]:
    """A document with a card in every lane that the field knows, and in one that it does not."""
    touchpoint = {
        "touchpoint": "Загрузка документов",
        "when": {"activity": ["doc_upload"]},
        "actor": "customer",
        "moment_of_truth": True,
        "emotion": -1,
        "expects": {
            "best": "С первого раза",
            "worst": "Ехать в отделение",
            "within": "10m",
            "score": 4.0,
            "failures": 0.02,
        },
        "pains": [{"pain": "Форма сбрасывается", "kind": "process"}, "Дорого"],
        "process": {"owner": "ИТ", "department": "Верификация", "systems": ["CRM", "ЭДО"], "decides": "Иванов"},
        "actions": ["Фотографирует паспорт"],
        "ideas": ["Распознавать фото"],
        "customer_metrics": [{"metric": "Попытки", "now": 3, "target": 1, "unit": "раз"}],
        "evidence": {"pains": {"source": "surveyed", "n": 120, "date": "2020-05-01", "note": "опрос весной"}},
        "моя дорожка": "свои слова",
    }
    stage = {
        "stage": "Документы",
        "jobs": ["Быстро передать документы"],
        "company_metrics": ["Конверсия этапа"],
        "research": {"compared_with": "С госуслугами", "barriers": "Не знают, какие бумаги нужны"},
        "influences": [{"influence": "Отзывы в сети", "from": "opinions"}],
        "emotion": 1,
        "touchpoints": [touchpoint, {"touchpoint": "Ответ банка"}],
    }
    return {
        "map": "Кредит наличными",
        "kind": "cx",
        "scenario": "Первый кредит",
        "segment": "Зарплатные клиенты",
        "benchmarks": [{"name": "Госуслуги", "promise": "Ответ за день", "note": "все так делают"}],
        "stages": [stage, {"stage": "Пустой этап", "jobs": ["Задача пустого этапа"]}],
    }


def many(count: int, across: int = 6, name: str = "Точка контакта {n} с обычным именем") -> dict[str, Any]:
    """A document of so many touchpoints."""
    points = [
        {
            "touchpoint": name.format(n=n),
            "expects": {"best": f"Лучшее ожидание {n}", "worst": "Долго и непонятно, заставили ждать"},
            "pains": [{"pain": f"Форма {n} сбрасывается и приходится начинать заново", "kind": "process"}],
            "process": {"owner": "ИТ", "systems": ["CRM"]},
            "emotion": n % 5 - 2,
        }
        for n in range(count)
    ]
    stages = [
        {"stage": f"Этап {start // across}", "jobs": ["Задача"], "touchpoints": points[start : start + across]}
        for start in range(0, count, across)
    ]
    return {"map": "Большая карта", "stages": stages}


def sheet_of(document: dict[str, Any] | None, language: Language = "ru") -> Sheet:
    """The sheet of a document without data."""
    return make_sheet(document, None, None, About("Банк", language, "RUB", 3, "2026-11-20", "2026-11-22"))


def squashed(text: str) -> str:
    """Text without what setting it changes: blanks, line breaks and the hyphens of broken words."""
    return re.sub(r"[\s\u00a0-]+", "", text)
