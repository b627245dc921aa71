"""The map: what the company promises, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Unit = Literal["customer", "case", "session"]


def expression_of(value: str) -> str | None:
    """The regular expression of a value of `when` between slashes, None where the value stands for itself."""
    return value[1:-1] if len(value) > 2 and value.startswith("/") and value.endswith("/") else None


@dataclass(frozen=True, slots=True)
class Expects:
    """`within_seconds`, `score` and `failures` are checked against the data; `best` and `worst` are words."""

    best: str | None = None
    worst: str | None = None
    within_seconds: float | None = None
    score: float | None = None
    failures: float | None = None


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """`when`: event column -> exact values, or regular expressions between slashes; empty binds nothing."""

    name: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actor: str | None = None
    moment_of_truth: bool = False
    expects: Expects = Expects()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    touchpoints: tuple[Touchpoint, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Map:
    """`raw` keeps every key that the author wrote, in plain JSON values, for the page to show."""

    name: str
    unit: Unit = "customer"
    session_gap_seconds: float = 1800.0
    goal: tuple[str, ...] = ()
    within_seconds: float | None = None
    stages: tuple[Stage, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """All touchpoints in the order of the map."""
        return tuple(touchpoint for stage in self.stages for touchpoint in stage.touchpoints)
