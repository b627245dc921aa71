"""Findings that were worked out, remembered while neither the data nor the map changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tropa.cx.lens import Lens
from tropa.store.head import Head

if TYPE_CHECKING:
    from tropa.findings.compose import Weighed
    from tropa.workspace.find import FindParams

_Key = tuple[int, str]


class Weighings:
    """What was weighed, in no language yet. Two who ask at once wait for one answer."""

    def __init__(self) -> None:
        self._kept: dict[_Key, tuple[Lens, Weighed]] = {}
        self._turn = threading.Lock()

    def of(self, head: Head, lens: Lens, params: FindParams, weigh: Callable[[], Weighed]) -> Weighed:
        """What was weighed before of the same question, else what `weigh` comes to."""
        key = _key(head, params)
        with self._turn:
            seen_through, found = self._kept.get(key, (None, None))
            if found is None or seen_through is not lens:
                found = weigh()
                kept = {other: value for other, value in self._kept.items() if other[0] == key[0]}
                self._kept = kept | {key: (lens, found)}
        return found

    def has(self, head: Head, lens: Lens, params: FindParams) -> bool:
        """Whether the same was asked before."""
        return self._kept.get(_key(head, params), (None, None))[0] is lens


def _key(head: Head, params: FindParams) -> _Key:
    return head.generation, params.model_dump_json(exclude={"all", "language"})
