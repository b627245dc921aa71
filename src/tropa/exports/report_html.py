"""The report as one HTML file that asks for nothing, runs nothing, opens from a disk and prints."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from tropa.exports.report_parts import Bars, Block, Drawing, Grid, Item, Lines, Report, Tiles
from tropa.exports.report_words import ReportWords
from tropa.exports.sheet import Tile
from tropa.exports.snapshot import POLICY, map_region, style_of

_STYLE = Path(__file__).parent / "report.css"


def page(report: Report) -> bytes:
    """The report as one self-contained HTML file."""
    return "\n".join(_lines(report)).encode("utf-8", "replace")


def _lines(report: Report) -> Iterator[str]:
    words = ReportWords(report.language)
    yield f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(report.title)} – {escape(words('report'))}</title>"
    yield f"<style>\n{style_of(report.sheet)}{_STYLE.read_text('utf-8')}</style>\n</head>\n<body class=report>"
    yield f"<header><p class=kicker>{escape(words('report'))}</p>"
    yield f'<h1 dir="auto">{escape(report.title)}</h1><p class=about dir="auto">{escape(report.about)}</p>'
    yield f"<section class=short><h2>{escape(words('summary'))}</h2>{_list(report.summary)}</section>"
    yield f'<nav aria-label="{escape(words("contents"), quote=True)}"><h2>{escape(words("contents"))}</h2><ol>'
    for number, section in enumerate(report.sections, 1):
        yield f'<li><a href="#s{number}">{escape(section.title)}</a></li>'
    yield "</ol></nav></header>\n<main>"
    for number, section in enumerate(report.sections, 1):
        yield f'<section id="s{number}"><h2>{number}. {escape(section.title)}</h2>'
        for block in section.blocks:
            yield from _block(block, report)
        yield "</section>"
    yield f"</main>\n<footer><p>{escape(report.fine)} · {escape(report.made)}</p></footer>\n</body>\n</html>"


def _block(block: Block, report: Report) -> Iterator[str]:
    match block:
        case Lines() if block.listed:
            yield _list(block.texts)
        case Lines():
            quiet = " class=fine" if block.quiet else ""
            yield from (f'<p{quiet} dir="auto">{escape(text)}</p>' for text in block.texts)
        case Tiles():
            yield '<ul class="tiles">' + "".join(map(_tile, block.tiles)) + "</ul>"
        case Grid():
            yield from _grid(block)
        case Bars():
            yield from _bars(block)
        case Item():
            yield from _item(block)
        case Drawing():
            yield from map_region(report.sheet)


def _list(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li dir="auto">{escape(text)}</li>' for text in texts) + "</ul>"


def _tile(tile: Tile) -> str:
    few = " class=few" if tile.few else ""
    return f"<li><span>{escape(tile.label)}</span><b{few}>{escape(tile.value)}</b><span>{escape(tile.more)}</span></li>"


def _grid(block: Grid) -> Iterator[str]:
    plain = not any(block.heads)
    if block.title:
        yield f"<h3>{escape(block.title)}</h3>"
    names = " ".join(name for name, here in (("grid", True), ("small", block.small), ("plain", plain)) if here)
    yield f'<div class="scroll" tabindex="0"><table class="{names}"><colgroup>'
    yield "".join(f'<col style="width:{100 * width:.0f}%">' for width in block.widths) + "</colgroup>"
    right = [' class="right"' if place in block.right else "" for place in range(len(block.heads))]
    if not plain:
        heads = "".join(f'<th scope="col"{at}>{escape(head)}</th>' for head, at in zip(block.heads, right, strict=True))
        yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in block.rows:
        cells = [f'<td{at} dir="auto">{escape(text)}</td>' for text, at in zip(row, right, strict=True)]
        cells[0] = f'<th scope="row" dir="auto">{escape(row[0])}</th>' if len(row) > 1 else cells[0]
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _bars(block: Bars) -> Iterator[str]:
    most = max((bar.high for bar in block.bars), default=0) or 1
    loss = " loss" if block.loss else ""
    yield f'<figure class="bars{loss}"><h3>{escape(block.title)}</h3><dl>'
    for bar in block.bars:
        value, low, high = (100 * max(0.0, part) / most for part in (bar.value, bar.low, bar.high))
        line = f'<s style="left:{low:.1f}%;width:{high - low:.1f}%"></s>' if high > low else ""
        yield (
            f'<dt dir="auto">{escape(bar.name)}</dt><dd><span class="track" aria-hidden="true">'
            f'<i style="width:{value:.1f}%"></i>{line}</span><span class="quiet">{escape(bar.text)}</span></dd>'
        )
    yield f"</dl><figcaption class=fine>{escape(block.about)}</figcaption></figure>"


def _item(block: Item) -> Iterator[str]:
    yield f'<article class="item {block.kind}"><h3><span class="flag {block.kind}">{escape(block.head)}</span>'
    yield f'<bdi>{escape(block.place)}</bdi><span class="lost">{escape(block.money)}</span></h3>'
    yield f'<p dir="auto">{escape(block.sentence)}</p><dl class=facts>'
    for name, text in block.facts:
        yield f'<dt>{escape(name)}</dt><dd dir="auto">{escape(text)}</dd>'
    yield "</dl>"
    for quote in block.quotes:
        text = f'<blockquote dir="auto">{escape(quote.text)}</blockquote>'
        yield f"<figure class=quote>{text}<figcaption class=fine>{escape(quote.about)}</figcaption></figure>"
    yield "</article>"
