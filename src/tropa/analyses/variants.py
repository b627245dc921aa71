"""Which scenarios do customers really live, how often, and how do they end?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from pydantic import Field

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.outcome import REACHED
from tropa.cx.view import View
from tropa.engine.grouping import Hashes
from tropa.engine.journeys import ABSENT, Array, Codes, Floats, Ints
from tropa.stats.intervals import wilson

SPARE = 1000
"""Scenarios looked at beyond those told, so that equals at the edge come in order."""


class VariantsParams(Filters):
    by: By = Field("touchpoint", description="level of the steps: touchpoint, activity or stage")
    collapse: bool = Field(False, description="a step repeated in a row counts as one")
    top: int = Field(50, ge=1, le=100_000, description="how many scenarios to tell, most frequent first")


@dataclass(frozen=True, slots=True)
class Variant:
    """One order of steps. `cumulative_share` counts this and all more frequent ones; time is first to last event."""

    path: tuple[str, ...]
    journeys: int
    share: float
    share_low: float | None
    share_high: float | None
    cumulative_share: float
    goal_rate: float | None
    goal_rate_low: float | None
    goal_rate_high: float | None
    mean_seconds: float


@dataclass(frozen=True, slots=True)
class Variants:
    """`total`: distinct scenarios. `unseen_share`: chance that the next journey takes a way never seen before.

    Source: Good-Turing in the form of Chao and Jost, Ecology 93 (2012).
    """

    by: str
    total: int
    journeys: int
    once: int
    unseen_share: float | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Distinct scenarios of some partitions: two hashes, journeys, goals, seconds, and one path of codes each."""

    hashes: Hashes
    counts: Ints
    reached: Ints
    seconds: Floats
    path_offsets: Ints
    path: Codes


@dataclass(frozen=True, slots=True)
class United:
    """Scenarios of all partitions; `firsts`: row of each among the rows of all `parts`, which `begins` marks off."""

    counts: Ints
    reached: Ints
    seconds: Floats
    firsts: Ints
    parts: tuple[Scenarios, ...]
    begins: Ints

    def path(self, index: int) -> tuple[int, ...]:
        """Steps of a scenario; only those that are told are ever put together."""
        row = int(self.firsts[index])
        number = int(np.searchsorted(self.begins, row, side="right")) - 1
        part = self.parts[number]
        row -= int(self.begins[number])
        return tuple(part.path[part.path_offsets[row] : part.path_offsets[row + 1]].tolist())


@njit(cache=True, nogil=True)
def _distinct(
    offsets: Ints, time: Ints, cells: Codes, table: Codes, selected: Array, reached: Array, collapse: bool
) -> tuple[Hashes, Ints, Ints, Floats, Ints]:
    """Scenarios of one partition by an open hash table; `examples` are journeys that lived them."""
    rows = len(offsets) - 1
    size = 16
    while size < 2 * rows:
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.full(size, -1, dtype=np.int32)
    hashes = np.empty((rows, 2), dtype=np.uint64)
    counts = np.zeros(rows, dtype=np.int64)
    goals = np.zeros(rows, dtype=np.int64)
    seconds = np.zeros(rows, dtype=np.float64)
    examples = np.empty(rows, dtype=np.int64)
    found = 0
    for journey in range(rows):
        if not selected[journey]:
            continue
        one = np.uint64(14695981039346656037)
        other = np.uint64(0x9E3779B97F4A7C15)
        previous = ABSENT
        for event in range(np.uint64(offsets[journey]), np.uint64(offsets[journey + 1])):
            node = table[cells[event]]
            if node < 0 or (collapse and node == previous):
                continue
            previous = node
            one = (one ^ np.uint64(node + 1)) * np.uint64(1099511628211)
            one ^= one >> np.uint64(29)
            other = (other + np.uint64(node + 1)) * np.uint64(0xBF58476D1CE4E5B9)
            other ^= other >> np.uint64(31)
        slot = (one ^ (one >> np.uint64(32))) & mask
        while True:
            number = slots[slot]
            if number < 0:
                number = found
                slots[slot] = found
                hashes[found, 0] = one
                hashes[found, 1] = other
                examples[found] = journey
                found += 1
                break
            if hashes[number, 0] == one and hashes[number, 1] == other:
                break
            slot = (slot + np.uint64(1)) & mask
        counts[number] += 1
        goals[number] += reached[journey]
        seconds[number] += (time[offsets[journey + 1] - 1] - time[offsets[journey]]) * 1e-6
    return (
        hashes[:found].copy(),
        counts[:found].copy(),
        goals[:found].copy(),
        seconds[:found].copy(),
        examples[:found].copy(),
    )


@njit(cache=True, nogil=True)
def _paths(examples: Ints, offsets: Ints, cells: Codes, table: Codes, collapse: bool) -> tuple[Ints, Codes]:
    length = 0
    for journey in examples:
        length += offsets[journey + 1] - offsets[journey]
    starts = np.zeros(len(examples) + 1, dtype=np.int64)
    path = np.empty(length, dtype=np.int32)
    filled = 0
    for index in range(len(examples)):
        previous = ABSENT
        for event in range(np.uint64(offsets[examples[index]]), np.uint64(offsets[examples[index] + 1])):
            node = table[cells[event]]
            if node < 0 or (collapse and node == previous):
                continue
            previous = node
            path[filled] = node
            filled += 1
        starts[index + 1] = filled
    return starts, path[:filled].copy()


@dataclass(frozen=True, slots=True)
class VariantsFold:
    params: VariantsParams
    lens: Lens

    def map(self, view: View) -> tuple[Scenarios, ...]:
        cells, table = level_codes(view, self.params.by)
        reached = view.outcome.status == REACHED if self.lens.has_goal else np.zeros(len(view), dtype=np.bool_)
        hashes, counts, goals, seconds, examples = _distinct(
            view.offsets, view.time, cells, table, view.selected, reached, self.params.collapse
        )
        starts, path = _paths(examples, view.offsets, cells, table, self.params.collapse)
        return (Scenarios(hashes, counts, goals, seconds, starts, path),)

    def merge(self, one: tuple[Scenarios, ...], other: tuple[Scenarios, ...]) -> tuple[Scenarios, ...]:
        return one + other

    def finish(self, total: tuple[Scenarios, ...]) -> Variants:
        scenarios = _united(total)
        journeys = int(scenarios.counts.sum())
        return Variants(
            by=self.params.by,
            total=len(scenarios.counts),
            journeys=journeys,
            once=int((scenarios.counts == 1).sum()),
            unseen_share=_unseen(scenarios.counts, journeys),
            variants=self._tell(scenarios, journeys),
        )

    def _tell(self, scenarios: United, journeys: int) -> tuple[Variant, ...]:
        """The most frequent scenarios; equals in the order of their steps, as far as SPARE of them are looked at."""
        names = level_names(self.lens, self.params.by)
        candidates = _largest(scenarios.counts, self.params.top + SPARE).tolist()
        paths = {index: scenarios.path(index) for index in candidates}
        ranked = sorted(candidates, key=lambda index: (-scenarios.counts[index], paths[index]))[: self.params.top]
        cumulative = np.cumsum(scenarios.counts[ranked])
        told = []
        for index, so_far in zip(ranked, cumulative, strict=True):
            count = int(scenarios.counts[index])
            share = wilson(count, journeys)
            goal = wilson(int(scenarios.reached[index]), count) if self.lens.has_goal else wilson(0, 0)
            told.append(
                Variant(
                    path=tuple(names[node] for node in paths[index]),
                    journeys=count,
                    share=count / journeys,
                    share_low=share.low,
                    share_high=share.high,
                    cumulative_share=float(so_far / journeys),
                    goal_rate=goal.value,
                    goal_rate_low=goal.low,
                    goal_rate_high=goal.high,
                    mean_seconds=float(scenarios.seconds[index] / count),
                )
            )
        return tuple(told)


def _largest(counts: Ints, wanted: int) -> Ints:
    """Indices of the largest counts; among those that equal the last, the first ones. Without sorting all."""
    if len(counts) <= wanted:
        return np.arange(len(counts))
    edge = np.partition(counts, len(counts) - wanted)[len(counts) - wanted]
    above = np.flatnonzero(counts > edge)
    return np.concatenate([above, np.flatnonzero(counts == edge)[: wanted - len(above)]])


@njit(cache=True, nogil=True)
def _unite(hashes: Hashes, counts: Ints, reached: Ints, seconds: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """Add up scenarios with equal hashes, in the order in which they first appear; and the row of that appearance."""
    rows = len(counts)
    size = 16
    while size < 2 * rows:
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.full(size, -1, dtype=np.int32)
    firsts = np.empty(rows, dtype=np.int64)
    total_counts = np.zeros(rows, dtype=np.int64)
    total_reached = np.zeros(rows, dtype=np.int64)
    total_seconds = np.zeros(rows, dtype=np.float64)
    found = 0
    for row in range(rows):
        one, other = hashes[row, 0], hashes[row, 1]
        slot = (one ^ (one >> np.uint64(32))) & mask
        while True:
            number = slots[slot]
            if number < 0:
                number = found
                slots[slot] = found
                firsts[found] = row
                found += 1
                break
            first = firsts[number]
            if hashes[first, 0] == one and hashes[first, 1] == other:
                break
            slot = (slot + np.uint64(1)) & mask
        total_counts[number] += counts[row]
        total_reached[number] += reached[row]
        total_seconds[number] += seconds[row]
    return (
        total_counts[:found].copy(),
        total_reached[:found].copy(),
        total_seconds[:found].copy(),
        firsts[:found].copy(),
    )


def _united(parts: tuple[Scenarios, ...]) -> United:
    """Scenarios of all partitions; equal hashes are one scenario."""
    return United(
        *_unite(
            np.concatenate([part.hashes for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.reached for part in parts]),
            np.concatenate([part.seconds for part in parts]),
        ),
        parts,
        np.cumsum([0, *(len(part.counts) for part in parts)]),
    )


def _unseen(counts: Ints, journeys: int) -> float | None:
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    if journeys < 2 or once == 0:
        return 0.0 if journeys else None
    return float(once / journeys * (journeys - 1) * once / ((journeys - 1) * once + 2 * twice))


def chart(result: Variants) -> Chart:
    """Bars: share of journeys by scenario."""
    rows = [
        {"scenario": f"{rank}. " + " → ".join(variant.path), "share": variant.share, "journeys": variant.journeys}
        for rank, variant in enumerate(result.variants[:20], 1)
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "scenario", "type": "nominal", "sort": None, "axis": {"labelLimit": 400}},
            "x": {"field": "share", "type": "quantitative", "axis": {"format": "%"}},
            "tooltip": [{"field": "scenario"}, {"field": "journeys"}, {"field": "share", "format": ".1%"}],
        },
    }


ANALYSIS = Analysis(
    slug="variants",
    question="Which scenarios do customers really live, how often, and how do they end?",
    question_ru="Какие сценарии клиенты проживают на самом деле, как часто и чем они кончаются?",
    params=VariantsParams,
    result=Variants,
    fold=VariantsFold,
    chart=chart,
)
