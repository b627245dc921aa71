"""Pages of shapes to PDF and PNG by typst, in this process and without any request."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from tropa.errors import TropaError
from tropa.exports.extra import extra
from tropa.exports.picture import Picture
from tropa.exports.typeface import FAMILIES, foreign, glyphs_of, plain

_FONTS = Path(__file__).parent / "fonts"


def typeset(
    pages: Sequence[Picture], form: Literal["pdf", "png"], title: str, language: str, ppi: float = 144
) -> list[bytes]:
    """One PDF of all pages, or one PNG a page.

    Raises:
        TropaError: typst is not installed.
    """
    texts = [shape[3] for page in pages for shape in page.shapes if shape[0] == "t"]
    data = {
        "title": plain(title).replace("\n", " "),
        "language": language,
        "fonts": FAMILIES,
        "pages": [{"w": page.width, "h": page.height, "shapes": page.shapes} for page in pages],
    }
    source = (_FONTS.parent / "page.typ").read_bytes()
    return compiled(source, data, bool(foreign("".join(texts))), form, ppi)


def compiled(source: bytes, data: dict[str, Any], other: bool, form: Literal["pdf", "png"], ppi: float) -> list[bytes]:
    """A source of typst with its data. `other`: texts hold characters that only the machine's typefaces have.

    Raises:
        TropaError: typst is not installed, or cannot set the page.
    """
    typst = extra("typst")
    fonts = typst.Fonts(include_system_fonts=other, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    compiler = typst.Compiler(source, font_paths=fonts, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    stamp = dt.datetime.now(dt.UTC).replace(microsecond=0)
    try:
        made: Any = compiler.compile(format=form, ppi=ppi, timestamp=stamp)
    except typst.TypstError as error:
        raise TropaError(f"The page could not be set: {error.message}.", "Report this with the map.") from None
    return made if isinstance(made, list) else [made]


def undrawable(texts: str) -> set[str]:
    """Characters that neither our typefaces nor those of this machine draw."""
    letters = foreign(plain(texts))
    if not letters:
        return set()
    typst = extra("typst")
    missing = {ord(letter) for letter in letters}
    seen: set[str] = set()
    for font in typst.Fonts(include_embedded_fonts=False).fonts():
        if not missing:
            break
        if font.path and font.path not in seen:
            seen.add(font.path)
            missing -= _covered(font.path)
    return {chr(code) for code in missing}


def _covered(path: str) -> set[int]:
    import struct

    try:
        with open(path, "rb") as file:
            data = file.read()
        # A collection begins with the places of its fonts; they draw the same characters.
        start = struct.unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
        return set(glyphs_of(data, start))
    except (OSError, ValueError, struct.error):
        return set()
