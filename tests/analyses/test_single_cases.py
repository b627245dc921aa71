"""Rare and grave journeys: by hand, one reason at a time, and what is no rarity."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json
from tests.helpers import make_workspace

from tropa.analyses.single_cases import SingleCases
from tropa.analyses.single_cases_found import SingleCase
from tropa.cx.severity import RULES

MAP = """\
map: shop
unit: customer
goal: [Done]
stages:
  - stage: Order
    touchpoints:
      - {touchpoint: Visit, when: {activity: visit}}
      - {touchpoint: Payment, when: {activity: pay}}
  - stage: After
    touchpoints:
      - {touchpoint: Help, when: {activity: [complaint_filed, complaint_answered, question_asked]}}
      - {touchpoint: Done, when: {activity: done}}
"""
BEGIN = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
Row = dict[str, Any]


def event(customer: str, activity: str, hours: float, **more: Any) -> Row:
    return {
        "customer_id": customer,
        "activity": activity,
        "time": (BEGIN + dt.timedelta(hours=hours)).isoformat(),
        **more,
    }


def answer(customer: str, hours: float, text: str | None, kind: str = "complaint", **more: Any) -> Row:
    time = (BEGIN + dt.timedelta(hours=hours)).isoformat()
    return {"customer_id": customer, "time": time, "kind": kind, "text": text, **more}


def crowd(size: int = 200) -> list[Row]:
    """Customers to whom nothing happens; each asks something and is answered after 5 to 20 hours."""
    rows = []
    for number in range(size):
        name, late = f"n{number}", 5 + number % 16
        rows += [
            event(name, "visit", number % 24),
            event(name, "pay", 25 + number % 24, value=10.0 + number),
            event(name, "question_asked", 50),
            event(name, "question_answered", 50 + late, actor="employee"),
            event(name, "done", 80),
        ]
    return [*rows, event("end", "visit", 24 * 90)]


def ask(folder: Path, events: list[Row], feedback: list[Row] | None = None, **params: Any) -> SingleCases:
    workspace = make_workspace(folder / "ws", events, feedback or (), map_text=params.pop("map_text", MAP))
    result = workspace.ask("single_cases", **params).result
    assert isinstance(result, SingleCases)
    json.loads(to_json(result, inf_nan_mode="constants"), parse_constant=pytest.fail)
    return result


def only(result: SingleCases) -> SingleCase:
    assert len(result.cases) == result.cases_total == 1, result.cases
    return result.cases[0]


def told(case: SingleCase) -> dict[str, tuple[float, float | None]]:
    return {one.reason: (one.weight, one.number) for one in case.reasons}


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    result = ask(tmp_path, crowd(), [answer("n1", 60, "Спасибо, всё хорошо", "review")], least=0)
    assert (result.cases, result.cases_total, result.patterns) == ((), 0, ())
    assert {row.reason for row in result.searched} == set(RULES)
    silent = {row.reason for row in result.searched if row.journeys is None}
    assert silent == {"repeated_complaint"}, result.searched
    assert all(row.journeys == 0 for row in result.searched if row.reason not in silent)


def test_charged_twice_complained_twice_and_threatens(tmp_path: Path) -> None:
    events = [
        *crowd(),
        event("x", "pay", 10, value=99.5),
        event("x", "pay", 10.01, value=99.5, actor="system"),
        event("x", "complaint_filed", 20),
        event("x", "complaint_answered", 30, actor="employee"),
        event("x", "complaint_filed", 50),
        event("x", "complaint_answered", 60, actor="employee"),
    ]
    said = [answer("x", 50.01, "Деньги сняли два раза, иду в суд! Мой телефон +7 916 123-45-67")]
    result = ask(tmp_path, events, said)
    case = only(result)
    assert told(case) == {
        "charged_twice": (45, 99.5),
        "authority": (40, None),
        "repeated_complaint": (30, 2.0),
        "says_charged_twice": (10, None),
    }
    assert (case.severity, case.obstacle, case.activity) == (100, "repeat", "pay")
    assert (case.customer_id, case.stage, case.touchpoint) == ("x", "Order", "Payment")
    assert case.quote is not None and "иду в суд" in case.quote.text and "916" not in case.quote.text
    assert case.sentence("RUB", "ru") == (
        "Клиент x («Payment»): один платёж взят дважды (99,5\u00a0₽); пишет о суде, надзоре, юристе или прессе; "
        "2 жалобы; пишет, что деньги взяли дважды."
    )
    assert case.sentence("EUR", "en").startswith("Customer x (Payment): one payment was taken twice (99.5 EUR); speaks")


@pytest.mark.parametrize(
    "second",
    [
        {"value": 12.0},
        {"value": 11.0, "status": "failed"},
        {"value": None},
    ],
)
def test_not_the_same_payment(tmp_path: Path, second: Row) -> None:
    events = [*crowd(), event("x", "pay", 10, value=11.0), event("x", "pay", 10.1, **second)]
    assert ask(tmp_path, events, least=0).cases == ()


def test_a_payment_given_back_is_mended(tmp_path: Path) -> None:
    twice = [event("x", "pay", 10, value=11.0), event("x", "pay", 10.1, value=11.0)]
    assert only(ask(tmp_path / "a", crowd() + twice)).reasons[0].reason == "charged_twice"
    mended = [*crowd(), *twice, event("x", "refund", 20, value=-11.0)]
    assert ask(tmp_path / "b", mended, least=0).cases == ()


def test_paying_the_same_again_is_usual_where_many_do(tmp_path: Path) -> None:
    rare = [*crowd(), event("x", "pay", 10, value=11.0), event("x", "pay", 500, value=11.0)]
    assert told(only(ask(tmp_path / "rare", rare, least=25))) == {"paid_again": (25, 11.0)}
    usual = crowd() + [event(f"n{number}", "pay", 500, value=10.0 + number) for number in range(50)]
    result = ask(tmp_path / "usual", usual, least=0)
    assert result.cases == ()
    assert [(row.reason, row.activity, row.journeys, row.n) for row in result.patterns] == [
        ("paid_again", "pay", 50, 200)
    ]


def test_a_sum_that_is_an_attribute_is_money_for_payments_alone(tmp_path: Path) -> None:
    plain = [{name: value for name, value in row.items() if name != "value"} for row in crowd()]
    twice = [event("x", "pay", 10, amount="7.50"), event("x", "pay", 10.1, amount="7.50")]
    looked = [event("y", "visit", 10, amount="8"), event("y", "visit", 10.1, amount="8")]
    case = only(ask(tmp_path, plain + twice + looked))
    assert (case.customer_id, told(case)) == ("x", {"charged_twice": (45, 7.5)})


def test_what_many_say_is_a_pattern(tmp_path: Path) -> None:
    said = [answer(f"n{number}", 60, "иду в суд") for number in range(20)] + [answer("n30", 60, "отравился едой")]
    result = ask(tmp_path, crowd(), said)
    assert (only(result).customer_id, told(only(result))) == ("n30", {"health": (50, None)})
    assert only(result).obstacle == "contact"
    assert [(row.reason, row.journeys, row.n) for row in result.patterns] == [("authority", 20, 201)]
    assert result.patterns[0].share == pytest.approx(20 / 201)


def test_satisfied_customers_threaten_nobody(tmp_path: Path) -> None:
    said = [
        answer("n1", 60, "Спасибо вашему юристу", "csat", score=5),
        answer("n2", 60, "Спасибо юристу", "csat", score=1),
    ]
    assert only(ask(tmp_path, crowd(), said)).customer_id == "n2"


def test_one_complaint_written_down_twice_is_one(tmp_path: Path) -> None:
    events = [*crowd(), event("x", "complaint_filed", 20), event("x", "complaint_answered", 30, actor="employee")]
    once = ask(tmp_path / "a", events, [answer("x", 20.1, "плохо"), answer("x", 21, "очень плохо")], least=0)
    assert once.cases == ()
    again = ask(tmp_path / "b", events, [answer("x", 20.1, "плохо"), answer("x", 100, "опять плохо")], least=0)
    assert told(only(again)) == {"repeated_complaint": (30, 2.0)}
    alone = ask(tmp_path / "c", crowd(), [answer("n1", hours, None) for hours in (60, 90, 120, 150)], least=0)
    assert told(only(alone)) == {"repeated_complaint": (40, 4.0)}
    assert only(alone).quote is None


def test_silence_grows_with_time_and_ends_with_an_answer(tmp_path: Path) -> None:
    events = [*crowd(), event("x", "complaint_filed", 24 * 20)]
    case = only(ask(tmp_path / "a", events))
    assert told(case) == {"silence": (30, 70 * 86400.0)}
    assert (case.obstacle, case.touchpoint, case.activity) == ("silence", "Help", "complaint_filed")
    assert case.sentence("", "ru") == "Клиент x («Help»): без ответа уже 70 дней."
    late = [*events, event("x", "complaint_answered", 24 * 80, actor="employee")]
    assert ask(tmp_path / "b", late, least=0).cases == ()
    promised = [*crowd(), event("x", "complaint_filed", 24 * 85, promised_at="2026-04-01T10:00:00")]
    assert told(only(ask(tmp_path / "c", promised, least=0))) == {"silence": (20, 5 * 86400.0)}


def test_silence_is_not_told_where_answers_are_not_in_the_data(tmp_path: Path) -> None:
    events = [row for row in crowd() if row["activity"] != "question_answered" and row["activity"] != "done"]
    result = ask(tmp_path, events, least=0)
    assert (result.cases, result.patterns) == ((), ())
    why = {row.reason: (row.journeys, row.why) for row in result.searched}["silence"]
    assert why[0] is None and why[1] is not None


def test_an_extreme_wait(tmp_path: Path) -> None:
    events = [*crowd(), event("x", "question_asked", 50), event("x", "question_answered", 50 + 1600, actor="employee")]
    case = only(ask(tmp_path, events))
    [(weight, number)] = told(case).values()
    assert (number, case.obstacle, case.activity) == (1600 * 3600.0, "wait", "question_answered")
    assert 30 <= weight <= 40
    usual = [*crowd(), event("x", "question_asked", 50), event("x", "question_answered", 80, actor="employee")]
    assert ask(tmp_path / "usual", usual, least=0).cases == ()


def test_a_big_customer_who_leaves_after_trouble(tmp_path: Path) -> None:
    events = [*crowd(), event("x", "pay", 10, value=5000.0), event("x", "visit", 20, status="failed")]
    case = only(ask(tmp_path / "a", events))
    assert (told(case), case.obstacle, case.touchpoint) == ({"big_customer_left": (30, 5000.0)}, "failure", "Visit")
    content = [*crowd(), event("x", "pay", 10, value=5000.0), event("x", "visit", 20)]
    assert ask(tmp_path / "b", content, least=0).cases == ()


def test_only_who_brings_most_is_a_big_customer(tmp_path: Path) -> None:
    """Two of 200 are the 1 %: whoever brings what most bring, and the same as many who left, is no rarity."""
    rows = [event(f"c{n}", "pay", n % 24, value=1_000.1 if n < 2 else 10.1) for n in range(200)]
    trouble = [event(name, "visit", 30, status="failed") for name in ("c0", "c5")]
    case = only(ask(tmp_path / "ws", [*rows, *trouble, event("end", "visit", 4_000)]))
    assert (case.customer_id, told(case)) == ("c0", {"big_customer_left": (30, 1_000.1)})


def test_order_limit_and_without_a_map(tmp_path: Path) -> None:
    said = [
        answer("n1", 60, "иду в суд"),
        answer("n2", 61, "отравился"),
        answer("n3", 62, "отравился, иду в суд"),
        answer("n4", 63, "иду в суд"),
    ]
    for text in (MAP, None):
        folder = tmp_path / str(text is None)
        result = ask(folder, crowd(), said, limit=3, map_text=text)
        assert [case.customer_id for case in result.cases] == ["n3", "n2", "n4"]
        assert (result.cases_total, [case.severity for case in result.cases]) == (4, [90, 50, 40])
        assert result.cases[0].stage == ("After" if text else None)


def test_hard_input(tmp_path: Path) -> None:
    one = ask(tmp_path / "one", [event("x", "visit", 0)], [answer("x", 1, "😀" * 10), answer("x", 1.1, None)])
    assert one.cases == ()
    long = ask(tmp_path / "long", [event("x", "visit", 0)], [answer("x", 1, "плохо " * 20_000 + "подам в суд")])
    assert only(long).quote is not None and len(only(long).quote.text) < 500  # type: ignore[union-attr]
    costs = [event(f"c{number}", "pay", number, value=-5.0) for number in range(150)]
    assert ask(tmp_path / "costs", costs, least=0).cases == ()
