"""The drawn map as PDF or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tropa.exports.drawing.pages import Paper, many_pages, one_page
from tropa.exports.drawing.style import MOST_LETTERS
from tropa.exports.picture import Picture
from tropa.exports.sheet import Sheet
from tropa.exports.typeface import foreign
from tropa.exports.typst_pages import typeset, undrawable
from tropa.exports.words import Words

_MOST_TOLD = 12


def draw(
    sheet: Sheet,
    picture: bool,
    paper: Paper,
    orientation: Literal["landscape", "portrait"],
    layout: Literal["fit", "pages"],
    dots: int,
) -> bytes:
    """One PDF, or one PNG of the whole map.

    Raises:
        TropaError: typst is not installed.
    """
    words = Words(sheet.language)
    more = tuple(_notes(sheet, words))
    make = one_page if layout == "fit" else many_pages
    pages = make(sheet, paper, orientation == "landscape", words, more)
    _without(pages, undrawable(_texts(pages)))
    return typeset(pages, "png" if picture else "pdf", sheet.title, sheet.language, dots)[0]


def _texts(pages: Sequence[Picture]) -> str:
    return "".join(shape[3] for page in pages for shape in page.shapes if shape[0] == "t")


def _notes(sheet: Sheet, words: Words) -> list[str]:
    """What the reader of the paper has to know about it."""
    notes = []
    texts = [card.text for *_, card in sheet.written()]
    if any(len(text) > MOST_LETTERS for text in texts):
        notes.append(words("shortened"))
    names = [column.name for column in sheet.columns] + [stage.name for stage in sheet.stages]
    everything = "".join([sheet.title, *names, *texts])
    if foreign(everything) and (lacking := undrawable(everything)):
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(lacking)[:_MOST_TOLD])
        notes.append(words("unset", codes=codes))
    return notes


def _without(pages: Sequence[Picture], lacking: set[str]) -> None:
    """A question mark in the place of every character that nothing here can draw."""
    if lacking:
        table = {ord(letter): "?" for letter in lacking}
        for page in pages:
            for shape in page.shapes:
                if shape[0] == "t":
                    shape[3] = shape[3].translate(table)
