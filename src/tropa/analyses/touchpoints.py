"""What happens at each stage and touchpoint, and how far is it from what was expected?"""

from __future__ import annotations

from dataclasses import dataclass

from tropa.analyses.overview import Score
from tropa.contract.filters import Filters


class TouchpointsParams(Filters):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class ExpectationCheck:
    """One stated expectation against reality.

    `expectation` is within (seconds to the next touchpoint), promised (seconds after the promised time), score or failures.
    `gap` = reality - expectation, in `unit`; `worse_when` says which sign hurts. `kept` and `missed` count journeys
    (or answers, for score). `verdict` is kept, missed or unsure (the interval of the gap holds both).
    """

    expectation: str
    unit: str
    worse_when: str
    promise: float
    reality: float | None
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    n: int
    kept: int | None
    missed: int | None
    kept_share: float | None
    kept_share_low: float | None
    kept_share_high: float | None
    missed_by_median: float | None
    missed_by_p90: float | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class TouchpointRow:
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
    """`passed_on`: journeys of this stage that reached any later stage or the goal."""

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
    """`emotion` is every score brought to -100..100 (the middle of its scale is 0) and averaged."""

    stages: tuple[StageRow, ...]
    touchpoints: tuple[TouchpointRow, ...]
    journeys: int
    under_way: int
    under_way_rule: str
