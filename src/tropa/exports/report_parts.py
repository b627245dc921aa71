"""The report as plain values from which its formats are made: sections of a few kinds of blocks, all texts said."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.exports.numbers import Language
from tropa.exports.sheet import Sheet, Tile


@dataclass(frozen=True, slots=True)
class Lines:
    """Paragraphs; `listed`: as items of a list, `quiet`: in small grey letters."""

    texts: tuple[str, ...]
    listed: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Tiles:
    """Numbers that are read first."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the whole; columns in `right` hold numbers; `small`: fine print."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    small: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with the ends of its 95 % interval, `text` says them."""

    name: str
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of lying bars on one scale from 0; `about` tells what they are, `loss` that they are losses."""

    title: str
    about: str
    bars: tuple[Bar, ...]
    loss: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's own words, masked, and when they were said."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: its kind, its place, the sentence, what it costs, its numbers, the voice of customers."""

    kind: str
    head: str
    place: str
    money: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """The place of the living map."""


Block = Lines | Tiles | Grid | Bars | Item | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """`blocks` are never empty: a section without data says so."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`about` is the line under the title, `fine` the running line of pages, `summary` what is to be known first."""

    language: Language
    title: str
    about: str
    fine: str
    made: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    sheet: Sheet
