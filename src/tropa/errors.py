"""The one error that Tropa raises on purpose: what happened, where, and the mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

Kind = Literal["data", "workspace", "map", "usage", "not_found", "no_data", "conflict"]


class TropaError(Exception):
    """Something that a person can mend.

    Args:
        message: what is wrong and where (file, line, key), in one sentence.
        hint: how to mend it, in one sentence.
        kind: which face of the product is at fault; edges turn it into an exit status or an HTTP code.
    """

    def __init__(self, message: str, hint: str = "", kind: Kind = "data") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind: Kind = kind

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def as_dict(self) -> dict[str, dict[str, str]]:
        """The one JSON shape of an error, the same on the command line and over HTTP."""
        return {"error": {"kind": self.kind, "message": self.message, "hint": self.hint}}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known words, or lists them when none is near."""
    choices = sorted(set(known))
    lowered = {choice.casefold(): choice for choice in choices}
    near = [lowered[match] for match in difflib.get_close_matches(word.casefold(), list(lowered), n=3, cutoff=0.6)]
    if near:
        return f"Did you mean {' or '.join(repr(match) for match in near)}?"
    if not choices:
        return ""
    shown = ", ".join(repr(choice) for choice in choices[:10])
    return f"Known: {shown}{', ...' if len(choices) > 10 else ''}."
