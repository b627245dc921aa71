"""Routes of the workspace and its living map."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from tropa.contract.filters import Filters
from tropa.service.address import in_address
from tropa.service.answers import answer, shown_to, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.who import needs
from tropa.workspace.describe import Description, describe
from tropa.workspace.living_map import LivingMap, living_map

router = APIRouter(prefix="/api", tags=["workspace"], dependencies=[Depends(needs("read"))])
_Filters: Any = in_address(Filters)


@router.get("/workspace", response_model=Description, operation_id="workspace")
def get_workspace(request: Request) -> Response:
    """Size, period, attributes and channels of the workspace."""
    return answer(shown_to(request, describe(workspace_of(request))))


@router.get("/living-map", response_model=LivingMap, responses=RESPONSES, operation_id="livingMap")
def get_living_map(request: Request, filters: Annotated[_Filters, Query()]) -> Response:
    """The map and what really happened, in one answer."""
    return answer(living_map(workspace_of(request), filters))
