"""The lane of journeys: a stream whose thickness is volume, with what is lost falling out of it."""

from __future__ import annotations

from tropa.exports import curves
from tropa.exports.drawing.style import (
    FLOW,
    FLOW_DEPTH,
    FLOW_PALE,
    FLOW_THICK,
    FLOW_TOP,
    INK,
    INK2,
    LANE_WIDTH,
    LEAK,
    LEAK_INK,
    PAD,
    SMALL,
    TINY,
    VALUE,
)
from tropa.exports.picture import Picture
from tropa.exports.sheet import Lane, Sheet
from tropa.exports.typeface import shorten
from tropa.exports.volumes import volumes_of

_RUN = 14.0


def paint_stream(picture: Picture, sheet: Sheet, lane: Lane, start: int, stop: int, y: float, width: float) -> None:
    """Columns `start` to `stop` of the stream; the scale is that of the whole map."""
    rows = [column.row for column in sheet.columns]
    volumes = volumes_of(sheet)
    most, top = volumes.most, y + FLOW_TOP
    behind = curves.ribbon(volumes.whole[start:stop], most, LANE_WIDTH, top, width, FLOW_THICK)
    picture.path(behind, fill=FLOW_PALE, stroke=FLOW, thick=0.5)
    picture.path(curves.ribbon(volumes.own[start:stop], most, LANE_WIDTH, top, width, FLOW_THICK), fill=FLOW)
    for place in range(start, stop):
        x = LANE_WIDTH + (place - start) * width
        row = rows[place]
        if row is not None and row.drop_off and most:
            edge = curves.thickness(row.journeys, most, FLOW_THICK)
            thick = min(max(1.2, row.drop_off / most * FLOW_THICK), width * 0.34)
            shape = curves.leak(x + width / 2, top, edge, thick, min(_RUN, width * 0.2), FLOW_DEPTH)
            picture.path(shape, fill=LEAK, fade="#ffffff00")
        cell = lane.cells.get(place)
        if cell is None:
            continue
        number = cell.facts[0]
        picture.text(
            x + PAD,
            y + PAD + VALUE * 0.8,
            number.value,
            SMALL if number.few else VALUE,
            INK2 if number.few else INK,
            bold=not number.few,
        )
        small = shorten(" · ".join(number.more), width - 2 * PAD, TINY)
        picture.text(x + PAD, y + PAD + VALUE * 0.8 + TINY * 1.25, small, TINY, INK2)
        for lost in cell.facts[1:]:
            picture.text(
                x + width / 2, y + FLOW_TOP + FLOW_DEPTH + 9.5, lost.value, SMALL, LEAK_INK, bold=True, align="middle"
            )
