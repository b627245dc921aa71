"""XLSX: one sheet of a workbook, its first row the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from tropa.errors import TropaError, did_you_mean
from tropa.sources.formats.block import Block, Source, is_nameless, unique_names
from tropa.sources.formats.kept_sheets import Sheet, keep, kept, key_of
from tropa.sources.formats.opened import check_there, looks_like
from tropa.sources.formats.xlsx_header import header_row
from tropa.sources.model import Reading

_NUMBERED = re.compile(r"_\d+$")


def open_xlsx(path: Path, how: Reading, rows: int | None = None) -> Source:
    """Opens a workbook. A sheet has at most a million rows and is taken whole, once for several questions.

    Args:
        path: the workbook.
        how: names the sheet, where it is not the first.
        rows: of a portion; None: all of them at once.

    Raises:
        TropaError: it is no workbook, has no such sheet, or the sheet is empty.
    """
    size = check_there(path)
    with path.open("rb") as file:
        head = file.read(512)
    if not head.startswith(b"PK\x03\x04"):
        found = looks_like(head) or "something else, perhaps CSV"
        raise TropaError(
            f"{path.name} is not XLSX as its name says: it is {found}.",
            "Save it as an Excel workbook (.xlsx), or give the file the ending of what it is.",
        )
    key = key_of(path, how.sheet)
    sheet = kept(key)
    if sheet is None:
        sheet = _sheet(path, how)
        keep(key, sheet)
    source = Source(path, "xlsx", iter(()), size, sheet=sheet.name, excel_serials=True)
    source.notes.extend(sheet.notes)
    source.blocks = _blocks(sheet, size, rows)
    return source


def _sheet(path: Path, how: Reading) -> Sheet:
    try:
        book = fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise TropaError(f"{path.name} is a broken workbook: {_first_line(error)}.", "Save it once more.") from error
    names = book.sheet_names
    if how.sheet is not None and how.sheet not in names:
        raise TropaError(f"{path.name} has no sheet '{how.sheet}'.", did_you_mean(how.sheet, names), "usage")
    if not names:
        raise TropaError(f"{path.name} has no sheets.", "Save it once more.")
    sheet = how.sheet if how.sheet is not None else names[0]
    notes: list[str] = []
    if how.sheet is None and len(names) > 1:
        notes.append(f"The workbook has {len(names)} sheets; '{sheet}', the first, was read.")
    try:
        header = header_row(path, sheet)
        frame = _frame(path, book, sheet, header, notes)
    except fastexcel.FastExcelError as error:
        raise TropaError(
            f"Sheet '{sheet}' of {path.name} cannot be read: {_first_line(error)}.", "Save it once more."
        ) from error
    return Sheet(sheet, frame, tuple(notes), header)


def _frame(path: Path, book: fastexcel.ExcelReader, sheet: str, header_at: int, notes: list[str]) -> pl.DataFrame:
    # Each question to the workbook unpacks the whole sheet anew: most sheets are read by one.
    whole = book.load_sheet(sheet, header_row=0, schema_sample_rows=None, skip_whitespace_tail_rows=True)
    columns = whole.available_columns()
    if whole.height and columns and all(_is_plain(column) for column in columns):
        body = whole.to_polars()
        body.columns = unique_names([column.name for column in columns], notes)
        return body
    header = book.load_sheet(sheet, header_row=None, n_rows=1, dtypes="string")
    first = header.to_polars()
    titles = ["" if value is None else str(value) for value in (first.row(0) if first.height else ())]
    names = unique_names(titles, notes)
    if all(is_nameless(name) for name in names):
        raise TropaError(f"Sheet '{sheet}' of {path.name} is empty.", "Expected a header in the first row.")
    if header.total_height < 2:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    body = book.load_sheet(
        sheet, header_row=None, skip_rows=header_at, schema_sample_rows=None, skip_whitespace_tail_rows=True
    ).to_polars()
    # The body may be wider than the header (cells without a name above them) or narrower (an empty last column).
    names = unique_names([*titles, *[""] * (body.width - len(titles))], [])[: body.width]
    body.columns = names
    return body


def _is_plain(column: fastexcel.ColumnInfo) -> bool:
    """Whether a name surely stands so in the header: one that comes twice is given a number by the reader."""
    return column.column_name_from == "looked_up" and _NUMBERED.search(column.name) is None


def _blocks(sheet: Sheet, size: int, rows: int | None) -> Iterator[Block]:
    # Rows left wholly blank inside of a sheet are layout, not data.
    frame, first = sheet.frame, sheet.header + 1
    lines = pl.int_range(first, first + frame.height, eager=True, dtype=pl.Int64).alias("line")
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if frame.height else None
    if filled is not None and not filled.all():
        frame, lines = frame.filter(filled), lines.filter(filled)
    step = max(rows or frame.height, 1)
    for begin in range(0, max(frame.height, 1), step):
        part, told = frame[begin : begin + step], lines[begin : begin + step]
        done = size if begin + step >= frame.height else size * (begin + step) // frame.height
        yield Block(part, told, part.height, done)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
