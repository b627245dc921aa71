"""On how many journeys and events an answer stands, counted while it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tropa.contract.filters import Filters
from tropa.cx.view import View
from tropa.engine.fold import Again, Fold
from tropa.errors import TropaError
from tropa.store.manifest import Manifest

Opener = Callable[[], View]


def heard(opener: Opener, opened: Callable[[], None]) -> Opener:
    def open_it() -> View:
        opened()
        return opener()

    return open_it


class Counted:
    """A fold that also counts on how much its answer stands."""

    def __init__(self, fold: Fold[View, Any, Any]) -> None:
        self._fold = fold
        self.journeys = 0
        self.events = 0

    def map(self, view: View) -> tuple[Any, int, int]:
        journeys, events = view.counts
        return self._fold.map(view), journeys, events

    def merge(self, one: tuple[Any, int, int], other: tuple[Any, int, int]) -> tuple[Any, int, int]:
        return self._fold.merge(one[0], other[0]), one[1] + other[1], one[2] + other[2]

    def finish(self, total: tuple[Any, int, int]) -> Any:
        partial, self.journeys, self.events = total
        result = self._fold.finish(partial) if self.journeys else None
        if isinstance(result, Again):
            self._fold = result.fold
            return Again(self)
        return result


def nothing_kept(params: Filters, manifest: Manifest) -> TropaError:
    """The answer to filters that keep no journey."""
    from tropa.cx.times import iso

    return TropaError(
        "No journeys are left by these filters.",
        f"The data covers {iso(manifest.first_us)} to {iso(manifest.last_us)}; widen the period or drop a filter.",
        kind="no_data",
    )
