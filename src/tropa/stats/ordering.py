"""An order of things from how often one follows another, and that order cut into contiguous groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# Least squares leave noise of this size between levels that are equal.
_NOISE = 1e-9
_FEWEST_FOR_BACKGROUND = 10
_BACKGROUND_QUANTILE = 0.25


def potential(flow: Counts | Floats, position: Floats | None = None) -> Floats:
    """A level for each thing such that what follows lies higher, on average by one step.

    Solves (D - W) h = inflow - outflow in least squares, where W holds the flow both ways and D its sums; loops back
    weigh against the way forward by their frequency. Flow from a thing to itself says nothing and is left out.

    Args:
        flow: `flow[i, j]` times j directly followed i.
        position: where each thing stands on average (any rising scale); only places the parts that no flow connects.

    Source: Jiang, Lim, Yao & Ye (2011), Mathematical Programming 127, 203-244 (HodgeRank); the same system as the
    trophic levels of MacKay, Johnson & Sansom (2020), Royal Society Open Science 7, 201138.
    """
    weights = np.array(flow, dtype=np.float64)
    np.fill_diagonal(weights, 0.0)
    both = weights + weights.T
    net = weights.sum(axis=0) - weights.sum(axis=1)
    count, part = connected_components(both > 0, directed=False)
    level = np.zeros(len(weights))
    for index in range(count):
        members = np.flatnonzero(part == index)
        inner = both[np.ix_(members, members)]
        laplacian = np.diag(inner.sum(axis=1)) - inner
        level[members] = np.linalg.lstsq(laplacian, net[members], rcond=None)[0]
    return level if position is None or count <= 1 else _place_parts(level, part, position)


def without_background(flow: Counts | Floats) -> Floats:
    """The flow less what chance alone sends everywhere, such as wrongly recorded events.

    Chance sends between any two things in proportion to how often each is left and entered. How much of the flow is
    chance is read off the quarter of the pairs that fall shortest of that proportion: where most pairs never follow
    each other nothing is taken off. Fewer than ten things are left as they are, there the proportion says too little,
    and so is a flow that would fall apart.
    """
    weights = np.array(flow, dtype=np.float64)
    np.fill_diagonal(weights, 0.0)
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=0)) / max(weights.sum(), 1.0)
    np.fill_diagonal(expected, 0.0)
    possible = expected > 0
    if len(weights) < _FEWEST_FOR_BACKGROUND or not possible.any():
        return weights
    floor = float(np.quantile(weights[possible] / expected[possible], _BACKGROUND_QUANTILE))
    cleared: Floats = np.maximum(weights - floor * expected, 0.0)
    parts = (connected_components(links > 0, directed=False)[0] for links in (cleared, weights))
    return cleared if next(parts) == next(parts) else weights


def _place_parts(level: Floats, part: NDArray[np.int32], position: Floats) -> Floats:
    """Shift the smaller parts to where their positions lie among those of the largest part."""
    largest = int(np.bincount(part).argmax())
    inside = part == largest
    slope = 1.0
    if inside.sum() > 1 and np.ptp(position[inside]) > 0:
        slope = max(0.0, float(np.polyfit(position[inside], level[inside], 1)[0]))
    placed = level.copy()
    for index in set(part.tolist()) - {largest}:
        members = part == index
        distance = float(position[members].mean() - position[inside].mean())
        placed[members] += float(level[inside].mean()) - float(level[members].mean()) + slope * distance
    return placed


def natural_breaks(values: Floats, groups: int) -> Counts:
    """Group (0.., rising with the value) of each value, with the least sum of squares within groups.

    Exact, by dynamic programming over the sorted values. Equal values share a group.

    Source: Fisher (1958), JASA 53, 789-798.

    Raises:
        ValueError: when there are fewer distinct values than groups, or no group is asked for.
    """
    levels, places, sizes = np.unique(np.round(values / _NOISE) * _NOISE, return_inverse=True, return_counts=True)
    count = len(levels)
    if not 1 <= groups <= count:
        raise ValueError(f"groups must lie between 1 and the {count} distinct values, got {groups}")
    number = np.concatenate(([0.0], np.cumsum(sizes)))
    total = np.concatenate(([0.0], np.cumsum(sizes * levels)))
    square = np.concatenate(([0.0], np.cumsum(sizes * levels**2)))
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    cuts = np.zeros((groups, count + 1), dtype=np.int64)
    for group in range(groups):
        previous, best = best, np.full(count + 1, np.inf)
        for end in range(group + 1, count + 1):
            starts = np.arange(group, end)
            inside = square[end] - square[starts] - (total[end] - total[starts]) ** 2 / (number[end] - number[starts])
            costs = previous[starts] + inside
            choice = int(costs.argmin())
            best[end], cuts[group, end] = costs[choice], starts[choice]
    of_level = np.empty(count, dtype=np.int64)
    end = count
    for group in reversed(range(groups)):
        start = int(cuts[group, end])
        of_level[start:end] = group
        end = start
    return of_level[places.reshape(-1)]


def count_groups(values: Floats, fewest: int, most: int) -> int:
    """How many groups the values fall into: where the narrowest gap between groups most exceeds the widest inside one.

    Answers between `fewest` and `most`, fewer where there are not so many distinct values. Where no number stands
    out, the answer is an opinion: let a person choose.
    """
    distinct = np.unique(np.round(values / _NOISE) * _NOISE)
    most = min(most, len(distinct))
    if most <= fewest:
        return most
    gaps = np.diff(distinct)
    scores = []
    for groups in range(fewest, most + 1):
        between = np.diff(natural_breaks(distinct, groups)) > 0
        widest_inside = float(gaps[~between].max()) if (~between).any() else float(gaps.min())
        scores.append(float(gaps[between].min()) / widest_inside)
    return fewest + int(np.argmax(scores))
