"""Parquet, by portions of a million rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tropa.errors import TropaError
from tropa.sources.formats.block import Block, Source
from tropa.sources.formats.opened import check_there, looks_like

_ROWS = 1_000_000
_LARGE_GROUP = 4


def open_parquet(path: Path, rows: int = _ROWS) -> Source:
    """Opens a Parquet file.

    Raises:
        TropaError: it is no Parquet file, or a broken one.
    """
    size = check_there(path)
    with path.open("rb") as file:
        head = file.read(512)
        file.seek(max(0, size - 4))
        tail = file.read(4)
    if not head.startswith(b"PAR1"):
        found = looks_like(head) or ("text, perhaps CSV" if head.isascii() or b"\x00" not in head else "something else")
        raise TropaError(
            f"{path.name} is not Parquet as its name says: it is {found}.",
            "Expected a Parquet file; give the file the ending of what it is (.csv, .jsonl, ...).",
        )
    if tail != b"PAR1":
        raise TropaError(f"{path.name} breaks off: the end of a Parquet file is missing.", "Copy it once more.")
    try:
        frame = pl.scan_parquet(path)
        schema = frame.collect_schema()
        height = int(frame.select(pl.len()).collect().item())
        metadata = pq.read_metadata(path)
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError) as error:
        raise _broken(path, error) from error
    source = Source(path, "parquet", iter(()), size)
    nested = any(isinstance(dtype, pl.Struct) for dtype in schema.values())
    largest = max((metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)), default=0)
    # Portions of a row group much larger than a portion would each unpack all of it; a stream unpacks it once.
    stream = largest > _LARGE_GROUP * rows
    parts = frame.collect_batches(chunk_size=rows, maintain_order=True) if stream else _slices(frame, height, rows)
    source.blocks = _blocks(path, iter(parts), nested, height, size)
    return source


def _blocks(path: Path, parts: Iterator[pl.DataFrame], nested: bool, height: int, size: int) -> Iterator[Block]:
    done = 0
    try:
        for part in parts:
            line = done + 1
            done += part.height
            bytes_done = size if height == 0 else size * done // height
            yield Block(flatten(part) if nested else part, line, part.height, bytes_done)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _broken(path, error) from error


def _slices(frame: pl.LazyFrame, height: int, rows: int) -> Iterator[pl.DataFrame]:
    """Portion by portion: reads only the row groups that a portion touches."""
    for start in range(0, max(height, 1), rows):
        yield frame.slice(start, rows).collect()


def flatten(frame: pl.DataFrame) -> pl.DataFrame:
    """Nested fields as columns of their own, named with dots."""
    while True:
        nested = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Struct)]
        if not nested:
            return frame
        columns: list[pl.Series] = []
        taken = set(frame.columns) - set(nested)
        for column in frame.get_columns():
            if not isinstance(column.dtype, pl.Struct):
                columns.append(column)
                continue
            for part in column.struct.unnest().get_columns():
                name = f"{column.name}.{part.name}"
                while name in taken:
                    name += "_"
                taken.add(name)
                columns.append(part.alias(name))
        if not columns:
            return frame.drop(nested)
        frame = pl.DataFrame(columns)


def _broken(path: Path, error: Exception) -> TropaError:
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return TropaError(f"{path.name} is a broken Parquet file: {first}.", "Export it once more.")
