"""Routes of people: signing in, accounts, invitations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, Field

from tropa.errors import TropaError
from tropa.service.answers import workspace_of
from tropa.service.errors import RESPONSES, THROTTLED
from tropa.service.straight import address_of, is_straight
from tropa.service.who import (
    Person,
    accounts_of,
    cookie_name,
    give_cookie,
    known_person,
    needs,
    open_to_all,
    person_of,
    take_cookie,
)
from tropa.store.documents.invitations import Invitation, Invitations
from tropa.store.documents.people import Account, People, Role
from tropa.store.documents.sessions import Sessions
from tropa.workspace.people import RIGHTS, Right

router = APIRouter(prefix="/api", tags=["people"])
_GUESSED = {**RESPONSES, **THROTTLED}
MAX_DAYS = 365
_OPEN = [Depends(open_to_all)]
_OWN = [Depends(needs("own"))]

Name = Annotated[str, Field(max_length=1000, examples=["anna@example.com"])]
Password = Annotated[str, Field(max_length=10_000, examples=["correct horse battery"])]
Id = Annotated[str, Path(max_length=40)]
Token = Annotated[str, Path(max_length=200)]


class Credentials(BaseModel):
    name: Name
    password: Password


class You(BaseModel):
    """Who is signed in; without accounts the name is empty."""

    id: str | None
    name: str
    role: Role
    rights: list[Right]


class Session(BaseModel):
    """`accounts`: whether anybody has an account. `you`: none where one has to sign in first.

    `may_begin`: nobody has an account, and the one who asks may make the first. `timezone`: in which times are shown.
    """

    timezone: str
    accounts: bool
    may_begin: bool
    you: You | None


class NewInvitation(BaseModel):
    role: Role = "reader"
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)] = 7
    note: Annotated[str, Field(max_length=200, description="whom it is meant for")] = ""


class Invited(BaseModel):
    """The token is told only here: the link is /invite/TOKEN."""

    invitation: Invitation
    token: str


class Invites(BaseModel):
    """What an invitation offers; `name` is that of the account that it renews."""

    role: Role
    by: str
    expires_at: str
    name: str | None


class NewRole(BaseModel):
    role: Role


class NewPassword(BaseModel):
    current: Password
    password: Password


class Ended(BaseModel):
    """How many sessions were ended."""

    sessions: int


@dataclass(frozen=True, slots=True)
class Everybody:
    """People with an account, and invitations that are open."""

    people: list[Account]
    invitations: list[Invitation]


def _people(request: Request) -> People:
    return workspace_of(request).documents.people


def _sessions(request: Request) -> Sessions:
    return workspace_of(request).documents.sessions


def _invitations(request: Request) -> Invitations:
    return workspace_of(request).documents.invitations


def _account(request: Request) -> Account:
    account = person_of(request).account
    if account is None:
        raise TropaError("The workspace has no accounts.", "Make the first owner.", kind="conflict")
    return account


def _told(request: Request, person: Person | None) -> Session:
    accounts = accounts_of(request).any()
    you = None
    if person is not None:
        rights = sorted(RIGHTS[person.role] - {"open"})
        you = You(id=person.account.id if person.account else None, name=person.name, role=person.role, rights=rights)
    zone = workspace_of(request).settings.timezone
    return Session(timezone=zone, accounts=accounts, may_begin=not accounts and is_straight(request), you=you)


def _signed_in(request: Request, response: Response, account: Account, token: str) -> Session:
    give_cookie(request, response, token)
    response.headers["Cache-Control"] = "no-store"
    return _told(request, Person(account.name, account.role, account))


# -- who I am


@router.get("/session", operation_id="getSession", dependencies=_OPEN)
def get_session(request: Request, response: Response) -> Session:
    """Who is asking, and what they may do."""
    response.headers["Cache-Control"] = "no-store"
    return _told(request, known_person(request))


@router.post("/session", responses=_GUESSED, operation_id="signIn", dependencies=_OPEN)
def sign_in(request: Request, response: Response, given: Credentials) -> Session:
    """Sign in: the session comes as a cookie."""
    account, token = accounts_of(request).sign_in(given.name, given.password, address_of(request))
    return _signed_in(request, response, account, token)


@router.delete("/session", operation_id="signOut", dependencies=_OPEN)
def sign_out(request: Request, response: Response) -> Session:
    """End this session."""
    if accounts_of(request).any():
        _sessions(request).close(request.cookies.get(cookie_name(request), ""))
        take_cookie(request, response)
        return _told(request, None)
    return _told(request, known_person(request))


@router.delete(
    "/session/others", responses=RESPONSES, operation_id="signOutElsewhere", dependencies=[Depends(needs("read"))]
)
def sign_out_elsewhere(request: Request) -> Ended:
    """End all other sessions of mine."""
    mine = request.cookies.get(cookie_name(request), "")
    return Ended(sessions=_sessions(request).close_all(_account(request).id, keep=mine))


@router.put(
    "/session/password", responses=_GUESSED, operation_id="changePassword", dependencies=[Depends(needs("read"))]
)
def change_password(request: Request, given: NewPassword) -> Ended:
    """Choose another password; all other sessions of mine end."""
    mine = request.cookies.get(cookie_name(request), "")
    ended = accounts_of(request).change_password(
        _account(request), given.current, given.password, mine, address_of(request)
    )
    return Ended(sessions=ended)


# -- the first owner


@router.post("/people/first", responses=RESPONSES, operation_id="makeFirstOwner", dependencies=_OPEN)
def make_first_owner(request: Request, response: Response, given: Credentials) -> Session:
    """Make the first account, an owner's: from then on everybody signs in. Only from the service's own machine."""
    accounts = accounts_of(request)
    if not accounts.any():
        person_of(request)
    account = accounts.add(given.name, "owner", given.password, first=True)
    return _signed_in(request, response, account, _sessions(request).open(account.id))


# -- people


@router.get("/people", responses=RESPONSES, operation_id="getPeople", dependencies=_OWN)
def get_people(request: Request) -> Everybody:
    """People with an account, and invitations that are open."""
    return Everybody(_people(request).all(), _invitations(request).all())


@router.get("/people/names", responses=RESPONSES, operation_id="getNames", dependencies=[Depends(needs("read"))])
def get_names(request: Request) -> list[str]:
    """Names of those with an account: who can be mentioned."""
    return [account.name for account in _people(request).all()]


@router.put("/people/{person}/role", responses=RESPONSES, operation_id="setRole", dependencies=_OWN)
def set_role(request: Request, person: Id, given: NewRole) -> Account:
    """Change what somebody may do, from their next question on."""
    return _people(request).set_role(person, given.role)


@router.delete("/people/{person}", responses=RESPONSES, operation_id="removePerson", dependencies=_OWN)
def remove_person(request: Request, person: Id) -> Account:
    """Take an account away. What they wrote stays under their name."""
    return _people(request).remove(person)


@router.delete("/people/{person}/sessions", responses=RESPONSES, operation_id="endSessions", dependencies=_OWN)
def end_sessions(request: Request, person: Id) -> Ended:
    """Sign somebody out everywhere."""
    return Ended(sessions=_sessions(request).close_all(person))


@router.post("/people/{person}/password-link", responses=RESPONSES, operation_id="makePasswordLink", dependencies=_OWN)
def make_password_link(request: Request, person: Id) -> Invited:
    """A link by which somebody who forgot the password chooses a new one; it holds a day."""
    account = _people(request).one(person)
    made, token = _invitations(request).invite(account.role, person_of(request).name, 1, person=person)
    return Invited(invitation=made, token=token)


# -- invitations


@router.post("/people/invitations", responses=RESPONSES, operation_id="invite", dependencies=_OWN)
def invite(request: Request, given: NewInvitation) -> Invited:
    """A link by which one person makes an account."""
    by = _account(request).name
    made, token = _invitations(request).invite(given.role, by, given.days, " ".join(given.note.split()))
    return Invited(invitation=made, token=token)


@router.delete(
    "/people/invitations/{invitation}", responses=RESPONSES, operation_id="revokeInvitation", dependencies=_OWN
)
def revoke_invitation(request: Request, invitation: Id) -> Everybody:
    """Take an invitation back."""
    _invitations(request).revoke(invitation)
    return get_people(request)


@router.get("/invitations/{token}", responses=RESPONSES, operation_id="getInvitation", dependencies=_OPEN)
def get_invitation(request: Request, token: Token, response: Response) -> Invites:
    """What an invitation offers."""
    response.headers["Cache-Control"] = "no-store"
    found, renewed = _invitations(request).by_token(token)
    return Invites(
        role=found.role, by=found.created_by, expires_at=found.expires_at, name=renewed.name if renewed else None
    )


@router.post("/invitations/{token}", responses=RESPONSES, operation_id="acceptInvitation", dependencies=_OPEN)
def accept_invitation(request: Request, token: Token, response: Response, given: Credentials) -> Session:
    """Use an invitation: make the account, or choose its new password, and sign in. Of a renewed account the name is
    not looked at."""
    account, session = accounts_of(request).accept(token, given.name, given.password)
    return _signed_in(request, response, account, session)
