"""How big is it, how fresh is it, and how does it go on the whole?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters
from tropa.cx.coverage import Covered, covered
from tropa.cx.lens import Lens
from tropa.cx.metrics import Score, kind_scores
from tropa.cx.outcome import REACHED, UNDER_WAY
from tropa.cx.scores import score_cells, score_row
from tropa.cx.times import in_seconds, iso
from tropa.cx.view import View
from tropa.engine.cells import Cells
from tropa.engine.sketch import Counts, histogram, quantile
from tropa.stats.intervals import wilson


class OverviewParams(Filters):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The kept journeys as a whole; what needs a goal is None without one.

    `goal_rate` is reached / journeys, `goal_rate_decided` is reached / (journeys - under way). `time_to_goal` runs from
    the first event to the goal, among those that reached it, within 1 %. `first_event` and `last_event` are of the
    journeys kept; `loaded_at` is when data was last taken in. Coverage is that of `coverage`; None without a map.
    """

    customers: int
    journeys: int
    events: int
    feedback: int
    unit: str
    first_event: str | None
    last_event: str | None
    goal: tuple[str, ...]
    within_seconds: float | None
    goal_reached: int | None
    goal_rate: float | None
    goal_rate_low: float | None
    goal_rate_high: float | None
    under_way: int
    under_way_idle_seconds: float | None
    goal_rate_decided: float | None
    goal_rate_decided_low: float | None
    goal_rate_decided_high: float | None
    time_to_goal_n: int
    time_to_goal_median_seconds: float | None
    time_to_goal_median_seconds_low: float | None
    time_to_goal_median_seconds_high: float | None
    time_to_goal_p90_seconds: float | None
    scores: tuple[Score, ...]
    coverage_journeys_share: float | None
    coverage_events_share: float | None
    loaded_at: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Additive counts; times in microseconds, None where no journey was kept; `to_goal` in buckets of milliseconds."""

    covered: Covered
    feedback: int
    first_us: int | None
    last_us: int | None
    reached: int
    under_way: int
    to_goal: Counts
    scores: Cells


@dataclass(frozen=True, slots=True)
class OverviewFold:
    params: OverviewParams
    lens: Lens

    def map(self, view: View) -> Totals:
        kept = np.flatnonzero(view.selected)
        status = view.outcome.status[kept]
        reached = kept[status == REACHED]
        lasts = view.time[view.offsets[kept + 1] - 1]
        told = view.feedback
        return Totals(
            covered=covered(view),
            feedback=len(told.time),
            first_us=int(view.started[kept].min()) if len(kept) else None,
            last_us=int(lasts.max()) if len(kept) else None,
            reached=len(reached),
            under_way=int(np.count_nonzero(status == UNDER_WAY)),
            to_goal=histogram((view.outcome.goal_us[reached] - view.started[reached]) / 1000.0),
            scores=score_cells(view, np.zeros(len(told.time), dtype=np.int32), 1),
        )

    def merge(self, one: Totals, other: Totals) -> Totals:
        return Totals(
            covered=one.covered + other.covered,
            feedback=one.feedback + other.feedback,
            first_us=min((us for us in (one.first_us, other.first_us) if us is not None), default=None),
            last_us=max((us for us in (one.last_us, other.last_us) if us is not None), default=None),
            reached=one.reached + other.reached,
            under_way=one.under_way + other.under_way,
            to_goal=one.to_goal + other.to_goal,
            scores=one.scores + other.scores,
        )

    def finish(self, total: Totals) -> Overview:
        lens, counted = self.lens, total.covered
        goal = wilson(total.reached, counted.journeys) if lens.has_goal else wilson(0, 0)
        decided = wilson(total.reached, counted.journeys - total.under_way) if lens.has_goal else wilson(0, 0)
        median, p90 = (quantile(total.to_goal, share) for share in (0.5, 0.9))
        mapped = lens.map is not None
        return Overview(
            customers=counted.customers,
            journeys=counted.journeys,
            events=counted.events,
            feedback=total.feedback,
            unit=lens.unit,
            first_event=iso(total.first_us),
            last_event=iso(total.last_us),
            goal=tuple(lens.nodes[node] for node in np.flatnonzero(lens.goal)),
            within_seconds=None if lens.within_us is None else lens.within_us / 1e6,
            goal_reached=total.reached if lens.has_goal else None,
            goal_rate=goal.value,
            goal_rate_low=goal.low,
            goal_rate_high=goal.high,
            under_way=total.under_way,
            under_way_idle_seconds=None if lens.facts.idle_us is None else lens.facts.idle_us / 1e6,
            goal_rate_decided=decided.value,
            goal_rate_decided_low=decided.low,
            goal_rate_decided_high=decided.high,
            time_to_goal_n=median.n,
            time_to_goal_median_seconds=in_seconds(median.value),
            time_to_goal_median_seconds_low=in_seconds(median.low),
            time_to_goal_median_seconds_high=in_seconds(median.high),
            time_to_goal_p90_seconds=in_seconds(p90.value),
            scores=kind_scores(score_row(total.scores, 0)),
            coverage_journeys_share=counted.journeys_explained / counted.journeys if mapped else None,
            coverage_events_share=counted.events_bound / counted.events if mapped else None,
            loaded_at=lens.facts.loaded_at,
        )


ANALYSIS = Analysis(
    slug="overview",
    question="How big is it, how fresh is it, and how does it go on the whole?",
    question_ru="Сколько здесь всего, насколько это свежее и как идут дела в целом?",
    params=OverviewParams,
    result=Overview,
    fold=OverviewFold,
)
