"""A JSON document as the same tree that YAML gives, some hundred times quicker: nothing is read from text."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any

from tropa.cx.yaml_tree import MAX_DEPTH, At, shorten
from tropa.errors import TropaError

# Numbers beyond this are not kept to the digit by what reads JSON elsewhere.
_EXACT = 2**53
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class JsonAt(At):
    """One value of a JSON document; its path stands for a line."""

    __slots__ = ("_origin", "_parent", "_step")

    def __init__(self, origin: Any, source: str, parent: JsonAt | None, step: str | int) -> None:
        self.value = None
        self.source = source
        self._origin = origin
        self._parent = parent
        self._step = step

    @property
    def path(self) -> str:  # type: ignore[override]
        """The keys that lead here; entries of lists count from 1."""
        if self._parent is None:
            return ""
        if isinstance(self._step, int):
            return f"{self._parent.path}[{self._step}]"
        return f"{self._parent.path}.{shorten(self._step)}".lstrip(".")

    @property
    def place(self) -> str:
        return self.path or "the top"

    def plain(self) -> Any:
        return self._origin

    def refuse(self, problem: str, hint: str = "") -> TropaError:
        where = f"{self.source}, {self.path}" if self.path else self.source
        return TropaError(f"{where}: {problem}", hint, kind="map")


def read_json_tree(document: Any, source: str, known: Collection[int] = ()) -> At:
    """The tree of a document that was read from JSON.

    Args:
        document: plain values.
        source: what to call it in messages.
        known: identities of mappings that were read before and are not gone through again.

    Raises:
        TropaError: (kind `map`) for values that a document of ours never needs.
    """
    return _read(document, source, None, "", 0, known)


def _read(
    origin: Any, source: str, parent: JsonAt | None, step: str | int, depth: int, known: Collection[int]
) -> JsonAt:
    at = JsonAt(origin, source, parent, step)
    if isinstance(origin, str):
        if not origin.isprintable() and _UNSEEN.search(origin):
            raise at.refuse(f"a control character inside {_seen(origin)!r}.", "Retype the text.")
        at.value = origin
    elif isinstance(origin, dict):
        if depth > MAX_DEPTH:
            raise at.refuse(f"nested deeper than {MAX_DEPTH} levels.")
        if id(origin) in known:
            return at
        for key in origin:
            if not key or key != key.strip() or (not key.isprintable() and _UNSEEN.search(key)):
                raise at.refuse(f"{_seen(key)!r} cannot be a key.", "A key is text without blanks around it.")
        at.value = {key: _read(part, source, at, key, depth + 1, known) for key, part in origin.items()}
    elif isinstance(origin, list):
        if depth > MAX_DEPTH:
            raise at.refuse(f"nested deeper than {MAX_DEPTH} levels.")
        at.value = [_read(part, source, at, place, depth + 1, known) for place, part in enumerate(origin, 1)]
    elif origin is not None:
        at.value = _scalar(at, origin)
    return at


def _scalar(at: JsonAt, origin: Any) -> str:
    if isinstance(origin, bool):
        return "true" if origin else "false"
    if isinstance(origin, float) and not math.isfinite(origin):
        raise at.refuse(f"{origin} is no number to keep.", "Leave the value out.")
    if isinstance(origin, int) and abs(origin) > _EXACT:
        raise at.refuse("a number of more than 15 digits.", "Write it as text.")
    return repr(origin)


def _seen(text: str) -> str:
    return shorten(text.encode("utf-8", "replace").decode("utf-8"))
