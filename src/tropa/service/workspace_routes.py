"""Routes of the workspace and its living map."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from tropa.contract.filters import Filters
from tropa.service.address import in_address
from tropa.service.answers import answer, as_written, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.map_forms import MAX_VERSION
from tropa.service.maps import seen_through
from tropa.service.who import needs
from tropa.workspace.describe import Description, describe
from tropa.workspace.living_map import LivingMap, living_map

router = APIRouter(prefix="/api", tags=["workspace"], dependencies=[Depends(needs("read"))])


class LivingMapParams(Filters):
    """Filters, and the map to lay reality over: its id, and a version of it."""

    map: str | None = Field(None, max_length=40, description="id of a map; the living one where none is named")
    version: int | None = Field(None, ge=1, le=MAX_VERSION, description="a version of it; the newest by default")


_Params: Any = in_address(LivingMapParams)


@router.get("/workspace", response_model=Description, operation_id="workspace")
def get_workspace(request: Request) -> Response:
    """Size, period, attributes and channels of the workspace."""
    return answer(request, describe(workspace_of(request)))


@router.get("/living-map", response_model=LivingMap, responses=RESPONSES, operation_id="livingMap")
def get_living_map(request: Request, params: Annotated[_Params, Query()]) -> Response:
    """The map and what really happened, in one answer; the living map where none is named."""
    workspace = seen_through(workspace_of(request), params.map, params.version)
    filters = Filters.model_validate(params.model_dump(exclude={"map", "version"}, exclude_unset=True))
    # Its numbers come masked out of the workspace; its map is a document of authors.
    return as_written(living_map(workspace, filters))
