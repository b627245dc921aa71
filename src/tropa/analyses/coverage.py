"""What share of real scenarios does the map cover, and what does it not show?"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from tropa.contract.filters import Filters


class CoverageParams(Filters):
    top: int = Field(20, ge=1, le=1000, description="how many of the most frequent unmapped activities")


@dataclass(frozen=True, slots=True)
class Leave:
    """Journeys that went from this touchpoint to something that the map does not show; touchpoint None: at the very start."""

    touchpoint: str | None
    stage: str | None
    journeys: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    activity: str
    events: int
    journeys: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A journey is explained when the map binds every one of its events; a customer, when all of their journeys are."""

    journeys: int
    journeys_explained: int
    journeys_share: float | None
    journeys_share_low: float | None
    journeys_share_high: float | None
    customers: int
    customers_explained: int
    customers_share: float | None
    customers_share_low: float | None
    customers_share_high: float | None
    events: int
    events_bound: int
    events_share: float | None
    leaves: tuple[Leave, ...]
    unmapped: tuple[Unmapped, ...]
