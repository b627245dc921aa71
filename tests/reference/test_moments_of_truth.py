"""Removal effects along paths, as Bryl's tutorial on attribution by Markov chains counts them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

MAP = """
map: Channels
goal: [Conversion]
stages:
  - stage: All
    touchpoints:
      - {touchpoint: C1, when: {activity: [c1]}}
      - {touchpoint: C2, when: {activity: [c2]}}
      - {touchpoint: C3, when: {activity: [c3]}}
      - {touchpoint: Conversion, when: {activity: [conversion]}}
"""


def test_removal_effects_of_the_tutorial(tmp_path: Path) -> None:
    """Paths C1 > C2 > C3 > conversion; C1; C2 > C3: removal effects 1/2, 1, 1."""
    stories = {"a": "c1@0 c2@1 c3@2 conversion@3", "b": "c1@0", "c": "c2@0 c3@1", "clock": "other@9000 other@9999"}
    result = make_workspace(tmp_path / "ws", event_rows(stories), map_text=MAP).ask("moments_of_truth").result
    removal = {row.touchpoint: row.path.removal for row in result.touchpoints if row.path is not None}
    assert removal == pytest.approx({"C1": 0.5, "C2": 1.0, "C3": 1.0, "Conversion": 0.0})
