"""The service: the HTTP interface and the web application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from tropa.service import (
    analyses,
    comments,
    errors,
    exports,
    findings,
    limits,
    maps,
    page,
    people,
    research,
    settings,
    shares,
    templates,
    uploads,
    who,
    workspace_routes,
)
from tropa.workspace.workspace import Workspace

DESCRIPTION = "Everything that the living map shows, and every analysis. Errors have one shape: kind, message, hint."


class _Service(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            limits.tell(super().openapi())
        return super().openapi()


def create_app(folder: Path | str) -> FastAPI:
    """The service over one workspace.

    Raises:
        TropaError: when the folder is no workspace.
    """
    from importlib.metadata import version

    app = _Service(
        title="Tropa",
        version=version("tropa"),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(who.guard)],
    )
    app.state.workspace = Workspace(folder)
    app.add_middleware(limits.Limits)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(who.Headers)
    errors.register(app)
    app.include_router(workspace_routes.router)
    app.include_router(maps.router)
    app.include_router(comments.router)
    app.include_router(research.router)
    app.include_router(findings.router)
    app.include_router(exports.router)
    app.include_router(analyses.router())
    app.include_router(settings.router)
    app.include_router(templates.router)
    app.include_router(uploads.router)
    app.include_router(people.router)
    app.include_router(shares.router)
    page.mount(app)
    return app
