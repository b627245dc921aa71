"""The route of the findings: what is wrong in the journey, and what it costs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from tropa.contract.filters import Filters
from tropa.findings.finding import Findings
from tropa.service.address import in_address
from tropa.service.answers import answer, workspace_of
from tropa.service.errors import RESPONSES


class FindParams(Filters):
    all: bool = Field(False, description="also what was tested and found harmless, or could not be told")
    language: Literal["ru", "en"] | None = Field(
        None, description="the language of the sentences; that of the workspace where this does not say it"
    )


router = APIRouter(prefix="/api", tags=["findings"])
_Params: Any = in_address(FindParams)


@router.get("/findings", response_model=Findings, responses=RESPONSES, operation_id="findings")
def get_findings(request: Request, params: Annotated[_Params, Query()]) -> Response:
    """What is wrong in the journey, why, and what it costs; what costs most comes first."""
    workspace: Any = workspace_of(request)
    return answer(workspace.find(params))
