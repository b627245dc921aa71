"""Whether one group does something more often than another: two shares and a one-sided test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.stats.intervals import Interval, wilson

Floats = NDArray[np.float64]

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Shares of both groups; `p` of a difference at least so large if both were alike; None where one is empty."""

    exposed: Interval
    others: Interval
    p: float | None
    confirmed: bool


def confirmed(mentions_exposed: int, n_exposed: int, mentions_others: int, n_others: int) -> Confirmation:
    """Whether the exposed mention it more often than the others: Fisher's exact test, one-sided, at 5 %.

    It is exact at any size, also where a group is small or nobody mentions anything.

    Source: Fisher (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98, 39-82.

    Raises:
        ValueError: when mentions are not between 0 and the size of their group.
    """
    exposed, others = wilson(mentions_exposed, n_exposed), wilson(mentions_others, n_others)
    if n_exposed == 0 or n_others == 0:
        return Confirmation(exposed, others, None, False)
    p = _at_least(mentions_exposed, n_exposed, mentions_exposed + mentions_others, n_exposed + n_others)
    return Confirmation(exposed, others, p, p < LEVEL)


def _at_least(count: int, drawn: int, marked: int, total: int) -> float:
    """Chance of `count` or more marked ones among `drawn`, of `total` with `marked` in it (hypergeometric)."""
    # Loaded where a test is asked for: most questions ask for shares only.
    from scipy.special import gammaln

    def choose(n: int, k: Floats) -> Floats:
        """Logarithm of n over k, without what is the same for every k."""
        return np.asarray(-gammaln(k + 1.0) - gammaln(n - k + 1.0))

    k = np.arange(max(0, drawn - (total - marked)), min(drawn, marked) + 1, dtype=np.float64)
    terms = choose(marked, k) + choose(total - marked, drawn - k)
    weights = np.exp(terms - terms.max())
    return float(min(1.0, weights[k >= count].sum() / weights.sum()))
