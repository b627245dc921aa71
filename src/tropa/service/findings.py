"""The route of the findings: what is wrong in the journey, and what it costs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from tropa.findings.finding import Findings
from tropa.service.address import in_address, on_map, without_map
from tropa.service.answers import answer, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.maps import seen_through
from tropa.service.who import needs
from tropa.workspace.find import FindParams

router = APIRouter(prefix="/api", tags=["findings"], dependencies=[Depends(needs("read"))])
_Params: Any = in_address(on_map(FindParams))


@router.get("/findings", response_model=Findings, responses=RESPONSES, operation_id="findings")
def get_findings(request: Request, params: Annotated[_Params, Query()]) -> Response:
    """What is wrong in the journey, why, and what it costs; what costs most comes first."""
    workspace = seen_through(workspace_of(request), params.map)
    return answer(request, workspace.find(without_map(FindParams, params)))
