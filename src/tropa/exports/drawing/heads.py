"""Heads of a band (stages over touchpoints) and the head and foot of the page."""

from __future__ import annotations

from tropa.exports.drawing import marks
from tropa.exports.drawing.rows import Band, paint_edges
from tropa.exports.drawing.style import (
    ACCENT,
    INK,
    INK2,
    KINDS,
    LEADING,
    LEAK_INK,
    LINE2,
    NAME,
    PAD,
    SMALL,
    STAGE,
    STAR,
    SURFACE,
    SURFACE2,
    TINY,
)
from tropa.exports.picture import Picture
from tropa.exports.sheet import Column, Flag, Sheet, Stage
from tropa.exports.typeface import plain, shorten, width_of, wrap
from tropa.exports.words import Words

_NAME_LINES, _STAGE_LINES = 5, 2
_MARK = 10.0


def _stages(sheet: Sheet, band: Band) -> list[tuple[Stage, float, float, bool]]:
    """Stages of the band with their places; the last says whether the stage began in an earlier band."""
    found = []
    for stage in sheet.stages:
        first, last = max(stage.start, band.start), min(stage.start + stage.span, band.stop)
        if first < last:
            found.append((stage, band.x(first), (last - first) * band.width, stage.start < band.start))
    return found


def _stage_lines(stage: Stage, width: float, again: bool) -> tuple[list[str], list[str]]:
    name = plain(stage.name).replace("\n", " ") + (" …" if again else "")
    number = width_of(f"{stage.index + 1}", SMALL, True) + 6
    room = width - 2 * PAD - number - (flag_width(stage.flag) + 6 if stage.flag and not again else 0)
    facts = wrap(" · ".join((*stage.facts, *([stage.lost] if stage.lost else []))), width - 2 * PAD, SMALL)
    return wrap(name, max(room, 30), STAGE, True, _STAGE_LINES), facts if any(facts) and not again else []


def stage_height(sheet: Sheet, band: Band) -> float:
    """Height of the row of stages; 0 without a map."""
    if not sheet.has_map:
        return 0.0
    lines = [_stage_lines(stage, width, again) for stage, _, width, again in _stages(sheet, band)]
    tall = (len(name) * STAGE * LEADING + len(facts) * SMALL * LEADING for name, facts in lines)
    return 11 + max(tall, default=STAGE * LEADING)


def paint_stages(picture: Picture, sheet: Sheet, band: Band, y: float, words: Words) -> None:
    height = stage_height(sheet, band)
    if not height:
        return
    picture.text(PAD + 2, y + height - 7, words("stage"), SMALL, INK2, bold=True)
    for stage, x, width, again in _stages(sheet, band):
        picture.rect(x + 0.8, y, width - 0.8, height, SURFACE2)
        picture.rect(x + 0.8, y, width - 0.8, 2.4, ACCENT)
        name, facts = _stage_lines(stage, width, again)
        number = f"{stage.index + 1}"
        picture.text(x + PAD, y + 7 + STAGE, number, SMALL, ACCENT, bold=True)
        left = x + PAD + width_of(number, SMALL, True) + 5
        for place, line in enumerate(name):
            picture.text(left, y + 7 + STAGE + place * STAGE * LEADING, line, STAGE, INK, bold=True)
        if stage.flag and not again:
            paint_flag(picture, stage.flag, x + width - PAD - flag_width(stage.flag), y + 8)
        top = y + 7 + len(name) * STAGE * LEADING
        for place, line in enumerate(facts):
            _facts(picture, stage, line, x + PAD, top + SMALL + 1 + place * SMALL * LEADING)


def _facts(picture: Picture, stage: Stage, line: str, x: float, y: float) -> None:
    """Facts of a stage in grey, what was lost in its own colour."""
    before, found, after = line.partition(stage.lost) if stage.lost else (line, "", "")
    picture.text(x, y, before, SMALL, INK2)
    picture.text(x + width_of(before, SMALL), y, found + after, SMALL, LEAK_INK)


def flag_width(flag: Flag | None) -> float:
    """Width of the pill of findings."""
    if flag is None:
        return 0.0
    return 18 + width_of(_flag_text(flag), TINY, True)


def _flag_text(flag: Flag) -> str:
    others = f"+{flag.others}" if flag.others else ""
    return " · ".join(part for part in (str(flag.count), flag.money, others) if part)


def paint_flag(picture: Picture, flag: Flag, x: float, y: float) -> None:
    """A pill: the sign of the worst kind, how many findings of it, their money; how many of other kinds."""
    ground, ink = KINDS[flag.kind]
    picture.rect(x, y, flag_width(flag), 9.4, ground, radius=4.7)
    marks.kind(picture, flag.kind, x + 7, y + 4.7, 2.4, ink)
    picture.text(x + 12, y + 6.9, _flag_text(flag), TINY, ink, bold=True)


def _name_lines(column: Column, band: Band) -> list[str]:
    return wrap(plain(column.name).replace("\n", " "), band.width - 2 * PAD, NAME, True, _NAME_LINES)


def _marks_of(column: Column, words: Words) -> list[tuple[str, str]]:
    """Signs under a name with their words."""
    found = []
    if column.moment_author or column.moment_data:
        found.append(("star" if column.moment_author else "star-data", words("moment")))
    if column.goal:
        found.append(("goal", words("goal")))
    if column.actor:
        found.append(("", column.actor))
    return found


def touchpoint_height(sheet: Sheet, band: Band, words: Words) -> float:
    """Height of the row of touchpoints."""
    tall = [
        len(_name_lines(column, band)) * NAME * LEADING
        + (11 if column.flag else 0)
        + len(_marks_of(column, words)) * _MARK
        for column in sheet.columns[band.start : band.stop]
    ]
    return 2 * PAD + max(tall, default=0.0)


def paint_touchpoints(picture: Picture, sheet: Sheet, band: Band, y: float, words: Words) -> None:
    height = touchpoint_height(sheet, band, words)
    picture.text(PAD + 2, y + height - 7, words("touchpoint"), SMALL, INK2, bold=True)
    paint_edges(picture, sheet, band, y, height)
    for column in sheet.columns[band.start : band.stop]:
        x, at = band.x(column.index) + PAD, y + PAD
        for line in _name_lines(column, band):
            picture.text(x, at + NAME, line, NAME, INK, bold=True)
            at += NAME * LEADING
        at += 1
        if column.flag:
            paint_flag(picture, column.flag, x, at)
            at += 11
        for sign, word in _marks_of(column, words):
            if sign.startswith("star"):
                marks.star(picture, x + 3.2, at + 4.6, 3.2, STAR, filled=sign == "star")
            elif sign == "goal":
                marks.flag(picture, x + 1, at + 4.6, 3.2, ACCENT)
            ink = STAR if sign.startswith("star") else ACCENT if sign else INK2
            said = shorten(word, band.width - 2 * PAD - 9, TINY, bool(sign))
            picture.text(x + (9 if sign else 0), at + 6.8, said, TINY, ink, bold=bool(sign))
            at += _MARK
    picture.line(0, y + height, band.across, y + height, LINE2, 0.8)


def heads_height(sheet: Sheet, band: Band, words: Words) -> float:
    return stage_height(sheet, band) + touchpoint_height(sheet, band, words)


def paint_heads(picture: Picture, sheet: Sheet, band: Band, y: float, words: Words) -> None:
    """Stages over touchpoints."""
    picture.rect(0, y, band.across, heads_height(sheet, band, words), SURFACE)
    paint_stages(picture, sheet, band, y, words)
    paint_touchpoints(picture, sheet, band, y + stage_height(sheet, band), words)
