"""Which column tells the time of day of which date: by their names, and by what stands in them."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from tropa.sources import time_kernel as kernel
from tropa.sources.clocks import plain_clocks, read_clocks, width_of
from tropa.sources.clues import speaks_of
from tropa.sources.formats.block import is_nameless
from tropa.sources.model import CLOCKS
from tropa.sources.plan import Plan
from tropa.sources.spellings import plain_name, speaks_of_term, speaks_of_time
from tropa.sources.times import TimeReader
from tropa.sources.values import plain_text

_ROWS = 1_000
_MOST = 0.9
"""Share of the filled values that must look so."""
_BY_DAY = 0.3
"""So many of the times must lie after five in the morning: others count hours and minutes that something took."""
_MORNING_US = 5 * 3_600_000_000

_DATE = re.compile(r"дат[аы]|date|день|day")
_CLOCK = re.compile(r"time_?of_?day|врем(я|ени)|time|час(ы|ов)?(?![а-я])|clock|hour|(?<![a-z])tod(?![a-z])")
_TOOK = re.compile(
    r"duration|elapsed|wait|handl|process|talk|hold|lead_?time|response|travel|spent|total|average|cycle|idle|took|zone"
    r"|длит|ожидан|продолж|затрач|обработк|разговор|выполнен|ответа|в_пути|просто[яй]|итого|средн|общее|рабоч|пояс"
)
"""Words in the names of columns that tell how long something took, or a zone, not when it was."""
_WRITTEN = r"(?i)^\d{1,2}(:\d\d){1,2}([.,]\d+)?\s*([ap]m)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$|^\d{1,2}\s*[ap]m$"
_BARE = r"^\d{1,2}\.\d\d$|^\d{1,6}$|^0?[.,]\d+$"
_MIDNIGHT = r"[T ]0?0:00(:00([.,]0+)?)?\s*(Z|[+-]\d\d:?\d\d)?$"


def is_clock(column: pl.Series) -> bool:
    """Whether nearly all that stands in a column is a time of day, hours and minutes at least.

    Where the name says so, bare digits (931, 1405) and parts of a day (0.397) are such times too.
    """
    values = column.drop_nulls().head(_ROWS)
    if not values.len() or values.dtype == pl.Time:
        return bool(values.len())
    if isinstance(values.dtype, pl.Datetime):
        days = values.dt.date()
        return bool(((days <= dt.date(1904, 1, 1)) | (days == dt.date(1970, 1, 1))).all())
    named = _clock_named(column.name)
    if not named and (values.dtype.is_numeric() or values.dtype == pl.Duration):
        return False
    width = width_of(values)
    texts = plain_clocks(values).drop_nulls()
    _, statuses = read_clocks(values, width)
    good = int((statuses <= kernel.INSTANT).sum())
    if texts.str.contains(_WRITTEN).sum() < _MOST * texts.len():
        # A bare number is a time of day only if all of them are, and they are more than hours.
        return named and good == texts.len() > 0 and width != 2 and bool(texts.str.contains(_BARE).all())
    return good >= _MOST * texts.len() > 0


def is_date(column: pl.Series, times: TimeReader) -> bool:
    """Whether nearly all that stands in a column is a date, with no time of day but midnight."""
    values = column.drop_nulls().head(_ROWS)
    if not values.len() or values.dtype == pl.Date:
        return bool(values.len())
    if isinstance(values.dtype, pl.Datetime):
        return bool((values.dt.truncate("1d") == values).all()) and not is_clock(column)
    texts = plain_text(values).str.strip_chars()
    texts = texts.filter(texts != "")
    clocked = texts.str.contains(":") & ~texts.str.contains(_MIDNIGHT)
    if not texts.len() or clocked.any() or texts.str.contains(r"^\d{5}[.,]\d*[1-9]|^\d{9,}").any():
        return False
    bad = times.bad(texts.alias(column.name), serials=speaks_of_time(column.name))
    return bad is None or int(bad.sum()) <= (1 - _MOST) * texts.len()


def pair(plan: Plan, frame: pl.DataFrame, times: TimeReader) -> list[str]:
    """Give each date without a time of day the column that tells it, where somebody has not said anything of that.

    Returns:
        A note for each.
    """
    clocks = [name for name in _free(plan, frame) if is_clock(frame[name])]
    # A column of bare times may have been taken for the time itself, by its name.
    taken = [plan.columns[base] for base in CLOCKS if plan.columns.get(base) in frame.columns]
    clocks += [name for name in taken if is_clock(frame[name]) or (_clock_named(name) and _is_empty(frame[name]))]
    notes: list[str] = []
    if not clocks:
        return notes
    for base, clock in CLOCKS.items():
        date, found = plan.columns.get(base), None
        if date is None or date not in frame.columns:
            continue
        if date in clocks and base not in plan.how.columns:
            date, found = _date_of(date, plan, frame, times), date
            if date is None:
                continue
            plan.take_date(base, date)
        if clock in plan.how.columns or clock in plan.columns or date in clocks:
            continue
        if found is None and is_date(frame[date], times):
            found = _clock_of(date, [name for name in clocks if name not in taken], frame, loose=base == "time")
        if found is not None:
            plan.take_clock(clock, found)
            clocks.remove(found)
            notes.append(_note(date, found, clock))
    return notes + _pair_milestones(plan, frame, times, clocks)


def _pair_milestones(plan: Plan, frame: pl.DataFrame, times: TimeReader, clocks: list[str]) -> list[str]:
    notes = []
    for date in plan.milestone_columns().values() if "time_of_day" not in plan.how.columns else ():
        if (
            date in frame.columns
            and date not in plan.milestone_clocks
            and _rest(date, _DATE)
            and is_date(frame[date], times)
        ):
            found = _clock_of(date, [name for name in clocks if name not in plan.columns.values()], frame, loose=False)
            if found is not None:
                plan.take_milestone_clock(date, found)
                clocks.remove(found)
                notes.append(_note(date, found, "time_of_day"))
    return notes


def _note(date: str, clock: str, named: str) -> str:
    return (
        f"Column '{clock}' was taken for the time of day of '{date}'."
        f" If that is wrong: --columns {named}=: takes the date alone."
    )


def _free(plan: Plan, frame: pl.DataFrame) -> list[str]:
    """Columns of which nothing is said and that no name gives a meaning."""
    busy = {*plan.columns.values(), *plan.how.columns.values(), *plan.milestone_columns().values()}
    busy |= {*plan.identifier_columns(), *plan.milestone_clocks.values()}
    return [name for name in frame.columns if name not in busy and not is_nameless(name)]


def _clock_of(date: str, clocks: list[str], frame: pl.DataFrame, loose: bool) -> str | None:
    """The column that tells the time of day of a date: named alike, or the only one that may be.

    Args:
        loose: the names need not be alike, if one of them is no more than «Дата» or «Время».
    """
    named = [name for name in clocks if _clock_named(name)]
    about = _rest(date, _DATE)
    alike = [name for name in named if _rest(name, _CLOCK) == about]
    if not alike and loose:
        alike = [name for name in named if not about or not _rest(name, _CLOCK)]
    if len(alike) != 1:
        return None
    plain = not about and not _rest(alike[0], _CLOCK)
    return alike[0] if plain or _by_day(frame[alike[0]]) else None


def _date_of(clock: str, plan: Plan, frame: pl.DataFrame, times: TimeReader) -> str | None:
    """The column of dates to which a time of day belongs that was taken for the time itself."""
    names = [name for name in _free(plan, frame) if not speaks_of_term(name) and not speaks_of("not_when", name)]
    dates = [name for name in names if is_date(frame[name], times)]
    alike = [name for name in dates if _rest(name, _DATE) == _rest(clock, _CLOCK)]
    found = alike if alike else dates
    return found[0] if len(found) == 1 else None


def _is_empty(column: pl.Series) -> bool:
    return plain_clocks(column.head(_ROWS)).null_count() == min(column.len(), _ROWS) > 0


def _clock_named(name: str) -> bool:
    plain = plain_name(name)
    return _CLOCK.search(plain) is not None and _TOOK.search(plain) is None


def _rest(name: str, word: re.Pattern[str]) -> str:
    """What a name says besides that it is a date or a time."""
    return re.sub(r"[\W_]+", "", word.sub("", plain_name(name)))


def _by_day(column: pl.Series) -> bool:
    micros, statuses = read_clocks(column.drop_nulls().head(_ROWS), width_of(column.drop_nulls().head(_ROWS)))
    told = micros[statuses <= kernel.INSTANT]
    return bool(len(told)) and float((told >= _MORNING_US).mean()) >= _BY_DAY
