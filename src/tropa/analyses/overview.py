"""How big is it, how fresh is it, and how does it go on the whole?"""

from __future__ import annotations

from dataclasses import dataclass

from tropa.contract.filters import Filters


class OverviewParams(Filters):
    """No parameters but the filters."""


@dataclass(frozen=True, slots=True)
class Score:
    """One kind of feedback by its own formula; `mean` is on the scale of the kind.

    `metric` is NPS (-100..100), CSAT (share of 4 and 5), CES (mean 1..7) or rating (mean 1..5); shares are 0..1.
    """

    kind: str
    metric: str
    value: float | None
    value_low: float | None
    value_high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Overview:
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
