"""Findings of simulated companies held to the format that outside programs rely on."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.findings.planted import DAY, HOUR, Desk
from tests.findings.strict import KINDS, OBSTACLES, QUIET, check
from tests.helpers import asked_for

from tropa.findings.finding import Findings
from tropa.simulate import simulate
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

COMPANIES = ("bank", "desk")


def bank(folder: Path) -> Workspace:
    simulate("bank", folder / "files", customers=1500, seed=7)
    workspace = Workspace.create(folder / "ws", Settings("bank", currency="RUB"))
    for kind in ("events", "feedback", "customers"):
        workspace.load([folder / "files" / f"{kind}.csv"], kind)
    workspace.documents.save_map((folder / "files" / "map.yaml").read_text(encoding="utf-8"))
    return workspace


def desk(folder: Path) -> Workspace:
    """Who has to change to a branch is less content, and signs all the same; nobody else has trouble."""
    made = Desk(3000, 5)
    moved = made.chance(0.4)
    made.add(made.everybody, "form", 0 * made.start, channel="web")
    for who, channel in ((moved, "branch"), (~moved, "web")):
        made.add(who, "upload", made.spread(20), channel=channel)
    looked = 200 + made.spread(3 * HOUR)
    made.usual(looked, looked + 60, looked + made.spread(DAY), made.chance(0.97))
    score = np.clip(np.round(made.random.normal(np.where(moved, 3.0, 4.2), 0.7)), 1, 5)
    made.answer(made.everybody, score, looked + 3 * DAY)
    return made.workspace(folder)


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    return {"bank": bank(tmp_path_factory.mktemp("bank")), "desk": desk(tmp_path_factory.mktemp("desk"))}


@pytest.fixture(scope="module")
def documents(workspaces: dict[str, Workspace]) -> dict[str, dict[str, Any]]:
    """What `find --all --json` prints; no number in it is NaN."""
    return {name: plain(one.find(asked_for({"all": True, "margin": 0.03}))) for name, one in workspaces.items()}


def plain(found: Findings) -> dict[str, Any]:
    text = json.dumps(dataclasses.asdict(found), allow_nan=False)
    parsed: dict[str, Any] = json.loads(text)
    return parsed


@pytest.mark.parametrize("company", COMPANIES)
def test_every_key_is_as_the_format_says(documents: dict[str, dict[str, Any]], company: str) -> None:
    check(documents[company])


def test_all_kinds_were_seen(documents: dict[str, dict[str, Any]]) -> None:
    """Otherwise the test above says less than it seems to."""
    kinds = {finding["kind"] for one in documents.values() for finding in one["findings"]}
    assert kinds == KINDS | QUIET
    obstacles = {finding["obstacle"] for one in documents.values() for finding in one["findings"]}
    assert len(obstacles & OBSTACLES) >= 8


def test_findings_stand_where_the_map_has_a_place(
    workspaces: dict[str, Workspace], documents: dict[str, dict[str, Any]]
) -> None:
    for name, one in documents.items():
        document = workspaces[name].map()
        assert document is not None
        places = {touchpoint.name: stage.name for stage in document.stages for touchpoint in stage.touchpoints}
        for finding in one["findings"]:
            if finding["touchpoint"] is not None:
                assert finding["stage"] == places[finding["touchpoint"]], finding["id"]


def test_examples_are_journeys_that_are_there(
    workspaces: dict[str, Workspace], documents: dict[str, dict[str, Any]]
) -> None:
    told = [finding for finding in documents["bank"]["findings"] if finding["examples"]]
    assert told
    for finding in told[:3]:
        for example in finding["examples"]:
            journey = workspaces["bank"].ask("journey", customer=example["customer_id"]).result
            assert journey.journeys


def test_other_languages_tell_the_same(workspaces: dict[str, Workspace]) -> None:
    margin = {"margin": 0.03}
    russian, english = (
        workspaces["bank"].find(asked_for({"language": language, **margin})) for language in ("ru", "en")
    )
    for one, other in zip(russian.findings, english.findings, strict=True):
        assert one.because != other.because
        assert dataclasses.replace(one, because="") == dataclasses.replace(other, because="")
