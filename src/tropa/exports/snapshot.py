"""A read-only snapshot: one HTML file that asks for nothing, runs nothing and opens from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from tropa.exports.drawing.style import VERDICTS
from tropa.exports.make import place_of
from tropa.exports.numbers import money
from tropa.exports.sheet import Card, Cell, Column, Fact, Flag, Lane, Sheet, Stage
from tropa.exports.snapshot_drawing import mood_drawing, stream_drawing
from tropa.exports.words import Words
from tropa.text import mask

_STYLE = Path(__file__).parent / "snapshot.css"
_PRINT_WIDTH = 1520
"""Pixels across a sheet of A3 within its margins."""
_LANE, _COLUMN = 172, 176
_QUIET = ("harmless", "undetermined")
# Nothing may be fetched or run, whatever a text of the map holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def snapshot(sheet: Sheet) -> bytes:
    """The sheet as one self-contained HTML file."""
    return "\n".join(_Page(sheet).lines()).encode("utf-8", "replace")


def map_region(sheet: Sheet) -> Iterator[str]:
    """The map alone, to stand within another page that has `style_of`."""
    return _Page(sheet).region()


def style_of(sheet: Sheet) -> str:
    """The style of the map."""
    columns = max(1, len(sheet.columns))
    zoom = min(1.0, _PRINT_WIDTH / (_LANE + _COLUMN * columns))
    return f"{_STYLE.read_text('utf-8')}:root{{--columns:{columns};--print-zoom:{zoom:.3f}}}\n"


class _Page:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.words = Words(sheet.language)

    def lines(self) -> Iterator[str]:
        sheet = self.sheet
        yield f'<!doctype html>\n<html lang="{sheet.language}">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(sheet.title)}</title>"
        yield f"<style>\n{style_of(sheet)}</style>"
        yield "</head>\n<body>"
        yield from self._header()
        yield "<main>"
        yield from self.region()
        yield from self._below()
        yield "</main>"
        yield from self._footer()
        yield "</body>\n</html>"

    def region(self) -> Iterator[str]:
        sheet, words = self.sheet, self.words
        label = escape(f"{words('snapshot')}: {sheet.title}", quote=True)
        yield f'<div class="map" tabindex="0" role="region" aria-label="{label}">'
        yield from self._table() if sheet.columns else [f'<p class="about">{escape(words("empty"))}</p>']
        yield "</div>"

    def _header(self) -> Iterator[str]:
        sheet = self.sheet
        company = sheet.company if sheet.company != sheet.title else ""
        about = " · ".join(part for part in (company, sheet.subtitle) if part)
        yield f'<header><h1 dir="auto">{escape(sheet.title)}</h1><p class="about" dir="auto">{escape(about)}</p>'
        if sheet.tiles:
            yield '<ul class="tiles">'
            for tile in sheet.tiles:
                few = ' class="few"' if tile.few else ""
                yield (
                    f"<li><span>{escape(tile.label)}</span><b{few}>{escape(tile.value)}</b>"
                    f"<span>{escape(tile.more)}</span></li>"
                )
            yield "</ul>"
        yield "</header>"

    def _table(self) -> Iterator[str]:
        sheet, words = self.sheet, self.words
        yield "<table><colgroup><col class=lane>" + "<col class=place>" * len(sheet.columns) + "</colgroup><thead>"
        if sheet.has_map:
            yield f'<tr><th class="title" scope="row">{escape(words("stage"))}</th>'
            yield from (self._stage(stage) for stage in sheet.stages)
            yield "</tr>"
        yield f'<tr><th class="title" scope="row">{escape(words("touchpoint"))}</th>'
        yield from (self._column(column) for column in sheet.columns)
        yield "</tr></thead><tbody>"
        for lane in sheet.lanes:
            yield from self._lane(lane)
        yield "</tbody></table>"

    def _stage(self, stage: Stage) -> str:
        facts = " · ".join(stage.facts)
        lost = f'<span class="lost">{escape(stage.lost)}</span>' if stage.lost else ""
        return (
            f'<th class="stage first" scope="colgroup" colspan="{stage.span}">'
            f'<span class="number-name">{stage.index + 1}</span><bdi>{escape(stage.name)}</bdi> '
            f"{self._flag(stage.flag)}"
            f'<div class="quiet number">{escape(facts)} {lost}</div></th>'
        )

    def _column(self, column: Column) -> str:
        words = self.words
        marks = ""
        if column.moment_author or column.moment_data:
            star = "★" if column.moment_author else "☆"
            marks += f'<span class="mark">{star} {escape(words("moment"))}</span>'
        if column.goal:
            marks += f'<span class="mark goal">⚑ {escape(words("goal"))}</span>'
        if column.actor:
            marks += f'<span class="quiet">{escape(column.actor)}</span>'
        return (
            f'<th scope="col"{_classes(column.first)}><bdi>{escape(column.name)}</bdi>'
            f"<div>{self._flag(column.flag)}</div>{marks}</th>"
        )

    def _flag(self, flag: Flag | None) -> str:
        if flag is None:
            return ""
        return f'<span class="flag {flag.kind}">{escape(self.words.flag(flag))}</span>'

    def _lane(self, lane: Lane) -> Iterator[str]:
        sheet = self.sheet
        about = f"<small>{escape(lane.about)}</small>" if lane.about else ""
        measured = " measured" if lane.measured else ""
        drawn = {"flow": stream_drawing, "emotion": mood_drawing}.get(lane.form)
        rows = 2 if drawn else 1
        yield f'<tr><th class="title{measured}" scope="row" rowspan="{rows}">{escape(lane.title)}{about}</th>'
        if drawn:
            yield f'<td class="drawing" colspan="{len(sheet.columns)}">{drawn(sheet)}</td></tr><tr>'
        if lane.of_stage:
            for stage in sheet.stages:
                cell = lane.cells.get(stage.index)
                yield f'<td class="first" colspan="{stage.span}">{self._cell(lane, cell)}</td>'
        else:
            for column in sheet.columns:
                cell = lane.cells.get(column.index)
                tone = self._tone(lane, cell)
                yield f"<td{_classes(column.first, bool(tone))}{tone}>{self._cell(lane, cell, column)}</td>"
        yield "</tr>"

    def _tone(self, lane: Lane, cell: Cell | None) -> str:
        tone = cell.facts[0].tone if cell and cell.facts and lane.form in ("numbers", "emotion") else ""
        return f' style="background:var(--{tone})"' if tone and not tone.endswith("-0") else ""

    def _cell(self, lane: Lane, cell: Cell | None, column: Column | None = None) -> str:
        if cell is None:
            return ""
        facts = "".join(self._check(fact) if lane.form == "checks" else _fact(fact) for fact in cell.facts)
        if column is not None and column.disagrees and lane.form == "emotion":
            said = self.words("disagrees", value=cell.cards[0].text if cell.cards else "")
            facts += f'<span class="lost">≠ {escape(said)}</span>'
        return facts + "".join(map(_card, cell.cards))

    def _check(self, fact: Fact) -> str:
        verdict = self.words(f"verdict.{fact.verdict}") if fact.verdict in VERDICTS else ""
        head = ": ".join(part for part in (fact.label, verdict) if part)
        bar = "" if fact.part is None else f'<span class="bar"><i style="width:{100 * fact.part:.0f}%"></i></span>'
        return f'<div class="check {escape(fact.verdict)}"><b class="quiet">{escape(head)}</b>{_fact(fact)}{bar}</div>'

    def _below(self) -> Iterator[str]:
        sheet, words = self.sheet, self.words
        if sheet.cards:
            yield f'<section class="findings"><h2>{escape(sheet.cards[0][0])}</h2>'
            yield from (_card(card) for _, card in sheet.cards)
            yield "</section>"
        found = [one for one in sheet.findings if one.kind not in _QUIET]
        if found:
            yield f'<section class="findings"><h2>{escape(words("wide.findings"))}</h2><ol>'
            for one in found:
                paid = "" if one.money is None else money(one.money.value, one.money.currency, sheet.language)
                place = place_of(one) or one.stage or ""
                head = " · ".join(part for part in (words(f"finding.{one.kind}"), place, paid) if part)
                said = escape(mask(one.because))
                yield f'<li><b><bdi>{escape(head)}</bdi></b><br><span dir="auto">{said}</span></li>'
            yield "</ol></section>"

    def _footer(self) -> Iterator[str]:
        words = self.words
        legend = [words("legend.grey")] if self.sheet.has_data else []
        yield "<footer>"
        for line in (*self.sheet.context, *legend, *self.sheet.notes):
            yield f'<p dir="auto">{escape(line)}</p>'
        yield "</footer>"


def _classes(first: bool, toned: bool = False) -> str:
    names = " ".join(name for name, here in (("first", first), ("toned", toned)) if here)
    return f' class="{names}"' if names else ""


def _fact(fact: Fact) -> str:
    if fact.tone == "lost":
        return f'<span class="lost number" title="{escape(fact.label, quote=True)}">{escape(fact.value)}</span>'
    if fact.few and not fact.more and not fact.label:
        return f'<div class="quiet">{escape(fact.value)}</div>'
    few = " few" if fact.few else ""
    value = f'<span class="value number{few}">{escape(fact.value)}</span>' if fact.value else ""
    return value + "".join(f'<div class="quiet number">{escape(line)}</div>' for line in fact.more)


def _card(card: Card) -> str:
    label = f"<b>{escape(card.label)}</b>" if card.label else ""
    evidence = f"<small>{escape(card.evidence.label)}</small>" if card.evidence else ""
    note = f' title="{escape(card.evidence.note, quote=True)}"' if card.evidence and card.evidence.note else ""
    return f'<div class="card {card.tone}" dir="auto"{note}>{label}{escape(card.text)}{evidence}</div>'
