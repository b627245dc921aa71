"""Who met an obstacle: told by marks, or judged by a limit, where the limit may have to be sought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.cx.obstacles.effects import FEWEST
from tropa.cx.obstacles.lost import Lost, lost_late, told_by_leavers
from tropa.cx.obstacles.trials import EXPOSED, LEFT, SILENT, Trials
from tropa.engine.journeys import Array, Codes

_LONG_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Where nobody says how long is too long, the limit is sought among these quantiles of the waits."""


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """met: which trials met it (of waits: those served later than the limit). used: which are judged (half of them
    sought the limit, where none is stated). threshold: the limit of waits in seconds, None of marks. lost: of waits,
    what is supposed of those never served.
    """

    met: Array
    used: Array
    threshold: float | None
    lost: Lost | None

    def without(self, kept: Array) -> Exposure:
        """The same for some of the trials."""
        lost = None if self.lost is None else self.lost.without(kept)
        return Exposure(self.met[kept], self.used[kept], self.threshold, lost)


def exposure(trials: Trials, codes: Codes, key: Array, reached_goal: Array, company_turn: bool) -> Exposure:
    """Who met the obstacle.

    Args:
        codes: covariates known when a wait begins.
        key: of the customer, for drawing halves.
        company_turn: whether it is the company that ends such waits.
    """
    if not trials.limit_seconds.any():
        return Exposure((trials.flags & EXPOSED) > 0, np.ones(len(trials), dtype=bool), None, None)
    stated = np.isfinite(trials.limit_seconds)
    silent, left = (trials.flags & SILENT) > 0, (trials.flags & LEFT) > 0
    if stated.any():
        limit, used = trials.limit_seconds, stated
        threshold: float | None = float(np.round(np.median(limit[stated])))
    else:
        # Sought in half of the customers and judged in the other half: a limit fits best where it was sought.
        halves = (key * 2654435761 >> 7) % 2 == 0
        threshold = _sought(trials.seconds[halves], reached_goal[halves])
        limit, used = np.full(len(trials), np.inf if threshold is None else threshold), ~halves
        if threshold is None:
            used = np.zeros(len(trials), dtype=bool)
    # Who said before the limit that they leave did not leave for it, and were not served in time either.
    gone = left & (trials.seconds <= limit)
    usual = bool(stated.any()) and company_turn
    lost = told_by_leavers(silent, int(gone.sum()), int((left & ~gone).sum())) if usual else None
    if lost is None:
        there = ~gone
        lost = lost_late(codes[there], key[there], trials.seconds[there], limit[there], silent[there], usual)
        lost = lost.among(there)
    return Exposure((trials.seconds > limit) & ~silent, used & ~gone, threshold, lost)


def _sought(seconds: Array, reached_goal: Array) -> float | None:
    """The quantile of the waits beyond which the goal rate falls most clearly; the lost say nothing of it."""
    ended = np.isfinite(seconds)
    if int(ended.sum()) < 10 * FEWEST:
        return None
    waited, reached = seconds[ended], reached_goal[ended]
    best, clearest = None, -np.inf
    for limit in np.unique(np.quantile(waited, _LONG_SHARES)):
        over = waited > limit
        n1, n0 = int(over.sum()), int((~over).sum())
        if min(n1, n0) < FEWEST:
            continue
        rate = float(reached.mean())
        spread = np.sqrt(max(rate * (1 - rate), 1e-9) * (1 / n1 + 1 / n0))
        fall = float((reached[~over].mean() - reached[over].mean()) / spread)
        if fall > clearest:
            best, clearest = float(limit), fall
    return best
