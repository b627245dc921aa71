"""Pages of the drawn map: the whole on one page, or as many pages as it takes at full size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tropa.exports.drawing import front
from tropa.exports.drawing.heads import heads_height, paint_heads
from tropa.exports.drawing.rows import Band, Row, make_row, paint_row
from tropa.exports.drawing.style import BODY, INK, INK2, LANE_WIDTH, SMALL, TINY
from tropa.exports.picture import Picture
from tropa.exports.sheet import Sheet
from tropa.exports.typeface import plain, shorten, wrap
from tropa.exports.words import Words

Paper = Literal["a4", "a3", "a2", "a1"]
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "a3": (297, 420), "a2": (420, 594), "a1": (594, 841)}
"""Short and long side in millimetres (ISO 216)."""

MARGIN = 26.0
_POINTS = 72 / 25.4
_COLUMN = 104.0
_WIDTHS = (64.0, 76.0, 92.0, 108.0, 128.0, 156.0, 200.0)
_LARGEST = 1.35
_BAND_GAP = 16.0
_MOST_BANDS = 12
_MORE_BANDS = 0.96
"""One strip is easier to read than several: each further one must make the map so much larger."""
_LOOSER = 0.4
"""By how much rows may be taller than what is in them, so that a page is not left empty at its end."""
_FOOT_GAP = 6.0
_RUNNING = 26.0
_GAP_MOST = 0.45
"""Share of a page that may stay empty at its end, so that a row is not torn."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A band with its rows."""

    band: Band
    rows: list[Row]
    heads: float

    @property
    def height(self) -> float:
        return self.heads + sum(row.height for row in self.rows)


def page_size(paper: Paper, landscape: bool) -> tuple[float, float]:
    """Width and height of a sheet of paper in points."""
    short, long = (side * _POINTS for side in PAPERS[paper])
    return (long, short) if landscape else (short, long)


def lay(sheet: Sheet, bands: Iterable[Band], words: Words) -> list[Laid]:
    found = []
    for band in bands:
        rows = [row for lane in sheet.lanes if (row := make_row(sheet, lane, band, words)) is not None]
        found.append(Laid(band, rows, heads_height(sheet, band, words)))
    return found


def cut(sheet: Sheet, most: int, width: float) -> list[Band]:
    """Columns in bands of at most so many, broken between stages where that leaves a band more than half full."""
    bands, start, total = [], 0, len(sheet.columns)
    while start < total:
        stop = min(start + most, total)
        if stop < total:
            ends = [stage.start for stage in sheet.stages if start + most * 0.55 <= stage.start <= stop]
            stop = ends[-1] if ends else stop
        bands.append(Band(start, stop, width))
        start = stop
    return bands


def one_page(sheet: Sheet, paper: Paper, landscape: bool, words: Words, more: tuple[str, ...] = ()) -> list[Picture]:
    """The whole map on one sheet of paper, as large as it goes."""
    page = page_size(paper, landscape)
    room = page[0] - 2 * MARGIN, page[1] - 2 * MARGIN
    if not sheet.columns:
        return [_finish(sheet, [], page, 1.0, words, more)]
    tried = [
        _try(sheet, width, count, room, words, more) for count in _counts(sheet) for width in _widths(sheet, count)
    ]
    scale, _, laid = max(tried, key=lambda one: min(one[0], _LARGEST) * _MORE_BANDS ** one[1])
    return [_finish(sheet, laid, page, min(scale, _LARGEST), words, more)]


def _counts(sheet: Sheet) -> Sequence[int]:
    return range(1, min(_MOST_BANDS, math.ceil(len(sheet.columns) / 3)) + 1)


def _widths(sheet: Sheet, count: int) -> Sequence[float]:
    # A map of a thousand columns need not be tried in every width.
    return _WIDTHS if len(sheet.columns) <= 80 else (_COLUMN,)


def _try(
    sheet: Sheet, width: float, count: int, room: tuple[float, float], words: Words, more: tuple[str, ...]
) -> tuple[float, int, list[Laid]]:
    laid = lay(sheet, cut(sheet, math.ceil(len(sheet.columns) / count), width), words)
    across = max(one.band.across for one in laid)
    scale = room[0] / across
    tall = sum(one.height for one in laid) + _BAND_GAP * (len(laid) - 1)
    for _ in range(3):
        # Head and foot are as wide as the page: at a smaller scale more goes on one of their lines.
        around = front.header_height(sheet, room[0] / scale) + front.foot_height(sheet, room[0] / scale, words, more)
        scale = min(room[0] / across, room[1] / (tall + around))
    return scale, len(laid), laid


def _finish(
    sheet: Sheet, laid: list[Laid], page: tuple[float, float], scale: float, words: Words, more: tuple[str, ...]
) -> Picture:
    width = (page[0] - 2 * MARGIN) / scale
    spread = _stretch(sheet, laid, width, (page[1] - 2 * MARGIN) / scale, words, more)
    picture = Picture(page[0], page[1], scale=scale, left=MARGIN, top=MARGIN)
    front.paint_header(picture, sheet, width, 0)
    y = front.header_height(sheet, width)
    if not laid:
        picture.text(0, y + 24, words("empty"), 12, INK2)
    for one in spread:
        paint_heads(picture, sheet, one.band, y, words)
        at = y + one.heads
        for row in one.rows:
            paint_row(picture, sheet, row, one.band, at)
            at += row.height
        y = at + _BAND_GAP
    front.paint_foot(
        picture,
        sheet,
        width,
        (page[1] - 2 * MARGIN) / scale - front.foot_height(sheet, width, words, more),
        words,
        more,
    )
    return picture


def _stretch(
    sheet: Sheet, laid: list[Laid], width: float, height: float, words: Words, more: tuple[str, ...]
) -> list[Laid]:
    """Columns as wide as the page lets them be, since wider ones are never taller; then rows as tall."""
    if not laid:
        return laid
    most = max(one.band.stop - one.band.start for one in laid)
    wide = (width - LANE_WIDTH) / most
    if wide > laid[0].band.width:
        laid = lay(sheet, [Band(one.band.start, one.band.stop, wide) for one in laid], words)
    around = front.header_height(sheet, width) + front.foot_height(sheet, width, words, more)
    left = height - around - sum(one.height for one in laid) - _BAND_GAP * (len(laid) - 1) - _FOOT_GAP
    loose = [row for one in laid for row in one.rows if row.paint is None]
    tall = sum(row.height for row in loose)
    if left > 0 and tall > 0:
        part = min(left / tall, _LOOSER)
        for row in loose:
            row.fixed = row.height * (1 + part)
    return laid


def many_pages(
    sheet: Sheet, paper: Paper, landscape: bool, words: Words, more: tuple[str, ...] = (), part: bool = False
) -> list[Picture]:
    """As many pages as it takes at full size, heads repeated on each.

    `part`: they are a part of something larger: pages bear no number, a band is rather put on a new page than torn.
    """
    page = page_size(paper, landscape)
    room = page[0] - 2 * MARGIN, page[1] - 2 * MARGIN
    most = max(1, int((room[0] - LANE_WIDTH) // _COLUMN))
    laid = [_wide(sheet, band, room[0], words) for band in cut(sheet, most, _COLUMN)]
    writer = _Writer(sheet, page, words, more, part)
    for one in laid:
        writer.band(one)
    return writer.done()


def _wide(sheet: Sheet, band: Band, width: float, words: Words) -> Laid:
    across = min((width - LANE_WIDTH) / (band.stop - band.start), _COLUMN * 1.9)
    return lay(sheet, [Band(band.start, band.stop, across)], words)[0]


class _Writer:
    """Puts bands on pages one under another; opens a page when one is full."""

    def __init__(
        self, sheet: Sheet, page: tuple[float, float], words: Words, more: tuple[str, ...], part: bool
    ) -> None:
        self.sheet, self.page, self.words, self.more, self.part = sheet, page, words, more, part
        self.width = page[0] - 2 * MARGIN
        self.bottom = page[1] - 2 * MARGIN - _RUNNING / 2
        self.pages: list[Picture] = []
        self._open()
        front.paint_header(self.pages[0], sheet, self.width, 0)
        self.y = front.header_height(sheet, self.width)
        if not sheet.columns:
            self.pages[0].text(0, self.y + 24, words("empty"), 12, INK2)

    def _open(self) -> None:
        self.pages.append(Picture(*self.page, left=MARGIN, top=MARGIN))
        self.y = _RUNNING if len(self.pages) > 1 else 0.0

    def band(self, one: Laid) -> None:
        """The heads, then rows while there is room, on as many pages as it takes."""
        begun = False
        for whole in one.rows:
            row: Row | None = whole
            again = ""
            while row is not None:
                if not begun:
                    self._head(one, row)
                    begun = True
                part, rest = self._part(one, row)
                if part is None:
                    # A page of its own could not hold less: what cannot be split is painted even so.
                    if self._fresh(one):
                        part, rest = row, None
                    else:
                        self._open()
                        self._paint_heads(one)
                        continue
                paint_row(self.pages[-1], self.sheet, part, one.band, self.y, again)
                self.y += part.height
                row, again = rest, "…"
        if not one.rows:
            self._head(one, None)
        self.y += _BAND_GAP

    def _part(self, one: Laid, row: Row) -> tuple[Row | None, Row | None]:
        """What of the row goes on this page. A row is kept whole where that leaves no large gap."""
        room = self.bottom - self.y
        if row.height <= room:
            return row, None
        whole = self.bottom - _RUNNING - one.heads
        if row.height <= whole and room <= whole * _GAP_MOST and not self._fresh(one):
            return None, row
        return row.split(room)

    def _fresh(self, one: Laid) -> bool:
        return self.y <= _RUNNING + one.heads + 0.1

    def _head(self, one: Laid, row: Row | None) -> None:
        wanted = one.heads + (min(row.height, 120.0) if row else 0.0)
        if self.part and one.height <= self.bottom - _RUNNING:
            wanted = one.height
        if self.y + wanted > self.bottom and self.y > _RUNNING:
            self._open()
        self._paint_heads(one)

    def _paint_heads(self, one: Laid) -> None:
        paint_heads(self.pages[-1], self.sheet, one.band, self.y, self.words)
        self.y += one.heads

    def done(self) -> list[Picture]:
        """The legend at the end, a running head and numbers on all pages."""
        tall = front.foot_height(self.sheet, self.width, self.words, self.more)
        if self.y + tall > self.bottom:
            self._open()
        front.paint_foot(self.pages[-1], self.sheet, self.width, self.bottom - tall, self.words, self.more)
        total = len(self.pages)
        for place, picture in enumerate(self.pages):
            if place:
                title = shorten(plain(self.sheet.title).replace("\n", " "), self.width * 0.7, BODY, True)
                picture.text(0, BODY, title, BODY, INK, bold=True)
                picture.text(
                    self.width,
                    BODY,
                    wrap(self.sheet.context[0], self.width * 0.3, SMALL, most=1)[0],
                    SMALL,
                    INK2,
                    align="right",
                )
            if self.part:
                continue
            number = self.words("page", page=place + 1, pages=total)
            picture.text(self.width, self.page[1] - 2 * MARGIN + 4, number, TINY, INK2, align="right")
        return self.pages
