"""One obstacle at one touchpoint judged: its effect on the goal, and on every score that was given afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from tropa.cx.metrics import SCALES
from tropa.cx.obstacles import OBSTACLES
from tropa.cx.obstacles.covariates import Lenient
from tropa.cx.obstacles.effects import FEWEST, Adjusted, Sample, adjusted, between
from tropa.cx.obstacles.exposure import Exposure
from tropa.cx.obstacles.followed import followed
from tropa.cx.obstacles.look import low_limit
from tropa.cx.obstacles.looked import Seen, Target, taken
from tropa.cx.obstacles.moments import AGES
from tropa.cx.obstacles.rows import Rows, rows_of, second_of, thinned, whole
from tropa.cx.obstacles.trials import Trials
from tropa.engine.fold import threads_available
from tropa.engine.journeys import NO_TIME, Array, Codes, Floats

USUAL = 0.5
"""What more than this share of those who get there meet is the usual way, not an obstacle on it."""

_MATTERS = 0.005
_AFTER_GOAL = 0.8


@dataclass(frozen=True, slots=True)
class OnScore:
    """The effect on one survey; kind of its scores, and the range of their scale."""

    survey: int
    kind: str
    span: float
    adjusted: Adjusted


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the trials of a target say. `place` is that of its obstacle among the obstacles.

    reached, exposed: journeys that came there and that met it; losing: of these, who had a goal to lose. reason: why
    nothing can be told of the goal. after_goal: the obstacle comes after the goal: there is none to lose. threshold:
    the seconds, count or score from which it is one.
    """

    place: int
    target: Target
    trials: Trials
    history: Codes
    exposure: Exposure
    reached: float
    exposed: float
    losing: float
    threshold: float | None
    goal: Adjusted | None
    reason: str | None
    after_goal: bool
    placebo: Adjusted | None
    scores: tuple[OnScore, ...]

    @property
    def journeys_met(self) -> int:
        """Journeys that met it: counted of marks, of waits as far as it is known who was lost to them."""
        return round(self.exposed) if self.target.met is None else self.target.met

    @property
    def chance(self) -> Floats:
        """For each trial the chance that it met the obstacle: sure but for waits that were lost."""
        return _chance(self.exposure)


def judge_all(seen: Seen) -> list[Judged]:
    """Every target that anybody met judged, on all cores; of what is the usual way (a department that most are passed
    to, a channel that most change to) nothing is told."""
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads_available()) as pool:
        judged = list(pool.map(lambda one: judge(seen, *one), seen.targets))
    met = [one for one in judged if one.chance.any()]
    together: dict[tuple[str, int | None], float] = defaultdict(float)
    for one in met:
        together[one.target.obstacle, one.target.node] += one.exposed
    return [_not_if_usual(one, together[one.target.obstacle, one.target.node]) for one in met]


def _not_if_usual(one: Judged, together: float) -> Judged:
    """A way that most take is no obstacle on it, whatever it is called each time (`together`: who met it at this
    touchpoint), unless others take the same step otherwise."""
    as_attempts = (one.trials.moment % (AGES + 1) == AGES).all()
    if one.target.obstacle not in ("handover", "switch", "return") or as_attempts or together <= USUAL * one.reached:
        return one
    return replace(one, goal=None, scores=(), reason="the usual way")


def judge(seen: Seen, place: int, target: Target) -> Judged:
    """Judges one target; `place` is that of its obstacle among the obstacles."""
    trials, history = thinned(seen, place, target)
    rows = rows_of(seen, target, trials, history)
    found = _judged(seen, place, target, history, rows, second_of(seen, place, target, None))
    every, _ = whole(seen, place, target)
    # Counted before they were thinned out: what can be told exactly is.
    return found if len(every) == len(trials) else replace(found, reached=_journeys(every, np.ones(len(every))))


def effect_left(seen: Seen, was: Judged, survey: int | None, share: Floats) -> tuple[float, Adjusted | None]:
    """How many trials are left that met the obstacle if of each journey only a `share` counts, and the effect in them:
    on the goal, or on a survey. Who met it stays as it was judged."""
    kept = share[was.trials.journey] > 0
    rows = rows_of(seen, was.target, taken(was.trials, kept), was.history[kept], was.exposure.without(kept), share)
    met = float((_chance(rows.exposure) * share[rows.trials.journey]).sum())
    second = second_of(seen, was.place, was.target, share)
    if survey is not None:
        found = _on_score(seen, [rows, *second], survey)
        return met, None if found is None else found.adjusted
    return met, _goal_between(seen, rows, second, bounds=False)[0]


def _goal_between(
    seen: Seen, rows: Rows, second: Sequence[Rows], bounds: bool = True
) -> tuple[Adjusted | None, str | None, bool]:
    """The effect on the goal between all comparisons; of lost waits with its `bounds`, or the value alone."""
    goal, reason, after = _on_goal(seen, rows, bounds=bounds)
    for those in () if after else second:
        if (other := _on_goal(seen, those, bracket=False)[0]) is not None:
            goal, reason = other if goal is None else between(goal, other), None
    return goal, reason, after


def _judged(seen: Seen, place: int, target: Target, history: Codes, rows: Rows, second: Sequence[Rows]) -> Judged:
    goal, reason, after = _goal_between(seen, rows, second)
    threshold = rows.exposure.threshold
    if target.obstacle == "low_score":
        threshold = low_limit(seen.lens.dictionaries["kind"][seen.looked.surveys[target.number][0]])
    elif threshold is None and not rows.trials.limit_seconds.any():
        threshold = getattr(OBSTACLES[place], "threshold", 1.0)
    return Judged(
        place=place,
        target=target,
        trials=rows.trials,
        history=history,
        exposure=rows.exposure,
        reached=_journeys(rows.trials, np.ones(len(rows.trials))),
        exposed=_journeys(rows.trials, _chance(rows.exposure)),
        losing=_journeys(rows.trials, _chance(rows.exposure) * rows.before_goal),
        threshold=threshold,
        goal=goal,
        reason=reason,
        after_goal=after,
        placebo=_placebo(seen, rows),
        scores=() if target.obstacle == "low_score" else _on_scores(seen, [rows, *second]),
    )


def _chance(found: Exposure) -> Floats:
    met = found.met.astype(np.float64)
    return met if found.lost is None else np.maximum(met, found.lost.late)


def _journeys(trials: Trials, chance: Floats) -> float:
    """Journeys in which this happened, each by the trial in which it did most surely; those that were not drawn
    included."""
    order = np.lexsort((-trials.sampled, -chance, trials.journey))
    first = order[np.unique(trials.journey[order], return_index=True)[1]]
    return float((chance[first] / trials.sampled[first].astype(np.float64)).sum())


def _on_goal(
    seen: Seen, rows: Rows, bracket: bool = True, bounds: bool = True
) -> tuple[Adjusted | None, str | None, bool]:
    if not seen.lens.has_goal:
        return None, "the map names no goal", False
    met = rows.exposure.met
    if met.any() and rows.exposure.lost is None and rows.before_goal[met].mean() < 1 - _AFTER_GOAL:
        return None, None, True
    long_enough = _followed(seen, rows)
    if long_enough is None:
        return None, "the data end too early", False
    kept = rows.exposure.used & rows.before_goal & long_enough
    missed = bool((seen.looked.known.goal_us == NO_TIME).any())
    waits = rows.exposure.lost is not None
    found = _of_waits(rows, kept, missed, bounds) if waits else _of_marks(rows, kept, missed, bracket)
    return (None, found, False) if isinstance(found, str) else (found, None, False)


def _placebo(seen: Seen, rows: Rows) -> Adjusted | None:
    """The same comparison of something that the obstacle cannot have changed: whether the customer's journey before
    this one had reached the goal. None where too few have come before."""
    before = seen.looked.known.before[rows.trials.journey]
    kept = rows.exposure.used & (before >= 0)
    found = adjusted(rows.sample.of(kept), before[kept].astype(np.float64), binary=True) if kept.any() else ""
    return None if isinstance(found, str) else found


def _of_marks(rows: Rows, kept: Array, missed: bool, bracket: bool) -> Adjusted | str:
    """Journeys of which nothing more is known may have left at the pace supposed, or have stayed: the truth lies
    between."""
    sample, outcome = rows.sample.of(kept), rows.reached_goal[kept].astype(np.float64)
    found = adjusted(sample, outcome, True, missed)
    if isinstance(found, str) or not bracket:
        return found
    silent = rows.silent[kept]
    stayed = np.where(silent, rows.stands_for[kept], sample.weight)
    if (stayed - sample.weight).sum() <= _MATTERS * sample.weight.sum():
        return found
    other = adjusted(replace(sample, weight=stayed), outcome, True, missed, found.lenient)
    found = found if isinstance(other, str) else between(found, other)
    if not rows.survived:
        return found
    # Whoever met it had not left before: perhaps nobody else should have.
    other = adjusted(replace(sample, weight=np.where(silent, 0.0, sample.weight)), outcome, True, missed, found.lenient)
    return found if isinstance(other, str) else between(found, other)


def _of_waits(rows: Rows, kept: Array, missed: bool, bounds: bool) -> Adjusted | str:
    """Lost waits stand on both sides by the chance that they were long; it may be less or more, and if the lost lose
    patience bit by bit, some had gone before the limit and are on neither side: the truth lies between."""
    lost = rows.exposure.lost
    assert lost is not None
    sample, silent, reached = rows.sample.of(kept), rows.silent[kept], rows.reached_goal[kept]

    def of(late: Floats, fast: Floats, lenient: Lenient = "all") -> Adjusted | str:
        both, outcome = _divided(sample, silent, late, fast, reached)
        return adjusted(both, outcome, True, missed, lenient)

    def served_in_time(late: Floats) -> Floats:
        return np.zeros(len(late)) if lost.apart else 1 - late

    found = of(lost.late[kept], served_in_time(lost.late[kept]))
    if isinstance(found, str) or not silent.any() or not bounds:
        return found
    moved = [late[kept] for late in (lost.low, lost.high) if not np.array_equal(late, lost.late)]
    others = [(late, served_in_time(late)) for late in moved]
    if lost.after[kept].min() < 1:
        others.append(((lost.late * lost.after)[kept], np.zeros(len(silent))))
    for late, fast in others:
        other = of(late, fast, found.lenient)
        if not isinstance(other, str):
            found = replace(between(found, other), value=found.value)
    return found


def _divided(sample: Sample, silent: Array, late: Floats, fast: Floats, reached: Array) -> tuple[Sample, Floats]:
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
    return replace(both, weight=weight, exposed=exposed).of(kept), reached[rows][kept].astype(np.float64)


def _followed(seen: Seen, rows: Rows) -> Array | None:
    if not seen.looked.known.under_way.any():
        return np.ones(len(rows.trials), dtype=bool)
    goal_us = seen.looked.known.goal_us[rows.trials.journey]
    of, now = rows.before_goal.copy(), seen.lens.facts.now_us or 0
    long_enough = followed(rows.trials.landmark_us[of], goal_us[of], rows.reached_goal[of], rows.exposure.met[of], now)
    if long_enough is None:
        return None
    of[of] = long_enough
    return of


def _on_scores(seen: Seen, rows: Sequence[Rows]) -> tuple[OnScore, ...]:
    found = (_on_score(seen, rows, survey) for survey in range(len(seen.looked.surveys)))
    return tuple(one for one in found if one is not None)


def _on_score(seen: Seen, rows: Sequence[Rows], survey: int) -> OnScore | None:
    """The effect on the answers to one survey that were given afterwards, between all comparisons; None where too few
    were."""
    kinds: Sequence[str] = seen.lens.dictionaries.get("kind", ())
    scale = SCALES.get(kinds[seen.looked.surveys[survey][0]])
    first, *others = [None if scale is None else _answers(seen, one, survey) for one in rows]
    if scale is None or first is None:
        return None
    for other in others:
        first = first if other is None else between(first, other)
    return OnScore(survey, scale.kind, scale.high - scale.low, first)


def _answers(seen: Seen, rows: Rows, survey: int) -> Adjusted | None:
    looked, trials, sample = seen.looked, rows.trials, rows.sample
    # Of waits that nobody ended nobody knows how long they were.
    kept = (
        rows.exposure.used
        & ~(rows.silent & (rows.exposure.lost is not None))
        & (looked.known.answered_us[trials.journey, survey] > trials.landmark_us)
    )
    if min(int((sample.exposed & kept).sum()), int((~sample.exposed & kept).sum())) < FEWEST:
        return None
    score = looked.known.answers[trials.journey, survey]
    effect = adjusted(sample.of(kept), score[kept], binary=False)
    return None if isinstance(effect, str) else effect
