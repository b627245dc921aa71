"""Names of people, and when two are one."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """What makes two names the same one: neither case nor spelling of letters counts."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
