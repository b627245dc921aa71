"""Which trials are watched long enough to see who of them reaches the goal."""

from __future__ import annotations

import numpy as np

from tropa.engine.journeys import Array, Floats, Ints

_REACHED = 0.95
_WATCHED = 0.9
_HALF_OF_IT = 0.5


def followed(
    landmark_us: Ints, reached_us: Ints, reached: Array, met: Array, now_us: int, horizon_us: int | None
) -> Array | None:
    """Trials that are watched as long as it takes 95 % of those who reach the goal, of the exposed and of the others
    alike; of later ones only the quick would be seen to succeed. None where the data end before that can be known:
    where it takes longer than half of the time for which anybody is watched, goals are still to come, unless that is as
    long as they count.

    How long it takes is told by those watched at each time, not by goals seen alone: of these the slow are missing
    (cumulative incidence where the end of watching is known of all: Fine & Gray 1999, JASA 94, 496-509).

    Args:
        reached_us: when each reached the goal, where `reached`.
        met: the exposed; both sides are asked.
        horizon_us: how long after its beginning a journey may reach the goal; None: always.
    """
    watched = (now_us - landmark_us).astype(np.float64)
    takes = np.where(reached, reached_us - landmark_us, np.inf).astype(np.float64)
    needed = 0.0
    for side in (met, ~met):
        if not reached[side].any():
            continue
        longest = float(np.quantile(watched[side], _WATCHED))
        needed = max(needed, _time_of(takes[side], watched[side], longest))
        if needed > _HALF_OF_IT * longest and (horizon_us is None or longest < horizon_us):
            return None
    return np.asarray(watched >= needed)


def _time_of(takes: Floats, watched: Floats, longest: float) -> float:
    """When 95 % of those who reach the goal within the `longest` time have reached it."""
    seen = np.sort(takes[(takes <= watched) & (takes <= longest)])
    if not len(seen):
        return 0.0
    times, goals = np.unique(seen, return_counts=True)
    # At risk: watched at that time, and the goal not reached before it.
    at_risk = np.searchsorted(np.sort(-watched), -times, side="right") - _before(takes, watched, times)
    rest = np.cumprod(1 - goals / np.maximum(at_risk, goals))
    share = 1 - rest
    return float(times[np.searchsorted(share, _REACHED * share[-1])])


def _before(takes: Floats, watched: Floats, times: Floats) -> Ints:
    """Of those watched at each time, how many had reached the goal before it."""
    early = takes < np.inf
    reached, until = takes[early], watched[early]
    order = np.argsort(reached, kind="stable")
    begun = np.searchsorted(reached[order], times, side="left")
    # Reached before a time, less those of them whose watching had ended by then.
    ended = np.searchsorted(np.sort(until), times, side="left")
    return np.asarray(begun - ended)
