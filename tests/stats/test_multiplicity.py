"""False discovery rate: its definition by brute force, its promise by simulation, and what was never tested."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.multiplicity import Method, adjust


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_q_is_the_smallest_rate_at_which_it_is_a_discovery(values: list[float]) -> None:
    """The step-up rule tried at every q: reject the k smallest where p(k) <= k q / m, and none just below it."""
    found = adjust(dict(enumerate(values)))
    rising = sorted(values)

    def rejected(rate: float) -> float:
        passed = [p for k, p in enumerate(rising, 1) if p <= rate * k / len(rising) * (1 + 1e-12)]
        return max(passed, default=-1.0)

    for name, value in enumerate(values):
        q = found.q[name]
        assert q is not None
        assert value <= rejected(q)
        assert q == 0 or value > rejected(q * (1 - 1e-6)) or q < 1e-300


@pytest.mark.parametrize("method", ["benjamini_hochberg", "benjamini_yekutieli"])
def test_false_discoveries_stay_rare(method: Method) -> None:
    """Of 40 tests 10 hold something; the expected share of false ones among those called stays under 5 %."""
    random = np.random.default_rng(11)
    shares, missed, naive = [], 0, []
    for _ in range(400):
        p = random.random(40)
        p[:10] = random.random(10) ** 8 / 100
        called = {name for name, q in adjust(dict(enumerate(p)), method).q.items() if q is not None and q <= 0.05}
        shares.append(len(called - set(range(10))) / max(len(called), 1))
        missed += 10 - len(called & set(range(10)))
        naive.append(float((p[10:] < 0.05).sum()) / max(float((p < 0.05).sum()), 1))
    assert np.mean(shares) < 0.05 < np.mean(naive)
    assert missed / 4000 < 0.3


def test_never_tested_has_no_q_and_no_weight() -> None:
    found = adjust({"a": 0.01, "b": None, "c": 0.04})
    assert found.q == {"a": pytest.approx(0.02), "b": None, "c": pytest.approx(0.04)}
    assert found.tested == 2
    assert adjust({}).q == {}
    assert adjust({"b": None}).tested == 0


def test_no_p_outside_its_range() -> None:
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            adjust({"a": wrong})
