"""The same file twice changes nothing, however it is said how to read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tropa.errors import TropaError
from tropa.sources import Join, Reading
from tropa.workspace.workspace import Workspace

EVENTS = "customer_id,time,activity,cookie,region\na,2026-01-01,visit,k,north\na,2026-01-02,pay,k,north\n"


@pytest.fixture
def loaded(tmp_path: Path) -> tuple[Workspace, Path]:
    file = tmp_path / "e.csv"
    file.write_text(EVENTS, "utf-8")
    workspace = Workspace.create(tmp_path / "ws")
    workspace.load([file], "events")
    return workspace, file


@pytest.mark.parametrize(
    "how",
    [
        {"columns": {"activity": "activity"}},
        {"columns": {"time": "Time", "customer_id": "customer_id"}},
        {"encoding": "UTF8"},
        {"delimiter": ","},
        {"timezone": "UTC"},
    ],
)
def test_the_same_manner_in_other_words(how: dict[str, Any], loaded: tuple[Workspace, Path]) -> None:
    workspace, file = loaded
    head = workspace.store.head
    assert [taken.before for taken in workspace.load([file], "events", Reading(**how)).files] == [True]
    assert workspace.store.head == head


@pytest.mark.parametrize(
    "how",
    [
        {"columns": {"channel": "region"}},
        {"columns": {"actor": ":employee"}},
        {"identifiers": ("cookie",)},
        {"timezone": "Europe/Berlin"},
        {"dates": "day-first"},
    ],
)
def test_another_manner_would_count_rows_twice(how: dict[str, Any], loaded: tuple[Workspace, Path]) -> None:
    workspace, file = loaded
    head = workspace.store.head
    with pytest.raises(TropaError) as error:
        workspace.load([file], "events", Reading(**how))
    assert error.value.kind == "conflict"
    assert head.loads[0].at in error.value.message and "e.csv" in error.value.message
    assert workspace.store.head == head
    assert workspace.ask("overview").events == 2


def test_joined_files_are_known_by_their_content(tmp_path: Path) -> None:
    file, other = tmp_path / "e.csv", tmp_path / "c.csv"
    file.write_text(EVENTS, "utf-8")
    other.write_text("customer_id,age\na,30\n", "utf-8")
    workspace = Workspace.create(tmp_path / "ws")
    workspace.load([file], "events", Reading(join=(Join(other, "customer_id"),)))
    moved = other.rename(tmp_path / "moved.csv")
    again = workspace.load([file], "events", Reading(join=(Join(moved, "customer_id"),)))
    assert [taken.before for taken in again.files] == [True]
    moved.write_text("customer_id,age\na,31\n", "utf-8")
    with pytest.raises(TropaError, match="another manner") as error:
        workspace.load([file], "events", Reading(join=(Join(moved, "customer_id"),)))
    assert error.value.kind == "conflict"


def test_other_things_told_of_the_same_rows(tmp_path: Path) -> None:
    """Other milestones of a wide table, another score of a survey: both are taken, with a note."""
    workspace = Workspace.create(tmp_path / "ws")
    wide = tmp_path / "w.csv"
    wide.write_text("customer_id,ordered,paid\na,2026-01-01,2026-01-02\n", "utf-8")
    first = workspace.load([wide], "events", Reading(milestones={"order": "ordered"}))
    second = workspace.load([wide], "events", Reading(milestones={"pay": "paid"}))
    assert [report.files[0].notes != () for report in (first, second)] == [False, True]
    assert workspace.ask("overview").events == 2
    survey = tmp_path / "s.csv"
    survey.write_text("customer_id,time,would,ease\na,2026-01-03,9,5\n", "utf-8")
    workspace.load([survey], "feedback", Reading(columns={"kind": ":nps", "score": "would"}))
    report = workspace.load([survey], "feedback", Reading(columns={"kind": ":ces", "score": "ease"}))
    assert report.files[0].loaded == 1
    with pytest.raises(TropaError, match="another manner"):
        workspace.load([survey], "feedback", Reading(columns={"kind": ":nps", "score": "would", "channel": "ease"}))
