"""What stands on the slides: the sheet as rows of tables."""

from __future__ import annotations

from tropa.exports.drawing.style import ACCENT, BAD_INK, GOOD_INK, INK2, LEAK_INK, NOTE, SURFACE2, TONES, VERDICTS
from tropa.exports.make import is_listed, place_of
from tropa.exports.numbers import count, money, share, signed
from tropa.exports.sheet import Card, Column, Fact, Lane, Sheet, Stage
from tropa.exports.slides.paging import Cell, Row, Text
from tropa.exports.words import Words
from tropa.text import mask

_TONES = {"best": GOOD_INK, "worst": BAD_INK, "pain": LEAK_INK}


def head_cell(text: str, across: int = 1) -> Cell:
    return Cell((Text(text, True, "#ffffff", 9.5),), ACCENT, across)


def title_cell(text: str) -> Cell:
    return Cell((Text(text, True),), SURFACE2)


def card_texts(cards: tuple[Card, ...]) -> tuple[Text, ...]:
    """Cards as paragraphs: label before the text, evidence after it."""
    found = []
    for card in cards:
        text = f"{card.label}: {card.text}" if card.label else card.text
        if card.evidence is not None:
            text += f" ({card.evidence.label})"
        found.append(Text(text, colour=_TONES.get(card.tone, "")))
    return tuple(found)


def fact_texts(facts: tuple[Fact, ...], words: Words) -> tuple[Text, ...]:
    """Facts as paragraphs: the number, its small print."""
    found = []
    for fact in facts:
        verdict = words(f"verdict.{fact.verdict}") if fact.verdict in VERDICTS else ""
        label = ", ".join(part for part in (fact.label, verdict) if part)
        value = f"{label}: {fact.value}".rstrip(": ") if label else fact.value
        colour = INK2 if fact.few else VERDICTS.get(fact.verdict, LEAK_INK if fact.tone == "lost" else "")
        found += [Text(value, not fact.few, colour), *(Text(line, colour=INK2, size=8) for line in fact.more)]
    return tuple(found)


def lane_cell(lane: Lane, place: int, words: Words, across: int = 1) -> Cell:
    cell = lane.cells.get(place)
    if cell is None:
        return Cell(across=across)
    tone = TONES.get(cell.facts[0].tone, "") if cell.facts and lane.form in ("numbers", "emotion") else ""
    return Cell(fact_texts(cell.facts, words) + card_texts(cell.cards), tone or (NOTE if cell.cards else ""), across)


def column_cell(column: Column, words: Words) -> Cell:
    """The head of a touchpoint with its marks in words."""
    marks = []
    if column.moment_author or column.moment_data:
        marks.append(words("moment"))
    if column.goal:
        marks.append(words("goal"))
    if column.flag is not None:
        marks.append(words.flag(column.flag))
    small = tuple(Text(mark, colour="#ffffff", size=8) for mark in marks)
    return Cell((Text(column.name, True, "#ffffff", 9.5), *small), ACCENT)


def stage_rows(sheet: Sheet, stage: Stage, columns: tuple[Column, ...], words: Words, first: bool) -> list[Row]:
    """The rows of some columns of a stage; what holds for the whole stage stands with the first of them."""
    rows = []
    for lane in sheet.lanes:
        if lane.of_stage:
            if first and stage.index in lane.cells:
                rows.append(Row((title_cell(lane.title), lane_cell(lane, stage.index, words, len(columns)))))
        elif any(column.index in lane.cells for column in columns):
            cells = (lane_cell(lane, column.index, words) for column in columns)
            rows.append(Row((title_cell(lane.title), *cells)))
    return rows


def overview_rows(sheet: Sheet, stages: tuple[Stage, ...], words: Words) -> list[Row]:
    """The whole in one table: stages across; touchpoints, volumes, losses, emotion and findings down."""
    language = words.language

    def row(title: str, said: list[str], colour: str = "") -> Row:
        return Row((title_cell(title), *(Cell((Text(text, colour=colour),) if text else ()) for text in said)))

    names = [
        [column.name for column in sheet.columns if column.stage == stage.index and column.name] for stage in stages
    ]
    cells = [Cell(tuple(Text(name) for name in some)) for some in names]
    rows = [Row((title_cell(words("touchpoint")), *cells))]
    if any(stage.row for stage in stages):
        rows += [
            row(
                words("reached_journeys"),
                [count(stage.row.journeys, language) if stage.row else "" for stage in stages],
            ),
            row(
                words("share_of_all"),
                [share(stage.row.share, language) if stage.row else "" for stage in stages],
            ),
            row(words("drop_off"), [stage.lost for stage in stages], LEAK_INK),
        ]
    if any(stage.row and stage.row.emotion_n for stage in stages):
        rows.append(row(words("legend.emotion"), [_mood(stage, words) for stage in stages]))
    if sheet.findings:
        rows.append(row(words("wide.findings"), [_found(sheet, stage, words) for stage in stages]))
    return rows


def _mood(stage: Stage, words: Words) -> str:
    row = stage.row
    if row is None or row.emotion is None or not row.emotion_n:
        return words("no_answers")
    return f"{signed(row.emotion, words.language)}, {words('n', n=count(row.emotion_n, words.language))}"


def _found(sheet: Sheet, stage: Stage, words: Words) -> str:
    found = [one for one in sheet.findings if one.stage == stage.name and is_listed(one)]
    paid = [one.money for one in found if one.money is not None]
    said = money(sum(part.value for part in paid), paid[0].currency, words.language) if paid else ""
    return " · ".join(part for part in (str(len(found)) if found else "", said) if part)


def finding_rows(sheet: Sheet, words: Words) -> list[Row]:
    """What is wrong, what costs most first."""
    rows = []
    for found in sheet.findings:
        if is_listed(found):
            paid = "" if found.money is None else money(found.money.value, found.money.currency, words.language)
            place = place_of(found) or found.stage or ""
            texts = (words(f"finding.{found.kind}"), place, mask(found.because), paid)
            rows.append(
                Row(tuple(Cell((Text(text, colour="" if at != 3 else LEAK_INK),)) for at, text in enumerate(texts)))
            )
    return rows
