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
  Whoever reached the goal does not wait for a next touchpoint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.outcome import UNDER_WAY
from tropa.cx.passage_loops import HISTOGRAMS, STAGE_COLUMNS, follow_promises, follow_stages, follow_visits
from tropa.cx.view import View
from tropa.engine.cells import Cells, count_cells
from tropa.engine.journeys import Ints
from tropa.engine.sketch import BUCKETS


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Additive counts: [touchpoint, column], [stage, column], and histograms of milliseconds."""

    touchpoints: Ints
    stages: Ints
    times: Cells
    journeys: int
    under_way: int

    def __add__(self, other: Passage) -> Passage:
        return Passage(
            self.touchpoints + other.touchpoints,
            self.stages + other.stages,
            self.times + other.times,
            self.journeys + other.journeys,
            self.under_way + other.under_way,
        )

    def next_times(self, node: int) -> Ints:
        """Times from a visit to the next touchpoint."""
        return self.times.row(node * HISTOGRAMS)

    def overruns(self, node: int, check: int, outcome: int) -> Ints:
        """How long before (EARLY) or after the promise it was settled, or how far past it a journey still waits."""
        return self.times.row(node * HISTOGRAMS + 1 + check * 3 + outcome)

    def stage_times(self, stage: int) -> Ints:
        """Times from entering a stage to passing on."""
        return self.times.row(len(self.touchpoints) * HISTOGRAMS + stage)


def passage(view: View) -> Passage:
    """Count the passage of the journeys kept."""
    lens, outcome = view.lens, view.outcome
    nodes, stages = len(lens.nodes), len(lens.stages)
    counts, emitted = follow_visits(
        view.offsets,
        view.time,
        view.nodes,
        view.selected,
        outcome.status,
        lens.goal,
        view.failed,
        promises_us(lens),
        lens.facts.last_us or 0,
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
            nodes * HISTOGRAMS * BUCKETS,
        )
        cells.append(emitted)
    if "promised_at" in view.journeys.events:
        cells.append(
            follow_promises(
                view.offsets,
                view.time,
                view.nodes,
                view.selected,
                lens.goal,
                lens.has_goal,
                view.times("promised_at"),
                view.times("ended_at"),
                lens.facts.last_us or 0,
            )
        )
    return Passage(
        touchpoints=counts,
        stages=stage_counts,
        times=count_cells(np.concatenate(cells), nodes * HISTOGRAMS + stages, BUCKETS),
        journeys=int(view.selected.sum()),
        under_way=int(np.count_nonzero(outcome.status[view.selected] == UNDER_WAY)),
    )


def promises_us(lens: Lens) -> Ints:
    """What the map promises as the time to the next touchpoint, by node; -1 where it promises nothing."""
    if lens.map is None:
        return np.full(len(lens.nodes), -1, dtype=np.int64)
    within = [touchpoint.expects.within_seconds for touchpoint in lens.map.touchpoints]
    return np.array([-1 if seconds is None else round(seconds * 1e6) for seconds in within], dtype=np.int64)
