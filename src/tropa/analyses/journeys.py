"""Which journeys stand behind a number, and how did each of them go?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from tropa.analyses.journeys_conditions import Chooser
from tropa.analyses.journeys_loops import events_and_value
from tropa.analyses.journeys_params import Conditions
from tropa.analyses.journeys_rows import ListedJourney, Place, TellingFold, worst_answers
from tropa.contract.analysis import Analysis
from tropa.cx.lens import Lens
from tropa.cx.metrics import emotion, kind_codes, score_bins
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.times import in_seconds
from tropa.cx.view import View, distinct_neighbours
from tropa.engine.fold import Again
from tropa.engine.journeys import NO_TIME, Array, Ints
from tropa.engine.sketch import Counts, histogram, quantile
from tropa.stats.intervals import wilson

MOST_SKIPPED = 10_000

Sort = Literal["began", "ended", "duration", "events", "score", "failures", "value", "waited", "customer"]


class JourneysParams(Conditions):
    """Conditions (all of them have to hold), the order of the list, and the part of it that is told."""

    sort: Sort = Field("began", description="what the list is sorted by; equals by customer and beginning")
    rising: bool = Field(False, description="least first; what is not known comes last either way")
    skip: int = Field(0, ge=0, le=MOST_SKIPPED, description="how many of the list to leave out at its beginning")
    top: int = Field(50, ge=0, le=500, description="how many journeys to tell")


@dataclass(frozen=True, slots=True)
class Journeys:
    """The journeys that are meant, `total` of the `kept` that the filters keep, and a part of their list.

    Outcomes are None where the map says no goal; `goal_rate` is reached / total. The median is within 1 %. `emotion`:
    scores of all kinds brought to -100..100 and averaged, of `emotion_n` answers. `skip` journeys were left out.
    """

    kept: int
    total: int
    share: float | None
    share_low: float | None
    share_high: float | None
    customers: int
    reached: int | None
    under_way: int | None
    left: int | None
    goal_rate: float | None
    goal_rate_low: float | None
    goal_rate_high: float | None
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    emotion: float | None
    emotion_low: float | None
    emotion_high: float | None
    emotion_n: int
    sort: str
    skip: int
    journeys: tuple[ListedJourney, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Additive counts, and the journeys that may be told: never more than `skip` and `top` ask for."""

    kept: int
    total: int
    customers: int
    outcomes: Ints
    durations: Counts
    scores: Counts
    first: pa.Table


class JourneysFold:
    def __init__(self, params: JourneysParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self.chooser = Chooser(params, lens)
        self.most = params.skip + params.top

    def map(self, view: View) -> Found:
        meant = self.chooser.choose(view)
        journeys = np.flatnonzero(meant.journeys)
        begins, ends = view.time[view.offsets[journeys]], view.time[view.offsets[journeys + 1] - 1]
        told = view.feedback
        kinds = kind_codes(self.lens.dictionaries.get("kind", ()))[told.kind]
        mine = meant.journeys[told.journey]
        return Found(
            kept=int(view.selected.sum()),
            total=len(journeys),
            customers=distinct_neighbours(view.owner[journeys]),
            outcomes=np.bincount(view.outcome.status[journeys], minlength=3).astype(np.int64),
            durations=histogram((ends - begins) / 1000.0),
            scores=score_bins(kinds[mine], told.score[mine]),
            first=self._first(view, journeys, meant.waited_us),
        )

    def merge(self, one: Found, other: Found) -> Found:
        return Found(
            one.kept + other.kept,
            one.total + other.total,
            one.customers + other.customers,
            one.outcomes + other.outcomes,
            one.durations + other.durations,
            one.scores + other.scores,
            self._cut(pa.concat_tables([one.first, other.first])),
        )

    def finish(self, total: Found) -> Any:
        page = total.first.slice(self.params.skip).to_pylist()
        if not page:
            return self._answer(total, ())
        places = tuple(Place(row["customer"], row["journey"], row["begins"], row["waited"]) for row in page)
        return Again(TellingFold(self.lens, places, partial(self._answer, total)))

    def _answer(self, total: Found, listed: tuple[ListedJourney, ...]) -> Journeys:
        has_goal = self.lens.has_goal
        share = wilson(total.total, total.kept)
        goal = wilson(int(total.outcomes[REACHED]), total.total) if has_goal else wilson(0, 0)
        median = quantile(total.durations, 0.5)
        felt = emotion(total.scores)
        reached, under_way, left = (
            int(total.outcomes[status]) if has_goal else None for status in (REACHED, UNDER_WAY, LEFT)
        )
        return Journeys(
            kept=total.kept,
            total=total.total,
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            customers=total.customers,
            reached=reached,
            under_way=under_way,
            left=left,
            goal_rate=goal.value,
            goal_rate_low=goal.low,
            goal_rate_high=goal.high,
            median_seconds=in_seconds(median.value),
            median_seconds_low=in_seconds(median.low),
            median_seconds_high=in_seconds(median.high),
            emotion=felt.value,
            emotion_low=felt.low,
            emotion_high=felt.high,
            emotion_n=felt.n,
            sort=self.params.sort,
            skip=self.params.skip,
            journeys=listed,
        )

    def _first(self, view: View, journeys: Ints, waited_us: Ints | None) -> pa.Table:
        """The first of the list, by what it is sorted by; what is not known comes last, whichever way the list goes."""
        waited = np.full(len(journeys), NO_TIME) if waited_us is None else waited_us[journeys]
        key = self._sorted_by(view, journeys, waited).astype(np.float64) * (1 if self.params.rising else -1)
        key[np.isnan(key)] = np.inf
        if len(key) > self.most > 0:
            # Names are dear: only of those are they read that could be told.
            near = np.flatnonzero(key <= np.partition(key, self.most - 1)[self.most - 1])
            journeys, key, waited = journeys[near], key[near], waited[near]
        customers = view.journeys.rows["customer"].take(pa.array(view.row[journeys])).cast(pa.string())
        begins = view.started[journeys]
        table = {"key": key, "customer": customers, "begins": begins, "journey": journeys, "waited": waited}
        return self._cut(pa.table(table))

    def _sorted_by(self, view: View, journeys: Ints, waited: Ints) -> Array:
        ends = view.offsets[journeys + 1] - 1
        match self.params.sort:
            case "began":
                return view.started[journeys]
            case "ended":
                return view.time[ends]
            case "duration":
                return np.asarray(view.time[ends] - view.started[journeys])
            case "events":
                return np.diff(view.offsets)[journeys]
            case "score":
                return worst_answers(view, journeys, self.lens)[0]
            case "waited":
                return np.where(waited == NO_TIME, np.nan, waited)
            case "customer":
                return np.zeros(len(journeys))
            case "failures" | "value" as sort:
                failures, value = events_and_value(view.offsets, view.failed, view.values("value"), journeys)
                return failures if sort == "failures" else value

    def _cut(self, table: pa.Table) -> pa.Table:
        """The first rows in order; within one partition also equal ones come in a fixed order."""
        if not self.most:
            return table.slice(0, 0)
        customers = "descending" if self.params.sort == "customer" and not self.params.rising else "ascending"
        keys = [("key", "ascending"), ("customer", customers), ("begins", "ascending"), ("journey", "ascending")]
        return table.take(pc.select_k_unstable(table, k=min(self.most, len(table)), sort_keys=keys))


ANALYSIS = Analysis(
    slug="journeys",
    question="Which journeys stand behind a number, and how did each of them go?",
    question_ru="Какие пути стоят за числом и как прошёл каждый из них?",
    params=JourneysParams,
    result=Journeys,
    fold=JourneysFold,
)
