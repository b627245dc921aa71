"""Formats: each hands over portions of rows as they stand in the file."""

from __future__ import annotations

from pathlib import Path

from tropa.errors import TropaError
from tropa.sources.formats.block import Block, Source
from tropa.sources.formats.csv_file import open_csv
from tropa.sources.formats.json_file import open_json
from tropa.sources.formats.kept_sheets import forget
from tropa.sources.formats.opened import check_there, suffixes
from tropa.sources.formats.parquet_file import open_parquet
from tropa.sources.formats.xes_file import open_xes
from tropa.sources.formats.xlsx_file import open_xlsx
from tropa.sources.model import Reading

__all__ = ["Block", "Source", "forget", "open_source"]

_TEXT = (".csv", ".tsv", ".txt", ".tab")
_JSON = (".jsonl", ".ndjson", ".json")
_SHOWN_ROWS = 20_000
_PARQUET = (".parquet", ".pq")
_KNOWN = "CSV or TSV, Parquet, JSON lines, XLSX, XES; text and XES may be packed with gzip, text with Zstandard"


def open_source(path: Path, how: Reading, preview: bool = False) -> Source:
    """Opens a file by what its name says that it is.

    Args:
        preview: only the beginning will be looked at.

    Raises:
        TropaError: the name says nothing, or the file is not what its name says.
    """
    suffix, packing = suffixes(path)
    if suffix in _TEXT:
        return open_csv(path, how, 1024 * 1024) if preview else open_csv(path, how)
    if suffix in _JSON:
        return open_json(path, 1024 * 1024) if preview else open_json(path)
    if suffix in _PARQUET and not packing:
        return open_parquet(path, 1_000) if preview else open_parquet(path)
    if suffix == ".xlsx" and not packing:
        return open_xlsx(path, how, _SHOWN_ROWS if preview else None)
    if suffix == ".xes":
        return open_xes(path, 1_000) if preview else open_xes(path)
    check_there(path)
    raise TropaError(f"{path.name}: files of the kind '{suffix + packing}' are not read.", f"Expected {_KNOWN}.")
