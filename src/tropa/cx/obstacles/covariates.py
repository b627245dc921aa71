"""What is adjusted for: everything known before the landmark, as much of it as the number of exposed can bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from scipy.special import fdtrc

from tropa.cx.obstacles.lost import TIME
from tropa.engine.journeys import Array, Codes, Floats, Ints

_EXPOSED_A_COLUMN = 8
_TELLS = 0.05
_KNOWN = 0.8
_HARDLY = 0.01
_DRAWN = 10.0
_GROUPS = 20
_FEWEST_COLUMNS, _MOST_COLUMNS = 8, 120


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """codes: [trial, covariate]; names of the covariates; most_levels: levels that keep a coefficient of their own.
    left_out: how far off what was left out on purpose could put the difference.
    """

    codes: Ints
    names: tuple[str, ...]
    most_levels: int
    left_out: float


class _Worth(NamedTuple):
    """A covariate: by how much it misleads; the columns that it takes; how far off the difference may be with it."""

    misleads: float
    number: int
    width: int
    rest: float


LENIENT: Final = ("all", "telling", "misleading")
"""What is adjusted for, from the fullest to the barest; see `choose`."""


def choose(
    codes: Codes,
    names: tuple[str, ...],
    exposed: Array,
    weight: Floats,
    outcome: Floats,
    lenient: Literal["all", "telling", "misleading"] = "all",
) -> Chosen:
    """The covariates that could mislead most: those by which exposed and others differ and by which the outcome of the
    others differs. A model with more columns than the exposed can bear would only add noise.

    The first covariate (the moment) always stays: it is the comparison itself.

    Args:
        codes: [trial, covariate].
        outcome: of each trial.
        lenient: `telling` leaves out what says nothing of the outcome, `misleading` also what could put the difference
            off by hardly anything. If such a covariate decides who is exposed (the hour at which a queue is long),
            nobody would be left to compare with. It must be seen to be so among the others: where they are of other
            kinds than the exposed, they are not comparable; only from one time to another may one conclude.
    """
    found = int(exposed.sum())
    budget = int(np.clip(found // _EXPOSED_A_COLUMN, _FEWEST_COLUMNS, _MOST_COLUMNS))
    most_levels = int(np.clip(budget // 3, 3, 40))
    hardly = _HARDLY * float(outcome.std())
    worth: list[_Worth] = []
    left_out = 0.0
    placed = np.asarray(codes, dtype=np.int64).copy()
    for number in range(codes.shape[1]):
        levels, place = _numbered(codes[:, number])
        twin = number > names.index(names[number]) and np.array_equal(
            codes[:, number], codes[:, names.index(names[number])]
        )
        if levels < 2 or twin:
            continue
        shift, tells = _shift(place, levels, exposed, weight, outcome)
        misleads = abs(shift)
        idle = number > 0 and ((lenient != "all" and not tells) or (lenient == "misleading" and misleads < hardly))
        if idle and (names[number] in TIME or _known_of_others(place, levels, exposed)):
            # Not seen to matter is not known not to matter: the interval pays for it.
            left_out += misleads
            continue
        rest = 0.0
        if number > 0 and levels > most_levels:
            placed[:, number] = _grouped(place, levels, exposed, weight, min(most_levels, _GROUPS))
            # What the groups do not tell apart is not adjusted for.
            levels, group = _numbered(placed[:, number])
            rest = _unadjusted(place, group, exposed, weight, outcome)
        width = min(levels, most_levels) - 1
        worth.append(_Worth(np.inf if number == 0 else misleads, number, width, rest))
    chosen: list[int] = []
    columns = 0
    for one in sorted(worth, key=lambda one: (-one.misleads, one.number)):
        if chosen and columns + one.width > budget:
            place = _numbered(codes[:, one.number])[1]
            left_out += _unadjusted(place, np.zeros_like(place), exposed, weight, outcome)
            continue
        chosen.append(one.number)
        columns += one.width
        left_out += one.rest
    chosen.sort()
    return Chosen(placed[:, chosen], tuple(names[number] for number in chosen), most_levels, left_out)


def _known_of_others(place: Ints, levels: int, exposed: Array) -> bool:
    """Whether most of the exposed are of kinds that the others have too."""
    others = np.bincount(place[~exposed], minlength=levels) > 0
    return bool(others[place[exposed]].mean() >= _KNOWN)


def _numbered(codes: Array) -> tuple[int, Ints]:
    """How many distinct codes there are, and for each trial which of them it has."""
    least = codes.min(initial=0)
    own = codes.astype(np.int64) - int(least)
    there = np.bincount(own) > 0
    return int(there.sum()), (np.cumsum(there) - 1)[own]


def _grouped(place: Ints, levels: int, exposed: Array, weight: Floats, groups: int) -> Ints:
    """So many groups of levels, those together that are exposed about equally often: what is alike in the chance of
    exposure need not be told apart (the balancing score of Rosenbaum & Rubin 1983, Biometrika 70, 41-55). Levels with
    few trials are drawn to the mean. Each group holds as much of the difference from the mean as any other."""
    on = np.bincount(place[exposed], weights=weight[exposed], minlength=levels)
    all_ = np.bincount(place, weights=weight, minlength=levels)
    mean = on.sum() / max(all_.sum(), 1e-300)
    share = (on + _DRAWN * mean) / (all_ + _DRAWN)
    order = np.argsort(share, kind="stable")
    apart = np.cumsum(all_[order] * np.abs(share[order] - mean))
    group = np.empty(levels, dtype=np.int64)
    group[order] = np.minimum((groups * apart / max(float(apart[-1]), 1e-300)).astype(np.int64), groups - 1)
    return np.asarray(group[place])


def _unadjusted(place: Ints, group: Ints, exposed: Array, weight: Floats, outcome: Floats) -> float:
    """How far off the difference is at least where only groups of levels are told apart: the shift that the levels make
    within their groups, as far as it exceeds twice its own sampling error. What is noise is in the interval already."""
    others = ~exposed
    on, off = np.bincount(place, weights=weight * exposed), np.bincount(place, weights=weight * others)
    total = np.bincount(place, weights=weight * others * outcome)
    mean = total.sum() / max(off.sum(), 1e-300)
    spread = float((weight[others] * (outcome[others] - mean) ** 2).sum()) / max(off.sum(), 1e-300)
    of_level = np.zeros(len(on), dtype=np.int64)
    of_level[place] = group
    whole, lost = np.bincount(of_level, weights=off), np.bincount(of_level, weights=total)
    above = (total + _DRAWN * mean) / (off + _DRAWN) - ((lost + _DRAWN * mean) / (whole + _DRAWN))[of_level]
    on_sum, off_sum = max(on.sum(), 1e-300), max(off.sum(), 1e-300)
    apart = on / on_sum - off / off_sum
    noise = ((on / on_sum**2 + off / off_sum**2) * above**2 + apart**2 * spread / (off + _DRAWN)).sum()
    return max(0.0, abs(float((apart * above).sum())) - 2 * float(np.sqrt(noise)))


def _shift(place: Ints, levels: int, exposed: Array, weight: Floats, outcome: Floats) -> tuple[float, bool]:
    """By how much the difference between exposed and others would change if the covariate alone were adjusted for; and
    whether the outcome of the others depends on it (F test at 5 %)."""
    others = ~exposed
    on = np.bincount(place[exposed], weights=weight[exposed], minlength=levels)
    off = np.bincount(place[others], weights=weight[others], minlength=levels)
    total = np.bincount(place[others], weights=(weight * outcome)[others], minlength=levels)
    mean = total.sum() / max(off.sum(), 1e-300)
    rate = (total + _DRAWN * mean) / (off + _DRAWN)
    shift = float(((on / max(on.sum(), 1e-300) - off / max(off.sum(), 1e-300)) * rate).sum())
    between = float((off * (np.where(off > 0, total / np.maximum(off, 1e-300), mean) - mean) ** 2).sum())
    whole = float((weight[others] * (outcome[others] - mean) ** 2).sum())
    free, left = int((off > 0).sum()) - 1, float(off.sum()) - levels
    if free < 1 or left < 1 or whole <= between:
        return shift, whole > 0
    return shift, bool(fdtrc(free, left, (between / free) / ((whole - between) / left)) < _TELLS)
