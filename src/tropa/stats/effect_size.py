"""An adjusted effect with its interval, from the fit and the sums of `effects`."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, stdtr

from tropa.stats.effects import Balance, Fit, Sums
from tropa.stats.equivalence import limits
from tropa.stats.intervals import Interval, Z

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Effect:
    """What being exposed changes, in the unit of the outcome (0..1 for an outcome of 0 or 1).

    exposed, others: mean outcome with the exposure and, for the same rows, without it. difference: exposed less
    others. ratio: exposed over others, where the outcome is 0 or 1. p: of no difference at all. centre, error,
    freedom: what intervals and tests of the difference are made of (`equivalence.judge` takes them); the centre of a
    binary outcome lies a little nearer to 0 than the estimate, which keeps small samples honest.
    """

    exposed: Interval
    others: Interval
    difference: Interval
    ratio: Interval | None
    p: float | None
    centre: float
    error: float | None
    freedom: float | None
    subjects: int
    balance: Balance


def finish(fitted: Fit, sums: Sums) -> Effect:
    """The effect from the fit and the sums of its influences, which few subjects make too small by one in as many.

    Binary outcomes: the means take Wilson's interval, their difference that of Agresti & Caffo, both at the size of
    sample that the variance found amounts to, so they hold up where the outcome is rare or sure. Other outcomes:
    Student's t with the smaller side's effective size. Without any spread the error is None.

    Sources: Agresti & Caffo (2000), American Statistician 54, 280-288; Korn & Graubard (1998), Survey Methodology 24,
    193-201 (effective sizes).
    """
    grow = sums.subjects / max(sums.subjects - 1, 1)
    product = sums.product * grow
    balance = fitted.balance
    raw_exposed = _variance(sums.exposed * grow, fitted.spread, balance.effective_exposed)
    raw_others = _variance(sums.others * grow, fitted.spread, balance.effective_others)
    n = (round(fitted.n_exposed), round(fitted.n_others))
    if not fitted.binary:
        return _plain(fitted, sums.subjects, (raw_exposed, raw_others, product), n)
    up, down = (min(max(mean, 0.0), 1.0) for mean in (fitted.mean_exposed, fitted.mean_others))
    size_up = _effective(up, raw_exposed, balance.effective_exposed)
    size_down = _effective(down, raw_others, balance.effective_others)
    shrunk_up, shrunk_down = (up * size_up + 1) / (size_up + 2), (down * size_down + 1) / (size_down + 2)
    of_up, of_down = (
        shrunk_up * (1 - shrunk_up) / (size_up + 2),
        shrunk_down * (1 - shrunk_down) / (size_down + 2),
    )
    together = of_up + of_down - 2 * _shared(product, of_up, of_down)
    error = math.sqrt(max(together, 0.0))
    centre = shrunk_up - shrunk_down
    low, high = limits(centre, error)
    value = up - down
    return Effect(
        exposed=_wilson(up, size_up, n[0]),
        others=_wilson(down, size_down, n[1]),
        difference=Interval(value, max(-1.0, min(low, value)), min(1.0, max(high, value)), sum(n)),
        ratio=_ratio(up, down, shrunk_up, shrunk_down, (of_up, of_down, together), sum(n)),
        p=2 * float(ndtr(-abs(centre) / error)) if error > 0 else None,
        centre=centre,
        error=error if error > 0 else None,
        freedom=None,
        subjects=sums.subjects,
        balance=balance,
    )


def _plain(fitted: Fit, subjects: int, spread: tuple[float, float, float], n: tuple[int, int]) -> Effect:
    """`spread`: variances of both means, and what they share."""
    of_up, of_down, product = spread
    balance = fitted.balance
    freedom = max(1.0, min(balance.effective_exposed, balance.effective_others) - 1)
    value = fitted.mean_exposed - fitted.mean_others
    variance = of_up + of_down - 2 * _shared(product, of_up, of_down)
    # A spread within rounding is none: then nothing is known about how far the estimate may be off.
    known = variance > _ROUNDING * (fitted.mean_exposed**2 + fitted.mean_others**2)
    error = math.sqrt(variance) if known else None

    def around(mean: float, spread: float, count: int) -> Interval:
        low, high = limits(mean, math.sqrt(spread), freedom=freedom) if known else (None, None)
        return Interval(mean, low, high, count)

    low, high = limits(value, error, freedom=freedom) if error is not None else (None, None)
    return Effect(
        exposed=around(fitted.mean_exposed, of_up, n[0]),
        others=around(fitted.mean_others, of_down, n[1]),
        difference=Interval(value, low, high, sum(n)),
        ratio=None,
        p=2 * float(stdtr(freedom, -abs(value) / error)) if error is not None else None,
        centre=value,
        error=error,
        freedom=freedom,
        subjects=subjects,
        balance=balance,
    )


def _variance(found: float, spread: float, effective: float) -> float:
    """The variance found, or what the outcome's spread on both sides suggests where a side shows none."""
    return found if found > _ROUNDING * spread / effective else spread / effective


def _effective(mean: float, variance: float, effective: float) -> float:
    """The size of a simple sample with this variance; a side where all are alike keeps its effective size."""
    inner = mean * (1 - mean)
    return inner / variance if inner > _ROUNDING and variance > 0 else effective


def _shared(product: float, first: float, second: float) -> float:
    bound = math.sqrt(first * second)
    return min(max(product, -bound), bound)


def _wilson(mean: float, size: float, n: int) -> Interval:
    spread = 1 + Z * Z / size
    centre = (mean + Z * Z / (2 * size)) / spread
    half_width = Z * math.sqrt(mean * (1 - mean) / size + Z * Z / (4 * size * size)) / spread
    return Interval(mean, max(0.0, min(mean, centre - half_width)), min(1.0, max(mean, centre + half_width)), n)


def _ratio(
    up: float, down: float, shrunk_up: float, shrunk_down: float, spread: tuple[float, float, float], n: int
) -> Interval:
    """The ratio with limits on the log scale (delta method); undefined where none of the others has the outcome."""
    of_up, of_down, of_difference = spread
    shared = (of_up + of_down - of_difference) / 2
    variance = of_up / shrunk_up**2 + of_down / shrunk_down**2 - 2 * shared / (shrunk_up * shrunk_down)
    low, high = limits(math.log(shrunk_up / shrunk_down), math.sqrt(max(variance, 0.0)))
    if down <= 0:
        return Interval(None, math.exp(low), None, n)
    value = up / down
    return Interval(value, min(value, math.exp(low)), max(value, math.exp(high)), n)
