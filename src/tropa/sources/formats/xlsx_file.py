"""XLSX: one sheet of a workbook, its first row the header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from tropa.errors import TropaError, did_you_mean
from tropa.sources.formats.block import Block, Source, is_nameless, unique_names
from tropa.sources.formats.opened import check_there, looks_like
from tropa.sources.model import Reading


def open_xlsx(path: Path, how: Reading) -> Source:
    """Opens a workbook. A sheet has at most a million rows and is taken whole.

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
    source = Source(path, "xlsx", iter(()), size, sheet=sheet, excel_serials=True)
    if how.sheet is None and len(names) > 1:
        source.notes.append(f"The workbook has {len(names)} sheets; '{sheet}', the first, was read.")
    frame = _frame(path, book, sheet, source.notes)
    source.blocks = _blocks(frame, size)
    return source


def _frame(path: Path, book: fastexcel.ExcelReader, sheet: str, notes: list[str]) -> pl.DataFrame:
    try:
        header = book.load_sheet(sheet, header_row=None, n_rows=1, dtypes="string").to_polars()
        titles = ["" if value is None else str(value) for value in (header.row(0) if header.height else ())]
        names = unique_names(titles, notes)
        if all(is_nameless(name) for name in names):
            raise TropaError(f"Sheet '{sheet}' of {path.name} is empty.", "Expected a header in the first row.")
        if book.load_sheet(sheet, header_row=None, n_rows=2, dtypes="string").height < 2:
            return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        body = book.load_sheet(
            sheet, header_row=None, skip_rows=1, schema_sample_rows=None, skip_whitespace_tail_rows=True
        ).to_polars()
    except fastexcel.FastExcelError as error:
        raise TropaError(
            f"Sheet '{sheet}' of {path.name} cannot be read: {_first_line(error)}.", "Save it once more."
        ) from error
    # The body may be wider than the header (cells without a name above them) or narrower (an empty last column).
    names = unique_names([*titles, *[""] * (body.width - len(titles))], [])[: body.width]
    body.columns = names
    return body


def _blocks(frame: pl.DataFrame, size: int) -> Iterator[Block]:
    # Rows left wholly blank inside of a sheet are layout, not data.
    lines = pl.int_range(2, 2 + frame.height, eager=True, dtype=pl.Int64).alias("line")
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if frame.height else None
    if filled is not None and not filled.all():
        frame, lines = frame.filter(filled), lines.filter(filled)
    yield Block(frame, lines, frame.height, size)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
