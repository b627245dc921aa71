"""A compiled look at the ends of text values: is there anything to clean at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

    def njit(function: Callable[..., Any]) -> Callable[..., Any]: ...
else:
    njit = numba.njit(cache=True, nogil=True)


@njit
def edges(text, offsets):  # type: ignore[no-untyped-def]
    """Whether any value is empty, whether any may begin or end with a space, and whether any may say "missing".

    A word for missing is short and begins with N, U or a sign that begins few names.

    Unicode spaces begin with the bytes C2 (no-break space), E1, E2, E3 (typographic ones) and end with bytes that
    letters end with too: those count as maybe, when they begin a value or stand third or second from its end.
    """
    empty, spaced, worded = False, False, False
    for row in range(len(offsets) - 1):
        start, end = offsets[row], offsets[row + 1]
        if start == end:
            empty = True
            continue
        first, last = text[start], text[end - 1]
        if end - start <= 9 and (first | 32 == 110 or first | 32 == 117 or first in (35, 40, 45, 60, 92, 0xE2)):
            worded = True
        if first <= 32 or last <= 32 or first == 0xC2 or 0xE1 <= first <= 0xE3:
            spaced = True
        elif last >= 0x80 and end - start >= 2:
            second = text[end - 2]
            if second == 0xC2 or (end - start >= 3 and 0xE1 <= text[end - 3] <= 0xE3):
                spaced = True
    return empty, spaced, worded
