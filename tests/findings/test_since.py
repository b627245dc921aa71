"""Since when: planted days in all and in one segment only, and loads that come and go."""

from __future__ import annotations

import datetime as dt

import numpy as np

from tropa.cx.times import DAY_US
from tropa.findings.journeys import Came
from tropa.findings.since import since
from tropa.stats.change_point import change_points

SEEDS, DAYS, BEGAN = 40, 150, 90
FIRST = dt.date(2026, 1, 1)
FIRST_DAY = (FIRST - dt.date(1970, 1, 1)).days
IN_THE_NORTH = ((0, 1),)


def came(random: np.random.Generator, rate: np.ndarray, a_day: int = 30) -> Came:
    """Journeys of each day, a quarter of them in the north (code 1), meet it at the `rate` of [place, day]."""
    day = np.repeat(np.arange(DAYS), random.poisson(a_day, DAYS))
    north = (random.random(len(day)) < 0.25).astype(np.int64)
    return Came(
        journey=np.arange(len(day)),
        met=(random.random(len(day)) < rate[north, day]).astype(np.float64),
        weight=np.ones(len(day)),
        at_us=(FIRST_DAY + day) * DAY_US,
        codes=north[:, None],
        names=("region",),
    )


def test_a_day_in_one_segment_is_blurred_in_all() -> None:
    """In the north it began on one day; of all, who met it before anyway, the rise is less than half."""
    rate = np.full((2, DAYS), 0.2)
    rate[1, BEGAN:] = 0.5
    right, blurred = 0, 0
    for seed in range(SEEDS):
        found = came(np.random.default_rng(seed), rate)
        began = since(found, "UTC", [IN_THE_NORTH])
        right += began is not None and abs((began.day - FIRST).days - BEGAN) <= 3
        blurred += since(found, "UTC") is None
    assert right >= 0.9 * SEEDS
    assert blurred >= 0.9 * SEEDS


def test_a_day_in_all_is_told_in_all() -> None:
    """A segment with fewer rows does not take its place."""
    rate = np.full((2, DAYS), 0.05)
    rate[:, BEGAN:] = 0.2
    right = 0
    for seed in range(SEEDS):
        began = since(came(np.random.default_rng(seed), rate), "UTC", [IN_THE_NORTH])
        right += began is not None and abs((began.day - FIRST).days - BEGAN) <= 3
    assert right >= 0.95 * SEEDS


def test_what_comes_and_goes_with_the_load_has_no_day() -> None:
    """Busy stretches of a week or so: days beside one another are alike. Taken for independent, they would have one."""
    told, naive = 0, 0
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        load = np.zeros(DAYS)
        for day in range(1, DAYS):
            load[day] = 0.85 * load[day - 1] + 0.32 * random.normal()
        found = came(random, np.tile(0.12 * np.exp(load), (2, 1)).clip(0, 0.9))
        told += since(found, "UTC") is not None
        k, n = (np.bincount(found.at_us // DAY_US - FIRST_DAY, weights=w, minlength=DAYS).astype(int)
                for w in (found.met, found.weight))  # fmt: skip
        naive += any(change.p < 0.01 for change in change_points(k, n, 0.01, least_dispersion=1.0))
    assert told <= 0.1 * SEEDS
    assert naive >= 0.4 * SEEDS


def test_nobody_has_no_day() -> None:
    nobody = came(np.random.default_rng(0), np.zeros((2, DAYS)), a_day=0)
    assert since(nobody, "UTC", [IN_THE_NORTH]) is None
