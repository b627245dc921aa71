"""What share of real scenarios does the map cover, and what does it not show?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from pydantic import Field

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.coverage import Covered, covered
from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints
from tropa.stats.intervals import wilson


class CoverageParams(Filters):
    top: int = Field(20, ge=1, le=1000, description="how many of the most frequent unmapped activities")


@dataclass(frozen=True, slots=True)
class Leave:
    """Journeys that went from this touchpoint to something that the map does not show; None: at the very start."""

    touchpoint: str | None
    stage: str | None
    journeys: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """An activity of which the map leaves out `events`, met in `journeys`; `share` of all kept."""

    activity: str
    events: int
    journeys: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A journey is explained when the map binds every one of its events; a customer, when all of their journeys are.

    `leaves` and `unmapped` tell the most frequent first, by journeys. Without a map nothing is explained by one: shares
    are None and both lists are empty.
    """

    journeys: int
    journeys_explained: int
    journeys_share: float | None
    journeys_share_low: float | None
    journeys_share_high: float | None
    customers: int
    customers_explained: int
    customers_share: float | None
    customers_share_low: float | None
    customers_share_high: float | None
    events: int
    events_bound: int
    events_share: float | None
    leaves: tuple[Leave, ...]
    unmapped: tuple[Unmapped, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Additive counts: `leaves` by touchpoint (the last: at the start), `unmapped` [activity, events/journeys]."""

    covered: Covered
    leaves: Ints
    unmapped: Ints


@njit(cache=True, nogil=True)
def _off_the_map(
    offsets: Ints, cells: Codes, table: Codes, activity: Codes, selected: Array, nodes: int, activities: int
) -> tuple[Ints, Ints]:
    """Journeys by the touchpoint after which they step off the map; events and journeys by activity not shown."""
    leaves = np.zeros(nodes + 1, dtype=np.int64)
    unmapped = np.zeros((activities, 2), dtype=np.int64)
    left_at = np.full(nodes + 1, -1, dtype=np.int64)
    met = np.full(activities, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        # The last entry stands for the start of a journey; ABSENT: off the map already.
        place = nodes
        for event in range(offsets[journey], offsets[journey + 1]):
            node = table[cells[event]]
            if node == ABSENT:
                if place != ABSENT and left_at[place] != journey:
                    left_at[place] = journey
                    leaves[place] += 1
                code = activity[event]
                if code != ABSENT:
                    unmapped[code, 0] += 1
                    if met[code] != journey:
                        met[code] = journey
                        unmapped[code, 1] += 1
            place = node
    return leaves, unmapped


@dataclass(frozen=True, slots=True)
class CoverageFold:
    params: CoverageParams
    lens: Lens

    def map(self, view: View) -> Counted:
        activities = len(self.lens.dictionaries.get("activity", ()))
        leaves, unmapped = _off_the_map(
            view.offsets,
            view.cells,
            view.table,
            view.column("activity"),
            view.selected,
            len(self.lens.nodes),
            activities,
        )
        return Counted(covered(view), leaves, unmapped)

    def merge(self, one: Counted, other: Counted) -> Counted:
        return Counted(one.covered + other.covered, one.leaves + other.leaves, one.unmapped + other.unmapped)

    def finish(self, total: Counted) -> Coverage:
        counted = total.covered
        if self.lens.map is None:
            counted = Covered(counted.journeys, 0, counted.customers, 0, counted.events, 0)
        known = self.lens.map is not None
        journeys = wilson(counted.journeys_explained, counted.journeys) if known else wilson(0, 0)
        customers = wilson(counted.customers_explained, counted.customers) if known else wilson(0, 0)
        return Coverage(
            journeys=counted.journeys,
            journeys_explained=counted.journeys_explained,
            journeys_share=journeys.value,
            journeys_share_low=journeys.low,
            journeys_share_high=journeys.high,
            customers=counted.customers,
            customers_explained=counted.customers_explained,
            customers_share=customers.value,
            customers_share_low=customers.low,
            customers_share_high=customers.high,
            events=counted.events,
            events_bound=counted.events_bound,
            events_share=counted.events_bound / counted.events if known else None,
            leaves=self._leaves(total.leaves),
            unmapped=self._unmapped(total.unmapped, counted.journeys),
        )

    def _leaves(self, leaves: Ints) -> tuple[Leave, ...]:
        names = [*self.lens.nodes, None]
        stages = [*(self.lens.stage_name(node) for node in range(len(self.lens.nodes))), None]
        order = np.argsort(-leaves, kind="stable")[: self.params.top]
        return tuple(Leave(names[node], stages[node], int(leaves[node])) for node in order if leaves[node])

    def _unmapped(self, unmapped: Ints, journeys: int) -> tuple[Unmapped, ...]:
        names = self.lens.dictionaries.get("activity", ())
        met = [(names[code], *unmapped[code].tolist()) for code in np.flatnonzero(unmapped[:, 0]).tolist()]
        met.sort(key=lambda row: (-row[2], -row[1], row[0]))
        return tuple(Unmapped(name, events, those, those / journeys) for name, events, those in met[: self.params.top])


def chart(result: Coverage) -> Chart:
    """Bars: share of journeys that meet each of the most frequent activities that the map does not show."""
    rows = [{"activity": row.activity, "share": row.share, "events": row.events} for row in result.unmapped]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "activity", "type": "nominal", "sort": None, "axis": {"labelLimit": 300}},
            "x": {"field": "share", "type": "quantitative", "axis": {"format": "%"}},
            "tooltip": [{"field": "activity"}, {"field": "events"}, {"field": "share", "format": ".1%"}],
        },
    }


ANALYSIS = Analysis(
    slug="coverage",
    question="What share of real scenarios does the map cover, and what does it not show?",
    question_ru="Какую долю настоящих сценариев покрывает карта и чего на ней нет?",
    params=CoverageParams,
    result=Coverage,
    fold=CoverageFold,
    chart=chart,
)
