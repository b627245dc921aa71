"""Dataclasses straight to JSON bytes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from pydantic_core import to_json

from tropa.service.who import known_person
from tropa.workspace.masking import MaskedWorkspace, Masking
from tropa.workspace.workspace import Workspace


def workspace_of(request: Request) -> Workspace:
    """The workspace as the one who asks may see it: without the right to personal data, its answers are masked."""
    plain: Workspace = request.app.state.workspace
    person = known_person(request)
    return plain if person is not None and person.may("analyse") else masked_workspace(request.app)


def masked_workspace(app: FastAPI) -> MaskedWorkspace:
    """The workspace as those see it who may not see personal data."""
    plain: Workspace = app.state.workspace
    if not hasattr(app.state, "masking"):
        app.state.masking = Masking(plain.documents.people.secret("masking")), {}
    return MaskedWorkspace(plain, *app.state.masking)


def answer(request: Request, value: Any) -> Response:
    """The value as JSON, as the one who asks may see it; the shape is declared with the route.

    The one way out of a route: masking what is masked already changes nothing.
    """
    workspace = workspace_of(request)
    return as_written(workspace.shown(value) if isinstance(workspace, MaskedWorkspace) else value)


def as_written(value: Any) -> Response:
    """As JSON, whoever asks: documents that people write on maps, which would be saved masked over what was written."""
    return Response(to_json(value, inf_nan_mode="null"), media_type="application/json")
