"""Building permits: cases of nine months told in days, clerks by name, pauses, things handed in twice, few words.

Files: no clock, only dates; no channel, no actor; a performer is a person; scores are ratings, after a refusal
too; many cases are still open at the end. One obstacle makes another more likely, one limit stands nowhere.
"""

from __future__ import annotations

import math

import numpy as np
from bench.truth.aliens.life import DAY, Alien, Life, Planted, choose, dates, parameters

MAP = """\
map: Разрешение на строительство
unit: case
goal: [Разрешение]
within: 540d
stages:
  - stage: Подача
    touchpoints:
      - touchpoint: Заявление
        when: {activity: [Заявление принято]}
      - touchpoint: Пошлина
        when: {activity: [Пошлина оплачена]}
        actor: customer
  - stage: Проверка
    touchpoints:
      - touchpoint: Проверка документов
        when: {activity: [Взято в проверку, Дело передано]}
        actor: employee
        process: {owner: Управление, department: Отдел проверки}
      - touchpoint: Итог проверки
        when: {activity: [Документы проверены]}
        actor: employee
      - touchpoint: Запрос
        when: {activity: [Запрос документов]}
        actor: employee
      - touchpoint: Документы
        when: {activity: [Документы донесены]}
        actor: customer
      - touchpoint: Жалоба
        when: {activity: [Жалоба подана]}
        actor: customer
        expects: {best: Ответили через день, worst: Отписка, within: %(silence)dd}
      - touchpoint: Ответ на жалобу
        when: {activity: [Ответ на жалобу]}
        actor: employee
      - touchpoint: Пауза
        when: {activity: [Приостановлено, Возобновлено]}
        actor: customer
  - stage: Согласование
    touchpoints:
      - touchpoint: Согласование
        when: {activity: [Передано на согласование]}
        actor: employee
      - touchpoint: Заключение
        when: {activity: [Согласовано, Замечания]}
        actor: employee
  - stage: Решение
    touchpoints:
      - touchpoint: Разрешение
        when: {activity: [Разрешение выдано]}
        actor: employee
      - touchpoint: Отказ
        when: {activity: [Отказ]}
        actor: employee
"""
FAMILIES = ("Иванова", "Ким", "Сидоров", "Гусева")
CLERKS = [f"{family} {name}. {father}." for family in FAMILIES for name in "АМН" for father in "АВП"]


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("permit", seed)
    term, silence, agency = int(rng.integers(20, 35)), int(rng.integers(10, 20)), int(rng.integers(60, 80))
    hurt_late, hurt_silence = rng.uniform(0.05, 0.09), rng.uniform(0.2, 0.3)
    hurt_agency, hurt_back = rng.uniform(0.1, 0.2), rng.uniform(0.15, 0.3)
    back_in, slow_in = str(rng.choice(["магазин", "склад"])), str(rng.choice(["Восток", "Центр"]))
    refused = {"пристройка": 0.03, "дом": 0.1, "магазин": 0.25, "склад": 0.35}

    def days(life: Life, name: str, median: float, sigma: float = 0.5) -> float:
        return max(1, round(life.around(name, median * DAY, sigma) / DAY)) * DAY

    def clerk(life: Life, name: str) -> str:
        return CLERKS[int(life.u(name) * len(CLERKS))]

    def story(life: Life) -> None:
        holidays = math.sin(2 * math.pi * (life.begins / DAY - 90) / 365) > 0.3
        life.happens("Заявление принято", performer="Окно")
        if life.leaves("fee", 0.04):
            return
        life.happens("Пошлина оплачена", days(life, "fee in", 5))
        life.happens("Взято в проверку", days(life, "taken", 2), performer=clerk(life, "clerk"), promised_in=term * DAY)
        taken, seconds = life.t, days(life, "check", term * (0.95 if life.of["district"] == slow_in else 0.65))
        if life.meets(
            "swap", (0.4 if holidays else 0.08) if (at := days(life, "swap in", term * 0.3)) < seconds else 0
        ):
            life.happens("Дело передано", at, performer=clerk(life, "other clerk"))
        life.t = taken
        life.waits("late", seconds, term * DAY)
        life.happens("Документы проверены", performer=clerk(life, "clerk"))
        if "late" in life.met:
            life.hurt += hurt_late
            life.mood -= 0.6
            life.pains.append("Срок проверки прошёл, а ответа всё нет")
        if life.chance("complains", 0.4 if "late" in life.met else 0.08):
            life.happens("Жалоба подана", days(life, "complains in", 3))
            life.waits("silence", days(life, "reply", silence * 0.75, 0.8), silence * DAY)
            if "silence" in life.met:
                life.hurt += hurt_silence
                life.mood -= 1.0
                life.pains.append("На жалобу никто не ответил")
            life.happens("Ответ на жалобу", performer="Канцелярия")
        if life.chance("asked", 0.5):
            life.happens("Запрос документов", days(life, "asked in", 3), performer=clerk(life, "clerk"))
            if life.meets("again", 0.35 if life.of["applies"] == "сам" else 0.12):
                life.happens("Запрос документов", 0, performer=clerk(life, "clerk"))
                life.mood -= 1.5
                life.pains.append("Опять запросили те же самые бумаги")
            life.happens("Документы донесены", days(life, "brought", 12, 0.6))
        # Those who apply themselves, mostly in summer, pause more and do not come back more: nobody's fault.
        own = life.of["applies"] == "сам"
        if life.chance("pauses", 0.25 if own else 0.06):
            life.happens("Приостановлено", days(life, "pauses in", 4))
            if life.leaves("stays paused", 0.4 if own else 0.1):
                return
            life.happens("Возобновлено", days(life, "pause", 60))
        agreement(life)

    def agreement(life: Life) -> None:
        life.happens("Передано на согласование", days(life, "sent", 4), performer=clerk(life, "clerk"))
        life.waits("agency", days(life, "agency", agency * 0.7, 0.55), agency * DAY)
        if "agency" in life.met:
            life.hurt += hurt_agency
            life.mood -= 0.6
        back = life.meets("back", 0.16 * (2.0 if life.of["object"] == back_in else 0.7))
        life.happens("Замечания" if back else "Согласовано", performer="Агентство")
        if back:
            life.happens("Документы донесены", days(life, "again", 15, 0.6))
            life.happens("Документы проверены", days(life, "checked again", 9), performer=clerk(life, "clerk"))
            life.hurt += hurt_back
            life.mood -= 0.8
            life.pains.append("Вернули всё с замечаниями и начали проверку заново")
        if life.leaves("gives up", 0.03 + 0.12 * (life.of["applies"] == "сам")):
            return
        if back:
            life.happens("Согласовано", days(life, "agency again", 20), performer="Агентство")
        final(life)

    def final(life: Life) -> None:
        if life.chance("refused", refused[life.of["object"]]):
            life.happens("Отказ", days(life, "decided", 10), performer="Управление")
            life.mood -= 1.5
        else:
            life.happens("Разрешение выдано", days(life, "decided", 10), performer="Управление")
            life.goal()
        life.answers("rating", 0.35 if life.mood < -1 else 0.12, "", ("Всё прошло спокойно", "Долго и непонятно"))

    planted = (
        Planted("late", "barrier", "broken_promise", "Проверка документов", "Взято в проверку", term * DAY,
                (("district", slow_in),), also=("wait",)),
        Planted("silence", "barrier", "silence", "Жалоба", "Жалоба подана", silence * DAY, also=("wait", "contact")),
        Planted("agency", "barrier", "wait", "Согласование", "Передано на согласование", agency * DAY),
        Planted("back", "barrier", "return", "Документы", "Документы донесены", 2, (("object", back_in),),
                also=("repeat", "failure"), also_at=("Итог проверки", "Заключение")),
        Planted("again", "inconvenience", "repeat", "Запрос", "Запрос документов", 2, (("applies", "сам"),)),
        Planted("swap", "harmless", "handover", "Проверка документов", "Дело передано", 1,
                why="in the holidays, when those apply who give up more; and grows with the wait"),
    )  # fmt: skip
    cases = max(400, customers // 2)
    begin = np.sort(rng.integers(0, 900, cases))
    summer = np.sin(2 * np.pi * (begin - 90) / 365) > 0.3
    alone = rng.random(cases) < np.where(summer, 0.75, 0.3)
    people = {
        "object": choose(rng, cases, {"пристройка": 3, "дом": 4, "магазин": 2, "склад": 2}),
        "applies": ["сам" if one else "через фирму" for one in alone],
        "district": choose(rng, cases, {"Центр": 3, "Восток": 2, "Запад": 3}),
    }
    return Alien(
        "permit", seed, MAP % {"silence": silence}, planted, people, list(range(cases)),
        [float(day) * DAY for day in begin], 1000, 540 * DAY, story,
        ("customer_id", "case_id", "time", "activity", "performer", "promised_at"), quirks=dates,
    )  # fmt: skip
