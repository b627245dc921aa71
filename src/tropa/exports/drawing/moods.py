"""The lane of emotion: the measured curve with its interval, the author's view dashed beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from tropa.exports import curves
from tropa.exports.drawing import marks
from tropa.exports.drawing.style import (
    ACCENT,
    BAD_INK,
    BODY,
    FLOW,
    INK,
    INK2,
    LANE_WIDTH,
    LINE2,
    MOOD_HEIGHT,
    MOOD_MARGIN,
    STAR,
    TINY,
    TONES,
)
from tropa.exports.measured import emotion_tone
from tropa.exports.numbers import ENOUGH, signed
from tropa.exports.picture import Picture
from tropa.exports.sheet import Column, Lane, Sheet
from tropa.exports.typeface import plain, shorten
from tropa.exports.words import Words

_STEP = 25


def reach(sheet: Sheet) -> float:
    """The scale ends at a round step beyond the farthest mood, the same both ways, so that zero is in the middle."""
    sizes = [
        abs(column.row.emotion) for column in sheet.columns if _enough(column) and column.row and column.row.emotion
    ]
    sizes += [abs(column.opinion) for column in sheet.columns if column.opinion is not None]
    return float(min(100, max(50, math.ceil(max(sizes, default=0) / _STEP) * _STEP)))


def _enough(column: Column) -> bool:
    return column.row is not None and column.row.emotion is not None and column.row.emotion_n >= ENOUGH


def paint_moods(
    picture: Picture, sheet: Sheet, lane: Lane, start: int, stop: int, y: float, width: float, words: Words
) -> None:
    """Columns `start` to `stop`; too few answers make no point of the line."""
    most = reach(sheet)
    middle, half = y + MOOD_HEIGHT / 2, MOOD_HEIGHT / 2 - MOOD_MARGIN

    def at(value: float) -> float:
        return middle - max(-1.12, min(1.12, value / most)) * half

    columns = sheet.columns[start:stop]
    right = LANE_WIDTH + width * len(columns)
    for tick in (most, 0.0, -most):
        picture.text(LANE_WIDTH - 4, at(tick) + TINY * 0.35, signed(tick, words.language), TINY, INK2, align="right")
        picture.line(LANE_WIDTH, at(tick), right, at(tick), LINE2, 0.5, "" if tick == 0 else "dot")

    def x(place: int) -> float:
        return LANE_WIDTH + (place + 0.5) * width

    measured: list[tuple[float, float] | None] = []
    bands: list[tuple[float, float, float]] = []
    for place, column in enumerate(columns):
        row = column.row
        if row is None or row.emotion is None or not _enough(column):
            measured.append(None)
            continue
        measured.append((x(place), at(row.emotion)))
        low, high = (row.emotion if end is None else end for end in (row.emotion_low, row.emotion_high))
        bands.append((x(place), at(low), at(high)))
    found = curves.runs(measured)
    for run in found:
        inside = [part for part in bands if run[0][0] <= part[0] <= run[-1][0]]
        picture.path(curves.band(inside), fill=FLOW + "a0")
    _opinions(picture, lane, columns, x, at)
    for one, other in pairwise(found):
        picture.line(*one[-1], *other[0], ACCENT, 0.9, "dot")
    for run in found:
        picture.path(curves.smooth(run), stroke=ACCENT, thick=1.6)
    for middle_x, low, high in bands:
        picture.line(middle_x, low, middle_x, high, ACCENT, 0.8)
    for place, column in enumerate(columns):
        _mood(picture, column, lane, x(place), at, middle)
        if column.disagrees and column.opinion is not None:
            said = words("disagrees", value=signed(column.opinion, words.language))
            picture.text(x(place), y + MOOD_HEIGHT - 4, said, TINY, BAD_INK, bold=True, align="middle")


def _opinions(
    picture: Picture, lane: Lane, columns: Sequence[Column], x: Callable[[int], float], at: Callable[[float], float]
) -> None:
    points = [
        None if column.opinion is None else (x(place), at(column.opinion)) for place, column in enumerate(columns)
    ]
    for run in curves.runs(points):
        picture.path(curves.smooth(run), stroke=STAR, thick=1.1, dash="dash")
    for place, point in enumerate(points):
        if point is not None:
            a, b, r = *point, 2.4
            _said_by_authors(picture, lane, columns[place].index, a, b)
            picture.path(
                marks.polygon([(a, b - r), (a + r, b), (a, b + r), (a - r, b)]), fill="#ffffff", stroke=STAR, thick=0.9
            )


def _said_by_authors(picture: Picture, lane: Lane, index: int, x: float, y: float) -> None:
    """The author's own mark beside its point."""
    cell = lane.cells.get(index)
    if cell is not None and cell.cards:
        picture.text(x + 5, y + 2.2, shorten(plain(cell.cards[0].text), 60, TINY), TINY, STAR)


def _mood(picture: Picture, column: Column, lane: Lane, x: float, at: Callable[[float], float], middle: float) -> None:
    """Face, number and n beside the point; on the side of the curve where there is room."""
    cell = lane.cells.get(column.index)
    fact = cell.facts[0] if cell is not None and cell.facts else None
    row = column.row
    if fact is None:
        return
    if row is None or row.emotion is None:
        picture.text(x, middle - 3, fact.value, TINY, INK2, align="middle")
        return
    few = fact.few
    marks.face(
        picture,
        x,
        at(row.emotion),
        4.6,
        row.emotion,
        TONES.get(emotion_tone(row.emotion, row.emotion_n), ""),
        INK2 if few else INK,
        few,
    )
    ends = (row.emotion, row.emotion) if few else (row.emotion_low, row.emotion_high)
    line = text_line(row.emotion, ends, at, None if column.opinion is None else at(column.opinion))
    picture.text(x - 1.5, line, fact.value, BODY, INK2 if few else INK, bold=not few, align="right")
    picture.text(x + 1.5, line, fact.more[0], TINY, INK2)


def text_line(
    emotion: float, ends: tuple[float | None, float | None], at: Callable[[float], float], opinion: float | None
) -> float:
    """Where the numbers of a mood stand: beyond its whisker on the outer side of the curve, unless the author's mark,
    `opinion` on the page, is there."""
    low, high = (emotion if end is None else end for end in ends)
    above, below = min(at(emotion) - 6, at(high)) - 2.5, max(at(emotion) + 6, at(low)) + 7.5
    outer, inner = (below, above) if emotion < 0 else (above, below)
    free = (line for line in (outer, inner) if opinion is None or abs(line - BODY * 0.35 - opinion) >= BODY)
    return next(free, outer)
