"""A service over a fresh workspace at once: an application takes a second to make, and another workspace no time."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from tropa.service.app import create_app
from tropa.workspace.workspace import Workspace

_clients: list[TestClient] = []


def client_of(workspace: Workspace | Path) -> TestClient:
    """A client of the service over this workspace; the one that was asked for before has this workspace too then."""
    opened = workspace if isinstance(workspace, Workspace) else Workspace(workspace)
    if not _clients:
        _clients.append(TestClient(create_app(opened.folder)))
    state = _clients[0].app.state  # type: ignore[attr-defined]
    for name in set(state._state) - {"workspace", "rights", "opened"}:
        delattr(state, name)
    state.workspace = opened
    return _clients[0]
