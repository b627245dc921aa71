"""Questions asked of the journeys: one file each, one line each in the registry."""

from __future__ import annotations

from typing import Any

from tropa.analyses import (
    bottlenecks,
    coverage,
    flow,
    funnel,
    gaps,
    journey,
    journeys,
    lifecycle,
    moments_of_truth,
    obstacles,
    overview,
    retention,
    rework,
    single_cases,
    time_to_goal,
    touchpoint,
    touchpoints,
    transitions,
    value,
    variants,
    voice,
    wait_times,
    waits,
)
from tropa.contract.analysis import Analysis
from tropa.errors import TropaError, did_you_mean

REGISTRY: tuple[Analysis[Any, Any], ...] = (
    bottlenecks.ANALYSIS,
    coverage.ANALYSIS,
    flow.ANALYSIS,
    funnel.ANALYSIS,
    gaps.ANALYSIS,
    journey.ANALYSIS,
    journeys.ANALYSIS,
    lifecycle.ANALYSIS,
    moments_of_truth.ANALYSIS,
    obstacles.ANALYSIS,
    overview.ANALYSIS,
    retention.ANALYSIS,
    rework.ANALYSIS,
    single_cases.ANALYSIS,
    time_to_goal.ANALYSIS,
    touchpoint.ANALYSIS,
    touchpoints.ANALYSIS,
    transitions.ANALYSIS,
    value.ANALYSIS,
    variants.ANALYSIS,
    voice.ANALYSIS,
    wait_times.ANALYSIS,
    waits.ANALYSIS,
)


def find_analysis(slug: str) -> Analysis[Any, Any]:
    """The analysis of that name.

    Raises:
        TropaError: when there is none.
    """
    for analysis in REGISTRY:
        if analysis.slug == slug:
            return analysis
    raise TropaError(
        f"There is no analysis {slug!r}.",
        did_you_mean(slug, (analysis.slug for analysis in REGISTRY)),
        kind="not_found",
    )
