"""Times of day that stand in a column of their own, put to the dates beside them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tropa.sources import time_kernel as kernel
from tropa.sources.values import plain_text, text_buffers

UNREADABLE, IMPOSSIBLE, NO_DATE, TWICE = range(8, 12)
"""Why a date and a time of day make no time; beside the statuses of `time_kernel`."""
REASONS = {
    UNREADABLE: "cannot be read as a time of day",
    IMPOSSIBLE: "is an impossible time of day",
    NO_DATE: "is a time of day without a date",
    TWICE: "is a time of day beside a date that has another one",
}

_DAY_US = 86_400_000_000
_MINUTE_US = 60_000_000
_NULL_DATE = (
    r"^(1899-12-3[01]|1900-01-0[01]|1904-01-01|1970-01-01|0001-01-01"
    r"|3[01]\.12\.1899|0[01]\.01\.1900|01\.01\.1904|01\.01\.1970|01\.01\.0001)[T ]+"
)
"""The date that programs write where a cell holds a time of day alone."""
_HALF = r"(?i)\s*([ap])\.?\s?m\.?$"
_FRACTION = r"^0?([.,]\d|,\d\d|[.,]\d{3,})$"
"""0.50 is ten to one, 0.5 is noon."""
_DIGITS = r"^\d{1,6}$"
_MIDNIGHT = r"[T ]0?0:00(:00([.,]0+)?)?\s*(Z|[+-]\d\d:?\d\d)?$"
_BLANKS = ("-", "—", "–")

Micros = NDArray[np.int64]
Statuses = NDArray[np.uint8]


def width_of(column: pl.Series) -> int:
    """Of times written as bare digits (931, 1405): how many of them a whole one has, 2, 4 or 6; 0: there are none."""
    digits = plain_clocks(column).drop_nulls()
    longest = digits.filter(digits.str.contains(_DIGITS)).str.len_bytes().max()
    return (longest + 1) // 2 * 2 if isinstance(longest, int) else 0


def read_clocks(column: pl.Series, width: int = 0) -> tuple[Micros, Statuses]:
    """Times of day: microseconds since midnight and statuses of `time_kernel`.

    LOCAL where no offset is written; with one, INSTANT, and the offset is taken off.

    Args:
        column: text, times, moments of no real day (as Excel has them), or parts of a day.
        width: of times written as bare digits, as `width_of` tells.
    """
    texts = plain_clocks(column)
    dated = pl.select("1970-01-01 " + pl.lit(texts.fill_null(""))).to_series()
    micros, statuses, _ = kernel.read_times(*text_buffers(dated), kernel.DAY_FIRST)
    statuses[texts.is_null().to_numpy()] = kernel.EMPTY
    digits = texts.str.contains(_DIGITS).fill_null(False)
    if digits.any():
        _put(micros, statuses, digits, _of_digits(texts.filter(digits), width))
    parts = texts.str.contains(_FRACTION).fill_null(False)
    if parts.any():
        days = texts.filter(parts).str.replace(",", ".", literal=True).cast(pl.Float64).to_numpy()
        _put(micros, statuses, parts, np.round(days * 86_400_000).astype(np.int64) * 1_000)
    return micros, statuses


def put_together(
    dates: pl.Series, micros: Micros, statuses: Statuses, clocks: pl.Series, width: int
) -> tuple[Micros, Statuses]:
    """Dates with the times of day beside them; where there is none, the date alone.

    Args:
        dates: as they stand in the file, as text.
        micros, statuses: what `time_kernel` makes of them.
        clocks: the times of day as they stand in the file.
        width: see `read_clocks`.
    """
    clock, told = read_clocks(clocks, width)
    has_day = statuses <= kernel.INSTANT
    has_clock = told <= kernel.INSTANT
    own = has_day & (micros % _DAY_US != 0) & ~dates.str.contains(_MIDNIGHT).fill_null(False).to_numpy()
    same = own & (statuses == kernel.LOCAL) & (np.abs(micros % _DAY_US - clock) < _MINUTE_US)
    twice = has_clock & own & ~same
    twice |= has_clock & (statuses == kernel.INSTANT) & (told == kernel.INSTANT) & (micros % _DAY_US != 0)
    added = has_day & has_clock & ~own
    result = statuses.copy()
    result[added & (told == kernel.INSTANT)] = kernel.INSTANT
    result[twice] = TWICE
    # Midnight beside no date is how some programs write that there is nothing.
    result[(statuses == kernel.EMPTY) & has_clock & (clock != 0)] = NO_DATE
    wrong = ~has_clock & (told != kernel.EMPTY) & (has_day | (statuses == kernel.EMPTY))
    result[wrong] = np.where(told[wrong] == kernel.IMPOSSIBLE, IMPOSSIBLE, UNREADABLE)
    return np.where(added, micros + clock, micros), result


def plain_clocks(column: pl.Series) -> pl.Series:
    """Times of day as text, null where nothing is told."""
    if isinstance(column.dtype, pl.Duration):
        column = column.cast(pl.Duration("us")).to_physical().cast(pl.Datetime("us"))
    elif column.dtype.is_float() and bool(column.is_between(0, 1, closed="left").all()):
        # To the millisecond: a part of a day carries no more.
        column = ((column * 86_400_000).round().cast(pl.Int64) * 1_000).cast(pl.Datetime("us"))
    texts = plain_text(column).str.strip_chars()
    texts = texts.str.replace(_NULL_DATE, "").str.replace(_HALF, "${1}m")
    return texts.set(texts.is_in(["", *_BLANKS]).fill_null(False), None)


def _of_digits(digits: pl.Series, width: int) -> Micros:
    """Microseconds of hours, of hours and minutes, or with seconds, leading zeros perhaps lost; negative: none."""
    number = digits.cast(pl.Int64).to_numpy()
    own = (digits.str.len_bytes().to_numpy().astype(np.int64) + 1) // 2 * 2
    places = np.maximum(own, width)
    hour = np.where(places == 2, number, np.where(places == 4, number // 100, number // 10_000))
    minute = np.where(places == 2, 0, np.where(places == 4, number % 100, number // 100 % 100))
    second = np.where(places == 6, number % 100, 0)
    fits = ((hour < 24) | ((hour == 24) & (minute + second == 0))) & (minute < 60) & (second < 60)
    return np.where(fits, ((hour * 60 + minute) * 60 + second) * 1_000_000, -1)


def _put(micros: Micros, statuses: Statuses, where: pl.Series, values: Micros) -> None:
    places = where.to_numpy()
    micros[places] = np.maximum(values, 0)
    statuses[places] = np.where(values < 0, kernel.IMPOSSIBLE, kernel.LOCAL)
