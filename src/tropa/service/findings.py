"""The routes of the findings: what is wrong in the journey, what it costs, and how far looking for it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response

from tropa.findings.finding import Findings
from tropa.service.address import in_address, on_map, without_map
from tropa.service.answers import answer, workspace_of
from tropa.service.behind import behind
from tropa.service.errors import RESPONSES
from tropa.service.maps import seen_through
from tropa.service.who import needs
from tropa.store.derive import JOURNEYS
from tropa.workspace.find import FindParams

router = APIRouter(prefix="/api", tags=["findings"], dependencies=[Depends(needs("read"))])
_Params: Any = in_address(on_map(FindParams))


@router.get("/findings", response_model=Findings, responses=RESPONSES, operation_id="findings")
def get_findings(request: Request, params: Annotated[_Params, Query()]) -> Response:
    """What is wrong in the journey, why, and what it costs; what costs most comes first."""
    workspace = seen_through(workspace_of(request), params.map)
    under_way, key = _under_way(request.app), _key(params)

    def progress(doing: str, done: int, whole: int) -> None:
        if doing != JOURNEYS:  # what comes before the looking, after a load
            under_way[key] = FindingsProgress(doing, done / whole)

    # Deriving is waited for by every page.
    workspace.journeys(params.unit)
    try:
        return answer(request, behind(lambda: workspace.find(without_map(FindParams, params), progress)))
    finally:
        under_way.pop(key, None)


@dataclass(frozen=True, slots=True)
class FindingsProgress:
    """What is being done, in the language of who asked first, and how much of the whole is done.

    Both are null where nothing is under way: the answer is there, or was not asked for.
    """

    doing: str | None
    share: float | None


@router.get("/findings/progress", response_model=FindingsProgress, responses=RESPONSES, operation_id="findingsProgress")
def get_findings_progress(request: Request, params: Annotated[_Params, Query()]) -> Response:
    """How far looking for these findings has come; asked while `findings` with the same parameters is under way."""
    return answer(request, _under_way(request.app).get(_key(params), FindingsProgress(None, None)))


def _key(params: Any) -> str:
    told: str = params.model_dump_json(exclude={"all", "language"})
    return told


def _under_way(app: FastAPI) -> dict[str, FindingsProgress]:
    """What is looked for just now."""
    if not hasattr(app.state, "findings_under_way"):
        app.state.findings_under_way = {}
    told: dict[str, FindingsProgress] = app.state.findings_under_way
    return told
