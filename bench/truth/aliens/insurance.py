"""Insurance claims: a promised day of the decision; leaving comes long after the obstacle; cases from one month."""

from __future__ import annotations

import math

from bench.truth.aliens.life import DAY, HOUR, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Страховой случай
unit: case
goal: [Выплата]
within: 90d
stages:
  - stage: Заявление
    touchpoints:
      - touchpoint: Заявление
        when: {activity: ["Заявление подано"]}
        actor: customer
      - touchpoint: Фото повреждений
        when: {activity: ["Фото загружены"]}
        actor: customer
        expects: {best: С первого раза, worst: Не грузится, failures: 0.05}
  - stage: Рассмотрение
    touchpoints:
      - touchpoint: Рассмотрение
        when: {activity: ["Принято в работу", "Смена эксперта"]}
        actor: employee
        process: {owner: Урегулирование, department: Эксперты}
      - touchpoint: Звонок в страховую
        when: {activity: ["Клиент звонит"]}
        actor: customer
      - touchpoint: Решение
        when: {activity: ["Решение"]}
        actor: employee
        process: {owner: Урегулирование, department: Эксперты}
  - stage: Выплата
    touchpoints:
      - touchpoint: Согласие
        when: {activity: ["Согласие с суммой", "Иск"]}
        actor: customer
      - touchpoint: Выплата
        when: {activity: ["Выплата"]}
        actor: system
        expects: {best: В тот же день, worst: Через месяц, score: 6}
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("insurance", seed)
    promise = int(rng.integers(7, 15)) * DAY
    decision = promise * rng.uniform(0.65, 0.85)
    hurt_late, hurt_photo = rng.uniform(0.15, 0.35), rng.uniform(0.12, 0.3)
    photo = rng.uniform(0.1, 0.2)
    photo_on = str(rng.choice(["Android", "iOS"]))
    calls, slow_in = rng.uniform(0.15, 0.3), str(rng.choice(["Юг", "Урал"]))
    changed = {"окно": 0.05, "бампер": 0.12, "дверь": 0.25, "тотал": 0.6}
    refuses = {"окно": 0.05, "бампер": 0.12, "дверь": 0.25, "тотал": 0.5}

    def story(life: Life) -> None:
        damage, phone = life.of["damage"], life.of["phone"]
        life.happens("Заявление подано", 0, "app")
        if life.leaves("photos", 0.07):
            return
        if life.meets("photo", photo * (1.7 if phone == photo_on else 0.4)):
            life.happens("Фото загружены", life.around("photo", HOUR, 1), "app", status="error")
            life.hurt += hurt_photo
            life.mood -= 0.7
            life.pains.append("Фото не загружаются, ошибка за ошибкой")
            if life.leaves("photos again", 0.02):
                return
        life.happens("Фото загружены", life.around("photo ok", HOUR, 1), "app", status="ok")
        life.happens(
            "Принято в работу", life.around("taken", 5 * HOUR, 0.6), "", "employee", "Эксперты",
            promised_in=promise,
        )  # fmt: skip
        accepted = life.t
        seconds = life.around("decision", decision * (1.35 if life.of["region"] == slow_in else 0.9), 0.5)
        # What happens while one waits knows nothing of how long the wait will be.
        change, call = life.around("change at", 0.2 * promise, 0.4), life.around("calls at", 0.45 * promise, 0.5)
        if life.meets("expert", changed[damage] if change < seconds else 0.0):
            life.happens("Смена эксперта", change, "", "employee", "Эксперты 2")
        life.t = accepted + call
        eager = calls * (2.2 if life.of["years"] == "первый год" else 0.7)
        if life.meets("call", eager if call < seconds else 0.0):
            life.happens("Клиент звонит", 0, "call")
            life.mood -= 1.2
            life.pains.append("Пришлось самому звонить, чтобы узнать, что с делом")
        life.events.sort(key=lambda event: float(event[0]))
        life.t = accepted
        life.waits("late", seconds, promise, math.inf)
        life.happens("Решение", 0, "", "employee", "Эксперты")
        if "late" in life.met:
            life.hurt += hurt_late
            life.mood -= 1.0
            life.pains.append("Обещали решение к сроку и обманули")
        if life.leaves("agree", refuses[damage]):
            return
        life.happens("Согласие с суммой", life.around("agree", 2 * DAY, 0.8), "app")
        if life.leaves("court", 0.03):
            life.happens("Иск", life.around("court", 20 * DAY, 0.5))
            return
        life.happens("Выплата", life.around("pay", 3 * DAY, 0.4), "", "system", "Бухгалтерия")
        life.goal()
        life.answers("nps", 0.4, "Выплата", ("Всё быстро", "Мало заплатили"))
        life.answers("ces", 0.15, "Выплата")

    planted = (
        Planted("late", "barrier", "broken_promise", "Рассмотрение", "Принято в работу", promise,
                (("region", slow_in),), also=("wait",)),
        Planted("photo", "barrier", "failure", "Фото повреждений", "Фото загружены", 1, (("phone", photo_on),),
                also=("repeat",)),
        Planted("call", "inconvenience", "contact", "Звонок в страховую", "Клиент звонит", 1,
                (("years", "первый год"),), also=("switch", "return"), also_at=("Рассмотрение",)),
        Planted("expert", "harmless", "handover", "Рассмотрение", "Смена эксперта", 1,
                why="confounded by an attribute of four levels"),
    )  # fmt: skip
    people = {
        "damage": choose(rng, customers, {"окно": 3, "бампер": 4, "дверь": 3, "тотал": 2}),
        "region": choose(rng, customers, {"Центр": 4, "Юг": 2, "Урал": 2}),
        "phone": choose(rng, customers, {"Android": 3, "iOS": 2}),
        "years": choose(rng, customers, {"первый год": 1, "давно": 2}),
    }
    slow = {"kind": "bottleneck", "obstacle": "wait", "touchpoint": "Рассмотрение", "department": "Эксперты"}
    return Alien(
        "insurance", seed, MAP, planted, people, list(range(customers)), beginnings(rng, customers, 200, 0.85), 200,
        90 * DAY, story,
        ("customer_id", "case_id", "time", "activity", "channel", "actor", "performer", "status", "promised_at"),
        extra=(slow,),
    )  # fmt: skip
