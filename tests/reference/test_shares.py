"""Shared-out R squared and removal effects against numbers from elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from tropa.stats.removal import removal_effects
from tropa.stats.shares import lmg

# Correlations of R's data set `swiss` (47 French-speaking provinces about 1888; Mosteller & Tukey 1977, Data Analysis
# and Regression, pp. 549-551): Agriculture, Examination, Education, Catholic, Infant.Mortality, and Fertility last.
SWISS = np.array([
    [1.0, -0.68654221, -0.63952252, 0.40109505, -0.06085861, 0.35307918],
    [-0.68654221, 1.0, 0.69841530, -0.57274180, -0.11402160, -0.64588270],
    [-0.63952252, 0.69841530, 1.0, -0.15385892, -0.09932185, -0.66378886],
    [0.40109505, -0.57274180, -0.15385892, 1.0, 0.17549591, 0.46368470],
    [-0.06085861, -0.11402160, -0.09932185, 0.17549591, 1.0, 0.41655603],
    [0.35307918, -0.64588270, -0.66378886, 0.46368470, 0.41655603, 1.0],
])  # fmt: skip


def test_swiss() -> None:
    """What R's package relaimpo gives for Fertility on the other five."""
    found = lmg(SWISS)
    assert found == pytest.approx([0.05709, 0.17117, 0.26013, 0.10557, 0.11277], abs=1e-5)
    assert found.sum() == pytest.approx(0.70674, abs=1e-5)


def test_three_paths_by_hand() -> None:
    """C1 > C2 > C3 succeeds, C1 fails, C2 > C3 fails: base 1/3, effects .5, 1, 1, shares .2, .4, .4 (the example of
    S. Bryl's tutorial on attribution, AnalyzeCore 2016)."""
    found = removal_effects([2, 1, 0], [[0, 1, 0], [0, 0, 2], [0, 0, 0]], [0, 0, 1], [1, 0, 1])
    assert found is not None
    assert found.base == pytest.approx(1 / 3)
    assert found.effects == pytest.approx([0.5, 1, 1])
    assert found.shares == pytest.approx([0.2, 0.4, 0.4])


@pytest.mark.real_data
def test_path_data(shared_data: Path) -> None:
    """ChannelAttribution's PathData: 12 channels, 19,785 conversions of 88,387 paths; effects as computed from it
    independently of this code."""
    with gzip.open(shared_data / "channel_attribution" / "PathData.csv.gz", "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(",") for line in file][1:]
    names = sorted({name for line in lines for name in line[0].strip('"').split(" > ")})
    size = len(names)
    starts, moves, won, lost = np.zeros(size), np.zeros((size, size)), np.zeros(size), np.zeros(size)
    for text, conversions, _, nothing in lines:
        path = [names.index(name) for name in text.strip('"').split(" > ")]
        good, bad = float(conversions), float(nothing)
        starts[path[0]] += good + bad
        np.add.at(moves, (path[:-1], path[1:]), good + bad)
        won[path[-1]] += good
        lost[path[-1]] += bad
    found = removal_effects(starts, moves, won, lost)
    assert found is not None
    assert found.base == pytest.approx(19785 / 88387, abs=1e-9)
    effects = dict(zip(names, found.effects, strict=True))
    expected = {
        "alpha": 0.5584, "iota": 0.4058, "eta": 0.3490, "beta": 0.2640, "theta": 0.2060, "lambda": 0.1340,
        "epsilon": 0.0626, "zeta": 0.0398, "kappa": 0.0287, "gamma": 0.0179, "delta": 0.0005, "mi": 0.0002,
    }  # fmt: skip
    assert effects == {name: pytest.approx(effect, abs=6e-5) for name, effect in expected.items()}
