"""Which trials are watched long enough to see who of them reaches the goal, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.engine.journeys import Array, Floats, Ints

_REACHED = 0.95
_WATCHED = 0.9
_HALF = 0.5
_FEWEST_GOALS = 40
_SLOWING = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """kept: trials that are watched long enough. exposed, others: share of each side that may still reach the goal
    after that."""

    kept: Array
    exposed: float = 0.0
    others: float = 0.0


def followed(
    landmark_us: Ints, reached_us: Ints, reached: Array, met: Array, now_us: int, horizon_us: int | None
) -> Followed | None:
    """Trials that are watched as long as it takes 95 % of those who reach the goal, of the exposed and of the others
    alike; of later ones only the quick would be seen to succeed. Where that takes longer than half of the time for
    which anybody is watched, goals are still to come, unless that is as long as they count: as many as the last two
    thirds of that time foretell if they go on to slow down at this pace. None where they do not slow down.

    How long it takes is told by those watched at each time, not by goals seen alone: of these the slow are missing
    (cumulative incidence where the end of watching is known of all: Fine & Gray 1999, JASA 94, 496-509).

    Args:
        reached_us: when each reached the goal, where `reached`.
        met: the exposed; both sides are asked, together where one has few goals.
        horizon_us: how long after its beginning a journey may reach the goal; None: always.
    """
    watched = (now_us - landmark_us).astype(np.float64)
    takes = np.where(reached, reached_us - landmark_us, np.inf).astype(np.float64)
    sides = [met, ~met]
    if any(int((reached & side).sum()) < _FEWEST_GOALS for side in sides):
        sides = [np.ones(len(met), dtype=bool)]
    curves = [_Curve.of(takes[side], watched[side]) for side in sides if reached[side].any()]
    needed = max((curve.time_of(_REACHED) for curve in curves), default=0.0)
    kept = np.asarray(watched >= needed)
    longest = min((curve.longest for curve in curves), default=0.0)
    if needed <= _HALF * longest or (horizon_us is not None and longest >= horizon_us):
        return Followed(kept)
    to_come = [curve.to_come(needed) for curve in curves]
    if None in to_come:
        return None
    shares = [share for share in to_come if share is not None]
    return Followed(kept, shares[0], shares[-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """Share that has reached the goal by each of these times, up to the `longest` for which enough are watched."""

    times: Floats
    share: Floats
    longest: float

    @classmethod
    def of(cls, takes: Floats, watched: Floats) -> _Curve:
        longest = float(np.quantile(watched, _WATCHED))
        times, goals = np.unique(takes[(takes <= watched) & (takes <= longest)], return_counts=True)
        # At risk: watched at that time, and the goal not reached before it.
        at_risk = np.searchsorted(np.sort(-watched), -times, side="right") - _before(takes, watched, times)
        return cls(times, 1 - np.cumprod(1 - goals / np.maximum(at_risk, goals)), longest)

    def at(self, time: float) -> float:
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        return 0.0 if place < 0 else float(self.share[place])

    def time_of(self, part: float) -> float:
        """When this part of those who reach the goal within the longest time have reached it."""
        if not len(self.times):
            return 0.0
        return float(self.times[np.searchsorted(self.share, part * self.share[-1])])

    def to_come(self, time: float) -> float | None:
        """Share that may still reach the goal after that time, if goals go on to slow down as they did."""
        first, second, whole = (self.at(self.longest * thirds / 3) for thirds in (1, 2, 3))
        before, last = second - first, whole - second
        if last <= 0:
            return whole - self.at(time)
        pace = last / before if before > 0 else np.inf
        return None if pace >= _SLOWING else whole + last * pace / (1 - pace) - self.at(time)


def _before(takes: Floats, watched: Floats, times: Floats) -> Ints:
    """Of those watched at each time, how many had reached the goal before it."""
    early = takes < np.inf
    begun = np.searchsorted(np.sort(takes[early]), times, side="left")
    # Reached before a time, less those of them whose watching had ended by then.
    ended = np.searchsorted(np.sort(watched[early]), times, side="left")
    return np.asarray(begun - ended)
