"""Real journeys through a touchpoint to look at: troubled ones first, of every outcome, always the same ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.stays import Stays
from tropa.cx.view import View
from tropa.engine.journeys import Array, Codes, Ints

MOST_STEPS = 60
# Steps shown before the touchpoint where a journey is longer than that.
_STEPS_BEFORE = 20

Rank = tuple[bool, int, str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One journey, with codes of at most MOST_STEPS of its `total` events around the touchpoint.

    `rank` orders those of one outcome: failed there first, then the longest wait after it.
    """

    rank: Rank
    outcome: int
    customer_id: str
    case_id: str | None
    time: Ints
    activity: Codes
    node: Codes
    channel: Codes
    actor: Codes
    failed: Array
    total: int


def candidates(view: View, found: Stays, limit: int) -> tuple[Candidate, ...]:
    """The `limit` first of each outcome."""
    status = view.outcome.status[found.journey]
    order = np.lexsort((-found.longest_us, ~found.failed))
    chosen = [order[status[order] == outcome][:limit] for outcome in (REACHED, LEFT, UNDER_WAY)]
    columns = [view.column(name) for name in ("activity", "channel", "actor")]
    return tuple(_candidate(view, found, columns, int(entry)) for entries in chosen for entry in entries)


def _candidate(view: View, found: Stays, columns: list[Codes], entry: int) -> Candidate:
    journey, at = int(found.journey[entry]), int(found.event[entry])
    begin, end = int(view.offsets[journey]), int(view.offsets[journey + 1])
    first = max(begin, min(at - _STEPS_BEFORE, end - MOST_STEPS))
    shown = slice(first, min(end, first + MOST_STEPS))
    activity, channel, actor = (column[shown].copy() for column in columns)
    customer_id = view.customer_id(journey)
    return Candidate(
        rank=(not found.failed[entry], -int(found.longest_us[entry]), customer_id, int(view.time[begin])),
        outcome=int(view.outcome.status[journey]),
        customer_id=customer_id,
        case_id=view.case_id(journey),
        time=view.time[shown].copy(),
        activity=activity,
        node=view.nodes[shown].copy(),
        channel=channel,
        actor=actor,
        failed=view.failed[shown].copy(),
        total=end - begin,
    )


def best(found: Iterable[Candidate], limit: int) -> tuple[Candidate, ...]:
    """The `limit` first of each outcome among candidates of several partitions."""
    ranked = sorted(found, key=lambda candidate: candidate.rank)
    by_outcome = ([one for one in ranked if one.outcome == outcome][:limit] for outcome in (REACHED, LEFT, UNDER_WAY))
    return tuple(one for those in by_outcome for one in those)


def mixed(found: Iterable[Candidate], limit: int) -> tuple[Candidate, ...]:
    """`limit` candidates, the outcomes by turns: reached, left, under way."""
    ranked = best(found, limit)
    by_outcome = ([one for one in ranked if one.outcome == outcome] for outcome in (REACHED, LEFT, UNDER_WAY))
    turns = (one for turn in zip_longest(*by_outcome) for one in turn if one is not None)
    return tuple(one for one, _ in zip(turns, range(limit), strict=False))
