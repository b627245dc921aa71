"""A compiled look at CSV text: where records begin and end, on which line, and how many fields they have.

The parser that follows is told only what can be parsed; whatever has too few or too many fields is known beforehand with
its exact line, quoted line breaks and all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    def njit(function: Callable[..., Any]) -> Callable[..., Any]: ...
else:
    njit = numba.njit(cache=True, nogil=True)

#: A record longer than this is no record: somewhere a quote was opened and never closed.
LONGEST_RECORD = 16 * 1024 * 1024
UNCLOSED = -1
_LF, _CR, _QUOTE = 10, 13, 34


@njit
def _scan(text, delimiter, first_line, final, longest, quotes, starts, ends, lines, counts, filled):  # type: ignore[no-untyped-def]
    """Fills the arrays; returns the number of records, where the next one begins, its line, and the line breaks in quotes."""
    size = len(text)
    at, line, records, inside_breaks = 0, first_line, 0, 0
    while at < size:
        start, start_line, first_end = at, line, -1
        fields, last_filled, field_start = 1, 0, at
        closed, unclosed = False, False
        while at < size:
            byte = text[at]
            if byte == delimiter:
                if at > field_start:
                    last_filled = fields
                fields += 1
                field_start = at + 1
            elif byte == _LF or byte == _CR:
                closed = True
                break
            elif quotes and byte == _QUOTE and at == field_start:
                at += 1
                while at < size:  # up to the closing quote
                    byte = text[at]
                    if byte == _QUOTE:
                        if at + 1 < size and text[at + 1] == _QUOTE:
                            at += 1
                        else:
                            break
                    elif byte == _LF or byte == _CR:
                        if first_end < 0:
                            first_end = at
                        if byte == _LF or at + 1 >= size or text[at + 1] != _LF:
                            line += 1
                            inside_breaks += 1
                    at += 1
                if at >= size or at - start > longest:
                    unclosed = True
                    break
            at += 1
        if unclosed and at >= size and not final and size - start <= longest:
            return records, start, start_line, inside_breaks  # the rest of it comes with the next portion
        if unclosed and first_end >= 0:
            # One stray quote must not swallow the rest of the file: give up its line only.
            at, line, closed = first_end, start_line, True
        while unclosed and at < size and text[at] != _LF and text[at] != _CR:
            at += 1
        if not closed and not unclosed and not final:
            return records, start, start_line, inside_breaks
        if at == size - 1 and text[at] == _CR and not final:
            return records, start, start_line, inside_breaks  # a line feed may follow
        if at > field_start:
            last_filled = fields
        starts[records], ends[records], lines[records] = start, at, start_line
        counts[records] = UNCLOSED if unclosed else (0 if at == start else fields)
        filled[records] = last_filled
        records += 1
        if at < size:
            at += 2 if text[at] == _CR and at + 1 < size and text[at + 1] == _LF else 1
            line += 1
    return records, size, line, inside_breaks


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a portion: byte ranges, lines, numbers of fields (0: a blank line, UNCLOSED: a quote is never closed),
    and the last field that is not empty. `used` bytes were taken; the next record begins on `next_line`."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    fields: NDArray[np.int32]
    filled: NDArray[np.int32]
    used: int
    next_line: int
    breaks_inside: int


def scan(text: bytes, delimiter: str, first_line: int, final: bool, longest: int = LONGEST_RECORD) -> Records:
    """Takes a portion of text apart into records.

    Args:
        text: bytes in which delimiters, quotes and line breaks are ASCII.
        first_line: line of the file on which the portion begins.
        final: nothing follows: a last record without a line break is whole.
    """
    view = np.frombuffer(text, dtype=np.uint8)
    most = int(np.count_nonzero(view == _LF)) + int(np.count_nonzero(view == _CR)) + 2
    arrays = (
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int32),
        np.empty(most, dtype=np.int32),
    )
    quotes = b'"' in text
    number, used, line, inside = _scan(view, ord(delimiter), first_line, final, longest, quotes, *arrays)
    starts, ends, lines, fields, filled = (array[:number] for array in arrays)
    return Records(starts, ends, lines, fields, filled, int(used), int(line), int(inside))
