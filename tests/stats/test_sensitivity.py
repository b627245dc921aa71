"""E-value: which limit counts, what the bound means, and what is undefined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.sensitivity import EValue, e_value


@given(st.floats(1.01, 50))
def test_something_that_strong_explains_it_away_exactly(ratio: float) -> None:
    """Ding & VanderWeele's bound: two ratios of E give a bias of at most E * E / (2 E - 1)."""
    strength = e_value(ratio).value
    assert strength is not None
    assert strength * strength / (2 * strength - 1) == pytest.approx(ratio)
    assert e_value(1 / ratio).value == pytest.approx(strength)


def test_the_limit_nearer_to_one_counts() -> None:
    assert e_value(0.5, 0.3, 0.8).limit == e_value(0.8).value
    assert e_value(2.0, 1.5, 3.0).limit == e_value(1.5).value
    assert e_value(2.0, 0.9, 3.0).limit == 1.0
    assert e_value(0.8, 0.5, 1.2).limit == 1.0


def test_undefined() -> None:
    assert e_value(None) == EValue(None, None)
    assert e_value(0.0, 0.0, 0.5) == EValue(None, e_value(0.5).value)
    assert e_value(2.0) == EValue(e_value(2.0).value, None)
    assert e_value(float("inf"), 3.0, None).value is None
    for wrong in ((-1.0, None, None), (2.0, 2.5, 3.0), (2.0, 1.0, 1.5), (float("nan"), None, None)):
        with pytest.raises(ValueError, match=r"risk ratio|enclose"):
            e_value(*wrong)
