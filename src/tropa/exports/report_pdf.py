"""The report as A4 pages by typst: its blocks are set by `report.typ`, the map is drawn as the exports draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from tropa.exports.drawing.pages import many_pages
from tropa.exports.drawing.style import ACCENT, FLOW, INK, INK2, KINDS, LEAK, LINE, LINE2, SURFACE2
from tropa.exports.picture import Picture
from tropa.exports.report_parts import Bars, Block, Drawing, Grid, Item, Lines, Report, Tiles
from tropa.exports.report_words import ReportWords
from tropa.exports.sheet import Sheet
from tropa.exports.typeface import FAMILIES, foreign, plain
from tropa.exports.typst_pages import compiled, undrawable

_SOURCE = Path(__file__).parent / "report.typ"
_COLOURS = {
    "ink": INK, "quiet": INK2, "line": LINE, "edge": LINE2, "accent": ACCENT, "flow": FLOW, "leak": LEAK,
    "ground": SURFACE2,
}  # fmt: skip
_LANES = ("journeys", "emotion", "waits", "failures", "repeats")
"""What is drawn of the map in the report; expectations have their section, and all of it is in the map's own export."""


def typeset_report(report: Report, form: Literal["pdf", "png"] = "pdf", ppi: float = 96) -> list[bytes]:
    """One PDF, or one PNG a page.

    Raises:
        TropaError: typst is not installed.
    """
    words = ReportWords(report.language)
    data = _document(report, words)
    texts = "".join(_texts(data))
    lacking = undrawable(texts)
    table = {ord(letter): "?" for letter in lacking}
    cleaned = _walked(data, lambda text: plain(text).translate(table))
    return compiled(_SOURCE.read_bytes(), cleaned, bool(foreign(plain(texts))), form, ppi)


def _document(report: Report, words: ReportWords) -> dict[str, Any]:
    return {
        "title": report.title.replace("\n", " "),
        "kicker": words("report"),
        "about": report.about,
        "made": report.made,
        "fine": report.fine,
        "language": report.language,
        "contents": words("contents"),
        "head": words("summary"),
        "summary": report.summary,
        "fonts": FAMILIES,
        "colours": _COLOURS,
        "kinds": {kind: {"fill": fill, "ink": ink} for kind, (fill, ink) in KINDS.items()},
        "sections": [
            {"title": section.title, "blocks": [_block(block, report.sheet, words) for block in section.blocks]}
            for section in report.sections
        ],
    }


def _block(block: Block, sheet: Sheet, words: ReportWords) -> dict[str, Any]:
    match block:
        case Lines():
            return {"is": "lines", "texts": block.texts, "listed": block.listed, "quiet": block.quiet}
        case Tiles():
            tiles = [{"label": one.label, "value": one.value, "more": one.more, "few": one.few} for one in block.tiles]
            return {"is": "tiles", "tiles": tiles}
        case Grid():
            return {
                "is": "grid",
                "title": block.title,
                "heads": block.heads if any(block.heads) else [],
                "rows": block.rows,
                "widths": block.widths,
                "right": sorted(block.right),
                "small": block.small,
            }
        case Bars():
            most = max((bar.high for bar in block.bars), default=0) or 1
            bars = [
                {
                    "name": bar.name,
                    "text": bar.text,
                    "value": max(0, bar.value) / most,
                    "low": max(0, bar.low) / most,
                    "high": max(0, bar.high) / most,
                }
                for bar in block.bars
            ]
            return {"is": "bars", "title": block.title, "about": block.about, "bars": bars, "loss": block.loss}
        case Item():
            return _item(block)
        case Drawing():
            pages = [{"w": page.width, "h": page.height, "shapes": page.shapes} for page in map_pages(sheet, words)]
            return {"is": "map", "pages": pages}


def _item(block: Item) -> dict[str, Any]:
    return {
        "is": "item",
        "kind": block.kind,
        "head": block.head,
        "place": block.place,
        "money": block.money,
        "sentence": block.sentence,
        "facts": block.facts,
        "quotes": [{"text": quote.text, "about": quote.about} for quote in block.quotes],
    }


def map_pages(sheet: Sheet, words: ReportWords) -> list[Picture]:
    """The map on sheets of A3; they are set on A4."""
    lanes = tuple(lane for lane in sheet.lanes if lane.key in _LANES)
    return many_pages(replace(sheet, lanes=lanes, tiles=(), notes=()), "a3", False, words, part=True)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list | tuple) else []


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _walked(part, change) for key, part in value.items()}
    return [_walked(part, change) for part in value] if isinstance(value, list | tuple) else value
