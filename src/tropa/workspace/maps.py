"""Maps of a workspace: taken in, given out, proposed from the data, checked against it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tropa.cx.check import MapCheck, check
from tropa.cx.map import Map
from tropa.cx.map_file import parse_map
from tropa.cx.propose import propose
from tropa.errors import Kind, TropaError
from tropa.workspace.observe import observed, seen
from tropa.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MapTaken:
    map: str
    version: int
    stages: int
    touchpoints: int
    changed: bool


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


def import_map(workspace: Workspace, file: Path) -> MapTaken:
    """Take a map in as the new version.

    Raises:
        TropaError: when it cannot be read, or binds events that are in the data to two touchpoints at once.
    """
    text, document = read_map_file(file)
    refuse_overlaps(workspace, document)
    current = workspace.map_version()
    changed = current is None or current.text != text
    version = workspace.documents.save_map(text) if current is None or changed else current
    return MapTaken(document.name, version.version, len(document.stages), len(document.touchpoints), changed)


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


def check_map(workspace: Workspace, file: Path | None = None) -> CheckedMap:
    """Lay the workspace's map, or that of a file, over the data.

    Raises:
        TropaError: when there is no map or no data.
    """
    if file is not None:
        workspace = workspace.using(read_map_file(file)[1])
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
    _, _, lens = workspace.journeys()
    return propose(observed(workspace), name=workspace.settings.name, unit=lens.unit).text


def no_map(workspace: Workspace) -> TropaError:
    return TropaError("The workspace has no map.", f"Draw one: tropa map {workspace.folder} propose.", kind="map")


def export_map(workspace: Workspace) -> bytes:
    """The author's own text, to the byte."""
    version = workspace.map_version()
    if version is None:
        raise no_map(workspace)
    return version.text.encode("utf-8")
