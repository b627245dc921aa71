"""Where a journey stands and for how long: the moments at which exposed and others are compared.

A moment is (state, age): the step a journey did last, and how long ago. Who met an obstacle an hour after a step is
compared with those who had done the same step and had not moved on for an hour: journeys that merely stayed longer are
not blamed for it (immortal time), and those who left without a trace are not forgotten.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.optimize import brentq

from tropa.engine.journeys import Array, Codes, Floats, Ints

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
AGES_SECONDS = np.array(
    [0, 15, 30, *(_MINUTE * k for k in (1, 2, 3, 5, 10, 20, 30, 45)), *(_HOUR * k for k in (1, 1.5, 2, 3, 4, 6, 8, 12)),
     *(_HOUR * k for k in (18, 24, 30, 36, 48)), *(_DAY * k for k in (3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96))],
    dtype=np.float64,
)  # fmt: skip
AGES = len(AGES_SECONDS)
"""Age `a` begins at AGES_SECONDS[a]. One more, AGES itself, stands for comparisons between attempts, not moments."""
AGES_US = (AGES_SECONDS * 1e6).astype(np.int64)

NOWHERE = -1


@njit(cache=True, nogil=True)
def age_of(gap_us: int, ages_us: Ints) -> int:
    """The age that a gap falls into."""
    age = int(np.searchsorted(ages_us, gap_us, side="right")) - 1
    return max(age, 0)


@njit(cache=True, nogil=True)
def count_gaps(offsets: Ints, pair: Codes, time: Ints, left: Array, size: int, ages_us: Ints) -> Ints:
    """[pair, age]: steps that were followed by another one at this age; the last column: steps that journeys `left`
    without the goal end with."""
    ages = len(ages_us)
    gaps = np.zeros((size, ages + 1), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        for step in range(offsets[journey], offsets[journey + 1]):
            if pair[step] < 0:
                continue
            if step + 1 < offsets[journey + 1]:
                gaps[pair[step], age_of(time[step + 1] - time[step], ages_us)] += 1
            else:
                gaps[pair[step], ages] += left[journey]
    return gaps


def staying(gaps: Ints, company: Array) -> Floats:
    """[pair, age] share of those of whom nothing more is known after a step that were still there at that age.

    Who had to go on themselves are taken to have left at the pace at which others moved on. Who waited for the company
    are taken to lose patience at an even rate while they wait: the rate at which as many are lost as were.
    """
    moved = gaps[:, :AGES].astype(np.float64)
    later = moved[:, ::-1].cumsum(axis=1)[:, ::-1]
    share: Floats = later / np.maximum(later[:, :1], 1.0)
    share[later[:, 0] == 0] = 1.0
    middle = np.append((AGES_SECONDS[1:] + AGES_SECONDS[:-1]) / 2, AGES_SECONDS[-1] * 1.2)
    for pair in np.flatnonzero(company & (gaps[:, AGES] > 0) & (later[:, 0] > 0)):
        share[pair] = _patience(moved[pair], float(gaps[pair, AGES]), middle)
    return share


def _patience(moved: Floats, lost: float, seconds: Floats) -> Floats:
    """Each that was served after `s` seconds stands for exp(rate * s) who waited; the rate makes up for all lost."""

    def surplus(rate: float) -> float:
        return float((moved * np.expm1(np.minimum(rate * seconds, 50.0))).sum()) - lost

    high = 1e-9
    while surplus(high) < 0 and high < 1.0:
        high *= 2
    if surplus(high) < 0:
        # Far more are lost than the few who were served at once can stand for: they left at once.
        return np.where(np.arange(AGES) == 0, 1.0, 0.0)
    rate = brentq(surplus, 0.0, high)
    alive = np.array([
        (moved[age:] * np.expm1(np.minimum(rate * np.maximum(seconds[age:] - AGES_SECONDS[age], 0.0), 50.0))).sum()
        for age in range(AGES)
    ])  # fmt: skip
    return np.asarray(np.minimum(1.0, alive / max(float(alive[0]), 1e-300)))


@njit(cache=True, nogil=True)
def count_met(
    offsets: Ints,
    pair: Codes,
    node: Codes,
    time: Ints,
    met: Array,
    origin: Ints,
    attempt: Array,
    arrives: bool,
    size: int,
    ages_us: Ints,
) -> tuple[Array, Ints, Ints]:
    """[target, state (the last: none), age]: journeys that first met a target (a pair) there; for each target how many
    journeys met it at all, and how many of them did something else between its origin and it.

    Args:
        origin: for steps that are the obstacle, the step after which it could be met.
        attempt: steps that are compared with other attempts of the same pair.
        arrives: whether a target that begins a visit is compared with other visits that begin at its node.
    """
    ages = len(ages_us)
    counts = np.zeros((size, size + 1, ages + 1), dtype=np.int32)
    journeys = np.zeros(size, dtype=np.int64)
    apart = np.zeros(size, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        begin = offsets[journey]
        for step in range(begin, offsets[journey + 1]):
            target = pair[step]
            if target < 0 or not met[step] or seen[target] == journey:
                continue
            seen[target] = journey
            journeys[target] += 1
            state = pair[origin[step]] if step > begin else NOWHERE
            if attempt[step] or (arrives and (step == begin or node[step - 1] != node[step])):
                counts[target, state, ages] += 1
            elif state >= 0:
                counts[target, state, age_of(time[step] - time[origin[step]], ages_us)] += 1
                apart[target] += origin[step] < step - 1
    return counts, journeys, apart


@njit(cache=True, nogil=True)
def count_otherwise(offsets: Ints, pair: Codes, met: Array, size: int) -> Ints:
    """[target, state (the last: none)]: steps of the pair that are not the obstacle, by the step before."""
    counts = np.zeros((size, size + 1), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        for step in range(offsets[journey], offsets[journey + 1]):
            if pair[step] >= 0 and not met[step]:
                counts[pair[step], pair[step - 1] if step > offsets[journey] else NOWHERE] += 1
    return counts


_OTHERWISE, _MOSTLY = 0.1, 0.8


def taken_otherwise(met: Array, otherwise: Ints) -> Array:
    """For each target, whether most who met it came from where enough others took the same step otherwise."""
    came = met.sum(axis=2)
    alike = np.where((otherwise > 0) & (otherwise >= _OTHERWISE * came), came, 0)
    return np.asarray((alike.sum(axis=1) > 0) & (alike.sum(axis=1) >= _MOSTLY * came.sum(axis=1)))


def as_attempts(met: Array, attempts: Array, chosen: Array) -> None:
    """These targets are compared as attempts of the same step: they are counted where they arrive, whatever the age."""
    attempts |= chosen
    met[chosen, :, AGES] = met[chosen].sum(axis=2)
    met[chosen, :, :AGES] = 0
