"""The companies of another make: the same customers twice, files that are read, a correlation list that is misled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from bench.truth.aliens import ALIENS, make
from bench.truth.aliens.life import Luck, live_all
from bench.truth.naive import correlation_list
from bench.truth.work import command


@pytest.mark.parametrize("company", ALIENS)
def test_the_second_life_differs_by_the_obstacle_only(company: str) -> None:
    alien = ALIENS[company](3, 400)
    luck = Luck(company, 3, len(alien.begins))
    lives = live_all(alien, luck)
    for plant in alien.planted:
        for life, other in zip(lives, live_all(alien, luck, plant.key), strict=True):
            assert plant.key not in other.met
            if plant.key not in life.met:
                assert other.events == life.events
            elif plant.kind != "barrier":
                assert (other.goal_at is None) == (life.goal_at is None)


@pytest.mark.parametrize("company", ALIENS)
def test_truth_holds_what_was_planted(company: str, tmp_path: Path) -> None:
    truth = make(company, tmp_path, 900, 5)
    assert truth == json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    for row in (*truth["findings"], *truth["harmless"]):
        if row["kind"] == "barrier":
            assert row["effect"] < 0
        elif "exposed" in row:
            assert row["effect"] == 0
    events = pl.read_csv(tmp_path / "events.csv", infer_schema=False)
    assert set(events["activity"]) >= {r["activity"] for r in truth["harmless"]}


@pytest.mark.parametrize("company", ALIENS)
def test_the_files_are_read_whole(company: str, tmp_path: Path) -> None:
    make(company, tmp_path / "files", 150, 1)
    workspace = str(tmp_path / "workspace")
    assert command(["init", workspace])[0] == 0
    assert command(["map", workspace, "import", str(tmp_path / "files" / "map.yaml")])[0] == 0
    for kind in ("customers", "events", "feedback"):
        status, told = command(["load", workspace, str(tmp_path / "files" / f"{kind}.csv"), "--as", kind, "--json"])
        assert status == 0, told
        assert [file["set_aside"] for file in json.loads(told)["files"]] == [0]
    status, told = command(["show", workspace, "overview", "--json"])
    assert status == 0, told
    answer: dict[str, Any] = json.loads(told)["result"]
    assert 0.2 < answer["goal_rate"] < 0.98


def test_a_correlation_list_blames_the_confounded(tmp_path: Path) -> None:
    """Why these companies are worth trying: what is confounded looks like a barrier."""
    truth = make("insurance", tmp_path, 2000, 2)
    told = {(row["obstacle"], row["touchpoint"]): row["kind"] for row in correlation_list(tmp_path, truth)}
    assert told[("handover", "Рассмотрение")] == "barrier"


def test_a_correlation_list_takes_trouble_for_a_blessing(tmp_path: Path) -> None:
    """Whoever uses more meets more of what fails, and buys more: clocks to the minute do not matter to that."""
    truth = make("trial", tmp_path, 900, 2)
    told = {(row["obstacle"], row["touchpoint"]): row for row in correlation_list(tmp_path, truth)}
    sync = next(row for row in truth["findings"] if row["obstacle"] == "failure")
    assert told[("failure", "Sync")]["on_goal"]["effect"] > sync["effect"] + 0.05


def test_a_calendar_without_a_clock_is_written(tmp_path: Path) -> None:
    make("permit", tmp_path, 800, 2)
    events = pl.read_csv(tmp_path / "events.csv", infer_schema=False)
    assert set(events["time"].str.len_chars()) == {10}
    assert set(events["promised_at"].drop_nulls().str.len_chars()) == {10}


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    make("shop", tmp_path / "a", 100, 4)
    make("shop", tmp_path / "b", 100, 4)
    make("shop", tmp_path / "c", 100, 5)
    one, same, other = ((tmp_path / name / "events.csv").read_bytes() for name in "abc")
    assert one == same != other
