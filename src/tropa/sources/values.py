"""Columns of any type as plain text, and text as numbers."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tropa.sources.text_kernel import edges

#: Floats above this are not all of them whole numbers that stand for themselves.
_EXACT = 2.0**53
_BLANKS = ("", "nan", "na", "n/a", "null", "none", "-", "—", "#n/a")
#: Written as programs write them. `NA` is none of them: logs that number their cases in letters have a case NA.
_NAMELESS = (
    "NULL",
    "Null",
    "null",
    "None",
    "none",
    "NaN",
    "nan",
    "N/A",
    "n/a",
    "#N/A",
    "#n/a",
    "-",
    "—",
    "nil",
    "undefined",
    "(null)",
    "(NULL)",
    "<null>",
    "<NULL>",
    "<NA>",
    "\\N",
)


def plain_text(column: pl.Series) -> pl.Series:
    """Any column as text: whole numbers without `.0`, no exponents, ISO dates, true/false; nested values as JSON."""
    dtype = column.dtype
    if dtype == pl.String:
        return column
    if dtype.is_float():
        return _float_text(column)
    if dtype.is_integer() or dtype == pl.Boolean or dtype == pl.Null:
        return column.cast(pl.String)
    if isinstance(dtype, pl.Datetime):
        return _moment_text(column, dtype)
    if dtype in (pl.Date, pl.Time):
        return column.cast(pl.String)
    if isinstance(dtype, pl.Duration):
        return column.dt.to_string("iso")
    if isinstance(dtype, pl.Decimal):
        return column.cast(pl.String).str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".")
    if dtype == pl.Binary:
        return pl.Series(column.name, [_bytes_text(value) for value in column.to_list()], dtype=pl.String)
    if isinstance(dtype, (pl.List, pl.Array, pl.Struct)):
        return _nested_text(column)
    return column.cast(pl.String, strict=False)


def text_buffers(column: pl.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A column as text in one run of bytes, and the places where values begin and end; null is empty."""
    texts = plain_text(column)
    if texts.null_count():
        texts = texts.fill_null("")
    array = texts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets_buffer, data = array.buffers()
    offsets = np.frombuffer(offsets_buffer, dtype=np.int64, count=len(array) + 1 + array.offset)[array.offset :]
    text = np.frombuffer(data, dtype=np.uint8) if data is not None and data.size else np.empty(0, dtype=np.uint8)
    return text, offsets


def clean_text(column: pl.Series) -> pl.Series:
    """Text without outer spaces, null where nothing is left."""
    return _cleaned(column)[0]


def clean_identifier(column: pl.Series) -> pl.Series:
    """The same for what names somebody or something: null also where a word for missing stands instead of a name.

    Everybody without a name would be one and the same otherwise.
    """
    text, worded = _cleaned(column)
    if not worded:
        return text
    missing = text.is_in(_NAMELESS).fill_null(False)
    return text.set(missing, None) if missing.any() else text


def _cleaned(column: pl.Series) -> tuple[pl.Series, bool]:
    """Clean text, and whether any of it may be a word for missing."""
    text = plain_text(column)
    # Looking at the ends of values is several times cheaper than making a stripped copy, and nearly always enough.
    empty, spaced, worded = edges(*text_buffers(text))
    if spaced:
        text = text.str.strip_chars()
        empty = worded = True
    if empty:
        text = text.replace("", None)
    return text, worded


def _float_text(column: pl.Series) -> pl.Series:
    numbers = column.cast(pl.Float64).fill_nan(None)
    whole = ((numbers == numbers.round()) & (numbers.abs() < _EXACT)).fill_null(False)
    if whole.all() or (whole | numbers.is_null()).all():
        return numbers.cast(pl.Int64, strict=False).cast(pl.String)
    # A 32-bit float is written as its own short form, not as the 64-bit number nearest to it.
    text = column.fill_nan(None).cast(pl.String)
    if text.str.contains("e", literal=True).any():
        text = pl.Series(column.name, [_without_exponent(value) for value in text.to_list()], dtype=pl.String)
    integers = numbers.cast(pl.Int64, strict=False).cast(pl.String)
    return pl.select(pl.when(whole).then(integers).otherwise(text)).to_series().alias(column.name)


def _without_exponent(value: str | None) -> str | None:
    return format(Decimal(value), "f") if value is not None and "e" in value else value


def _moment_text(column: pl.Series, dtype: pl.Datetime) -> pl.Series:
    zone = ""
    if dtype.time_zone is not None:
        column, zone = column.dt.convert_time_zone("UTC"), "Z"
    text = column.dt.to_string("%Y-%m-%dT%H:%M:%S%.f")
    return text.str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".") + zone


def _bytes_text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", errors="replace")


def _nested_text(column: pl.Series) -> pl.Series:
    """Lists and the like as JSON, by way of a one-field object whose braces are taken off again."""
    name = column.name
    wrapped = column.alias("v").to_frame().select(pl.struct("v").struct.json_encode())
    text = wrapped.to_series().str.strip_prefix('{"v":').str.strip_suffix("}")
    return pl.select(pl.when(column.is_not_null()).then(text)).to_series().alias(name)


def read_numbers(column: pl.Series, decimal_comma: bool | None = None) -> tuple[pl.Series, pl.Series | None]:
    """A column as Float64, and where something stands that is no number (None: nowhere).

    Missing values in their usual spellings (`NaN`, `NA`, `null`, `-`) are null. Spaces between thousands are taken out.
    A comma is the decimal sign, unless a point follows it (`1,234.50`); `1,234` alone is decimal where `decimal_comma`
    says so or other values of the column show it, else it is no number: it could be either.
    """
    dtype = column.dtype
    if dtype.is_numeric() or dtype in (pl.Null, pl.Boolean):
        numbers = column.cast(pl.Float64).fill_nan(None)
        infinite = numbers.is_infinite().fill_null(False)
        return numbers, infinite if infinite.any() else None
    text = clean_text(column)
    numbers = text.cast(pl.Float64, strict=False)
    unsure = (numbers.is_null() | ~numbers.is_finite()) & text.is_not_null()
    if not unsure.any():
        return numbers, None
    numbers = numbers.set(~numbers.is_finite().fill_null(False), None)
    left = text.filter(unsure)
    fixed = _untidy_numbers(left, decimal_comma)
    numbers = numbers.scatter(unsure.arg_true(), fixed)
    missing = text.str.to_lowercase().is_in(_BLANKS).fill_null(False)
    bad = unsure & numbers.is_null() & ~missing
    return numbers, bad if bad.any() else None


def _untidy_numbers(text: pl.Series, decimal_comma: bool | None) -> pl.Series:
    tidy = text.str.replace_all(r"[\s\u00a0\u202f'’]", "").str.replace("−", "-", literal=True)
    thousands_comma = r"^[-+]?\d{1,3}(,\d{3})+\.\d*$"
    either = r"^[-+]?[1-9]\d{0,2},\d{3}$"
    if decimal_comma is None:
        commas = tidy.str.contains(",", literal=True)
        shown = commas & ~tidy.str.contains(either) & ~tidy.str.contains(thousands_comma)
        decimal_comma = True if shown.any() else None
    frame = tidy.alias("t").to_frame()
    t = pl.col("t")
    unknown = t.str.contains(either) if decimal_comma is None else pl.lit(False)
    plain = (
        pl.when(unknown)
        .then(None)
        .when(t.str.contains(thousands_comma))
        .then(t.str.replace_all(",", "", literal=True))
        .when(t.str.contains(r"^[-+]?\d{1,3}(\.\d{3})+,\d*$"))
        .then(t.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .otherwise(t.str.replace(",", ".", literal=True))
    )
    numbers = frame.select(plain.cast(pl.Float64, strict=False)).to_series()
    return numbers.set(~numbers.is_finite().fill_null(False), None)
