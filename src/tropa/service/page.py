"""The built web application, served from the package."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from tropa.service.who import open_to_all

STATIC = Path(__file__).resolve().parent / "static"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
FRESH = {"Cache-Control": "no-cache"}
PACKED = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}


def _file_of(path: str) -> Path | None:
    """The file that an address asks for, None where there is none.

    Raises:
        HTTPException: (404) for an address that no file can have.
    """
    try:
        file = (STATIC / path).resolve()
        return file if path and file.is_relative_to(STATIC) and file.is_file() else None
    except (ValueError, OSError):  # a zero character, a name longer than the system knows
        raise HTTPException(404, "no such page") from None


def _takes_gzip(request: Request) -> bool:
    """Whether the client takes gzip (RFC 9110, 12.5.3); a weight of zero refuses it."""
    for part in ",".join(request.headers.getlist("accept-encoding")).split(","):
        coding, _, weight = part.replace(" ", "").partition(";q=")
        if coding.lower() == "gzip":
            return weight.strip("0.") != "" or not weight
    return False


def mount(app: FastAPI) -> None:
    """Serve files of the application; every other address that is not /api is the page itself."""

    @app.api_route(
        "/{path:path}", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[Depends(open_to_all)]
    )
    def get_page(path: str, request: Request) -> Response:
        if path == "api" or path.startswith("api/"):
            if request.method == "HEAD":
                raise HTTPException(405, "only GET is answered", headers={"Allow": "GET"})
            raise HTTPException(404, "no such route")
        file = _file_of(path)
        if file is not None:
            headers = FOREVER if path.startswith("assets/") else FRESH
            twin = file.with_name(f"{file.name}.gz")
            if _takes_gzip(request) and twin.is_file():
                kind = mimetypes.guess_type(file.name)[0]
                return FileResponse(twin, headers=headers | PACKED, media_type=kind)
            return FileResponse(file, headers=headers)
        index = STATIC / "index.html"
        if not index.is_file():
            return PlainTextResponse("The web application is not built. Run `make setup`.", 503)
        return FileResponse(index, headers=FRESH)
