"""All trials of all partitions side by side, and the trials of one target taken out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa

from tropa.cx.lens import Lens
from tropa.cx.obstacles.form import Slug
from tropa.cx.obstacles.levels import Attributes
from tropa.cx.obstacles.survey import Survey
from tropa.cx.obstacles.table import Known
from tropa.cx.obstacles.trials import Trials, joined
from tropa.engine.journeys import Array, Codes, Floats, Ints
from tropa.stats.propensity import numbered


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One partition: trials and history of each obstacle (`Trials.journey` counts places in `known`). of_events: names
    of attributes that events carry."""

    trials: tuple[Trials, ...]
    history: tuple[Codes, ...]
    known: Known
    customer_ids: pa.Array
    case_ids: pa.Array | None
    comments: Comments
    of_events: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Comments:
    """What was said in words on the journeys known: journey counts places in `known`."""

    journey: Ints
    time_us: Ints
    kind: Codes
    score: Floats
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: an obstacle at a touchpoint. number: of the target within its obstacle."""

    obstacle: Slug
    number: int
    node: int | None
    activity: str | None
    met: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Trials of all partitions, those of each obstacle sorted by target. of_events: names of attributes that events
    carry: what a journey says of them as a whole may have come to be known only after a landmark."""

    trials: tuple[Trials, ...]
    history: tuple[Codes, ...]
    known: Known
    part_of: Codes
    parts: tuple[Part, ...]
    surveys: tuple[tuple[int, int], ...]
    of_events: frozenset[str]

    def name(self, journey: int) -> tuple[str, str | None]:
        """Customer and case of a journey."""
        part = int(self.part_of[journey])
        place = journey - int(np.searchsorted(self.part_of, part))
        ids = self.parts[part]
        case = None if ids.case_ids is None else ids.case_ids[place].as_py()
        return str(ids.customer_ids[place].as_py()), case


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the passes have found: targets (with the place of their obstacle), and the trials of each."""

    lens: Lens
    survey: Survey
    attributes: Attributes
    targets: tuple[tuple[int, Target], ...]
    looked: Looked


def together(parts: Sequence[Part], surveys: tuple[tuple[int, int], ...]) -> Looked:
    """Partitions one after the other; customers of different partitions are different."""
    sizes = [len(part.known) for part in parts]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    trials, history = [], []
    for number in range(len(parts[0].trials)):
        whole = joined(
            [
                moved(part.trials[number], part.trials[number].journey + int(start))
                for part, start in zip(parts, starts[:-1], strict=True)
            ]
        )
        order = np.argsort(whole.target, kind="stable")
        trials.append(taken(whole, order))
        history.append(np.concatenate([part.history[number] for part in parts])[order])
    # What stands side by side now is not kept apart as well.
    bare = tuple(replace(part, trials=(), history=()) for part in parts)
    names = [field.name for field in fields(Known) if field.name != "customer"]
    customer = numbered(np.concatenate([part.known.customer + (place << 32) for place, part in enumerate(parts)]))[1]
    known = Known(
        customer=customer, **{name: np.concatenate([getattr(part.known, name) for part in parts]) for name in names}
    )
    part_of = np.repeat(np.arange(len(parts), dtype=np.int32), sizes)
    of_events = frozenset[str]().union(*(part.of_events for part in parts))
    return Looked(tuple(trials), tuple(history), known, part_of, bare, surveys, of_events)


def taken(trials: Trials, rows: Ints | Array | slice) -> Trials:
    """Some of the trials."""
    return Trials(*(getattr(trials, field.name)[rows] for field in fields(Trials)))


def moved(trials: Trials, journey: Ints | Codes) -> Trials:
    """The same trials, their journeys counted otherwise."""
    return replace(trials, journey=journey.astype(np.int32))


def of_target(trials: Trials, target: int) -> slice:
    """Where the trials of a target are among those of its obstacle, which are sorted by target."""
    low, high = np.searchsorted(trials.target, [target, target + 1])
    return slice(int(low), int(high))
