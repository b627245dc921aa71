"""A clinic: no horizon, no actors in the events, failures under the same activity name, people leave without a sign."""

from __future__ import annotations

import math

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Приём в клинике
unit: case
goal: [Лечение назначено]
stages:
  - stage: Запись
    touchpoints:
      - touchpoint: Запись на приём
        when: {activity: [запись]}
        actor: customer
      - touchpoint: Перенос
        when: {activity: [перенос]}
        actor: customer
  - stage: Приём
    touchpoints:
      - touchpoint: Регистратура
        when: {activity: [пришёл]}
        actor: customer
        expects: {best: Сразу в кабинет, worst: Час в коридоре, within: %(limit)dm}
      - touchpoint: Кабинет врача
        when: {activity: [приём]}
        actor: employee
  - stage: Анализы
    touchpoints:
      - touchpoint: Направление
        when: {activity: [направление]}
        actor: system
        expects: {best: Уже в системе, worst: Не нашли, failures: 0.03}
      - touchpoint: Сдача анализов
        when: {activity: [анализы сданы]}
        actor: customer
      - touchpoint: Результаты
        when: {activity: [результаты готовы]}
        actor: system
      - touchpoint: Вопрос врачу
        when: {activity: [вопрос врачу]}
        actor: customer
        expects: {best: Ответ в тот же день, worst: Тишина, within: %(silence)dh}
      - touchpoint: Ответ врача
        when: {activity: [ответ врача]}
        actor: employee
  - stage: Лечение
    touchpoints:
      - touchpoint: Повторная запись
        when: {activity: [повторная запись]}
        actor: customer
      - touchpoint: Лечение назначено
        when: {activity: [лечение назначено]}
        actor: employee
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("clinic", seed)
    limit = int(rng.integers(4, 9)) * 5 * MINUTE
    corridor = limit * rng.uniform(0.5, 0.75)
    silence = int(rng.integers(24, 60)) * HOUR
    answer = silence * rng.uniform(0.5, 0.8)
    broken, gives_up_broken = rng.uniform(0.1, 0.18), rng.uniform(0.2, 0.4)
    gives_up_silence = rng.uniform(0.15, 0.35)
    broken_in = str(rng.choice(["Север", "Юг", "Запад"]))
    broken_since = int(rng.integers(35, 80))
    moved = {"до 30": 0.10, "30-44": 0.16, "45-59": 0.28, "60+": 0.5}
    lazy = {"до 30": 0.08, "30-44": 0.14, "45-59": 0.26, "60+": 0.42}

    def story(life: Life) -> None:
        age = life.of["age"]
        life.happens("запись")
        if life.meets("moved", moved[age]):
            life.happens("перенос", life.around("moved after", DAY, 0.6))
        if life.leaves("does not come", lazy[age] * 0.7):
            return
        life.happens("пришёл", life.around("comes", 3 * DAY, 0.6))
        life.waits("corridor", life.around("corridor", corridor, 0.75), limit, math.inf)
        if "corridor" in life.met:
            life.mood -= 1.4
            life.pains.append("Сидели в коридоре, хотя пришли по времени")
        life.happens("приём", performer="Терапевты")
        life.answers("csat", 0.3, "приём", ("Внимательный врач", "Спешили"))
        wait = life.around("referral", 5 * MINUTE, 0.5)
        here = broken * (2.6 if life.of["branch"] == broken_in else 0.5)
        if life.meets("broken", here * (1.0 if life.day >= broken_since else 0.1)):
            life.happens("направление", wait, status="failed")
            life.mood -= 0.9
            life.pains.append("Направление потеряли, его нет в системе")
            if life.chance("gives up broken", gives_up_broken):
                return
            wait = life.around("referral again", DAY, 0.5)
        life.happens("направление", wait, status="ok")
        if life.leaves("tests", lazy[age] * 0.5):
            return
        life.happens("анализы сданы", life.around("tests", 2 * DAY, 0.7))
        life.happens("результаты готовы", life.around("results", 1.5 * DAY, 0.4))
        worried = life.chance("worried", 0.45)
        if worried:
            life.happens("вопрос врачу", life.around("asks", 6 * HOUR, 0.8))
            life.waits("silence", life.around("answer", answer, 0.9), silence, math.inf)
            if "silence" in life.met:
                life.hurt += gives_up_silence
                life.mood -= 1.0
                life.pains.append("Врач не отвечает, непонятно, что делать")
            life.happens("ответ врача", performer="Терапевты")
        if life.leaves("second visit", 0.1 + lazy[age] * 0.4):
            return
        life.happens("повторная запись", life.around("second booking", DAY, 0.7))
        performer = "Терапевты" if not life.meets("other doctor", 0.2) else "Подменные врачи"
        life.happens("лечение назначено", life.around("second", 2 * DAY, 0.5), performer=performer)
        life.goal()
        life.answers("nps", 0.35, "лечение назначено", ("Спасибо клинике", "Долго"))

    planted = (
        Planted("broken", "barrier", "failure", "Направление", "направление", 1, (("branch", broken_in),), broken_since,
                also=("repeat", "wait")),
        Planted("silence", "barrier", "silence", "Вопрос врачу", "вопрос врачу", silence, also=("wait", "contact")),
        Planted("corridor", "inconvenience", "wait", "Регистратура", "пришёл", limit),
        Planted("moved", "harmless", "repeat", "Перенос", "перенос", 1, also=("return",),
                why="confounded by an attribute of four levels"),
    )  # fmt: skip
    people = {
        "age": choose(rng, customers, {"до 30": 3, "30-44": 3, "45-59": 3, "60+": 2}),
        "branch": choose(rng, customers, {"Север": 3, "Юг": 3, "Запад": 2, "Центр": 3}),
        "insured": choose(rng, customers, {"да": 1, "нет": 1}),
    }
    late = {
        "kind": "gap",
        "obstacle": "wait",
        "touchpoint": "Регистратура",
        "expectation": "within",
        "threshold": limit,
    }
    owner = list(range(customers)) + rng.integers(0, customers, customers // 5).tolist()
    return Alien(
        "clinic", seed, MAP % {"limit": limit / MINUTE, "silence": silence / HOUR}, planted, people, owner,
        beginnings(rng, len(owner), 150), 150, math.inf, story,
        ("customer_id", "case_id", "time", "activity", "performer", "status"),
        extra=(late,),
    )  # fmt: skip
