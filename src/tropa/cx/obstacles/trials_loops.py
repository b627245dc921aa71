"""The loops that make trials of an obstacle that is a mark on steps; see `trials` for what a trial is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from tropa.cx.obstacles.moments import NOWHERE, age_of
from tropa.cx.obstacles.trials import AGED, AGES_KEPT, ANY_AGE, EXPOSED, LATER, SILENT, Risk
from tropa.engine.journeys import Array, Codes, Floats, Ints

TRIAL = np.dtype(
    [
        ("target", np.int32),
        ("journey", np.int32),
        ("step", np.int64),
        ("moment", np.int32),
        ("flags", np.uint8),
        ("weight", np.float32),
        ("sampled", np.float32),
        ("landmark_us", np.int64),
    ],
    align=True,
)
"""One trial, with the fields of `Trials`."""

_EXPOSED, _LATER, _SILENT, _AGED = int(EXPOSED), int(LATER), int(SILENT), int(AGED)


class Walk(NamedTuple):
    """The journeys of a partition, step by step.

    met: the steps that are the obstacle, met_first[journey]:met_first[journey + 1] those of a journey. origin: of such
    a step, the one after which it could be met. end_us: for each journey until when it is watched; settled_us: when it
    reached the goal, or `end_us`: what comes later changes nothing.
    """

    offsets: Ints
    pair: Codes
    node: Codes
    time: Ints
    met: Ints
    met_first: Ints
    origin: Ints
    end_us: Ints
    settled_us: Ints


class Drawn(NamedTuple):
    """Who is looked at: a journey with a number (`of`, between 0 and 1) below `share` of a target takes part among the
    others, below `met_share` among those who met it."""

    of: Floats
    share: Floats
    met_share: Floats


@njit(cache=True, nogil=True)
def at_arrivals(walk: Walk, drawn: Drawn, risk: Risk, ages_us: Ints) -> Array:
    """Those who arrive are compared: attempts of the same pair, or visits that begin at the target's node."""
    size, ages = len(risk.node_of), len(ages_us)
    arriving = np.array([target for target in range(size) if risk.arrives[target].any()])
    out, count = np.empty(1024, dtype=TRIAL), 0
    meets, stamp = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    for journey in range(len(walk.offsets) - 1):
        if not _looked_at(walk, drawn, journey, meets, stamp):
            continue
        begin, number = walk.offsets[journey], drawn.of[journey]
        for step in range(begin, walk.offsets[journey + 1]):
            out = _with_room(out, count + len(arriving))
            state = walk.pair[step - 1] if step > begin else NOWHERE
            starts_visit = step == begin or walk.node[step - 1] != walk.node[step]
            for target in arriving:
                own = risk.attempts[target] and walk.pair[step] == target
                visit = not risk.attempts[target] and starts_visit and risk.node_of[target] == walk.node[step]
                known = stamp[target] == journey
                if not (own or visit) or not risk.arrives[target, state] or (known and meets[target] < step):
                    continue
                exposed = known and meets[target] == step
                share = drawn.met_share[target] if exposed else drawn.share[target]
                if number >= share:
                    continue
                later = known and walk.time[meets[target]] < walk.settled_us[journey]
                flags = _EXPOSED if exposed else _LATER * later
                moment = (state if state >= 0 else size) * (ages + 1) + ages
                before = step - 1 if step > begin else step
                _write(out[count], target, journey, before, moment, flags, 1.0, share, walk.time[step])
                count += 1
    return out[:count].copy()


@njit(cache=True, nogil=True)
def not_moved_on(walk: Walk, drawn: Drawn, risk: Risk, ages_us: Ints) -> Array:
    """Those are compared who stood at the same step and had not moved on at the age at which the obstacle was met; or,
    where the age does not matter, all who stood there, by what came next."""
    size, ages = len(risk.node_of), len(ages_us)
    out, count = np.empty(1024, dtype=TRIAL), 0
    meets, stamp = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    for journey in range(len(walk.offsets) - 1):
        if not _looked_at(walk, drawn, journey, meets, stamp):
            continue
        end, number = walk.offsets[journey + 1], drawn.of[journey]
        for step in range(walk.offsets[journey], end):
            state = walk.pair[step]
            if state < 0:
                continue
            silent = step + 1 == end
            oldest = age_of((walk.end_us[journey] if silent else walk.time[step + 1]) - walk.time[step], ages_us)
            for place in range(risk.first[state], risk.first[state + 1]):
                target = risk.target[place]
                known, now, taken, other = _at_risk(walk, drawn, number, target, journey, step, meets, stamp)
                if not other and not (now and taken):
                    continue
                out = _with_room(out, count + ages)
                later = known and walk.time[meets[target]] < walk.settled_us[journey]
                as_other = _LATER * later + _SILENT * silent
                branch = (risk.ages[place] & ANY_AGE) != 0
                for age in range(1 if branch else oldest + 1):
                    exposed = now and (branch or age == oldest)
                    if not (taken if exposed else other) or not (branch or risk.ages[place] >> age & 1):
                        continue
                    there = risk.whole[place] if branch else risk.staying[state, age]
                    weight = there if silent else 1.0
                    share = drawn.met_share[target] if exposed else drawn.share[target]
                    flags = _EXPOSED if exposed else as_other
                    at_us = walk.time[step] + (0 if branch else ages_us[age])
                    _write(out[count], target, journey, step, state * (ages + 1) + age, flags, weight, share, at_us)
                    count += 1
    return out[:count].copy()


@njit(cache=True, nogil=True)
def still_under_way(walk: Walk, drawn: Drawn, risk: Risk, ages_us: Ints) -> Array:
    """Where branches are compared: those who had done the same step and were still under way, wherever they stood, at
    the age at which the obstacle was met. Whoever finished fast could not meet it any more (immortal time)."""
    size, ages = len(risk.node_of), len(ages_us)
    out, count = np.empty(1024, dtype=TRIAL), 0
    meets, stamp = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    for journey in range(len(walk.offsets) - 1):
        if not _looked_at(walk, drawn, journey, meets, stamp):
            continue
        last, number = walk.offsets[journey + 1] - 1, drawn.of[journey]
        for step in range(walk.offsets[journey], last + 1):
            state = walk.pair[step]
            if state < 0:
                continue
            for place in range(risk.first[state], risk.first[state + 1]):
                target, bits = risk.target[place], risk.ages[place]
                if not bits & ANY_AGE:
                    continue
                known, now, taken, other = _at_risk(walk, drawn, number, target, journey, step, meets, stamp)
                if not other and not (now and taken):
                    continue
                out = _with_room(out, count + ages)
                until = walk.time[meets[target]] if known else walk.end_us[journey]
                oldest = age_of(until - walk.time[step], ages_us)
                kept = min(1.0, AGES_KEPT / _bits(bits, ages))
                later = known and until < walk.settled_us[journey]
                for age in range(oldest + 1):
                    at_us = walk.time[step] + ages_us[age]
                    exposed = now and age == oldest
                    if not bits >> age & 1 or not (taken if exposed else other):
                        continue
                    weight, flags, share = 1.0, _AGED + _EXPOSED, drawn.met_share[target]
                    if not exposed:
                        if at_us >= walk.settled_us[journey]:
                            break
                        weight = _still_there(walk, risk, last, at_us, ages_us)
                        if weight == 0.0 or _chance(number, age) >= kept:
                            continue
                        flags = _AGED + _LATER * later + _SILENT * (at_us > walk.time[last])
                        share = drawn.share[target] * kept
                    _write(out[count], target, journey, step, state * (ages + 1) + age, flags, weight, share, at_us)
                    count += 1
    return out[:count].copy()


@njit(cache=True, nogil=True, inline="always")
def _at_risk(
    walk: Walk, drawn: Drawn, number: float, target: int, journey: int, step: int, meets: Ints, stamp: Ints
) -> tuple[bool, bool, bool, bool]:
    """Whether the journey meets the target at all; whether next after this step; and whether it takes part then, and
    else (not where it has met the target already)."""
    known = stamp[target] == journey
    if known and meets[target] <= step:
        return True, False, False, False
    now = known and walk.origin[meets[target]] == step
    return known, now, number < drawn.met_share[target], number < drawn.share[target]


@njit(cache=True, nogil=True)
def _still_there(walk: Walk, risk: Risk, last: int, at_us: int, ages_us: Ints) -> float:
    """The chance that a journey with this last step is still under way at that time."""
    if at_us <= walk.time[last]:
        return 1.0
    state = walk.pair[last]
    return 0.0 if state < 0 else risk.staying[state, age_of(at_us - walk.time[last], ages_us)]


@njit(cache=True, nogil=True)
def _looked_at(walk: Walk, drawn: Drawn, journey: int, meets: Ints, stamp: Ints) -> bool:
    """Whether the journey takes part; notes at which step it first meets each target, with its number as the stamp."""
    number = drawn.of[journey]
    looked_at = len(drawn.share) > 0 and number < drawn.share.max()
    for place in range(walk.met_first[journey], walk.met_first[journey + 1]):
        step = walk.met[place]
        target = walk.pair[step]
        if target >= 0 and stamp[target] != journey:
            stamp[target] = journey
            meets[target] = step
            looked_at |= number < drawn.met_share[target]
    return looked_at


@njit(cache=True, nogil=True)
def _chance(number: float, age: int) -> float:
    """A number between 0 and 1 for each journey and age that depends on nothing else."""
    mixed = np.uint64(number * 9007199254740992.0) + np.uint64(age + 1) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return float((mixed ^ (mixed >> np.uint64(27))) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)
def _bits(bits: int, ages: int) -> int:
    count = 0
    for age in range(ages):
        count += bits >> age & 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _write(
    row: Array, target: int, journey: int, step: int, moment: int, flags: int, weight: float, share: float, at_us: int
) -> None:
    row["target"] = target
    row["journey"] = journey
    row["step"] = step
    row["moment"] = moment
    row["flags"] = flags
    row["weight"] = weight
    row["sampled"] = share
    row["landmark_us"] = at_us


@njit(cache=True, nogil=True)
def _with_room(rows: Array, needed: int) -> Array:
    if needed < len(rows):
        return rows
    longer = np.empty(2 * needed, dtype=TRIAL)
    longer[: len(rows)] = rows
    return longer
