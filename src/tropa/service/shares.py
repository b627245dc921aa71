"""Routes of links by which one map can be read without an account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from tropa.service.answers import workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.who import needs, open_to_all, person_of
from tropa.store.documents.shares import Share
from tropa.workspace.shares import SharedMap, SharedMaps
from tropa.workspace.workspace import Workspace

router = APIRouter(prefix="/api", tags=["shares"])
_OWN = [Depends(needs("own"))]
MAX_DAYS = 3650


class NewShare(BaseModel):
    """`map`: the living one where none is named.

    `snapshot`: the map is shown as it is now, for ever, numbers too; else the link follows the map. `version`: of a
    snapshot; the newest where none is named.

    `days`: after which the link closes by itself; none: never.
    """

    map: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    snapshot: bool = False
    version: Annotated[int | None, Field(ge=1, lt=1 << 31)] = None
    numbers: bool = False
    days: Annotated[int | None, Field(ge=1, le=MAX_DAYS)] = 30
    note: Annotated[str, Field(max_length=200, description="whom the link is for")] = ""


class Shared(BaseModel):
    """The token is told only here: the link is /s/TOKEN."""

    share: Share
    token: str


def _shared_maps(request: Request) -> SharedMaps:
    state = request.app.state
    if not hasattr(state, "shared_maps"):
        plain: Workspace = state.workspace
        state.shared_maps = SharedMaps(plain)
    shared: SharedMaps = state.shared_maps
    return shared


@router.get("/shares", responses=RESPONSES, operation_id="getShares", dependencies=_OWN)
def get_shares(request: Request, map_: Annotated[str | None, Query(alias="map", max_length=100)] = None) -> list[Share]:
    """Links of a map, or of all maps; closed ones too."""
    return workspace_of(request).documents.shares.all(map_)


@router.post("/shares", responses=RESPONSES, operation_id="makeShare", dependencies=_OWN)
def make_share(request: Request, given: NewShare) -> Shared:
    """Make a link by which a map can be read without an account."""
    share, token = _shared_maps(request).make(
        given.map,
        person_of(request).name,
        snapshot=given.snapshot,
        version=given.version,
        numbers=given.numbers,
        days=given.days,
        note=" ".join(given.note.split()),
    )
    return Shared(share=share, token=token)


@router.delete("/shares/{share}", responses=RESPONSES, operation_id="revokeShare", dependencies=_OWN)
def revoke_share(request: Request, share: Annotated[str, Path(max_length=40)]) -> Share:
    """Close a link for good."""
    return workspace_of(request).documents.shares.revoke(share)


@router.get(
    "/shared/{token}",
    response_model=SharedMap,
    responses=RESPONSES,
    operation_id="getShared",
    dependencies=[Depends(open_to_all)],
)
def get_shared(request: Request, token: Annotated[str, Path(max_length=200)]) -> Response:
    """What a link shows."""
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(_shared_maps(request).open(token), media_type="application/json", headers=headers)
