"""Parquet, JSON, XLSX and XES."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tropa.errors import TropaError
from tropa.sources import Reading, read, recognise
from tropa.sources.formats.json_file import open_json
from tropa.sources.formats.parquet_file import open_parquet
from tropa.sources.formats.xes_file import open_xes


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_parquet_of_every_type(tmp_path: Path, whole: Callable[..., Any]) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(
        {
            "client_id": [1, 2, None],
            "timestamp": pl.Series([utc(2020, 1, 1), utc(2020, 1, 2), utc(2020, 1, 3)]).cast(pl.Datetime("ns", "UTC")),
            "event": pl.Series(["visit", "call", "visit"], dtype=pl.Categorical),
            "value": [1.0, None, 3.5],
            "born": [date(1990, 1, 2), None, None],
            "age": [30.0, 40.5, None],
            "tags": [["a"], None, None],
            "geo": [{"city": "Perm", "zip": 1}, {"city": None, "zip": 2}, None],
            "empty": ["", "", ""],
            "vip": [True, None, False],
        }
    ).write_parquet(path)
    got = whole(path)
    assert got.rows.to_dicts() == [
        {
            "customer_id": "1", "time": utc(2020, 1, 1), "activity": "visit", "value": 1.0, "born": "1990-01-02",
            "age": "30", "tags": '["a"]', "geo.city": "Perm", "geo.zip": "1", "vip": "true",
        },
        {
            "customer_id": "2", "time": utc(2020, 1, 2), "activity": "call", "value": None, "born": None,
            "age": "40.5", "tags": None, "geo.city": None, "geo.zip": "2", "vip": None,
        },
    ]  # fmt: skip
    assert got.rejects.select("line", "reason").rows() == [(3, "No customer: 'client_id' is empty.")]


def test_parquet_by_portions(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"n": range(2_500)}).write_parquet(path, row_group_size=700)
    blocks = list(open_parquet(path, rows=1_000).blocks)
    assert [block.rows_read for block in blocks] == [1_000, 1_000, 500]
    assert [block.lines for block in blocks] == [1, 1_001, 2_001]
    assert pl.concat([block.frame for block in blocks])["n"].to_list() == list(range(2_500))
    assert blocks[-1].bytes_done == path.stat().st_size


def test_one_huge_row_group_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"n": range(25_000)}).write_parquet(path, row_group_size=25_000)
    blocks = list(open_parquet(path, rows=1_000).blocks)
    assert len(blocks) > 2
    assert max(block.rows_read for block in blocks) <= 2_000
    assert pl.concat([block.frame for block in blocks])["n"].to_list() == list(range(25_000))
    assert [block.lines for block in blocks][1] == blocks[0].rows_read + 1
    assert blocks[-1].bytes_done == path.stat().st_size


def test_json_lines(load: Callable[..., Any]) -> None:
    rows = [
        {"user_id": 1, "ts": 1577934245, "event": "visit", "properties": {"page": "/", "n": {"deep": 1.0}}},
        {
            "user_id": "b",
            "ts": "2020-01-02T03:04:05Z",
            "event": "visit",
            "properties": {"tags": ["a", "я"]},
            "late": True,
        },
    ]
    text = "\n".join(json.dumps(row) for row in rows)
    for name, content in (
        ("a.jsonl", text),
        ("a.ndjson", text + "\n"),
        ("a.json", "\ufeff" + json.dumps(rows, indent=2)),
        ("b.json", json.dumps(rows)),
        ("a.jsonl.gz", gzip.compress(text.encode())),
        ("b.jsonl", "\n\n" + text.replace("\n", "\r\n\r\n")),
    ):
        got = load(name, content)
        assert got.rows["time"].to_list() == [utc(2020, 1, 2, 3, 4, 5)] * 2
        assert got.rows.drop("time").to_dicts() == [
            {
                "customer_id": "1",
                "activity": "visit",
                "properties.page": "/",
                "properties.n.deep": "1",
                "properties.tags": None,
                "late": None,
            },
            {
                "customer_id": "b",
                "activity": "visit",
                "properties.page": None,
                "properties.n.deep": None,
                "properties.tags": '["a","я"]',
                "late": "true",
            },
        ], name


def test_json_lines_that_are_none(load: Callable[..., Any]) -> None:
    good = '{"user_id": "a", "time": "2020-01-01", "event": "v"}'
    got = load("a.jsonl", f'{good}\n{{"user_id": "b", "tim\n5\n\n{good}\n{{"user_id": "c", "event": "v"}}\n')
    assert got.rows.height == 2
    assert got.rows_read == 5
    assert got.rejects["line"].to_list() == [2, 3, 6]
    assert got.rejects["reason"][0].startswith("The line is no JSON: ")
    assert got.rejects["reason"].to_list()[1:] == [
        "The line is no JSON object.",
        "No time: the column 'time' is empty.",
    ]


def test_json_array_with_a_stranger_in_it(load: Callable[..., Any]) -> None:
    got = load("a.json", '[{"user_id": "a", "time": "2020-01-01", "event": "v"}, 7]')
    assert got.rejects.select("line", "reason", "row").rows() == [(2, "The element is no JSON object.", "7")]


def test_columns_that_turn_up_late(tmp_path: Path, whole: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    lines = [{"user_id": f"u{i}", "timestamp": "2020-01-01", "event": "v"} for i in range(500)]
    lines += [{**line, "time": "2021-01-01", "channel": "web", "extra": "x"} for line in lines]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    monkeypatch.setattr("tropa.sources.formats.open_json", lambda path: open_json(path, 4_096))
    got = whole(path)
    assert got.rows.height == 1_000
    assert set(got.rows["time"]) == {utc(2020, 1, 1)}, "what has been settled stays"
    assert got.rows["channel"].null_count() == 500
    assert got.rows["extra"].null_count() == 500
    assert got.rows["source_time"].drop_nulls().unique().to_list() == ["2021-01-01"]
    assert [line for block in open_json(path, 4_096).blocks for line in block.line_series()] == list(range(1, 1_001))


def test_a_long_json_array_is_read_piece_by_piece(tmp_path: Path, whole: Callable[..., Any]) -> None:
    path = tmp_path / "a.json"
    rows = [{"user_id": f"u{i}", "time": "2020-01-01", "event": "v", "note": "щ" * 500} for i in range(12_000)]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    got = whole(path)
    assert got.rows["customer_id"].to_list() == [row["user_id"] for row in rows]
    assert got.rows["note"].unique().to_list() == ["щ" * 500]


def test_xlsx(tmp_path: Path, whole: Callable[..., Any], workbook: Callable[..., Path], excel_days: Any) -> None:
    rows = [
        ["Клиент", "Дата", "Событие", "Сумма", "Возраст", "", "Дата"],
        ["A", excel_days(44197.5), "visit", 10.5, 30, None, None],
        [2, excel_days(44198.0), "call", None, 31, None, "x"],
        [None, None, None, None, None, None, None],
        ["C", None, "call", None, None, None, None],
        ["D", excel_days(44198.25), "call", "1 234,5", 32, None, None],
    ]
    path = workbook(tmp_path / "a.xlsx", {"Лист1": rows, "Other": [["x"], [1]]})
    got = whole(path)
    assert got.rows.to_dicts() == [
        {
            "customer_id": "A",
            "time": utc(2021, 1, 1, 12),
            "activity": "visit",
            "value": 10.5,
            "Возраст": "30",
            "Дата_2": None,
        },
        {
            "customer_id": "2",
            "time": utc(2021, 1, 2),
            "activity": "call",
            "value": None,
            "Возраст": "31",
            "Дата_2": "x",
        },
        {
            "customer_id": "D",
            "time": utc(2021, 1, 2, 6),
            "activity": "call",
            "value": 1234.5,
            "Возраст": "32",
            "Дата_2": None,
        },
    ]
    assert got.rejects.select("line", "reason").rows() == [(5, "No time: the column 'Дата' is empty.")]
    assert got.rows_read == 4
    assert "The workbook has 2 sheets; 'Лист1', the first, was read." in got.notes
    assert recognise(path, "customers", Reading(sheet="Other", columns={"customer_id": "x"})).sample.rows() == [(1.0,)]
    with pytest.raises(TropaError, match="no sheet 'Othr'") as caught:
        read(path, "events", Reading(sheet="Othr"))
    assert "'Other'" in caught.value.hint


def test_xlsx_with_dates_as_text_and_numbers(
    tmp_path: Path, whole: Callable[..., Any], workbook: Callable[..., Path], excel_days: Any
) -> None:
    mixed = [["user_id", "time", "event"], ["A", excel_days(44197.5), "v"], ["B", "02.01.2021 10:00", "v"]]
    got = whole(workbook(tmp_path / "a.xlsx", {"s": mixed}))
    assert got.rows["time"].to_list() == [utc(2021, 1, 1, 12), utc(2021, 1, 2, 10)]
    plain = [["user_id", "time", "event"], ["A", 44197.5, "v"], ["B", 44198, "v"]]
    got = whole(workbook(tmp_path / "b.xlsx", {"s": plain}))
    assert got.rows["time"].to_list() == [utc(2021, 1, 1, 12), utc(2021, 1, 2)]


def test_empty_sheet(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    with pytest.raises(TropaError, match=r"Sheet 's' of a\.xlsx is empty"):
        read(workbook(tmp_path / "a.xlsx", {"s": []}), "events")
    assert (
        sum(c.rows_read for c in read(workbook(tmp_path / "b.xlsx", {"s": [["user_id", "time", "event"]]}), "events"))
        == 0
    )


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0"{space}>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="creator" value="x"><string key="inner" value="y"/></string>
  <trace>
    <string key="concept:name" value="c1"/>
    <float key="AMOUNT_REQ" value="20000.0"/>
    <string key="org:group" value="case group"/>
    <!-- a comment -->
    <event>
      <string key="concept:name" value="A &amp; Б"/>
      <date key="time:timestamp" value="2020-01-01T10:00:00.123+02:00"/>
      <string key="org:resource" value="112"/>
      <string key="org:group" value="G"/>
      <string key="lifecycle:transition" value="START"/>
      <list key="tags"><values><string key="t" value="1"/></values><string key="one" value="2"/></list>
    </event>
    <event>
      <date key="time:timestamp" value="2020-01-01T11:00:00Z"/>
      <string key="concept:name" value="B"/>
    </event>
  </trace>
  <trace>
    <event>
      <string key="concept:name" value="B"/>
    </event>
    <event>
      <string key="concept:name" value="B"/><date key="time:timestamp" value="2020-01-02"/>
      <float key="score" value="1.5"/>
    </event>
    <string key="concept:name" value="c2"/>
  </trace>
</log>"""


@pytest.mark.parametrize("space", ["", ' xmlns="http://www.xes-standard.org/"'])
def test_xes(load: Callable[..., Any], space: str) -> None:
    text = XES.format(space=space)
    for name, content in (("a.xes", text), ("a.xes.gz", gzip.compress(text.encode()))):
        got = load(name, content)
        assert got.rows.row(0, named=True) == {
            "customer_id": "c1",
            "time": utc(2020, 1, 1, 8, 0, 0, 123_000),
            "activity": "A & Б",
            "case_id": "c1",
            "performer": "112",
            "org:group": "G",
            "lifecycle:transition": "START",
            "tags.one": "2",
            "AMOUNT_REQ": "20000",
            "case:org:group": "case group",
            "score": None,
        }
        assert got.rows.select("case_id", "activity", "AMOUNT_REQ", "score").rows() == [
            ("c1", "A & Б", "20000", None),
            ("c1", "B", "20000", None),
            ("c2", "B", None, "1.5"),
        ]
        assert got.rejects.select("line", "reason").rows() == [(3, "No time: the column 'time:timestamp' is empty.")]


def test_xes_by_portions_of_whole_traces(tmp_path: Path) -> None:
    traces = "".join(
        f'<trace><string key="concept:name" value="c{i}"/>'
        + '<event><string key="a" value="1"/></event>' * 3
        + "</trace>"
        for i in range(10)
    )
    path = tmp_path / "a.xes"
    path.write_text(f"<log>{traces}</log>")
    blocks = list(open_xes(path, rows=7).blocks)
    assert [block.rows_read for block in blocks] == [9, 9, 9, 3]
    assert [block.lines for block in blocks] == [1, 10, 19, 28]
    assert blocks[-1].frame["case:concept:name"].to_list() == ["c9"] * 3
