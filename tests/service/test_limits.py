"""Bodies that are too large, and bodies of nobody: refused before they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.fresh import client_of

from tropa.service.limits import MAX_JSON
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", Settings("Shop"))


class Body:
    """A body that comes without its length; remembers how much of it was taken."""

    def __init__(self, size: int) -> None:
        self.size, self.taken = size, 0

    def __iter__(self) -> Iterator[bytes]:
        while self.taken < self.size:
            self.taken += 1 << 20
            yield b" " * (1 << 20)


def test_a_body_that_says_it_is_too_large(workspace: Workspace) -> None:
    told = client_of(workspace).post("/api/maps", content=b" " * (MAX_JSON + 1))
    assert told.status_code == 413
    assert told.json()["error"]["kind"] == "usage" and "8,388,608 bytes" in told.json()["error"]["message"]
    assert told.json()["error"]["hint"] and told.headers["x-content-type-options"] == "nosniff"


def test_a_body_that_does_not_say_how_large_it_is(workspace: Workspace) -> None:
    told = client_of(workspace).post("/api/maps", content=iter(Body(MAX_JSON + (1 << 20))))
    assert (told.status_code, told.json()["error"]["kind"]) == (413, "usage")


def test_files_have_limits_of_their_own(workspace: Workspace) -> None:
    client, size = client_of(workspace), MAX_JSON + 4096
    id_ = client.post("/api/uploads", json={"name": "a.csv", "size": size}).json()["id"]
    assert client.put(f"/api/uploads/{id_}/content", content=b"a" * size).json()["state"] == "ready"
    photo = client.post("/api/research/photos", files={"file": ("a.png", b"a" * size)})
    assert photo.status_code != 413


def test_nobody_is_refused_before_the_body_is_looked_at(workspace: Workspace) -> None:
    workspace.documents.people.add("Anna", "owner", "no password opens this one")
    client = client_of(workspace)
    for path in ("/api/maps", "/api/maps/x/changes"):
        told = client.post(path, content=b"{no json", headers={"Content-Type": "application/json"})
        assert (told.status_code, told.json()["error"]["kind"]) == (401, "signin"), path
    # Whoever is about to sign in is nobody yet.
    told = client.post("/api/session", json={"name": "Anna", "password": "wrong password"})
    assert told.json()["error"]["message"] != "Sign in first."


def test_the_description_tells_what_may_be_refused(workspace: Workspace) -> None:
    paths = client_of(workspace).get("/api/openapi.json").json()["paths"]
    told = {(method, path): set(one["responses"]) for path, ways in paths.items() for method, one in ways.items()}
    bodies = {(method, path) for path, ways in paths.items() for method, one in ways.items() if "requestBody" in one}
    # Bytes of a file are taken by parts, as many as were announced.
    large = {way for way, statuses in told.items() if "413" in statuses}
    assert large == bodies - {("put", "/api/uploads/{upload_id}/content")} and len(large) > 20
    assert {way for way, statuses in told.items() if "429" in statuses} == {
        ("post", "/api/session"),
        ("put", "/api/session/password"),
        ("get", "/api/maps/{map_id}/export"),
        ("get", "/api/report"),
    }
    secured = {(method, path) for path, ways in paths.items() for method, one in ways.items() if "security" in one}
    assert all({"401", "403"} <= told[way] for way in secured)
