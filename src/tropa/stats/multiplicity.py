"""False discoveries held down over all that was tested together: one family, one correction."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import numpy as np

Name = TypeVar("Name", bound=Hashable)
Method = Literal["benjamini_hochberg", "benjamini_yekutieli"]


@dataclass(frozen=True, slots=True)
class Family(Generic[Name]):
    """What was tested together, and the adjusted p (q) of each.

    Calling everything with q <= 0.05 a discovery keeps the expected share of false ones at 5 % at most. A member
    without a p was never tested: it has no q either and does not weigh on the others.
    """

    q: dict[Name, float | None]
    tested: int
    method: Method


def adjust(p: Mapping[Name, float | None], method: Method = "benjamini_hochberg") -> Family[Name]:
    """q of every member of the family.

    `benjamini_hochberg` holds for independent tests and for such as depend positively on one another;
    `benjamini_yekutieli` for any dependence, at the price of a factor of 1 + 1/2 + ... + 1/m.

    Sources: Benjamini & Hochberg (1995), JRSS B 57, 289-300; Benjamini & Yekutieli (2001), Annals of Statistics 29,
    1165-1188.

    Raises:
        ValueError: when a p is not between 0 and 1.
    """
    tested = [(name, value) for name, value in p.items() if value is not None]
    values = np.array([value for _, value in tested], dtype=np.float64)
    if not bool(np.all((values >= 0) & (values <= 1))):
        raise ValueError("every p must lie between 0 and 1; a test that could not be made has None")
    count = len(values)
    ranks = np.arange(1, count + 1)
    penalty = float((1 / ranks).sum()) if method == "benjamini_yekutieli" else 1.0
    order = np.argsort(values, kind="stable")
    raw = values[order] * count * penalty / ranks
    # From the largest down: a smaller p never gets a larger q.
    monotone = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    q: dict[Name, float | None] = dict.fromkeys(p)
    for place, value in zip(order, monotone, strict=True):
        q[tested[int(place)][0]] = float(value)
    return Family(q, count, method)
