"""Do the exposed mention it more often than the others?"""

from __future__ import annotations

import pytest
from scipy.stats import fisher_exact

from tropa.stats.confirmation import confirmed


def test_the_lady_tasting_tea() -> None:
    """Fisher (1935), The Design of Experiments, ch. II: all four cups right has chance 1/70, three or more 17/70."""
    assert confirmed(4, 4, 0, 4).p == pytest.approx(1 / 70)
    assert confirmed(3, 4, 1, 4).p == pytest.approx(17 / 70)


@pytest.mark.parametrize(
    ("a", "n", "b", "m"), [(8, 10, 1, 6), (500, 10_000, 400, 10_000), (1, 3, 2, 90_000), (0, 5, 3, 5), (90, 100, 5, 7)]
)
def test_against_scipy(a: int, n: int, b: int, m: int) -> None:
    outside = fisher_exact([[a, n - a], [b, m - b]], alternative="greater").pvalue
    assert confirmed(a, n, b, m).p == pytest.approx(outside, rel=1e-7)


def test_shares_with_their_intervals() -> None:
    told = confirmed(30, 100, 10, 100)
    assert (told.exposed.value, told.others.value, told.confirmed) == (0.3, 0.1, True)
    assert told.exposed.low is not None and told.exposed.low < 0.3


def test_less_often_is_no_confirmation() -> None:
    told = confirmed(10, 100, 30, 100)
    assert told.p is not None and told.p > 0.99
    assert not told.confirmed


def test_nobody_mentions_it_or_all_do() -> None:
    assert confirmed(0, 50, 0, 50).p == 1
    assert confirmed(50, 50, 50, 50).p == 1


def test_an_empty_side_tells_nothing() -> None:
    told = confirmed(3, 5, 0, 0)
    assert told.p is None and not told.confirmed and told.others.value is None


def test_mentions_cannot_exceed_the_group() -> None:
    with pytest.raises(ValueError, match="count"):
        confirmed(6, 5, 0, 5)
