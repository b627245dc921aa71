"""Who was lost while waiting: whether they belong to those who waited too long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from tropa.engine.journeys import Array, Codes, Floats, Ints
from tropa.stats.given_up import GivenUp, given_up
from tropa.stats.propensity import combine, design, gram, solve, sums

_MOST_ERROR = 0.1
_LATE_TO_LOST = 0.2
_Z = 1.96
_A_GROUP = 300
_FEWEST_SAID, _LEAST_SAID = 30, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Lost:
    """late: for each wait that was lost the chance that it was a long one (0 elsewhere); low, high: the least and the
    most that this may be. after: for those the chance that they had not gone before the limit, if patience ends at an
    even rate. told: whether the data tell the chance; else it is supposed. apart: whether those that were not long had
    gone before the limit, so that they are on neither side; else they were lost though they would have been served in
    time.
    """

    late: Floats
    low: Floats
    high: Floats
    after: Floats
    told: bool = False
    apart: bool = False

    def without(self, kept: Array) -> Lost:
        """The same for some of the waits."""
        return Lost(self.late[kept], self.low[kept], self.high[kept], self.after[kept], self.told, self.apart)

    def among(self, these: Array) -> Lost:
        """The same among more waits, of which these are `these`; the others were not lost."""
        late, low, high, after = np.zeros((4, len(these)))
        late[these], low[these], high[these], after[:] = self.late, self.low, self.high, 1.0
        after[these] = self.after
        return Lost(late, low, high, after, self.told, self.apart)


def told_by_leavers(silent: Array, before: int, after: int) -> Lost | None:
    """The chance that a lost wait was a long one, from those who said that they leave: so many of them `before` the
    limit and `after` it. Whoever left without a word is taken to have left at such times as they did. None where too
    few said so, or too few of those who left: then they are of another kind."""
    said = before + after
    if said < max(_FEWEST_SAID, _LEAST_SAID * (said + int(silent.sum()))):
        return None
    share = (after + 2) / (said + 4)  # Agresti & Coull 1998, The American Statistician 52, 119-126
    error = _Z * float(np.sqrt(share * (1 - share) / (said + 4)))
    chance = silent.astype(np.float64)
    low, high = chance * max(0.0, share - error), chance * min(1.0, share + error)
    return Lost(chance * share, low, high, np.ones(len(silent)), told=True, apart=True)


def lost_late(codes: Codes, key: Ints, seconds: Array, limit: Array, silent: Array, usual: bool) -> Lost:
    """The chance of each lost wait to have been a long one.

    Waits are grouped by how likely they are to be long, and the groups tell (`stats.given_up`): by the week in which
    they begin, for who is lost anyway does not depend on how busy it is; where the week foretells too little, by the
    hour too, then by all that is known at their beginning. Where the groups do not differ enough either, nobody knows:
    the lost may be spread like the served, or all have given up at the limit.

    Args:
        key: of the customer, for drawing halves.
        seconds, limit: how long each took, and might take.
        silent: never served.
        usual: a limit is stated, and it is the company's turn. Otherwise the groups are not asked: people leave there
            for reasons that go with the time and with who they are.
    """
    served = ~silent
    over = served & (seconds > limit)
    chance, after = np.where(silent, 1.0, 0.0), np.ones(len(codes))
    long_share = float(over[served].mean()) if served.any() else 0.0
    if not silent.any() or not 0 < long_share < 1:
        # Where nobody is ever served late, lateness is not what they were lost to.
        return Lost(chance * long_share, chance * long_share, chance * long_share, after)
    for known in (codes[:, 1:2], codes[:, 1:3], codes) if usual else ():
        group = _groups(_foretold(known, key, over, served), len(codes))
        size = int(group.max()) + 1
        fast, late, lost = (np.bincount(group[rows], minlength=size) for rows in (served & ~over, over, silent))
        found = given_up(fast, late, lost)
        if found is not None and found.error is not None and found.error <= _MOST_ERROR:
            share = chance * _told_by_all(codes, key, over, served, found)
            mean = float(share[silent].mean())
            least, most = max(0.0, mean - _Z * found.error), min(1.0, mean + _Z * found.error)
            gone = _gone(seconds[served & ~over], found.lost_fast, float(np.median(limit)))
            after[:] = max(0.0, 1 - gone / found.lost_late) if found.lost_late > 0 else 1.0
            low, high = (chance * _moved(share, mean, to) for to in (least, most))
            return Lost(share, low, high, after, told=True)
    spread = chance * long_share
    likely = chance if usual and over.sum() >= _LATE_TO_LOST * silent.sum() else spread
    return Lost(likely, spread, chance, after)


def _told_by_all(codes: Codes, key: Ints, over: Array, served: Array, found: GivenUp) -> Floats:
    """The chance of each, had it been lost, to have been a long one, by all that is known at its beginning: the weeks
    tell what share of long and of short waits is lost, and the hour which of them it would have been."""
    group = _groups(_foretold(codes, key, over, served), len(codes))
    size = int(group.max()) + 1
    fast, late = (np.bincount(group[rows], minlength=size) for rows in (served & ~over, over))
    lost_late = found.lost_late * (late + 0.5) / max(1 - found.lost_late, 1e-9)
    lost_fast = found.lost_fast * (fast + 0.5) / max(1 - found.lost_fast, 1e-9)
    told = lost_late / np.maximum(lost_late + lost_fast, 1e-300)
    return np.asarray(told[group])


def _moved(share: Floats, mean: float, to: float) -> Floats:
    """The chances if their mean were about another: all odds are moved by one factor, so that who was sure stays so."""
    sure = np.clip([mean, to], 1e-6, 1 - 1e-6)
    odds = sure / (1 - sure)
    return np.asarray(share * odds[1] / (share * odds[1] + (1 - share) * odds[0]))


def _gone(fast_seconds: Array, lost_fast: float, limit: float) -> float:
    """Share of those who would have to wait beyond the limit that is gone by then, if patience ends at an even rate:
    the rate at which short waits lose the share that they do."""
    if lost_fast <= 0 or len(fast_seconds) == 0 or limit <= 0:
        return 0.0
    waited = np.asarray(fast_seconds, dtype=np.float64) / limit

    def surplus(rate: float) -> float:
        return float(np.exp(rate * waited).mean()) - 1 / (1 - lost_fast)

    if surplus(50.0) <= 0:
        return 1.0
    return float(1 - np.exp(-brentq(surplus, 0.0, 50.0)))


def _foretold(codes: Codes, key: Ints, over: Array, served: Array) -> Floats:
    """Chance of a long wait by a linear model of each half of the customers, asked about the other half."""
    half = (key * 2654435761 >> 9) % 2 == 0
    told = np.zeros(len(codes))
    scheme = design(codes.astype(np.int64), np.ones(len(codes)))
    placed = scheme.place(codes)
    for mine in (half, ~half):
        learn = served & ~mine
        if not learn.any():
            continue
        rows, weight = placed[learn], np.ones(int(learn.sum()))
        matrix = gram(rows, weight, scheme.width, 10.0)
        told[mine] = combine(placed[mine], solve(matrix, sums(rows, over[learn].astype(np.float64), scheme.width)))
    return told


def _groups(told: Floats, rows: int) -> Ints:
    count = int(np.clip(rows // _A_GROUP, 2, 10))
    edges = np.unique(np.quantile(told, np.arange(1, count) / count))
    return np.searchsorted(edges, told, side="right").astype(np.int64)
