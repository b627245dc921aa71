"""Trials: who could have met an obstacle at a moment, and who did.

Sequential nested trials on person-steps (Hernan & Robins 2016, American Journal of Epidemiology 183, 758-764; Danaei
et al. 2013, Statistical Methods in Medical Research 22, 70-96): a journey takes part in every moment at which it is
at risk and has not met the obstacle yet.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numba import njit

from tropa.cx.obstacles.moments import AGES, NOWHERE, age_of
from tropa.engine.journeys import Array, Codes, Floats, Ints

MOST_LOOKED_AT = 160_000
"""Trials of others of one target that are looked at, journey by journey."""
MOST_OTHERS = 40_000
"""Trials of others that one target is judged by. At most half as many exposed are looked at (`passes.MOST_MET`): more
would not make the comparison surer by anything that matters."""

EXPOSED, LATER, SILENT, LEFT = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """One entry a trial.

    journey: within the partition. step: what was done last before it (what is known of the journey up to then may be
    adjusted for). moment: where the journey stood, state * (AGES + 1) + age. flags: EXPOSED; LATER: not exposed now but
    met the obstacle later; SILENT: nothing more is known of the journey; LEFT: the customer said so and left the wait
    unserved (an order cancelled). weight: see `Risk.staying`. landmark_us: its
    time. sampled: the share of such journeys that is looked at. seconds: of waits, how long it took (inf: never
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


@dataclass(frozen=True, slots=True, eq=False)
class Risk:
    """At which moments an obstacle is met, so that only those who stood there are compared.

    first[state]:first[state + 1] are the places in `target`, `ages` and `whole` of what can be met after a state; the
    last state stands for none. ages: bits of the ages; ANY_AGE where the age does not matter: when most who meet the
    obstacle meet it at an age at which all others have moved on (a machine answers at once, a department in an hour),
    the branch is compared, not the hour. whole: then the weight of those of whom nothing more is known. arrives: for
    [target, state] whether those who arrive are compared. staying: [state, age] weight of journeys of which nothing
    more is known, see `moments.staying`.
    """

    first: Ints
    target: Codes
    ages: Ints
    whole: Floats
    arrives: Array
    attempts: Array
    staying: Floats


def others_of(risk: Risk, gaps: Ints, node_of: Codes) -> Floats:
    """For each target how many trials of others there are about (rather too many), from the gaps counted."""
    steps = gaps.sum(axis=1)
    there = gaps[:, :AGES][:, ::-1].cumsum(axis=1)[:, ::-1] + gaps[:, AGES:]
    expected = np.zeros(len(node_of))
    for state in range(len(node_of)):
        for place in range(risk.first[state], risk.first[state + 1]):
            bits = int(risk.ages[place])
            ages = [age for age in range(AGES) if (bits >> age) & 1]
            expected[risk.target[place]] += steps[state] if bits == ANY_AGE else there[state, ages].sum()
    visits = np.bincount(node_of, weights=steps)
    return expected + np.where(risk.arrives.any(axis=1), np.where(risk.attempts, steps, visits[node_of]), 0.0)


ANY_AGE = 1 << 62
_FEWEST_OTHERS = 0.5


def risk(
    met: Array, gaps: Array, stay: Floats, attempts: Array, apart: Array, fewest: int, share: float = 0.95
) -> Risk:
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
            ages[place] = ANY_AGE
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
    )


@njit(cache=True, nogil=True)
def trials_at_steps(  # noqa: PLR0915 - pieces of a compiled loop would pass two dozen arrays on
    offsets: Ints,
    pair: Codes,
    node: Codes,
    time: Ints,
    met: Array,
    origin: Ints,
    draw: Array,
    share: Floats,
    met_share: Floats,
    end_us: Ints,
    node_of: Codes,
    first: Ints,
    target_of: Codes,
    ages_of: Ints,
    whole_of: Floats,
    arrives: Array,
    attempts: Array,
    staying: Floats,
    ages_us: Ints,
) -> tuple[Codes, Codes, Ints, Codes, Array, Array, Ints]:
    """Trials of an obstacle that is a mark on steps. Journeys are drawn by a number between 0 and 1.

    Args:
        origin: for steps that are the obstacle, the step after which it could be met.
        draw: the number of each journey. share: for each target, others take part if it is below. met_share: the same
            of those who meet it.
        end_us: for each journey until when it is watched.
        node_of: node of each pair.
        attempts: targets compared attempt by attempt.
    """
    size = len(node_of)
    ages = len(ages_us)
    width = ages + 1
    room = max(1024, len(pair) // 4)
    target_out = np.empty(room, dtype=np.int32)
    journey_out = np.empty(room, dtype=np.int32)
    step_out = np.empty(room, dtype=np.int64)
    moment_out = np.empty(room, dtype=np.int32)
    flags_out = np.empty(room, dtype=np.uint8)
    weight_out = np.empty(room, dtype=np.float32)
    landmark_out = np.empty(room, dtype=np.int64)
    count = 0
    meets = np.full(size, -1, dtype=np.int64)  # step at which this journey first meets the target
    stamp = np.full(size, -1, dtype=np.int64)
    # Targets that begin a visit, by their node.
    by_arrival = np.zeros(size, dtype=np.bool_)
    for target in range(size):
        for state in range(size + 1):
            if arrives[target, state]:
                by_arrival[target] = True
    arriving = np.flatnonzero(by_arrival)
    most = share.max() if size else 0.0
    for journey in range(len(offsets) - 1):
        begin, end = offsets[journey], offsets[journey + 1]
        drawn = draw[journey]
        looked_at = drawn < most
        for step in range(begin, end):
            target = pair[step]
            if target >= 0 and met[step] and stamp[target] != journey:
                stamp[target] = journey
                meets[target] = step
                looked_at |= drawn < met_share[target]
        if not looked_at:
            continue
        for step in range(begin, end):
            # At most one trial for each target and age; make room for all of them.
            if count + len(arriving) + size * ages >= room:
                room = 2 * room + len(arriving) + size * ages
                target_out = _grown(target_out, room)
                journey_out = _grown(journey_out, room)
                step_out = _grown(step_out, room)
                moment_out = _grown(moment_out, room)
                flags_out = _grown(flags_out, room)
                weight_out = _grown(weight_out, room)
                landmark_out = _grown(landmark_out, room)
            state = pair[step - 1] if step > begin else NOWHERE
            starts_visit = step == begin or node[step - 1] != node[step]
            for place in range(len(arriving)):
                target = arriving[place]
                own = attempts[target] and pair[step] == target
                visit = not attempts[target] and starts_visit and node_of[target] == node[step]
                if not (own or visit) or not arrives[target, state]:
                    continue
                known = stamp[target] == journey
                if known and meets[target] < step:
                    continue
                exposed = known and meets[target] == step
                if drawn >= (met_share[target] if exposed else share[target]):
                    continue
                target_out[count] = target
                journey_out[count] = journey
                step_out[count] = step - 1 if step > begin else step
                moment_out[count] = (state if state >= 0 else size) * width + ages
                flags_out[count] = 1 if exposed else (2 if known else 0)
                weight_out[count] = 1.0
                landmark_out[count] = time[step]
                count += 1
            state = pair[step]
            if state < 0:
                continue
            silent = step + 1 == end
            until = end_us[journey] if silent else time[step + 1]
            oldest = age_of(until - time[step], ages_us)
            for place in range(first[state], first[state + 1]):
                target = target_of[place]
                known = stamp[target] == journey
                if known and meets[target] <= step:
                    continue
                now = known and origin[meets[target]] == step
                taken = drawn < met_share[target]
                other = drawn < share[target]
                if not other and not (now and taken):
                    continue
                bits = ages_of[place]
                if bits == ANY_AGE:
                    if not (taken if now else other):
                        continue
                    target_out[count] = target
                    journey_out[count] = journey
                    step_out[count] = step
                    moment_out[count] = state * width
                    flags_out[count] = 1 if now else ((2 if known else 0) + (4 if silent else 0))
                    weight_out[count] = whole_of[place] if silent else 1.0
                    landmark_out[count] = time[step]
                    count += 1
                    continue
                for age in range(oldest + 1):
                    if not (bits >> age) & 1:
                        continue
                    exposed = now and age == oldest
                    if not (taken if exposed else other):
                        continue
                    target_out[count] = target
                    journey_out[count] = journey
                    step_out[count] = step
                    moment_out[count] = state * width + age
                    flags_out[count] = 1 if exposed else ((2 if known else 0) + (4 if silent else 0))
                    weight_out[count] = staying[state, age] if silent else 1.0
                    landmark_out[count] = time[step] + ages_us[age]
                    count += 1
    return (
        target_out[:count].copy(),
        journey_out[:count].copy(),
        step_out[:count].copy(),
        moment_out[:count].copy(),
        flags_out[:count].copy(),
        weight_out[:count].copy(),
        landmark_out[:count].copy(),
    )


@njit(cache=True, nogil=True)
def _grown(array: Array, room: int) -> Array:
    longer = np.empty(room, dtype=array.dtype)
    # Written out: assigning a slice takes seconds to compile, for each type anew.
    for place in range(len(array)):
        longer[place] = array[place]
    return longer
