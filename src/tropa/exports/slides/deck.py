"""Slides: one for the whole, charts, one a stage and more where it takes more, findings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

from tropa.exports.extra import extra
from tropa.exports.numbers import ENOUGH
from tropa.exports.sheet import Column, Sheet
from tropa.exports.slides import charts
from tropa.exports.slides.content import column_cell, finding_rows, head_cell, overview_rows, stage_rows, title_cell
from tropa.exports.slides.paging import Cell, Row, Table, Text, grown, tables
from tropa.exports.slides.paint import HEIGHT, MARGIN, TOP, WIDTH, Slides
from tropa.exports.typeface import plain
from tropa.exports.words import Words

ACROSS = 5
"""Touchpoints of one slide: more would leave no room for words."""
_STAGES = 8
_TITLE_COLUMN = 124.0
_BAR_MOST, _LINE_MOST = 22, 20
ROOM = HEIGHT - TOP - 40.0


def deck(sheet: Sheet) -> bytes:
    """The sheet as PPTX.

    Raises:
        TropaError: python-pptx is not installed.
    """
    extra("pptx")
    words = Words(sheet.language)
    slides = Slides(plain(sheet.title).replace("\n", " "), plain("  ·  ".join(sheet.context)), sheet.language)
    slides.front(sheet, words)
    map_slides(slides, sheet, words)
    _stages(slides, sheet, words)
    _map_cards(slides, sheet, words)
    if rows := finding_rows(sheet, words):
        widths = (90.0, 150.0, WIDTH - 2 * MARGIN - 330, 90.0)
        heads = [words(key) for key in ("wide.kind", "touchpoint", "because", "money")]
        head = [Row(tuple(head_cell(text) for text in heads))]
        put(slides, words("wide.findings"), tables(widths, head, rows, ROOM), words)
    data = io.BytesIO()
    slides.save(data)
    return data.getvalue()


def map_slides(slides: Slides, sheet: Sheet, words: Words) -> None:
    """The whole map in one table, the stream and the emotion curve as charts."""
    _overview(slides, sheet, words)
    _charts(slides, sheet, words)


def put(slides: Slides, title: str, parts: Sequence[Table], words: Words) -> None:
    """Tables, a slide each, as large as they go, numbered where there is more than one."""
    for number, table in enumerate(grown(parts, ROOM)):
        more = f" ({words('part', part=number + 1, parts=len(parts))})" if len(parts) > 1 else ""
        slides.table(title + more, table)


def _dealt(total: int, most: int) -> list[tuple[int, int]]:
    """Equal shares of at most so many."""
    count = max(1, -(-total // most))
    edges = [round(part * total / count) for part in range(count + 1)]
    return list(pairwise(edges))


def _overview(slides: Slides, sheet: Sheet, words: Words) -> None:
    if not sheet.has_map:
        return
    parts = []
    for start, stop in _dealt(len(sheet.stages), _STAGES):
        some = sheet.stages[start:stop]
        widths = (_TITLE_COLUMN, *((WIDTH - 2 * MARGIN - _TITLE_COLUMN) / max(1, len(some)),) * len(some))
        head = [Row((head_cell(words("stage")), *(head_cell(f"{stage.index + 1}. {stage.name}") for stage in some)))]
        parts += tables(widths, head, overview_rows(sheet, some, words), ROOM)
    put(slides, words("overview"), parts, words)


def _charts(slides: Slides, sheet: Sheet, words: Words) -> None:
    counted = [column for column in sheet.columns if column.row is not None]
    if counted and any(column.row and column.row.journeys for column in counted):
        shares = _dealt(len(counted), _BAR_MOST)
        most = max(column.row.journeys for column in counted if column.row is not None)
        for number, (start, stop) in enumerate(shares):
            slides.chart(_title(words, "funnel", number, len(shares)), charts.funnel(counted[start:stop], words, most))
    felt = [column for column in sheet.columns if column.opinion is not None or _asked(column)]
    if felt:
        shares = _dealt(len(felt), _LINE_MOST)
        for number, (start, stop) in enumerate(shares):
            slides.chart(_title(words, "curve", number, len(shares)), charts.emotion(felt[start:stop], words))


def _asked(column: Column) -> bool:
    return column.row is not None and column.row.emotion is not None and column.row.emotion_n >= ENOUGH


def _title(words: Words, key: str, number: int, total: int) -> str:
    return words(key) + (f" ({words('part', part=number + 1, parts=total)})" if total > 1 else "")


def _stages(slides: Slides, sheet: Sheet, words: Words) -> None:
    for stage in sheet.stages:
        name = plain(stage.name).replace("\n", " ")
        title = f"{stage.index + 1}. {name}" if stage.name else words("kind.none")
        parts = []
        for start, stop in _dealt(stage.span, ACROSS):
            columns = sheet.columns[stage.start + start : stage.start + stop]
            wide = (WIDTH - 2 * MARGIN - _TITLE_COLUMN) / len(columns)
            head = [Row((head_cell(words("touchpoint")), *(column_cell(column, words) for column in columns)))]
            rows = stage_rows(sheet, stage, columns, words, start == 0)
            parts += tables((_TITLE_COLUMN, *(wide,) * len(columns)), head, rows, ROOM)
        put(slides, title, parts, words)


def _map_cards(slides: Slides, sheet: Sheet, words: Words) -> None:
    if not sheet.cards:
        return
    rows = [Row((title_cell(card.label or title), Cell((Text(card.text, size=10),)))) for title, card in sheet.cards]
    head = [Row((head_cell(sheet.cards[0][0]), head_cell(words("promise"))))]
    put(slides, sheet.cards[0][0], tables((200.0, WIDTH - 2 * MARGIN - 200), head, rows, ROOM), words)
