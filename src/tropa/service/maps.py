"""Routes of maps: the list, the document, its versions, changes of several people at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from tropa.cx.lanes import DEFAULT_KIND
from tropa.cx.map_difference import Difference
from tropa.cx.map_file import parse_map
from tropa.errors import TropaError
from tropa.service.answers import answer, as_written, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.map_forms import (
    MAX_VERSION,
    TERMS,
    Changes,
    ChangesAnswer,
    Convert,
    Duplicate,
    Label,
    ListedMap,
    MapAnswer,
    MapId,
    NewMap,
    Number,
    Restore,
    Rule,
    Terms,
    map_answer,
)
from tropa.service.who import needs, open_to_all, person_of
from tropa.store.documents.map_records import MapHead, VersionInfo
from tropa.workspace.bindings import Counted, Occurrences, count, occurrences
from tropa.workspace.map_book import MapBook
from tropa.workspace.map_opened import Opened
from tropa.workspace.workspace import Workspace

router = APIRouter(prefix="/api", tags=["maps"])
_READ, _EDIT = [Depends(needs("read"))], [Depends(needs("edit"))]
_VersionQuery = Annotated[int | None, Query(ge=1, le=MAX_VERSION)]
_MapQuery = Annotated[str | None, Query(alias="map", max_length=40, description="the living map where none is named")]


def seen_through(workspace: Workspace, map_id: str | None, version: int | None = None) -> Workspace:
    """The workspace through one of its maps, or as it is where none is named."""
    if map_id is None and version is None:
        return workspace
    if map_id is None:
        live = workspace.documents.maps.live()
        if live is None:
            raise TropaError("The workspace has no living map.", "Name a map.", kind="not_found")
        map_id = live.id
    return workspace.using(workspace.book.open(map_id, version).map)


def _book(request: Request) -> MapBook:
    return workspace_of(request).book


def _told(request: Request, opened: Opened) -> Response:
    head = workspace_of(request).documents.maps.head(opened.version.map_id)
    return as_written(map_answer(head, opened))


@router.get("/lanes", response_model=Terms, operation_id="lanes", dependencies=[Depends(open_to_all)])
def get_lanes() -> Response:
    """Lanes, kinds of map, research questions and other terms, with their titles in Russian and English."""
    return as_written(TERMS)


@router.get("/maps", response_model=list[ListedMap], operation_id="maps", dependencies=_READ)
def get_maps(request: Request) -> Response:
    """All maps, archived ones too: the living one first, then the newest."""
    book = _book(request)
    listed = []
    for head in workspace_of(request).documents.maps.heads():
        size = book.size(head)
        listed.append(ListedMap(**asdict(head), **(asdict(size) if size else {})))
    return as_written(listed)


@router.post("/maps", response_model=MapAnswer, responses=RESPONSES, operation_id="makeMap", dependencies=_EDIT)
def make_map(request: Request, given: NewMap) -> Response:
    """Keep a new map: a document, a text in YAML, or an empty one by its name."""
    author = person_of(request).name
    if given.document is not None and given.yaml is not None:
        raise TropaError("Both a document and a YAML text were given.", "Give one of them.", kind="usage")
    if given.yaml is not None and given.name is None and given.kind is None:
        return _told(request, _book(request).take_in(given.yaml, None, author, live=given.live))
    document: dict[str, Any] = {"map": "", "unit": "customer", "kind": DEFAULT_KIND, "stages": []}
    if given.yaml is not None:
        document = dict(parse_map(given.yaml).raw)
    elif given.document is not None:
        document = {"stages": [], **given.document}
    named = {"map": given.name, "kind": given.kind}
    document |= {key: value for key, value in named.items() if value is not None}
    return _told(request, _book(request).create(document, author, live=given.live))


@router.get("/maps/{map_id}", response_model=MapAnswer, responses=RESPONSES, operation_id="getMap", dependencies=_READ)
def get_map(request: Request, map_id: MapId, since: _VersionQuery = None) -> Response:
    """The newest version; `unchanged` and without its document where it is the one of `since`."""
    head = workspace_of(request).documents.maps.head(map_id)
    return as_written(map_answer(head, _book(request).open(map_id, head.latest), unchanged=since == head.latest))


@router.post(
    "/maps/{map_id}/changes",
    response_model=ChangesAnswer,
    responses=RESPONSES,
    operation_id="changeMap",
    dependencies=_EDIT,
)
def change_map(request: Request, map_id: MapId, given: Changes) -> Response:
    """Apply changes made on an older version: what others did meanwhile stays, and what cannot be applied comes back.

    After a lost answer, send the same `batch` again: it is applied once.
    """
    by = person_of(request).name
    changed = _book(request).change(map_id, given.base_version, given.changes, by, given.batch, given.mine)
    told = {
        "version": changed.opened.version.version,
        "applied": changed.applied,
        "conflicts": changed.conflicts,
        "document": changed.opened.document,
    }
    return as_written(told)


@router.get(
    "/maps/{map_id}/versions",
    response_model=list[VersionInfo],
    responses=RESPONSES,
    operation_id="mapVersions",
    dependencies=_READ,
)
def get_versions(request: Request, map_id: MapId) -> Response:
    """All versions, the newest first: who saved it, when, and what changed in figures."""
    return as_written(workspace_of(request).documents.maps.versions(map_id))


@router.get(
    "/maps/{map_id}/versions/{number}",
    response_model=MapAnswer,
    responses=RESPONSES,
    operation_id="mapVersion",
    dependencies=_READ,
)
def get_version(request: Request, map_id: MapId, number: Number) -> Response:
    """One version as it was."""
    return _told(request, _book(request).open(map_id, number))


@router.post(
    "/maps/{map_id}/versions/{number}/label",
    response_model=VersionInfo,
    responses=RESPONSES,
    operation_id="labelVersion",
    dependencies=_EDIT,
)
def label_version(request: Request, map_id: MapId, number: Number, given: Label) -> Response:
    """Name a version, so that it is found again."""
    label = " ".join((given.label or "").split()) or None
    return as_written(workspace_of(request).documents.maps.label(map_id, number, label))


@router.post(
    "/maps/{map_id}/restore",
    response_model=MapAnswer,
    responses=RESPONSES,
    operation_id="restoreMap",
    dependencies=_EDIT,
)
def restore_map(request: Request, map_id: MapId, given: Restore) -> Response:
    """Make an older version the newest one; nothing in between is lost."""
    return _told(request, _book(request).restore(map_id, given.version, person_of(request).name))


@router.get(
    "/maps/{map_id}/difference",
    response_model=Difference,
    responses=RESPONSES,
    operation_id="mapDifference",
    dependencies=_READ,
)
def get_difference(
    request: Request,
    map_id: MapId,
    one: _VersionQuery = None,
    other: _VersionQuery = None,
    other_map: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """What differs from version `one` to version `other`, of this map or of another; the newest where none is named."""
    return as_written(_book(request).compared((map_id, one), (other_map or map_id, other)))


@router.post(
    "/maps/{map_id}/archive", response_model=MapHead, responses=RESPONSES, operation_id="archiveMap", dependencies=_EDIT
)
def archive_map(request: Request, map_id: MapId) -> Response:
    """Put a map away; nothing of it is lost."""
    return as_written(workspace_of(request).documents.maps.archive(map_id, True))


@router.post(
    "/maps/{map_id}/unarchive",
    response_model=MapHead,
    responses=RESPONSES,
    operation_id="unarchiveMap",
    dependencies=_EDIT,
)
def unarchive_map(request: Request, map_id: MapId) -> Response:
    """Take a map back out of the archive."""
    return as_written(workspace_of(request).documents.maps.archive(map_id, False))


@router.post(
    "/maps/{map_id}/live", response_model=MapHead, responses=RESPONSES, operation_id="makeMapLive", dependencies=_EDIT
)
def make_map_live(request: Request, map_id: MapId) -> Response:
    """Make it the living map of the workspace: the one that analyses and the command line use."""
    return as_written(workspace_of(request).documents.maps.make_live(map_id))


@router.post(
    "/maps/{map_id}/duplicate",
    response_model=MapAnswer,
    responses=RESPONSES,
    operation_id="duplicateMap",
    dependencies=_EDIT,
)
def duplicate_map(request: Request, map_id: MapId, given: Duplicate) -> Response:
    """Keep a copy as a map of its own."""
    return _told(request, _book(request).duplicate(map_id, given.name, person_of(request).name))


@router.post(
    "/maps/{map_id}/convert",
    response_model=MapAnswer,
    responses=RESPONSES,
    operation_id="convertMap",
    dependencies=_EDIT,
)
def convert_map(request: Request, map_id: MapId, given: Convert) -> Response:
    """Make it a map of another kind: other lanes show by themselves, nothing that was written is lost."""
    return _told(request, _book(request).convert(map_id, given.kind, person_of(request).name))


@router.post("/maps/count", response_model=Counted, responses=RESPONSES, operation_id="countRule", dependencies=_READ)
def count_rule(request: Request, given: Rule) -> Response:
    """How many events and journeys a rule would bind, and which touchpoints have some of them already."""
    return answer(request, count(seen_through(workspace_of(request), given.map), given.when, given.touchpoint))


@router.get(
    "/occurrences", response_model=Occurrences, responses=RESPONSES, operation_id="occurrences", dependencies=_READ
)
def get_occurrences(request: Request, map_: _MapQuery = None) -> Response:
    """What was really seen: each activity in each channel with its events, and the touchpoints that bind it."""
    return answer(request, occurrences(seen_through(workspace_of(request), map_)))
