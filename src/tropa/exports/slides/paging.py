"""Tables that fit on slides: rows measured by the typeface, tables cut where a slide is full. Lengths in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tropa.exports.typeface import plain, width_of, wrap

LINE = 1.22
PAD_X, PAD_Y = 5.0, 3.0
_LARGEST = 17.0
_LARGER = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1)
_FILLED = (0.55, 0.65, 0.75, 0.85, 0.93)
"""Shares of the room in which parts of a table are tried, so that the last one is no mere remainder."""
_SAFE = 0.96
"""The slide's own font is a little narrower than ours; renderers differ by a few per cent."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of a cell."""

    text: str
    bold: bool = False
    colour: str = ""
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class Cell:
    """`across`: how many columns it covers; `fill`: its ground."""

    texts: tuple[Text, ...] = ()
    fill: str = ""
    across: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    height: float = 0.0


@dataclass(slots=True)
class Table:
    """`head` is repeated on every part."""

    widths: Sequence[float]
    head: list[Row]
    rows: list[Row] = field(default_factory=list)

    @property
    def height(self) -> float:
        return sum(row.height for row in (*self.head, *self.rows))


def lines_of(text: Text, width: float) -> list[str]:
    """The lines of a paragraph as they are expected to break."""
    return wrap(plain(text.text), max(width - 2 * PAD_X, 10) * _SAFE, text.size, text.bold)


def cell_height(cell: Cell, width: float) -> float:
    return 2 * PAD_Y + sum(len(lines_of(text, width)) * text.size * LINE for text in cell.texts)


def measured(row: Row, widths: Sequence[float]) -> Row:
    """The row with its height."""
    place, tallest = 0, 2 * PAD_Y + 9 * LINE
    for cell in row.cells:
        tallest = max(tallest, cell_height(cell, sum(widths[place : place + cell.across])))
        place += cell.across
    return Row(row.cells, tallest)


def tables(widths: Sequence[float], head: Sequence[Row], rows: Sequence[Row], room: float) -> list[Table]:
    """As many tables as it takes for none to be taller than the room, filled alike.

    A row that is too tall goes on in the next.
    """
    heads = [measured(row, widths) for row in head]
    free = room - sum(row.height for row in heads)
    parts = [part for row in rows for part in _parts(row, widths, free)]
    found = _dealt(parts, heads, widths, room)
    for share in _FILLED if len(found) > 1 else ():
        tried = _dealt(parts, heads, widths, room * share)
        if len(tried) == len(found):
            return tried
    return found


def _dealt(parts: Sequence[Row], heads: list[Row], widths: Sequence[float], room: float) -> list[Table]:
    found = [Table(widths, heads)]
    for row in parts:
        if found[-1].rows and found[-1].height + row.height > room:
            found.append(Table(widths, heads))
        found[-1].rows.append(row)
    return found


def grown(parts: Sequence[Table], room: float) -> list[Table]:
    """The tables in the largest letters, the same in all, in which each still fits and no more words are torn."""
    most = min((_untorn(table) for table in parts), default=1.0)
    for factor in _LARGER:
        if factor <= most:
            made = [_times(table, factor) for table in parts]
            if all(table.height <= room for table in made):
                return made
    return list(parts)


def _untorn(table: Table) -> float:
    """By how much letters can grow before a word that fits its column does not."""
    most = max(_LARGER)
    for row in (*table.head, *table.rows):
        place = 0
        for cell in row.cells:
            inner = (sum(table.widths[place : place + cell.across]) - 2 * PAD_X) * _SAFE
            place += cell.across
            for text in cell.texts:
                wide = max((width_of(word, text.size, text.bold) for word in plain(text.text).split()), default=0.0)
                if 0 < wide <= inner:
                    most = min(most, inner / wide)
    return most


def _times(table: Table, factor: float) -> Table:
    def larger(row: Row) -> Row:
        cells = (
            replace(cell, texts=tuple(replace(one, size=_size(one.size, factor)) for one in cell.texts))
            for cell in row.cells
        )
        return measured(Row(tuple(cells)), table.widths)

    return Table(table.widths, [larger(row) for row in table.head], [larger(row) for row in table.rows])


def _size(size: float, factor: float) -> float:
    return max(size, min(round(size * factor * 2) / 2, _LARGEST))


def _parts(row: Row, widths: Sequence[float], room: float) -> list[Row]:
    """A row in parts that fit; its first cell, the title, is repeated."""
    whole = measured(row, widths)
    if whole.height <= room:
        return [whole]
    columns: list[list[list[Text]]] = []
    place = 0
    for cell in row.cells:
        columns.append(_chunks(cell, sum(widths[place : place + cell.across]), room))
        place += cell.across
    if len(columns) == 1:
        only = row.cells[0]
        return [measured(Row((Cell(tuple(some), only.fill, only.across),)), widths) for some in columns[0]]
    title = columns[0][0]
    count = max(len(chunks) for chunks in columns[1:])
    parts = []
    for part in range(count):
        texts = [title, *(chunks[part] if part < len(chunks) else [] for chunks in columns[1:])]
        cells = (Cell(tuple(said), cell.fill, cell.across) for said, cell in zip(texts, row.cells, strict=True))
        parts.append(measured(Row(tuple(cells)), widths))
    return parts


def _chunks(cell: Cell, width: float, room: float) -> list[list[Text]]:
    """Paragraphs dealt to parts, none taller than the room; a paragraph longer than that is cut between its lines."""
    found: list[list[Text]] = [[]]
    used = 2 * PAD_Y
    for text in cell.texts:
        most = max(1, int((room - 2 * PAD_Y) // (text.size * LINE)))
        lines = lines_of(text, width)
        for start in range(0, len(lines), most):
            part = lines[start : start + most]
            tall = len(part) * text.size * LINE
            if found[-1] and used + tall > room:
                found.append([])
                used = 2 * PAD_Y
            whole = text if len(part) == len(lines) else Text(" ".join(part), text.bold, text.colour, text.size)
            found[-1].append(whole)
            used += tall
    return found
