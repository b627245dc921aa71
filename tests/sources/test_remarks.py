"""Odd times: days of Excel in a text, years that can hardly be meant; and files of nothing but a header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tropa.sources import Reading, Remarks, read, recognise
from tropa.workspace.look import look
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

HEAD = "customer_id,time,activity\n"


def test_days_of_excel_in_a_text_are_dates_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "a,45292.5,buy\nb,45293,buy\nc,,buy\n")
    (chunk,) = read(path, "events", Reading(timezone="Europe/Moscow"))
    assert chunk.rows["time"].dt.to_string("%F %R").to_list() == ["2024-01-01 09:00", "2024-01-01 21:00"]
    assert chunk.notes == ("Numbers in column 'time' were taken for days of Excel: 45292.5 is 2024-01-01 12:00.",)


def test_a_decimal_comma_is_one_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id;Дата;activity\na;45292,75;buy\n")
    (chunk,) = read(path, "events")
    assert chunk.rows["time"][0] == dt.datetime(2024, 1, 1, 18, tzinfo=dt.UTC)


@pytest.mark.parametrize("value", ["45292.5", "99999", "123"])
def test_a_number_among_dates_is_no_day_of_excel(load: Callable[..., Any], tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "a,2026-01-01,buy\nb,2026-01-02,buy\n" + f"c,{value},buy\n")
    (chunk,) = read(path, "events")
    assert chunk.rows.height == 2
    assert "cannot be read as a time" in chunk.rejects["reason"][0]


def test_amounts_due_are_no_promises(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD.replace("\n", ",due\n") + "a,2026-01-01,buy,45292\nb,2026-01-02,buy,31000\n")
    assert "promised_at" not in recognise(path, "events").columns


def test_times_that_can_hardly_be_meant_are_counted_over_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "a,2026-01-01,buy\nb,2085-01-02,buy\nc,2086-03-04,buy\nd,1905-05-06,buy\n")
    remarks = Remarks("a.csv", now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    for chunk in read(path, "events"):
        remarks.take(chunk)
    assert remarks.notes() == (
        "2 rows lie in the future, the earliest at 2085-01-02, the latest at 2086-03-04.",
        "1 row lies before 1990, the earliest at 1905-05-06.",
    )


def test_loading_and_the_trial_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "a,2026-01-01,buy\nb,2185-01-02,buy\n")
    said = ("1 row lies in the future, the latest at 2185-01-02.",)
    assert look(path, Reading()).trial.notes == said
    report = Workspace.create(tmp_path / "ws", Settings("Shop")).load([path], "events")
    assert (report.files[0].notes, report.files[0].loaded) == (said, 2)


def test_ordinary_times_need_no_remark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "a,2024-01-01,buy\nb,1999-01-02,buy\n")
    assert look(path, Reading()).trial.notes == ()


def test_a_header_without_rows_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD)
    problem = look(path, Reading()).trial.problem
    assert problem is not None
    assert problem.message == "a.csv has no rows."
    report = Workspace.create(tmp_path / "ws", Settings("Shop")).load([path], "events")
    assert report.files[0].notes == ("a.csv has a header and no rows: nothing was loaded from it.",)
