"""What intervals must always and never do; published numbers are in tests/reference."""

from __future__ import annotations

import math

import pytest

from tropa.stats.intervals import Interval, difference, mean, net_share, wilson


def test_net_share_of_many_answers_is_near_the_normal_interval() -> None:
    # 50 % positive, 17 % negative of 300: 0.33 +- 1.96 * sqrt((0.5 + 0.17 - 0.33 ** 2) / 300) = 0.33 +- 0.0848.
    interval = net_share(150, 51, 300)
    assert interval.value == pytest.approx(0.33)
    assert interval.low == pytest.approx(0.33 - 0.0848, abs=0.005)
    assert interval.high == pytest.approx(0.33 + 0.0848, abs=0.005)


@pytest.mark.parametrize(("up", "down", "n"), [(0.5, 0.2, 12), (0.8, 0.1, 30), (0.95, 0.02, 40), (0.3, 0.6, 25)])
def test_net_share_covers(up: float, down: float, n: int) -> None:
    """Exact coverage over every possible sample of a trinomial lies near 95 %."""
    covered = 0.0
    for positive in range(n + 1):
        for negative in range(n + 1 - positive):
            neutral = n - positive - negative
            ways = math.comb(n, positive) * math.comb(n - positive, negative)
            chance = ways * up**positive * down**negative * (1 - up - down) ** neutral
            interval = net_share(positive, negative, n)
            assert interval.low is not None and interval.high is not None
            covered += chance * (interval.low <= up - down <= interval.high)
    assert 0.925 <= covered <= 0.985


@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_net_share_of_like_answers_is_no_point_and_stays_in_range(n: int) -> None:
    for interval in (net_share(n, 0, n), net_share(0, n, n), net_share(0, 0, n)):
        assert interval.low is not None and interval.high is not None
        assert -1 <= interval.low < interval.high <= 1


def test_nothing_observed_is_undefined() -> None:
    nothing = Interval(None, None, None, 0)
    assert wilson(0, 0) == net_share(0, 0, 0) == mean(0.0, 0.0, 0) == nothing
    assert difference(wilson(3, 9), nothing) == Interval(None, None, None, 9)


def test_mean_without_spread() -> None:
    assert mean(15.0, 225.0, 1) == Interval(15.0, None, None, 1)
    assert mean(0.3, 0.03, 3).low is None, "three times 0.1: rounding must not pass for a spread"
    alike = mean(50.0, 250.0, 10, bounds=(1.0, 5.0))
    assert alike.value == 5.0 and alike.high == 5.0
    assert alike.low is not None and 3.5 < alike.low < 5.0
    many = mean(5000.0, 25000.0, 1000, bounds=(1.0, 5.0))
    assert many.low is not None and many.low > 4.98


def test_mean_stays_on_the_scale() -> None:
    interval = mean(9.0, 41.0, 2, bounds=(1.0, 5.0))
    assert interval.low is not None and interval.low >= 1.0
    assert interval.high == 5.0


def test_difference_keeps_a_value_without_limits() -> None:
    assert difference(mean(15.0, 225.0, 1), mean(10.0, 52.0, 2)) == Interval(10.0, None, None, 3)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_impossible_counts_are_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="count"):
        wilson(count, n)


def test_impossible_sums_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        net_share(4, 3, 5)
    with pytest.raises(ValueError, match="n must"):
        mean(1.0, 1.0, -1)
