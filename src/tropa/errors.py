"""The one error that Tropa raises on purpose: what happened, where, and the mend."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from typing import Literal

Kind = Literal[
    "data", "workspace", "map", "usage", "not_found", "no_data", "conflict", "signin", "forbidden", "throttled"
]


class TropaError(Exception):
    """Something that a person can mend.

    Args:
        message: what is wrong and where (file, line, key), in one sentence.
        hint: how to mend it, in one sentence.
        kind: which face of the product is at fault; edges turn it into an exit status or an HTTP code.
        typed: the mend for who sits at the command line, where that is another: with commands and folders, of which
            those who see the page in a browser shall not be told.
    """

    def __init__(self, message: str, hint: str = "", kind: Kind = "data", typed: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind: Kind = kind
        self.typed = typed or hint

    def __str__(self) -> str:
        return f"{self.message} {self.typed}".strip()

    def as_dict(self, typed: bool = False) -> dict[str, dict[str, str]]:
        """The one JSON shape of an error, the same on the command line (`typed`) and over HTTP."""
        hint = self.typed if typed else self.hint
        return {"error": {"kind": self.kind, "message": self.message, "hint": hint}}


def system_error(error: OSError) -> TropaError:
    """What the operating system refused, told with its path and the mend."""
    said = error.strerror or str(error) or type(error).__name__
    where = "" if error.filename is None else f": {error.filename}"
    hint = _MENDS.get(error.errno or 0, "Look at the disk and at the path.")
    return TropaError(f"{said}{where}.", hint, kind="workspace")


_MENDS = {
    errno.ENOSPC: "Free some space on the disk; nothing that was there before is harmed.",
    errno.EDQUOT: "Free some space on the disk; nothing that was there before is harmed.",
    errno.EFBIG: "Files may not grow that large here: raise the limit (ulimit -f).",
    errno.EACCES: "Take rights to the path, or choose another one.",
    errno.EPERM: "Take rights to the path, or choose another one.",
    errno.EROFS: "The disk cannot be written to: choose another path.",
    errno.ENOENT: "Make the folder first, or choose another path.",
    errno.ENOTDIR: "A file stands where a folder should be: choose another path.",
    errno.EISDIR: "A folder stands where a file should be: choose another path.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.EMFILE: "Too many files are open: raise the limit (ulimit -n).",
}


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
