"""One obstacle at one touchpoint judged: its effect on the goal, and on every score that was given afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.metrics import SCALES
from tropa.cx.obstacles.effects import FEWEST, Adjusted, Sample, adjusted, between
from tropa.cx.obstacles.look import low_limit
from tropa.cx.obstacles.looked import Looked, Seen, Target, of_target, taken
from tropa.cx.obstacles.lost import Lost, lost_late
from tropa.cx.obstacles.table import HISTORY
from tropa.cx.obstacles.trials import EXPOSED, LATER, SILENT, Trials
from tropa.engine.journeys import NO_TIME, Array, Codes, Floats

_FOLLOWED = 0.95
_MATTERS = 0.005
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
    """What the trials of a target say. place: of its obstacle among the obstacles. reason: why nothing can be told of the goal.

    after_goal: the obstacle comes after the goal, so there is none to lose. used: which trials are judged; exposed: which
    of them met it. lost: of waits, what is supposed of those who were lost.
    """

    place: int
    target: Target
    trials: Trials
    history: Codes
    used: Array
    exposed: Array
    reached: float
    threshold: float | None
    goal: Adjusted | None
    reason: str | None
    after_goal: bool
    lost: Lost | None
    scores: tuple[OnScore, ...]

    @property
    def silent(self) -> Array:
        return np.asarray((self.trials.flags & SILENT) > 0)

    @property
    def late(self) -> Floats:
        """For each trial of a wait the chance that it was lost and long."""
        chance = np.zeros(len(self.trials))
        if self.lost is not None:
            chance[self.used] = self.lost.late
        return chance


def judge(seen: Seen, place: int, target: Target, dropped: Array | None = None) -> Judged:
    """Judges one target; `place` is that of its obstacle among the obstacles.

    Args:
        dropped: for each journey whether to leave it out.
    """
    looked, lens, attributes = seen.looked, seen.lens, seen.attributes
    span = of_target(looked.trials[place], target.number)
    chosen = np.arange(span.start, span.stop)
    if dropped is not None:
        chosen = chosen[~dropped[looked.trials[place].journey[chosen]]]
    trials, history = taken(looked.trials[place], chosen), looked.history[place][chosen]
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
    lost: Lost | None = None
    if waits:
        limit, threshold, used = _limits(trials, reached_goal, customer)
        exposed = trials.seconds > limit
        silent = (trials.flags & SILENT) > 0
        stated = bool(np.isfinite(trials.limit_seconds).any())
        turn = target.node is not None and bool(seen.survey.company_next[target.node])
        lost = lost_late(
            codes[used], customer[used], trials.seconds[used], limit[used], silent[used],
            stated and (turn or target.obstacle == "silence"), _OF_TIME,
        )  # fmt: skip
    elif target.obstacle == "low_score":
        threshold = low_limit(lens.dictionaries["kind"][looked.surveys[target.number][0]])
    elif target.obstacle == "repeat":
        threshold = 2.0
    weight = trials.weight.astype(np.float64) / np.where(exposed & ~waits, 1.0, looked.share)
    sample = Sample(codes, names, exposed, (trials.flags & LATER) > 0, weight, customer)
    goal, reason, after = _on_goal(looked, lens, trials, sample, used, reached_goal, before_goal, lost)
    return Judged(
        place=place,
        target=target,
        trials=trials,
        history=history,
        used=used,
        exposed=exposed & used,
        reached=float(len(np.unique(trials.journey[used]))),
        threshold=threshold,
        goal=goal,
        reason=reason,
        after_goal=after,
        lost=lost,
        scores=_on_scores(looked, lens, trials, sample, used, target),
    )


_OF_TIME = (1,)
_CALENDAR = ("where they stood and for how long", "week", "time of the day and week", "journeys before")


def _calendar(looked: Looked, trials: Trials) -> Array:
    hour = trials.landmark_us // _HOUR_US
    part = (hour % 24) // 4 + 6 * (((hour // 24) + 3) % 7 >= 5)
    week = (trials.landmark_us - 4 * 86_400_000_000) // _WEEK_US
    return np.stack([trials.moment, week, part, looked.known.number[trials.journey]], axis=1)


def _on_goal(
    looked: Looked, lens: Lens, trials: Trials, sample: Sample, used: Array, reached_goal: Array,
    before_goal: Array, lost: Lost | None,
) -> tuple[Adjusted | None, str | None, bool]:  # fmt: skip
    if not lens.has_goal:
        return None, "the map names no goal", False
    met = sample.exposed & used
    if met.any() and lost is None and before_goal[met].mean() < 0.2:
        return None, None, True
    rows = used & before_goal & _followed(looked, lens, trials, reached_goal)
    if lost is not None:
        return _on_goal_of_wait(
            sample.of(rows), (trials.flags[rows] & SILENT) > 0, lost, used, rows, reached_goal[rows]
        )
    sample, reached_goal = sample.of(rows), reached_goal[rows]
    outcome = reached_goal.astype(np.float64)
    found = adjusted(sample, outcome, binary=True)
    if not isinstance(found, str):
        # Journeys of which nothing more is known may as well have stayed as left at the pace supposed.
        silent = (trials.flags[rows] & SILENT) > 0
        sampled = 1.0 / looked.share
        stayed = np.where(silent, np.maximum(sample.weight, sampled), sample.weight)
        if (stayed - sample.weight)[silent].sum() > _MATTERS * sample.weight.sum():
            other = adjusted(replace(sample, weight=stayed), outcome, binary=True)
            if not isinstance(other, str):
                found = between(found, other)
    return (None, found, False) if isinstance(found, str) else (found, None, False)


def _on_goal_of_wait(
    sample: Sample, silent: Array, lost: Lost, used: Array, rows: Array, reached_goal: Array
) -> tuple[Adjusted | None, str | None, bool]:
    """Lost waits stand on both sides by the chance that they were long. If the lost lose patience bit by bit, some had
    gone before the limit and are on neither side: the truth lies between."""
    late, after = np.zeros(len(used)), np.ones(len(used))
    late[used], after[used] = lost.late, lost.after
    both, outcome = _divided(sample, silent, late[rows], 1 - late[rows], reached_goal)
    found = adjusted(both, outcome, binary=True)
    if isinstance(found, str):
        return None, found, False
    if silent.any() and after.min() < 1:
        both, outcome = _divided(sample, silent, (late * after)[rows], np.zeros(len(silent)), reached_goal)
        other = adjusted(both, outcome, binary=True)
        if not isinstance(other, str):
            found = between(found, other)
    return found, None, False


def _divided(sample: Sample, silent: Array, late: Floats, fast: Floats, reached_goal: Array) -> tuple[Sample, Floats]:
    """Those of whom nothing more is known stand on both sides, with these weights."""
    twice = np.flatnonzero(silent)
    rows = np.concatenate([np.arange(len(silent)), twice])
    both = sample.of(rows)
    weight, exposed = both.weight.copy(), both.exposed.copy()
    weight[twice] *= late[twice]
    exposed[twice] = True
    weight[len(silent) :] *= fast[twice]
    exposed[len(silent) :] = False
    kept = weight > 0
    return replace(both, weight=weight, exposed=exposed).of(kept), reached_goal[rows][kept].astype(np.float64)


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
