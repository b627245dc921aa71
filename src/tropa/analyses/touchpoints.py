"""What happens at each stage and touchpoint, and how far is it from what was expected?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.expectations import ExpectationCheck, check_failures, check_score, check_time, untold_time
from tropa.cx.lens import Lens
from tropa.cx.metrics import Counts, Score, emotion, kind_scores
from tropa.cx.passage import Passage, layout, overruns, passage
from tropa.cx.passage_loops import (
    AGAIN,
    CHECK_GROUPS,
    DROP_OFF,
    ENTERED,
    FAILED,
    JOURNEYS,
    ON_WAY,
    PASSED,
    STAGE_DROP_OFF,
    STAGE_ON_WAY,
    VISITS,
)
from tropa.cx.scores import score_cells, score_row
from tropa.cx.times import in_seconds
from tropa.cx.under_way import under_way_rule
from tropa.cx.view import View
from tropa.engine.cells import Cells
from tropa.engine.sketch import quantile
from tropa.stats.intervals import Interval, wilson


class TouchpointsParams(Filters):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class TouchpointRow:
    """One touchpoint of the map (without a map: one activity), also one that nothing reached.

    - `journeys` had an event here, `share` of all kept. A visit is a run of events here; `reached_again`: two or more.
    - `drop_off`: journeys that were left with this as their last touchpoint, share of the journeys here; `under_way`:
      those that may still go on from here. A goal touchpoint has neither: whoever got there was not lost.
    - `next`: from the first event of a visit to the first event at another touchpoint after it, within 1 %, over the
      `next_n` visits that had one.
    - `failed`: journeys with a failed event here. Scores are those told about this touchpoint; `score_mean` is the mean
      of the kind with most answers, on its own scale.
    """

    stage: str | None
    touchpoint: str
    moment_of_truth: bool
    goal: bool
    journeys: int
    share: float | None
    share_low: float | None
    share_high: float | None
    visits: int
    reached_again: int
    reached_again_share: float | None
    reached_again_share_low: float | None
    reached_again_share_high: float | None
    drop_off: int
    drop_off_share: float | None
    drop_off_share_low: float | None
    drop_off_share_high: float | None
    under_way: int
    next_n: int
    next_median_seconds: float | None
    next_median_seconds_low: float | None
    next_median_seconds_high: float | None
    next_p75_seconds: float | None
    next_p90_seconds: float | None
    failed: int
    failure_share: float | None
    failure_share_low: float | None
    failure_share_high: float | None
    score_kind: str | None
    score_mean: float | None
    score_mean_low: float | None
    score_mean_high: float | None
    score_n: int
    scores: tuple[Score, ...]
    emotion: float | None
    emotion_low: float | None
    emotion_high: float | None
    emotion_n: int
    expectations: tuple[ExpectationCheck, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """`passed_on`: journeys of this stage that reached any later stage or the goal.

    - `journeys` had an event at any touchpoint of the stage, `share` of all kept.
    - `passed_on` counts what came after entering: an event in a later stage of the map, or the goal. `median_seconds`
      and `p90_seconds` run from the first event in the stage to that moment.
    - `drop_off`: journeys that were left with their last touchpoint in this stage (not a goal), share of the journeys
      here; `under_way`: those that may still go on. Scores are those told about its touchpoints.
    """

    stage: str | None
    journeys: int
    share: float | None
    share_low: float | None
    share_high: float | None
    passed_on: int
    drop_off: int
    drop_off_share: float | None
    drop_off_share_low: float | None
    drop_off_share_high: float | None
    under_way: int
    median_seconds: float | None
    p90_seconds: float | None
    emotion: float | None
    emotion_low: float | None
    emotion_high: float | None
    emotion_n: int


@dataclass(frozen=True, slots=True)
class Touchpoints:
    """`emotion` is every score brought to -100..100 (the middle of its scale is 0) and averaged.

    Rows come in the order of the map; without a map, activities with most journeys first.
    """

    stages: tuple[StageRow, ...]
    touchpoints: tuple[TouchpointRow, ...]
    journeys: int
    under_way: int
    under_way_rule: str


@dataclass(frozen=True, slots=True)
class Counted:
    passage: Passage
    scores: Cells


class TouchpointsFold:
    def __init__(self, params: TouchpointsParams, lens: Lens) -> None:
        self.lens = lens
        self.places = layout(lens)

    def map(self, view: View) -> Counted:
        return Counted(passage(view), score_cells(view, view.feedback.node, len(self.lens.nodes)))

    def merge(self, one: Counted, other: Counted) -> Counted:
        return Counted(one.passage + other.passage, one.scores + other.scores)

    def finish(self, total: Counted) -> Touchpoints:
        times = total.passage.times.total()
        promises = None if total.passage.promises is None else total.passage.promises.total()
        nodes = list(range(len(self.lens.nodes)))
        if self.lens.map is None:
            nodes.sort(key=lambda node: (-total.passage.touchpoints[node, JOURNEYS], self.lens.nodes[node]))
        return Touchpoints(
            stages=tuple(self._stage(total, times, stage) for stage in range(len(self.lens.stages))),
            touchpoints=tuple(
                self._touchpoint(total, times, node, self._checks(total, times, promises, node)) for node in nodes
            ),
            journeys=total.passage.journeys,
            under_way=total.passage.under_way,
            under_way_rule=under_way_rule(self.lens),
        )

    def _touchpoint(
        self, total: Counted, times: Cells, node: int, checks: tuple[ExpectationCheck, ...]
    ) -> TouchpointRow:
        counts = [int(count) for count in total.passage.touchpoints[node]]
        journeys = counts[JOURNEYS]
        share, again = wilson(journeys, total.passage.journeys), wilson(counts[AGAIN], journeys)
        drop_off, failure = wilson(counts[DROP_OFF], journeys), wilson(counts[FAILED], journeys)
        median, p75, p90 = (quantile(times.row(node), level) for level in (0.5, 0.75, 0.9))
        bins = score_row(total.scores, node)
        scores = kind_scores(bins)
        main = max(scores, key=lambda score: score.n, default=None)
        felt = _emotion(bins)
        declared = None if self.lens.map is None else self.lens.map.touchpoints[node]
        return TouchpointRow(
            stage=self.lens.stage_name(node),
            touchpoint=self.lens.nodes[node],
            moment_of_truth=declared is not None and declared.moment_of_truth,
            goal=bool(self.lens.goal[node]),
            journeys=journeys,
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            visits=counts[VISITS],
            reached_again=counts[AGAIN],
            reached_again_share=again.value,
            reached_again_share_low=again.low,
            reached_again_share_high=again.high,
            drop_off=counts[DROP_OFF],
            drop_off_share=drop_off.value,
            drop_off_share_low=drop_off.low,
            drop_off_share_high=drop_off.high,
            under_way=counts[ON_WAY],
            next_n=median.n,
            next_median_seconds=in_seconds(median.value),
            next_median_seconds_low=in_seconds(median.low),
            next_median_seconds_high=in_seconds(median.high),
            next_p75_seconds=in_seconds(p75.value),
            next_p90_seconds=in_seconds(p90.value),
            failed=counts[FAILED],
            failure_share=failure.value,
            failure_share_low=failure.low,
            failure_share_high=failure.high,
            score_kind=None if main is None else main.kind,
            score_mean=None if main is None else main.mean,
            score_mean_low=None if main is None else main.mean_low,
            score_mean_high=None if main is None else main.mean_high,
            score_n=0 if main is None else main.n,
            scores=scores,
            emotion=felt.value,
            emotion_low=felt.low,
            emotion_high=felt.high,
            emotion_n=felt.n,
            expectations=checks,
        )

    def _checks(self, total: Counted, times: Cells, promises: Cells | None, node: int) -> tuple[ExpectationCheck, ...]:
        checks = []
        expects = None if self.lens.map is None else self.lens.map.touchpoints[node].expects
        if expects is not None and expects.within_seconds is not None:
            within = overruns(times, int(self.places.within_group[node]))
            untold = self.lens.outlasts(expects.within_seconds)
            known = None if untold else check_time("within", within, expects.within_seconds)
            checks.append(known or untold_time("within", expects.within_seconds))
        promised = None if promises is None else overruns(promises, node * CHECK_GROUPS)
        if promised is not None and any(counts.any() for counts in promised):
            # How long each promise was, the counts do not say; those of the data are hours and days.
            sessions = self.lens.unit == "session"
            checks.append(untold_time("promised", 0.0) if sessions else check_time("promised", promised, 0.0))
        if expects is not None and expects.score is not None:
            checks.append(check_score(score_row(total.scores, node), expects.score))
        if expects is not None and expects.failures is not None:
            journeys, failed = (int(total.passage.touchpoints[node, column]) for column in (JOURNEYS, FAILED))
            checks.append(check_failures(failed, journeys, expects.failures))
        return tuple(checks)

    def _stage(self, total: Counted, times: Cells, stage: int) -> StageRow:
        counts = [int(count) for count in total.passage.stages[stage]]
        journeys = counts[ENTERED]
        share, drop_off = wilson(journeys, total.passage.journeys), wilson(counts[STAGE_DROP_OFF], journeys)
        spent = times.row(self.places.first_stage + stage)
        members = np.flatnonzero(self.lens.stage_of == stage)
        bins = [score_row(total.scores, int(node)) for node in members]
        felt = _emotion(np.sum(bins, axis=0)) if bins else NOBODY
        return StageRow(
            stage=self.lens.stages[stage],
            journeys=journeys,
            share=share.value,
            share_low=share.low,
            share_high=share.high,
            passed_on=counts[PASSED],
            drop_off=counts[STAGE_DROP_OFF],
            drop_off_share=drop_off.value,
            drop_off_share_low=drop_off.low,
            drop_off_share_high=drop_off.high,
            under_way=counts[STAGE_ON_WAY],
            median_seconds=in_seconds(quantile(spent, 0.5).value),
            p90_seconds=in_seconds(quantile(spent, 0.9).value),
            emotion=felt.value,
            emotion_low=felt.low,
            emotion_high=felt.high,
            emotion_n=felt.n,
        )


NOBODY = Interval(None, None, None, 0)


def _emotion(bins: Counts) -> Interval:
    return emotion(bins) if bins.any() else NOBODY


def chart(result: Touchpoints) -> Chart:
    """Bars: share of journeys at each touchpoint, in the order of the map, with what is lost there."""
    rows = [
        {
            "touchpoint": row.touchpoint,
            "stage": row.stage,
            "share": row.share,
            "journeys": row.journeys,
            "drop_off": row.drop_off_share,
        }
        for row in result.touchpoints[:60]
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "touchpoint", "type": "nominal", "sort": None, "axis": {"labelLimit": 300}},
            "x": {"field": "share", "type": "quantitative", "axis": {"format": "%"}},
            "color": {"field": "drop_off", "type": "quantitative", "scale": {"scheme": "reds"}},
            "tooltip": [
                {"field": "touchpoint"},
                {"field": "stage"},
                {"field": "journeys"},
                {"field": "share", "format": ".1%"},
                {"field": "drop_off", "format": ".1%"},
            ],
        },
    }


ANALYSIS = Analysis(
    slug="touchpoints",
    question="What happens at each stage and touchpoint, and how far is it from what was expected?",
    question_ru="Что происходит на каждом этапе и в каждой точке контакта и насколько это далеко от обещанного?",
    params=TouchpointsParams,
    result=Touchpoints,
    fold=TouchpointsFold,
    chart=chart,
)
