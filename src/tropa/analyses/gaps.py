"""Where does reality fall short of what customers were promised, how often and how far?"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrc, stdtr

from tropa.analyses.touchpoints import Counted, TouchpointsFold, TouchpointsParams
from tropa.contract.analysis import Analysis, Chart
from tropa.cx.durations import parse_duration
from tropa.cx.expectations import KEPT_SHARE, ExpectationCheck
from tropa.cx.lens import Lens
from tropa.cx.map import Expects
from tropa.cx.metrics import BINS, KINDS, SCALES, TENTHS, Counts
from tropa.cx.passage import overruns
from tropa.cx.scores import score_row
from tropa.cx.view import View
from tropa.engine.cells import Cells
from tropa.engine.sketch import BUCKETS, value_of
from tropa.errors import TropaError
from tropa.stats.intervals import wilson
from tropa.stats.multiplicity import adjust

TIMES_WORSE = 2.0
"""Where the map's `worst` is words, a wait is below it when it lasts more than so many times the promise."""

FEWEST = 10
"""Fewer journeys (or answers) are single cases: shown, not judged."""

DISCOVERIES = 0.05
NO_EXPECTATIONS = "Nothing was promised: the map states no expectation (`expects`) and the data no `promised_at`."
NOBODY_THERE = "Nothing can be checked yet: no journey came to a touchpoint where something was promised."


TOO_SHORT = (
    "Some promises are longer than a session: what happens after it is in another one, so whether they are kept cannot "
    "be told. Ask with --unit customer or case."
)


class GapsParams(TouchpointsParams):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Reality less expectation for one stated expectation (the fields up to `waiting` as in `touchpoints`).

    - `is_gap`: the promise is surely not kept. A promise of time: surely fewer than nine in ten see it kept; a mean
      score: surely below the promise; failures: surely in more journeys than stated. Sure means that the 95 % interval
      says so and that `q` is at most 0.05. Fewer than ten journeys are single cases: shown, not tested.
    - `p`: of "reality is no worse than promised", one-sided: exact binomial for shares, Student's t for a mean score;
      `q` the same after control of false discoveries (Benjamini & Hochberg) over all gaps of the answer. Journeys count
      as independent of one another.
    - `below_worst`: journeys (or answers) beyond the worst that a customer is ready for. The worst is the map's `worst`
      where it is a duration (`worst: 3d`) or a score; else twice the promised time, and for scores an answer that its
      scale calls negative (`worst_rule`: stated, twice_the_promise, negative_answer). Who still waits counts with the
      time so far. A failure has no degrees, and of a promise of the data (`promised`) only the moment is known: None.
    """

    stage: str | None
    touchpoint: str
    expectation: str
    unit: str
    score_kind: str | None
    promise: float
    reality: float | None
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    worse_when: str
    n: int
    kept: int | None
    missed: int | None
    waiting: int | None
    kept_share: float | None
    kept_share_low: float | None
    kept_share_high: float | None
    missed_by_median: float | None
    missed_by_p90: float | None
    worst: float | None
    worst_rule: str | None
    below_worst: int | None
    below_worst_share: float | None
    below_worst_share_low: float | None
    below_worst_share_high: float | None
    verdict: str | None
    p: float | None
    q: float | None
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """Every stated expectation, in the order of the map. `tested`: those with enough to go by; `found`: gaps among
    them.

    `note` says what cannot be told where nothing was promised, or nobody came there.
    """

    gaps: tuple[Gap, ...]
    tested: int
    found: int
    journeys: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Worst:
    """Where the worst lies, by which rule, and how many are beyond it."""

    at: float | None = None
    rule: str | None = None
    count: int | None = None


def untold(gap: Gap) -> bool:
    """Whether nothing can be told of a promise of time."""
    return gap.expectation in ("within", "promised") and gap.n == 0


class GapsFold:
    """Counts what `touchpoints` counts; the promises are judged one by one at the end, and then all together."""

    def __init__(self, params: GapsParams, lens: Lens) -> None:
        self.lens = lens
        self.counting = TouchpointsFold(params, lens)

    def map(self, view: View) -> Counted:
        return self.counting.map(view)

    def merge(self, one: Counted, other: Counted) -> Counted:
        return self.counting.merge(one, other)

    def finish(self, total: Counted) -> Gaps:
        times = total.passage.times.total()
        nodes = {name: node for node, name in enumerate(self.lens.nodes)}
        gaps = [
            self._gap(row.stage, row.touchpoint, nodes[row.touchpoint], check, times, total.scores)
            for row in self.counting.finish(total).touchpoints
            for check in row.expectations
        ]
        judged = _together(gaps)
        note = None if any(gap.n for gap in judged) else (NOBODY_THERE if judged else NO_EXPECTATIONS)
        if self.lens.unit == "session" and any(untold(gap) for gap in judged):
            note = TOO_SHORT
        return Gaps(
            gaps=judged,
            tested=sum(gap.q is not None for gap in judged),
            found=sum(gap.is_gap for gap in judged),
            journeys=total.passage.journeys,
            note=note,
        )

    def _gap(
        self, stage: str | None, touchpoint: str, node: int, check: ExpectationCheck, times: Cells, scores: Cells
    ) -> Gap:
        expects = Expects() if self.lens.map is None else self.lens.map.touchpoints[node].expects
        worst, p = Worst(), None
        if check.expectation == "within" and check.n:
            first = int(self.counting.places.within_group[node])
            worst = _worst_wait(overruns(times, first), check.promise, expects)
        elif check.expectation == "score" and check.score_kind is not None:
            answers = score_row(scores, node)[KINDS.index(check.score_kind)]
            worst = _worst_score(answers, check.score_kind, check.promise, expects)
            p = p_mean_at_least(answers, check.score_kind, check.promise)
        if check.kept is not None and check.missed is not None and check.n and check.expectation != "score":
            p = _p_share(check, check.kept, check.missed)
        beyond = wilson(worst.count, check.n) if worst.count is not None else wilson(0, 0)
        # All fields of the check but those of its own form have the same names here.
        copied = {field.name: getattr(check, field.name) for field in dataclasses.fields(check)}
        return Gap(
            stage=stage,
            touchpoint=touchpoint,
            **copied,
            worst=worst.at,
            worst_rule=worst.rule,
            below_worst=worst.count,
            below_worst_share=beyond.value,
            below_worst_share_low=beyond.low,
            below_worst_share_high=beyond.high,
            p=p if check.n >= FEWEST else None,
            q=None,
            is_gap=False,
        )


def _together(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """q of all gaps as one family, and which of them are gaps."""
    family = adjust({place: gap.p for place, gap in enumerate(gaps)})
    judged = []
    for place, gap in enumerate(gaps):
        q = family.q[place]
        sure = q is not None and q <= DISCOVERIES and _interval_says_so(gap)
        judged.append(dataclasses.replace(gap, q=q, is_gap=sure))
    return tuple(judged)


def _interval_says_so(gap: Gap) -> bool:
    if gap.unit == "seconds":
        return gap.kept_share_high is not None and gap.kept_share_high < KEPT_SHARE
    if gap.worse_when == "higher":
        return gap.gap_low is not None and gap.gap_low > 0
    return gap.gap_high is not None and gap.gap_high < 0


def _p_share(check: ExpectationCheck, kept: int, missed: int) -> float:
    """Exact chance of so few kept if nine in ten were, or of so many failures if no more than stated were."""
    if check.unit == "seconds":
        return float(bdtr(kept, kept + missed, KEPT_SHARE))
    if missed == 0:
        return 1.0
    return float(bdtrc(missed - 1, kept + missed, min(check.promise, 1.0)))


def p_mean_at_least(answers: Counts, kind: str, promise: float) -> float | None:
    """p of "the mean score is the promise or more"; None where nobody answered.

    Answers all alike have no spread to test by: the mean could only be the promise if a share of all customers, who
    would give the best score, had by chance not been asked; p is the chance of that.
    """
    scale, points = SCALES[kind], np.arange(BINS) / TENTHS
    n = int(answers.sum())
    if n == 0:
        return None
    average = float(answers @ points) / n
    if average >= promise:
        squares = float(answers @ (points - average) ** 2)
        return 1.0 if n < 2 or squares <= 0 else _p_student(average - promise, squares, n)
    squares = float(answers @ (points - average) ** 2)
    if n > 1 and squares > 1e-9:
        return _p_student(average - promise, squares, n)
    unasked = min(1.0, (promise - average) / (scale.high - average))
    return float((1 - unasked) ** n)


def _p_student(distance: float, squares: float, n: int) -> float:
    return float(stdtr(n - 1, distance / np.sqrt(squares / (n - 1) / n)))


def _worst_wait(late: tuple[Counts, Counts, Counts], promise: float, expects: Expects) -> Worst:
    stated = _duration(expects.worst)
    at, rule = TIMES_WORSE * promise, "twice_the_promise"
    if stated is not None and stated > promise:
        at, rule = stated, "stated"
    beyond = np.array([value_of(bucket) for bucket in range(BUCKETS)]) > (at - promise) * 1000
    return Worst(at, rule, int((late[1] + late[2])[beyond].sum()))


def _duration(words: str | None) -> float | None:
    """Seconds of a `worst` that is a duration with its unit, None of any other words."""
    if words is None or words.strip()[-1:].isdigit():
        return None
    try:
        return parse_duration(words)
    except TropaError:
        return None


def _worst_score(answers: Counts, kind: str, promise: float, expects: Expects) -> Worst:
    try:
        stated = float(expects.worst or "")
    except ValueError:
        stated = -1.0
    scale, points = SCALES[kind], np.arange(BINS) / TENTHS
    if scale.low <= stated < promise:
        return Worst(stated, "stated", int(answers[points <= stated].sum()))
    if scale.negative_to >= promise:
        return Worst()
    return Worst(scale.negative_to, "negative_answer", int(answers[points <= scale.negative_to].sum()))


def chart(result: Gaps) -> Chart:
    """Share of those who saw each expectation kept, with its interval; gaps in red."""
    rows = [
        {
            "expectation": f"{gap.touchpoint}: {gap.expectation}",
            "kept": gap.kept_share,
            "low": gap.kept_share_low,
            "high": gap.kept_share_high,
            "n": gap.n,
            "gap": gap.is_gap,
        }
        for gap in result.gaps[:60]
        if gap.kept_share is not None
    ]
    place = {"field": "expectation", "type": "nominal", "sort": None, "axis": {"labelLimit": 300}}
    color = {"field": "gap", "type": "nominal", "scale": {"domain": [False, True], "range": ["#7a8894", "#c0392b"]}}
    share = {"type": "quantitative", "axis": {"format": "%"}, "scale": {"domain": [0, 1]}}
    return {
        "data": {"values": rows},
        "encoding": {"y": place, "color": color},
        "layer": [
            {
                "mark": "point",
                "encoding": {
                    "x": {"field": "kept", **share},
                    "tooltip": [{"field": "expectation"}, {"field": "kept", "format": ".1%"}, {"field": "n"}],
                },
            },
            {"mark": "rule", "encoding": {"x": {"field": "low", **share}, "x2": {"field": "high"}}},
        ],
    }


ANALYSIS = Analysis(
    slug="gaps",
    question="Where does reality fall short of what customers were promised, how often and how far?",
    question_ru="Где реальность не дотягивает до обещанного клиентам, как часто и насколько?",
    params=GapsParams,
    result=Gaps,
    fold=GapsFold,
    chart=chart,
)
