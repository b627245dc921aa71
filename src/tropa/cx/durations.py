"""Durations as people write them: a number and one of s, m, h, d, w."""

from __future__ import annotations

import re

from tropa.errors import TropaError

MAX_SECONDS = 1e11
"""Longer than any log (3,000 years); keeps microseconds within 64 bits."""

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
HINT = "Write a number and s, m, h, d or w, such as 30m or 60d."
_FORM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*")


def parse_duration(text: str) -> float:
    """Seconds of `10m`, `60d`, `1.5h`; a bare number is seconds.

    Raises:
        TropaError: when the text is no duration.
    """
    match = _FORM.fullmatch(text)
    try:
        seconds = float(match[1]) * SECONDS[match[2]] if match else float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf") and match is None:
        raise TropaError(f"{text!r} is not a duration.", HINT, kind="usage")
    return bounded(seconds, text)


def bounded(seconds: float, text: str) -> float:
    """The seconds themselves, or a refusal where no log is that long.

    Raises:
        TropaError: for more than `MAX_SECONDS`, shown as `text`.
    """
    if seconds > MAX_SECONDS:
        shown = text if len(text) <= 40 else text[:39] + "…"
        raise TropaError(f"{shown!r} is longer than 3000 years.", HINT, kind="usage")
    return seconds


def format_duration(seconds: float) -> str:
    """The shortest exact way to write it: 600 -> `10m`."""
    for unit in "wdhms":
        count = seconds / SECONDS[unit]
        if count >= 1 and count == int(count):
            return f"{int(count)}{unit}"
    return f"{seconds:g}s"
