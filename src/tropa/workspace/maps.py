"""Maps of a workspace: taken in, given out, proposed from the data, checked against it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tropa.cx.map import Map
from tropa.cx.map_file import parse_map
from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace, overlap_warnings


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
        raise TropaError(f"{file} cannot be read: {error.strerror}.", "Give the path of a map.yaml.") from None
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
    lens = workspace.lens_of(document)
    if lens is not None and lens.overlaps:
        raise TropaError(
            f"The map binds one event to two touchpoints: {overlap_warnings(lens)[0]}",
            kind="map",
        )


def export_map(workspace: Workspace) -> bytes:
    """The author's own text, to the byte."""
    version = workspace.map_version()
    if version is None:
        raise TropaError(
            "The workspace has no map.", f"Draw one: tropa map {workspace.folder} propose.", kind="map"
        )
    return version.text.encode("utf-8")
