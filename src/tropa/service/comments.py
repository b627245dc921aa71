"""Routes of comments on maps."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from tropa.cx.map_change_form import OnMap, OnStage, OnTouchpoint
from tropa.cx.map_keys import MAX_NAME, clean_name
from tropa.service.answers import answer, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.map_forms import MAX_VERSION, MapId
from tropa.service.who import needs, person_of
from tropa.store.documents.comments import Comment, Level, Thread
from tropa.workspace.comments import MAX_TEXT, add_comment, threads_calling

router = APIRouter(prefix="/api", tags=["comments"])
_READ, _EDIT = [Depends(needs("read"))], [Depends(needs("edit"))]
On = OnMap | OnStage | OnTouchpoint
Number = Annotated[int, Path(ge=1, le=MAX_VERSION, description="of a comment")]


class NewComment(BaseModel):
    """A comment on a place of the map; an answer names the comment that it answers and needs no place.

    `lane` is the key of the lane where it is about one cell.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"on": {"touchpoint": "Upload"}, "lane": "pains", "text": "@Anna did we hear it in May too?"},
                {"reply_to": 1, "text": "Yes, from three of eight."},
            ]
        },
    )

    on: On | None = None
    lane: Annotated[str, Field(max_length=MAX_NAME)] = ""
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    reply_to: Annotated[int | None, Field(ge=1, le=MAX_VERSION)] = None


def place_of(on: On) -> tuple[Level, str]:
    """Level and name of a place."""
    if isinstance(on, OnStage):
        return "stage", clean_name(on.stage)
    return ("touchpoint", clean_name(on.touchpoint)) if isinstance(on, OnTouchpoint) else ("map", "")


@router.get(
    "/maps/{map_id}/comments",
    response_model=list[Thread],
    responses=RESPONSES,
    operation_id="comments",
    dependencies=_READ,
)
def get_comments(request: Request, map_id: MapId) -> Response:
    """Threads of a map, resolved ones too, the oldest first."""
    documents = workspace_of(request).documents
    documents.maps.head(map_id)
    return answer(request, documents.comments.threads(map_id))


@router.post(
    "/maps/{map_id}/comments",
    response_model=Comment,
    responses=RESPONSES,
    operation_id="addComment",
    dependencies=_EDIT,
)
def post_comment(request: Request, map_id: MapId, given: NewComment) -> Response:
    """Say something about a cell, a stage, a touchpoint or the whole map; @name calls somebody."""
    place = None if given.on is None else place_of(given.on)
    author = person_of(request).name
    lane = clean_name(given.lane)
    return answer(request, add_comment(workspace_of(request), map_id, place, lane, given.text, author, given.reply_to))


@router.post(
    "/maps/{map_id}/comments/{number}/resolve",
    response_model=Comment,
    responses=RESPONSES,
    operation_id="resolveComment",
    dependencies=_EDIT,
)
def resolve_comment(request: Request, map_id: MapId, number: Number) -> Response:
    """Mark a thread as done; it stays to be read."""
    comments = workspace_of(request).documents.comments
    return answer(request, comments.resolve(map_id, number, person_of(request).name))


@router.post(
    "/maps/{map_id}/comments/{number}/reopen",
    response_model=Comment,
    responses=RESPONSES,
    operation_id="reopenComment",
    dependencies=_EDIT,
)
def reopen_comment(request: Request, map_id: MapId, number: Number) -> Response:
    """Open a thread again."""
    return answer(request, workspace_of(request).documents.comments.resolve(map_id, number, None))


@router.get("/mentions", response_model=list[Thread], operation_id="mentions", dependencies=_READ)
def get_mentions(request: Request) -> Response:
    """Open threads, on any map, in which the one who asks is called by @name."""
    return answer(request, threads_calling(workspace_of(request), person_of(request).name))
