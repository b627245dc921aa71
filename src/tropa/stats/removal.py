"""What would be left of the successes if one state of a chain led nowhere (removal effect of an absorbing chain)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Removal:
    """base: share of paths that succeed. effects[s]: share of the successes lost without state s (0..1). shares: the
    effects scaled to sum to 1 (all 0 where there is no effect at all). values[s]: chance of success from state s.
    swings[s]: how much passing s once more moves that chance on average, times the visits to s per path: where it is
    decided, whatever the direction.
    """

    base: float
    effects: Floats
    shares: Floats
    values: Floats
    swings: Floats


def removal_effects(starts: ArrayLike, moves: ArrayLike, successes: ArrayLike, failures: ArrayLike) -> Removal | None:
    """Removal effects from the counts of a first-order chain, which add up over parts.

    Args:
        starts: [state] paths that begin there.
        moves: [state, next state] moves between them, to itself included.
        successes, failures: [state] paths that end from there.

    None where there are no paths, or none succeeds. This is association along paths, not cause.

    Source: Anderl, Becker, von Wangenheim & Schumann (2016), International Journal of Research in Marketing 33,
    457-474.

    Raises:
        ValueError: when the shapes differ or a count is negative.
    """
    begin, won, lost = (np.asarray(values, dtype=np.float64) for values in (starts, successes, failures))
    inner = np.asarray(moves, dtype=np.float64)
    count = len(begin)
    if inner.shape != (count, count) or len(won) != count or len(lost) != count:
        raise ValueError(
            f"counts must be of one size: {count} starts, moves {inner.shape}, {len(won)}, {len(lost)} ends"
        )
    if count and min(begin.min(), won.min(), lost.min(), inner.min()) < 0:
        raise ValueError("counts must not be negative")
    if not (begin.sum() > 0 and won.sum() > 0):
        return None
    leaving = inner.sum(axis=1) + won + lost
    scale = np.where(leaving > 0, leaving, 1.0)
    chance, ends, lead = inner / scale[:, None], won / scale, begin / begin.sum()
    values = _success(chance, ends, np.ones(count, dtype=np.bool_))
    base = float(lead @ values)
    if base <= 0:
        return None
    effects = np.empty(count)
    for state in range(count):
        open_states = np.arange(count) != state
        effects[state] = 1 - float(lead @ _success(chance, ends, open_states)) / base
    effects = np.clip(effects, 0.0, 1.0)
    total = float(effects.sum())
    steps = chance * np.abs(values[None, :] - values[:, None])
    swing = steps.sum(axis=1) + ends * (1 - values) + lost / scale * values
    visits = (begin + inner.sum(axis=0)) / begin.sum()
    return Removal(base, effects, effects / total if total > 0 else np.zeros(count), values, visits * swing)


def _success(chance: Floats, ends: Floats, open_states: NDArray[np.bool_]) -> Floats:
    """Chance of success from every state when closed ones lead nowhere.

    Only states that can reach success at all enter the equations: among them every loop has a way out, so the system
    always has its one solution.
    """
    able = open_states & (ends > 0)
    while True:
        wider = able | (open_states & ((chance @ able) > 0))
        if bool((wider == able).all()):
            break
        able = wider
    values = np.zeros(len(ends))
    inside = np.flatnonzero(able)
    if len(inside):
        system = np.eye(len(inside)) - chance[np.ix_(inside, inside)]
        values[inside] = np.linalg.solve(system, ends[inside])
    return values
