"""What is adjusted for: everything known before the landmark, as much of it as the number of exposed can bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numba import njit
from scipy.special import fdtrc

from tropa.cx.obstacles.calendar import FINE, TIME
from tropa.engine.journeys import Array, Codes, Floats, Ints
from tropa.stats.propensity import numbered

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


Lenient = Literal["all", "coarse", "telling", "misleading"]
LENIENT: Final[tuple[Lenient, ...]] = ("all", "coarse", "telling", "misleading")
"""What is adjusted for, from the fullest to the barest; see `choose`."""


def choose(
    codes: Codes,
    names: tuple[str, ...],
    exposed: Array,
    weight: Floats,
    outcome: Floats,
    lenient: Lenient = "all",
) -> Chosen:
    """The covariates that could mislead most: those by which exposed and others differ and by which the outcome of the
    others differs. A model with more columns than the exposed can bear would only add noise.

    The first covariate (the moment) always stays: it is the comparison itself.

    Args:
        codes: [trial, covariate].
        outcome: of each trial.
        lenient: `coarse` leaves out the fine calendar, `telling` too what says nothing of the outcome, `misleading`
            also what could put the difference off by hardly anything. If such a covariate decides who is exposed (the
            hour at which a queue is long), nobody would be left to compare with. It must be seen to be so among the
            others: where they are of other kinds than the exposed, they are not comparable; only from one time to
            another may one conclude.
    """
    found = int(exposed.sum())
    budget = int(np.clip(found // _EXPOSED_A_COLUMN, _FEWEST_COLUMNS, _MOST_COLUMNS))
    most_levels = int(np.clip(budget // 3, 3, 40))
    hardly = _HARDLY * float(outcome.std())
    others = _others(exposed, weight, outcome)
    placed, tables = _tables(codes, exposed, weight, outcome)
    worth: list[_Worth] = []
    grouped: dict[int, Ints] = {}
    left_out = 0.0
    for number, table in enumerate(tables):
        first = names.index(names[number])
        if table.levels < 2 or (number > first and np.array_equal(placed[:, number], placed[:, first])):
            continue
        if names[number] in FINE:
            known = numbered(codes[:, number])[0]
            surely = _unadjusted(table, numbered(FINE[names[number]](known))[1], others)
            if not surely or lenient != "all":
                left_out += surely
                continue
        shift, tells = _shift(table, others)
        misleads = abs(shift)
        strict = lenient in ("all", "coarse")
        idle = number > 0 and ((not strict and not tells) or (lenient == "misleading" and misleads < hardly))
        if idle and (names[number] in TIME or table.known_of_others >= _KNOWN):
            # Not seen to matter is not known not to matter: the interval pays for it.
            left_out += misleads
            continue
        levels, rest = table.levels, 0.0
        if number > 0 and levels > most_levels:
            group = _grouped(table, min(most_levels, _GROUPS))
            levels, grouped[number] = len(np.unique(group)), group
            # What the groups do not tell apart is not adjusted for.
            rest = _unadjusted(table, group, others)
        width = min(levels, most_levels) - 1
        worth.append(_Worth(np.inf if number == 0 else misleads, number, width, rest))
    chosen, unpaid = _within(budget, worth, tables, others)
    left_out += unpaid
    for number, group in grouped.items():
        placed[:, number] = group[placed[:, number]]
    return Chosen(placed[:, chosen], tuple(names[number] for number in chosen), most_levels, left_out)


def _within(budget: int, worth: list[_Worth], tables: list[_Table], others: _Others) -> tuple[list[int], float]:
    """The covariates that as many columns can hold, those first that could mislead most; and how far off the difference
    may be for what they do not tell and for the rest."""
    chosen: list[int] = []
    columns, left_out = 0, 0.0
    for one in sorted(worth, key=lambda one: (-one.misleads, one.number)):
        if chosen and columns + one.width > budget:
            table = tables[one.number]
            left_out += _unadjusted(table, np.zeros(table.levels, dtype=np.int64), others)
            continue
        chosen.append(one.number)
        columns += one.width
        left_out += one.rest
    return sorted(chosen), left_out


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Of one covariate, for each of its levels: exposed trials; weight of the exposed and of the others; sum of the
    others' outcome."""

    met: Floats
    on: Floats
    off: Floats
    total: Floats

    @property
    def levels(self) -> int:
        return len(self.on)

    @property
    def known_of_others(self) -> float:
        """Share of the exposed that are of kinds that the others have too."""
        return float(self.met[self.off > 0].sum() / max(self.met.sum(), 1.0))


@dataclass(frozen=True, slots=True)
class _Others:
    """Weight of those who did not meet it, mean of their outcome, and its sum of squares around it."""

    weight: float
    mean: float
    squares: float


def _others(exposed: Array, weight: Floats, outcome: Floats) -> _Others:
    weights, outcomes = weight[~exposed], outcome[~exposed]
    whole = max(float(weights.sum()), 1e-300)
    mean = float(weights @ outcomes) / whole
    return _Others(whole, mean, float(weights @ (outcomes - mean) ** 2))


def _tables(codes: Codes, exposed: Array, weight: Floats, outcome: Floats) -> tuple[Ints, list[_Table]]:
    """For each trial which level of each covariate it has, and the table of each covariate."""
    least = codes.min(axis=0, initial=0)
    placed, sizes = _levels(codes, least, int((codes.max(axis=0, initial=0) - least).max()) + 1)
    ends = np.cumsum(sizes)
    added = _added(placed, ends - sizes, int(ends[-1]), exposed, weight, weight * outcome)
    return placed, [_Table(*part) for part in np.split(added, ends[:-1], axis=1)]


@njit(cache=True, nogil=True)
def _levels(codes: Codes, least: Codes, most: int) -> tuple[Ints, Ints]:
    """Each covariate's codes numbered in rising order without gaps, and how many there are."""
    trials, covariates = codes.shape
    number = np.full((covariates, most), -1, dtype=np.int64)
    for trial in range(trials):
        for covariate in range(covariates):
            number[covariate, codes[trial, covariate] - least[covariate]] = 0
    sizes = np.zeros(covariates, dtype=np.int64)
    for covariate in range(covariates):
        for code in range(most):
            if number[covariate, code] == 0:
                number[covariate, code] = sizes[covariate]
                sizes[covariate] += 1
    placed = np.empty((trials, covariates), dtype=np.int64)
    for trial in range(trials):
        for covariate in range(covariates):
            placed[trial, covariate] = number[covariate, codes[trial, covariate] - least[covariate]]
    return placed, sizes


@njit(cache=True, nogil=True)
def _added(placed: Ints, first: Ints, width: int, exposed: Array, weight: Floats, total: Floats) -> Floats:
    """Four rows, as in `_Table`, with the levels of all covariates side by side."""
    added = np.zeros((4, width))
    for trial in range(len(placed)):
        for number in range(placed.shape[1]):
            level = first[number] + placed[trial, number]
            if exposed[trial]:
                added[0, level] += 1
                added[1, level] += weight[trial]
            else:
                added[2, level] += weight[trial]
                added[3, level] += total[trial]
    return added


def _grouped(table: _Table, groups: int) -> Ints:
    """For each level one of so many groups, those together that are exposed about equally often: what is alike in the
    chance of exposure need not be told apart (the balancing score of Rosenbaum & Rubin 1983, Biometrika 70, 41-55).
    Levels with few trials are drawn to the mean. Each group holds as much of the difference from the mean as any other.
    """
    on, all_ = table.on, table.on + table.off
    mean = on.sum() / max(all_.sum(), 1e-300)
    share = (on + _DRAWN * mean) / (all_ + _DRAWN)
    order = np.argsort(share, kind="stable")
    apart = np.cumsum(all_[order] * np.abs(share[order] - mean))
    group = np.empty(len(on), dtype=np.int64)
    group[order] = np.minimum((groups * apart / max(float(apart[-1]), 1e-300)).astype(np.int64), groups - 1)
    return group


def _unadjusted(table: _Table, group: Ints, others: _Others) -> float:
    """How far off the difference is at least where only groups of levels are told apart: the shift that the levels make
    within their groups, as far as it exceeds twice its own sampling error. What is noise is in the interval already."""
    on, off, total, mean = table.on, table.off, table.total, others.mean
    if not (on.any() and off.any()):
        return 0.0
    whole, lost = np.bincount(group, weights=off), np.bincount(group, weights=total)
    above = (total + _DRAWN * mean) / (off + _DRAWN) - ((lost + _DRAWN * mean) / (whole + _DRAWN))[group]
    on_sum = on.sum()
    apart = on / on_sum - off / others.weight
    spread = others.squares / others.weight
    noise = ((on / on_sum**2 + off / others.weight**2) * above**2 + apart**2 * spread / (off + _DRAWN)).sum()
    return max(0.0, abs(float((apart * above).sum())) - 2 * float(np.sqrt(noise)))


def _shift(table: _Table, others: _Others) -> tuple[float, bool]:
    """By how much the difference between exposed and others would change if the covariate alone were adjusted for; and
    whether the outcome of the others depends on it (F test at 5 %)."""
    on, off, total, mean = table.on, table.off, table.total, others.mean
    rate = (total + _DRAWN * mean) / (off + _DRAWN)
    shift = float(((on / max(on.sum(), 1e-300) - off / others.weight) * rate).sum())
    between = float((off * (np.where(off > 0, total / np.maximum(off, 1e-300), mean) - mean) ** 2).sum())
    free, left = int((off > 0).sum()) - 1, others.weight - table.levels
    if free < 1 or left < 1 or others.squares <= between:
        return shift, others.squares > 0
    return shift, bool(fdtrc(free, left, (between / free) / ((others.squares - between) / left)) < _TELLS)
