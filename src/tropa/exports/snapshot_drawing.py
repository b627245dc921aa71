"""The stream and the curve of the snapshot as SVG that stretches with its row. What they say stands in the cells."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tropa.exports import curves
from tropa.exports.drawing.moods import reach
from tropa.exports.numbers import ENOUGH
from tropa.exports.picture import Segment
from tropa.exports.sheet import Sheet
from tropa.exports.volumes import volumes_of

_WIDTH = 176.0
_THICK, _DEPTH = 46.0, 62.0
_MOOD = 110.0


def _path(segments: Iterable[Segment]) -> str:
    return "".join(name.upper() + " ".join(f"{value:.1f}" for value in values) for name, values in segments)


def _svg(sheet: Sheet, height: float, body: str) -> str:
    wide = _WIDTH * len(sheet.columns)
    return (
        f'<svg viewBox="0 0 {wide:g} {height:g}" height="{height:g}" preserveAspectRatio="none" aria-hidden="true">'
        f"{body}</svg>"
    )


def stream_drawing(sheet: Sheet) -> str:
    """The stream of journeys with what is lost falling out of it."""
    rows = [column.row for column in sheet.columns]
    volumes = volumes_of(sheet)
    most = volumes.most
    behind, own = (_path(curves.ribbon(some, most, 0, 0, _WIDTH, _THICK)) for some in (volumes.whole, volumes.own))
    body = f'<path d="{behind}" fill="var(--flow)" opacity=".38"/>' if behind else ""
    body += f'<path d="{own}" fill="var(--flow)"/>'
    for place, row in enumerate(rows):
        if row is not None and row.drop_off and most:
            edge = curves.thickness(row.journeys, most, _THICK)
            thick = min(max(2.0, row.drop_off / most * _THICK), _WIDTH * 0.34)
            shape = curves.leak(_WIDTH * (place + 0.5), 0, edge, thick, 34, _DEPTH)
            body += f'<path d="{_path(shape)}" fill="var(--leak)"/>'
    return _svg(sheet, _DEPTH + 4, body)


def mood_drawing(sheet: Sheet) -> str:
    """The measured curve with its band; the author's view dashed."""
    most = reach(sheet)

    def at(value: float) -> float:
        return _MOOD / 2 - max(-1.1, min(1.1, value / most)) * (_MOOD / 2 - 10)

    def x(place: int) -> float:
        return _WIDTH * (place + 0.5)

    measured: list[curves.Point | None] = []
    bands = []
    for place, column in enumerate(sheet.columns):
        row = column.row
        if row is None or row.emotion is None or row.emotion_n < ENOUGH:
            measured.append(None)
            continue
        measured.append((x(place), at(row.emotion)))
        low, high = (row.emotion if end is None else end for end in (row.emotion_low, row.emotion_high))
        bands.append((x(place), at(low), at(high)))
    opinions = [
        None if column.opinion is None else (x(n), at(column.opinion)) for n, column in enumerate(sheet.columns)
    ]
    found = curves.runs(measured)
    line = 'fill="none" vector-effect="non-scaling-stroke"'
    middle = f"M0 {at(0):.1f}H{_WIDTH * len(sheet.columns):g}"
    body = f'<path d="{middle}" stroke="var(--line-2)" {line}/>'
    for run in found:
        inside = [part for part in bands if run[0][0] <= part[0] <= run[-1][0]]
        body += f'<path d="{_path(curves.band(inside))}" fill="var(--flow)" opacity=".6"/>'
    for one, other in pairwise(found):
        gap: list[Segment] = [("m", [*one[-1]]), ("l", [*other[0]])]
        body += f'<path d="{_path(gap)}" stroke="var(--accent)" stroke-dasharray="2 6" {line}/>'
    for run in curves.runs(opinions):
        dashes = 'stroke="var(--star)" stroke-width="1.6" stroke-dasharray="6 4"'
        body += f'<path d="{_path(curves.smooth(run))}" {dashes} {line}/>'
    for run in found:
        body += f'<path d="{_path(curves.smooth(run))}" stroke="var(--accent)" stroke-width="2.4" {line}/>'
    points = [*((point, "accent") for point in measured), *((point, "star") for point in opinions)]
    for point, colour in points:
        if point is not None:
            dot = f"M{point[0]:.1f} {point[1]:.1f}h.01"
            body += f'<path d="{dot}" stroke="var(--{colour})" stroke-width="8" stroke-linecap="round" {line}/>'
    return _svg(sheet, _MOOD, body)
