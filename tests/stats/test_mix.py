"""Rate and mix add up to the difference, whatever the groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.mix import rate_and_mix

pairs = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two)))


@given(st.lists(st.tuples(pairs, pairs), min_size=1, max_size=6))
def test_they_add_up(groups: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    k0, n0, k1, n1 = (
        np.array([group[side][part] for group in groups]) for side, part in ((0, 0), (0, 1), (1, 0), (1, 1))
    )
    found = rate_and_mix(k0, n0, k1, n1)
    if n0.sum() == 0 or n1.sum() == 0:
        assert found is None
        return
    assert found is not None
    assert found.total == pytest.approx(k1.sum() / n1.sum() - k0.sum() / n0.sum(), abs=1e-12)
    assert found.rates.sum() == pytest.approx(found.rate) and found.mixes.sum() == pytest.approx(found.mix)


def test_only_the_mix_changed_and_only_the_rates() -> None:
    mix = rate_and_mix([10, 80], [100, 100], [20, 40], [200, 50])
    assert mix is not None and mix.rate == pytest.approx(0)
    assert mix.mix == pytest.approx(60 / 250 - 90 / 200)
    rate = rate_and_mix([10, 80], [100, 100], [20, 70], [100, 100])
    assert rate is not None and rate.mix == pytest.approx(0) and rate.rates == pytest.approx([0.05, -0.05])


def test_a_new_group_is_mix() -> None:
    found = rate_and_mix([10, 0], [100, 0], [10, 90], [100, 100])
    assert found is not None and found.rate == 0 and found.mix == pytest.approx(0.4)
