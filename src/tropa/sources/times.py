"""Times of any type and spelling into instants: `Datetime("us", "UTC")`, or a reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tropa.errors import TropaError
from tropa.sources import clocks as clock_reader
from tropa.sources import time_kernel as kernel
from tropa.sources.model import UTC_US
from tropa.sources.values import plain_text, text_buffers

_EXCEL_EPOCH_US = -25_569 * 86_400_000_000
#: Days of 1950..2100 in a workbook; smaller and larger numbers are taken for something else.
_EXCEL_DAYS = (18_264, 73_415)

_SERIAL = r"^\d{5}([.,]\d+)?$"
"""A day of Excel written as text; nothing else that is a time looks so."""
_MOST = 0.9
"""Share of the filled values that must look so."""

_REASONS = {
    kernel.UNREADABLE: "cannot be read as a time",
    kernel.IMPOSSIBLE: "is an impossible date or time",
    kernel.OUT_OF_RANGE: f"lies outside the years {kernel.FIRST_YEAR}..{kernel.LAST_YEAR}",
    kernel.NO_DATE: "is a time of day without a date",
}


@dataclass(slots=True)
class Times:
    """A column read as times: `values` is null where it was empty or unreadable, `statuses` says which.

    `clocks` are the times of day that stood in another column.
    """

    values: pl.Series
    statuses: NDArray[np.uint8] | None = None
    clocks: pl.Series | None = None

    def unreadable(self) -> pl.Series | None:
        """Where something stands that is no time; None: nowhere."""
        if self.statuses is None:
            return None
        bad = (self.statuses >= kernel.UNREADABLE) & (self.statuses != kernel.EMPTY)
        return pl.Series(bad) if bad.any() else None

    def reasons(self, column: str, raw: pl.Series, rows: pl.Series) -> pl.Series:
        """A sentence for each of the rows (a mask), all of them unreadable."""
        assert self.statuses is not None
        statuses = self.statuses[rows.to_numpy()]
        texts = plain_text(raw.filter(rows)).to_list()
        clocks = [None] * len(texts) if self.clocks is None else plain_text(self.clocks.filter(rows)).to_list()
        beside = "" if self.clocks is None else self.clocks.name
        words = [
            f"{column} '{text}' {_REASONS[status]}."
            if status in _REASONS
            else f"{beside} '{clock}' {clock_reader.REASONS[status]}."
            for text, clock, status in zip(texts, clocks, statuses.tolist(), strict=True)
        ]
        return pl.Series(words, dtype=pl.String)


@dataclass(slots=True)
class TimeReader:
    """Reads the time columns of one file; what it learns about the order of day and month holds for the whole file.

    Args:
        timezone: IANA name, for times without an offset.
        order: UNDECIDED unless somebody said how 03/04/2021 is to be read.
        excel_serials: numbers may be days since 1899-12-30.

    Attributes:
        serials: columns of text that held such numbers, each with one of them and what it was taken for.
    """

    timezone: str
    order: int = kernel.UNDECIDED
    excel_serials: bool = False
    serials: dict[str, tuple[str, str]] = field(default_factory=dict, init=False)
    _widths: dict[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise TropaError(
                f"There is no time zone '{self.timezone}'.", "Use an IANA name such as Europe/Moscow or UTC.", "usage"
            ) from error

    def read(self, columns: Sequence[pl.Series], clocks: Sequence[pl.Series | None] = ()) -> list[Times]:
        """All time columns of one portion at once, because one of them may decide how another is to be read.

        Args:
            columns: as they stand in the file.
            clocks: of each, the times of day that stand in a column of their own.

        Raises:
            TropaError: dates such as 03/04/2021 that nothing decides.
        """
        beside = clocks or [None] * len(columns)
        columns = [one if clock is None else plain_text(one) for one, clock in zip(columns, beside, strict=True)]
        results: list[Times | None] = [self._typed(column) for column in columns]
        texts = {i: text_buffers(columns[i]) for i, result in enumerate(results) if result is None}
        parsed = {i: kernel.read_times(*buffers, self.order) for i, buffers in texts.items()}
        undecided = [i for i, (_, statuses, _) in parsed.items() if (statuses == kernel.AMBIGUOUS).any()]
        if self.order == kernel.UNDECIDED:
            day_first = sum(seen[0] for _, _, seen in parsed.values())
            month_first = sum(seen[1] for _, _, seen in parsed.values())
            if day_first or month_first:
                self.order = kernel.DAY_FIRST if day_first >= month_first else kernel.MONTH_FIRST
                again = list(parsed) if day_first and month_first else undecided
                parsed.update({i: kernel.read_times(*texts[i], self.order) for i in again})
            elif undecided:
                _refuse_undecided(columns[undecided[0]], parsed[undecided[0]][1])
        for i, (micros, statuses, _) in parsed.items():
            self._read_serials(columns[i], micros, statuses)
            clock = beside[i]
            if clock is not None:
                width = self._widths.setdefault(clock.name, clock_reader.width_of(clock))
                micros, statuses = clock_reader.put_together(columns[i], micros, statuses, clock, width)
            results[i] = replace(self._assemble(columns[i].name, micros, statuses), clocks=clock)
        return [result for result in results if result is not None]

    def bad(self, column: pl.Series, serials: bool = False) -> pl.Series | None:
        """Where something stands that is no time in any order of day and month; None: nowhere.

        Args:
            column: as it stands in the file.
            serials: days of Excel are times, as where a name says that dates are meant; an amount looks like one.
        """
        known = self._typed(column)
        if known is not None:
            return known.unreadable()
        micros, statuses, _ = kernel.read_times(*text_buffers(column), self.order)
        if serials:
            _serials(plain_text(column), micros, statuses)
        wrong = (statuses >= kernel.UNREADABLE) & (statuses != kernel.EMPTY) & (statuses != kernel.AMBIGUOUS)
        return pl.Series(wrong) if wrong.any() else None

    def _read_serials(self, column: pl.Series, micros: NDArray[np.int64], statuses: NDArray[np.uint8]) -> None:
        texts = plain_text(column)
        first = _serials(texts, micros, statuses)
        if first is not None and column.name not in self.serials:
            moment = np.datetime64(int(micros[first]), "us").astype("datetime64[m]").item()
            self.serials[column.name] = (str(texts[first]), f"{moment:%Y-%m-%d %H:%M}")

    def _typed(self, column: pl.Series) -> Times | None:
        """A column that already holds dates or times, or None where it has to be read as text."""
        dtype = column.dtype
        if dtype == pl.Null:
            return Times(column.cast(UTC_US))
        if self.excel_serials and dtype.is_numeric():
            days = column.cast(pl.Float64)
            inside = days.is_between(*_EXCEL_DAYS)
            if inside.any() and inside.all():
                # To the millisecond: a serial number of days carries no more.
                micros = ((days * 86_400_000).round().cast(pl.Int64) * 1_000) + _EXCEL_EPOCH_US
                return Times(self._localise(micros.cast(pl.Datetime("us"))))
        if not isinstance(dtype, (pl.Datetime, pl.Date)):
            return None
        if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
            values = column.cast(pl.Datetime("us", dtype.time_zone)).dt.convert_time_zone("UTC")
        else:
            values = self._localise(column.cast(pl.Datetime("us")))
        micros = values.to_physical()
        low, high = micros.min(), micros.max()
        if low is None or (low >= kernel.FIRST_US and high < kernel.END_US):  # type: ignore[operator]
            return Times(values)
        outside = ((micros < kernel.FIRST_US) | (micros >= kernel.END_US)).fill_null(False)
        statuses = np.where(outside.to_numpy(), kernel.OUT_OF_RANGE, kernel.INSTANT).astype(np.uint8)
        frame = pl.DataFrame({"time": values, "outside": outside})
        return Times(frame.select(pl.when(~pl.col("outside")).then(pl.col("time")))["time"], statuses)

    def _assemble(self, name: str, micros: NDArray[np.int64], statuses: NDArray[np.uint8]) -> Times:
        local = statuses == kernel.LOCAL
        bad = statuses >= kernel.UNREADABLE
        plain = pl.Series(name, micros).cast(pl.Datetime("us"))
        if bad.any():
            plain = pl.select(pl.when(~pl.Series(bad)).then(plain)).to_series().alias(name)
        instants = plain.dt.replace_time_zone("UTC")
        if not local.any() or self.timezone == "UTC":
            return Times(instants, statuses)
        localised = self._localise(plain)
        if not local.all():
            localised = pl.select(pl.when(pl.Series(local)).then(localised).otherwise(instants)).to_series().alias(name)
        return Times(localised, statuses)

    def _localise(self, plain: pl.Series) -> pl.Series:
        """Local times into instants: of two the earlier; one that the clocks skipped, counted on from before that."""
        if self.timezone == "UTC":
            return plain.dt.replace_time_zone("UTC")
        here = plain.dt.replace_time_zone(self.timezone, ambiguous="earliest", non_existent="null")
        if here.null_count() > plain.null_count():
            day = timedelta(days=1)
            before = (plain - day).dt.replace_time_zone(self.timezone, ambiguous="earliest", non_existent="null")
            counted_on = (before.dt.convert_time_zone("UTC") + day).dt.convert_time_zone(self.timezone)
            here = pl.select(pl.coalesce(here, counted_on)).to_series().alias(plain.name)
        return here.dt.convert_time_zone("UTC")


def _serials(texts: pl.Series, micros: NDArray[np.int64], statuses: NDArray[np.uint8]) -> int | None:
    """Put in the moments of days of Excel where nearly all of a column are such; the place of the first, or None."""
    open_ = (statuses == kernel.UNREADABLE) & texts.str.contains(_SERIAL).fill_null(False).to_numpy()
    if not open_.any() or open_.sum() < _MOST * (statuses != kernel.EMPTY).sum():
        return None
    days = texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False).fill_null(0.0).to_numpy()
    open_ &= (days >= _EXCEL_DAYS[0]) & (days <= _EXCEL_DAYS[1])
    micros[open_] = np.round(days[open_] * 86_400_000).astype(np.int64) * 1_000 + _EXCEL_EPOCH_US
    statuses[open_] = kernel.LOCAL
    return int(np.argmax(open_)) if open_.any() else None


def _refuse_undecided(column: pl.Series, statuses: NDArray[np.uint8]) -> None:
    first = plain_text(column)[int(np.argmax(statuses == kernel.AMBIGUOUS))]
    raise TropaError(
        f"Dates such as '{first}' in column '{column.name}' can be day/month or month/day, and nothing in the column"
        " decides which.",
        "Say which with --dates day-first or --dates month-first, or write them as 2021-04-03.",
    )
