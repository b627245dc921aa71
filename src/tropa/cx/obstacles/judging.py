"""One obstacle at one touchpoint judged: its effect on the goal, and on every score that was given afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.metrics import SCALES
from tropa.cx.obstacles.effects import FEWEST, Adjusted, Sample, adjusted
from tropa.cx.obstacles.looked import Looked, Target, of_target, taken
from tropa.cx.obstacles.look import low_limit
from tropa.cx.obstacles.table import HISTORY, Attributes
from tropa.cx.obstacles.trials import EXPOSED, LATER, SILENT, Trials
from tropa.engine.journeys import NO_TIME, Array, Floats

_FOLLOWED = 0.95
_WEEK_US = 7 * 86_400_000_000
_HOUR_US = 3_600_000_000
_LONG_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Where nobody says how long is too long, the limit is sought among these quantiles of the waits."""


@dataclass(frozen=True, slots=True)
class OnScore:
    """The effect on one survey; kind of its scores, and the range of their scale."""

    survey: int
    kind: str
    span: float
    adjusted: Adjusted


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the trials of a target say. reason: why nothing can be told of the goal.

    after_goal: the obstacle comes after the goal, so there is none to lose. rows: the trials judged; exposed: of these,
    who met it. without_silent: the effect if all of whom nothing more is known are left out.
    """

    target: Target
    trials: Trials
    exposed: Array
    reached: float
    threshold: float | None
    goal: Adjusted | None
    reason: str | None
    after_goal: bool
    without_silent: Adjusted | None
    scores: tuple[OnScore, ...]


def judge(looked: Looked, place: int, target: Target, lens: Lens, attributes: Attributes) -> Judged:
    """Judges one target; `place` is that of its obstacle among the obstacles."""
    rows = of_target(looked.trials[place], target.number)
    trials = taken(looked.trials[place], np.arange(rows.start, rows.stop))
    history = looked.history[place][rows]
    names = (*_CALENDAR, *HISTORY, *attributes.event, *attributes.customer)
    waits = bool(trials.limit_seconds.any())
    goal_us = looked.known.goal_us[trials.journey]
    before_goal = (goal_us == NO_TIME) | (goal_us > trials.landmark_us)
    reached_goal = (goal_us != NO_TIME) & before_goal
    codes = np.concatenate([_calendar(looked, trials), history, looked.known.attributes[trials.journey]], axis=1)
    customer = looked.known.customer[trials.journey]
    threshold: float | None = 1.0
    exposed = (trials.flags & EXPOSED) > 0
    used = np.ones(len(trials), dtype=bool)
    if waits:
        limit, threshold, used = _limits(trials, reached_goal, customer)
        exposed = trials.seconds > limit
    elif target.obstacle == "low_score":
        threshold = low_limit(lens.dictionaries["kind"][looked.surveys[target.number][0]])
    elif target.obstacle == "repeat":
        threshold = 2.0
    sample = Sample(codes, names, exposed, (trials.flags & LATER) > 0, trials.weight.astype(np.float64), customer)
    reached = float(len(np.unique(trials.journey[used])))
    goal, reason, after, without = _on_goal(
        looked, lens, trials, sample, used, reached_goal, before_goal, waits
    )
    return Judged(
        target=target,
        trials=trials,
        exposed=exposed,
        reached=reached,
        threshold=threshold,
        goal=goal,
        reason=reason,
        after_goal=after,
        without_silent=without,
        scores=_on_scores(looked, lens, trials, sample, used, target),
    )


_CALENDAR = ("where they stood and for how long", "week", "time of the day and week", "journeys before")


def _calendar(looked: Looked, trials: Trials) -> Array:
    hour = trials.landmark_us // _HOUR_US
    part = (hour % 24) // 4 + 6 * (((hour // 24) + 3) % 7 >= 5)
    week = (trials.landmark_us - 4 * 86_400_000_000) // _WEEK_US
    return np.stack([trials.moment, week, part, looked.known.number[trials.journey]], axis=1)


def _on_goal(
    looked: Looked, lens: Lens, trials: Trials, sample: Sample, used: Array, reached_goal: Array,
    before_goal: Array, waits: bool,
) -> tuple[Adjusted | None, str | None, bool, Adjusted | None]:  # fmt: skip
    if not lens.has_goal:
        return None, "the map names no goal", False, None
    met = sample.exposed & used
    if met.any() and not waits and before_goal[met].mean() < 0.2:
        return None, None, True, None
    rows = used & before_goal & _followed(looked, lens, trials, reached_goal)
    found = adjusted(sample.of(rows), reached_goal[rows].astype(np.float64), binary=True)
    if isinstance(found, str):
        return None, found, False, None
    silent = (trials.flags & SILENT) > 0
    without = None
    if waits and silent.any():
        spoken = rows & ~silent
        other = adjusted(sample.of(spoken), reached_goal[spoken].astype(np.float64), binary=True)
        without = None if isinstance(other, str) else other
    return found, None, False, without


def _followed(looked: Looked, lens: Lens, trials: Trials, reached_goal: Array) -> Array:
    """Trials that are watched long enough: as long as it takes 95 % of those who reach the goal from here. Of later
    ones only the quick would be seen to succeed."""
    if not looked.known.under_way.any() or not reached_goal.any():
        return np.ones(len(trials), dtype=bool)
    takes = looked.known.goal_us[trials.journey[reached_goal]] - trials.landmark_us[reached_goal]
    needed = np.quantile(takes, _FOLLOWED)
    return np.asarray(trials.landmark_us + needed <= (lens.facts.now_us or 0))


def _limits(trials: Trials, reached_goal: Array, customer: Array) -> tuple[Array, float | None, Array]:
    """Limit of each wait in seconds, the one to tell, and the trials that are left to judge by it.

    Where no limit is stated, one is sought in half of the customers and judged in the other half.
    """
    stated = np.isfinite(trials.limit_seconds)
    if stated.any():
        limits = trials.limit_seconds[stated]
        return trials.limit_seconds, float(np.round(np.median(limits))), stated
    halves = (customer * 2654435761 >> 7) % 2 == 0
    long = _sought(trials.seconds[halves], reached_goal[halves])
    if long is None:
        return np.full(len(trials), np.inf), None, np.zeros(len(trials), dtype=bool)
    return np.full(len(trials), long), long, ~halves


def _sought(seconds: Array, reached_goal: Array) -> float | None:
    """The quantile of the waits beyond which the goal rate falls most clearly."""
    ended = seconds[np.isfinite(seconds)]
    if len(ended) < 10 * FEWEST:
        return None
    best, clearest = None, -np.inf
    for limit in np.unique(np.quantile(ended, _LONG_SHARES)):
        over = seconds > limit
        n1, n0 = int(over.sum()), int((~over).sum())
        if min(n1, n0) < FEWEST:
            continue
        rate = reached_goal.mean()
        spread = np.sqrt(max(rate * (1 - rate), 1e-9) * (1 / n1 + 1 / n0))
        fall = (reached_goal[~over].mean() - reached_goal[over].mean()) / spread
        if fall > clearest:
            best, clearest = float(limit), fall
    return best


def _on_scores(
    looked: Looked, lens: Lens, trials: Trials, sample: Sample, used: Array, target: Target
) -> tuple[OnScore, ...]:
    found = []
    kinds: Sequence[str] = lens.dictionaries.get("kind", ())
    for survey, (kind, _) in enumerate(looked.surveys):
        scale = SCALES.get(kinds[kind])
        if scale is None or (target.obstacle == "low_score" and survey == target.number):
            continue
        score = looked.known.answers[trials.journey, survey]
        rows = used & np.isfinite(score) & (looked.known.answered_us[trials.journey, survey] > trials.landmark_us)
        if min(int((sample.exposed & rows).sum()), int((~sample.exposed & rows).sum())) < FEWEST:
            continue
        effect = adjusted(sample.of(rows), score[rows], binary=False)
        if not isinstance(effect, str):
            found.append(OnScore(survey, scale.kind, scale.high - scale.low, effect))
    return tuple(found)
