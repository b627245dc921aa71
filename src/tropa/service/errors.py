"""One JSON shape for every error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from tropa.errors import Kind, TropaError, system_error

STATUS: dict[Kind, int] = {
    "usage": 422,
    "not_found": 404,
    "no_data": 409,
    "data": 409,
    "map": 409,
    "workspace": 409,
    "conflict": 409,
    "signin": 401,
    "forbidden": 403,
    "throttled": 429,
}


class ErrorBody(BaseModel):
    kind: Kind
    message: str
    hint: str


class ErrorAnswer(BaseModel):
    """What, where and the mend."""

    error: ErrorBody


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": text}
    for status, text in (
        (401, "Sign in first."),
        (403, "Your role may not do this."),
        (404, "There is no such thing."),
        (409, "The data, the map or the workspace cannot answer this."),
        (422, "A parameter is wrong."),
    )
}
THROTTLED: dict[int | str, dict[str, Any]] = {
    429: {"model": ErrorAnswer, "description": "Too many attempts, or too many at once: wait."}
}


def without_folder(error: TropaError, folder: Path) -> TropaError:
    """The same with no word of where on the machine the workspace lies: files in it are named from there."""
    return TropaError(_from_inside(error.message, folder), _from_inside(error.hint, folder), error.kind)


def _from_inside(text: str, folder: Path) -> str:
    for told in sorted({str(folder.resolve()), str(folder.absolute()), str(folder)}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w/.-]){re.escape(told)}/", "", text)
        if told.startswith("/"):
            text = text.replace(told, "the workspace")
    return text


def register(app: FastAPI) -> None:
    """Turn everything that can go wrong into the one shape."""

    def told(error: TropaError) -> dict[str, dict[str, str]]:
        return without_folder(error, app.state.workspace.folder).as_dict()

    @app.exception_handler(TropaError)
    async def _tropa(request: Request, error: TropaError) -> JSONResponse:
        return JSONResponse(told(error), STATUS[error.kind])

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "request"
        wrong = TropaError(f"{where}: {first['msg']}.", "See /api/openapi.json.", kind="usage")
        return JSONResponse(wrong.as_dict(), 422)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:
            # Bytes that are no JSON: as wrong as JSON of another shape.
            said = TropaError("The body of the request cannot be read.", "Send JSON in UTF-8.", kind="usage")
            return JSONResponse(said.as_dict(), 422)
        if error.status_code == 413:
            large = TropaError(error.detail, "Send less at once.", kind="usage")
            return JSONResponse(large.as_dict(), 413, headers={"Connection": "close"})
        kind: Kind = "not_found" if error.status_code == 404 else "usage"
        wrong = TropaError(f"{request.method} {request.url.path}: {error.detail}.", "See /api/openapi.json.", kind)
        return JSONResponse(wrong.as_dict(), error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        """A fault of the program or the machine; the server writes the traceback to its log."""
        if isinstance(error, OSError) and error.strerror:
            wrong = system_error(error)
        else:
            wrong = TropaError(
                f"{request.method} {request.url.path} failed: {type(error).__name__}.",
                "This is a fault of the program: look at the log of the service.",
                kind="workspace",
            )
        return JSONResponse(told(wrong), 500)
