"""Barrier, inconvenience, harmless or not to be told: all targets judged together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tropa.cx.obstacles.effects import Adjusted
from tropa.cx.obstacles.judging import Judged
from tropa.cx.obstacles.on_scores import OnScore
from tropa.stats.equivalence import judge, more_needed
from tropa.stats.multiplicity import adjust

Kind = Literal["barrier", "inconvenience", "harmless", "undetermined"]

ALPHA = 0.05
SCORE_MARGIN = 0.1
"""A fall of the mean score by less than this share of its scale is none that matters (0.4 points of 1..5)."""
TRIVIAL = 0.02
"""A fall by less than this share of its scale (0.08 points of 1..5) is not told, however certain: of very many answers
the smallest difference in who gives them would be."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What a target is. q: of the effects, corrected over all targets. score: the survey that is told; score_p: of no
    fall of it, one-sided, corrected for having been sought among surveys. score_falls: it surely falls by more than
    what is trivial, whatever becomes of the goal.

    reason: of `undetermined`, what cannot be told. more: how many more journeys it would take to tell.
    """

    judged: Judged
    kind: Kind
    goal_q: float | None
    score: OnScore | None
    score_p: float | None
    score_q: float | None
    score_falls: bool
    reason: str | None
    more: int | None


def verdicts(judged: Sequence[Judged], margin: float) -> list[Verdict]:
    """The kind of each, with false discoveries held down over all that was tested.

    A barrier: the effect on the goal lies below -margin and its interval below 0, with q <= 0.05 over the tests of this
    of all targets (Benjamini & Hochberg: tests of neighbouring obstacles depend positively on one another). An
    inconvenience: a score falls by more than what is trivial, with q <= 0.05 over all targets, and a loss of goals
    beyond the margin is ruled out. Harmless: a loss beyond the margin is ruled out, and so is a fall of any score that
    was given often enough to tell. Ruling out is a one-sided test at 5 % each (Schuirmann 1987): an obstacle that does
    good is no barrier either.
    """
    keys = range(len(judged))
    loses = adjust({key: _p_below(judged[key].goal, margin) for key in keys}).q
    differs = adjust({key: None if (goal := judged[key].goal) is None else goal.p for key in keys}).q
    lowest = {key: _clearest(judged[key].scores) for key in keys}
    falls = adjust({key: None if (told := lowest[key]) is None else told.p for key in keys}).q
    matters = adjust({key: None if (told := lowest[key]) is None else told.p_matters for key in keys}).q
    found = []
    for key in keys:
        one = judged[key]
        told = lowest[key]
        kind, reason = _kind(one, _discovered(loses[key]), _discovered(matters[key]), margin)
        found.append(
            Verdict(
                one,
                kind,
                differs[key],
                None if told is None else told.score,
                None if told is None else told.p,
                falls[key],
                _discovered(matters[key]),
                reason,
                _more(one, kind, margin),
            )
        )
    return found


def does_harm(verdict: Verdict) -> bool:
    """Whether it surely does harm: to the goal, or to a score at least."""
    told = verdict.kind in ("barrier", "inconvenience")
    return told or (verdict.kind == "undetermined" and verdict.score_falls and verdict.judged.goal is not None)


def _discovered(q: float | None) -> bool:
    return q is not None and q <= ALPHA


def _kind(one: Judged, loses: bool, score_falls: bool, margin: float) -> tuple[Kind, str | None]:
    goal = one.goal
    if goal is None and not one.after_goal:
        return "undetermined", one.reason
    if goal is not None and loses and goal.high is not None and goal.high < 0:
        return "barrier", None
    if goal is not None and not _ruled_out(goal, margin):
        lost = one.exposure.lost
        if lost is not None and not lost.told and goal.slack >= margin:
            return "undetermined", "who was lost while waiting cannot be told apart"
        return "undetermined", "an effect on the goal is neither certain nor ruled out"
    if score_falls:
        return "inconvenience", None
    if not one.scores and one.target.obstacle != "low_score":
        return "undetermined", "too few scores"
    if any(not _no_fall(told) for told in one.scores):
        return "undetermined", "an effect on the score is neither certain nor ruled out"
    return "harmless", None


def _ruled_out(goal: Adjusted, margin: float) -> bool:
    if goal.error is None:
        return False
    return judge(goal.centre - goal.slack, goal.error, margin, ALPHA, goal.freedom).p_not_below < ALPHA


def _p_below(goal: Adjusted | None, margin: float) -> float | None:
    if goal is None or goal.error is None:
        return None
    return judge(goal.centre + goal.slack, goal.error, margin, ALPHA, goal.freedom).p_below


def _no_fall(told: OnScore) -> bool:
    found = told.adjusted
    if found.error is None:
        return found.value >= 0
    margin = SCORE_MARGIN * told.span
    return judge(found.centre - found.slack, found.error, margin, ALPHA, found.freedom).p_not_below < ALPHA


class _Fall(NamedTuple):
    """One-sided p of no fall, and of none but a trivial one, corrected for the survey's having been sought."""

    score: OnScore
    p: float | None
    p_matters: float | None


def _clearest(scores: Sequence[OnScore]) -> _Fall | None:
    """The survey whose score falls most clearly."""
    tested = [(_p_fall(told, 0.0), place) for place, told in enumerate(scores) if told.adjusted.error is not None]
    if not tested:
        # Without any spread there is nothing to test by; what was answered is shown.
        return _Fall(scores[0], None, None) if scores else None
    p, place = min(tested)
    matters = min(_p_fall(scores[place], TRIVIAL) for _, place in tested)
    return _Fall(scores[place], min(1.0, p * len(tested)), min(1.0, matters * len(tested)))


def _p_fall(told: OnScore, share: float) -> float:
    """One-sided p of a fall by no more than this share of the scale."""
    found = told.adjusted
    assert found.error is not None
    return judge(found.centre + found.slack, found.error, max(share * told.span, 1e-9), ALPHA, found.freedom).p_below


def _more(one: Judged, kind: Kind, margin: float) -> int | None:
    goal = one.goal
    # What has to be supposed does not shrink with more journeys.
    if kind != "undetermined" or goal is None or goal.error is None or goal.slack >= margin:
        return None
    return more_needed(goal.centre, goal.error, margin, round(one.reached))
