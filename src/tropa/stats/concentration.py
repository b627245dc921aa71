"""In which slice of the attributes something is concentrated: the coarsest one that explains it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrc, gammaln, ndtr, xlogy

from tropa.stats.intervals import Interval, Z

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Condition = tuple[int, int]

# A slice too many misleads more than a faint one missed.
ALPHA = 0.01
LEAST_RATIO = 1.5
FEWEST = 20
_MOST_GRID = 2_000_000
_LOOKED_AT = 25
# Above so many expected the likelihood ratio has the tail of the normal distribution.
_MANY = 200
# A slice whose ratio loses more than half of its logarithm within the groups of another attribute is that one's doing.
_KEPT_WITHIN = 0.5
_LEAST_INFORMATION = 0.1


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows where every condition (attribute, code) holds, and how concentrated it is there.

    n, k: rows in the slice, and those among them where it happened. share: of all that happened. base: of all rows.
    lift: rate here over the rate of all. ratio: rate here over the rate elsewhere (with what earlier slices explain
    left out of both). p: of no concentration anywhere, corrected for every slice that was looked at.
    """

    conditions: tuple[Condition, ...]
    n: float
    k: float
    share: float
    base: float
    lift: float
    ratio: Interval
    p: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """The slices found, most telling first, and how many were looked at. No slices: it is spread evenly."""

    slices: tuple[Slice, ...]
    tested: int


def concentration(
    codes: ArrayLike,
    n: ArrayLike,
    k: ArrayLike,
    expected: ArrayLike | None = None,
    least_ratio: float = LEAST_RATIO,
    fewest: int = FEWEST,
    alpha: float = ALPHA,
    most: int = 3,
) -> Concentration:
    """Seeks values of attributes, and pairs of them, where `k` of `n` is higher than elsewhere.

    The slice that divides the rows best by likelihood is taken, a pair only where it beats its parts and both of them
    side by side; one that another attribute explains is passed over (Simpson's paradox). Its rows then leave, and the
    rest is searched again. Every p is multiplied by the number of slices looked at (Bonferroni).

    Args:
        codes: [cell, attribute], any integers.
        n, k: rows in each cell, and those where it happened. Rows should be independent of one another.
        expected: what k should have been in each cell (an earlier period, a model), None for the same everywhere.
        least_ratio: how much higher than elsewhere is worth telling.
        fewest: rows a slice must have, and the rest of them too.

    Sources: likelihood scan: Kulldorff (1997), Communications in Statistics 26, 1481-1496; removing and repeating:
    Kalander (2022), arXiv 2205.10004; adjusted ratio: Mantel & Haenszel (1959), JNCI 22, 719-748.

    Raises:
        ValueError: when a count is not between 0 and n, or the lengths differ.
    """
    cells, rows, hits = np.asarray(codes, dtype=np.int64), *(np.asarray(x, dtype=np.float64) for x in (n, k))
    if cells.ndim != 2 or not len(cells) == len(rows) == len(hits) or bool(np.any((hits < 0) | (hits > rows))):
        raise ValueError("codes, n and k must be of one length, and every k between 0 and its n")
    weight = rows if expected is None else np.asarray(expected, dtype=np.float64)
    if len(weight) != len(rows) or bool(np.any(weight < 0)):
        raise ValueError("expected must be of the same length and not negative")
    levels = [np.unique(column, return_inverse=True) for column in cells.T]
    dense = np.column_stack([inverse for _, inverse in levels]) if levels else cells
    cube = _Cube(dense, tuple(len(known) for known, _ in levels), rows, hits, weight)
    found: list[Slice] = []
    tested = 0
    while len(found) < most:
        candidates, looked = _candidates(cube, fewest)
        tested = max(tested, looked)
        best = next(_worth(cube, candidates, looked, least_ratio, alpha, expected is None), None)
        if best is None:
            break
        inside, p = best
        named = tuple((attribute, int(levels[attribute][0][place])) for attribute, place in inside.conditions)
        found.append(_slice(cube, inside, named, p, float(rows.sum()), float(hits.sum())))
        cube = cube.without(inside.rows)
    return Concentration(tuple(found), tested)


@dataclass(frozen=True, slots=True, eq=False)
class _Cube:
    """Codes are places among the `sizes[attribute]` values of their attribute."""

    codes: Codes
    sizes: tuple[int, ...]
    n: Floats
    k: Floats
    weight: Floats

    def without(self, rows: Flags) -> _Cube:
        return _Cube(self.codes[~rows], self.sizes, self.n[~rows], self.k[~rows], self.weight[~rows])


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    conditions: tuple[Condition, ...]
    gain: float
    rows: Flags


def _candidates(cube: _Cube, fewest: int) -> tuple[Iterator[_Candidate], int]:
    """The most telling slices, best first, and how many there were at all."""
    drafts: list[tuple[float, tuple[Condition, ...]]] = []
    looked = 0
    places = [attribute for attribute, size in enumerate(cube.sizes) if size > 1]
    pairs = [(a, b) for a in places for b in places if a < b and cube.sizes[a] * cube.sizes[b] <= _MOST_GRID]
    for attributes in [*((attribute,) for attribute in places), *pairs]:
        width = cube.sizes[attributes[-1]]
        key = cube.codes[:, attributes[0]]
        if len(attributes) == 2:
            key = key * width + cube.codes[:, attributes[1]]
        n, k, weight = (_added(key, x) for x in (cube.n, cube.k, cube.weight))
        counted = (n >= fewest) & (cube.n.sum() - n >= fewest)
        looked += int(counted.sum())
        gains = np.where(counted, _gain(k, n, weight, cube), 0.0)
        for place in np.argsort(-gains, kind="stable")[:_LOOKED_AT]:
            if gains[place] > 0:
                parts = divmod(int(place), width) if len(attributes) == 2 else (int(place),)
                drafts.append((float(gains[place]), tuple(zip(attributes, parts, strict=True))))
    # Of equal slices the coarser one is told.
    drafts.sort(key=lambda draft: (-round(draft[0], 9), len(draft[1]), draft[1]))
    return (_Candidate(where, gain, _rows(cube, where)) for gain, where in drafts[:_LOOKED_AT]), looked


def _gain(k: Floats, n: Floats, weight: Floats, cube: _Cube) -> Floats:
    """Log-likelihood gained by giving a slice a level of its own; 0 where that level is not higher."""
    whole, every, rows = cube.weight.sum(), cube.k.sum(), cube.n.sum()
    if not (whole > 0 and every > 0):
        return np.zeros(len(k))
    usual = np.minimum(weight * every / whole, n)
    others = np.minimum(every - usual, rows - n)
    gain = _term(k, n, usual) + _term(every - k, rows - n, others)
    return np.where(k > usual, gain, 0.0)


def _term(k: Floats, n: Floats, usual: Floats) -> Floats:
    ratio = np.divide(k, usual, out=np.ones(len(k)), where=usual > 0)
    rest = np.divide(n - k, n - usual, out=np.ones(len(k)), where=n - usual > 0)
    return np.asarray(xlogy(k, ratio) + xlogy(n - k, rest), dtype=np.float64)


def _worth(
    cube: _Cube, candidates: Iterator[_Candidate], looked: int, least_ratio: float, alpha: float, exact: bool
) -> Iterator[tuple[_Candidate, float]]:
    """Those that are certain, large, no other attribute's doing and no finer than need be."""
    for draft in candidates:
        candidate = draft if len(draft.conditions) == 1 else _simplest(cube, draft, looked)
        p = min(1.0, _tail(cube, candidate, exact) * looked)
        ratio = _ratio(cube, candidate.rows)
        if p >= alpha or (ratio.value is not None and ratio.value < least_ratio):
            continue
        if not _explained_elsewhere(cube, candidate, ratio.value):
            yield candidate, p


def _tail(cube: _Cube, candidate: _Candidate, exact: bool) -> float:
    """Chance of as many in this one slice: Fisher's exact test where few are expected (given the total, Poisson
    counts are binomial if they were expected from elsewhere), the likelihood ratio where many are."""
    k, n, weight = (float(x[candidate.rows].sum()) for x in (cube.k, cube.n, cube.weight))
    every, rows, whole = float(cube.k.sum()), float(cube.n.sum()), float(cube.weight.sum())
    if weight * every / whole > _MANY:
        return float(ndtr(-math.sqrt(2 * candidate.gain)))
    if not exact:
        return float(bdtrc(k - 1, int(every), weight / whole))
    seen = np.arange(k, min(n, every, k + 40 * _MANY) + 1)
    logs = _choose(n, seen) + _choose(rows - n, every - seen) - _choose(np.array([rows]), np.array([every]))
    return min(1.0, float(np.exp(logs[np.isfinite(logs)]).sum()))


def _choose(n: Floats | float, k: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        logs = gammaln(np.asarray(n) + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.where((k >= 0) & (k <= n), logs, -np.inf)


def _simplest(cube: _Cube, pair: _Candidate, looked: int) -> _Candidate:
    """The pair, or one of its parts where that part, or both side by side, explain the rates as well."""
    single = [_Candidate((condition,), 0.0, _rows(cube, (condition,))) for condition in pair.conditions]
    key = single[0].rows * 2 + single[1].rows
    k, weight = (_added(key, x, 4).reshape(2, 2) for x in (cube.k, cube.weight))
    # Counts spread less than Poisson's where the rate is high.
    scale = 1 / max(1 - float(cube.k.sum() / cube.n.sum()), 1e-6)
    hot = np.array([[0, 0], [0, 1]])

    def fitted(group: NDArray[np.int64]) -> float:
        inside = np.array([k[group == side].sum() for side in (0, 1)])
        usual = np.array([weight[group == side].sum() for side in (0, 1)])
        return float(xlogy(inside, inside / np.maximum(usual, 1e-300)).sum()) * scale

    lone = [fitted(np.array([[0, 0], [1, 1]])), fitted(np.array([[0, 1], [0, 1]]))]
    both = float(xlogy(k, _side_by_side(k, weight) / np.maximum(weight, 1e-300)).sum()) * scale
    # A pair has to pay for having been chosen among so many, and two parts for one number more.
    of_pair = fitted(hot) - math.log(max(looked, 1))
    if of_pair > max(*lone, both - math.log(max(float(cube.n.sum()), 1.0)) / 2):
        return pair
    better = single[int(np.argmax(lone))]
    rows = better.rows
    k_in, n_in, weight_in = (np.array([x[rows].sum()]) for x in (cube.k, cube.n, cube.weight))
    return _Candidate(better.conditions, float(_gain(k_in, n_in, weight_in, cube)[0]), rows)


def _side_by_side(k: Floats, weight: Floats) -> Floats:
    """Counts if the two conditions multiply the rate independently: margins fitted in turn."""
    fitted: Floats = weight * k.sum() / max(float(weight.sum()), 1e-300)
    for _ in range(30):
        for axis in (0, 1):
            margin = fitted.sum(axis=axis, keepdims=True)
            fitted = fitted * k.sum(axis=axis, keepdims=True) / np.maximum(margin, 1e-300)
    return fitted


def _explained_elsewhere(cube: _Cube, candidate: _Candidate, ratio: float | None) -> bool:
    """Whether the slice is hardly higher than its like within the groups of some other attribute."""
    inside = candidate.rows
    own = {attribute for attribute, _ in candidate.conditions}
    plain = float(cube.weight[inside].sum() * cube.weight[~inside].sum() / cube.weight.sum())
    for attribute in range(cube.codes.shape[1]):
        if attribute in own:
            continue
        group, count = cube.codes[:, attribute], cube.sizes[attribute]
        k_in, w_in = (_added(group[inside], x[inside], count) for x in (cube.k, cube.weight))
        k_out, w_out = (_added(group[~inside], x[~inside], count) for x in (cube.k, cube.weight))
        together = np.maximum(w_in + w_out, 1e-300)
        if float((w_in * w_out / together).sum()) < _LEAST_INFORMATION * plain:
            continue
        up, down = float((k_in * w_out / together).sum()), float((k_out * w_in / together).sum())
        if ratio is None or down == 0:
            continue
        if up == 0 or math.log(up / down) < _KEPT_WITHIN * math.log(ratio):
            return True
    return False


def _ratio(cube: _Cube, inside: Flags) -> Interval:
    """Rate inside over rate outside with limits on the log scale (Katz et al. 1978, Biometrics 34, 469-474)."""
    k_in, n_in, w_in = (float(x[inside].sum()) for x in (cube.k, cube.n, cube.weight))
    k_out, n_out, w_out = (float(x[~inside].sum()) for x in (cube.k, cube.n, cube.weight))
    n = round(n_in + n_out)
    value = (k_in / w_in) / (k_out / w_out) if k_out > 0 and w_in > 0 else None
    # Half a case more on either side, so that none at all still has a limit.
    error = math.sqrt(max(0.0, 1 / (k_in + 0.5) - 1 / (n_in + 0.5) + 1 / (k_out + 0.5) - 1 / (n_out + 0.5)))
    middle = math.log((k_in + 0.5) / max(w_in, 1e-300)) - math.log((k_out + 0.5) / max(w_out, 1e-300))
    low, high = math.exp(middle - Z * error), math.exp(middle + Z * error)
    if value is None:
        return Interval(None, low, None, n)
    return Interval(value, min(low, value), max(high, value), n)


def _slice(
    cube: _Cube, candidate: _Candidate, named: tuple[Condition, ...], p: float, rows: float, hits: float
) -> Slice:
    n, k = float(cube.n[candidate.rows].sum()), float(cube.k[candidate.rows].sum())
    share, base = k / hits, n / rows
    return Slice(named, n, k, share, base, share / base, _ratio(cube, candidate.rows), p)


def _added(key: NDArray[np.int64], values: Floats, count: int = 0) -> Floats:
    return np.bincount(key, weights=values, minlength=count).astype(np.float64)


def _rows(cube: _Cube, conditions: tuple[Condition, ...]) -> Flags:
    inside: Flags = np.ones(len(cube.n), dtype=np.bool_)
    for attribute, code in conditions:
        inside &= cube.codes[:, attribute] == code
    return inside
