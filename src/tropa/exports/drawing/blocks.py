"""What stands in a cell: a card of the author's or a measured fact, with its height known before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tropa.exports.drawing import marks
from tropa.exports.drawing.style import (
    ACCENT,
    BODY,
    CARD_LINES,
    FLOW,
    INK,
    INK2,
    LEADING,
    LINE,
    LINE2,
    MOST_LETTERS,
    MOST_LINES,
    NOTE,
    NOTE_INK,
    NOTE_LINE,
    SMALL,
    SURFACE,
    TINY,
    VALUE,
    VERDICTS,
)
from tropa.exports.picture import Picture
from tropa.exports.sheet import Card, Evidence, Fact
from tropa.exports.typeface import plain, shorten, width_of, wrap


@dataclass(frozen=True, slots=True)
class Block:
    """`draw` paints it into a picture at x, y (its upper left corner)."""

    height: float
    draw: Callable[[Picture, float, float], None]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    label: bool = False


def cell_blocks(cards: tuple[Card, ...], width: float) -> list[Block]:
    """The cards of a cell: those with a colour of their own each alone, plain ones that are labelled on one note."""
    return list(_cell_blocks(cards, round(width, 1)))


# A map is laid out in many ways before the best of them is drawn: its cells are measured once.
@lru_cache(maxsize=20_000)
def _cell_blocks(cards: tuple[Card, ...], width: float) -> tuple[Block, ...]:
    found: list[Block] = []
    together: list[Card] = []
    for card in cards:
        if card.label and not card.tone:
            together.append(card)
            continue
        found += _note(together, width)
        together = []
        found += _note([card], width)
    return (*found, *_note(together, width))


def _note(cards: Sequence[Card], width: float) -> list[Block]:
    """One note, in parts where it is long."""
    if not cards:
        return []
    inner = width - 10
    lines: list[_Line] = []
    for card in cards:
        text = plain(card.text)
        if len(text) > MOST_LETTERS:
            text = text[:MOST_LETTERS].rstrip() + "…"
        label = shorten(plain(card.label).replace("\n", " "), inner, TINY, True)
        lines += [_Line(label, True)] if label else []
        lines += [_Line(line) for line in wrap(text, inner, BODY)]
    parts = [lines[start : start + MOST_LINES] for start in range(0, len(lines), MOST_LINES)]
    last = len(parts) - 1
    return [
        _part(part, width, cards[0].tone, cards[0].evidence if place == last else None)
        for place, part in enumerate(parts)
    ]


def _tall(line: _Line) -> float:
    return TINY * 1.35 if line.label else BODY * LEADING


def _part(lines: list[_Line], width: float, tone: str, evidence: Evidence | None) -> Block:
    gaps = 2.0 * sum(line.label for line in lines[1:])
    said = wrap(plain(evidence.label).replace("\n", " "), width - 18, TINY, most=3) if evidence else []
    top = 6 + sum(map(_tall, lines)) + gaps
    height = top + (len(said) * TINY * 1.25 + 2 if said else 0.0)

    def draw(picture: Picture, x: float, y: float) -> None:
        edge = CARD_LINES.get(tone, "")
        picture.rect(x, y, width, height, NOTE, NOTE_LINE, 2)
        if edge:
            picture.rect(x, y, 2, height, edge)
        at = y + 2.0
        for place, line in enumerate(lines):
            at += 2.0 if line.label and place else 0.0
            size = TINY if line.label else BODY
            ink = (edge or INK2) if line.label else NOTE_INK
            picture.text(x + 6, at + size + line.label, line.text, size, ink, bold=line.label)
            at += _tall(line)
        if evidence:
            marks.source(picture, evidence.source, x + 8, y + top + 1.6, 2.1)
            for place, text in enumerate(said):
                picture.text(x + 12.5, y + top + 3.6 + place * TINY * 1.25, text, TINY, INK2)

    return Block(height, draw)


@lru_cache(maxsize=20_000)
def number_block(fact: Fact, width: float) -> Block:
    """A measured number with its small print; its colour belongs to the whole cell."""
    value = shorten(fact.value, width, VALUE, True)
    more = [line for text in fact.more for line in wrap(text, width, SMALL)]
    height = VALUE * 1.2 + len(more) * SMALL * LEADING
    small = INK if fact.tone.endswith(("-3", "-4")) else INK2

    def draw(picture: Picture, x: float, y: float) -> None:
        picture.text(x, y + VALUE, value, VALUE, INK2 if fact.few else INK, bold=not fact.few)
        for place, line in enumerate(more):
            picture.text(x, y + VALUE * 1.2 + SMALL + place * SMALL * LEADING, line, SMALL, small)

    return Block(height, draw)


@lru_cache(maxsize=20_000)
def check_block(fact: Fact, width: float, verdict: str) -> Block:
    """A promise against reality: gap, what was met against what was promised, how many were kept."""
    inner = width - 12
    ink = VERDICTS.get(fact.verdict, INK2)
    more = [line for text in fact.more for line in wrap(text, inner, SMALL)]
    label = wrap(fact.label, inner, TINY, True, 2)
    sign = width_of(verdict, TINY, True) + 9
    apart = bool(verdict) and width_of(label[-1], TINY, True) + sign + 4 > inner
    head = TINY * 1.5 * (len(label) + apart)
    gap, bar = (9.5 * 1.2 if fact.value else 0.0), (5.0 if fact.part is not None else 0.0)
    height = 7 + head + gap + len(more) * SMALL * LEADING + bar

    def draw(picture: Picture, x: float, y: float) -> None:
        picture.rect(x, y, width, height, SURFACE, LINE2, 2)
        picture.rect(x, y, 2, height, ink)
        for place, line in enumerate(label):
            picture.text(x + 6, y + 3 + TINY + place * TINY * 1.5, line, TINY, INK2, bold=True)
        if verdict:
            base = y + 3 + TINY + (len(label) - 1 + apart) * TINY * 1.5
            left = x + 6 if apart else x + width - 5 - sign
            marks.verdict(picture, fact.verdict, left + 2.5, base - 2, 2.2, ink)
            picture.text(left + 8, base, verdict, TINY, ink, bold=True)
        picture.text(x + 6, y + 3 + head + 9, fact.value, 9.5, INK2 if fact.few else ink, bold=not fact.few)
        top = y + 3 + head + gap
        for place, line in enumerate(more):
            picture.text(x + 6, top + SMALL + place * SMALL * LEADING, line, SMALL, INK2)
        if fact.part is not None:
            picture.rect(x + 6, y + height - 6, inner, 2.4, LINE, radius=1.2)
            picture.rect(
                x + 6,
                y + height - 6,
                inner * max(0.0, min(1.0, fact.part)),
                2.4,
                FLOW if fact.few else ACCENT,
                radius=1.2,
            )

    return Block(height, draw)
