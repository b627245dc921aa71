"""How long do journeys take to reach the goal, those still on the way included?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.durations import format_duration
from tropa.cx.lens import Lens
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.view import View
from tropa.engine.journeys import Array, Ints
from tropa.engine.sketch import INVERSE_LOG_GAMMA, value_of
from tropa.errors import TropaError
from tropa.stats.intervals import Interval
from tropa.stats.survival import Survival, kaplan_meier

MOST_DISTINCT = 4096
"""A partition with more distinct times is told in logarithmic buckets, within 1 %; one with fewer exactly."""

MOST_POINTS = 200


class TimeToGoalParams(Filters):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class ReachedBy:
    """By `seconds` after the first event this share had reached the goal; `at_risk` were still watched just before."""

    after: str
    seconds: float
    at_risk: int
    share: float
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True)
class TimeToGoal:
    """Kaplan-Meier, time from the first event of the journey, limits on the log(-log) scale with Greenwood's variance.

    Who did not reach the goal is watched until the data ends (or the horizon runs out) and then drops out of sight.
    That holds for journeys that look left just as for those under way: nobody said that they would not go on, so
    nothing is guessed, and the curve rises no higher than the share that really reaches the goal. Quantiles are the
    times by which 25, 50 or 90 % of ALL journeys had reached it, None where so many never did. `restricted_mean` is
    the mean time without the goal, counting at most `horizon_seconds`. `typical` quantiles look only at those that
    reached the goal. `exact`: single times were counted; otherwise they are within 1 %.
    """

    journeys: int
    reached: int
    under_way: int
    left: int
    horizon_seconds: float | None
    share: float | None
    share_low: float | None
    share_high: float | None
    p25_seconds: float | None
    p25_seconds_low: float | None
    p25_seconds_high: float | None
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    p90_seconds: float | None
    p90_seconds_low: float | None
    p90_seconds_high: float | None
    restricted_mean_seconds: float | None
    restricted_mean_seconds_low: float | None
    restricted_mean_seconds_high: float | None
    typical_median_seconds: float | None
    typical_p90_seconds: float | None
    exact: bool
    curve: tuple[ReachedBy, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Distinct times in milliseconds, how many reached the goal then and how many were last seen then; by outcome."""

    milliseconds: Ints
    reached: Ints
    censored: Ints
    status: Ints
    exact: bool


@dataclass(frozen=True, slots=True)
class TimeToGoalFold:
    params: TimeToGoalParams
    lens: Lens

    def map(self, view: View) -> tuple[Times, ...]:
        if not self.lens.has_goal:
            raise TropaError(
                "The map says no goal, so there is no time to it.",
                "Name the touchpoints that complete the journey under `goal:` in map.yaml.",
                kind="map",
            )
        kept = view.selected
        status = view.outcome.status[kept]
        started = view.started[kept]
        seen_until = np.int64(self.lens.facts.now_us or 0)
        watched = np.maximum(seen_until - started, 0)
        if self.lens.within_us is not None:
            watched = np.minimum(watched, self.lens.within_us)
        reached = status == REACHED
        microseconds = np.where(reached, view.outcome.goal_us[kept] - started, watched)
        return (_times((microseconds + 500) // 1000, reached, np.bincount(status, minlength=3)),)

    def merge(self, one: tuple[Times, ...], other: tuple[Times, ...]) -> tuple[Times, ...]:
        return one + other

    def finish(self, total: tuple[Times, ...]) -> TimeToGoal:
        milliseconds, places = np.unique(np.concatenate([part.milliseconds for part in total]), return_inverse=True)
        reached, censored = (
            np.bincount(places, np.concatenate(parts), len(milliseconds)).astype(np.int64)
            for parts in ([part.reached for part in total], [part.censored for part in total])
        )
        curve = kaplan_meier(milliseconds / 1000, reached, censored)
        status = np.sum([part.status for part in total], axis=0)
        longest = float(curve.times[-1])
        within = None if self.lens.within_us is None else self.lens.within_us / 1e6
        horizon = longest if within is None else min(within, longest)
        share = _share(curve.at(horizon))
        p25, median, p90 = (curve.quantile(level) for level in (0.25, 0.5, 0.9))
        mean = curve.restricted_mean(horizon) if horizon > 0 else Interval(None, None, None, curve.n)
        return TimeToGoal(
            journeys=curve.n,
            reached=int(status[REACHED]),
            under_way=int(status[UNDER_WAY]),
            left=int(status[LEFT]),
            horizon_seconds=horizon,
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            p25_seconds=p25.value,
            p25_seconds_low=p25.low,
            p25_seconds_high=p25.high,
            median_seconds=median.value,
            median_seconds_low=median.low,
            median_seconds_high=median.high,
            p90_seconds=p90.value,
            p90_seconds_low=p90.low,
            p90_seconds_high=p90.high,
            restricted_mean_seconds=mean.value,
            restricted_mean_seconds_low=mean.low,
            restricted_mean_seconds_high=mean.high,
            typical_median_seconds=_among_reached(curve, 0.5),
            typical_p90_seconds=_among_reached(curve, 0.9),
            exact=all(part.exact for part in total),
            curve=_points(curve),
        )


def _times(milliseconds: Ints, reached: Array, status: Array) -> Times:
    distinct, places = np.unique(milliseconds, return_inverse=True)
    exact = len(distinct) <= MOST_DISTINCT
    if not exact:
        buckets = np.ceil(np.log(np.maximum(distinct, 1)) * INVERSE_LOG_GAMMA).astype(np.int64) + 1
        buckets[distinct <= 0] = 0
        told, merged = np.unique(buckets, return_inverse=True)
        distinct = np.array([round(value_of(int(bucket))) for bucket in told], dtype=np.int64)
        places = merged[places]
    return Times(
        distinct,
        np.bincount(places[reached], minlength=len(distinct)).astype(np.int64),
        np.bincount(places[~reached], minlength=len(distinct)).astype(np.int64),
        status.astype(np.int64),
        exact,
    )


def _share(waiting: Interval) -> Interval:
    """Share that reached the goal from the share that did not."""
    if waiting.value is None:
        return waiting
    low = None if waiting.high is None else 1 - waiting.high
    high = None if waiting.low is None else 1 - waiting.low
    return Interval(1 - waiting.value, low, high, waiting.n)


def _among_reached(curve: Survival, share: float) -> float | None:
    """A plain quantile of the times of those that reached the goal."""
    cumulative = np.cumsum(curve.events)
    if not len(cumulative) or not cumulative[-1]:
        return None
    wanted = max(int(np.ceil(share * cumulative[-1])), 1)
    return float(curve.times[int(np.searchsorted(cumulative, wanted))])


def _points(curve: Survival) -> tuple[ReachedBy, ...]:
    """The times at which the curve rises, thinned evenly where they are many; the last one is always there."""
    rises = np.flatnonzero(curve.events)
    if len(rises) > MOST_POINTS:
        rises = rises[np.unique(np.linspace(0, len(rises) - 1, MOST_POINTS).round().astype(np.int64))]
    points = []
    for place in rises.tolist():
        seconds = float(curve.times[place])
        share = _share(curve.at(seconds))
        points.append(
            ReachedBy(
                after=format_duration(seconds),
                seconds=seconds,
                at_risk=int(curve.at_risk[place]),
                share=1 - float(curve.share[place]),
                share_low=share.low,
                share_high=share.high,
            )
        )
    return tuple(points)


def chart(result: TimeToGoal) -> Chart:
    """Step line of the share that reached the goal, with its band."""
    rows = [
        {"days": point.seconds / 86400, "share": point.share, "low": point.share_low, "high": point.share_high}
        for point in result.curve
    ]
    x = {"field": "days", "type": "quantitative", "title": "days"}
    return {
        "data": {"values": [{"days": 0, "share": 0, "low": 0, "high": 0}, *rows]},
        "layer": [
            {
                "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.25},
                "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "interpolate": "step-after"},
                "encoding": {"x": x, "y": {"field": "share", "type": "quantitative", "axis": {"format": "%"}}},
            },
        ],
    }


ANALYSIS = Analysis(
    slug="time_to_goal",
    question="How long do journeys take to reach the goal, those still on the way included?",
    question_ru="За какое время пути доходят до цели, если не забывать тех, кто ещё идёт?",
    params=TimeToGoalParams,
    result=TimeToGoal,
    fold=TimeToGoalFold,
    chart=chart,
)
