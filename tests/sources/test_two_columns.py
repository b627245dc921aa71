"""Dates in one column and times of day in another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from tropa.errors import TropaError
from tropa.sources import Reading, read, recognise
from tropa.workspace.look import look
from tropa.workspace.workspace import Workspace

HEAD = "Клиент;Дата;Время;Событие\n"
ROWS = "c1;14.03.2026;09:31;заявка\nc1;14.03.2026;14:05;звонок\nc2;15.03.2026;18:40;заявка\n"


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def times(rows: pl.DataFrame) -> list[dt.datetime]:
    return rows["time"].to_list()


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("09:31", utc(2026, 3, 14, 9, 31)),
        ("9:31", utc(2026, 3, 14, 9, 31)),
        ("09:31:05.250", utc(2026, 3, 14, 9, 31, 5, 250_000)),
        ("09:31:05,25", utc(2026, 3, 14, 9, 31, 5, 250_000)),
        ("9.31", utc(2026, 3, 14, 9, 31)),
        ("9:31 PM", utc(2026, 3, 14, 21, 31)),
        ("9:31pm", utc(2026, 3, 14, 21, 31)),
        ("12:05 a.m.", utc(2026, 3, 14, 0, 5)),
        ("9 AM", utc(2026, 3, 14, 9)),
        ("24:00", utc(2026, 3, 15)),
        ("09:31+05:00", utc(2026, 3, 14, 4, 31)),
        ("1899-12-30 09:31:00", utc(2026, 3, 14, 9, 31)),
        ("01.01.0001 9:31:00", utc(2026, 3, 14, 9, 31)),
        ("", utc(2026, 3, 14)),
        ("-", utc(2026, 3, 14)),
    ],
)
def test_times_of_day_in_many_spellings(load: Callable[..., Any], clock: str, expected: dt.datetime) -> None:
    got = load("a.csv", f"{HEAD}c1;14.03.2026;{clock};заявка\n", columns={"time": "Дата", "time_of_day": "Время"})
    assert times(got.rows) == [expected]


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (("931", "1405", "5"), [(9, 31), (14, 5), (0, 5)]),
        (("93105", "140500", "500"), [(9, 31), (14, 5), (0, 5)]),
        (("9", "14", "0"), [(9, 0), (14, 0), (0, 0)]),
        (("0,396527777777778", "0,5", "0,25"), [(9, 31), (12, 0), (6, 0)]),
    ],
)
def test_bare_numbers(load: Callable[..., Any], clocks: tuple[str, ...], expected: list[tuple[int, int]]) -> None:
    text = HEAD + "".join(f"c1;14.03.2026;{clock};заявка\n" for clock in clocks)
    got = load("a.csv", text, columns={"time": "Дата", "time_of_day": "Время"})
    assert [(one.hour, one.minute) for one in times(got.rows)] == expected


def test_what_is_no_time_of_day_is_set_aside_with_its_row(load: Callable[..., Any]) -> None:
    got = load(
        "a.csv",
        HEAD + ROWS * 10 + "c1;14.03.2026;25:61;x\nc1;14.03.2026;soon;x\nc1;;10:00;x\nc1;30.02.2026;10:00;x\n",
    )
    assert got.rows.height == 30
    assert got.rejects.select("line", "reason").rows() == [
        (32, "Время '25:61' is an impossible time of day."),
        (33, "Время 'soon' cannot be read as a time of day."),
        (34, "Время '10:00' is a time of day without a date."),
        (35, "Дата '30.02.2026' is an impossible date or time."),
    ]


def test_a_date_with_another_time_of_its_own(load: Callable[..., Any]) -> None:
    told = {"time": "Дата", "time_of_day": "Время"}
    got = load(
        "a.csv", HEAD + "c1;14.03.2026 09:31;09:31;x\nc1;14.03.2026 09:31;10:00;x\nc1;14.03.2026 0:00;10:00;x\n",
        columns=told,
    )  # fmt: skip
    assert times(got.rows) == [utc(2026, 3, 14, 9, 31), utc(2026, 3, 14, 10)]
    assert "beside a date that has another one" in got.rejects["reason"][0]


@pytest.mark.parametrize(
    ("head", "rows", "date", "clock"),
    [
        (HEAD, ROWS, "Дата", "Время"),
        ("Клиент;Время;Дата;Событие\n", "c1;09:31;14.03.2026;заявка\n", "Дата", "Время"),
        ("client;date;time;event\n", "c1;2026-03-14;09:31;asked\n", "date", "time"),
        ("client;event_date;time of day;event\n", "c1;2026-03-14;09:31;asked\n", "event_date", "time of day"),
        ("client;Call date;Call time;event\n", "c1;03/14/2026;9:31 AM;asked\n", "Call date", "Call time"),
        ("Клиент;Дата звонка;Время звонка;Событие\n", "c1;14.03.2026;9:31;заявка\n", "Дата звонка", "Время звонка"),
        ("Клиент;Дата события;Время;Событие\n", "c1;14.03.2026;0931;заявка\n", "Дата события", "Время"),
    ],
)
def test_guessed_told_and_taken_back(tmp_path: Path, head: str, rows: str, date: str, clock: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(head + rows, "utf-8")
    seen = look(path, Reading())
    roles = {column.name: (column.role, column.by) for column in seen.columns}
    assert roles[clock] == ("time_of_day", "values")
    assert roles[date][0] == "time"
    assert seen.trial.rows[0][seen.trial.columns.index("time")] == "2026-03-14T09:31:00Z"
    assert any(f"'{clock}' was taken for the time of day of '{date}'" in note for note in seen.notes)
    # As the page takes it back: in so many words.
    back = look(path, Reading(columns={**seen.reading["columns"], "time_of_day": ":"}), plain=True, shape="events")
    assert {column.name: column.role for column in back.columns}[clock] == "attribute"
    assert back.trial.rows[0][back.trial.columns.index("time")] == "2026-03-14T00:00:00Z"


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Клиент;Дата события;Время ожидания;Событие\n", ROWS),
        ("client;event_date;handling time;event\n", ROWS),
        ("Клиент;Дата события;Время доставки;Событие\n", "c1;14.03.2026;00:40;x\nc1;14.03.2026;01:10;y\n"),
        ("Клиент;Дата события;Смена;Событие\n", "c1;14.03.2026;день;x\nc1;14.03.2026;ночь;y\n"),
        ("Клиент;Дата события;Часовой пояс;Событие\n", ROWS),
        ("Клиент;Дата события;Время;Событие\n", "c1;14.03.2026 10:15;09:31;x\nc1;14.03.2026 11:15;09:40;y\n"),
    ],
)
def test_what_tells_no_time_of_day_stays_an_attribute(load: Callable[..., Any], head: str, rows: str) -> None:
    got = load("a.csv", head + rows)
    assert head.split(";")[2] in got.rows.columns
    assert not got.notes


def test_ends_and_promises_in_two_columns_each(load: Callable[..., Any]) -> None:
    got = load(
        "a.csv",
        "client,event_date,event_time,finish date,finish time,event\n"
        "c1,2026-03-14,09:31,2026-03-14,10:00,x\nc1,2026-03-14,11:31,,,x\n",
        columns={"ended_at": "finish date"},
    )
    assert got.rows["ended_at"].to_list() == [utc(2026, 3, 14, 10), None]
    assert times(got.rows)[0] == utc(2026, 3, 14, 9, 31)


def test_wide_tables_have_a_time_of_day_for_each_milestone(load: Callable[..., Any]) -> None:
    got = load(
        "a.csv",
        "order_id,paid date,paid time,sent date,sent time\n1,2026-03-14,09:31,2026-03-15,18:00\n2,2026-03-14,10:00,,\n",
        milestones={"paid": "paid date", "sent": "sent date"},
    )
    assert times(got.rows) == [utc(2026, 3, 14, 9, 31), utc(2026, 3, 15, 18), utc(2026, 3, 14, 10)]


def test_milestones_may_name_both_columns(load: Callable[..., Any]) -> None:
    got = load(
        "a.csv",
        "order_id,paid,at,sent\n1,2026-03-14,09:31,2026-03-15\n",
        milestones={"paid": "paid+at", "sent": "sent"},
    )
    assert times(got.rows) == [utc(2026, 3, 14, 9, 31), utc(2026, 3, 15)]


def test_zones_and_the_day_on_which_clocks_change(load: Callable[..., Any]) -> None:
    rows = "c1;28.03.2026;23:30;x\nc1;29.03.2026;02:30;x\nc1;29.03.2026;23:30;x\n"
    got = load("a.csv", HEAD + rows, timezone="Europe/Berlin")
    assert times(got.rows) == [utc(2026, 3, 28, 22, 30), utc(2026, 3, 29, 1, 30), utc(2026, 3, 29, 21, 30)]


def test_cells_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day, clock = (book.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "hh:mm"))
        sheet.write_row(0, 0, ["Клиент", "Дата", "Время", "Событие"])
        for row, time in enumerate([dt.time(9, 31), None, dt.time(23, 59, 30)], start=1):
            sheet.write_row(row, 0, [f"c{row}", None, None, "x"])
            sheet.write_datetime(row, 1, dt.date(2026, 3, 14), day)
            if time is not None:
                sheet.write_datetime(row, 2, time, clock)
        sheet.write_row(4, 0, ["c4", None, "9:05 PM", "x"])
        sheet.write_datetime(4, 1, dt.date(2026, 3, 15), day)
    rows = pl.concat(chunk.rows for chunk in read(path, "events"))
    assert times(rows) == [
        utc(2026, 3, 14, 9, 31), utc(2026, 3, 14), utc(2026, 3, 14, 23, 59, 30), utc(2026, 3, 15, 21, 5)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [pl.Time, pl.String])
def test_columns_of_parquet(tmp_path: Path, kind: Any) -> None:
    path = tmp_path / "a.parquet"
    clock = pl.Series("time", [dt.time(9, 31), None])
    frame = pl.DataFrame({"client": ["a", "b"], "date": [dt.date(2026, 3, 14)] * 2, "event": ["x", "y"]})
    frame.with_columns(clock.cast(kind)).write_parquet(path)
    (chunk,) = read(path, "events")
    assert times(chunk.rows) == [utc(2026, 3, 14, 9, 31), utc(2026, 3, 14)]


def test_two_names_with_a_plus_between_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    found = recognise(path, "events", Reading(columns={"time": "Дата+Время"}))
    assert (found.columns["time"], found.columns["time_of_day"]) == ("Дата", "Время")
    assert not found.notes
    with pytest.raises(TropaError, match="has no column 'Дата\\+Час'"):
        read(path, "events", Reading(columns={"time": "Дата+Час"}))
    with pytest.raises(TropaError, match="has no column 'Клиент\\+Время'"):
        read(path, "events", Reading(columns={"customer_id": "Клиент+Время"}))
    with pytest.raises(TropaError, match="no column is said to be its date"):
        read(path, "events", Reading(columns={"time": ":", "time_of_day": "Время", "activity": "Дата"}))


@pytest.mark.parametrize(
    ("time", "date", "clock"),
    [("Дата+1", "Дата+1", None), ("Дата+1+a+b", "Дата+1", "a+b"), ("a+b+Дата+1", "a+b", "Дата+1")],
)
def test_names_with_a_plus_in_them(tmp_path: Path, time: str, date: str, clock: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Клиент;Дата+1;a+b;Событие\nc1;14.03.2026;09:31;x\n", "utf-8")
    found = recognise(path, "events", Reading(columns={"time": time}))
    assert (found.columns["time"], found.columns.get("time_of_day")) == (date, clock)


def test_the_same_file_in_other_words_changes_nothing(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    assert workspace.load([path], "events").files[0].loaded == 3
    told = ({}, {"time": "Дата", "time_of_day": "Время"}, {"time": "Дата"}, {"time": "Дата+Время"})
    again = [Reading(columns=columns) for columns in told]
    assert all(workspace.load([path], "events", how).files[0].before for how in again)
    with pytest.raises(TropaError, match="in another manner"):
        workspace.load([path], "events", Reading(columns={"time_of_day": ":"}))


def test_a_file_taken_by_its_dates_alone_before_is_the_same_again(tmp_path: Path) -> None:
    """As earlier versions took it: nothing comes twice, unless somebody asks for the times of day."""
    workspace = Workspace.create(tmp_path / "ws")
    path = tmp_path / "a.csv"
    path.write_text("Клиент;Дата события;Время;Событие\n" + ROWS, "utf-8")
    workspace.load([path], "events", Reading(columns={"time_of_day": ":"}))
    assert workspace.load([path], "events").files[0].before
    with pytest.raises(TropaError, match="in another manner"):
        workspace.load([path], "events", Reading(columns={"time_of_day": "Время"}))


def test_rows_without_a_time_of_day_say_nothing_of_the_order(load: Callable[..., Any]) -> None:
    """They stand where they happened, and count from the beginning of their day: that is no file in disorder."""
    day = "c{0};{1:02}.03.2026;09:31;asked\nc{0};{1:02}.03.2026;;called\nc{0};{1:02}.03.2026;14:05;paid\n"
    rows = "".join(day.format(customer, date) for customer in range(9) for date in range(1, 20))
    got = load("a.csv", HEAD + rows, timezone="Europe/Moscow")
    assert got.rows["activity"].head(3).to_list() == ["asked", "called", "paid"]
    assert [note for note in got.notes if "order" in note or "newest" in note] == []


def test_an_empty_column_of_times_of_day(load: Callable[..., Any]) -> None:
    got = load("a.csv", HEAD + "c1;14.03.2026;;x\nc2;15.03.2026;;x\n")
    assert times(got.rows) == [utc(2026, 3, 14), utc(2026, 3, 15)]
