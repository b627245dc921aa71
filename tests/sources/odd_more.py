"""More small files as people export them, of other trades."""

from __future__ import annotations

import datetime as dt

from tests.sources.odd_files import (
    NAMES,
    NOTES,
    PEOPLE,
    REMARKS,
    START,
    Odd,
    card,
    contract,
    day,
    iso,
    minute,
    one_a_case,
    phone,
    some,
    told,
)

MORE: tuple[Odd, ...] = (
    Odd(
        "Заявления МФЦ.csv",
        "Номер дела;Заявитель;Услуга;Этап;Дата и время этапа;Регламентный срок;Окно",
        told(
            ("Приём", "Проверка", "Межвед запрос", "Решение", "Выдача"),
            lambda c, s, t, p, r: (f"{9000 + c}", PEOPLE[c % 45], "Паспорт", s, minute(t), day(p), f"{c % 7 + 1}"),
        ),
        "events",
        {"customer_id": "Заявитель", "case_id": "Номер дела", "activity": "Этап", "time": "Дата и время этапа"},
    ),
    Odd(
        "en_moving.csv",
        "Job;Customer name;Quoted on;Booked on;Moved on;Paid on;Promised by;Crew",
        one_a_case(lambda c, m, p, r: (f"J{c}", NAMES[c % 20], *(some(iso, t) for t in m), iso(p), f"crew {c % 3}"), 4),
        "wide",
        {"customer_id": "Customer name", "promised_at": "Promised by"},
        ("Quoted on", "Booked on", "Moved on", "Paid on"),
    ),
    Odd(
        "школа английского.csv",
        "Ученик;Урок;Преподаватель;Дата урока;Тип события;Замечания",
        told(
            ("Пробный", "Оплата", "Занятие", "Пропуск", "Заморозка"),
            lambda c, s, t, p, r: (f"{card(c)}", "A1", f"П{c % 4}", day(t), s, r.choice(REMARKS)),
        ),
        "events",
        {"customer_id": "Ученик", "activity": "Тип события", "time": "Дата урока"},
        free=("Замечания",),
    ),
    Odd(
        "en_taxi.csv",
        "ride;passenger phone;state;at;driver;fare;ETA",
        told(
            ("requested", "accepted", "arrived", "started", "finished"),
            lambda c, s, t, p, r: (f"r{c}", phone(c // 2), s, iso(t), f"d{c % 9}", 12.5, iso(p)),
        ),
        "events",
        {"customer_id": "passenger phone", "activity": "state", "time": "at", "promised_at": "ETA"},
    ),
    Odd(
        "Кухни.xlsx",
        "№ заказа;Дата замера;Дата договора;Дата доставки;Дата установки;Обещали клиенту;Дизайнер;Комментарии",
        one_a_case(lambda c, m, p, r: (f"К-{c}", *m, p, f"Д{c % 3}", r.choice(REMARKS)), 4),
        "wide",
        {"customer_id": "№ заказа", "promised_at": "Обещали клиенту"},
        ("Дата замера", "Дата договора", "Дата доставки", "Дата установки"),
        free=("Комментарии",),
    ),
    Odd(
        "отзывы.csv",
        "Дата;Номер телефона;Филиал;Отзыв",
        lambda r: [
            (day(START + dt.timedelta(days=i % 50)), phone(i), f"Филиал {i % 3}", f"{r.choice(REMARKS)} {i}")
            for i in range(90)
        ],
        "feedback",
        {"customer_id": "Номер телефона", "time": "Дата", "text": "Отзыв"},
    ),
    Odd(
        "en_csat.csv",
        "Survey sent;Survey answered;Contract;Agent;CSAT;Free comment",
        lambda r: [
            (
                iso(START + dt.timedelta(hours=i)),
                iso(START + dt.timedelta(hours=i + 5)),
                f"CT-{3000 + i}",
                f"a{i % 5}",
                1 + i % 5,
                r.choice(NOTES),
            )
            for i in range(90)
        ],
        "feedback",
        {"customer_id": "Contract", "score": "CSAT", "text": "Free comment"},
    ),
    Odd(
        "абоненты.csv",
        "Лицевой счёт;Тариф;Дата подключения;Дата окончания контракта;Регион",
        lambda r: [
            (
                f"77{card(i)}",
                ("Мини", "Макси")[i % 2],
                day(START - dt.timedelta(days=i)),
                day(START + dt.timedelta(days=i)),
                "ЮФО",
            )
            for i in range(80)
        ],
        "customers",
        {"customer_id": "Лицевой счёт"},
        free=("Тариф", "Регион"),
    ),
    Odd(
        "en_leads.csv",
        "lead;owner;stage changed at;new stage;expected to close by",
        told(
            ("new", "qualified", "proposal", "won"),
            lambda c, s, t, p, r: (f"L-{c}", f"o{c % 4}", iso(t), s, iso(p)),
        ),
        "events",
        {"customer_id": "lead", "activity": "new stage", "time": "stage changed at"},
    ),
    Odd(
        "юристы.csv",
        "Доверитель;Дело;Что сделано;Дата исполнения;Крайний срок;Юрист",
        told(
            ("Консультация", "Иск подан", "Заседание", "Решение"),
            lambda c, s, t, p, r: (PEOPLE[c % 45], f"А40-{c}", s, day(t), day(p), f"Ю{c % 3}"),
        ),
        "events",
        {
            "customer_id": ("Доверитель", "Дело"),
            "activity": "Что сделано",
            "time": "Дата исполнения",
            "promised_at": "Крайний срок",
        },
    ),
    Odd(
        "сантехники.csv",
        "Дата заявки;Дата выполнения;Адрес;Телефон;Вид работ;Обещано до",
        told(
            ("Засор", "Протечка", "Установка", "Осмотр"),
            lambda c, s, t, p, r: (
                minute(t),
                minute(t + dt.timedelta(hours=9)),
                f"ул. Мира {c}",
                phone(c // 3),
                s,
                day(p),
            ),
        ),
        "events",
        {"customer_id": "Телефон", "activity": "Вид работ", "time": "Дата заявки", "promised_at": "Обещано до"},
    ),
    Odd(
        "en_library.csv",
        "Card number;Title;Action taken;Moment;Return until",
        told(
            ("reserved", "lent", "prolonged", "returned"),
            lambda c, s, t, p, r: (card(c), f"Book {r.randrange(40)}", s, iso(t), day(p)),
        ),
        "events",
        {"customer_id": "Card number", "activity": "Action taken", "time": "Moment"},
        free=("Title",),
    ),
    Odd(
        "онбординг.csv",
        "Табельный номер;Оффер принят;Первый день;Доступы выданы;Испытательный пройден;Плановый срок;Отдел",
        one_a_case(lambda c, m, p, r: (card(c), *(some(day, t) for t in m), day(p), f"Отдел {c % 4}"), 4),
        "wide",
        {"customer_id": "Табельный номер", "promised_at": "Плановый срок"},
        ("Оффер принят", "Первый день", "Доступы выданы", "Испытательный пройден"),
    ),
    Odd(
        "аптека.csv",
        "Чек;Дата покупки;Бонусная карта;Категория;Сумма чека;Акция",
        told(
            ("Витамины", "Рецептурные", "Гигиена", "БАД"),
            lambda c, s, t, p, r: (
                f"{r.randrange(10**8)}",
                minute(t),
                f"Б{card(c)}",
                s,
                f"{r.randrange(5000)}",
                ("да", "нет")[c % 2],
            ),
        ),
        "events",
        {"customer_id": "Бонусная карта", "time": "Дата покупки", "activity": "Категория", "value": "Сумма чека"},
        free=("Чек",),
    ),
    Odd(
        "en_telecom.csv",
        "MSISDN;Event time;Event description;Cell;Bytes",
        told(
            ("activated", "roaming on", "top up", "complaint"),
            lambda c, s, t, p, r: (phone(c), iso(t), s, f"cell {c % 9}", r.randrange(9999)),
        ),
        "events",
        {"customer_id": "MSISDN", "time": "Event time", "activity": "Event description"},
    ),
    Odd(
        "история договоров.csv",
        "Договор;Изменено;Статус договора;Телефон клиента;Срок договора;Менеджер",
        told(
            ("Черновик", "На согласовании", "Подписан", "Исполнен"),
            lambda c, s, t, p, r: (contract(c), minute(t), s, phone(c // 2), "12", f"М{c % 3}"),
        ),
        "events",
        {
            "customer_id": "Телефон клиента",
            "case_id": "Договор",
            "activity": "Статус договора",
            "time": "Изменено",
        },
        free=("Срок договора",),
    ),
)
