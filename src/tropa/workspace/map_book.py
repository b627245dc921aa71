"""Maps of a workspace as documents that are written: made, changed by several people at once, restored, converted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from tropa.cx.lane_terms import KINDS
from tropa.cx.lanes import DEFAULT_KIND
from tropa.cx.map import Map
from tropa.cx.map_file import parse_document, parse_map
from tropa.cx.map_keys import MAX_NAME, clean_name
from tropa.cx.map_text import settled
from tropa.errors import TropaError, did_you_mean
from tropa.workspace.map_culprit import first_unreadable
from tropa.workspace.map_opened import Changed, Opened, opened_maps, renames_between, renames_of, told_of
from tropa.workspace.map_shelf import MapShelf
from tropa.workspace.map_since import Sent, others_changes, refusals_of, told_again

if TYPE_CHECKING:
    from tropa.cx.map_change_form import Change
    from tropa.cx.map_changes import Applied
    from tropa.store.documents.map_records import Format, How, Living, NewVersion

MAX_BYTES = 5_000_000
MAX_TOUCHPOINTS = 5_000
MAX_CHANGES = 1_000

Plain = dict[str, Any]


class MapBook(MapShelf):
    """All maps of a workspace, read and written. May be asked by several threads, and by several programs over one
    database."""

    def create(self, document: Mapping[str, Any], author: str, how: How = "made", live: Living = None) -> Opened:
        """Keep a new map.

        Raises:
            TropaError: (map) it cannot be read as one.
        """
        drawn = settled(parse_document(document))
        return self._keep(drawn, self._documents.maps.create(self._new(drawn, author, how), live))

    def take_in(self, text: str, map_id: str | None, author: str, how: How = "imported", live: Living = None) -> Opened:
        """Keep the author's own YAML as a new map, or as the newest version of one.

        Raises:
            TropaError: (map) it cannot be read; (not_found) no such map.
        """
        drawn = settled(parse_map(text))
        if map_id is None:
            new = self._new(drawn, author, how, text=text, format_="yaml")
            return self._keep(drawn, self._documents.maps.create(new, live))
        return self._replace(map_id, drawn, author, how, text=text, format_="yaml")

    def take_in_living(self, text: str, author: str) -> Opened:
        """Keep the author's own YAML as the newest version of the living map, or as the first map.

        Raises:
            TropaError: (map) it cannot be read.
        """
        from tropa.store.documents.map_records import Taken

        while True:
            living = self._documents.maps.live()
            if living is not None:
                return self.take_in(text, living.id, author)
            try:
                return self.take_in(text, None, author, live="first")
            except Taken:
                continue

    def change(
        self,
        map_id: str,
        base: int,
        changes: Sequence[Change],
        author: str,
        batch: str | None = None,
        mine: Sequence[str] = (),
    ) -> Changed:
        """Apply changes that were made on version `base`; see `Sent` for batches.

        Raises:
            TropaError: (not_found) no such map; (conflict) it is archived; (usage, map) a change that means nothing or
                that leaves no readable map: nothing is applied then, and the message names it.
        """
        from tropa.store.documents.map_records import Taken

        sent = Sent(base, changes, batch, mine)
        while True:
            with self._writing:
                self._documents.maps.head(map_id).refuse_archived()
                told = self._documents.maps.told_since(map_id, base) if batch else []
                if (before := told_again(told, sent, lambda number: self.open(map_id, number))) is not None:
                    return before
                now = self.open(map_id)
                applied = self._applied(now, sent.base, sent.changes, sent.mine)
                if not applied.changes:
                    return Changed(now, applied.applied, applied.conflicts)
                drawn = self._read(now, sent, applied)
                what = told_of([change.model_dump() for change in applied.changes])
                kept = [change.model_dump(mode="json") for change in applied.changes]
                new = replace(
                    self._new(drawn, author, "changed"),
                    what=what,
                    changes=kept,
                    renames=renames_of(kept),
                    batch=sent.batch,
                    conflicts=refusals_of(applied.conflicts) if sent.batch else (),
                )
                try:
                    version = self._documents.maps.save(map_id, now.version.version, new)
                except Taken:
                    continue
                return Changed(self._keep(drawn, version), applied.applied, applied.conflicts)

    def restore(self, map_id: str, number: int, author: str) -> Opened:
        """Make an older version the newest one.

        Raises:
            TropaError: (not_found) no such map or version; (conflict) the map is archived.
        """
        older = self.open(map_id, number)
        text, format_ = older.version.text, older.version.format
        return self._replace(map_id, older.map, author, "restored", {"version": number}, text, format_)

    def convert(self, map_id: str, kind: str, author: str) -> Opened:
        """Make the map one of another kind: other lanes show by themselves, nothing is lost.

        Raises:
            TropaError: (usage) no such kind; (not_found) no such map; (conflict) it is archived.
        """
        if kind not in (known := [term.key for term in KINDS]):
            raise TropaError(f"{kind!r} is no kind of map.", did_you_mean(kind, known), kind="usage")
        now = self.open(map_id)
        if now.document.get("kind", DEFAULT_KIND) == kind:
            return now
        # What was hidden in one kind may be what the other is drawn for.
        document = {key: value for key, value in now.document.items() if key != "hidden_lanes"}
        drawn = settled(parse_document(document | {"kind": kind}, before=now.map), now.map)
        return self._replace(map_id, drawn, author, "converted", {"kind": kind})

    def duplicate(self, map_id: str, name: str | None, author: str) -> Opened:
        """Keep a copy as a map of its own.

        Raises:
            TropaError: (not_found) no such map; (map) a name that cannot be.
        """
        source = self.open(map_id)
        copy = clean_name(name or "") or f"{source.map.name[: MAX_NAME - 4]} (2)"
        drawn = settled(parse_document({**source.document, "map": copy}, before=source.map), source.map)
        new = replace(self._new(drawn, author, "duplicated"), what={"map": map_id, "version": source.version.version})
        return self._keep(drawn, self._documents.maps.create(new, live=False))

    # -- inside

    def _applied(self, now: Opened, base: int, changes: Sequence[Change], mine: Sequence[str]) -> Applied:
        from tropa.cx.map_changes import apply

        if base > now.version.version:
            raise TropaError(
                f"{now.map.name!r} has no version {base} yet.", f"The newest is {now.version.version}.", kind="usage"
            )
        return apply(dict(now.document), changes, self._since(now, base, mine))

    def _since(self, now: Opened, base: int, mine: Sequence[str]) -> Sequence[Change]:
        told = self._documents.maps.told_since(now.version.map_id, base)[: now.version.version - base]
        return others_changes(told, mine, lambda number: self.open(now.version.map_id, number).map)

    def _read(self, now: Opened, sent: Sent, applied: Applied) -> Map:
        """The map after changes; where it cannot be read, the change that is at fault is named."""
        from tropa.cx.map_changes import apply, told

        try:
            return self._drawn(applied.document, now)
        except TropaError as error:
            since, was = self._since(now, sent.base, sent.mine), dict(now.document)
            half = lambda count: self._drawn(apply(was, sent.changes[:count], since).document, now)  # noqa: E731
            bad, first = first_unreadable(half, len(sent.changes), error)
            raise TropaError(f"{told(bad - 1, sent.changes[bad - 1])}: {first.message}", first.hint, "map") from None

    def _drawn(self, document: Plain, now: Opened) -> Map:
        drawn = settled(parse_document(document, before=now.map), now.map)
        if len(drawn.touchpoints) > MAX_TOUCHPOINTS:
            raise TropaError(
                f"{len(drawn.touchpoints)} touchpoints.",
                f"A map has {MAX_TOUCHPOINTS} at most: open some apart.",
                "map",
            )
        return drawn

    def _replace(
        self,
        map_id: str,
        drawn: Map,
        author: str,
        how: How,
        what: Mapping[str, Any] | None = None,
        text: str | None = None,
        format_: Format = "json",
    ) -> Opened:
        """Keep a whole text as the newest version, whatever stood before."""
        from tropa.store.documents.map_records import Taken

        new = replace(self._new(drawn, author, how, text, format_), what=what or {})
        while True:
            with self._writing:
                self._documents.maps.head(map_id).refuse_archived()
                now = self.open(map_id)
                new = replace(new, renames=renames_between(now.map, drawn))
                try:
                    version = self._documents.maps.save(map_id, now.version.version, new)
                except Taken:
                    continue
                return self._keep(drawn, version)

    def _new(self, drawn: Map, author: str, how: How, text: str | None = None, format_: Format = "json") -> NewVersion:
        from tropa.store.documents.map_records import NewVersion

        if text is None:
            text = to_json(drawn.raw).decode("utf-8")
        if len(text) > MAX_BYTES:
            raise TropaError(f"A map of {len(text):,} characters.", f"It may have {MAX_BYTES:,}.", kind="map")
        kind = drawn.raw.get("kind") or DEFAULT_KIND
        return NewVersion(text, format_, drawn.name, kind, author, how, opens=opened_maps(drawn))
