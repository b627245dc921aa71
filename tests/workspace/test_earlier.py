"""Workspaces that earlier revisions made open, answer, load on and let their maps be edited.

`tools/keep_workspace.py` makes them, by the code of those revisions.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from tropa.contract.filters import Filters
from tropa.cx.map_change_form import OnTouchpoint, SetChange
from tropa.errors import TropaError
from tropa.store.documents.migrations import MIGRATIONS
from tropa.workspace.living_map import living_map
from tropa.workspace.workspace import Workspace

KEPT = sorted(Path(__file__).with_name("earlier").glob("*.tar.gz"))
KINDS = (
    ("events", "events"), ("answers", "feedback"), ("people", "customers"), ("site", "events"), ("pairs", "identities")
)  # fmt: skip


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.gz"))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    return Workspace(tmp_path / "ws")


def test_both_are_here() -> None:
    assert [path.name for path in KEPT] == ["maps-with-versions.tar.gz", "one-map.tar.gz"]


def test_an_earlier_workspace_answers(earlier: Workspace) -> None:
    assert (earlier.settings.name, earlier.settings.timezone, earlier.settings.currency) == (
        "Earlier loans", "Europe/Moscow", "RUB"
    )  # fmt: skip
    told = living_map(earlier, Filters())
    # Forty-three events of twelve applications, one of them made before as a visitor of the site.
    assert (told.overview.journeys, told.events, told.overview.goal_reached, told.overview.feedback) == (12, 43, 8, 12)
    assert [one.touchpoint for one in told.touchpoints.touchpoints] == ["Application", "Papers", "Decision", "Paid out"]
    assert told.version == 2
    assert told.map is not None and told.map["stages"][0]["touchpoints"][1]["expects"]["score"] == 4.5
    by_tariff = earlier.ask("overview", segment=["tariff=gold"]).result
    assert 0 < by_tariff.journeys < 12
    with earlier.documents.database.reading() as connection:
        done = connection.exec_driver_sql("SELECT name FROM schema").scalars().all()
    assert sorted(done) == sorted(name for name, _ in MIGRATIONS)


def test_maps_of_an_earlier_workspace_are_edited(earlier: Workspace) -> None:
    told = living_map(earlier, Filters())
    assert told.map_id is not None and told.version is not None
    on = OnTouchpoint(touchpoint="Papers")
    change = SetChange(op="set", on=on, path=["expects", "score"], value=4.8, was=4.5)
    changed = earlier.book.change(told.map_id, told.version, [change], "Anna", "b1")
    assert (changed.opened.version.version, changed.conflicts) == (3, ())
    again = Workspace(earlier.folder)
    document = again.map()
    assert document is not None
    assert document.touchpoints[1].expects is not None and document.touchpoints[1].expects.score == 4.8
    restored = again.book.restore(told.map_id, 1, "Anna")
    assert restored.map.touchpoints[1].expects.score == 4.0
    assert [one.version for one in again.documents.maps.versions(told.map_id)] == [4, 3, 2, 1]


def test_an_earlier_workspace_is_loaded_on(earlier: Workspace, tmp_path: Path) -> None:
    files = tmp_path / "files"
    for file, kind in KINDS:
        (taken,) = earlier.load([files / f"{file}.csv"], kind).files  # type: ignore[arg-type]
        assert taken.before, file
    with pytest.raises(TropaError, match="no load to take back"):
        earlier.undo_load()
    more = tmp_path / "more.csv"
    more.write_text(
        "event_id,customer_id,case_id,time,activity\nE-1-0,C-1,A-1,2026-03-02 09:15:00,applied\n"
        "E-99,C-99,A-99,2026-04-01 09:15:00,applied\n", "utf-8",
    )  # fmt: skip
    (taken,) = earlier.load([more], "events").files
    assert (taken.loaded, taken.duplicates) == (1, 1)
    assert living_map(earlier, Filters()).overview.journeys == 13
    earlier.undo_load()
    assert living_map(earlier, Filters()).overview.journeys == 12
