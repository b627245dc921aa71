"""Which of many changes is at fault."""

from __future__ import annotations

from collections.abc import Callable

from tropa.cx.map import Map
from tropa.errors import TropaError


def first_unreadable(drawn: Callable[[int], Map], count: int, error: TropaError) -> tuple[int, TropaError]:
    """Which of `count` changes makes a map unreadable, by halves: its number from 1, and what is wrong then.

    Args:
        drawn: the map after so many changes, raising where there is none to be read.
        count: of changes, after which there is none.
        error: what is wrong then.
    """
    good = 0
    while count - good > 1:
        middle = (good + count) // 2
        try:
            drawn(middle)
            good = middle
        except TropaError as wrong:
            count, error = middle, wrong
    return count, TropaError(error.message.removeprefix("map, "), error.hint, "map")
