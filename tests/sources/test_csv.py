"""Text tables as people really export them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.sources import Reading, read, recognise
from tropa.sources.formats.csv_file import open_csv
from tropa.sources.formats.csv_scan import UNCLOSED, scan
from tropa.sources.formats.csv_split import split_record

PLAIN = "customer_id,time,activity,channel\nA,2020-01-01T10:00:00Z,visit,web\nB,2020-01-02T10:00:00Z,call,\n"
RUSSIAN = (
    "клиент;дата;событие;отдел\nИванов;01.02.2020 10:11;Заявка;Продажи\nПетров;02.02.2020 11:12;Звонок;Поддержка\n"
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_plain(load: Callable[..., Any]) -> None:
    got = load("a.csv", PLAIN)
    assert got.rows.to_dicts() == [
        {"customer_id": "A", "time": utc(2020, 1, 1, 10), "activity": "visit", "channel": "web"},
        {"customer_id": "B", "time": utc(2020, 1, 2, 10), "activity": "call", "channel": None},
    ]
    assert got.rejects.height == 0
    assert got.rows_read == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings(load: Callable[..., Any], delimiter: str, ending: str) -> None:
    got = load("a.txt", PLAIN.replace(",", delimiter).replace("\n", ending))
    assert got.rows["activity"].to_list() == ["visit", "call"]


def test_packed(load: Callable[..., Any]) -> None:
    expected = load("a.csv", PLAIN).rows
    assert load("a.csv.gz", gzip.compress(PLAIN.encode())).rows.equals(expected)
    packed = pa.compress(PLAIN.encode(), codec="zstd", asbytes=True)
    assert load("a.tsv.zst", packed).rows.equals(expected)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_recognised(load: Callable[..., Any], encoding: str) -> None:
    got = load("a.csv", RUSSIAN.encode(encoding))
    assert got.rows.to_dicts() == [
        {"customer_id": "Иванов", "time": utc(2020, 2, 1, 10, 11), "activity": "Заявка", "performer": "Продажи"},
        {"customer_id": "Петров", "time": utc(2020, 2, 2, 11, 12), "activity": "Звонок", "performer": "Поддержка"},
    ]


def test_encoding_may_be_told(load: Callable[..., Any]) -> None:
    assert load("a.csv", RUSSIAN.encode("koi8-r"), encoding="koi8-r").rows["activity"].to_list() == ["Заявка", "Звонок"]
    assert load("b.csv", RUSSIAN.encode("cp1251"), encoding="windows-1251").rows["customer_id"][0] == "Иванов"


def test_cyrillic_may_turn_up_late(load: Callable[..., Any]) -> None:
    many = "".join(f"c{i},2020-01-01,visit\n" for i in range(20_000))
    text = "customer_id,time,activity\n" + many + "c,2020-01-01,звонок\n"
    assert load("a.csv", text.encode("cp1251")).rows["activity"][-1] == "звонок"
    assert load("b.csv", text.encode("utf-8")).rows["activity"][-1] == "звонок"


def test_a_few_broken_bytes_spoil_their_rows_only(load: Callable[..., Any]) -> None:
    good = "".join(f"клиент{i},2020-01-01,визит\n" for i in range(50)).encode()
    got = load("a.csv", b"customer_id,time,activity\n" + good + b"x\xd0,2020-01-01,visit\n" + good)
    assert got.rows.height == 100
    assert got.rejects.select("line", "reason").rows() == [(52, "The line has bytes that are no UTF-8 text.")]


def test_rows_with_other_numbers_of_fields_are_set_aside_with_their_lines(load: Callable[..., Any]) -> None:
    text = (
        "customer_id,time,activity,note\n"
        'A,2020-01-01,visit,"two\nlines, and a ""quote"""\n'
        "B\n"
        "\n"
        "C,2020-01-01,visit,x,y\n"
        "D,2020-01-01,visit,fine,,\n"
        "E,2020-01-01,visit,last"
    )
    got = load("a.csv", text)
    assert got.rows["customer_id"].to_list() == ["A", "D", "E"]
    assert got.rows["note"].to_list() == ['two\nlines, and a "quote"', "fine", "last"]
    assert got.rejects.rows() == [
        ("a.csv", 4, "The row has 1 fields where the header has 4.", "B"),
        ("a.csv", 6, "The row has 5 fields where the header has 4.", "C,2020-01-01,visit,x,y"),
    ]
    assert got.rows_read == 5


def test_rows_cut_short_at_their_end_are_read(load: Callable[..., Any]) -> None:
    """Spreadsheets leave out separators after the last filled cell; what is needed must be there all the same."""
    head = "customer_id,time,activity,channel,note\n"
    text = head + "a,2026-03-01,A\nb,2026-03-02\nc,2026-03-03,B,web,x\nd,2026-03-04,C,app\n"
    for end, customers in (
        ("", ["a", "c", "d"]),
        ("e,2026-03-05,vi", ["a", "c", "d"]),
        ("e,2026-03-05,A\n", [*"acde"]),
    ):
        got = load("a.csv", text + end)
        assert got.rows["customer_id"].to_list() == customers
        assert got.rows["channel"].to_list()[:3] == [None, "web", "app"]
        assert got.rejects["reason"][0] == "No activity: the column 'activity' is empty."
        assert "line 2 the first" in got.notes[0]
    assert got.rejects.height == 1
    quoted = load("b.csv", 'customer_id,time,activity,note\na,2026-03-01,"A ""b""\n2"\nb,2026-03-01,B,x\n')
    assert quoted.rows["note"].to_list() == [None, "x"]


def test_bad_values_after_quoted_line_breaks_keep_their_lines(load: Callable[..., Any]) -> None:
    rows = 'A,2020-01-01,visit,"1\r\n2\r\n3"\r\nB,soon,visit,x\r\n,2020-01-01,visit,x\r\n'
    text = "customer_id,time,activity,note\r\n" + rows
    got = load("a.csv", text)
    assert got.rejects.select("line", "reason").rows() == [
        (5, "time 'soon' cannot be read as a time."),
        (6, "No customer: 'customer_id' is empty."),
    ]
    assert got.rejects["row"][0] == "B,soon,visit,x"


def test_an_unclosed_quote_costs_its_line_only(load: Callable[..., Any]) -> None:
    rows = "".join(f"c{i},2020-01-01,visit,x\n" for i in range(100))
    got = load("a.csv", 'customer_id,time,activity,note\nA,2020-01-01,visit,"oops\n' + rows)
    assert got.rows.height == 100
    assert got.rejects.select("line", "reason").rows() == [(2, "A quote is opened and never closed.")]


def test_quotes_inside_of_fields(load: Callable[..., Any]) -> None:
    rows = 'A,2020-01-01,visit,12" screen\nB,2020-01-01,visit,"ООО "Ромашка""\n'
    got = load("a.csv", "customer_id,time,activity,note\n" + rows)
    assert got.rows.height == 2
    assert got.rows["note"][0] == '12" screen'
    assert "Ромашка" in got.rows["note"][1]


def test_excel_habits(load: Callable[..., Any]) -> None:
    text = (
        "sep=;\n"
        " Customer ID ; Время ;ACTIVITY;Сумма;Note;Note;;\n"
        "A;01.02.2020 10:11;visit;1 234,50;x;y;;\n"
        "B;01.02.2020 10:11:12;visit;-5,125;;;;\n"
    )
    got = load("a.csv", text)
    assert got.rows.to_dicts() == [
        {
            "customer_id": "A",
            "time": utc(2020, 2, 1, 10, 11),
            "activity": "visit",
            "value": 1234.5,
            "Note": "x",
            "Note_2": "y",
        },
        {
            "customer_id": "B",
            "time": utc(2020, 2, 1, 10, 11, 12),
            "activity": "visit",
            "value": -5.125,
            "Note": None,
            "Note_2": None,
        },
    ]
    assert any("repeats the name 'Note'" in note for note in got.notes)


def test_lines_count_from_the_top_of_the_file(load: Callable[..., Any]) -> None:
    got = load("a.csv", "\n\nsep=;\ncustomer_id;time;activity\nA;2020-01-01;visit\nB;soon;visit\n")
    assert got.rejects["line"].to_list() == [6]


def test_zero_bytes_are_left_out_and_told_of(load: Callable[..., Any]) -> None:
    got = load("a.csv", PLAIN.replace("visit", "vi\0sit") + "C,2020-01-01,visit,web\n" * 20)
    assert got.rows["activity"][0] == "visit"
    assert got.notes == ["Zero bytes between the letters were left out."]


def test_nameless_columns_are_told_of_when_they_hold_something(load: Callable[..., Any]) -> None:
    got = load("a.csv", ",customer_id,time,activity,\n0,A,2020-01-01,visit,\n1,B,2020-01-01,call,\n")
    assert got.rows.columns == ["customer_id", "time", "activity"]
    assert got.notes == ["Column 1 has no name and was not loaded."]


def test_very_long_fields(load: Callable[..., Any]) -> None:
    long = "я" * 3_000_000
    got = load("a.csv", f"customer_id,time,activity,text\nA,2020-01-01,visit,{long}\nB,soon,visit,{long}\n")
    assert got.rows["text"][0] == long
    assert len(got.rejects["row"][0]) <= 200


def test_portions_join_seamlessly(tmp_path: Path) -> None:
    rows = "".join(f'c{i},2020-01-01,"line {i}\r\nof ""two"", really"\r\n' for i in range(2_000))
    path = tmp_path / "a.csv"
    path.write_bytes(("customer_id,time,activity\r\n" + rows).encode())
    for block_bytes in (101, 1_000, 7_777, 1 << 20):
        blocks = list(open_csv(path, Reading(), block_bytes).blocks)
        activities = [value for block in blocks for value in block.frame["activity"]]
        lines = [value for block in blocks for value in block.line_series()]
        assert activities == [f'line {i}\r\nof "two", really' for i in range(2_000)]
        assert lines == [2 + 2 * i for i in range(2_000)]


def test_a_header_alone_is_an_empty_table(load: Callable[..., Any]) -> None:
    got = load("a.csv", "customer_id,time,activity\n")
    assert got.rows.height == 0
    assert got.rows_read == 0


def test_preview(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(RUSSIAN.replace("отдел", "регион").encode("cp1251"))
    seen = recognise(path, "events")
    assert (seen.format, seen.encoding, seen.delimiter) == ("csv", "cp1251", ";")
    assert seen.columns == {"customer_id": "клиент", "time": "дата", "activity": "событие"}
    assert seen.attributes == {"регион": "регион"}
    assert seen.missing == ()
    assert seen.sample.height == 2
    assert recognise(path, "feedback").missing == ("kind",)


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(PLAIN.encode()))
    last = list(read(path, "events"))[-1]
    assert last.bytes_done == last.bytes_total == path.stat().st_size


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("a,b", ["a", "b"]),
        ('"a,b",c', ["a,b", "c"]),
        ('"a""b"', ['a"b']),
        ('x"y,z', ['x"y', "z"]),
        ('"a"b,c', ["ab", "c"]),
        (",", ["", ""]),
        ("", [""]),
    ],
)
def test_split_record(record: str, fields: list[str]) -> None:
    assert split_record(record, ",") == fields


@settings(deadline=None)  # compiled on the first call
@given(st.text(alphabet='a,"\r\n', max_size=40))
def test_scanner_and_splitter_count_alike(text: str) -> None:
    raw = text.encode()
    records = scan(raw, ",", 1, final=True)
    assert records.used == len(raw)
    for start, end, fields in zip(records.starts, records.ends, records.fields, strict=True):
        if fields not in (0, UNCLOSED):
            assert len(split_record(raw[start:end].decode(), ",")) == fields


@settings(deadline=None)  # compiled on the first call
@given(st.lists(st.lists(st.text(alphabet='aя," \n;', max_size=6), min_size=2, max_size=2), min_size=1, max_size=8))
def test_whatever_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import io
    import tempfile

    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(["one", "two"])
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(buffer.getvalue().encode())
        block = next(iter(open_csv(path, Reading(delimiter=",")).blocks))
    assert [[value or "" for value in row] for row in block.frame.rows()] == rows
