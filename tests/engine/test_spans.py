"""Spans by group: the same as a dictionary would give, for few groups and for many."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from tropa.engine.sketch import BUCKETS
from tropa.engine.spans import MOST_DENSE, histograms, spans


@pytest.mark.parametrize("groups", [1, 7, MOST_DENSE, MOST_DENSE + 1, 10**9])
def test_like_a_dictionary(groups: int) -> None:
    chance = np.random.default_rng(groups)
    known = chance.integers(0, groups, 40)
    group = known[chance.integers(0, 40, 5000)]
    bucket = chance.integers(0, BUCKETS, 5000)
    seconds = chance.random(5000)
    keys = group * BUCKETS + bucket
    parts = [
        spans(keys[part], seconds[part], groups) for part in (slice(0, 2000), slice(2000, 2000), slice(2000, 5000))
    ]
    told = histograms(parts[0] + parts[1] + parts[2])
    sums: dict[int, float] = defaultdict(float)
    cells: dict[int, Counter[int]] = defaultdict(Counter)
    for key, value in zip(keys.tolist(), seconds.tolist(), strict=True):
        sums[key // BUCKETS] += value
        cells[key // BUCKETS][key % BUCKETS] += 1
    assert told.groups.tolist() == sorted(sums)
    assert told.counts.tolist() == [cells[each].total() for each in sorted(cells)]
    assert told.sums.tolist() == pytest.approx([sums[each] for each in sorted(sums)])
    for place, each in enumerate(told.groups.tolist()):
        buckets = told.buckets([place])
        assert {bucket: int(buckets[bucket]) for bucket in np.flatnonzero(buckets)} == cells[each]
    assert told.buckets(range(len(told.groups))).sum() == 5000


@pytest.mark.parametrize("groups", [3, 10**6])
def test_nothing_at_all(groups: int) -> None:
    nothing = spans(np.empty(0, np.int64), np.empty(0), groups)
    told = histograms(nothing + nothing)
    assert (len(told.groups), len(told.counts), told.sums.sum(), told.buckets([]).sum()) == (0, 0, 0, 0)
