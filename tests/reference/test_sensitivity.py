"""E-values as printed by VanderWeele & Ding (2017), Annals of Internal Medicine 167, 268-274."""

from __future__ import annotations

import pytest

from tropa.stats.sensitivity import e_value


def test_breast_feeding_and_deaths_of_infants() -> None:
    """Risk ratio 3.9 (95 % interval 1.8 to 8.7): 7.26, and 3.0 for the limit."""
    found = e_value(3.9, 1.8, 8.7)
    assert found.value == pytest.approx(7.26, abs=0.005)
    assert found.limit == pytest.approx(3.0, abs=1e-9)


@pytest.mark.parametrize(("ratio", "expected"), [(2.0, 3.41), (0.8, 1.81), (0.5, 3.41), (1.0, 1.0)])
def test_single_ratios(ratio: float, expected: float) -> None:
    assert e_value(ratio).value == pytest.approx(expected, abs=0.005)
