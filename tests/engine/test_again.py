"""A fold that learns what to look for asks for another look at the same partitions."""

from __future__ import annotations

import pytest

from tropa.engine.fold import Again, Fold, run

Numbers = list[list[int]]


class Largest:
    """First look: the largest number of all."""

    def __init__(self, then: bool = True) -> None:
        self._then = then

    def map(self, part: list[int]) -> int:
        return max(part)

    def merge(self, one: int, other: int) -> int:
        return max(one, other)

    def finish(self, total: int) -> Again | int:
        return Again(Near(total)) if self._then else total


class Near:
    """Second look: the numbers within two of the largest, in the order of the partitions."""

    def __init__(self, largest: int) -> None:
        self._largest = largest

    def map(self, part: list[int]) -> list[int]:
        return [number for number in part if number >= self._largest - 2]

    def merge(self, one: list[int], other: list[int]) -> list[int]:
        return one + other

    def finish(self, total: list[int]) -> tuple[int, ...]:
        return tuple(total)


class Countdown:
    """Asks again so many times."""

    def __init__(self, left: int) -> None:
        self._left = left

    def map(self, part: list[int]) -> int:
        return sum(part) + self._left

    def merge(self, one: int, other: int) -> int:
        return one + other

    def finish(self, total: int) -> Again | int:
        return Again(Countdown(self._left - 1)) if self._left else total


PARTS: Numbers = [[1, 9], [8, 2], [3], [7, 9, 4]]


def looked(fold: Fold[list[int], object, object], threads: int) -> tuple[object, list[int]]:
    """The answer, and which partitions were opened in which order of their number, sorted within each look."""
    opened: list[int] = []

    def opener(number: int) -> list[int]:
        opened.append(number)
        return PARTS[number]

    openers = [lambda number=number: opener(number) for number in range(len(PARTS))]
    # An iterator can be gone through once only: the run has to keep the openers for the second look.
    return run(fold, iter(openers), threads), opened


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_the_second_look_knows_what_the_first_has_found(threads: int) -> None:
    answer, opened = looked(Largest(), threads)
    assert answer == (9, 8, 7, 9)
    assert sorted(opened[:4]) == sorted(opened[4:]) == [0, 1, 2, 3]


def test_one_look_where_nothing_more_is_asked() -> None:
    answer, opened = looked(Largest(then=False), 1)
    assert (answer, opened) == (9, [0, 1, 2, 3])


def test_as_many_looks_as_are_asked_for() -> None:
    answer, opened = looked(Countdown(3), 2)
    assert answer == sum(map(sum, PARTS)) and len(opened) == 4 * len(PARTS)
