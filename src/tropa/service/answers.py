"""Dataclasses straight to JSON bytes."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from pydantic_core import to_json

from tropa.workspace.workspace import Workspace


def workspace_of(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


def answer(value: Any) -> Response:
    """The value as JSON; the shape is declared with the route."""
    return Response(to_json(value, inf_nan_mode="null"), media_type="application/json")
