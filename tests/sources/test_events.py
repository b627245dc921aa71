"""Rows into events, feedback, customers and identities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tropa.errors import TropaError
from tropa.sources import CANONICAL, Reading, recognise
from tropa.sources.model import FileKind
from tropa.sources.plan import Plan


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_every_canonical_column(load: Callable[..., Any]) -> None:
    text = (
        "customer_id,time,activity,case_id,event_id,channel,actor,performer,status,ended_at,promised_at,value,region\n"
        "A,2020-01-01T10:00:00+03:00,visit,c1,e1,web,Employee,KYC,FAILED,2020-01-01 11:00,2020-01-02,12.5,North\n"
        "B,2020-01-01 10:00,call,,,,,,,,,,\n"
    )
    got = load("a.csv", text, timezone="Europe/Moscow")
    assert got.rows.schema == pl.Schema({**CANONICAL["events"], "region": pl.String()})
    assert got.rows.row(0) == (
        "A", utc(2020, 1, 1, 7), "visit", "c1", "e1", "web", "employee", "KYC", "failed", utc(2020, 1, 1, 8),
        utc(2020, 1, 1, 21), 12.5, "North",
    )  # fmt: skip
    assert got.rows.row(1) == (
        "B", utc(2020, 1, 1, 7), "call", None, None, None, "customer", None, "ok", None, None, None, None,
    )  # fmt: skip


def test_columns_for_which_the_file_has_nothing_are_absent(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,time,activity,value,promised_at,actor,region\nA,2020-01-01,visit,,,,\n")
    assert got.rows.columns == ["customer_id", "time", "activity"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2020-01-01,visit,,,,", "No customer: 'customer_id' is empty."),
        ("A,,visit,,,,", "No time: the column 'time' is empty."),
        ("A,2020-02-30,visit,,,,", "time '2020-02-30' is an impossible date or time."),
        ("A,2020-01-01,,,,,", "No activity: the column 'activity' is empty."),
        ("A,2020-01-01, ,,,,", "No activity: the column 'activity' is empty."),
        ("A,2020-01-01,visit,12 руб,,,", "value '12 руб' is not a number."),
        ("A,2020-01-01,visit,,robot,,", "actor 'robot' is none of customer, employee, system."),
        ("A,2020-01-01,visit,,,later,", "ended_at 'later' cannot be read as a time."),
        ("A,2020-01-01,visit,,,,2020-01-01 26:00", "promised_at '2020-01-01 26:00' is an impossible date or time."),
    ],
)
def test_bad_rows_are_set_aside_with_their_reason(load: Callable[..., Any], row: str, reason: str) -> None:
    header = "customer_id,time,activity,value,actor,ended_at,promised_at"
    good = "A,2020-01-01,visit,1,customer,2020-01-01,2020-01-02"
    got = load("a.csv", f"{header}\n{good}\n{row}\n{good}\n")
    assert got.rows.height == 2
    assert got.rejects.select("file", "line", "reason").rows() == [("a.csv", 3, reason)]
    assert got.rows_read == 3


def test_a_row_has_one_reject_whatever_is_wrong_with_it(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,time,activity\n,soon,\nA,2020-01-01,visit\n")
    assert got.rejects["reason"].to_list() == ["No customer: 'customer_id' is empty."]


def test_process_log_without_customers(load: Callable[..., Any]) -> None:
    got = load("a.csv", "case:concept:name,concept:name,time:timestamp,org:resource\n7,submit,2020-01-01,Anna\n")
    assert got.rows.to_dicts() == [
        {"customer_id": "7", "time": utc(2020, 1, 1), "activity": "submit", "case_id": "7", "performer": "Anna"}
    ]


def test_identifiers_are_taken_in_order_and_linked(load: Callable[..., Any]) -> None:
    text = (
        "user_id,anonymous_id,phone,time,activity\n"
        "u1,a1,,2020-01-01,visit\n"
        "u1,a1,,2020-01-02,visit\n"
        ",a2,+7,2020-01-01,visit\n"
        "u3,,,2020-01-01,visit\n"
        ",,,2020-01-01,visit\n"
        "u4,u4,,2020-01-01,visit\n"
        "u5,a5,,never,visit\n"
    )
    got = load("a.csv", text, identifiers=("anonymous_id", "phone"))
    assert got.rows["customer_id"].to_list() == ["u1", "u1", "a2", "u3", "u4"]
    assert sorted(got.identities.rows()) == [("a2", "+7"), ("u1", "a1")]
    assert got.rejects["line"].to_list() == [6, 8]
    assert got.rejects["reason"][0] == "No customer: 'user_id' and 'anonymous_id' and 'phone' are empty."
    assert {"anonymous_id", "phone"} <= set(got.rows.columns), "identifiers stay attributes too"


def test_constants(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,time\nA,2020-01-01\n", columns={"activity": ":visit", "channel": ":web"})
    assert got.rows.to_dicts() == [{"customer_id": "A", "time": utc(2020, 1, 1), "activity": "visit", "channel": "web"}]


def test_a_canonical_name_whose_meaning_went_elsewhere(load: Callable[..., Any]) -> None:
    text = "customer_id,person,time,activity,status,source_status\n1,P1,2020-01-01,visit,new,x\n"
    got = load("a.csv", text, columns={"customer_id": "person", "status": ":failed"})
    assert got.rows.row(0, named=True) == {
        "customer_id": "P1",
        "time": utc(2020, 1, 1),
        "activity": "visit",
        "status": "failed",
        "source_customer_id": "1",
        "source_status": "x",
        "source_status_": "new",
    }


def planned(kind: FileKind, names: str, **how: Any) -> dict[str, str]:
    plan = Plan(kind, Reading(**how))
    plan.learn(names.split(","))
    return plan.columns


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Client_ID,Timestamp,Event", {"customer_id": "Client_ID", "time": "Timestamp", "activity": "Event"}),
        ("user id,ts,action", {"customer_id": "user id", "time": "ts", "activity": "action"}),
        (
            "distinct_id,event_time,event_name",
            {"customer_id": "distinct_id", "time": "event_time", "activity": "event_name"},
        ),
        (
            "Case ID,Complete Timestamp,Activity",
            {"case_id": "Case ID", "time": "Complete Timestamp", "activity": "Activity"},
        ),
        (
            "Case ID,Start Timestamp,Complete Timestamp,Activity,Resource",
            {
                "case_id": "Case ID",
                "time": "Start Timestamp",
                "ended_at": "Complete Timestamp",
                "activity": "Activity",
                "performer": "Resource",
            },
        ),
        (
            "case:concept:name,concept:name,time:timestamp,start_timestamp,org:resource,org:group",
            {
                "case_id": "case:concept:name",
                "activity": "concept:name",
                "time": "start_timestamp",
                "ended_at": "time:timestamp",
                "performer": "org:resource",
            },
        ),
        ("timestamp,time,customer_id,activity", {"time": "time", "customer_id": "customer_id", "activity": "activity"}),
        ("user_id,client_id,time,event", {"customer_id": "client_id", "time": "time", "activity": "event"}),
        (
            "ид_клиента,Дата_время,Действие,Канал,Сотрудник,Отдел,Статус,Сумма",
            {
                "customer_id": "ид_клиента",
                "time": "Дата_время",
                "activity": "Действие",
                "channel": "Канал",
                "performer": "Сотрудник",
                "status": "Статус",
                "value": "Сумма",
            },
        ),
    ],
)
def test_spellings(names: str, expected: dict[str, str]) -> None:
    assert planned("events", names) == expected


def test_an_explicit_mapping_goes_before_everything() -> None:
    assert planned("events", "time,timestamp,user_id,activity", columns={"time": "timestamp"})["time"] == "timestamp"
    assert planned("events", "Time of Day,user_id,activity", columns={"time": "time of day"})["time"] == "Time of Day"


def test_feedback(load: Callable[..., Any]) -> None:
    text = (
        "клиент;дата;тип;оценка;отзыв;регион\n"
        "A;01.02.2020;NPS;10;;Север\n"
        "B;01.02.2020;csat;4,5;Хорошо;\n"
        "C;01.02.2020;csat;6;;\n"
        "D;01.02.2020;ces;7;;\n"
        "E;01.02.2020;nps;-1;;\n"
        "F;01.02.2020;rating;0;;\n"
        "G;01.02.2020;review;;Плохо;\n"
        "H;01.02.2020;review;;;\n"
        "I;01.02.2020;stars;5;;\n"
        "J;01.02.2020;;5;;\n"
        "K;01.02.2020;nps;ten;;\n"
        "L;01.02.2020;chat;42;;\n"
    )
    got = load("a.csv", text, "feedback")
    assert got.rows.select("customer_id", "kind", "score", "text").rows() == [
        ("A", "nps", 10.0, None),
        ("B", "csat", 4.5, "Хорошо"),
        ("D", "ces", 7.0, None),
        ("G", "review", None, "Плохо"),
        ("L", "chat", 42.0, None),
    ]
    reasons = dict(got.rejects.select("line", "reason").rows())
    assert reasons == {
        4: "The score is outside 1..5, the scale of csat.",
        6: "The score is outside 0..10, the scale of nps.",
        7: "The score is outside 1..5, the scale of rating.",
        9: "Neither score nor text.",
        10: "kind 'stars' is none of nps, csat, ces, rating, review, complaint, interview, chat.",
        11: "No kind: the column 'тип' is empty.",
        12: "оценка 'ten' is not a number.",
    }
    assert got.rows["регион"].to_list() == ["Север", None, None, None, None]


def test_feedback_with_a_constant_kind(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,date,review_score\nA,2020-01-01,5\n", "feedback", columns={"kind": ":rating"})
    assert got.rows.to_dicts() == [{"customer_id": "A", "time": utc(2020, 1, 1), "kind": "rating", "score": 5.0}]


def test_feedback_with_no_score_and_no_text_at_all(load: Callable[..., Any]) -> None:
    with pytest.raises(TropaError, match=r"a\.csv has no column for score or text"):
        load("a.csv", "customer_id,time,kind\nA,2020-01-01,nps\n", "feedback")


def test_customers(load: Callable[..., Any]) -> None:
    got = load("a.csv", "id,region,age\nA,North,31\n,South,40\nB,,\n", "customers")
    assert got.rows.rows(named=True) == [
        {"customer_id": "A", "region": "North", "age": "31"},
        {"customer_id": "B", "region": None, "age": None},
    ]
    assert got.rejects["line"].to_list() == [3]


def test_customers_with_identifiers_are_linked(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,phone\nA,1\nB,\n,2\n", "customers", identifiers=("phone",))
    assert got.rows["customer_id"].to_list() == ["A", "B", "2"]
    assert got.identities.rows() == [("A", "1")]


def test_identities(load: Callable[..., Any]) -> None:
    got = load("a.csv", "anonymous_id,user_id,note\na1,u1,x\na2,,x\n", "identities")
    assert got.rows.to_dicts() == [{"identifier_a": "a1", "identifier_b": "u1"}]
    assert got.rejects["reason"].to_list() == ["No identifier_b: the column 'user_id' is empty."]


def test_preview_says_what_each_column_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("user_id,ts,event,colour,\nA,2020-01-01,visit,red,\n")
    seen = recognise(path, "events", Reading(columns={"channel": ":web"}))
    assert seen.columns == {"customer_id": "user_id", "time": "ts", "activity": "event"}
    assert seen.constants == {"channel": "web"}
    assert seen.attributes == {"colour": "colour"}


def test_a_guess_that_does_not_hold_is_given_back(load: Callable[..., Any]) -> None:
    text = "user_id,time,event,amount,deadline\nA,2020-01-01,visit,12 USD,soon\nB,2020-01-01,visit,7 USD,2020-01-05\n"
    got = load("a.csv", text)
    assert got.rejects.select("line", "reason").rows() == [(2, "deadline 'soon' cannot be read as a time.")]
    assert got.rows["amount"].to_list() == ["7 USD"]
    assert got.notes == ["Column 'amount' holds no numbers and was kept as an attribute, not taken for value."]


def test_a_column_can_be_left_out_of_its_meaning(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,time,activity,value\nA,2020-01-01,visit,12 USD\n", columns={"value": ":"})
    assert got.rows["source_value"].to_list() == ["12 USD"]
    assert "value" not in got.rows.columns


def test_words_for_missing_are_no_customer(load: Callable[..., Any]) -> None:
    """Everybody whom an export calls NULL is not one customer; nor are their events one case or one event."""
    text = "customer_id,time,activity,case_id,event_id,cookie\nNULL,2020-01-01,a,k1,e1,\n"
    text += "none,2020-01-01,a,k1,e1,x1\nann,2020-01-01,a,NULL,n/a,nan\nann,2020-01-02,b,-,null,x2\n"
    got = load("a.csv", text, identifiers=["cookie"])
    assert got.rows["customer_id"].to_list() == ["x1", "ann", "ann"]
    assert got.rows["case_id"].to_list() == ["k1", None, None]
    assert got.rows["event_id"].to_list() == ["e1", None, None]
    assert got.identities.rows() == [("ann", "x2")]
    assert got.rejects["line"].to_list() == [2]
    assert got.rejects["reason"][0].startswith("No customer")
    linked = load("b.csv", "identifier_a,identifier_b\nNULL,a\nb,c\nd,undefined\n", "identities")
    assert linked.rows.rows() == [("b", "c")]
    assert linked.rejects.height == 2
