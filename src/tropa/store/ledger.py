"""Which files are here already: the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tropa.errors import TropaError
from tropa.store.head import Load

READ_OTHERWISE = "The same file is here already; other things are taken from its rows now."


def look_up(file: str, kind: str, fingerprint: str, loads: Sequence[Load]) -> Literal["new", "before", "otherwise"]:
    """Whether a file was loaded before: in the same manner, or with other things taken from its rows.

    Args:
        file: its name, for people.
        kind: what its rows are.
        fingerprint: marks of its content, of what is taken from each row and of the whole manner of reading, with
            hyphens between them; one without hyphens knows of one manner only.
        loads: the ledger.

    Raises:
        TropaError: the same rows were taken in another manner; they would count twice.
    """
    content, told = _parts(fingerprint)
    same = loads_of(kind, content, loads)
    if any(load.fingerprint == fingerprint for load in same):
        return "before"
    for load in same:
        if load.loaded and _parts(load.fingerprint)[1] in (None, told):
            known = "" if load.file == file else f" as {load.file}"
            raise TropaError(
                f"{file} was loaded{known} on {load.at}, read in another manner; its rows would count twice.",
                "To have it read otherwise, take it back if it was the last load (tropa load WS --undo), or use a new"
                " workspace.",
                kind="conflict",
            )
    return "otherwise" if same else "new"


def content_of(fingerprint: str) -> str:
    """The mark of the content of a file alone, whatever was taken from it and in whatever manner."""
    return _parts(fingerprint)[0]


def loads_of(kind: str, content: str, loads: Sequence[Load]) -> list[Load]:
    """Loads of a file of this content, however it was read."""
    return [load for load in loads if load.kind == kind and _parts(load.fingerprint)[0] == content]


def _parts(fingerprint: str) -> tuple[str, str | None]:
    """Content and what is told; the latter is unknown where an earlier version wrote the mark."""
    content, *marks = fingerprint.split("-")
    return content, marks[0] if len(marks) == 2 else None
