"""How journeys pass through the touchpoints and stages of the map, in additive counts.

Words used here:
- A visit is a run of events at one touchpoint; events that the map does not show are stepped over.
- The time to the next touchpoint runs from the first event of a visit to the first event at another touchpoint.
- A promise of the map (`within`) is made by the first visit of a journey, a promise of the data (`promised_at`) by the
  first event there that carries one. The promise of the map is settled by the first event at another touchpoint. The
  promise of the data is settled by the end of the event itself, where it has one (`ended_at`); at a goal touchpoint by
  the event itself; else by the first event at another touchpoint, but where there is a goal, an event that only repeats
  the same `promised_at` does not settle it (in a wide table each milestone repeats the promise of the whole order).
- A journey that never settles a promise still waits: past the promise it is missed, before it nothing is known yet.
  Whoever reached the goal does not wait for a next touchpoint. Where no goal can settle it any more, a touchpoint that
  only repeats the promise told before it says nothing: of a wide table without a goal, nobody knows what was promised.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.outcome import UNDER_WAY
from tropa.cx.passage_loops import (
    CHECK_GROUPS,
    EARLY,
    LATE,
    STAGE_COLUMNS,
    WAITING,
    follow_promises,
    follow_stages,
    follow_visits,
)
from tropa.cx.view import View
from tropa.engine.cells import Cells, Emitted
from tropa.engine.journeys import Ints
from tropa.engine.sketch import BUCKETS


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each histogram has its place among the groups of `Passage.times`.

    `within_us` is what the map promises as the time to the next touchpoint, -1 where nothing; `within_group` the first
    group of that check. Touchpoints come first, then the checks, then the stages.
    """

    within_us: Ints
    within_group: Ints
    first_stage: int
    groups: int


def layout(lens: Lens) -> Layout:
    """The groups of a lens."""
    nodes = len(lens.nodes)
    within_us = np.full(nodes, -1, dtype=np.int64)
    if lens.map is not None:
        for node, touchpoint in enumerate(lens.map.touchpoints):
            if touchpoint.expects.within_seconds is not None:
                within_us[node] = round(touchpoint.expects.within_seconds * 1e6)
    promised = within_us >= 0
    places = nodes + CHECK_GROUPS * (np.cumsum(promised) - 1)
    first_stage = nodes + CHECK_GROUPS * int(promised.sum())
    return Layout(within_us, np.where(promised, places, -1), first_stage, first_stage + len(lens.stages))


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Additive counts: [touchpoint, column], [stage, column], and histograms of milliseconds.

    `promises` is None where the data tells none; it has `CHECK_GROUPS` groups a touchpoint.
    """

    touchpoints: Ints
    stages: Ints
    times: Emitted
    promises: Emitted | None
    journeys: int
    under_way: int

    def __add__(self, other: Passage) -> Passage:
        promises = self.promises or other.promises
        if self.promises is not None and other.promises is not None:
            promises = self.promises + other.promises
        return Passage(
            self.touchpoints + other.touchpoints,
            self.stages + other.stages,
            self.times + other.times,
            promises,
            self.journeys + other.journeys,
            self.under_way + other.under_way,
        )


def overruns(cells: Cells, first: int) -> tuple[Ints, Ints, Ints]:
    """Of a check with that first group: how long before the promise, how long after it, how far past it some wait."""
    return cells.row(first + EARLY), cells.row(first + LATE), cells.row(first + WAITING)


def passage(view: View) -> Passage:
    """Count the passage of the journeys kept."""
    lens, outcome = view.lens, view.outcome
    where, stages = layout(lens), len(lens.stages)
    counts, emitted = follow_visits(
        view.offsets,
        view.time,
        view.nodes,
        view.selected,
        outcome.status,
        lens.goal,
        view.failed,
        where.within_us,
        where.within_group,
        lens.facts.now_us or 0,
    )
    cells = [emitted]
    stage_counts = np.zeros((stages, STAGE_COLUMNS), dtype=np.int64)
    if stages:
        stage_counts, emitted = follow_stages(
            view.offsets,
            view.time,
            view.nodes,
            view.selected,
            outcome.status,
            lens.goal,
            lens.stage_of,
            stages,
            where.first_stage,
        )
        cells.append(emitted)
    return Passage(
        touchpoints=counts,
        stages=stage_counts,
        times=Emitted(where.groups, BUCKETS, (np.concatenate(cells),)),
        promises=_data_promises(view),
        journeys=int(view.selected.sum()),
        under_way=int(np.count_nonzero(outcome.status[view.selected] == UNDER_WAY)),
    )


def _data_promises(view: View) -> Emitted | None:
    if "promised_at" not in view.journeys.events:
        return None
    lens, outcome = view.lens, view.outcome
    cells = follow_promises(
        view.offsets,
        view.time,
        view.nodes,
        view.selected,
        outcome.status,
        lens.goal,
        lens.has_goal,
        view.times("promised_at"),
        view.times("ended_at"),
        lens.facts.now_us or 0,
    )
    return Emitted(len(lens.nodes) * CHECK_GROUPS, BUCKETS, (cells.copy(),))
