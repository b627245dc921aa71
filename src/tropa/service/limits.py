"""Bodies of requests: refused by their length before they are read, and unread where nobody known sends them."""

from __future__ import annotations

import re
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tropa.errors import TropaError
from tropa.service.errors import RESPONSES, STATUS, ErrorAnswer
from tropa.service.who import SAFE, is_open, person_of
from tropa.workspace.research import MAX_PHOTO
from tropa.workspace.research_files import MAX_FILE

MAX_JSON = 8 * 1024 * 1024
_AROUND_FILE = 1024 * 1024
"""Bytes that a form has beside its file."""
_LIMITS: tuple[tuple[re.Pattern[str], int | None], ...] = (
    # Read piece by piece, and no more of it than was announced.
    (re.compile(r"/api/uploads/[^/]+/content"), None),
    (re.compile(r"/api/research/import"), MAX_FILE + _AROUND_FILE),
    (re.compile(r"/api/research/photos"), MAX_PHOTO + _AROUND_FILE),
)


class Limits:
    """Stands before the routes: they read a body as a whole before they ask anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        limit = _limit_of(scope["path"])
        announced = request.headers.get("content-length", "")
        length = int(announced) if announced.isdecimal() else 0
        if limit is not None and length > limit:
            await _refuse(_too_large(limit), 413, scope, receive, send, length)
            return
        if not is_open(request.app, scope["method"], scope["path"]):
            try:
                await run_in_threadpool(person_of, request)
            except TropaError as error:
                await _refuse(error, STATUS[error.kind], scope, receive, send, length)
                return
        await self._app(scope, receive if limit is None else _counted(receive, limit), send)


def tell(document: dict[str, Any]) -> None:
    """Write into an OpenAPI document what is refused before any route is asked: bodies too large, and nobody known."""
    shape = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorAnswer.__name__}"}}}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            said = {"401": RESPONSES[401], "403": RESPONSES[403]} if "security" in operation else {}
            if "requestBody" in operation and _limit_of(path) is not None:
                said["413"] = {"description": "The body is too large."}
            for status, one in said.items():
                operation["responses"].setdefault(status, {"description": one["description"], "content": shape})


def _limit_of(path: str) -> int | None:
    return next((limit for pattern, limit in _LIMITS if pattern.fullmatch(path)), MAX_JSON)


def _too_large(limit: int) -> TropaError:
    return TropaError(f"The request is larger than {limit:,} bytes.", "Send less at once.", kind="usage")


def _counted(receive: Receive, limit: int) -> Receive:
    """Bodies that do not say how long they are."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise HTTPException(413, _too_large(limit).message)
        return message

    return counted


async def _refuse(error: TropaError, status: int, scope: Scope, receive: Receive, send: Send, length: int) -> None:
    """Answer. A small body is let run out first: browsers do not see an answer that comes before they have sent it."""
    rest = length if length <= _AROUND_FILE else 0
    while rest > 0:
        message = await receive()
        rest -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            break
    await JSONResponse(error.as_dict(), status, headers={"Connection": "close"})(scope, receive, send)
