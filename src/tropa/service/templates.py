"""Routes of ready maps, and of the map proposed from the data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from tropa.service.answers import answer, as_written, workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.who import needs
from tropa.templates import Template, all_templates, find_template
from tropa.workspace.templates import Laid, Proposed, bound_document, lay, proposed

router = APIRouter(prefix="/api", tags=["templates"])
_READ = [Depends(needs("read"))]
Language = Annotated[Literal["ru", "en"] | None, Query(description="the workspace's language where not given")]


class TemplateSummary(BaseModel):
    slug: str
    name: str
    about: str
    stages: list[str]
    touchpoints: int
    moments_of_truth: int
    promises: int


class TemplateWhole(TemplateSummary):
    """`document`: the map, as `map.yaml` has it."""

    document: dict[str, Any]


class Binding(BaseModel):
    """Touchpoint -> activities of the data; `goals` and `name` as in the template where not given."""

    bound: Annotated[dict[str, list[str]], Field(examples=[{"Payment": ["order_paid"]}])] = {}
    goals: list[str] | None = None
    name: Annotated[str | None, Field(max_length=500)] = None


class BoundDocument(BaseModel):
    document: dict[str, Any]


def _language(request: Request, language: str | None) -> Literal["ru", "en"]:
    return "ru" if (language or workspace_of(request).settings.language) == "ru" else "en"


def _summary(template: Template) -> dict[str, Any]:
    touchpoints = [one for stage in template.document["stages"] for one in stage["touchpoints"]]
    promised = ("within", "score", "failures")
    return {
        "slug": template.slug,
        "name": template.name,
        "about": template.about,
        "stages": list(template.stages),
        "touchpoints": len(touchpoints),
        "moments_of_truth": sum(bool(one.get("moment_of_truth")) for one in touchpoints),
        "promises": sum(key in one.get("expects", {}) for one in touchpoints for key in promised),
    }


@router.get("/templates", response_model=list[TemplateSummary], operation_id="templates", dependencies=_READ)
def get_templates(request: Request, language: Language = None) -> Response:
    """Ready maps to begin with."""
    return as_written([_summary(template) for template in all_templates(_language(request, language))])


@router.get(
    "/templates/{slug}", response_model=TemplateWhole, responses=RESPONSES, operation_id="template", dependencies=_READ
)
def get_template(request: Request, slug: str, language: Language = None) -> Response:
    """One ready map, whole."""
    template = find_template(slug, _language(request, language))
    return as_written({**_summary(template), "document": template.document})


@router.get(
    "/templates/{slug}/match",
    response_model=Laid,
    responses=RESPONSES,
    operation_id="matchTemplate",
    dependencies=_READ,
)
def get_match(request: Request, slug: str, language: Language = None) -> Response:
    """Which activities of the data most likely belong to which of its touchpoints."""
    return answer(request, lay(workspace_of(request), find_template(slug, _language(request, language))))


@router.post(
    "/templates/{slug}/document",
    response_model=BoundDocument,
    responses=RESPONSES,
    operation_id="bindTemplate",
    dependencies=[Depends(needs("edit"))],
)
def post_document(request: Request, slug: str, binding: Binding, language: Language = None) -> Response:
    """The ready map with its touchpoints bound; to be saved as a map."""
    template = find_template(slug, _language(request, language))
    document = bound_document(workspace_of(request), template, binding.bound, binding.goals, binding.name)
    return as_written({"document": document})


@router.get("/proposal", response_model=Proposed, responses=RESPONSES, operation_id="proposal", dependencies=_READ)
def get_proposal(request: Request) -> Response:
    """A first map drawn from the data alone; nothing is saved."""
    return as_written(proposed(workspace_of(request)))
