"""95 % intervals of shares, net shares, means and of the difference between two of them, from additive counts.

Every function takes sums that a fold can add up, never the single observations. What is undefined is None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95
_UPPER_TAIL = (1 + CONFIDENCE) / 2
Z = NormalDist().inv_cdf(_UPPER_TAIL)
# A sum of squares carries this relative rounding error at most; a smaller spread is no spread.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate from `n` observations and the limits of its 95 % interval, in the unit of the estimate.

    `value` is None where there is nothing to estimate from; the limits are None where the observations do not
    say how far the estimate may be off.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


def wilson(count: int, n: int) -> Interval:
    """The share `count / n` (0..1) with Wilson's score interval.

    Source: Wilson (1927), JASA 22, 209-212; method 3 of Newcombe (1998), Statistics in Medicine 17, 857-872.

    Raises:
        ValueError: when `count` is not between 0 and `n`.
    """
    if not 0 <= count <= n:
        raise ValueError(f"count must lie between 0 and n, got {count} of {n}")
    if n == 0:
        return Interval(None, None, None, 0)
    share = count / n
    denominator = 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / denominator
    half_width = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / denominator
    # At the edges the limit is the edge itself; rounding would leave 1e-17 of it.
    low = 0.0 if count == 0 else centre - half_width
    high = 1.0 if count == n else centre + half_width
    return Interval(share, low, high, n)


def net_share(positive: int, negative: int, n: int) -> Interval:
    """The share of positive less the share of negative among `n` (-1..1), neutral ones counted in `n` only.

    The limits come from those of the two shares by MOVER with their multinomial correlation, so they stay within
    -1..1 and do not collapse to a point when every answer is alike, as the normal interval does.

    Source: Zou & Donner (2008), Statistics in Medicine 27, 1693-1702, the form for correlated estimates.

    Raises:
        ValueError: when the counts are negative or exceed `n` together.
    """
    if positive < 0 or negative < 0 or positive + negative > n:
        raise ValueError(f"positive and negative must be counts within n, got {positive} and {negative} of {n}")
    if n == 0:
        return Interval(None, None, None, 0)
    up, down = positive / n, negative / n
    # Cov(up, down) = -up * down / n for a multinomial; no correlation is defined for a share of 0 or 1.
    spread = up * (1 - up) * down * (1 - down)
    correlation = -up * down / math.sqrt(spread) if spread > 0 else 0.0
    return _mover(wilson(positive, n), wilson(negative, n), correlation, n)


def mean(total: float, total_of_squares: float, n: int, bounds: tuple[float, float] | None = None) -> Interval:
    """The mean `total / n` with Student's t interval, from the sum and the sum of squares.

    Args:
        bounds: lowest and highest value that an observation can have, where there is a scale. The limits never
            leave it, and a sample without spread (one answer, or all alike) still gets limits: the share of
            answers unlike those seen is at most Wilson's limit for 0 of `n`, and they may lie at either end.

    Without bounds a sample without spread has no limits.

    Source: Student (1908), Biometrika 6, 1-25.

    Raises:
        ValueError: when `n` is negative.
    """
    if n < 0:
        raise ValueError(f"n must not be negative, got {n}")
    if n == 0:
        return Interval(None, None, None, 0)
    value = total / n
    squares = total_of_squares - total * value
    if n > 1 and squares > _ROUNDING * abs(total_of_squares):
        half_width = _student(n - 1) * math.sqrt(squares / (n - 1) / n)
        low, high = value - half_width, value + half_width
    elif bounds is not None:
        unlike = wilson(0, n).high or 0.0
        low, high = value - unlike * (value - bounds[0]), value + unlike * (bounds[1] - value)
    else:
        return Interval(value, None, None, n)
    if bounds is not None:
        low, high = max(low, bounds[0]), min(high, bounds[1])
    return Interval(value, low, high, n)


def difference(a: Interval, b: Interval) -> Interval:
    """`a - b` for two independent groups, with limits recovered from those of `a` and `b` (MOVER).

    For two shares by `wilson` this is method 10 of Newcombe (1998), Statistics in Medicine 17, 873-890. `n` is
    the observations of both groups together.

    Source: Zou & Donner (2008), Statistics in Medicine 27, 1693-1702.
    """
    return _mover(a, b, 0.0, a.n + b.n)


def _mover(a: Interval, b: Interval, correlation: float, n: int) -> Interval:
    """Square-and-add: each limit of `a - b` from the distances of `a` and `b` to their limits on that side."""
    if a.value is None or b.value is None:
        return Interval(None, None, None, n)
    value = a.value - b.value
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Interval(value, None, None, n)
    down = _distance(a.value - a.low, b.high - b.value, correlation)
    up = _distance(a.high - a.value, b.value - b.low, correlation)
    return Interval(value, value - down, value + up, n)


def _distance(first: float, second: float, correlation: float) -> float:
    return math.sqrt(max(0.0, first * first + second * second - 2 * correlation * first * second))


def _student(freedom: int) -> float:
    """Quantile of Student's distribution that the limits of a mean use."""
    # Loaded where a mean is asked for: most questions ask for shares only.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, _UPPER_TAIL))
