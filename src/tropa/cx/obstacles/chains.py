"""Chains: obstacles that are the same events seen twice, or that act only through another one; one of them is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from tropa.cx.obstacles.effects import FEWEST, Adjusted
from tropa.cx.obstacles.judging import Judged
from tropa.cx.obstacles.verdict import Verdict
from tropa.engine.fold import threads_available
from tropa.engine.journeys import Floats

Why = Literal["same", "through"]

_SAME = 0.7
_SHARED = 0.1
_LEFT = 0.5
_FEW = 0.1
_SURELY = 0.5
_KINDS = ("barrier", "inconvenience", "undetermined")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A verdict that is told, and those that are told under it."""

    verdict: Verdict
    under: tuple[tuple[Verdict, Why], ...]


EffectLeft = Callable[[Judged, int | None, Floats], tuple[float, Adjusted | None]]
"""What is left of a target's effect (on the goal, or on a survey) if of each journey only a share counts:
`judging.effect_left`."""


def told(found: Sequence[Verdict], journeys: int, effect_left: EffectLeft) -> list[Told]:
    """What does harm, each chain told once.

    Two are the same events when most journeys that met either met both; then the one told first in `OBSTACLES` is told.
    One acts through another when nothing of its effect is left among the journeys that did not meet the other: it is
    told under that one; so is one that acts through several others together. Where each could stand for the other, the
    one with more to lose is told.

    Args:
        found: what does harm (`verdict.does_harm`), in the order of `OBSTACLES`.
        journeys: how many there are in all.
    """
    chains = _Chains(found, journeys, effect_left)
    chains.put_same()
    with ThreadPoolExecutor(threads_available()) as pool:
        chains.put_through_one(pool)
        chains.put_through_several(pool)
    return chains.told()


class _Chains:
    """`above[place]`: under which other verdict one is told, and why."""

    def __init__(self, found: Sequence[Verdict], journeys: int, effect_left: EffectLeft) -> None:
        self._found, self._effect_left = found, effect_left
        self._chance = [_chance(one.judged, journeys) for one in found]
        self._met = [chance > _SURELY for chance in self._chance]
        sizes = [int(flags.sum()) for flags in self._met]
        both = [[int((one & other).sum()) for other in self._met] for one in self._met]
        self._sizes, self._both = sizes, both
        self._loss = [-_effect(verdict) * size for verdict, size in zip(found, sizes, strict=True)]
        self._rising = sorted(range(len(found)), key=lambda place: self._loss[place])
        self._left: dict[tuple[int, tuple[int, ...]], bool] = {}
        self._above: dict[int, tuple[int, Why]] = {}

    def put_same(self) -> None:
        """Those that are the same events seen twice."""
        for one, other in combinations(range(len(self._found)), 2):
            both = self._both[one][other]
            if both > _SAME * (self._sizes[one] + self._sizes[other] - both):
                first = _first(self._found, one, other)
                self._above.setdefault(other if first == one else one, (first, "same"))

    def put_through_one(self, pool: Executor) -> None:
        """Those that act only through another one; they that lose least are asked first."""
        self._ask_ahead(pool, [(one, (other,)) for one in self._rising for other in self._maybe_above(one)])
        for one in self._rising:
            for other in self._maybe_above(one):
                if not self._acts_without(one, (other,)) and (
                    self._acts_without(other, (one,)) or self._yields(one, other)
                ):
                    self._above[one] = (other, "through")
                    break

    def _ask_ahead(self, pool: Executor, asked: list[tuple[int, tuple[int, ...]]]) -> None:
        """What will be asked one after the other, on all cores; what takes longest first."""
        longest = sorted(asked, key=lambda one: -len(self._found[one[0]].judged.trials))
        list(pool.map(lambda one: self._acts_without(*one), longest))

    def _maybe_above(self, one: int) -> list[int]:
        """Under which others it may be told, those that lose most first; none where it is told under one already."""
        if one in self._above:
            return []
        return [other for other in reversed(self._rising) if self._may_be_under(one, other)]

    def _yields(self, one: int, other: int) -> bool:
        """Where neither acts without the other: one lies around the other, or has less to lose. Where it lies within
        the other, that nobody is left without that one is no evidence."""
        both, most = self._both[one][other], 1 - _FEW
        if both >= most * self._sizes[one]:
            return False
        return both >= most * self._sizes[other] or self._loss[other] >= self._loss[one]

    def _may_be_under(self, one: int, other: int) -> bool:
        """They share enough journeys; a barrier is never told under what is none, and a fall of scores never under a
        low score: without low scores none is left, whatever made them low."""
        if other == one or other in self._above:
            return False
        if self._found[one].kind != "barrier" and self._found[other].judged.target.obstacle == "low_score":
            return False
        if self._both[one][other] < _SHARED * min(self._sizes[one], self._sizes[other]):
            return False
        return self._found[other].kind == "barrier" or self._found[one].kind != "barrier"

    def _acts_without(self, one: int, others: tuple[int, ...]) -> bool:
        """Whether something of its effect is left without the journeys that met any of the others."""
        if (one, others) not in self._left:
            none_of_them = np.prod([1 - self._chance[other] for other in others], axis=0)
            self._left[one, others] = _is_left(self._found[one], none_of_them, self._effect_left)
        return self._left[one, others]

    def put_through_several(self, pool: Executor) -> None:
        """Barriers that act through several other barriers together."""
        self._ask_ahead(pool, [(one, others) for one in self._rising if (others := self._other_barriers(one))])
        for one in self._rising:
            others = self._other_barriers(one)
            if others and not self._acts_without(one, others):
                self._above[one] = (max(others, key=self._both[one].__getitem__), "through")

    def _other_barriers(self, one: int) -> tuple[int, ...]:
        """All other barriers that are told under nothing; none where it is not such a barrier itself."""
        barriers = [
            place
            for place in range(len(self._found))
            if place not in self._above and self._found[place].kind == "barrier"
        ]
        return tuple(other for other in barriers if other != one) if one in barriers else ()

    def told(self) -> list[Told]:
        """What stands under nothing, each with all that stands under it."""
        under: dict[int, list[tuple[Verdict, Why]]] = {
            place: [] for place in range(len(self._found)) if place not in self._above
        }
        for place, (_, why) in self._above.items():
            under[_root(self._above, place)].append((self._found[place], why))
        return [Told(self._found[place], tuple(those)) for place, those in under.items()]


def _chance(judged: Judged, journeys: int) -> Floats:
    """For each journey the chance that it met the obstacle: sure but for waits that were lost."""
    chance = np.zeros(journeys)
    np.maximum.at(chance, judged.trials.journey, judged.chance)
    return chance


def _first(found: Sequence[Verdict], one: int, other: int) -> int:
    """A barrier is told before an inconvenience, that before what only lowers scores for sure, what happened before a
    wait whose limit had to be sought, else the first in the order of obstacles."""
    kinds = [_KINDS.index(found[place].kind) for place in (one, other)]
    if kinds[0] != kinds[1]:
        return one if kinds[0] < kinds[1] else other
    sought = [_limit_sought(found[place].judged) for place in (one, other)]
    if sought[0] != sought[1]:
        return other if sought[0] else one
    return one


def _limit_sought(judged: Judged) -> bool:
    limits = judged.trials.limit_seconds
    return bool(np.isinf(limits).all()) and len(limits) > 0


def _effect(verdict: Verdict) -> float:
    goal = verdict.judged.goal
    return min(0.0, goal.value) if verdict.kind == "barrier" and goal is not None else 0.0


def _is_left(verdict: Verdict, share: Floats, effect_left: EffectLeft) -> bool:
    """Whether half of the effect at least is left if of each journey only a share counts. Where hardly anybody is left
    who met it, nothing is; where the rest cannot be compared for another reason, nothing is known against it."""
    was = verdict.judged
    on_goal = verdict.kind == "barrier"
    survey = None if on_goal or verdict.score is None else verdict.score.survey
    met, left = effect_left(was, survey, share)
    if met < max(FEWEST, _FEW * was.chance.sum()):
        return False
    before = was.goal if on_goal else None if verdict.score is None else verdict.score.adjusted
    return left is None or before is None or left.value <= _LEFT * before.value


def _root(above: dict[int, tuple[int, Why]], place: int) -> int:
    while place in above:
        place = above[place][0]
    return place
