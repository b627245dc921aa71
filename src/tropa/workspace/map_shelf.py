"""Maps of a workspace that are looked at: opened, found, compared; the versions read last stay at hand."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tropa.cx.map import Map
from tropa.cx.map_difference import Difference, difference
from tropa.cx.map_file import parse_map
from tropa.cx.map_text import settled
from tropa.errors import TropaError, did_you_mean
from tropa.store.documents import Documents
from tropa.workspace.map_opened import Opened, renames_of

if TYPE_CHECKING:
    from tropa.store.documents.map_records import MapHead, MapVersion

_KEPT = 24


@dataclass(frozen=True, slots=True)
class MapSize:
    """How many stages and touchpoints the newest version of a map has."""

    stages: int
    touchpoints: int


class MapShelf:
    """All maps of a workspace, to be read. May be asked by several threads."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._opened: dict[tuple[str, int], Opened] = {}
        self._sizes: dict[str, tuple[int, MapSize]] = {}
        self._writing = threading.RLock()

    def live(self) -> Opened | None:
        """The newest version of the living map, or None."""
        version = self._documents.current_map()
        return None if version is None else self._open(version)

    def open(self, map_id: str, number: int | None = None) -> Opened:
        """A version of a map, the newest one where none is named.

        Raises:
            TropaError: (not_found) no such map or version.
        """
        return self._open(self._documents.maps.version(map_id, number))

    def version_of(self, document: Map) -> MapVersion | None:
        """Which version this very map was opened as, as far as it is still known."""
        return next((one.version for one in self._opened.values() if one.map is document), None)

    def find(self, name_or_id: str) -> MapHead:
        """A map by its id, or by its name where only one has it.

        Raises:
            TropaError: (not_found) none, or several of that name.
        """
        heads = self._documents.maps.heads() if not self._documents.empty else []
        named = [head for head in heads if head.id == name_or_id] or [head for head in heads if head.name == name_or_id]
        active = [head for head in named if head.archived_at is None] or named
        if len(active) == 1:
            return active[0]
        if active:
            ids = ", ".join(head.id for head in active)
            raise TropaError(f"{len(active)} maps are called {name_or_id!r}.", f"Name one by its id: {ids}.", "usage")
        raise TropaError(
            f"There is no map {name_or_id!r}.", did_you_mean(name_or_id, [h.name for h in heads]), "not_found"
        )

    def size(self, head: MapHead) -> MapSize | None:
        """How large the newest version is; None where its text cannot be read."""
        known = self._sizes.get(head.id)
        if known is not None and known[0] == head.latest:
            return known[1]
        try:
            drawn = self.open(head.id, head.latest).map
        except TropaError:
            return None
        size = MapSize(len(drawn.stages), len(drawn.touchpoints))
        self._sizes[head.id] = head.latest, size
        return size

    def compared(self, one: tuple[str, int | None], other: tuple[str, int | None]) -> Difference:
        """What differs between two versions, of one map or of two.

        Raises:
            TropaError: (not_found) no such map or version.
        """
        first, second = self.open(*one), self.open(*other)
        renames: Sequence[tuple[str, str, str]] = ()
        if first.version.map_id == second.version.map_id:
            renames = self._renames(first.version.map_id, first.version.version, second.version.version)
        return difference(first.map, second.map, renames)

    def _renames(self, map_id: str, one: int, other: int) -> Sequence[tuple[str, str, str]]:
        """Names given between two versions, as far as they are remembered."""
        low, high = sorted((one, other))
        told = self._documents.maps.told_since(map_id, low)[: high - low]
        renames = renames_of([change for one_version in told for change in one_version.changes or ()])
        return renames if one <= other else [(level, new, old) for level, old, new in reversed(renames)]

    def _open(self, version: MapVersion) -> Opened:
        known = self._opened.get((version.map_id, version.version))
        if known is not None:
            return known
        with self._writing:
            known = self._opened.get((version.map_id, version.version))
            return known or self._keep(settled(parse_map(version.text)), version)

    def _keep(self, drawn: Map, version: MapVersion) -> Opened:
        """Versions never change: the last ones looked at stay at hand."""
        opened = Opened(version, drawn)
        with self._writing:
            recent = list(self._opened.items())[1 - _KEPT :]
            self._opened = dict([*recent, ((version.map_id, version.version), opened)])
        return opened
