"""A compiled reader of times written as text: one pass, no copies, and a reason for whatever it cannot read.

It knows ISO 8601 (with `T` or a space, fractions of any length, offsets or none, compact or with separators), day-first
dates with dots, dates with slashes or hyphens in either order, a 12-hour clock, and Unix time in seconds, milliseconds,
microseconds and nanoseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    def njit(function: Callable[..., Any]) -> Callable[..., Any]: ...
else:
    njit = numba.njit(cache=True, nogil=True)

LOCAL, INSTANT, UNREADABLE, IMPOSSIBLE, AMBIGUOUS, OUT_OF_RANGE, NO_DATE, EMPTY = range(8)
UNDECIDED, DAY_FIRST, MONTH_FIRST = 0, 1, 2
FIRST_YEAR, LAST_YEAR = 1900, 2200

_SECOND_US = 1_000_000
_DAY_US = 86_400 * _SECOND_US
#: 1900-01-01 and 2201-01-01 in microseconds of Unix time.
FIRST_US = -25_567 * _DAY_US
END_US = 84_371 * _DAY_US


@njit
def _number(text, at, end, most):  # type: ignore[no-untyped-def]
    """Digits from `at`: their value and where they stop."""
    value = np.int64(0)
    start = at
    while at < end and at - start < most and 48 <= text[at] <= 57:
        value = value * 10 + (text[at] - 48)
        at += 1
    return value, at


@njit
def _days(year, month, day):  # type: ignore[no-untyped-def]
    """Days since 1970-01-01 in the proleptic Gregorian calendar, or -2**62 where there is no such day."""
    if month < 1 or month > 12 or day < 1:
        return np.int64(-(2**62))
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    length = 31
    if month == 2:
        length = 29 if leap else 28
    elif month in (4, 6, 9, 11):
        length = 30
    if day > length:
        return np.int64(-(2**62))
    # Counting years from March puts the leap day at the end of the year.
    shifted = year - 1 if month <= 2 else year
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return np.int64(era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468)


@njit
def _unix(value, digits, text, at, end, negative):  # type: ignore[no-untyped-def]
    """Unix time from `digits` digits and perhaps a decimal fraction: microseconds and status."""
    if 9 <= digits <= 10:
        scale = np.int64(_SECOND_US)
    elif 12 <= digits <= 13:
        scale = np.int64(1_000)
    elif 15 <= digits <= 16:
        scale = np.int64(1)
    elif 18 <= digits <= 19:
        return (-value if negative else value) // 1_000, INSTANT if at == end else UNREADABLE
    else:
        return np.int64(0), UNREADABLE
    micros = value * scale
    if at < end:
        if text[at] != 46 or at + 1 == end:
            return np.int64(0), UNREADABLE
        at += 1
        while at < end and 48 <= text[at] <= 57:
            scale //= 10
            micros += (text[at] - 48) * scale
            at += 1
        if at != end:
            return np.int64(0), UNREADABLE
    return -micros if negative else micros, INSTANT


@njit
def _offset(text, at, end):  # type: ignore[no-untyped-def]
    """An offset from UTC up to the end: microseconds (or -2**62 when it is none) and whether it is impossible."""
    none = np.int64(-(2**62))
    first = text[at] | 32
    if first == 122:  # z
        return (np.int64(0), False) if at + 1 == end else (none, False)
    if end - at == 3 and ((first == 117 and text[at + 1] | 32 == 116) or (first == 103 and text[at + 1] | 32 == 109)):
        return np.int64(0), False  # UTC, GMT
    if text[at] != 43 and text[at] != 45:
        return none, False
    sign = 1 if text[at] == 43 else -1
    hours, after = _number(text, at + 1, end, 2)
    if after == at + 1:
        return none, False
    minutes = np.int64(0)
    if after < end:
        if text[after] == 58:
            after += 1
        minutes, stop = _number(text, after, end, 2)
        if stop - after != 2 or stop != end:
            return none, False
    return sign * (hours * 60 + minutes) * 60 * _SECOND_US, hours > 18 or minutes > 59


@njit
def _finish(text, after, end, hour, minute, second):  # type: ignore[no-untyped-def]
    """What may follow the clock (fraction, half of the day, offset): microseconds, status."""
    zero = np.int64(0)
    fraction = zero
    if after < end and (text[after] == 46 or text[after] == 44):
        scale = np.int64(_SECOND_US)
        after += 1
        begun = after
        while after < end and 48 <= text[after] <= 57:
            scale //= 10
            fraction += (text[after] - 48) * scale
            after += 1
        if after == begun:
            return zero, UNREADABLE
    while after < end and text[after] == 32:
        after += 1
    if after + 2 <= end and (text[after + 1] | 32) == 109 and ((text[after] | 32) == 97 or (text[after] | 32) == 112):
        if hour < 1 or hour > 12:
            return zero, IMPOSSIBLE
        hour = hour % 12 + (12 if (text[after] | 32) == 112 else 0)
        after += 2
        while after < end and text[after] == 32:
            after += 1
    midnight = hour == 24 and minute == 0 and second == 0 and fraction == 0
    if (hour > 23 and not midnight) or minute > 59 or second > 60:
        return zero, IMPOSSIBLE
    micros = ((hour * 60 + minute) * 60 + second) * _SECOND_US + fraction
    if after == end:
        return micros, LOCAL
    offset, impossible = _offset(text, after, end)
    if offset == -(2**62):
        return zero, UNREADABLE
    return micros - offset, IMPOSSIBLE if impossible else INSTANT


@njit
def _clock(text, at, end):  # type: ignore[no-untyped-def]
    """The time of day from `at` up to the end: microseconds, status (LOCAL or INSTANT when it was read)."""
    zero = np.int64(0)
    hour, after = _number(text, at, end, 2)
    if after == at:
        return zero, UNREADABLE
    minute, second = zero, zero
    digits = after - at
    if after < end and (text[after] == 58 or text[after] == 46):
        mark = text[after]
        minute, stop = _number(text, after + 1, end, 2)
        if stop - after != 3:
            return zero, UNREADABLE
        after = stop
        if after < end and text[after] == mark:
            second, stop = _number(text, after + 1, end, 2)
            if stop - after != 3:
                return zero, UNREADABLE
            after = stop
    elif digits == 2 and after < end and 48 <= text[after] <= 57:  # 143000
        minute, stop = _number(text, after, end, 2)
        if stop - after != 2:
            return zero, UNREADABLE
        after = stop
        if after < end and 48 <= text[after] <= 57:
            second, stop = _number(text, after, end, 2)
            if stop - after != 2:
                return zero, UNREADABLE
            after = stop
    return _finish(text, after, end, hour, minute, second)


@njit
def _date_from_day_or_month(text, first, at, end, order, seen):  # type: ignore[no-untyped-def]
    """`24.02.2015`, `2/24/2015`: days, where it stops, status."""
    zero = np.int64(0)
    mark = text[at]
    second, stop = _number(text, at + 1, end, 2)
    if stop == at + 1 or stop >= end or text[stop] != mark:
        return zero, stop, UNREADABLE
    year, after = _number(text, stop + 1, end, 4)
    width = after - stop - 1
    if width == 2 and mark == 46:
        year += 2000 if year < 70 else 1900
    elif width != 4:
        return zero, after, UNREADABLE
    day_first = True
    if mark != 46:
        if first > 12 and second <= 12:
            seen[0] += 1
        elif second > 12 and first <= 12:
            seen[1] += 1
            day_first = False
        elif order == UNDECIDED and first != second:
            return zero, after, AMBIGUOUS
        if order != UNDECIDED:
            day_first = order == DAY_FIRST
    day, month = (first, second) if day_first else (second, first)
    if year < FIRST_YEAR or year > LAST_YEAR:
        return zero, after, OUT_OF_RANGE
    days = _days(year, month, day)
    return days, after, IMPOSSIBLE if days == -(2**62) else LOCAL


@njit
def _date(text, at, end, order, seen):  # type: ignore[no-untyped-def]
    """The date at the beginning: days, where it stops, status."""
    zero = np.int64(0)
    first, stop = _number(text, at, end, 8)
    digits = stop - at
    mark = text[stop] if stop < end else 0
    if digits == 8:
        year, month, day = first // 10_000, first // 100 % 100, first % 100
        after = stop
    elif digits == 4 and (mark == 45 or mark == 47 or mark == 46):
        year = first
        month, after = _number(text, stop + 1, end, 2)
        if after == stop + 1 or after >= end or text[after] != mark:
            return zero, after, UNREADABLE
        before = after + 1
        day, after = _number(text, before, end, 2)
        if after == before:
            return zero, after, UNREADABLE
    elif 1 <= digits <= 2 and (mark == 45 or mark == 47 or mark == 46):
        return _date_from_day_or_month(text, first, stop, end, order, seen)
    elif 1 <= digits <= 2 and mark == 58:
        return zero, stop, NO_DATE
    else:
        return zero, stop, UNREADABLE
    if year < FIRST_YEAR or year > LAST_YEAR:
        return zero, after, OUT_OF_RANGE
    days = _days(year, month, day)
    return days, after, IMPOSSIBLE if days == -(2**62) else LOCAL


@njit
def _two(text, at):  # type: ignore[no-untyped-def]
    """Two digits, or a large negative number."""
    tens, ones = np.int64(text[at]) - 48, np.int64(text[at + 1]) - 48
    return tens * 10 + ones if 0 <= tens <= 9 and 0 <= ones <= 9 else np.int64(-1_000_000)


@njit
def _common(text, at, end):  # type: ignore[no-untyped-def]
    """The shape that nearly all files have, `2015-02-24?11:35:52` and what follows: microseconds, status."""
    zero = np.int64(0)
    if text[at + 4] != 45 or text[at + 7] != 45 or text[at + 13] != 58 or text[at + 16] != 58:
        return zero, UNREADABLE
    if text[at + 10] != 32 and text[at + 10] != 84:
        return zero, UNREADABLE
    year = _two(text, at) * 100 + _two(text, at + 2)
    month, day = _two(text, at + 5), _two(text, at + 8)
    hour, minute, second = _two(text, at + 11), _two(text, at + 14), _two(text, at + 17)
    if month < 1 or day < 1 or hour < 0 or minute < 0 or second < 0 or year < FIRST_YEAR or year > LAST_YEAR:
        return zero, UNREADABLE
    days = _days(year, month, day)
    if days == -(2**62):
        return zero, UNREADABLE
    if at + 19 == end and hour < 24 and minute < 60 and second < 60:
        return days * _DAY_US + ((hour * 60 + minute) * 60 + second) * _SECOND_US, LOCAL
    micros, status = _finish(text, at + 19, end, hour, minute, second)
    return days * _DAY_US + micros, status


@njit
def _one(text, at, end, order, seen):  # type: ignore[no-untyped-def]
    """One value: microseconds and status."""
    zero = np.int64(0)
    while at < end and (text[at] <= 32 or text[at] == 34):
        at += 1
    while end > at and (text[end - 1] <= 32 or text[end - 1] == 34):
        end -= 1
    if at == end:
        return zero, EMPTY
    if text[end - 1] == 93:  # a zone's name after the offset: [Europe/Berlin]
        bracket = end - 1
        while bracket > at and text[bracket] != 91:
            bracket -= 1
        if bracket > at:
            end = bracket
    if end - at >= 19:
        micros, status = _common(text, at, end)
        if status != UNREADABLE:  # otherwise the general way finds out why
            return micros, status
    negative = text[at] == 45
    value, stop = _number(text, at + 1 if negative else at, end, 19)
    digits = stop - at - (1 if negative else 0)
    if digits == 14 and stop == end and not negative:
        days, after, status = _date(text, at, at + 8, order, seen)
    elif digits >= 9 or negative:
        micros, status = _unix(value, digits, text, stop, end, negative)
        if status == INSTANT and (micros < FIRST_US or micros >= END_US):
            status = OUT_OF_RANGE
        return micros, status
    else:
        days, after, status = _date(text, at, end, order, seen)
    if status != LOCAL:
        return zero, status
    if after == end:
        return days * _DAY_US, LOCAL
    gap = after
    while gap < end and (text[gap] == 32 or text[gap] == 44 or text[gap] == 9):
        gap += 1
    if gap == after and text[gap] | 32 == 116:
        gap += 1
    elif gap == after and digits != 14:
        return zero, UNREADABLE
    if gap == end:
        return zero, UNREADABLE
    micros, status = _clock(text, gap, end)
    return days * _DAY_US + micros, status


@njit
def _all(text, offsets, order, micros, statuses, seen):  # type: ignore[no-untyped-def]
    for row in range(len(offsets) - 1):
        value, status = _one(text, offsets[row], offsets[row + 1], order, seen)
        micros[row] = value
        statuses[row] = status


def read_times(
    text: NDArray[np.uint8], offsets: NDArray[np.int64], order: int
) -> tuple[NDArray[np.int64], NDArray[np.uint8], tuple[int, int]]:
    """Reads every value of a text column.

    Args:
        text, offsets: value `i` is `text[offsets[i]:offsets[i + 1]]`, UTF-8.
        order: UNDECIDED, DAY_FIRST or MONTH_FIRST, for dates such as 03/04/2021.

    Returns:
        Microseconds (of local time where the status is LOCAL, of Unix time where it is INSTANT), statuses, and how many
        values can only be day-first and only month-first.
    """
    rows = len(offsets) - 1
    micros = np.empty(rows, dtype=np.int64)
    statuses = np.empty(rows, dtype=np.uint8)
    seen = np.zeros(2, dtype=np.int64)
    _all(text, offsets, order, micros, statuses, seen)
    return micros, statuses, (int(seen[0]), int(seen[1]))
