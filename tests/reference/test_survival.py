"""Kaplan-Meier against the leukaemia trial that textbooks and packages print.

Data: Freireich et al. (1963), Blood 21, 699-716, as printed in Gehan (1965), Biometrika 52, 203-223: weeks in
remission under 6-mercaptopurine (+ still in remission) and under placebo, 21 patients each.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from tropa.stats.survival import from_observations, kaplan_meier

WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@pytest.mark.parametrize(
    ("week", "at_risk", "share", "error", "low", "high"),
    [
        # Share and Greenwood's error: Klein & Moeschberger (2003), table 4.1. Log-log limits: Stata `sts list`.
        (6, 21, 0.8571, 0.0764, 0.6197, 0.9516),
        (7, 17, 0.8067, 0.0869, 0.5631, 0.9228),
        (10, 15, 0.7529, 0.0963, 0.5032, 0.8894),
        (13, 12, 0.6902, 0.1068, 0.4316, 0.8491),
        (16, 11, 0.6275, 0.1141, 0.3675, 0.8049),
        (22, 7, 0.5378, 0.1282, 0.2678, 0.7468),
        (23, 6, 0.4482, 0.1346, 0.1881, 0.6801),
    ],
)
def test_curve(week: int, at_risk: int, share: float, error: float, low: float, high: float) -> None:
    curve = from_observations(WEEKS, np.array(RELAPSED, dtype=bool))
    place = int(np.searchsorted(curve.times, week))
    assert curve.at_risk[place] == at_risk
    assert curve.share[place] * math.sqrt(curve.variance[place]) == pytest.approx(error, abs=5e-5)
    interval = curve.at(week)
    assert interval.value == pytest.approx(share, abs=5e-5)
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


def test_medians() -> None:
    # Gehan (1965): medians of 23 and 8 weeks; log-log limits as in R survfit(conf.type = "log-log").
    treated = from_observations(WEEKS, np.array(RELAPSED, dtype=bool)).quantile()
    assert (treated.value, treated.low, treated.high, treated.n) == (23.0, 13.0, None, 21)
    placebo = from_observations(PLACEBO, np.ones(21, dtype=bool)).quantile()
    assert (placebo.value, placebo.low, placebo.high) == (8.0, 4.0, 11.0)


def test_restricted_means() -> None:
    # R: print(survfit(...), rmean = 35) gives 23.29 (error 2.83) and 8.67 (error 1.38).
    treated = from_observations(WEEKS, np.array(RELAPSED, dtype=bool)).restricted_mean(35)
    assert treated.value == pytest.approx(23.287, abs=5e-4)
    assert treated.high is not None and treated.value is not None
    assert (treated.high - treated.value) / 1.96 == pytest.approx(2.83, abs=5e-3)
    placebo = from_observations(PLACEBO, np.ones(21, dtype=bool)).restricted_mean(35)
    # Everybody relapsed: the area is the plain mean.
    assert placebo.value == pytest.approx(sum(PLACEBO) / 21)


def test_counts_of_a_histogram_give_the_same_curve() -> None:
    events = [sum(e for w, e in zip(WEEKS, RELAPSED, strict=True) if w == week) for week in range(40)]
    censored = [WEEKS.count(week) - events[week] for week in range(40)]
    once = from_observations(WEEKS, np.array(RELAPSED, dtype=bool))
    assert kaplan_meier(range(40), events, censored).quantile() == once.quantile()
    twice = kaplan_meier(range(40), [2 * n for n in events], [2 * n for n in censored])
    np.testing.assert_allclose(twice.share, once.share)
    np.testing.assert_allclose(twice.variance, once.variance / 2)
