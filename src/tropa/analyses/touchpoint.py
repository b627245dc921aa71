"""One touchpoint: its trend, what was said there, and journeys to look at."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from tropa.contract.filters import Filters


class TouchpointParams(Filters):
    touchpoint: str = Field(description="name of the touchpoint (without a map: the activity)")
    quotes: int = Field(20, ge=0, le=200, description="how many comments")
    examples: int = Field(6, ge=0, le=50, description="how many journeys")


@dataclass(frozen=True, slots=True)
class Period:
    """One calendar week (or month, where the data spans more than a year): `begins` is its first day."""

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
    time: str
    customer_id: str
    kind: str
    score: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    time: str
    activity: str
    touchpoint: str | None
    channel: str | None
    actor: str | None
    failed: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A real journey through this touchpoint; `outcome` is reached, under_way or left."""

    customer_id: str
    case_id: str | None
    outcome: str
    steps: tuple[Step, ...]
    steps_total: int


@dataclass(frozen=True, slots=True)
class Before:
    touchpoint: str
    journeys: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Touchpoint:
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
