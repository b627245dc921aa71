"""Regular expressions of maps: an engine whose time grows with the text and never explodes (RE2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.engine.journeys import Array

_TOO_MANY = re.compile(r"(\d+,)?\d{5,}[,}]")
_WORD = r"\p{L}\p{M}\p{N}_"


def matching(expression: str, values: Sequence[str]) -> Array:
    """Which values have a place that the expression matches; letters of every alphabet are `\\w`.

    Raises:
        ValueError: says what is wrong, where this is not an expression of RE2.
    """
    found = pc.match_substring_regex(pa.array(values, pa.large_string()), _every_alphabet(expression))
    matched: Array = np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)
    return matched


def refused(expression: str) -> str | None:
    """What is wrong with an expression, None where it is fine."""
    try:
        matching(expression, [""])
    except ValueError as error:
        return str(error).removeprefix("Invalid regular expression: ")
    return None


def _every_alphabet(expression: str) -> str:
    """RE2 knows words of ASCII only: spell `\\w` out, and refuse a `\\b` that would silently miss other letters."""
    out: list[str] = []
    inside = bounds = False
    place = 0
    while place < len(expression):
        part = expression[place : place + 2] if expression[place] == "\\" else expression[place]
        place += len(part)
        if part == "[" and not inside:
            inside = True
            # A bracket that closes nothing yet stands for itself: []a] and [^]a].
            for literal in ("^", "]"):
                if expression.startswith(literal, place):
                    part, place = part + literal, place + 1
        elif part == "]":
            inside = False
        elif part == "{" and not inside and _TOO_MANY.match(expression, place):
            # The engine would take it for text.
            raise ValueError("nothing is repeated more than 1000 times")
        bounds |= part in (r"\b", r"\B")
        if part == r"\w":
            part = _WORD if inside else f"[{_WORD}]"
        elif part == r"\W" and not inside:
            part = f"[^{_WORD}]"
        out.append(part)
    if bounds and not expression.isascii():
        raise ValueError(r"\b knows the letters a to z only, use (^|\W) and (\W|$) instead")
    return "".join(out)
