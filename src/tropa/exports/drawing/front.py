"""Head and foot of a page: title, numbers read first, legend, fine print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from tropa.exports.drawing import marks
from tropa.exports.drawing.style import (
    ACCENT,
    INK,
    INK2,
    KINDS,
    LEAK,
    LINE,
    LINE2,
    NOTE,
    NOTE_LINE,
    SMALL,
    STAR,
    TINY,
    TONES,
    VERDICTS,
)
from tropa.exports.measured import EMOTION_STEPS, SHARE_STEPS, WAIT_STEPS
from tropa.exports.numbers import duration, share, signed
from tropa.exports.picture import Picture
from tropa.exports.sheet import Sheet, Tile
from tropa.exports.titles import SOURCES, term_title
from tropa.exports.typeface import plain, shorten, width_of, wrap
from tropa.exports.words import Words

TITLE, SUBTITLE, TILE = 22.0, 9.5, 15.0
_TILE_GAP, _TILE_HEIGHT = 26.0, 48.0
_MOST_CARDS = 24
"""Lines of what belongs to the map as a whole."""


def header_height(sheet: Sheet, width: float) -> float:
    """Height of the full head."""
    lines = len(_title(sheet, width))
    return lines * TITLE * 1.2 + SUBTITLE * 2.2 + _TILE_HEIGHT * len(_tile_rows(sheet, width)) + 8


def _title(sheet: Sheet, width: float) -> list[str]:
    return wrap(plain(sheet.title).replace("\n", " "), width, TITLE, True, 2)


def _tile_rows(sheet: Sheet, width: float) -> list[list[tuple[Tile, float]]]:
    """Tiles with their widths, as many in a row as fit."""
    rows: list[list[tuple[Tile, float]]] = []
    used = width
    for tile in sheet.tiles:
        texts = ((tile.label, SMALL, False), (tile.value, TILE, True), (tile.more, TINY, False))
        wide = min(width, max(width_of(text, size, bold) for text, size, bold in texts) + _TILE_GAP)
        if used + wide > width + _TILE_GAP:
            rows.append([])
            used = 0.0
        rows[-1].append((tile, wide))
        used += wide
    return rows


def paint_header(picture: Picture, sheet: Sheet, width: float, y: float) -> None:
    """Title, what kind of map it is, and the numbers that are read first."""
    at = y
    for line in _title(sheet, width):
        picture.text(0, at + TITLE, line, TITLE, INK, bold=True)
        at += TITLE * 1.2
    said = " · ".join(part for part in (sheet.company if sheet.company != sheet.title else "", sheet.subtitle) if part)
    picture.text(0, at + SUBTITLE + 2, shorten(plain(said).replace("\n", " "), width, SUBTITLE), SUBTITLE, INK2)
    at += SUBTITLE * 2.2
    for row in _tile_rows(sheet, width):
        x = 0.0
        for tile, wide in row:
            if x:
                picture.line(x - _TILE_GAP / 2, at + 2, x - _TILE_GAP / 2, at + 38, LINE2, 0.6)
            ink, room = INK2 if tile.few else INK, wide - _TILE_GAP + 1
            picture.text(x, at + SMALL + 1, shorten(tile.label, room, SMALL), SMALL, INK2)
            picture.text(x, at + 12 + TILE, shorten(tile.value, room, TILE, True), TILE, ink, bold=True)
            picture.text(x, at + 38, shorten(tile.more, room, TINY), TINY, INK2)
            x += wide
        at += _TILE_HEIGHT


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the legend."""

    width: float
    draw: Callable[[Picture, float, float], None]


def _word(
    text: str, sign: Callable[[Picture, float, float], None] | None = None, room: float = 0.0, bold: bool = False
) -> Item:
    def draw(picture: Picture, x: float, y: float) -> None:
        if sign:
            sign(picture, x, y)
        picture.text(x + room, y + 2.2, text, TINY, INK2, bold=bold)

    return Item(room + width_of(text, TINY, bold), draw)


def _scale(title: str, before: str, after: str, labels: list[str], colours: list[str]) -> Item:
    """Steps of a colour with the numbers at which it changes."""
    wide = [width_of(label, TINY) + 7 for label in labels]
    start = width_of(title, TINY, True) + 4 + (width_of(before, TINY) + 4 if before else 0)

    def draw(picture: Picture, x: float, y: float) -> None:
        picture.text(x, y + 2.2, title, TINY, INK2, bold=True)
        picture.text(x + width_of(title, TINY, True) + 4, y + 2.2, before, TINY, INK2)
        at = x + start
        for label, colour, width in zip(labels, colours, wide, strict=True):
            picture.rect(at, y - 4.6, width, 9.2, TONES[colour] or "#ffffff", LINE, 0, 0.4)
            picture.text(at + width / 2, y + 2.2, label, TINY, INK, align="middle")
            at += width
        picture.text(at + 4, y + 2.2, after, TINY, INK2)

    return Item(start + sum(wide) + (4 + width_of(after, TINY) if after else 0), draw)


def _steps(steps: tuple[float, ...], write: Callable[[float], str]) -> list[str]:
    middle = [f"{write(low)}…{write(high)}" for low, high in pairwise(steps)]
    return [f"< {write(steps[0])}", *middle, f"{write(steps[-1])} +"]


def legend_items(sheet: Sheet, words: Words) -> list[Item]:
    """Only what is on the map is explained."""
    language, keys = words.language, {lane.key for lane in sheet.lanes if lane.measured}
    found: list[Item] = []
    if "emotion" in keys:
        labels = _steps(EMOTION_STEPS, lambda value: signed(value, language))
        tones = ["bad-2", "bad-1", "tone-0", "good-1", "good-2"]
        found.append(_scale(words("legend.emotion"), words("legend.worse"), words("legend.better"), labels, tones))
    if keys & {"failures", "repeats"}:
        labels = _steps(SHARE_STEPS, lambda value: share(value, language))
        found.append(_scale(words("legend.share"), "", "", labels, [f"level-{step}" for step in range(5)]))
    if "waits" in keys:
        labels = _steps(WAIT_STEPS, lambda value: duration(value, language))
        found.append(_scale(words("legend.waits"), "", "", labels, [f"wait-{step}" for step in range(5)]))
    found += _signs(sheet, keys, words)
    return found


def _signs(sheet: Sheet, keys: set[str], words: Words) -> list[Item]:
    found: list[Item] = []
    if "journeys" in keys:
        found.append(_word(words("legend.lost"), lambda p, x, y: p.rect(x, y - 3, 7, 6, LEAK), 10))
    if "expectations" in keys:
        for word in ("kept", "partly", "missed", "unsure"):
            found.append(_word(words(f"verdict.{word}"), _verdict(word), 9))
    flags = {place.flag.kind for place in sheet.columns if place.flag}
    flags |= {stage.flag.kind for stage in sheet.stages if stage.flag}
    for kind in [kind for kind in KINDS if kind in flags]:
        found.append(_word(words(f"finding.{kind}"), _kind(kind), 15))
    if any(column.moment_author for column in sheet.columns):
        found.append(_word(words("moment.author"), lambda p, x, y: marks.star(p, x + 3.2, y, 3.2, STAR), 9))
    if any(column.moment_data and not column.moment_author for column in sheet.columns):
        found.append(_word(words("moment.data"), lambda p, x, y: marks.star(p, x + 3.2, y, 3.2, STAR, filled=False), 9))
    if any(column.opinion is not None for column in sheet.columns):
        found.append(_word(words("legend.opinion"), lambda p, x, y: p.line(x, y, x + 12, y, STAR, 1.1, "dash"), 15))
    used = {
        card.evidence.source
        for lane in sheet.lanes
        for cell in lane.cells.values()
        for card in cell.cards
        if card.evidence
    }
    found += [_word(term_title("source", name, words.language), _source(name), 8) for name in SOURCES if name in used]
    if keys:
        found.append(_word(words("legend.measured"), lambda p, x, y: p.circle(x + 2.2, y, 2, fill=ACCENT), 8))
        found.append(_word(words("legend.grey")))
    if sheet.has_map:
        found.append(
            _word(words("legend.authored"), lambda p, x, y: p.rect(x, y - 2.4, 5, 5, NOTE, NOTE_LINE, 0.5, 0.8), 9)
        )
    return found


def _verdict(word: str) -> Callable[[Picture, float, float], None]:
    return lambda picture, x, y: marks.verdict(picture, word, x + 3, y, 2.2, VERDICTS[word])


def _kind(name: str) -> Callable[[Picture, float, float], None]:
    def draw(picture: Picture, x: float, y: float) -> None:
        ground, ink = KINDS[name]
        picture.rect(x, y - 4.4, 12, 8.8, ground, radius=4.4)
        marks.kind(picture, name, x + 6, y, 2.3, ink)

    return draw


def _source(name: str) -> Callable[[Picture, float, float], None]:
    return lambda picture, x, y: marks.source(picture, name, x + 2.4, y, 2.2)


def _rows(items: list[Item], width: float) -> list[list[Item]]:
    rows: list[list[Item]] = [[]]
    used = 0.0
    for item in items:
        if rows[-1] and used + item.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += item.width + 16
    return rows if items else []


def footer_lines(sheet: Sheet, width: float, more: tuple[str, ...] = ()) -> list[str]:
    """The fine print: where the numbers come from, and what is to be minded."""
    notes = [line for note in (*more, *sheet.notes) for line in wrap(plain(note), width, TINY, most=3)]
    said = [": ".join(part for part in (title, card.label, card.text) if part) for title, card in sheet.cards]
    cards = [line for text in said for line in wrap(plain(text), width, TINY, most=6)]
    return [*cards[:_MOST_CARDS], *wrap(plain("  ·  ".join(sheet.context)), width, TINY, most=3), *notes[:8]]


def foot_height(sheet: Sheet, width: float, words: Words, more: tuple[str, ...] = ()) -> float:
    """Height of legend and fine print."""
    return 10 + 14 * len(_rows(legend_items(sheet, words), width)) + len(footer_lines(sheet, width, more)) * 8.4


def paint_foot(
    picture: Picture, sheet: Sheet, width: float, y: float, words: Words, more: tuple[str, ...] = ()
) -> None:
    at = y + 12
    for row in _rows(legend_items(sheet, words), width):
        x = 0.0
        for item in row:
            item.draw(picture, x, at)
            x += item.width + 16
        at += 14
    for line in footer_lines(sheet, width, more):
        picture.text(0, at, line, TINY, INK2)
        at += 8.4
