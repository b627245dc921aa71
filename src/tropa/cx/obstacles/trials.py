"""Trials: who could have met an obstacle at a moment, and who did.

Sequential nested trials on person-steps (Hernan & Robins 2016, American Journal of Epidemiology 183, 758-764; Danaei
et al. 2013, Statistical Methods in Medical Research 22, 70-96): a journey takes part in every moment at which it is
at risk and has not met the obstacle yet.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from tropa.cx.obstacles.moments import AGES
from tropa.engine.journeys import Array, Codes, Floats, Ints

MOST_LOOKED_AT = 160_000
"""Trials of others of one target that are looked at, journey by journey."""
MOST_OTHERS = 40_000
"""Trials of others that one target is judged by. At most half as many exposed are looked at (`passes.MOST_MET`): more
would not make the comparison surer by anything that matters."""

EXPOSED, LATER, SILENT, LEFT, AGED = (np.uint8(1 << bit) for bit in range(5))


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """One entry a trial.

    journey: within the partition. step: what was done last before it (what is known of the journey up to then may be
    adjusted for). moment: where the journey stood, state * (AGES + 1) + age. flags: EXPOSED; LATER: not exposed now but
    met the obstacle later, while there was a goal to lose; SILENT: nothing more is known of the journey; LEFT: the
    customer said so and left the wait unserved (an order cancelled); AGED: of the second comparison where the first is
    of branches, see `trials_loops.still_under_way`. weight: see `Risk.staying`. landmark_us: its time. sampled: the
    share of such journeys that is looked at. seconds: of waits, how long it took (inf: never
    served, nor left); limit_seconds: how long it may take.
    """

    target: Codes
    journey: Codes
    step: Ints
    moment: Codes
    flags: Array
    weight: Array
    sampled: Array
    landmark_us: Ints
    seconds: Array
    limit_seconds: Array

    def __len__(self) -> int:
        return len(self.target)


def joined(parts: list[Trials]) -> Trials:
    """Trials one after the other."""
    return Trials(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Trials)))


class Risk(NamedTuple):
    """At which moments an obstacle is met, so that only those who stood there are compared.

    first[state]:first[state + 1] are the places in `target`, `ages` and `whole` of what can be met after a state; the
    last state stands for none. ages: bits of the ages; ANY_AGE beside them where the age does not matter: when most who
    meet the obstacle meet it at an age at which all others have moved on (a machine answers at once, a department in an
    hour), the branch is compared, not the hour; and then those still under way at that age, wherever they are. whole:
    then the weight of those of whom nothing more is known. arrives: for [target, state] whether those who arrive are
    compared. staying: [state, age] weight of journeys of which nothing more is known, see `moments.staying`.
    """

    first: Ints
    target: Codes
    ages: Ints
    whole: Floats
    arrives: Array
    attempts: Array
    staying: Floats
    node_of: Codes


def others_of(risk: Risk, gaps: Ints) -> Floats:
    """For each target how many trials of others there are about (rather too many), from the gaps counted."""
    steps = gaps.sum(axis=1)
    there = gaps[:, :AGES][:, ::-1].cumsum(axis=1)[:, ::-1] + gaps[:, AGES:]
    expected = np.zeros(len(risk.node_of))
    for state in range(len(expected)):
        for place in range(risk.first[state], risk.first[state + 1]):
            bits = int(risk.ages[place])
            ages = [age for age in range(AGES) if (bits >> age) & 1]
            aged = (1 + min(len(ages), AGES_KEPT)) * steps[state]
            expected[risk.target[place]] += aged if bits & ANY_AGE else there[state, ages].sum()
    visits = np.bincount(risk.node_of, weights=steps)
    return expected + np.where(risk.arrives.any(axis=1), np.where(risk.attempts, steps, visits[risk.node_of]), 0.0)


ANY_AGE = 1 << 62
AGES_KEPT = 3
"""Of the ages of a journey that is still under way so many are looked at, drawn by chance: they tell much the same."""
_FEWEST_OTHERS = 0.5


def risk(
    met: Array, gaps: Array, stay: Floats, attempts: Array, apart: Array, node_of: Codes, fewest: int,
    share: float = 0.95,
) -> Risk:  # fmt: skip
    """Moments from [target, state, age] journeys that met the obstacle there; `apart`: for each target, whether
    something else is done on the way to it, so that the age of the last step says nothing.

    Only targets met by `fewest` journeys are tried, and of their moments those that hold `share` of them, the most
    frequent first: a few stray ones would bring in everybody who ever passed by.
    """
    size = met.shape[0]
    kept = np.zeros(met.shape, dtype=bool)
    for target in np.flatnonzero(met.sum(axis=(1, 2)) >= fewest):
        counts = met[target].reshape(-1)
        order = np.argsort(-counts, kind="stable")
        needed = int(np.searchsorted(np.cumsum(counts[order]), share * counts.sum())) + 1
        kept[target].reshape(-1)[order[:needed]] = True
    kept &= met > 0
    bits = (kept[:, :, :AGES] * (1 << np.arange(AGES, dtype=np.int64))).sum(axis=2)
    states, targets = np.nonzero(bits[:, :size].T)
    ages = bits[targets, states]
    whole = np.ones(len(ages))
    for place, (target, state) in enumerate(zip(targets, states, strict=True)):
        here = np.where(kept[target, state, :AGES], met[target, state, :AGES], 0).astype(np.float64)
        there = gaps[state, :AGES][::-1].cumsum()[::-1] - met[target, state, :AGES][::-1].cumsum()[::-1]
        others = there + gaps[state, AGES] * stay[state]
        if apart[target] or here[others < _FEWEST_OTHERS * here].sum() > 0.1 * here.sum():
            ages[place] |= ANY_AGE
            whole[place] = (here * stay[state]).sum() / here.sum()
    first = np.searchsorted(states, np.arange(size + 2))
    return Risk(
        first=first.astype(np.int64),
        target=targets.astype(np.int32),
        ages=ages,
        whole=whole,
        arrives=kept[:, :, AGES],
        attempts=attempts,
        staying=stay,
        node_of=node_of,
    )
