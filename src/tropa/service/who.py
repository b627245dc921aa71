"""Who is asking, and what they may do.

Every route declares a right by `needs`; `guard` stands before all of them and refuses a route that declares none to
everybody but owners. Where nobody has an account, the service is open to its own machine as to an owner, as long as
the machine asks straight (`straight.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.routing import iter_route_contexts
from fastapi.security.base import SecurityBase
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tropa.errors import TropaError
from tropa.service.straight import is_straight
from tropa.workspace.people import Accounts, Right, may
from tropa.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tropa.store.documents.people import Account, Role

COOKIE = "tropa_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MEANS: dict[Right, str] = {
    "open": "nobody is asked who they are",
    "read": "reader, editor, analyst or owner",
    "edit": "editor, analyst or owner",
    "analyse": "analyst or owner",
    "own": "owner",
}


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is empty where the workspace has no accounts: everybody on the machine is its owner then."""

    name: str
    role: Role
    account: Account | None = None

    def may(self, right: Right) -> bool:
        """Whether they have a right."""
        return may(self.role, right)


class Needs(SecurityBase):
    """A dependency of a route: who asks. The right itself is checked by `guard`; OpenAPI tells of it."""

    def __init__(self, right: Right) -> None:
        self.right: Right = right
        self.scheme_name = right
        model: dict[str, Any] = {
            "in": APIKeyIn.cookie,
            "name": COOKIE,
            "description": f"A session of: {_MEANS[right]}.",
        }
        self.model = APIKey(**model)

    async def __call__(self, request: Request) -> Person:
        return person_of(request)


class Open:
    """A dependency of a route that everybody may ask."""

    right: Right = "open"

    async def __call__(self) -> None:
        return None


_NEEDS: dict[Right, Needs] = {right: Needs(right) for right in _MEANS}
open_to_all = Open()


def needs(right: Right) -> Needs:
    """A dependency of a route: who asks, refused without the right."""
    return _NEEDS[right]


def person_of(request: Request) -> Person:
    """Who is asking.

    Raises:
        TropaError: (signin) nobody who is known; (forbidden) no accounts, and the question comes from elsewhere.
    """
    person = known_person(request)
    if person is not None:
        return person
    if accounts_of(request).any():
        raise TropaError("Sign in first.", "Open the page of the service and sign in.", kind="signin")
    raise TropaError(
        "This workspace has no accounts yet: only the machine that it runs on is answered, with no proxy in between.",
        "Make the first owner on that machine: tropa people WS add NAME --role owner.",
        kind="forbidden",
    )


def known_person(request: Request) -> Person | None:
    """Who is asking, None where nobody knows."""
    if not hasattr(request.state, "person"):
        request.state.person = _find_person(request)
    person: Person | None = request.state.person
    return person


def _find_person(request: Request) -> Person | None:
    if not accounts_of(request).any():
        return Person("", "owner") if is_straight(request) else None
    token = request.cookies.get(cookie_name(request))
    account = _plain(request).documents.sessions.of(token) if token else None
    return None if account is None else Person(account.name, account.role, account)


def accounts_of(request: Request) -> Accounts:
    state = request.app.state
    if not hasattr(state, "accounts"):
        state.accounts = Accounts(state.workspace.documents)
    accounts: Accounts = state.accounts
    return accounts


def _plain(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


# -- the guard


def guard(request: Request) -> None:
    """Before every route: the page that asks, who asks, and what the route declares.

    Raises:
        TropaError: (signin, forbidden).
    """
    right = _declared(request.app).get(request.scope.get("endpoint"), "own")
    if request.method not in SAFE:
        _refuse_foreign_pages(request)
    if right == "open":
        return
    person = person_of(request)
    if not person.may(right):
        raise TropaError(
            f"Your role ({person.role}) may not do this.", f"It is for: {_MEANS[right]}.", kind="forbidden"
        )


def _refuse_foreign_pages(request: Request) -> None:
    """Browsers say which page makes them ask; programs say nothing, and no cookie is sent along without their will."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    elif origin is not None:
        foreign = urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    else:
        foreign = False
    if foreign:
        raise TropaError("A page of another site may not do this.", "Do it on the page of Tropa.", kind="forbidden")


def declared_rights(app: FastAPI) -> Iterator[tuple[Any, Right | None]]:
    """Every route under /api with the right that it declares, None where it forgot."""
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        if dependant is not None:
            yield context, _right_of(dependant)


def is_open(app: FastAPI, method: str, path: str) -> bool:
    """Whether everybody may send this, known or not."""
    if not hasattr(app.state, "opened"):
        app.state.opened = [
            (one.methods, compile_path(one.path)[0]) for one, right in declared_rights(app) if right == "open"
        ]
    return any(method in methods and pattern.match(path) for methods, pattern in app.state.opened)


def _right_of(dependant: Any) -> Right | None:
    """The strongest right among what a route depends on."""
    found = [getattr(dependant.call, "right", None)] if isinstance(dependant.call, Needs | Open) else []
    found += [_right_of(part) for part in dependant.dependencies]
    return max((right for right in found if right is not None), key=list(_MEANS).index, default=None)


def _declared(app: FastAPI) -> dict[Any, Right]:
    if not hasattr(app.state, "rights"):
        app.state.rights = {context.endpoint: right for context, right in declared_rights(app) if right is not None}
    rights: dict[Any, Right] = app.state.rights
    return rights


class Headers:
    """Every answer: shown in no frame of another site, never taken for what it is not, its address told to nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("X-Frame-Options", "SAMEORIGIN")
                headers.setdefault("Referrer-Policy", "same-origin")
            await send(message)

        await self._app(scope, receive, with_headers)


# -- the cookie


def cookie_name(request: Request) -> str:
    """Of this workspace: browsers send a cookie to every port of a host, and several workspaces may be served there."""
    state = request.app.state
    if not hasattr(state, "cookie"):
        state.cookie = f"{COOKIE}_{_plain(request).documents.people.secret('cookie').hex()[:8]}"
    name: str = state.cookie
    return name


def give_cookie(request: Request, response: Response, token: str) -> None:
    """Send the token of a session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=90 * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def take_cookie(request: Request, response: Response) -> None:
    """Take the token back from the browser."""
    response.delete_cookie(
        cookie_name(request), httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/"
    )
