"""The effect of one obstacle on the goal, between all suppositions that may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tropa.cx.obstacles.covariates import Lenient
from tropa.cx.obstacles.effects import Adjusted, Sample, adjusted, between
from tropa.cx.obstacles.followed import Followed, followed
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.rows import Rows
from tropa.engine.journeys import NO_TIME, Array, Floats

_MATTERS = 0.005
_AFTER_GOAL = 0.8


def effect_on_goal(
    seen: Seen, rows: Rows, second: Sequence[Rows], bounds: bool = True
) -> tuple[Adjusted | None, str | None, bool]:
    """The effect on the goal between all comparisons; of lost waits with its `bounds`, or the value alone. A second
    comparison that is a bound tells nothing alone; and where the first might blame what merely comes to whoever is
    still there, nothing is told without the second."""
    goal, reason, after = _on_goal(seen, rows, bounds=bounds)
    if goal is None:
        return None, reason, after
    for those in second:
        other, why, _ = _on_goal(seen, those, bracket=False)
        if other is not None:
            goal = between(goal, other)
        elif those.lingering:
            return None, why, after
    return goal, reason, after


def _on_goal(
    seen: Seen, rows: Rows, bracket: bool = True, bounds: bool = True
) -> tuple[Adjusted | None, str | None, bool]:
    if not seen.lens.has_goal:
        return None, "the map names no goal", False
    met = rows.exposure.met
    if met.any() and rows.exposure.lost is None and rows.before_goal[met].mean() < 1 - _AFTER_GOAL:
        return None, None, True
    watched = _followed(seen, rows)
    if watched is None:
        return None, "the data end too early", False
    kept = rows.exposure.used & rows.before_goal & watched.kept
    missed = bool((seen.looked.known.goal_us == NO_TIME).any())
    waits = rows.exposure.lost is not None
    found = _of_waits(rows, kept, missed, bounds) if waits else _of_marks(rows, kept, missed, bracket)
    return (None, found, False) if isinstance(found, str) else (_with_goals_to_come(found, watched), None, False)


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


def _followed(seen: Seen, rows: Rows) -> Followed | None:
    every = np.ones(len(rows.trials), dtype=bool)
    if not seen.looked.known.under_way.any():
        return Followed(every)
    goal_us = seen.looked.known.goal_us[rows.trials.journey]
    of, now = rows.before_goal, seen.lens.facts.now_us or 0
    found = followed(
        rows.trials.landmark_us[of], goal_us[of], rows.reached_goal[of], rows.exposure.met[of], now, seen.lens.within_us
    )
    if found is None:
        return None
    every[of] = found.kept
    return replace(found, kept=every)


def _with_goals_to_come(found: Adjusted, watched: Followed) -> Adjusted:
    """The interval holds also what the effect will be if one side goes on to reach the goal, or the other one."""
    for more in (watched.exposed, -watched.others):
        if more:
            moved = replace(
                found,
                centre=found.centre + more,
                low=None if found.low is None else found.low + more,
                high=None if found.high is None else found.high + more,
            )
            found = replace(between(found, moved), value=found.value)
    return found
