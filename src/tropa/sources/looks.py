"""What the columns of a file look like, by their values: times, numbers, names; how often they repeat."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from tropa.sources.formats import open_source
from tropa.sources.formats.block import is_nameless, shorten
from tropa.sources.model import Reading
from tropa.sources.spellings import speaks_of_time
from tropa.sources.times import TimeReader
from tropa.sources.two_columns import is_clock
from tropa.sources.values import clean_text, plain_text, read_numbers

Looks = Literal["time", "clock", "number", "text", "empty"]
"""`clock`: times of day without a date."""

EXAMPLES = 4
_ROWS = 20_000
_MOST = 0.9
"""Share of the values of a column that must look alike for the column to look so."""
_LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column of a file as its first rows show it.

    Attributes:
        filled: share of the rows that have a value.
        distinct: different values among the rows looked at.
    """

    name: str
    looks: Looks
    examples: tuple[str, ...]
    filled: float
    distinct: int


@dataclass(frozen=True, slots=True, eq=False)
class FileLook:
    """The beginning of a file: `rows` rows of it, its columns, and the rows themselves as clean text."""

    rows: int
    columns: tuple[ColumnLook, ...]
    texts: pl.DataFrame


def look_at(path: Path, how: Reading) -> FileLook:
    """Look at the beginning of a file.

    Raises:
        TropaError: the file is not what its name says.
    """
    source = open_source(path, how, preview=True)
    try:
        block = next(iter(source.blocks), None)
    finally:
        source.close()
    frame = pl.DataFrame() if block is None else block.frame.head(_ROWS)
    times = TimeReader(how.timezone)
    times.excel_serials = source.excel_serials
    named = [name for name in frame.columns if not is_nameless(name)]
    texts = {name: clean_text(plain_text(frame[name])) for name in named}
    columns = tuple(_column(name, frame[name], texts[name], times) for name in named)
    return FileLook(frame.height, columns, pl.DataFrame(list(texts.values()), schema=named))


def _column(name: str, raw: pl.Series, text: pl.Series, times: TimeReader) -> ColumnLook:
    values = text.drop_nulls()
    examples = values.unique(maintain_order=True)
    shown = tuple(shorten(value, _LONGEST_EXAMPLE) for value in examples.head(EXAMPLES).to_list())
    filled = values.len() / raw.len() if raw.len() else 0.0
    return ColumnLook(name, _looks(name, raw.filter(text.is_not_null()), times), shown, filled, examples.len())


def _looks(name: str, values: pl.Series, times: TimeReader) -> Looks:
    if not values.len():
        return "empty"
    _, bad = read_numbers(values)
    numeric = bad is None or bad.sum() <= (1 - _MOST) * values.len()
    # A whole number may be a moment, but only a name can say so.
    told = speaks_of_time(name)
    if not numeric or told:
        wrong = times.bad(values, serials=told)
        if wrong is None or wrong.sum() <= (1 - _MOST) * values.len():
            return "time"
    if is_clock(values):
        return "clock"
    return "number" if numeric else "text"
