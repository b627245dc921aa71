"""Counts by key: the same as a dictionary would give, however many keys there are."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from tropa.engine.sketch import BUCKETS
from tropa.engine.tally import histograms, tally, united


@pytest.mark.parametrize("distinct", [1, 5, 3000, 60_000])
def test_like_a_dictionary(distinct: int) -> None:
    chance = np.random.default_rng(distinct)
    keys = chance.integers(0, 2**50, distinct)[chance.integers(0, distinct, 80_000)]
    values = chance.random(80_000)
    owner = np.arange(80_000) // 7
    halves = [tally(keys[part], values[part], owner[part]) for part in (slice(0, 35_000), slice(35_000, None))]
    whole = united(halves)
    sums: dict[int, float] = defaultdict(float)
    owners: dict[int, set[int]] = defaultdict(set)
    for key, value, mine in zip(keys.tolist(), values.tolist(), owner.tolist(), strict=True):
        sums[key] += value
        owners[key].add(mine)
    assert whole.keys.tolist() == sorted(sums)
    assert dict(zip(whole.keys.tolist(), whole.counts.tolist(), strict=True)) == Counter(keys.tolist())
    assert dict(zip(whole.keys.tolist(), whole.sums.tolist(), strict=True)) == pytest.approx(dict(sums))
    assert whole.owners.tolist() == [len(owners[key]) for key in sorted(owners)]


def test_nothing_at_all() -> None:
    nothing = united([tally(np.empty(0, np.int64), np.empty(0))])
    assert len(nothing) == 0
    assert len(histograms(nothing).groups) == 0


def test_histograms_by_group() -> None:
    keys = np.array([7 * BUCKETS + 3, 2 * BUCKETS, 7 * BUCKETS + 3, 7 * BUCKETS + 9])
    told = histograms(united([tally(keys, np.array([1.0, 2.0, 3.0, 4.0]))]))
    assert (told.groups.tolist(), told.counts.tolist(), told.sums.tolist()) == ([2, 7], [1, 3], [2.0, 8.0])
    buckets = told.buckets([1])
    assert (buckets[3], buckets[9], buckets.sum()) == (2, 1, 3)
    assert told.buckets([0, 1]).sum() == 4
