"""A compiled look at CSV text: where records begin and end, on which line, and how many fields they have.

The parser that follows is told only what can be parsed; whatever has too few or too many fields is known beforehand
with its exact line, quoted line breaks and all.
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
def _quoted(text, at):  # type: ignore[no-untyped-def]
    """From after an opening quote to the closing one or the end: where that is, line breaks up to it, the first one."""
    size, breaks, first_break = len(text), 0, -1
    while at < size:
        byte = text[at]
        if byte == _QUOTE:
            if at + 1 >= size or text[at + 1] != _QUOTE:
                break
            at += 1
        elif byte in (_LF, _CR):
            if first_break < 0:
                first_break = at
            if byte == _LF or at + 1 >= size or text[at + 1] != _LF:
                breaks += 1
        at += 1
    return at, breaks, first_break


@njit
def _record(text, start, delimiter, longest):  # type: ignore[no-untyped-def]
    """One record from `start`: where it ends, fields, last field that is not empty, line breaks in quotes, and whether
    a quote is never closed; then the end is that of its first line, for a stray quote must not swallow the file."""
    size, at, field_start = len(text), start, start
    fields, filled, breaks, first_break = 1, 0, 0, -1
    while at < size:
        byte = text[at]
        if byte == delimiter:
            if at > field_start:
                filled = fields
            fields += 1
            field_start = at + 1
        elif byte in (_LF, _CR):
            break
        elif byte == _QUOTE and at == field_start:
            at, more, first = _quoted(text, at + 1)
            breaks += more
            first_break = first if first_break < 0 else first_break
            if at >= size or at - start > longest:
                at = min(at, size) if first_break < 0 else first_break
                while at < size and text[at] not in (_LF, _CR):
                    at += 1
                return at, fields, filled, 0, True
        at += 1
    if at > field_start:
        filled = fields
    return at, fields, filled, breaks, False


@njit
def _scan(text, delimiter, first_line, final, longest, starts, ends, lines, counts, last_filled):  # type: ignore[no-untyped-def]
    """Fills the arrays; returns how many records, where the next begins, its line, and the line breaks in quotes."""
    size, at, line, records, inside = len(text), 0, first_line, 0, 0
    while at < size:
        start = at
        at, fields, filled, breaks, unclosed = _record(text, start, delimiter, longest)
        # The rest of a record that the portion cuts in two comes with the next one; so may the line feed of a CR LF.
        cut = at >= size or (at == size - 1 and text[at] == _CR) or unclosed
        if cut and not final and size - start <= longest:
            return records, start, line, inside
        starts[records], ends[records], lines[records] = start, at, line
        counts[records] = UNCLOSED if unclosed else (0 if at == start else fields)
        last_filled[records] = filled
        records += 1
        inside += breaks
        if at < size:
            at += 2 if text[at] == _CR and at + 1 < size and text[at + 1] == _LF else 1
            line += breaks + 1
    return records, size, line, inside


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
    starts, ends, lines = (np.empty(most, dtype=np.int64) for _ in range(3))
    fields, filled = (np.empty(most, dtype=np.int32) for _ in range(2))
    n, used, line, inside = _scan(view, ord(delimiter), first_line, final, longest, starts, ends, lines, fields, filled)
    return Records(starts[:n], ends[:n], lines[:n], fields[:n], filled[:n], int(used), int(line), int(inside))
