"""A route for every analysis, derived from the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, create_model

from tropa.analyses import REGISTRY
from tropa.contract.analysis import Analysis
from tropa.service.address import in_address, on_map, without_map
from tropa.service.answers import answer, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.maps import seen_through
from tropa.service.who import needs
from tropa.workspace.compare import Comparison
from tropa.workspace.warned import warnings_of

FOR_READERS = frozenset({
    "bottlenecks", "coverage", "flow", "gaps", "journey", "moments_of_truth", "overview", "single_cases", "touchpoint",
    "touchpoints", "transitions", "voice",
})  # fmt: skip
"""What is shown on the map and beside findings. The others are asked by exploring, which is for analysts."""


class AnalysisInfo(BaseModel):
    slug: str
    question: str
    question_ru: str


def router() -> APIRouter:
    """Routes for the list and for each analysis."""
    routes = APIRouter(prefix="/api/analyses", tags=["analyses"])

    @routes.get("", operation_id="analyses", dependencies=[Depends(needs("read"))])
    def get_analyses() -> list[AnalysisInfo]:
        """All analyses and the questions that they answer."""
        return [AnalysisInfo(slug=a.slug, question=a.question, question_ru=a.question_ru) for a in REGISTRY]

    for analysis in REGISTRY:
        routes.add_api_route(
            f"/{analysis.slug}",
            _endpoint(analysis),
            methods=["GET"],
            response_model=_envelope(analysis),
            responses=RESPONSES,
            operation_id=analysis.slug,
            dependencies=[Depends(needs("read" if analysis.slug in FOR_READERS else "analyse"))],
            summary=analysis.question,
        )
    return routes


def _endpoint(analysis: Analysis[Any, Any]) -> Callable[..., Response]:
    def ask(request: Request, params: Any) -> Response:
        workspace = seen_through(workspace_of(request), params.map)
        asked = without_map(analysis.params, params)
        told = workspace.answer(analysis, asked)
        if told.warnings and request.headers.get("accept-language", "").lower().startswith("ru"):
            _, manifest, lens = workspace.journeys(asked.unit)
            told = replace(told, warnings=warnings_of(lens, manifest, "ru"))
        return answer(request, told)

    ask.__annotations__["params"] = Annotated[in_address(on_map(analysis.params)), Query()]
    ask.__doc__ = analysis.question
    return ask


def _envelope(analysis: Analysis[Any, Any]) -> type[BaseModel]:
    result: Any = analysis.result | Comparison
    return create_model(
        f"{analysis.result.__name__}Answer",
        analysis=(str, ...),
        params=(dict[str, Any], ...),
        journeys=(int, ...),
        events=(int, ...),
        seconds=(float, ...),
        warnings=(tuple[str, ...], ...),
        result=(result, ...),
    )
