"""The maps under examples can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.pages import ROOT

from tropa.cx.map_file import parse_map

MAPS = sorted((ROOT / "examples").glob("*/map.yaml"))


def test_there_are_maps() -> None:
    assert {path.parent.name for path in MAPS} >= {"olist", "bpic2012"}


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_a_map_has_what_the_page_shows(path: Path) -> None:
    read = parse_map(path.read_text("utf-8"), path.name)
    assert read.unit == "case" and read.goal
    assert any(touchpoint.moment_of_truth for touchpoint in read.touchpoints)
    assert any(touchpoint.expects.within_seconds for touchpoint in read.touchpoints)
    for stage in read.stages:
        # A comma within a list of plain words makes two of one.
        assert len(stage.raw["jobs"]) == 1, stage.name
