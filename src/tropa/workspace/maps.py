"""Maps of a workspace: taken in, given out, proposed from the data, checked against it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.cx.check import MapCheck, check
from tropa.cx.map import Map
from tropa.cx.map_file import parse_map, render_map
from tropa.cx.propose import propose
from tropa.errors import Kind, TropaError
from tropa.workspace.observe import natural_unit, observed, seen
from tropa.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tropa.store.documents.map_records import MapVersion


@dataclass(frozen=True, slots=True)
class MapTaken:
    map: str
    version: int
    stages: int
    touchpoints: int
    changed: bool
    id: str


def read_map_file(file: Path) -> tuple[str, Map]:
    """Text and map of a file.

    Raises:
        TropaError: when it cannot be read as a map.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        # A path that is not there was mistyped, as with `load`: wrong usage.
        kind: Kind = "not_found" if isinstance(error, FileNotFoundError) else "data"
        raise TropaError(f"{file} cannot be read: {error.strerror}.", "Give the path of a map.yaml.", kind) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise TropaError(f"{file} is not text in UTF-8.", "Save the map as UTF-8.", kind="map") from None
    return text, parse_map(text, file.name)


def import_map(workspace: Workspace, file: Path, map_id: str | None = None, new: bool = False) -> MapTaken:
    """Take a map in as the newest version of a map (the living one where none is named), or as a new one.

    Raises:
        TropaError: when it cannot be read, or binds events that are in the data to two touchpoints at once; (not_found)
            no such map.
    """
    text, document = read_map_file(file)
    refuse_overlaps(workspace, document)
    book = workspace.book
    if new:
        return _taken(book.take_in(text, None, "").version, document, changed=True)
    current = workspace.map_version() if map_id is None else workspace.documents.maps.version(map_id)
    if current is not None and current.text == text:
        return _taken(current, document, changed=False)
    opened = book.take_in_living(text, "") if map_id is None else book.take_in(text, map_id, "")
    return _taken(opened.version, document, changed=True)


def _taken(version: MapVersion, document: Map, changed: bool) -> MapTaken:
    return MapTaken(
        document.name, version.version, len(document.stages), len(document.touchpoints), changed, version.map_id
    )


@dataclass(frozen=True, slots=True)
class MapList:
    """All maps of a workspace."""

    maps: tuple[MapListed, ...]


@dataclass(frozen=True, slots=True)
class MapListed:
    """A map in the list of the command line."""

    id: str
    name: str
    kind: str
    live: bool
    version: int
    saved_at: str
    saved_by: str
    archived: bool


def list_maps(workspace: Workspace) -> MapList:
    """All maps: the living one first, then the newest; archived ones too."""
    heads = [] if workspace.documents.empty else workspace.documents.maps.heads()
    listed = (
        MapListed(one.id, one.name, one.kind, one.live, one.latest, one.saved_at, one.saved_by, bool(one.archived_at))
        for one in heads
    )
    return MapList(tuple(listed))


def refuse_overlaps(workspace: Workspace, document: Map) -> None:
    """Refuse a map under which events that are really there would belong to two touchpoints."""
    if workspace.store.head.tables.get("events") is None:
        return
    other = workspace.using(document)
    _, _, lens = other.journeys()
    if lens.overlaps and (together := seen(other).together):
        worst = max(together, key=lambda part: part.events)
        named = ", ".join(f"{column} {value!r}" for column, value in worst.values.items())
        raise TropaError(
            f"The map binds one event to two touchpoints: {worst.first!r} and {worst.second!r} both bind {named}"
            f" ({worst.events:,} events).",
            "Narrow the `when` of one of them.",
            kind="map",
        )


@dataclass(frozen=True, slots=True)
class CheckedMap:
    """What does not fit, and the same in sentences, the gravest first."""

    fits: bool
    sentences: tuple[str, ...]
    check: MapCheck


def check_map(workspace: Workspace, file: Path | None = None, map_id: str | None = None) -> CheckedMap:
    """Lay the workspace's living map, another one of it, or that of a file, over the data.

    Raises:
        TropaError: when there is no map or no data.
    """
    if file is not None:
        workspace = workspace.using(read_map_file(file)[1])
    elif map_id is not None:
        workspace = workspace.using(workspace.book.open(map_id).map)
    document = workspace.map()
    if document is None:
        raise no_map(workspace)
    checked = check(document, seen(workspace))
    return CheckedMap(checked.fits, checked.sentences, checked)


def propose_map(workspace: Workspace) -> str:
    """A first map drawn from the data alone, as YAML.

    Raises:
        TropaError: when there is no data.
    """
    document = workspace.map()
    unit = natural_unit(workspace) if document is None else document.unit
    return propose(observed(workspace, unit), name=workspace.settings.name, unit=unit).text


def no_map(workspace: Workspace) -> TropaError:
    typed = f"Draw one: tropa map {workspace.folder} propose."
    return TropaError("The workspace has no map.", "Draw one, or take a ready one.", "map", typed)


def export_map(workspace: Workspace, map_id: str | None = None) -> bytes:
    """A map as `map.yaml`, the living one where none is named: the author's own text to the byte, as far as it is one.

    Raises:
        TropaError: (map) the workspace has no map; (not_found) no such map.
    """
    version = workspace.map_version() if map_id is None else workspace.documents.maps.version(map_id)
    if version is None:
        raise no_map(workspace)
    if version.format == "yaml":
        return version.text.encode("utf-8")
    return render_map(workspace.book.open(version.map_id, version.version).map).encode("utf-8")
