"""Small files as people export them: what each of them is, and which of its columns mean what."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

Row = Sequence[object]
REMARKS = (
    "Просит перезвонить после 18:00, дома никого нет",
    "клиент доволен",
    "Постоянный клиент, давали скидку 10 %",
    "уточнить адрес у диспетчера и перезвонить ещё раз",
    "ок",
    "не дозвонились, поставили на завтра",
)
NOTES = (
    "Asked to be called back after 6 pm, nobody at home",
    "happy",
    "ok",
    "Regular customer, was given a 10 % discount last time",
    "check the address with the dispatcher and call again",
)
PEOPLE = tuple(
    f"{family} {first}"
    for family in ("Иванова", "Петрова", "Сидорова", "Орлова", "Белова", "Гусева", "Котова", "Лосева", "Жукова")
    for first in ("Анна", "Мария", "Ольга", "Ирина", "Елена")
)
NAMES = tuple(
    f"{first} {family}"
    for first in ("Ann", "Bob", "Cid", "Dora", "Eve")
    for family in ("Stone", "Hill", "Reed", "Ford")
)


@dataclass(frozen=True)
class Odd:
    """A file, and what a person would take it for.

    Attributes:
        means: canonical column -> column of the file; one of several where any of them would do.
        milestones: columns, of a wide table.
        free: columns that must stay attributes.
    """

    file: str
    header: str
    rows: Callable[[random.Random], list[Row]]
    shape: str
    means: Mapping[str, str | tuple[str, ...]]
    milestones: tuple[str, ...] = ()
    free: tuple[str, ...] = field(default=())

    def write(self, folder: Path) -> Path:
        """Make the file, the same each time."""
        path = folder / self.file
        names = self.header.split(";")
        rows = self.rows(random.Random(self.file))
        if path.suffix == ".xlsx":
            pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None).write_excel(path)
            return path
        mark = "," if path.name.startswith("en_") else ";"
        lines = [mark.join(_cell(value, mark) for value in row) for row in rows]
        path.write_text("\n".join([mark.join(_cell(name, mark) for name in names), *lines]) + "\n", "utf-8")
        return path


def _cell(value: object, mark: str) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if mark in text else text


def day(moment: dt.datetime) -> str:
    return f"{moment:%d.%m.%Y}"


def minute(moment: dt.datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def iso(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


START = dt.datetime.fromisoformat("2026-03-02 09:00")


def told(
    steps: Sequence[str], row: Callable[[int, str, dt.datetime, dt.datetime, random.Random], Row], cases: int = 60
) -> Callable[[random.Random], list[Row]]:
    """One row a step: `row(case, step, when, the end promised for the case, random)`."""

    def rows(dice: random.Random) -> list[Row]:
        made: list[tuple[dt.datetime, Row]] = []
        for case in range(cases):
            moment = START + dt.timedelta(hours=7 * case)
            promised = moment + dt.timedelta(days=3 + case % 4)
            for step in steps[: len(steps) - (0 if dice.random() < 0.7 else dice.randrange(1, len(steps)))]:
                made.append((moment, row(case, step, moment, promised, dice)))
                moment += dt.timedelta(hours=dice.randrange(1, 40), minutes=dice.randrange(60))
        return [one for _, one in sorted(made, key=lambda pair: pair[0])]

    return rows


def one_a_case(
    row: Callable[[int, list[dt.datetime | None], dt.datetime, random.Random], Row], steps: int, cases: int = 60
) -> Callable[[random.Random], list[Row]]:
    """One row a case: `row(case, a moment or None for each step, the end promised, random)`."""

    def rows(dice: random.Random) -> list[Row]:
        made = []
        for case in range(cases):
            moment = START + dt.timedelta(hours=7 * case)
            promised = moment + dt.timedelta(days=10)
            moments: list[dt.datetime | None] = []
            reached = steps if dice.random() < 0.6 else dice.randrange(1, steps)
            for step in range(steps):
                moments.append(moment if step < reached else None)
                moment += dt.timedelta(hours=dice.randrange(5, 70))
            made.append(row(case, moments, promised, dice))
        return made

    return rows


def card(case: int) -> str:
    return f"{100200 + 37 * case}"


def phone(case: int) -> str:
    return f"7916{5550000 + 811 * case}"


def contract(case: int) -> str:
    return f"Д-{2000 + case}/26"


def some(day_of: Callable[[dt.datetime], str], moment: dt.datetime | None) -> str | None:
    return None if moment is None else day_of(moment)


ODD: tuple[Odd, ...] = (
    Odd(
        "Окна этапы.csv",
        "Номер договора;Что произошло;Когда;Обещано клиенту до;Бригада;Комментарий",
        told(
            ("Замер", "Договор подписан", "Изготовление", "Доставка", "Монтаж"),
            lambda c, s, t, p, r: (contract(c // 2), s, minute(t), day(p), f"Бригада {c % 4}", r.choice(REMARKS)),
        ),
        "events",
        {
            "customer_id": "Номер договора",
            "activity": "Что произошло",
            "time": "Когда",
            "promised_at": "Обещано клиенту до",
        },
        free=("Комментарий",),
    ),
    Odd(
        "clinic.xlsx",
        "Дата приёма;Медкарта;Услуга;Примечание врача;Кабинет",
        told(
            ("Первичный приём", "УЗИ", "Анализы", "Повторный приём"),
            lambda c, s, t, p, r: (t, f"МК{card(c)}", s, f"{r.choice(REMARKS)}, визит {c % 50}", f"{c % 9 + 1}"),
        ),
        "events",
        {"customer_id": "Медкарта", "activity": "Услуга", "time": "Дата приёма"},
        free=("Примечание врача", "Кабинет"),
    ),
    Odd(
        "автосервис.csv",
        "Дата;Госномер;Заказ-наряд;Работа;Мастер;Обещанный срок;Сумма",
        told(
            ("Запись", "Приёмка", "Диагностика", "Ремонт", "Выдача"),
            lambda c, s, t, p, r: (
                minute(t),
                f"А{100 + c // 2}ВС77",
                f"ЗН-{c}",
                s,
                f"М{c % 3}",
                day(p),
                f"{r.randrange(9999)},00",
            ),
        ),
        "events",
        {
            "customer_id": "Госномер",
            "case_id": "Заказ-наряд",
            "activity": "Работа",
            "time": "Дата",
            "performer": "Мастер",
            "promised_at": "Обещанный срок",
            "value": "Сумма",
        },
    ),
    Odd(
        "Окна таблица.csv",
        "Договор;Телефон;Замер;Изготовление;Доставка;Монтаж;Срок по договору;Менеджер",
        one_a_case(lambda c, m, p, r: (contract(c), phone(c // 2), *(some(day, t) for t in m), day(p), f"М{c % 3}"), 4),
        "wide",
        {"customer_id": ("Телефон", "Договор"), "promised_at": "Срок по договору"},
        ("Замер", "Изготовление", "Доставка", "Монтаж"),
    ),
    Odd(
        "курьеры.csv",
        "Когда;Трек-номер;Статус;Плановая дата;Курьер;Город",
        told(
            ("Принят", "На складе", "Передан курьеру", "Вручён"),
            lambda c, s, t, p, r: (minute(t), f"RU{card(c)}", s, day(p), f"К{c % 5}", ("Казань", "Пермь")[c % 2]),
        ),
        "events",
        {"customer_id": "Трек-номер", "activity": "Статус", "time": "Когда", "promised_at": "Плановая дата"},
        free=("Город",),
    ),
    Odd(
        "en_hotel.csv",
        "Guest;Booking no;What;Date;Promised until;Booked through",
        told(
            ("booked", "checked in", "room service", "complaint", "checked out"),
            lambda c, s, t, p, r: (NAMES[c % 20], f"B{c:04}", s, iso(t), iso(p), ("web", "phone")[c % 2]),
        ),
        "events",
        {
            "customer_id": "Guest",
            "case_id": "Booking no",
            "activity": "What",
            "time": "Date",
            "promised_at": "Promised until",
        },
    ),
    Odd(
        "en_saas.csv",
        "account;user_email;event;ts;plan;trial ends",
        told(
            ("signup", "invite", "connect", "pay"),
            lambda c, s, t, p, r: (f"acc-{c // 3}", f"u{c}@x.io", s, iso(t), ("pro", "free")[c % 2], iso(p)),
        ),
        "events",
        {"customer_id": ("user_email", "account"), "activity": "event", "time": "ts"},
        free=("plan", "trial ends"),
    ),
    Odd(
        "подбор.csv",
        "Кандидат;Вакансия;Этап;Дата этапа;Рекрутер;Комментарий рекрутера",
        told(
            ("Отклик", "Звонок", "Интервью", "Оффер", "Выход"),
            lambda c, s, t, p, r: (PEOPLE[c % 45], f"Вакансия {c % 4}", s, day(t), f"Р{c % 3}", r.choice(REMARKS)),
        ),
        "events",
        {"customer_id": "Кандидат", "activity": "Этап", "time": "Дата этапа"},
        free=("Вакансия", "Комментарий рекрутера"),
    ),
    Odd(
        "Обращения.xlsx",
        "Создано;Карта лояльности;Что случилось;Заметка",
        told(
            ("Вопрос", "Ответ", "Повторный вопрос", "Закрыто"),
            lambda c, s, t, p, r: (t, 700100 + c * 13, s, f"{r.choice(REMARKS)} ({r.randrange(90)})"),
        ),
        "events",
        {"customer_id": "Карта лояльности", "activity": "Что случилось", "time": "Создано"},
        free=("Заметка",),
    ),
    Odd(
        "en_repairs.csv",
        "Started;Finished;Serial;Step;Technician;Remarks",
        told(
            ("received", "diagnosed", "repaired", "shipped"),
            lambda c, s, t, p, r: (iso(t), iso(t + dt.timedelta(minutes=40)), f"SN{card(c)}", s, "T1", r.choice(NOTES)),
        ),
        "events",
        {"customer_id": "Serial", "activity": "Step", "time": "Started", "ended_at": "Finished"},
        free=("Remarks",),
    ),
    Odd(
        "en_shop.csv",
        "created;order;state;deadline;note",
        told(
            ("new", "paid", "packed", "sent", "delivered"),
            lambda c, s, t, p, r: (iso(t), f"{5000 + c}", s, iso(p), r.choice(NOTES)),
        ),
        "events",
        {"customer_id": "order", "activity": "state", "time": "created", "promised_at": "deadline"},
        free=("note",),
    ),
    Odd(
        "en_bank.csv",
        "client no;operation;posting date;value date;amount",
        told(
            ("deposit", "withdrawal", "transfer", "fee"),
            lambda c, s, t, p, r: (f"C{c}", s, iso(t), iso(t + dt.timedelta(days=1)), r.randrange(9999)),
        ),
        "events",
        {"customer_id": "client no", "activity": "operation", "time": "posting date", "value": "amount"},
    ),
    Odd(
        "en_claims.csv",
        "claim no;policy holder;reported;inspected;approved;paid;deadline;state",
        one_a_case(
            lambda c, m, p, r: (
                f"CL{c}",
                f"{NAMES[c % 20]}",
                *(some(iso, t) for t in m),
                iso(p),
                ("open", "closed")[c % 2],
            ),
            4,
        ),
        "wide",
        {"customer_id": ("policy holder", "claim no"), "promised_at": "deadline"},
        ("reported", "inspected", "approved", "paid"),
    ),
    Odd(
        "салон.csv",
        "Дата визита;Время;Клиентка;Услуга;Мастер;Стоимость",
        told(
            ("Стрижка", "Окрашивание", "Маникюр"),
            lambda c, s, t, p, r: (day(t), f"{t:%H:%M}", PEOPLE[c % 45], s, f"М{c % 4}", 1500),
        ),
        "events",
        {"customer_id": "Клиентка", "activity": "Услуга", "time": "Дата визита", "value": "Стоимость"},
    ),
    Odd(
        "en_nps.csv",
        "Submitted;Email;How likely to recommend;Why",
        lambda r: [(iso(START + dt.timedelta(hours=i)), f"u{i}@x.io", i % 11, r.choice(NOTES)) for i in range(80)],
        "feedback",
        {"customer_id": "Email", "time": "Submitted", "score": "How likely to recommend", "text": "Why"},
    ),
    Odd(
        "Клиенты.csv",
        "Карта;Дата рождения;Дата регистрации;Пол;Город",
        lambda r: [
            (
                f"К{card(i)}",
                f"{1 + i % 27:02}.0{1 + i % 9}.{1960 + i % 40}",
                day(START - dt.timedelta(days=i)),
                "жм"[i % 2],
                "Казань",
            )
            for i in range(80)
        ],
        "customers",
        {"customer_id": "Карта"},
        free=("Дата рождения", "Дата регистрации"),
    ),
    Odd(
        "звонки.csv",
        "Начало звонка;Конец звонка;Номер абонента;Тема;Оператор;Результат",
        told(
            ("Тариф", "Баланс", "Жалоба", "Отключение"),
            lambda c, s, t, p, r: (
                minute(t),
                minute(t + dt.timedelta(minutes=6)),
                phone(c // 2),
                s,
                f"О{c % 6}",
                "решён",
            ),
        ),
        "events",
        {"customer_id": "Номер абонента", "activity": "Тема", "time": "Начало звонка", "ended_at": "Конец звонка"},
    ),
    Odd(
        "en_food.csv",
        "order;customer_phone;ordered;cooked;picked up;delivered;promised until",
        one_a_case(lambda c, m, p, r: (f"{c + 900}", phone(c // 3), *(some(iso, t) for t in m), iso(p)), 4),
        "wide",
        {"customer_id": "customer_phone", "case_id": "order", "promised_at": "promised until"},
        ("ordered", "cooked", "picked up", "delivered"),
    ),
    Odd(
        "сделки.csv",
        "ID сделки;Контакт;Стадия;Дата изменения;Плановая дата закрытия;Ответственный",
        told(
            ("Новая", "Переговоры", "Договор", "Оплата"),
            lambda c, s, t, p, r: (f"{c}", PEOPLE[c % 45], s, minute(t), day(p), f"О{c % 3}"),
        ),
        "events",
        {
            "customer_id": "Контакт",
            "case_id": "ID сделки",
            "activity": "Стадия",
            "time": "Дата изменения",
            "promised_at": "Плановая дата закрытия",
        },
    ),
    Odd(
        "en_tickets.csv",
        "Ticket ID;Requester;Updated;Status;Assignee;Subject;Due date",
        told(
            ("open", "pending", "on hold", "solved"),
            lambda c, s, t, p, r: (f"T{c}", f"{NAMES[c % 20]}", iso(t), s, "A1", r.choice(NOTES), iso(p)),
        ),
        "events",
        {
            "customer_id": ("Requester", "Ticket ID"),
            "activity": "Status",
            "time": "Updated",
            "promised_at": "Due date",
        },
        free=("Subject",),
    ),
    Odd(
        "ветклиника.csv",
        "Кличка;Владелец;Дата приёма;Процедура;Срок",
        told(
            ("Осмотр", "Прививка", "Операция", "Контроль"),
            lambda c, s, t, p, r: (("Рекс", "Мурка")[c % 2], PEOPLE[c % 45], minute(t), s, f"{2 + c % 5} дн."),
        ),
        "events",
        {"customer_id": "Владелец", "activity": "Процедура", "time": "Дата приёма"},
        free=("Срок",),
    ),
    Odd(
        "план-факт.csv",
        "Заявка;Работы;Дата план;Дата факт;Подрядчик",
        told(
            ("Выезд", "Смета", "Ремонт", "Приёмка"),
            lambda c, s, t, p, r: (f"З{c}", s, day(t + dt.timedelta(days=1)), day(t), f"П{c % 3}"),
        ),
        "events",
        {"customer_id": "Заявка", "activity": "Работы", "time": "Дата факт", "promised_at": "Дата план"},
    ),
    Odd(
        "en_fitness.csv",
        "member;visited;class;coach",
        told(
            ("yoga", "pilates", "box", "swim"),
            lambda c, s, t, p, r: (f"m{c}", iso(t), s, f"coach {c % 3}"),
        ),
        "events",
        {"customer_id": "member", "activity": "class", "time": "visited"},
    ),
    Odd(
        "полис.csv",
        "Полис;Событие;Дата события;Срок действия полиса",
        told(
            ("Оформлен", "Оплачен", "Страховой случай", "Выплата"),
            lambda c, s, t, p, r: (f"П{card(c)}", s, day(t), day(p + dt.timedelta(days=300))),
        ),
        "events",
        {"customer_id": "Полис", "activity": "Событие", "time": "Дата события"},
        free=("Срок действия полиса",),
    ),
)
