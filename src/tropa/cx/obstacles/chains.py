"""Chains: obstacles that are the same events seen twice, or that act only through another one; one of them is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tropa.cx.obstacles.effects import FEWEST
from tropa.cx.obstacles.judging import Judged, OnScore
from tropa.cx.obstacles.verdict import Verdict
from tropa.engine.journeys import Array

Why = Literal["same", "through"]

_SAME = 0.7
_SHARED = 0.1
_LEFT = 0.5
_FEW = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A verdict that is told, and those that are told under it."""

    verdict: Verdict
    under: tuple[tuple[Verdict, Why], ...]


Without = Callable[[Judged, Array], Judged]
"""Judges a target again without certain journeys."""


def told(found: Sequence[Verdict], journeys: int, without: Without) -> list[Told]:
    """Barriers and inconveniences, each chain told once.

    Two are the same events when most journeys that met either met both; then the one told first in `OBSTACLES` is told.
    One acts through another when nothing of its effect is left among the journeys that did not meet the other: it is
    told under that one; so is one that acts through several others together. Where each could stand for the other, the
    one with more to lose is told.

    Args:
        found: barriers and inconveniences, in the order of `OBSTACLES`.
        journeys: how many there are in all.
    """
    met = [_met(one.judged, journeys) for one in found]
    sizes = [int(flags.sum()) for flags in met]
    above: dict[int, tuple[int, Why]] = {}
    for one in range(len(found)):
        for other in range(one + 1, len(found)):
            both = int((met[one] & met[other]).sum())
            if both > _SAME * (sizes[one] + sizes[other] - both):
                first = _first(found, one, other)
                above.setdefault(other if first == one else one, (first, "same"))
    left: dict[tuple[int, int], bool] = {}

    def acts_alone(one: int, other: int) -> bool:
        """Whether something of its effect is left without the journeys that met the other."""
        if (one, other) not in left:
            left[one, other] = _left(found[one], without(found[one].judged, met[other]))
        return left[one, other]

    loss = [-_effect(verdict) * size for verdict, size in zip(found, sizes, strict=True)]
    for one in sorted(range(len(found)), key=lambda place: loss[place]):
        if one in above:
            continue
        for other in sorted(range(len(found)), key=lambda place: -loss[place]):
            if other == one or other in above:
                continue
            both = int((met[one] & met[other]).sum())
            if both < _SHARED * min(sizes[one], sizes[other]) or _weaker(found[other], found[one]):
                continue
            if not acts_alone(one, other) and (acts_alone(other, one) or loss[other] >= loss[one]):
                above[one] = (other, "through")
                break
    for one in sorted(range(len(found)), key=lambda place: loss[place]):
        others = [other for other in range(len(found)) if other not in above and other != one]
        others = [other for other in others if found[other].kind == "barrier"]
        if one in above or not others or found[one].kind != "barrier":
            continue
        any_of_them = np.logical_or.reduce([met[other] for other in others])
        if not _left(found[one], without(found[one].judged, any_of_them)):
            above[one] = (max(others, key=lambda other: int((met[one] & met[other]).sum())), "through")
    roots: dict[int, list[tuple[Verdict, Why]]] = {place: [] for place in range(len(found)) if place not in above}
    for place, (_, why) in above.items():
        roots[_root(above, place)].append((found[place], why))
    return [Told(found[place], tuple(under)) for place, under in roots.items()]


def _met(judged: Judged, journeys: int) -> Array:
    flags = np.zeros(journeys, dtype=bool)
    flags[judged.trials.journey[judged.surely]] = True
    return flags


def _first(found: Sequence[Verdict], one: int, other: int) -> int:
    """A barrier is told before an inconvenience, what happened before a wait whose limit had to be sought, else the
    first in the order of obstacles."""
    if found[one].kind != found[other].kind:
        return one if found[one].kind == "barrier" else other
    sought = [_limit_sought(found[place].judged) for place in (one, other)]
    if sought[0] != sought[1]:
        return other if sought[0] else one
    return one


def _limit_sought(judged: Judged) -> bool:
    limits = judged.trials.limit_seconds
    return bool(np.isinf(limits).all()) and len(limits) > 0


def _weaker(other: Verdict, one: Verdict) -> bool:
    """A barrier is never told under an inconvenience."""
    return other.kind == "inconvenience" and one.kind == "barrier"


def _effect(verdict: Verdict) -> float:
    goal = verdict.judged.goal
    return min(0.0, goal.value) if verdict.kind == "barrier" and goal is not None else 0.0


def _left(verdict: Verdict, again: Judged) -> bool:
    """Whether half of the effect at least is left. Where hardly anybody is left who met it, nothing is; where the rest
    cannot be compared for another reason, nothing is known against it."""
    was = verdict.judged
    if again.chance.sum() < max(FEWEST, _FEW * was.chance.sum()):
        return False
    if verdict.kind == "barrier":
        if again.goal is None or was.goal is None:
            return True
        return again.goal.value <= _LEFT * was.goal.value
    score, was_score = _survey(again, verdict), verdict.score
    if score is None or was_score is None:
        return True
    return score.adjusted.value <= _LEFT * was_score.adjusted.value


def _survey(again: Judged, verdict: Verdict) -> OnScore | None:
    survey = None if verdict.score is None else verdict.score.survey
    return next((score for score in again.scores if score.survey == survey), None)


def _root(above: dict[int, tuple[int, Why]], place: int) -> int:
    while place in above:
        place = above[place][0]
    return place
