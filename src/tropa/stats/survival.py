"""How long until it happens, when some were still waiting at the last look (Kaplan-Meier), from additive counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.stats.intervals import Interval, Z

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """Share for which it has not happened after each time, with 95 % limits.

    `share[i]` holds from `times[i]` (the event itself included) until the next time; before the first it is 1.
    `at_risk[i]` were still watched just before `times[i]`. Limits are NaN inside these arrays where they are
    undefined (nothing has happened yet, or nobody is left); single numbers taken from them are None.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    share: Floats
    low: Floats
    high: Floats
    variance: Floats
    """Greenwood's sum of d / (n (n - d)): the variance of log share."""

    @property
    def n(self) -> int:
        """How many were watched."""
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    def at(self, time: float) -> Interval:
        """The share for which it has not happened by `time`, None where nobody was watched that long."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if self.n == 0 or (time > self.times[-1] and self.share[-1] > 0):
            return Interval(None, None, None, self.n)
        if place < 0:
            return Interval(1.0, None, None, self.n)
        return Interval(float(self.share[place]), _number(self.low[place]), _number(self.high[place]), self.n)

    def quantile(self, share: float = 0.5) -> Interval:
        """The time by which it has happened for `share` of all (0.5: the median), None where it never came so far.

        The limits are the times at which the limits of the curve pass the same level; an upper limit that lies
        beyond the last look is None.

        Source: Brookmeyer & Crowley (1982), Biometrics 38, 29-41.

        Raises:
            ValueError: when `share` is not between 0 and 1.
        """
        if not 0 < share < 1:
            raise ValueError(f"share must lie between 0 and 1, got {share}")
        # A level such as 1 - 0.9 is not exact in binary; a curve that only touches it has passed it.
        level = 1 - share + 1e-12
        value, low, high = (_first(self.times, curve <= level) for curve in (self.share, self.low, self.high))
        return Interval(value, None if value is None else low, high, self.n)

    def restricted_mean(self, horizon: float) -> Interval:
        """Mean time until it happens, counting at most `horizon`: the area under the curve up to there.

        None where nobody was watched for that long, because the area is then unknown. The limits stay within 0 and
        `horizon`.

        Source: Irwin (1949), Journal of Hygiene 47, 188-189; variance as in Klein & Moeschberger (2003), 4.5.

        Raises:
            ValueError: when `horizon` is not positive.
        """
        if not horizon > 0:
            raise ValueError(f"horizon must be positive, got {horizon}")
        if self.n == 0 or (horizon > self.times[-1] and self.share[-1] > 0):
            return Interval(None, None, None, self.n)
        inside = self.times < horizon
        knots = np.concatenate(([0.0], self.times[inside], [horizon]))
        areas = np.concatenate(([1.0], self.share[inside])) * np.diff(knots)
        area = float(areas.sum())
        after = np.cumsum(areas[::-1])[::-1][1:]
        happened, at_risk = self.events[inside], self.at_risk[inside]
        left = at_risk - happened
        # Where nobody is left there is no area after it either, so that step adds nothing.
        steps = np.where(left > 0, after**2 * happened / (at_risk * np.maximum(left, 1)), 0.0)
        spread = float(steps.sum())
        if spread <= 0:
            return Interval(area, None, None, self.n)
        half_width = Z * math.sqrt(spread)
        return Interval(area, max(0.0, area - half_width), min(horizon, area + half_width), self.n)


def kaplan_meier(
    times: Sequence[float] | Floats, events: Sequence[int] | Counts, censored: Sequence[int] | Counts
) -> Survival:
    """The curve from counts: `events[i]` happened at `times[i]`, `censored[i]` were last seen waiting at `times[i]`.

    Works from single times as well as from a histogram that folds have added up (one entry a bucket, its time the
    bucket's own). Who was last seen at the time of an event counts as watched through it. Limits are on the
    log(-log) scale with Greenwood's variance, so they stay within 0..1.

    Source: Kaplan & Meier (1958), JASA 53, 457-481; limits: Kalbfleisch & Prentice (1980), section 1.3.

    Raises:
        ValueError: when times do not rise, counts are negative, or the lengths differ.
    """
    when = np.asarray(times, dtype=np.float64)
    happened = np.asarray(events, dtype=np.int64)
    lost = np.asarray(censored, dtype=np.int64)
    if not len(when) == len(happened) == len(lost):
        raise ValueError(f"lengths differ: {len(when)} times, {len(happened)} events, {len(lost)} censored")
    if len(when) and (not bool(np.all(np.diff(when) > 0)) or when[0] < 0 or min(happened.min(), lost.min()) < 0):
        raise ValueError("times must rise from 0 or more, and counts must not be negative")
    seen = (happened + lost) > 0
    when, happened, lost = when[seen], happened[seen], lost[seen]
    at_risk = np.cumsum((happened + lost)[::-1])[::-1].astype(np.int64)
    left = at_risk - happened
    share = np.cumprod(left / at_risk, dtype=np.float64)
    variance = np.cumsum(np.divide(happened, at_risk * left, out=np.zeros(len(when)), where=left > 0))
    low, high = _limits(share, variance)
    return Survival(when, at_risk, happened, lost, share, low, high, variance)


def from_observations(times: Sequence[float] | Floats, happened: Sequence[bool] | NDArray[np.bool_]) -> Survival:
    """The curve from one time for each one watched and whether it happened then."""
    unique, places = np.unique(np.asarray(times, dtype=np.float64), return_inverse=True)
    flags = np.asarray(happened, dtype=np.bool_)
    events = np.bincount(places[flags], minlength=len(unique)).astype(np.int64)
    censored = np.bincount(places[~flags], minlength=len(unique)).astype(np.int64)
    return kaplan_meier(unique, events, censored)


def _limits(share: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """S ** exp(-+ z * sqrt(variance) / log S), NaN where the share is still 1 or already 0."""
    inner = (share > 0) & (share < 1)
    low, high = np.full(len(share), np.nan), np.full(len(share), np.nan)
    logs = np.log(share[inner])
    widths = Z * np.sqrt(variance[inner]) / -logs
    # Beyond the range of floating numbers the limit is 0.
    low[inner] = np.exp(logs * np.exp(np.minimum(widths, 700.0)))
    high[inner] = np.exp(logs * np.exp(-widths))
    return low, high


def _first(times: Floats, reached: NDArray[np.bool_]) -> float | None:
    places = np.flatnonzero(reached)
    return float(times[places[0]]) if len(places) else None


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
