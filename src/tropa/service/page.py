"""The built web application, served from the package."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
FRESH = {"Cache-Control": "no-cache"}


def mount(app: FastAPI) -> None:
    """Serve files of the application; every other address that is not /api is the page itself."""

    @app.get("/{path:path}", include_in_schema=False)
    def get_page(path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            from starlette.exceptions import HTTPException

            raise HTTPException(404, "no such route")
        file = (STATIC / path).resolve()
        if path and file.is_relative_to(STATIC) and file.is_file():
            return FileResponse(file, headers=FOREVER if path.startswith("assets/") else FRESH)
        index = STATIC / "index.html"
        if not index.is_file():
            return PlainTextResponse("The web application is not built. Run `make setup`.", 503)
        return FileResponse(index, headers=FRESH)
