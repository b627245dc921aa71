"""One obstacle at one touchpoint judged: its effect on the goal, and on every score that was given afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from tropa.cx.obstacles import OBSTACLES
from tropa.cx.obstacles.effects import Adjusted, adjusted
from tropa.cx.obstacles.exposure import Exposure
from tropa.cx.obstacles.look import low_limit
from tropa.cx.obstacles.looked import Seen, Target, of_target, taken
from tropa.cx.obstacles.moments import AGES
from tropa.cx.obstacles.on_goal import effect_on_goal
from tropa.cx.obstacles.on_scores import OnScore, effect_on_score, effects_on_scores
from tropa.cx.obstacles.rows import Rows, rows_of, second_of, thinned, whole
from tropa.cx.obstacles.trials import Trials, joined
from tropa.cx.obstacles.words import names_complaint
from tropa.engine.fold import threads_available
from tropa.engine.journeys import Codes, Floats

USUAL = 0.5
"""What more than this share of those who get there meet is the usual way, not an obstacle on it."""
USUAL_STEP = 0.75
"""The same where others take the same step otherwise."""
_WAYS = ("handover", "switch", "return")
"""Obstacles that are ways to go."""


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
    # What takes longest first, so that no core waits for it at the end.
    longest = sorted(seen.targets, key=lambda one: -_trials_of(seen, *one))
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads_available()) as pool:
        judged = dict(zip(longest, pool.map(lambda one: judge(seen, *one), longest), strict=True))
    return _without_usual([judged[one] for one in seen.targets if judged[one].chance.any()])


def _trials_of(seen: Seen, place: int, target: Target) -> int:
    span = of_target(seen.looked.trials[place], target.number)
    return int(span.stop - span.start)


def _tells_discontent(target: Target) -> bool:
    """Low scores that come with it are the same discontent, not its effect."""
    complains = target.obstacle == "contact" and target.activity is not None and names_complaint(target.activity)
    return target.obstacle == "low_score" or complains


def _without_usual(judged: Sequence[Judged]) -> list[Judged]:
    """A way that most take is no obstacle on it, whatever it is called each time: all that are met at one touchpoint
    are counted together. Where others take the same step otherwise, it is the way of nearly all."""
    at_node: dict[tuple[str, int | None], list[Trials]] = defaultdict(list)
    for one in judged:
        if one.target.obstacle in _WAYS:
            at_node[one.target.obstacle, one.target.node].append(taken(one.trials, one.exposure.met))
    together = {key: joined(met) for key, met in at_node.items()}
    met_by = {key: _journeys(met, np.ones(len(met))) for key, met in together.items()}
    found = []
    for one in judged:
        as_attempts = (one.trials.moment % (AGES + 1) == AGES).all()
        most = (USUAL_STEP if as_attempts else USUAL) * one.reached
        usual = met_by.get((one.target.obstacle, one.target.node), 0.0) > most
        found.append(replace(one, goal=None, scores=(), reason="the usual way") if usual else one)
    return found


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
        found = effect_on_score(seen, [rows, *second], survey)
        return met, None if found is None else found.adjusted
    return met, effect_on_goal(seen, rows, second, bounds=False)[0]


def _judged(seen: Seen, place: int, target: Target, history: Codes, rows: Rows, second: Sequence[Rows]) -> Judged:
    goal, reason, after = effect_on_goal(seen, rows, second)
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
        scores=() if _tells_discontent(target) else effects_on_scores(seen, [rows, *second]),
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


def _placebo(seen: Seen, rows: Rows) -> Adjusted | None:
    """The same comparison of something that the obstacle cannot have changed: whether the customer's journey before
    this one had reached the goal. None where too few have come before."""
    before = seen.looked.known.before[rows.trials.journey]
    kept = rows.exposure.used & (before >= 0)
    found = adjusted(rows.sample.of(kept), before[kept].astype(np.float64), binary=True) if kept.any() else ""
    return None if isinstance(found, str) else found
