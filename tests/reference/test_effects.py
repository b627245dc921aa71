"""Adjusted effects against what stratification gives on published tables.

With one covariate the propensity is saturated: the effect on the exposed is then standardisation to them.
"""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.effect_size import finish
from tropa.stats.effects import Cells, Fit, Sums, clustered, fit

# Charig et al. (1986), BMJ 292, 879-882: kidney stones, open surgery against nephrolithotomy, small and large stones.
STONES = Cells(
    codes=np.array([[0], [0], [1], [1]]),
    exposed=np.array([True, False, True, False]),
    n=np.array([87.0, 270, 263, 80]),
    total=np.array([81.0, 234, 192, 55]),
)
# Bickel, Hammel & O'Connell (1975), Science 187, 398-404: Berkeley 1973, six departments; women are the exposed.
MEN, MEN_IN = [825, 560, 325, 417, 191, 373], [512, 353, 120, 138, 53, 22]
WOMEN, WOMEN_IN = [108, 25, 593, 375, 393, 341], [89, 17, 202, 131, 94, 24]
BERKELEY = Cells(
    codes=np.tile(np.arange(6), 2)[:, None],
    exposed=np.repeat([True, False], 6),
    n=np.array(WOMEN + MEN, dtype=float),
    total=np.array(WOMEN_IN + MEN_IN, dtype=float),
)


def summed(fitted: Fit, cells: Cells) -> Sums:
    """The sums of everybody in a table, each by itself."""
    n, k = cells.n.astype(int), cells.total.astype(int)
    row = np.repeat(np.arange(len(n)), n)
    outcome = np.concatenate([np.arange(size) < hits for size, hits in zip(n, k, strict=True)]).astype(float)
    return clustered(fitted.influence(cells.codes[row], cells.exposed[row], outcome), np.arange(len(row)))


def test_stones_reverse_the_plain_comparison() -> None:
    """Plain: 78.0 % against 82.6 %; alike: open surgery is better in both groups, by 6.3 and 4.2 points."""
    assert 273 / 350 < 289 / 350
    fitted = fit(STONES, ridge=1e-9)
    assert fitted is not None
    assert fitted.mean_exposed == pytest.approx(273 / 350)
    assert fitted.mean_others == pytest.approx((87 * 234 / 270 + 263 * 55 / 80) / 350, abs=1e-8)
    found = finish(fitted, summed(fitted, STONES))
    assert found.difference.value == pytest.approx(0.0477, abs=1e-3)


def test_standardised_error_of_the_exposed() -> None:
    """Delta method by hand: mean of the exposed and the others' rates at the exposed's fixed shares, with the shares
    counted from the same rows."""
    fitted = fit(BERKELEY, ridge=1e-9)
    assert fitted is not None
    women, men = np.array(WOMEN, dtype=float), np.array(MEN, dtype=float)
    rate_women, rate_men = np.array(WOMEN_IN) / women, np.array(MEN_IN) / men
    share = women / women.sum()
    change = rate_women - rate_men
    value = float((share * change).sum())
    assert fitted.mean_exposed - fitted.mean_others == pytest.approx(value, abs=1e-8)
    by_hand = (
        (share**2 * rate_men * (1 - rate_men) / men).sum()
        + (share * rate_women * (1 - rate_women)).sum() / women.sum()
        + (share * (change - value) ** 2).sum() / women.sum()
    )
    second = summed(fitted, BERKELEY)
    assert second.exposed + second.others - 2 * second.product == pytest.approx(float(by_hand), rel=1e-6)
