"""Tables: a row a card, and the measured numbers, as XLSX and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tropa.exports.extra import extra
from tropa.exports.make import place_of
from tropa.exports.sheet import Column, Sheet
from tropa.exports.words import Words
from tropa.text import mask

Row = list[Any]
_MOST = 32_767
"""Characters that a cell of XLSX takes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def card_rows(sheet: Sheet) -> Iterator[Row]:
    """Head, then one row a card, then one a touchpoint on which nothing is written."""
    words = Words(sheet.language)
    keys = (
        "stage",
        "touchpoint",
        "wide.lane",
        "wide.text",
        "wide.kind",
        "wide.source",
        "wide.n",
        "wide.date",
        "wide.note",
    )
    yield [words(key) for key in keys]
    told = set()
    for stage, touchpoint, _, title, card in sheet.written():
        told.add((stage, touchpoint))
        said = card.evidence
        source = "" if said is None else said.label.split(" · ")[0]
        rest = ["", None, "", ""] if said is None else [source, said.n, said.date, said.note]
        yield [stage, touchpoint, title, card.text, card.label, *rest]
    for column in sheet.columns:
        place = sheet.stages[column.stage].name, column.name
        if column.name and place not in told:
            yield [*place, "", "", "", "", None, "", ""]


_NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("reached_journeys", "journeys", "count"),
    ("share_of_all", "share", "share"),
    ("drop_off", "drop_off", "count"),
    ("drop_off_share", "drop_off_share", "share"),
    ("on_way", "under_way", "count"),
    ("next_n", "next_n", "count"),
    ("next_median", "next_median_seconds", "number"),
    ("next_p90", "next_p90_seconds", "number"),
    ("failed", "failed", "count"),
    ("failure_share", "failure_share", "share"),
    ("again", "reached_again", "count"),
    ("again_share", "reached_again_share", "share"),
    ("score_kind", "score_kind", "text"),
    ("score_mean", "score_mean", "number"),
    ("score_n", "score_n", "count"),
    ("emotion_value", "emotion", "number"),
    ("emotion_low", "emotion_low", "number"),
    ("emotion_high", "emotion_high", "number"),
    ("emotion_n", "emotion_n", "count"),
)


def number_rows(sheet: Sheet) -> Iterator[Row]:
    """Head, then one row a touchpoint: what was measured, as numbers. Undefined is an empty cell."""
    words = Words(sheet.language)
    yield [words(key) for key in ("stage", "touchpoint", "binding", *(key for key, *_ in _NUMBERS), "emotion_author")]
    for column in sheet.columns:
        if column.name:
            values = [None if column.row is None else getattr(column.row, name) for _, name, _ in _NUMBERS]
            yield [sheet.stages[column.stage].name, column.name, column.binding, *values, _opinion(column)]


def _opinion(column: Column) -> float | None:
    return column.opinion


def finding_rows(sheet: Sheet) -> Iterator[Row]:
    """Head, then one row a finding, with its money of a month. Nobody is named."""
    words = Words(sheet.language)
    keys = ("wide.kind", "stage", "touchpoint", "because", "reached_journeys", "exposed", "effect", "lost_goals")
    yield [*(words(key) for key in keys), *(words(key) for key in ("money", "money_low", "money_high"))]
    for found in sheet.findings:
        goal, money = found.on_goal, found.money
        yield [
            words.own("finding", found.kind),
            found.stage or "",
            place_of(found) or "",
            mask(found.because),
            found.reached,
            found.exposed,
            None if goal is None else round(100 * goal.effect, 2),
            found.lost_goals,
            *((None, None, None) if money is None else (money.value, money.low, money.high)),
        ]


def about_rows(sheet: Sheet) -> Iterator[Row]:
    """What the workbook is, and the numbers that are read first."""
    yield [sheet.title, ""]
    yield [sheet.subtitle, sheet.company]
    for tile in sheet.tiles:
        yield [tile.label, " · ".join(part for part in (tile.value, tile.more) if part)]
    for line in (*sheet.context, *sheet.notes):
        yield [line, ""]


def cards_csv(sheet: Sheet) -> bytes:
    """A row a card, in UTF-8 with a mark that spreadsheets know; what looks like a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in card_rows(sheet):
        writer.writerow([_harmless(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return "" if value is None else value
    text = value.replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def workbook(sheet: Sheet) -> bytes:
    """Cards, numbers, findings where there are any, and what all of it is.

    Raises:
        TropaError: xlsxwriter is not installed.
    """
    writer = extra("xlsxwriter")
    words = Words(sheet.language)
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(data, options) as book:
        book.set_properties({"title": sheet.title[:255], "company": sheet.company[:255]})
        forms = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#EAF6F4", "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        }
        cards = (24, 28, 24, 60, 18, 18, 8, 12, 30)
        texts = ["text"] * 6 + ["count", "text", "text"]
        _page(book, words("wide.cards"), card_rows(sheet), texts, cards, forms)
        if sheet.has_data:
            kinds = ["text", "text", "text", *(kind for *_, kind in _NUMBERS), "number"]
            widths = (24, 28, 30, *(14,) * (len(_NUMBERS) + 1))
            _page(book, words("wide.numbers"), number_rows(sheet), kinds, widths, forms)
        if sheet.findings:
            kinds = ["text"] * 4 + ["count", "count", "number", "number", "count", "count", "count"]
            _page(book, words("wide.findings"), finding_rows(sheet), kinds, (18, 24, 28, 90, *(14,) * 7), forms)
        _page(book, words("wide.about"), about_rows(sheet), ["text", "text"], (60, 40), forms)
    return data.getvalue()


def _page(
    book: Any, title: str, rows: Iterable[Row], kinds: Sequence[str], widths: Sequence[float], forms: dict[str, Any]
) -> None:
    """One sheet: the head stays in sight and can be filtered; texts stay texts whatever they begin with."""
    page = book.add_worksheet(title[:31])
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    last = 0
    for number, row in enumerate(rows):
        last = number
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(number, place, _cell_text(value), forms["head" if number == 0 else "text"])
            else:
                page.write_number(number, place, value, forms[kinds[place]])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(last, 1), len(widths) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell_text(value: str) -> str:
    text = value if len(value) <= _MOST else value[: _MOST - 1] + "…"
    # Control characters are not allowed in XML, whatever carries them.
    return "".join(
        letter for letter in text if letter in "\n\t" or (ord(letter) >= 32 and not 0xD800 <= ord(letter) < 0xE000)
    )
