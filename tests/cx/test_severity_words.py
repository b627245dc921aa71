"""Words that make a journey a grave one, and innocent words that look like them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tropa.cx.severity_words import (
    WORDS,
    names_answer,
    names_complaint,
    names_money,
    names_payment,
    names_question,
    said,
)


def reasons(text: str | None) -> set[str]:
    bits = int(said(pa.array([text], pa.large_string()))[0])
    return {reason for place, reason in enumerate(WORDS) if bits >> place & 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Подаю жалобу в Роспотребнадзор!", "authority"),
        ("буду писать в ЦБ РФ", "authority"),
        ("Напишу заявление в прокуратуру", "authority"),
        ("Встретимся в суде", "authority"),
        ("Готовлю иск.", "authority"),
        ("Мой адвокат с вами свяжется", "authority"),
        ("мы вас засудим", "authority"),
        ("расскажу журналистам", "authority"),
        ("I will see you in court", "authority"),
        ("I'm going to sue you", "authority"),
        ("my lawyers are informed", "authority"),
        ("Writing to the Central Bank today", "authority"),
        ("complaint sent to the ombudsman", "authority"),
        ("отравилась вашим салатом", "health"),
        ("Ребёнок попал в больницу", "health"),
        ("В супе нашли стекло", "health"),
        ("начался пожар", "health"),
        ("we got food poisoning", "health"),
        ("I was injured by the courier", "health"),
        ("the charger caught fire", "health"),
        ("телефон взорвался на зарядке", "health"),
        ("burnt my hand on it", "health"),
        ("there was glass in my salad", "health"),
        ("Деньги сняли два раза", "says_charged_twice"),
        ("дважды списали оплату", "says_charged_twice"),
        ("Двойное списание", "says_charged_twice"),
        ("I was charged for it twice", "says_charged_twice"),
        ("A double charge again", "says_charged_twice"),
        ("это мошенники", "fraud"),
        ("деньги украли", "fraud"),
        ("a total scam", "fraud"),
    ],
)
def test_grave(text: str, reason: str) -> None:
    assert reason in reasons(text)
    assert reason in reasons(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "Хочу обсудить доставку, судя по всему, судно не пришло",
        "морские суда и рассудок",
        "ставка ЦБ выросла, поэтому и кредит дорогой",
        "рискнул и не пожалел, диск пришёл",
        "пожарная сигнализация в отделении исправна",
        "всё отправилось вовремя, а с опечаткой отравилось",
        "загорелый курьер приехал быстро",
        "оплата прошла только со второго раза",
        "приходил дважды",
        "спасибо, вежливый персонал",
        "the food court was closed, the tennis court too",
        "courteous staff, Sue was a star",
        "delivered to the hospital where I work",
        "it took me twice as long",
        "to add insult to injury the plane reeked of vomit, my money was on fire",
        "не мне вас судить, лампочка загорелась, факультет журналистики",
        "fired up my laptop and paid",
        "issue pursued without result",
        "😀😀😀",
        "",
    ],
)
def test_innocent(text: str) -> None:
    assert reasons(text) == set()


def test_nothing_said_and_very_long_texts() -> None:
    assert reasons(None) == set()
    assert reasons("ж" * 100_000 + " подам в суд. " + "😀" * 10_000) == {"authority"}
    assert list(said(pa.array([], pa.large_string()))) == []


def test_names() -> None:
    names = ["complaint_filed", "complaint_answered", "Жалоба", "Ответ на жалобу", "bonus_claim", "question", "payment"]
    assert names_complaint(names).tolist() == [True, False, True, False, False, False, False]
    assert names_answer(names).tolist() == [False, True, False, True, False, False, False]
    assert names_question([*names, "questionnaire_sent", "Вопрос"]).tolist()[-4:] == [True, False, False, True]
    assert names_payment(["first_payment", "Оплата заказа", "visit", "display"]).tolist() == [True, True, False, False]
    assert [names_money(name) for name in ("amount", "order_total", "Сумма", "paymentAmount", "device", "summary")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
