"""docs/findings.md states the numbers that the program goes by."""

from __future__ import annotations

import importlib
import re

from tests.docs.pages import ROOT

from tropa.cx.obstacles import OBSTACLES

PAGE = (ROOT / "docs" / "findings.md").read_text("utf-8")


def test_constants_are_those_of_the_program() -> None:
    stated = re.findall(r"^\| `([\w.]+)\.(\w+)` \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    assert len(stated) >= 15
    for module, name, value in stated:
        assert getattr(importlib.import_module(f"tropa.{module}"), name) == float(value), f"{module}.{name}"


def test_every_obstacle_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)) == {obstacle.slug for obstacle in OBSTACLES}
