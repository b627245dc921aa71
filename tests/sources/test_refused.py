"""Files that are not what they claim to be are refused whole, with what was found and what was expected."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from tropa.errors import TropaError
from tropa.sources import FileKind, Join, Reading, fingerprint, read, recognise

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)
GOOD = b"customer_id,time,activity\nA,2020-01-01,visit\n"
NOISE = random.Random(7).randbytes(5_000)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", PNG, "a PNG picture"),
        ("a.csv", b"%PDF-1.7\n" + GOOD, "a PDF document"),
        ("a.csv", b"PK\x03\x04" + bytes(50), "Office document"),
        ("a.csv", b"PAR1" + bytes(50), "a Parquet file"),
        ("a.csv", gzip.compress(GOOD, mtime=0), "gzip"),
        ("a.csv", b"<!DOCTYPE html><html><body>404</body></html>", "an HTML page"),
        ("a.csv", b"\n  <HTML><head></head>", "an HTML page"),
        ("a.csv", b'{"customer_id": "A", "time": "2020-01-01"}\n', "JSON"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n \n\n", "empty"),
        ("a.csv", b"\xef\xbb\xbf", "empty"),
        ("a.csv", NOISE, "zero byte|no column|JPEG"),
        ("a.csv.gz", GOOD, "not gzip-compressed"),
        ("a.csv.gz", PNG, "a PNG picture"),
        ("a.csv.gz", gzip.compress(GOOD, mtime=0)[:-12], "broken"),
        ("a.csv.gz", gzip.compress(GOOD * 50_000, mtime=0)[:-400], "broken"),
        ("a.csv.gz", gzip.compress(PNG, mtime=0), "a PNG picture"),
        ("a.csv.zst", GOOD, "not Zstandard-compressed"),
        ("a.csv.zst", pa.compress(GOOD * 9_000, codec="zstd", asbytes=True)[:-9], "broken"),
        ("a.parquet", GOOD, "text, perhaps CSV"),
        ("a.parquet", PNG, "a PNG picture"),
        ("a.parquet", b"PAR1" + bytes(100), "breaks off"),
        ("a.parquet", b"PAR1" + bytes(100) + b"PAR1", "broken Parquet"),
        ("a.jsonl", GOOD, "other text"),
        ("a.jsonl", b"   ", "nothing but spaces"),
        ("a.json", b'{"data": [{"customer_id": "A"}],\n "page": 1}', "one object with the keys 'data', 'page'"),
        ("a.json", b'[{"customer_id": "A", "time": "2020-01-01", "activity": "v"}, {"cust', "element 2"),
        ("a.json", b"[]", "has no rows"),
        ("a.jsonl", b'{"a": \n{"b": \n', "None of the rows of a.jsonl can be read; line 1"),
        ("a.xes", b"<log></log>", "has no rows"),
        ("a.xlsx", GOOD, "perhaps CSV"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "broken workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(50), "old Excel"),
        ("a.xes", GOOD, "other text"),
        ("a.xes", b"<!DOCTYPE html><html></html>", "document type|HTML"),
        ("a.xes", b"<?xml version='1.0'?><osm></osm>", "root is 'osm'"),
        ("a.xes", b"<log><trace><event></trace></log>", "broken XML"),
        ("a.xes", b"<log><trace><string key='concept:name' value='1'/>", "broken XML"),
        ("a.xes.gz", gzip.compress(b"<log></log>" * 1, mtime=0)[:-9], "broken"),
        ("a.docx", GOOD, "are not read"),
        ("table", GOOD, "are not read"),
    ],
)
def test_refused_whole(load: Callable[..., Any], name: str, content: bytes, found: str) -> None:
    with pytest.raises(TropaError, match=found) as caught:
        load(name, content)
    assert caught.value.hint
    assert name in caught.value.message


def test_entities_are_refused(load: Callable[..., Any], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("told")
    text = f'<!DOCTYPE log [<!ENTITY x SYSTEM "file://{secret}">]><log><trace>&x;</trace></log>'
    with pytest.raises(TropaError, match="declares a document type"):
        load("a.xes", text)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(TropaError, match="no file") as caught:
        read(tmp_path / "none.csv", "events")
    assert caught.value.kind == "not_found"
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(TropaError, match="is a folder"):
        read(tmp_path / "folder.csv", "events")
    with pytest.raises(TropaError, match="no file"):
        fingerprint(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("kind", "header", "lacks"),
    [
        ("events", "customer_id,time", "activity"),
        ("events", "activity,colour", "time and customer_id"),
        ("feedback", "customer_id,time,score", "kind"),
        ("customers", "region,age", "customer_id"),
        ("identities", "identifier_a,what", "identifier_b"),
    ],
)
def test_required_columns(load: Callable[..., Any], kind: FileKind, header: str, lacks: str) -> None:
    with pytest.raises(TropaError, match=f"no column for {lacks}") as caught:
        load("a.csv", f"{header}\n1,2\n", kind)
    assert f"'{header.split(',')[0]}'" in caught.value.message
    assert "--columns" in caught.value.hint


def test_a_mapped_column_that_is_not_there(load: Callable[..., Any]) -> None:
    with pytest.raises(TropaError, match="no column 'actvity'") as caught:
        load("a.csv", GOOD, columns={"activity": "actvity"})
    assert "'activity'" in caught.value.hint
    assert caught.value.kind == "usage"
    with pytest.raises(TropaError, match="'activty' is no column of events") as caught:
        load("a.csv", GOOD, columns={"activty": "activity"})
    assert "'activity'" in caught.value.hint
    with pytest.raises(TropaError, match="no column 'phone'"):
        load("a.csv", GOOD, identifiers=("phone",))
    with pytest.raises(TropaError, match="no column 'shiped'"):
        load("a.csv", GOOD, milestones={"Shipped": "shiped"})


def test_milestones_are_for_events(load: Callable[..., Any]) -> None:
    with pytest.raises(TropaError, match="feedback have none"):
        load("a.csv", GOOD, "feedback", milestones={"x": "time"})


def test_a_file_of_which_no_row_can_be_read(load: Callable[..., Any]) -> None:
    with pytest.raises(TropaError, match=r"None of the 2 rows of a\.csv can be read; line 2: time 'x' cannot"):
        load("a.csv", "customer_id,time,activity\nA,x,visit\nB,y,visit\n")


def test_bad_options(load: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(TropaError, match="no encoding 'utf-9'"):
        load("a.csv", GOOD, encoding="utf-9")
    with pytest.raises(TropaError, match="cannot be a delimiter"):
        load("a.csv", GOOD, delimiter="ab")
    with pytest.raises(TropaError, match="no time zone"):
        load("a.csv", GOOD, timezone="Moscow")


def test_joins_that_cannot_be(load: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes(b"client,region\nA,North\n")
    with pytest.raises(TropaError, match=r"other\.csv has no column 'customer_id' to join by"):
        load("a.csv", GOOD, join=(Join(other, "customer_id"),))
    with pytest.raises(TropaError, match=r"a\.csv has no column 'clint' to join by"):
        load("a.csv", GOOD, join=(Join(other, "clint=client"),))


def test_preview_refuses_what_is_no_table_and_shows_what_lacks_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(PNG)
    with pytest.raises(TropaError, match="PNG"):
        recognise(path, "events")
    path.write_bytes(b"colour,size\nred,1\n")
    seen = recognise(path, "events", Reading())
    assert seen.missing == ("time", "activity", "customer_id")


def test_fingerprint_is_of_the_bytes(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(GOOD)
    (tmp_path / "c.csv").write_bytes(GOOD + b"\n")
    assert fingerprint(tmp_path / "a.csv") == fingerprint(tmp_path / "b.csv") != fingerprint(tmp_path / "c.csv")
    assert len(fingerprint(tmp_path / "a.csv")) == 64


def test_parquet_without_rows_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(schema={"customer_id": pl.String, "time": pl.Datetime("us"), "activity": pl.String}).write_parquet(
        path
    )
    chunks = list(read(path, "events"))
    assert sum(chunk.rows.height for chunk in chunks) == 0


def test_scores_in_words_are_told_with_the_words_and_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id,time,Довольны\na,2026-01-01,доволен\nb,2026-01-02,не очень\nc,2026-01-03,доволен\n")
    how = Reading(columns={"score": "Довольны", "kind": ":csat"})
    with pytest.raises(TropaError) as refused:
        list(read(path, "feedback", how))
    assert "'Довольны' has 'доволен', 'не очень'." in refused.value.message
    assert "1 to 5" in refused.value.hint and "--columns score=:" in refused.value.hint
    path.write_text(path.read_text() + "d,2026-01-04,5\n")
    assert sum(chunk.rows.height for chunk in read(path, "feedback", how)) == 1
