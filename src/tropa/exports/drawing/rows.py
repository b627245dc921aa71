"""Lanes as rows of a band: how tall each is, and what it paints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tropa.exports.drawing.blocks import Block, cell_blocks, check_block, number_block
from tropa.exports.drawing.moods import paint_moods
from tropa.exports.drawing.stream import paint_stream
from tropa.exports.drawing.style import (
    ACCENT,
    BODY,
    FLOW_HEIGHT,
    GAP,
    INK,
    INK2,
    LANE_WIDTH,
    LEADING,
    LINE,
    LINE2,
    MOOD_HEIGHT,
    NOTE,
    NOTE_LINE,
    PAD,
    SURFACE2,
    TINY,
    TONES,
    VERDICTS,
)
from tropa.exports.picture import Picture
from tropa.exports.sheet import EMPTY, Cell, Lane, Sheet
from tropa.exports.typeface import plain, wrap
from tropa.exports.words import Words


@dataclass(frozen=True, slots=True)
class Band:
    """Columns `start` to `stop` (not included) across, each `width` wide."""

    start: int
    stop: int
    width: float

    @property
    def across(self) -> float:
        return LANE_WIDTH + (self.stop - self.start) * self.width

    def x(self, column: int) -> float:
        return LANE_WIDTH + (column - self.start) * self.width


@dataclass(slots=True)
class Row:
    """`cells`: x, width, tone and blocks of each. `paint` draws over all columns; such a row is never split."""

    lane: Lane
    title: list[str]
    about: list[str]
    cells: list[tuple[float, float, str, list[Block]]] = field(default_factory=list)
    paint: Callable[[Picture, float], None] | None = None
    fixed: float = 0.0

    @property
    def head(self) -> float:
        return 2 * PAD + len(self.title) * BODY * LEADING + len(self.about) * TINY * LEADING

    @property
    def height(self) -> float:
        tallest = max((stack(blocks) for _, _, _, blocks in self.cells), default=0.0)
        return max(self.fixed, self.head, tallest + 2 * PAD if tallest else 0.0)

    def split(self, room: float) -> tuple[Row | None, Row]:
        """As much of the row as fits into the room, and the rest; None where nothing does."""
        first = Row(self.lane, self.title, self.about)
        rest = Row(self.lane, self.title, [])
        for x, width, tone, blocks in self.cells:
            count = fitting(blocks, room - 2 * PAD)
            first.cells.append((x, width, tone, blocks[:count]))
            rest.cells.append((x, width, tone, blocks[count:]))
        if self.paint or self.head > room or not any(cell[3] for cell in first.cells):
            return None, self
        return first, rest


def stack(blocks: list[Block]) -> float:
    return sum(block.height for block in blocks) + GAP * max(0, len(blocks) - 1)


def fitting(blocks: list[Block], room: float) -> int:
    """How many of the blocks fit, one over another."""
    used, count = 0.0, 0
    for block in blocks:
        used += block.height + (GAP if count else 0.0)
        if used > room:
            break
        count += 1
    return count


def make_row(sheet: Sheet, lane: Lane, band: Band, words: Words) -> Row | None:
    """The row of a lane in a band, None where it has nothing to say there."""
    title = wrap(plain(lane.title), LANE_WIDTH - 2 * PAD - 8, BODY, True, 4)
    room = LANE_WIDTH - 2 * PAD - (22 if lane.form == "emotion" else 8)
    about = wrap(lane.about, room, TINY) if lane.about else []
    row = Row(lane, title, about)
    if lane.form == "flow":
        row.fixed, row.paint = (
            FLOW_HEIGHT,
            lambda picture, y: paint_stream(picture, sheet, lane, band.start, band.stop, y, band.width),
        )
        return row
    if lane.form == "emotion":
        row.fixed, row.paint = (
            MOOD_HEIGHT,
            lambda picture, y: paint_moods(picture, sheet, lane, band.start, band.stop, y, band.width, words),
        )
        return row
    for x, width, cell in _cells(sheet, lane, band):
        inner = round(width - 2 * PAD, 1)
        blocks = cell_blocks(cell.cards, inner)
        for fact in cell.facts:
            said = words(f"verdict.{fact.verdict}") if fact.verdict in VERDICTS else ""
            blocks.append(check_block(fact, inner, said) if lane.form == "checks" else number_block(fact, inner))
        tone = TONES.get(cell.facts[0].tone, "") if lane.form == "numbers" and cell.facts else ""
        row.cells.append((x, width, tone, blocks))
    return row if any(blocks for _, _, _, blocks in row.cells) else None


def _cells(sheet: Sheet, lane: Lane, band: Band) -> list[tuple[float, float, Cell]]:
    """Where each cell of the band stands. A stage that goes on in the next band has its cards in the first of them."""
    if not lane.of_stage:
        return [(band.x(place), band.width, lane.cells.get(place, EMPTY)) for place in range(band.start, band.stop)]
    found = []
    for stage in sheet.stages:
        first, last = max(stage.start, band.start), min(stage.start + stage.span, band.stop)
        if first < last:
            here = lane.cells.get(stage.index, EMPTY) if stage.start >= band.start else EMPTY
            found.append((band.x(first), (last - first) * band.width, here))
    return found


def paint_row(picture: Picture, sheet: Sheet, row: Row, band: Band, y: float, again: str = "") -> None:
    """The row with its title on the left; `again` stands under the title of a row that goes on."""
    height = row.height
    picture.rect(0, y, LANE_WIDTH, height, SURFACE2)
    if row.lane.measured:
        picture.circle(PAD + 2.2, y + PAD + BODY * 0.62, 2, fill=ACCENT)
    else:
        picture.rect(PAD + 0.2, y + PAD + BODY * 0.62 - 2, 4, 4, NOTE, NOTE_LINE, 0.5, 0.8)
    for place, line in enumerate(row.title):
        picture.text(PAD + 8, y + PAD + BODY + place * BODY * LEADING, line, BODY, INK, bold=True)
    top = y + PAD + len(row.title) * BODY * LEADING
    for place, line in enumerate([again] if again else row.about):
        picture.text(PAD + 8, top + TINY + 1 + place * TINY * LEADING, line, TINY, INK2)
    for x, width, tone, _ in row.cells:
        picture.rect(x, y, width, height, tone)
    paint_edges(picture, sheet, band, y, height, row.lane.of_stage)
    for x, _, _, blocks in row.cells:
        at = y + PAD
        for block in blocks:
            block.draw(picture, x + PAD, at)
            at += block.height + GAP
    if row.paint:
        row.paint(picture, y)
    picture.line(0, y + height, band.across, y + height, LINE2, 0.5)


def paint_edges(picture: Picture, sheet: Sheet, band: Band, y: float, height: float, stages_only: bool = False) -> None:
    """Fine lines between touchpoints, stronger ones between stages."""
    for place in range(band.start, band.stop):
        first = sheet.columns[place].first
        if stages_only and not first:
            continue
        picture.line(band.x(place), y, band.x(place), y + height, LINE2 if first else LINE, 0.9 if first else 0.4)
