"""Durations as people write them: a number and one of s, m, h, d, w."""

from __future__ import annotations

import re

from tropa.errors import TropaError

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_FORM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*")


def parse_duration(text: str) -> float:
    """Seconds of `10m`, `60d`, `1.5h`; a bare number is seconds.

    Raises:
        TropaError: when the text is no duration.
    """
    match = _FORM.fullmatch(text)
    if match:
        return float(match[1]) * SECONDS[match[2]]
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise TropaError(
            f"{text!r} is not a duration.", "Write a number and s, m, h, d or w, such as 30m or 60d.", kind="usage"
        )
    return seconds


def format_duration(seconds: float) -> str:
    """The shortest exact way to write it: 600 -> `10m`."""
    for unit in "wdhms":
        count = seconds / SECONDS[unit]
        if count >= 1 and count == int(count):
            return f"{int(count)}{unit}"
    return f"{seconds:g}s"
