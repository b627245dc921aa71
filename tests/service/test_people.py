"""Who may do what over HTTP: every route of the service with every role, signing in, invitations, shared maps."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.contract.test_every_analysis import MAP, rows
from tests.helpers import make_workspace
from tests.service.fresh import client_of

from tropa.errors import TropaError
from tropa.service.app import create_app
from tropa.service.who import declared_rights
from tropa.store.documents.people import ROLES
from tropa.workspace.people import RIGHTS, Accounts
from tropa.workspace.workspace import Workspace

PASSWORD = "four words and 1 number"
OPEN = {
    ("GET", "/api/session"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("POST", "/api/people/first"),
    ("GET", "/api/invitations/{token}"),
    ("POST", "/api/invitations/{token}"),
    ("GET", "/api/shared/{token}"),
    ("GET", "/api/lanes"),  # words of the product, which a shared map shows too
}
SAFE_FOR_READERS = ("/api/session", "/api/people/names")


def routes_of(app: FastAPI) -> list[tuple[str, str, str | None]]:
    return sorted(
        (method, str(context.path), right)
        for context, right in declared_rights(app)
        for method in context.methods or ()
        if str(context.path).startswith("/api")
    )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("shop") / "ws", *rows(), map_text=MAP)
    accounts = workspace.documents.people
    for role in ROLES:
        accounts.add(role, role, "no password opens this one")
    return workspace


@pytest.fixture(scope="module")
def app(shop: Workspace) -> FastAPI:
    return create_app(shop.folder)


@pytest.fixture(scope="module")
def clients(app: FastAPI, shop: Workspace) -> dict[str, TestClient]:
    """A client signed in for each role, and one that nobody knows."""
    people = {account.name: account for account in shop.documents.people.all()}
    cookie = f"tropa_session_{shop.documents.people.secret('cookie').hex()[:8]}"
    opened = {role: TestClient(app) for role in (*ROLES, "nobody")}
    for role in ROLES:
        opened[role].cookies.set(cookie, shop.documents.sessions.open(people[role].id))
    return opened


def ask(client: TestClient, method: str, path: str) -> tuple[int, str]:
    address = re.sub(r"\{[^}]*\}", "nonsense", path)
    body: dict[str, Any] = {} if method == "GET" else {"json": {}}
    reply = client.request(method, address, **body)
    kind = reply.json()["error"]["kind"] if reply.status_code >= 400 else ""
    return reply.status_code, kind


def test_every_route_declares_a_right(app: FastAPI) -> None:
    forgotten = [(method, path) for method, path, right in routes_of(app) if right is None]
    assert forgotten == [], "add dependencies=[Depends(needs(...))] to these routes"
    assert {(method, path) for method, path, right in routes_of(app) if right == "open"} == OPEN


def test_openapi_tells_the_rights(app: FastAPI) -> None:
    document = app.openapi()
    told = {
        (method.upper(), path): next(iter(operation["security"][0])) if "security" in operation else "open"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert told == {(method, path): right for method, path, right in routes_of(app)}
    assert {method_path[0] for method_path in told} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_every_role_on_every_route(app: FastAPI, clients: dict[str, TestClient]) -> None:
    wrong = []
    for (method, path, right), role in itertools.product(routes_of(app), ("nobody", *ROLES)):
        if right == "open" or (method, path) == ("DELETE", "/api/session"):
            continue
        allowed = role != "nobody" and right in RIGHTS[cast(Any, role)]
        if allowed and method != "GET":
            continue  # that it is done is tested elsewhere; here only that it is refused
        status, kind = ask(clients[role], method, path)
        expected = (
            kind not in ("signin", "forbidden") if allowed else kind == ("signin" if role == "nobody" else "forbidden")
        )
        if not expected or status == 500:
            wrong.append((role, method, path, right, status, kind))
    assert wrong == []


def test_writing_routes_are_not_for_readers(app: FastAPI) -> None:
    """Whatever changes something needs more than to read, but for one's own session and question-like posts."""
    written = {
        (method, path)
        for method, path, right in routes_of(app)
        if method != "GET" and right == "read" and not path.startswith(SAFE_FOR_READERS)
    }
    assert all(path.endswith(("/count", "/check")) or "compare" in path for _, path in written), written


def test_pages_are_for_everybody(clients: dict[str, TestClient]) -> None:
    assert clients["nobody"].get("/findings").status_code in (200, 503)
    assert clients["nobody"].get("/api/nothing").status_code == 404


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"origin": "http://testserver"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://other.testserver"}, False),
    ],
)
def test_pages_of_other_sites_change_nothing(
    clients: dict[str, TestClient], headers: dict[str, str], allowed: bool
) -> None:
    reply = clients["owner"].post("/api/people/invitations", json={}, headers=headers)
    assert (reply.status_code == 200) is allowed, reply.text
    assert clients["owner"].get("/api/people", headers=headers).status_code == 200


# -- from nobody to many


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return client_of(Workspace.create(tmp_path / "ws"))


def other(client: TestClient) -> TestClient:
    """Another browser at the same service."""
    return TestClient(client.app)


def first(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.post("/api/people/first", json={"name": "Anna", "password": PASSWORD}).json()
    return told


def test_without_accounts_the_machine_is_the_owner(client: TestClient) -> None:
    told = client.get("/api/session").json()
    assert (told["accounts"], told["may_begin"], told["you"]["role"], told["you"]["name"]) == (False, True, "owner", "")
    assert client.get("/api/workspace").status_code == 200


SELF = {"host": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    ("scope", "headers", "allowed"),
    [
        ({}, SELF, True),
        ({"client": ("::1", 5000)}, {"host": "[::1]:8000"}, True),
        ({"client": ("::ffff:127.0.0.1", 5000)}, {"host": "localhost:8000"}, True),
        ({}, {"host": "0.0.0.0:8000"}, True),  # what `tropa serve --host 0.0.0.0` prints
        ({}, SELF | {"referer": "http://localhost:5173/explore/paths"}, True),
        ({}, {"host": "evil.example"}, False),
        ({}, {"host": "10.1.2.3:8000"}, False),
        ({}, {"host": "[broken"}, False),
        ({"client": ("192.168.0.7", 5000)}, {"host": "192.168.0.1:8000"}, False),
        ({"client": ("192.168.0.7", 5000)}, {"host": "localhost"}, False),
        # Something on the machine asks for somebody else.
        ({"client": None}, {"host": "localhost"}, False),
        ({"client": ("", -1)}, {"host": "localhost"}, False),
        ({"http_version": "1.0"}, SELF, False),
        ({}, SELF | {"forwarded": "for=10.1.2.3"}, False),
        ({}, SELF | {"x-forwarded-for": "10.1.2.3"}, False),
        ({"client": ("testclient", 5000)}, SELF | {"x-forwarded-for": "testclient"}, False),
        ({}, SELF | {"x-forwarded-proto": "https"}, False),
        ({}, SELF | {"x-real-ip": "10.1.2.3"}, False),
        ({}, SELF | {"via": "1.1 cache"}, False),
        ({}, SELF | {"cf-connecting-ip": "10.1.2.3"}, False),
        ({}, SELF | {"referer": "https://maps.company.example/"}, False),
        ({}, SELF | {"origin": "https://maps.company.example", "sec-fetch-site": "same-origin"}, False),
    ],
)
def test_without_accounts_only_the_machine_itself_is_answered(
    client: TestClient, scope: dict[str, Any], headers: dict[str, str], allowed: bool
) -> None:
    async def elsewhere(told: Any, receive: Any, send: Any) -> None:
        http = {"client": ("127.0.0.1", 5000), **scope} if told["type"] == "http" else {}
        await client.app({**told, **http}, receive, send)

    there = TestClient(elsewhere, headers=headers)
    reply = there.get("/api/workspace")
    assert reply.status_code == (200 if allowed else 403)
    told = there.get("/api/session").json()
    assert told["may_begin"] is allowed and (told["you"] is not None) is allowed
    if not allowed:
        assert "tropa people WS add" in reply.json()["error"]["hint"]
        made = there.post("/api/people/first", json={"name": "Eve", "password": PASSWORD})
        assert made.status_code == 403
        assert client.get("/api/session").json()["accounts"] is False


def test_with_accounts_a_proxy_may_ask(client: TestClient) -> None:
    first(client)
    public = {"host": "maps.company.example", "x-forwarded-for": "10.1.2.3", "x-forwarded-proto": "https"}
    visitor = TestClient(client.app, headers=public)
    assert visitor.get("/api/workspace").status_code == 401
    assert visitor.post("/api/session", json={"name": "Anna", "password": PASSWORD}).status_code == 200


def test_the_first_owner_closes_the_door(client: TestClient) -> None:
    visitor = other(client)
    assert visitor.get("/api/workspace").status_code == 200
    assert first(client)["you"]["role"] == "owner"
    assert client.get("/api/workspace").status_code == 200
    assert visitor.get("/api/workspace").json()["error"]["kind"] == "signin"
    again = visitor.post("/api/people/first", json={"name": "Eve", "password": PASSWORD})
    assert again.status_code == 409


def test_the_cookie_is_out_of_reach(client: TestClient) -> None:
    reply = client.post("/api/people/first", json={"name": "Anna", "password": PASSWORD})
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    assert reply.headers["x-frame-options"] == "SAMEORIGIN"
    secure = TestClient(client.app, base_url="https://testserver")
    signed = secure.post("/api/session", json={"name": "Anna", "password": PASSWORD})
    assert "secure" in signed.headers["set-cookie"].lower()
    assert PASSWORD not in reply.text


def test_signing_in_and_out(client: TestClient) -> None:
    first(client)
    phone, laptop = other(client), other(client)
    for device in (phone, laptop):
        assert device.post("/api/session", json={"name": " anna ", "password": PASSWORD}).status_code == 200
    assert phone.delete("/api/session").json()["you"] is None
    assert phone.get("/api/workspace").status_code == 401
    assert laptop.delete("/api/session/others").json() == {"sessions": 1}
    assert client.get("/api/workspace").status_code == 401
    assert laptop.get("/api/workspace").status_code == 200


def test_what_does_not_fit_is_told_alike(client: TestClient) -> None:
    first(client)
    stranger = other(client)
    said = {
        stranger.post("/api/session", json={"name": name, "password": password}).text
        for name, password in (("Anna", "wrong"), ("Nobody", PASSWORD), ("", ""), ("\x00", "x" * 5000))
    }
    assert len(said) == 1
    assert stranger.post("/api/session", json={"name": "Anna"}).status_code == 422


def test_guessing_is_slowed_down(client: TestClient) -> None:
    first(client)
    stranger = other(client)
    kinds = [
        stranger.post("/api/session", json={"name": "anna", "password": f"wrong {number}"}).json()["error"]["kind"]
        for number in range(10)
    ]
    assert kinds == ["signin"] * 8 + ["throttled"] * 2
    assert stranger.post("/api/session", json={"name": "ANNA", "password": PASSWORD}).status_code == 429
    assert stranger.post("/api/session", json={"name": "bob", "password": PASSWORD}).status_code == 401
    assert client.get("/api/workspace").status_code == 200, "who is in stays in"


def test_a_stranger_who_guesses_locks_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts(Workspace.create(tmp_path / "locked").documents)
    accounts.add("Anna", "owner", PASSWORD)
    for number in range(9):
        with pytest.raises(TropaError) as told:
            accounts.sign_in("Anna", f"wrong {number}", "10.0.0.66")
    assert told.value.kind == "throttled"
    assert accounts.sign_in("anna", PASSWORD, "10.0.0.1")[0].name == "Anna"
    # From very many addresses, all together are slowed down.
    monkeypatch.setattr("tropa.workspace.people.GUESSES_EVERYWHERE", 12)
    kinds = []
    for number in range(5):
        with pytest.raises(TropaError) as told:
            accounts.sign_in("Anna", "wrong", f"10.0.1.{number}")
        kinds.append(told.value.kind)
    assert kinds == ["signin"] * 3 + ["throttled"] * 2


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("   ", PASSWORD),
        ("x" * 101, PASSWORD),
        ("a\u202eb", PASSWORD),
        ("Anna", "short"),
        ("Anna", "aaaaaaaaaaaa"),
        ("Anna Petrova", "anna petrova"),
        ("Anna", "x" * 1001),
    ],
)
def test_names_and_passwords_that_are_not_accepted(client: TestClient, name: str, password: str) -> None:
    reply = client.post("/api/people/first", json={"name": name, "password": password})
    assert reply.status_code == 422, reply.text
    assert client.get("/api/session").json()["accounts"] is False


def test_an_invitation_from_beginning_to_end(client: TestClient) -> None:
    first(client)
    made = client.post("/api/people/invitations", json={"role": "editor", "note": "for Bob"}).json()
    bob = other(client)
    assert bob.get(f"/api/invitations/{made['token']}").json()["role"] == "editor"
    taken = bob.post(f"/api/invitations/{made['token']}", json={"name": "ANNA", "password": PASSWORD})
    assert taken.status_code == 409
    joined = bob.post(f"/api/invitations/{made['token']}", json={"name": "Bob <b>", "password": PASSWORD}).json()
    assert joined["you"]["rights"] == ["edit", "read"]
    assert bob.get("/api/invitations/" + made["token"]).status_code == 404
    assert bob.get("/api/people/names").json() == ["Anna", "Bob <b>"]
    person = next(one for one in client.get("/api/people").json()["people"] if one["name"] == "Bob <b>")
    assert client.put(f"/api/people/{person['id']}/role", json={"role": "reader"}).json()["role"] == "reader"
    assert bob.get("/api/session").json()["you"]["rights"] == ["read"]
    link = client.post(f"/api/people/{person['id']}/password-link").json()["token"]
    assert bob.get(f"/api/invitations/{link}").json()["name"] == "Bob <b>"
    assert bob.post(f"/api/invitations/{link}", json={"name": "", "password": "quite another one"}).status_code == 200
    assert bob.post("/api/session", json={"name": "Bob <b>", "password": PASSWORD}).status_code == 401
    assert client.delete(f"/api/people/{person['id']}").status_code == 200
    assert bob.get("/api/workspace").status_code == 401


def test_choosing_another_password(client: TestClient) -> None:
    first(client)
    elsewhere = other(client)
    elsewhere.post("/api/session", json={"name": "Anna", "password": PASSWORD})
    fresh = "something else entirely"
    wrong = client.put("/api/session/password", json={"current": "wrong", "password": fresh})
    assert wrong.status_code == 422
    assert client.put("/api/session/password", json={"current": PASSWORD, "password": fresh}).json() == {"sessions": 1}
    assert client.get("/api/workspace").status_code == 200
    assert elsewhere.get("/api/workspace").status_code == 401
    assert elsewhere.post("/api/session", json={"name": "Anna", "password": fresh}).status_code == 200


# -- shared maps


SECRET_MAP = """
map: Loan
stages:
  - stage: Papers
    touchpoints:
      - touchpoint: Upload
        when: {activity: [internal_doc_upload]}
        pains: [Call +7 999 123-45-67 to ask]
        process: {owner: Pavel Secretov, department: Back office, decides: Pavel Secretov}
        evidence: {pains: {source: interviewed, n: 3, note: told by Olga}}
"""


def test_a_shared_map_from_beginning_to_end(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", *rows(), map_text=SECRET_MAP)
    client = client_of(workspace)
    first(client)
    visitor = other(client)
    living = client.post("/api/shares", json={"numbers": True}).json()
    fixed = client.post("/api/shares", json={"snapshot": True, "days": None}).json()
    shown = visitor.get(f"/api/shared/{living['token']}")
    assert shown.json()["name"] == "Loan" and shown.json()["living"] is True
    assert "Back office" in shown.text and "[phone]" in shown.text
    for secret in ("Secretov", "Olga", "123-45-67", "internal_doc_upload", "customer_id"):
        assert secret not in shown.text, secret
    assert shown.json()["reality"]["journeys"] == 40
    assert shown.headers["cache-control"] == "no-store"

    workspace.documents.save_map(SECRET_MAP.replace("map: Loan", "map: Loan, renewed"))
    assert visitor.get(f"/api/shared/{living['token']}").json()["name"] == "Loan, renewed"
    kept = visitor.get(f"/api/shared/{fixed['token']}").json()
    assert (kept["name"], kept["living"], kept["reality"]) == ("Loan", False, None)

    assert visitor.get("/api/workspace").status_code == 401, "the link opens the map and nothing else"
    assert client.delete(f"/api/shares/{living['share']['id']}").json()["revoked_at"]
    assert visitor.get(f"/api/shared/{living['token']}").status_code == 404
    listed = client.get("/api/shares").json()
    assert [share["uses"] for share in listed] == [1, 1]
    assert living["token"] not in client.get("/api/shares").text


def test_a_map_without_data_is_shared_without_numbers(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    client = client_of(workspace)
    assert client.post("/api/shares", json={}).json()["error"]["kind"] == "map"
    workspace.documents.save_map(SECRET_MAP)
    token = client.post("/api/shares", json={"numbers": True}).json()["token"]
    shown = client.get(f"/api/shared/{token}").json()
    assert (shown["reality"], shown["no_numbers"]) == (None, "no_data")
    assert client.post("/api/shares", json={"map": "nonsense"}).status_code == 404
    assert client.post("/api/shares", json={"snapshot": True, "version": 99}).status_code == 404
