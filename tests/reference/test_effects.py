"""Adjusted effects against what stratification gives on published tables.

With one covariate the propensity is saturated: overlap weights are then the Mantel-Haenszel risk difference
(Greenland & Robins 1985, Biometrics 41, 55-68), and the effect on the exposed is standardisation to them.
"""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.effect_size import finish
from tropa.stats.effects import Cells, fit, unclustered

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


@pytest.mark.parametrize("cells", [STONES, BERKELEY], ids=["stones", "berkeley"])
def test_overlap_is_mantel_haenszel(cells: Cells) -> None:
    """Value and variance: the latter is Sato's (1989, Biometrics 45, 1323-1324) up to the terms within strata."""
    fitted = fit(cells, "overlap", ridge=1e-9)
    assert fitted is not None
    n1, n0 = (cells.n[cells.exposed == side] for side in (True, False))
    y1, y0 = (cells.total[cells.exposed == side] for side in (True, False))
    weight = n1 * n0 / (n1 + n0)
    difference = float((weight * (y1 / n1 - y0 / n0)).sum() / weight.sum())
    assert fitted.mean_exposed - fitted.mean_others == pytest.approx(difference, abs=1e-8)
    assert fitted.balance.after == pytest.approx(0, abs=1e-7)
    # Sato (1989): the variance of the Mantel-Haenszel risk difference.
    n = n1 + n0
    p = (n1**2 * y0 - n0**2 * y1 + n1 * n0 * (n0 - n1) / 2) / n**2
    q = (y1 * (n0 - y0) + y0 * (n1 - y1)) / (2 * n)
    sato = (difference * p.sum() + q.sum()) / weight.sum() ** 2
    second = unclustered(fitted, cells)
    found = second.exposed + second.others - 2 * second.product
    assert found == pytest.approx(sato, rel=0.02)


def test_stones_reverse_the_plain_comparison() -> None:
    """Plain: 78.0 % against 82.6 %; alike: open surgery is better in both groups, by 6.3 and 4.2 points."""
    assert 273 / 350 < 289 / 350
    fitted = fit(STONES, "exposed", ridge=1e-9)
    assert fitted is not None
    assert fitted.mean_exposed == pytest.approx(273 / 350)
    assert fitted.mean_others == pytest.approx((87 * 234 / 270 + 263 * 55 / 80) / 350, abs=1e-8)
    found = finish(fitted, unclustered(fitted, STONES))
    assert found.difference.value == pytest.approx(0.0477, abs=1e-3)


def test_standardised_error_of_the_exposed() -> None:
    """Delta method by hand: mean of the exposed and the others' rates at the exposed's fixed shares, with the shares
    counted from the same rows."""
    fitted = fit(BERKELEY, "exposed", ridge=1e-9)
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
    second = unclustered(fitted, BERKELEY)
    assert second.exposed + second.others - 2 * second.product == pytest.approx(float(by_hand), rel=1e-6)
