"""One touchpoint: its trend, what was said there, and journeys to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from tropa.analyses.periods import whole_calendar
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.examples import Candidate, best, candidates, mixed
from tropa.cx.lens import Lens
from tropa.cx.metrics import emotion
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.scores import score_cells, score_row
from tropa.cx.stays import Stays, journeys_by_code, stays
from tropa.cx.times import DAY_US, in_seconds, iso
from tropa.cx.view import View
from tropa.cx.voice import Said, newest, said_about
from tropa.engine.cells import Cells, Emitted
from tropa.engine.journeys import ABSENT, Codes, Ints
from tropa.engine.sketch import BUCKETS, buckets_of, quantile
from tropa.errors import TropaError, did_you_mean
from tropa.stats.intervals import Interval, wilson

WEEKS_UP_TO_DAYS = 400
OUTCOMES = {REACHED: "reached", UNDER_WAY: "under_way", LEFT: "left"}


class TouchpointParams(Filters):
    touchpoint: str = Field(description="name of the touchpoint (without a map: the activity)")
    quotes: int = Field(20, ge=0, le=200, description="how many comments")
    examples: int = Field(6, ge=0, le=50, description="how many journeys")


@dataclass(frozen=True, slots=True)
class Period:
    """One calendar week (or month, where the data spans more than 400 days) in the workspace's time zone.

    `begins` is its first day. A journey, with all its visits here, belongs to the period of its first visit; an answer,
    to that of its journey.
    """

    begins: str
    journeys: int
    failed: int
    failure_share: float | None
    failure_share_low: float | None
    failure_share_high: float | None
    next_median_seconds: float | None
    emotion: float | None
    emotion_low: float | None
    emotion_high: float | None
    emotion_n: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment about this touchpoint, in the customer's own words."""

    time: str
    customer_id: str
    kind: str
    score: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One event of an example; `touchpoint` is None where the map does not show it."""

    time: str
    activity: str
    touchpoint: str | None
    channel: str | None
    actor: str | None
    failed: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A real journey through this touchpoint; `outcome` is reached, under_way or left.

    `steps` are at most 60 of its `steps_total` events, around the first visit here.
    """

    customer_id: str
    case_id: str | None
    outcome: str
    steps: tuple[Step, ...]
    steps_total: int


@dataclass(frozen=True, slots=True)
class Before:
    """A neighbour (touchpoint or channel) and the journeys that had it; `share` of the journeys here."""

    touchpoint: str
    journeys: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One touchpoint; `resolution` of the trend is week or month.

    - `comes_from` and `goes_to`: what came right before and right after the first visit of each journey; the rest
      began here, or nothing followed. `channels` count journeys that had an event here in the channel.
    - `quotes`: the newest comments, each different text once; `quotes_total` counts all comments.
    - `examples`: the outcomes by turns; those that failed here first, then those that waited longest after it.
    """

    touchpoint: str
    stage: str | None
    journeys: int
    resolution: str
    trend: tuple[Period, ...]
    comes_from: tuple[Before, ...]
    goes_to: tuple[Before, ...]
    channels: tuple[Before, ...]
    quotes: tuple[Quote, ...]
    quotes_total: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Additive: journeys and failures by period, waits and scores by period, neighbours, and what is to be told."""

    periods: Ints
    waits: Emitted
    scores: Cells
    before: Ints
    after: Ints
    channels: Ints
    said: tuple[Said, ...]
    said_total: int
    examples: tuple[Candidate, ...]


class TouchpointFold:
    """What happened at one touchpoint.

    Raises:
        TropaError: when the map (or the data, without a map) has no such touchpoint.
    """

    def __init__(self, params: TouchpointParams, lens: Lens) -> None:
        if params.touchpoint not in lens.nodes:
            where = "data" if lens.map is None else "map"
            raise TropaError(
                f"The {where} has no touchpoint {params.touchpoint!r}.",
                did_you_mean(params.touchpoint, lens.nodes),
                kind="not_found",
            )
        self.params = params
        self.lens = lens
        self.node = lens.nodes.index(params.touchpoint)
        first, last = lens.facts.first_us or 0, lens.facts.last_us or 0
        self.calendar = whole_calendar(lens, "month" if last - first > WEEKS_UP_TO_DAYS * DAY_US else "week")

    def map(self, view: View) -> Seen:
        found = stays(view, self.node)
        period = self._periods(view.time[found.event])
        count = len(self.calendar)
        entry, elapsed = found.waits
        failures = period[found.failed]
        told, told_total = said_about(view, self.node, self.params.quotes)
        channels = len(self.lens.dictionaries.get("channel", ()))
        return Seen(
            periods=np.stack([np.bincount(those, minlength=count) for those in (period, failures)]),
            waits=Emitted(count, BUCKETS, (period[entry].astype(np.int64) * BUCKETS + buckets_of(elapsed),)),
            scores=score_cells(view, self._feedback_periods(view, found, period), count),
            before=np.bincount(found.before + 1, minlength=len(self.lens.nodes) + 1)[1:],
            after=np.bincount(found.after + 1, minlength=len(self.lens.nodes) + 1)[1:],
            channels=journeys_by_code(
                view.offsets, view.nodes, view.column("channel"), found.journey, self.node, channels
            ),
            said=told,
            said_total=told_total,
            examples=candidates(view, found, self.params.examples),
        )

    def _periods(self, time_us: Ints) -> Codes:
        """Period of each time; what was said after the last event belongs to the last period."""
        days = self.calendar.local(time_us) // DAY_US - self.calendar.first_day
        known = self.calendar.period_of_day
        return known[np.clip(days, 0, len(known) - 1)]

    def _feedback_periods(self, view: View, found: Stays, period: Codes) -> Codes:
        """Period of each answer about this touchpoint; ABSENT for answers about others."""
        told = view.feedback
        of_journey = np.full(len(view), ABSENT, dtype=np.int32)
        of_journey[found.journey] = period
        first_visit = of_journey[told.journey]
        periods = np.where(first_visit == ABSENT, self._periods(told.time), first_visit)
        return np.where(told.node == self.node, periods, ABSENT).astype(np.int32)

    def merge(self, one: Seen, other: Seen) -> Seen:
        return Seen(
            periods=one.periods + other.periods,
            waits=one.waits + other.waits,
            scores=one.scores + other.scores,
            before=one.before + other.before,
            after=one.after + other.after,
            channels=one.channels + other.channels,
            said=newest(one.said + other.said, self.params.quotes),
            said_total=one.said_total + other.said_total,
            examples=best(one.examples + other.examples, self.params.examples),
        )

    def finish(self, total: Seen) -> Touchpoint:
        journeys = int(total.periods[0].sum())
        waits = total.waits.total()
        used = np.flatnonzero(total.periods[0])
        shown = range(int(used[0]), int(used[-1]) + 1) if len(used) else range(0)
        return Touchpoint(
            touchpoint=self.params.touchpoint,
            stage=self.lens.stage_name(self.node),
            journeys=journeys,
            resolution=self.calendar.unit,
            trend=tuple(self._period(total, waits, period) for period in shown),
            comes_from=_neighbours(total.before, self.lens.nodes, journeys),
            goes_to=_neighbours(total.after, self.lens.nodes, journeys),
            channels=_neighbours(total.channels, self.lens.dictionaries.get("channel", ()), journeys),
            quotes=tuple(
                Quote(iso(one.time_us) or "", one.customer_id, one.kind, one.score, one.text) for one in total.said
            ),
            quotes_total=total.said_total,
            examples=tuple(self._example(one) for one in mixed(total.examples, self.params.examples)),
        )

    def _period(self, total: Seen, waits: Cells, period: int) -> Period:
        journeys, failed = (int(count) for count in total.periods[:, period])
        failure = wilson(failed, journeys)
        bins = score_row(total.scores, period)
        felt = emotion(bins) if bins.any() else Interval(None, None, None, 0)
        return Period(
            begins=self.calendar.begins[period],
            journeys=journeys,
            failed=failed,
            failure_share=failure.value,
            failure_share_low=failure.low,
            failure_share_high=failure.high,
            next_median_seconds=in_seconds(quantile(waits.row(period), 0.5).value),
            emotion=felt.value,
            emotion_low=felt.low,
            emotion_high=felt.high,
            emotion_n=felt.n,
        )

    def _example(self, one: Candidate) -> Example:
        names = self.lens.dictionaries
        steps = zip(one.time, one.activity, one.node, one.channel, one.actor, one.failed, strict=True)
        return Example(
            customer_id=one.customer_id,
            case_id=one.case_id,
            outcome=OUTCOMES[one.outcome],
            steps=tuple(
                Step(
                    time=iso(time) or "",
                    activity=names["activity"][activity],
                    touchpoint=None if node == ABSENT else self.lens.nodes[node],
                    channel=None if channel == ABSENT else names["channel"][channel],
                    actor=None if actor == ABSENT else names["actor"][actor],
                    failed=bool(failed),
                )
                for time, activity, node, channel, actor, failed in steps
            ),
            steps_total=one.total,
        )


def _neighbours(counts: Ints, names: Sequence[str], journeys: int) -> tuple[Before, ...]:
    used = np.flatnonzero(counts).tolist()
    rows = [Before(names[code], int(counts[code]), int(counts[code]) / journeys) for code in used]
    return tuple(sorted(rows, key=lambda row: (-row.journeys, row.touchpoint)))


def chart(result: Touchpoint) -> Chart:
    """Line: journeys by week or month of their first visit here."""
    rows = [{"begins": period.begins, "journeys": period.journeys, "failed": period.failed} for period in result.trend]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "begins", "type": "temporal"},
            "y": {"field": "journeys", "type": "quantitative"},
            "tooltip": [{"field": "begins"}, {"field": "journeys"}, {"field": "failed"}],
        },
    }


ANALYSIS = Analysis(
    slug="touchpoint",
    question="What happens at this touchpoint over time, what do customers say there, and who went through it?",
    question_ru="Что происходит в этой точке со временем, что о ней говорят клиенты и кто через неё прошёл?",
    params=TouchpointParams,
    result=Touchpoint,
    fold=TouchpointFold,
    chart=chart,
)
