"""Beyond the margin, within it, or unknown: against intervals, by simulation, and how many more it takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.equivalence import judge, limits, more_needed


@given(st.floats(-1, 1), st.floats(1e-3, 1), st.floats(1e-3, 0.5), st.sampled_from([None, 3.0, 30.0]))
def test_verdict_is_where_the_90_percent_interval_lies(
    effect: float, error: float, margin: float, freedom: float | None
) -> None:
    low, high = limits(effect, error, 0.90, freedom)
    verdict = judge(effect, error, margin, freedom=freedom).verdict
    if min(abs(low + margin), abs(low - margin), abs(high + margin), abs(high - margin)) < 1e-9:
        return
    if high < -margin:
        assert verdict == "below"
    elif low > margin:
        assert verdict == "above"
    elif -margin < low and high < margin:
        assert verdict == "within"
    else:
        assert verdict == "undetermined"


def test_each_false_verdict_is_rare() -> None:
    """On the margin itself neither "below" nor "within" is said in more than 5 % of samples."""
    random = np.random.default_rng(0)
    verdicts = [judge(value, 0.02, 0.1).verdict for value in random.normal(-0.1, 0.02, 4000)]
    assert verdicts.count("below") / 4000 == pytest.approx(0.05, abs=0.015)
    assert verdicts.count("within") / 4000 == pytest.approx(0.05, abs=0.015)


def test_a_loss_may_be_ruled_out_while_a_gain_is_not() -> None:
    found = judge(0.03, 0.02, 0.01)
    assert found.verdict == "undetermined"
    assert found.p_not_below < 0.05 < found.p_not_above == found.p_within


def test_an_effect_known_exactly() -> None:
    assert judge(0.0, 0.0, 0.01).verdict == "within"
    assert judge(-0.02, 0.0, 0.01).verdict == "below"
    assert judge(-0.01, 0.0, 0.01).verdict == "undetermined"
    for margin, error in ((0.0, 0.1), (0.1, -0.1), (0.1, float("nan"))):
        with pytest.raises(ValueError, match="margin"):
            judge(0.0, error, margin)


@pytest.mark.parametrize(("effect", "verdict"), [(0.0, "within"), (-0.03, "below"), (0.03, "above")])
def test_as_many_more_settle_it_four_times_in_five(effect: float, verdict: str) -> None:
    error, n = 0.02, 100
    more = more_needed(effect, error, 0.01, n)
    assert more is not None and more > 0
    shrunk = error * np.sqrt(n / (n + more))
    drawn = np.random.default_rng(1).normal(effect, shrunk, 4000)
    settled = np.mean([judge(value, shrunk, 0.01).verdict == verdict for value in drawn])
    assert settled == pytest.approx(0.8, abs=0.03)


def test_what_is_settled_needs_no_more() -> None:
    assert more_needed(-0.2, 0.01, 0.01, 100) == 0
    assert more_needed(0.0, 0.0, 0.01, 100) is None
    assert more_needed(0.0, 0.1, 0.01, 0) is None
    on_the_margin = more_needed(-0.01, 0.02, 0.01, 100)
    assert on_the_margin is not None and on_the_margin > 1000
