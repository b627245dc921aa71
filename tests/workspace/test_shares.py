"""What a shared map remembers of what could not be counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tropa.errors import Kind, TropaError
from tropa.workspace.shares import SharedMaps
from tropa.workspace.workspace import Workspace


@pytest.mark.parametrize(("kind", "asked"), [("workspace", 2), ("no_data", 1), ("map", 1)])
def test_troubles_that_pass_are_asked_about_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, asked: int
) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    workspace.book.take_in("map: Shop\nstages: [{stage: Buy}]\n", None, "", live=True)
    times: list[int] = []

    def fails(*_: Any) -> None:
        times.append(1)
        raise TropaError("It did not work.", "Try again.", kind=kind)

    monkeypatch.setattr("tropa.workspace.shares.living_map", fails)
    shared = SharedMaps(workspace)
    _, token = shared.make(None, "", numbers=True)
    assert [json.loads(shared.open(token))["no_numbers"] for _ in range(2)] == [kind, kind]
    assert len(times) == asked
