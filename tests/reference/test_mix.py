"""Rate and mix on the kidney stones of Charig et al. (1986), BMJ 292, 879-882, the best known reversal."""

from __future__ import annotations

import pytest

from tropa.stats.mix import rate_and_mix


def test_kidney_stones() -> None:
    """Nephrolithotomy (270 small, 80 large) against open surgery (87, 263): -4.6 points in all, although open surgery
    does better in both groups; by hand from Kitagawa's formula +5.37 by rate and -9.94 by mix."""
    found = rate_and_mix([234, 55], [270, 80], [81, 192], [87, 263])
    assert found is not None
    assert found.total == pytest.approx(273 / 350 - 289 / 350)
    assert found.rate == pytest.approx(0.0537, abs=5e-5)
    assert found.mix == pytest.approx(-0.0994, abs=5e-5)
    assert (found.rates > 0).all()
