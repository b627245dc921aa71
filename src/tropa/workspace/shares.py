"""Maps that are shown by a link to people without an account: no menus, no names of people, no ways of asking more."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import to_json

from tropa.contract.filters import Filters
from tropa.cx.map import Map
from tropa.cx.map_file import map_to_json, parse_map
from tropa.errors import TropaError
from tropa.store.documents.map_records import MapVersion
from tropa.store.documents.shares import Share
from tropa.text import mask
from tropa.workspace.living_map import LivingMap, living_map
from tropa.workspace.workspace import Workspace

PEOPLE_OF = frozenset({"owner", "decides", "evidence", "when"})
"""Keys of a map that name employees, respondents or insides of systems: they stay at home."""
KEPT = 32
LASTING = frozenset({"no_data", "map"})
"""What cannot be counted for these reasons cannot until the map or the data change; other troubles pass."""


@dataclass(frozen=True, slots=True)
class SharedMap:
    """What a link shows.

    living: it follows the map; else it stays as it was at `as_of`. document: the map without names of people.
    reality: what really happened, with the same document in it; None where numbers are not shared, or where there are
    none: `no_numbers` says why then.
    """

    name: str
    language: str
    timezone: str
    living: bool
    version: int
    saved_at: str
    as_of: str
    document: dict[str, Any]
    reality: LivingMap | None
    no_numbers: str | None


class SharedMaps:
    """Makes links and opens them; what was counted for one is counted once while neither map nor data change."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._counted: dict[tuple[str, int, int], LivingMap | TropaError] = {}
        self._counting = threading.Lock()
        self._parsed: dict[tuple[str, int], tuple[Map, dict[str, Any]]] = {}

    def make(
        self,
        map_id: str | None,
        by: str,
        *,
        snapshot: bool = False,
        version: int | None = None,
        numbers: bool = False,
        days: int | None = None,
        note: str = "",
    ) -> tuple[Share, str]:
        """A new link and its token, which is told once.

        Args:
            map_id: of the map; None: the living one.
            by: who makes it.
            snapshot: what is seen now is shown for ever; else the link follows the map.
            version: of a snapshot; None: the newest.
            numbers: whether what really happened is shown.
            days: after which it closes by itself; None: never.
            note: whom it is for.

        Raises:
            TropaError: (not_found) no such map or version; (map) there is no map; (conflict) the map is archived.
        """
        documents = self._workspace.documents
        head = documents.maps.live() if map_id is None else documents.maps.head(map_id)
        if head is None:
            raise TropaError("The workspace has no map.", "Draw one first.", kind="map")
        head.refuse_archived()
        fixed = (version or head.latest) if snapshot else None
        frozen = None
        if fixed is not None:
            frozen = to_json(self._shown(head.id, fixed, numbers, living=False), inf_nan_mode="null")
        return documents.shares.make(head.id, fixed, numbers, by, days, note, frozen)

    def open(self, token: str) -> bytes:
        """What a link shows, as JSON of `SharedMap`.

        Raises:
            TropaError: (not_found) a link that leads nowhere; which reason it has is not told.
        """
        share, frozen = self._workspace.documents.shares.open(token)
        if frozen is not None:
            return frozen
        return to_json(self._shown(share.map_id, None, share.numbers, living=True), inf_nan_mode="null")

    def _shown(self, map_id: str, version: int | None, numbers: bool, living: bool) -> SharedMap:
        from tropa.store.documents.database import now

        text = self._workspace.documents.maps.version(map_id, version)
        parsed, document = self._read(text)
        counted = self._reality(text, parsed) if numbers else None
        reality = replace(counted, map=document, warnings=()) if isinstance(counted, LivingMap) else None
        return SharedMap(
            name=parsed.name,
            language=self._workspace.settings.language,
            timezone=self._workspace.settings.timezone,
            living=living,
            version=text.version,
            saved_at=text.saved_at,
            as_of=now(),
            document=document,
            reality=reality,
            no_numbers=counted.kind if isinstance(counted, TropaError) else None,
        )

    def _read(self, text: MapVersion) -> tuple[Map, dict[str, Any]]:
        """The map of a version and how it is shown; a version never changes."""
        key = (text.map_id, text.version)
        if key not in self._parsed:
            parsed = parse_map(text.text)
            self._parsed = {
                **dict(list(self._parsed.items())[-KEPT:]),
                key: (parsed, without_people(map_to_json(parsed))),
            }
        return self._parsed[key]

    def _reality(self, text: MapVersion, parsed: Map) -> LivingMap | TropaError:
        """What really happened on the map, or why nobody can tell."""
        key = (text.map_id, text.version, self._workspace.store.head.generation)
        with self._counting:
            if key not in self._counted:
                try:
                    self._counted[key] = living_map(self._workspace.using(parsed), Filters.model_validate({}))
                except TropaError as error:
                    if error.kind not in LASTING:
                        return error
                    self._counted[key] = error
                for old in list(self._counted)[:-KEPT]:
                    del self._counted[old]
            return self._counted[key]


def without_people(document: Mapping[str, Any]) -> dict[str, Any]:
    """A map without names of people: what names them is left out, texts are masked."""
    return {key: _without(value) for key, value in document.items() if key not in PEOPLE_OF}


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return without_people(value)
    if isinstance(value, list | tuple):
        return [_without(item) for item in value]
    return value
