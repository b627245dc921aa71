"""How wide text is in the typefaces that travel with Tropa, and how it breaks into lines. Lengths in points."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tropa.exports.numbers import NBSP

FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "NotoEmoji-Regular.ttf")
FAMILIES = ("Inter", "Noto Emoji")
BINDING = (NBSP, "\u202f")
_VOWELS = frozenset("аеёиоуыэюяaeiouy")
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщbcdfghjklmnpqrstvwxz")
_ELSEWHERE = 0.62
"""Mean advance, in ems, of a character that only a font of the machine has."""
_BREAK = re.compile(r"[^\s\-–—/]*[\-–—/]+|[^\s\-–—/]+|[^\S\n\u00a0\u202f]+|[\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Typeface:
    """Advances in ems by character."""

    advances: dict[int, float]


def _table(data: bytes, tag: bytes, start: int = 0) -> int:
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for place in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sLLL", data, start + 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag!r}")


def glyphs_of(data: bytes, start: int = 0) -> dict[int, int]:
    """Character -> glyph of a TrueType or OpenType font (OpenType specification, cmap formats 4 and 12)."""
    cmap = _table(data, b"cmap", start)
    found: dict[int, int] = {}
    for place in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">HHL", data, cmap + 4 + 8 * place)[2]
        form = struct.unpack_from(">H", data, at)[0]
        if form == 12:
            for group in range(struct.unpack_from(">L", data, at + 12)[0]):
                first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * group)
                found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        elif form == 4:
            found.update(_segments(data, at))
    return found


def _segments(data: bytes, at: int) -> dict[int, int]:
    double = struct.unpack_from(">H", data, at + 6)[0]
    found: dict[int, int] = {}
    for place in range(0, double, 2):
        last = struct.unpack_from(">H", data, at + 14 + place)[0]
        first = struct.unpack_from(">H", data, at + 16 + double + place)[0]
        delta = struct.unpack_from(">H", data, at + 16 + 2 * double + place)[0]
        where = at + 16 + 3 * double + place
        shift = struct.unpack_from(">H", data, where)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                glyph = struct.unpack_from(">H", data, where + shift + 2 * (code - first))[0]
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                found[code] = (glyph + delta) & 0xFFFF
    return found


@cache
def font_data(name: str) -> bytes:
    return files("tropa.exports").joinpath("fonts", name).read_bytes()


@cache
def typeface(name: str) -> Typeface:
    """One of `FONTS`, read once."""
    data = font_data(name)
    em = struct.unpack_from(">H", data, _table(data, b"head") + 18)[0]
    metrics = struct.unpack_from(">H", data, _table(data, b"hhea") + 34)[0]
    widths = _table(data, b"hmtx")

    def advance(glyph: int) -> float:
        return float(struct.unpack_from(">H", data, widths + 4 * min(glyph, metrics - 1))[0]) / float(em)

    return Typeface({code: advance(glyph) for code, glyph in glyphs_of(data).items()})


@cache
def _advances(bold: bool) -> dict[int, float]:
    own = typeface(FONTS[1] if bold else FONTS[0]).advances
    return {**typeface(FONTS[2]).advances, **own}


@lru_cache(maxsize=200_000)
def _width(text: str, bold: bool) -> float:
    advances = _advances(bold)
    return sum(advances.get(ord(letter), _ELSEWHERE) for letter in text)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of a line."""
    return _width(text, bold) * size


def foreign(text: str) -> set[str]:
    """Characters that none of our typefaces draws."""
    known = _advances(False)
    return {letter for letter in text if ord(letter) not in known and not letter.isspace()}


def plain(text: str) -> str:
    """Text as it can be set: composed, without control characters and without what only modifies an emoji."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in composed if letter in "\n\t" or _settable(letter)).replace("\t", " ")


def _settable(letter: str) -> bool:
    code = ord(letter)
    # Tones of skin, joiners and variation selectors change an emoji into another picture; the base one says enough.
    if 0x1F3FB <= code <= 0x1F3FF or code in (0x200D, 0xFE0E, 0xFE0F) or 0xE0000 <= code <= 0xE007F:
        return False
    return unicodedata.category(letter) not in ("Cc", "Cs", "Co")


def wrap(text: str, width: float, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """Lines no wider than `width`; words that are wider are broken. With `most`, the last of them ends in an ellipsis.

    The caller has made the text `plain`.
    """
    return list(_wrap(text, round(width, 1), size, bold, most))


@lru_cache(maxsize=50_000)
def _wrap(text: str, width: float, size: float, bold: bool, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for piece in _pieces(paragraph, width, size, bold):
            wide = width_of(piece, size, bold)
            if line and used + width_of(piece.rstrip(), size, bold) > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
                if not piece.strip(" "):
                    continue
            line, used = line + piece, used + wide
        lines.append(line.rstrip())
        if most and len(lines) > most:
            break
    if most and len(lines) > most:
        return (*lines[: most - 1], shorten(lines[most - 1] + "…", width, size, bold))
    return tuple(lines)


def _pieces(paragraph: str, width: float, size: float, bold: bool) -> list[str]:
    """Words with the spaces that bind them, those too wide cut to size."""
    joined: list[str] = []
    for piece in _BREAK.findall(paragraph):
        if joined and (piece in BINDING or joined[-1].endswith(BINDING)):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [part for piece in joined for part in _cut(piece, width, size, bold)]


def _cut(piece: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """A word in parts that fit, hyphenated between syllables where it has some."""
    while width_of(piece, size, bold) > width and len(piece) > 1:
        end = len(piece) - 1
        while end > 1 and width_of(piece[:end], size, bold) > width:
            end -= max(1, int((end - end * width / width_of(piece[:end], size, bold)) * 0.8))
        end = max(end, 1)
        room = width - width_of("-", size, bold)
        soft = next(
            (at for at in range(end, 2, -1) if _syllable(piece, at) and width_of(piece[:at], size, bold) <= room), 0
        )
        yield f"{piece[:soft]}-" if soft else piece[:end]
        piece = piece[soft or end :]
    yield piece


def _syllable(word: str, at: int) -> bool:
    """Whether a word may be parted here: before a consonant that a vowel follows, with two letters either side."""
    one, other = word[:at].lower(), word[at:].lower()
    if len(one) < 2 or len(other) < 2 or not (one[-2:].isalpha() and other[:2].isalpha()):
        return False
    return other[0] in _CONSONANTS and other[1] in _VOWELS and any(letter in _VOWELS for letter in one[-4:])


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if width_of(text, size, bold) <= width:
        return text
    kept = text.rstrip("…")
    while kept and width_of(kept + "…", size, bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
