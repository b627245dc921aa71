"""One effect in all groups or not: error rates, the unlike group, groups without an effect."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.heterogeneity import heterogeneity


def test_alike_groups_are_seldom_called_unlike() -> None:
    random = np.random.default_rng(0)
    errors = [0.01, 0.02, 0.03, 0.02, 0.05]
    overall, single, covered = 0, 0, 0
    for _ in range(1000):
        found = heterogeneity(random.normal(-0.1, errors).tolist(), errors, [10] * 5)
        assert found.p is not None and found.common.low is not None and found.common.high is not None
        overall += found.p < 0.05
        single += min(p for p in found.each if p is not None) < 0.05
        covered += found.common.low <= -0.1 <= found.common.high
    assert overall / 1000 == pytest.approx(0.05, abs=0.02)
    assert single / 1000 <= 0.07
    assert covered / 1000 == pytest.approx(0.95, abs=0.02)


def test_the_unlike_group_is_named() -> None:
    found = heterogeneity([-0.02, -0.20, -0.03, -0.01], [0.02] * 4, [100] * 4)
    assert found.p is not None and found.p < 1e-6
    assert [p is not None and p < 0.05 for p in found.each] == [False, True, False, False]
    unlike = found.differences[1]
    assert unlike is not None and unlike.value == pytest.approx(-0.18)
    # Variance by hand: 0.02 squared, and a third of it for the mean of the three others.
    assert unlike.low == pytest.approx(-0.18 - 1.959964 * 0.02 * np.sqrt(4 / 3), abs=1e-6)


def test_two_groups_are_the_plain_test() -> None:
    found = heterogeneity([0.0, 0.3], [0.1, 0.1], [5, 5])
    assert found.p == pytest.approx(found.each[0] / 2 if found.each[0] is not None else None)


def test_groups_without_an_effect_stand_aside() -> None:
    found = heterogeneity([0.1, None, 0.2], [0.1, 0.1, None], [5, 5, 5])
    assert found.common.value == pytest.approx(0.1) and found.common.n == 5
    assert found.p is None and found.each == (None, None, None)
    nothing = heterogeneity([None], [None], [3])
    assert nothing.common.value is None and nothing.p is None
    for effects, errors, n in (([0.1], [0.0], [5]), ([0.1], [0.1], []), ([0.1], [float("nan")], [5])):
        with pytest.raises(ValueError, match=r"lengths|positive"):
            heterogeneity(effects, errors, n)
