"""The report as slides with native texts, tables and charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from tropa.exports.drawing.style import FLOW_EDGE, INK2, LEAK, LEAK_INK, NOTE
from tropa.exports.extra import extra
from tropa.exports.report_parts import Bars, Block, Drawing, Grid, Item, Lines, Report, Section
from tropa.exports.report_words import ReportWords
from tropa.exports.slides.charts import Chart, Series
from tropa.exports.slides.content import head_cell, title_cell
from tropa.exports.slides.deck import ROOM, map_slides, put
from tropa.exports.slides.paging import Cell, Row, Text, tables
from tropa.exports.slides.paint import MARGIN, WIDTH, Slides
from tropa.exports.typeface import plain

_WIDE = WIDTH - 2 * MARGIN
_NAMES = 190.0
_SIZE, _SMALL = 11.0, 9.0


def slides(report: Report) -> bytes:
    """The report as PPTX.

    Raises:
        TropaError: python-pptx is not installed.
    """
    extra("pptx")
    words = ReportWords(report.language)
    deck = Slides(plain(report.title).replace("\n", " "), plain(f"{report.fine}  ·  {report.made}"), report.language)
    deck.front(replace(report.sheet, subtitle=words("report"), notes=()), words)
    _texts(deck, words("summary"), report.summary, words, 15.0)
    contents = [f"{number}. {section.title}" for number, section in enumerate(report.sections, 1)]
    _texts(deck, words("contents"), contents, words, 15.0)
    for number, section in enumerate(report.sections, 1):
        _section(deck, number, section, report, words)
    data = io.BytesIO()
    deck.save(data)
    return data.getvalue()


def _section(deck: Slides, number: int, section: Section, report: Report, words: ReportWords) -> None:
    """Lines stand over the table that follows them; the last ones under the table before them."""
    title = f"{number}. {section.title}"
    blocks = list(section.blocks)
    while blocks:
        before = _lines(blocks)
        if not blocks:
            _texts(deck, title, before, words)
            return
        block = blocks.pop(0)
        if isinstance(block, Grid):
            after = _lines(blocks) if all(isinstance(one, Lines) for one in blocks) else []
            _grid(deck, title, block, before, after, words)
            continue
        if before and not isinstance(block, Drawing):
            _texts(deck, title, before, words)
        if isinstance(block, Bars):
            _bars(deck, block, words)
        elif isinstance(block, Item):
            _item(deck, block, words)
        elif isinstance(block, Drawing):
            map_slides(deck, report.sheet, words)
        # The numbers that are read first stand on the first slide.


def _lines(blocks: list[Block]) -> list[str]:
    """Takes the lines away that the blocks begin with."""
    found: list[str] = []
    while blocks and isinstance(blocks[0], Lines):
        found += blocks.pop(0).texts  # type: ignore[union-attr]
    return found


def _texts(deck: Slides, title: str, texts: Sequence[str], words: ReportWords, size: float = 13.0) -> None:
    rows = [Row((Cell((Text(text, size=size),)),)) for text in texts]
    put(deck, title, tables((_WIDE,), [], rows, ROOM), words)


def _grid(
    deck: Slides, title: str, block: Grid, before: Sequence[str], after: Sequence[str], words: ReportWords
) -> None:
    size = _SMALL if block.small else _SIZE
    across = len(block.widths)
    widths = tuple(_WIDE * width / sum(block.widths) for width in block.widths)
    head = [Row(tuple(head_cell(text) for text in block.heads))] if any(block.heads) else []
    rows = [Row((Cell((Text(text, size=size),), across=across),)) for text in before]
    for row in block.rows:
        first = Cell((Text(row[0], True, size=size),), title_cell("").fill if len(row) > 1 else "")
        rows.append(Row((first, *(Cell((Text(text, size=size),)) for text in row[1:]))))
    rows += [Row((Cell((Text(text, colour=INK2, size=_SMALL),), across=across),)) for text in after]
    put(deck, block.title or title, tables(widths, head, rows, ROOM), words)


def _bars(deck: Slides, block: Bars, words: ReportWords) -> None:
    """The chart with its numbers; the intervals stand in the table that follows."""
    if not block.bars:
        return
    names = tuple(plain(bar.name).replace("\n", " ") for bar in block.bars)
    values = tuple(bar.value for bar in block.bars)
    most = max(values) * 1.1 or 1.0
    colour, form = (LEAK, "#,##0") if block.loss else (FLOW_EDGE, "0%")
    chart = Chart(True, names, (Series(block.about, values, colour, labels=True),), 0, most, form)
    deck.chart(block.title, chart)
    rows = [
        Row((Cell((Text(bar.name, True, size=_SIZE),), title_cell("").fill), Cell((Text(bar.text, size=_SIZE),))))
        for bar in block.bars
    ]
    head = [Row((head_cell(words("h.stage")), head_cell(block.title)))]
    put(deck, block.title, tables((_NAMES * 1.5, _WIDE - _NAMES * 1.5), head, rows, ROOM), words)


def _item(deck: Slides, block: Item, words: ReportWords) -> None:
    rows = [Row((Cell((Text(block.sentence, size=12.0),), "", 2),))]
    for name, text in block.facts:
        colour = LEAK_INK if name == words("i.money") else ""
        rows.append(Row((title_cell(name), Cell((Text(text, bool(colour), colour, 10.0),)))))
    for quote in block.quotes:
        said = Cell((Text(quote.text, size=10.0), Text(quote.about, colour=INK2, size=8.0)), NOTE)
        rows.append(Row((title_cell(""), said)))
    put(deck, f"{block.head}: {block.place}", tables((_NAMES, _WIDE - _NAMES), [], rows, ROOM), words)
