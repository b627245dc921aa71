"""Helpers for the tests of sources: small files made on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl
import pytest

from tropa.sources import FileKind, Reading, read


@dataclass
class Whole:
    """All portions of a file together."""

    rows: pl.DataFrame
    identities: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    notes: list[str]


def read_whole(path: Path, kind: FileKind = "events", how: Reading | None = None) -> Whole:
    chunks = list(read(path, kind, how))
    assert chunks[-1].bytes_done <= chunks[-1].bytes_total
    return Whole(
        pl.concat([chunk.rows for chunk in chunks], how="diagonal"),
        pl.concat([chunk.identities for chunk in chunks]),
        pl.concat([chunk.rejects for chunk in chunks]),
        sum(chunk.rows_read for chunk in chunks),
        [note for chunk in chunks for note in chunk.notes],
    )


@pytest.fixture
def whole() -> Callable[..., Whole]:
    return read_whole


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Whole]:
    """Writes a file and reads it: `load("a.csv", text, kind, columns=...)`."""

    def write_and_read(name: str, content: str | bytes, kind: FileKind = "events", **how: object) -> Whole:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_whole(path, kind, Reading(**how))  # type: ignore[arg-type]

    return write_and_read


@dataclass(frozen=True)
class Days:
    """A cell that Excel shows as a date."""

    serial: float


def _cell(reference: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Days):
        return f'<c r="{reference}" s="1"><v>{value.serial}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _sheet(rows: list[list[object]]) -> str:
    body = "".join(
        f'<row r="{number}">' + "".join(_cell(f"{chr(65 + i)}{number}", v) for i, v in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook with nothing in it but what a reader needs."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in zip(numbers, sheets, strict=True))
    links = "".join(
        f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/s{i}.xml"/>' for i in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{kind}.worksheet+xml"/>' for i in numbers
    )
    files = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{office}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="r99" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<?xml version="1.0"?><styleSheet xmlns="{main}">'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, content in files.items():
            book.writestr(name, content)
        for number, rows in zip(numbers, sheets.values(), strict=True):
            book.writestr(f"xl/worksheets/s{number}.xml", _sheet(rows))
    return path


@pytest.fixture
def workbook() -> Callable[..., Path]:
    return write_xlsx


@pytest.fixture
def excel_days() -> Callable[[float], object]:
    return Days
