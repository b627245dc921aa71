"""Native charts: the numbers are in the slide and can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.exports.drawing.style import ACCENT, FLOW_EDGE, LINE2, STAR
from tropa.exports.numbers import ENOUGH
from tropa.exports.sheet import Column
from tropa.exports.typeface import plain
from tropa.exports.words import Words

_LONGEST = 48
"""Characters of a name on an axis."""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[float | None, ...]
    colour: str
    dash: bool = False
    thick: float = 2.25
    labels: bool = False
    points: bool = True


def valleys(values: Sequence[float | None]) -> list[int]:
    """Places of a line that lie below their neighbours: what is written above them would lie on the line."""
    around = [None, *values, None]
    return [
        place
        for place, (before, value, after) in enumerate(zip(around, values, around[2:], strict=False))
        if value is not None
        and (beside := [other for other in (before, after) if other is not None])
        and value < min(beside)
    ]


@dataclass(frozen=True, slots=True)
class Chart:
    """`bars` lie; else lines. `low` and `high` are the ends of the axis of values."""

    bars: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float
    number_format: str = "#,##0"


def _name(column: Column) -> str:
    name = plain(column.name).replace("\n", " ")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def funnel(columns: Sequence[Column], words: Words, most: int) -> Chart:
    """Journeys of each touchpoint, on one scale over all charts of the deck."""
    values = tuple(float(column.row.journeys) if column.row else None for column in columns)
    names = tuple(_name(column) for column in columns)
    return Chart(True, names, (Series(words("reached_journeys"), values, FLOW_EDGE, labels=True),), 0, float(most))


def emotion(columns: Sequence[Column], words: Words) -> Chart:
    """The measured curve with the ends of its interval, and the author's view. Too few answers make no point."""
    rows = [column.row if column.row and column.row.emotion_n >= ENOUGH else None for column in columns]
    measured = tuple(None if row is None else row.emotion for row in rows)
    low = tuple(None if row is None else row.emotion_low for row in rows)
    high = tuple(None if row is None else row.emotion_high for row in rows)
    opinion = tuple(column.opinion for column in columns)
    series = []
    if any(value is not None for value in measured):
        series += [
            Series(words("curve.measured"), measured, ACCENT, labels=True),
            Series(words("curve.low"), low, LINE2, True, 1.25, points=False),
            Series(words("curve.high"), high, LINE2, True, 1.25, points=False),
        ]
    if any(value is not None for value in opinion):
        series.append(Series(words("curve.author"), opinion, STAR, True))
    return Chart(False, tuple(_name(column) for column in columns), tuple(series), -100, 100, "+0;−0;0")
