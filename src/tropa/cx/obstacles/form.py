"""The one form of all obstacles: what may be met where, and who is compared.

Two families share it. An obstacle *at events* is a mark on single steps (a failed attempt, a call for help). An
obstacle *at landmarks* is a wait that is judged at its limit: who is not served by then has met it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.obstacles.kept import Kept
from tropa.cx.obstacles.steps import Steps
from tropa.cx.obstacles.survey import Survey
from tropa.cx.view import View
from tropa.engine.journeys import Array, Ints

Slug = Literal[
    "wait", "failure", "repeat", "return", "switch", "contact", "broken_promise", "handover", "silence", "low_score"
]

UNLIMITED = np.iinfo(np.int64).max
"""A wait without a limit of its own: the data has to say from where on it is long."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every obstacle may ask of: the map compiled, the survey of all journeys, what is kept of each partition."""

    lens: Lens
    survey: Survey
    kept: Kept = field(default_factory=Kept)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Which steps are the obstacle; what it is compared with depends on how it comes.

    met: the step is the obstacle. attempt: the step is an attempt of which the obstacle is one outcome, so that it is
    compared with the other attempts of the same pair, not with those who never tried. origin: for steps that are the
    obstacle, the step after which it could be met; the step before it where that is None.
    """

    met: Array
    attempt: Array | None = None
    origin: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Where waits begin, one entry a wait.

    step: where it begins. limit_us: how long it may take (UNLIMITED: nobody said). served_us: when it ended;
    NO_TIME where it did not (yet).
    """

    step: Ints
    limit_us: Ints
    served_us: Ints


@dataclass(frozen=True, slots=True)
class AtEvents:
    """An obstacle that is a mark on steps; threshold: the count from which it is one. by_customer: the customer does
    it, so that whoever is still under way may yet meet it; what the company does is decided where the ways part.
    rides: it is a way in which a step is done (by another department, in another channel): where others take the same
    step otherwise, they are compared with those, for all of them have gone on; see `moments.taken_otherwise`."""

    slug: Slug
    marks: Callable[[View, Steps, Context], Marks]
    threshold: float = 1.0
    by_customer: bool = False
    rides: bool = False


@dataclass(frozen=True, slots=True)
class AtLandmarks:
    """An obstacle that is a wait beyond a limit."""

    slug: Slug
    arrivals: Callable[[View, Steps, Context], Arrivals]


@dataclass(frozen=True, slots=True)
class AtAnswers:
    """An obstacle that is a bad score: who answered well is compared with who answered badly."""

    slug: Slug


Obstacle = AtEvents | AtLandmarks | AtAnswers
