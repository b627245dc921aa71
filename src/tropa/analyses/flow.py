"""Where do journeys go from a place, or come to it from, step by step?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field

from tropa.analyses.journeys_loops import NEVER, steps_around
from tropa.analyses.named import named_codes
from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Codes, Ints
from tropa.stats.intervals import wilson

NAME = "name"
OTHER = "other"
END = "end"


class FlowParams(Filters):
    anchor: str = Field(description="the place from which steps count, the first time that a journey came there; a|b")
    by: By = Field("touchpoint", description="level of the steps: touchpoint, activity or stage")
    direction: Literal["after", "before"] = Field("after", description="what came after the place, or before it")
    steps: int = Field(4, ge=1, le=10, description="how many steps to follow")
    top: int = Field(8, ge=1, le=100, description="how many names to tell at each step; the rest is `other`")
    collapse: bool = Field(True, description="a step repeated in a row counts as one")


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """What journeys do at one step from the anchor; `share` of all that came to it.

    `kind`: name; other (`names` of the less frequent ones together); end (the journey has no such step).
    """

    step: str
    kind: str
    name: str | None
    journeys: int
    share: float | None
    share_low: float | None
    share_high: float | None
    names: int


@dataclass(frozen=True, slots=True)
class FlowLink:
    """Journeys that are at one place at a step and at another at the next; step 1 is linked with the anchor itself."""

    step: str
    source_kind: str
    source: str | None
    target_kind: str
    target: str | None
    journeys: int


@dataclass(frozen=True, slots=True)
class Flow:
    """`journeys` came to the anchor; at every step the places add up to those that had a step before it."""

    anchor: str
    by: str
    direction: str
    journeys: int
    places: tuple[FlowPlace, ...]
    links: tuple[FlowLink, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Additive: journeys that came; of each step, pairs of codes (as one key) that occur and how many journeys."""

    journeys: int
    pairs: tuple[tuple[Ints, Ints], ...]


class FlowFold:
    def __init__(self, params: FlowParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self._names = level_names(lens, params.by)
        # Codes are shifted by one, so that the end of a journey is 0.
        self._width = len(self._names) + 1
        self._anchor = np.zeros(len(self._names) + 1, dtype=np.bool_)
        self._anchor[named_codes(lens, params.by, params.anchor)] = True

    def map(self, view: View) -> Ways:
        level = level_codes(view, self.params.by)
        back = self.params.direction == "before"
        around = steps_around(
            view.offsets, *level, view.selected, self._anchor, self.params.steps, back, self.params.collapse
        )
        came = around[around[:, 0] != NEVER].astype(np.int64) + 1
        pairs = [np.unique(came[:, 0], return_counts=True)]
        for step in range(1, self.params.steps):
            going = came[came[:, step - 1] > 0]
            keys = going[:, step - 1] * self._width + going[:, step]
            pairs.append(np.unique(keys, return_counts=True))
        return Ways(len(came), tuple((keys, counts.astype(np.int64)) for keys, counts in pairs))

    def merge(self, one: Ways, other: Ways) -> Ways:
        both = zip(one.pairs, other.pairs, strict=True)
        return Ways(one.journeys + other.journeys, tuple(_added(first, second) for first, second in both))

    def finish(self, total: Ways) -> Flow:
        places: list[FlowPlace] = []
        links: list[FlowLink] = []
        before: Codes | None = None
        for number, (keys, counts) in enumerate(total.pairs, 1):
            sources, targets = np.divmod(keys, self._width)
            by_code = np.bincount(targets, counts, self._width).astype(np.int64)
            shown = self._shown(by_code)
            places += self._places(str(number), by_code, shown, total.journeys)
            links += self._links(str(number), sources, targets, counts, before, shown)
            before = shown
        return Flow(
            self.params.anchor, self.params.by, self.params.direction, total.journeys, tuple(places), tuple(links)
        )

    def _shown(self, by_code: Ints) -> Codes:
        """Codes that are told by name, most frequent first."""
        order = np.argsort(-by_code[1:], kind="stable")[: self.params.top] + 1
        return np.asarray(order[by_code[order] > 0], dtype=np.int32)

    def _places(self, step: str, by_code: Ints, shown: Codes, journeys: int) -> list[FlowPlace]:
        rest = by_code[1:].copy()
        rest[shown - 1] = 0
        told = [(NAME, self._names[code - 1], int(by_code[code]), 1) for code in shown.tolist()]
        rows: list[tuple[str, str | None, int, int]] = [*told]
        rows.append((OTHER, None, int(rest.sum()), int(np.count_nonzero(rest))))
        rows.append((END, None, int(by_code[0]), 0))
        places = []
        for kind, name, count, names in rows:
            if count:
                share = wilson(count, journeys)
                places.append(FlowPlace(step, kind, name, count, share.value, share.low, share.high, names))
        return places

    def _links(
        self, step: str, sources: Ints, targets: Ints, counts: Ints, before: Codes | None, shown: Codes
    ) -> list[FlowLink]:
        joined: dict[tuple[tuple[str, str | None], tuple[str, str | None]], int] = {}
        anchor = (NAME, self.params.anchor)
        for source, target, count in zip(sources.tolist(), targets.tolist(), counts.tolist(), strict=True):
            pair = (anchor if before is None else self._place(source, before), self._place(target, shown))
            joined[pair] = joined.get(pair, 0) + count
        return [
            FlowLink(step, *source, *target, count)
            for (source, target), count in sorted(joined.items(), key=lambda item: -item[1])
        ]

    def _place(self, code: int, shown: Codes) -> tuple[str, str | None]:
        if code == ABSENT + 1:
            return END, None
        return (NAME, self._names[code - 1]) if code in shown else (OTHER, None)


def _added(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    keys, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.bincount(place.reshape(-1), np.concatenate([one[1], other[1]]), len(keys))
    return keys, counts.astype(np.int64)


ANALYSIS = Analysis(
    slug="flow",
    question="Where do journeys go from a place, or come to it from, step by step?",
    question_ru="Куда пути идут из одного места или откуда в него приходят, шаг за шагом?",
    params=FlowParams,
    result=Flow,
    fold=FlowFold,
)
