"""The adjusted effect where an attribute has many values, a few of which decide who is exposed and what follows."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.cx.obstacles.effects import Adjusted, Sample, adjusted

NAMES = ("where they stood and for how long", "week", "time of the day and week", "journeys before", "region")
SEEDS = 30


def told(seed: int, rows: int, regions: int, effect: float) -> Adjusted:
    """A tenth of the regions is exposed ten times as often and succeeds less, whatever happens there."""
    draw = np.random.default_rng(seed)
    popular = 1 / np.arange(1, regions + 1)
    region = draw.choice(regions, rows, p=popular / popular.sum())
    hard = np.isin(region, draw.permutation(regions)[: regions // 10])
    exposed = draw.random(rows) < np.where(hard, 0.4, 0.04)
    outcome = (draw.random(rows) < np.where(hard, 0.5, 0.8) + effect * exposed).astype(np.float64)
    others = [draw.integers(0, levels, rows) for levels in (20, 12, 3)]
    codes = np.stack([np.zeros(rows, dtype=np.int64), *others, region], axis=1).astype(np.int32)
    sample = Sample(codes, NAMES, exposed, np.zeros(rows, dtype=bool), np.ones(rows), np.arange(rows))
    found = adjusted(sample, outcome, binary=True)
    assert isinstance(found, Adjusted)
    return found


@pytest.mark.parametrize(("rows", "regions", "effect"), [(6_000, 60, 0.0), (6_000, 60, -0.1), (3_000, 85, 0.0)])
def test_more_levels_than_the_model_may_have_do_not_mislead(rows: int, regions: int, effect: float) -> None:
    found = [told(seed, rows, regions, effect) for seed in range(SEEDS)]
    held = sum(one.low is not None and one.high is not None and one.low <= effect <= one.high for one in found)
    assert held >= 0.9 * SEEDS
    assert abs(float(np.mean([one.value for one in found])) - effect) < 0.02
    # The plain difference blames the obstacle for where its customers live.
    assert float(np.mean([one.plain for one in found])) - effect < -0.1
