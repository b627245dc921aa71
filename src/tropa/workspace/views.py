"""Views that stay: what a lens shows of the partitions is worked out once for all questions."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import partial

from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.journeys import Journeys
from tropa.workspace.counted import Opener
from tropa.workspace.selection import Keep

MOST_EVENTS = 20_000_000
"""Of larger data nothing stays: it would take some 11 bytes an event."""


class Views:
    """The views of all journeys through the lenses in use. Questions come from several threads."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Lens, list[View]]] = {}
        self._in_use: tuple[Lens, ...] = ()
        self._turn = threading.Lock()

    def through(self, lens: Lens, partitions: Sequence[Journeys], keep: Keep | None) -> Iterator[Opener]:
        """What opens each partition with the journeys that are kept of it."""
        with self._turn:
            # As the lens is kept with its views, no other one has the same identity.
            _, wholes = self._kept.get(id(lens)) or (lens, [View(journeys, lens) for journeys in partitions])
            if any(lens is one for one in self._in_use) and self._events(partitions) <= MOST_EVENTS:
                self._kept[id(lens)] = lens, wholes
        return (partial(View, whole.journeys, lens, keep, whole) for whole in wholes)

    def only(self, lenses: Sequence[Lens]) -> None:
        """From now on these are in use: forget what others show, also to questions that are still under way."""
        with self._turn:
            self._in_use = tuple(lenses)
            self._kept = {id(lens): self._kept[id(lens)] for lens in lenses if id(lens) in self._kept}

    def _events(self, partitions: Sequence[Journeys]) -> int:
        kept = sum(len(view.journeys.events) for _, wholes in self._kept.values() for view in wholes)
        return kept + sum(len(journeys.events) for journeys in partitions)
