"""Views that stay: what a lens shows of the partitions is worked out once for all questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.journeys import Journeys
from tropa.workspace.counted import Opener
from tropa.workspace.selection import Keep

MOST_EVENTS = 20_000_000
"""Of larger data nothing stays: it would take some 15 bytes an event."""


class Views:
    """The views of all journeys through the lenses in use."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Lens, list[View]]] = {}

    def through(self, lens: Lens, partitions: Sequence[Journeys], keep: Keep | None) -> Iterator[Opener]:
        """What opens each partition with the journeys that are kept of it."""
        # As the lens is kept with its views, no other one has the same identity.
        _, wholes = self._kept.get(id(lens)) or (lens, [View(journeys, lens) for journeys in partitions])
        if sum(len(journeys.events) for journeys in partitions) <= MOST_EVENTS:
            self._kept[id(lens)] = lens, wholes
        return (partial(View, whole.journeys, lens, keep, whole) for whole in wholes)

    def only(self, lenses: Iterable[Lens]) -> None:
        """Forget what other lenses show."""
        self._kept = {id(lens): self._kept[id(lens)] for lens in lenses if id(lens) in self._kept}
