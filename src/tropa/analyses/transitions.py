"""Which ways do customers really take from one step to the next, and how long does each take?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from pydantic import Field

from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Floats, Ints

MAX_DENSE = 1_000
"""With more nodes than this only pairs that occur are kept: a table of all pairs would take 32 MB and more a thread."""


class TransitionsParams(Filters):
    by: By = Field("touchpoint", description="level of the graph: touchpoint, activity or stage")


@dataclass(frozen=True, slots=True)
class Edge:
    """`count` direct successions, made by `journeys`; `share` of all that leaves the source; `loop`: back to itself."""

    source: str
    target: str
    count: int
    journeys: int
    share: float
    mean_seconds: float
    loop: bool


@dataclass(frozen=True, slots=True)
class Node:
    """`events` at this node, in `journeys`; how many journeys begin and end with it."""

    node: str
    events: int
    journeys: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Transitions:
    """Events that the level does not show are stepped over."""

    by: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of neighbours that occur; a key is source * number of nodes + target."""

    keys: Ints
    count: Ints
    journeys: Ints
    seconds: Floats


@dataclass(frozen=True, slots=True)
class Graph:
    """Additive counts, the pairs of each partition by themselves."""

    edges: tuple[Pairs, ...]
    node: Ints
    """[node, what]: events, journeys, starts, ends."""

    def __add__(self, other: Graph) -> Graph:
        return Graph(self.edges + other.edges, self.node + other.node)


@njit(cache=True, nogil=True)
def follow(
    offsets: Ints, time: Ints, cells: Codes, table: Codes, selected: Array, size: int
) -> tuple[Ints, Ints, Floats, Ints]:
    """Count direct successions over the journeys selected: one pass, no copy.

    Counts and the journey seen last stand side by side, are updated without branches and indexed unsigned (no check
    for an index from the end): the loop runs at a small multiple of the speed of memory.
    """
    width = np.uint64(size)
    edges = np.zeros((size * size, 3), dtype=np.int64)  # count, journeys, journey seen last
    us = np.zeros(size * size, dtype=np.float64)
    nodes = np.zeros((size, 4), dtype=np.int64)  # journey seen last (becomes events), journeys, starts, ends
    edges[:, 2] = -1
    nodes[:, 0] = -1
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        source = width
        before = np.int64(0)
        for event in range(np.uint64(offsets[journey]), np.uint64(offsets[journey + 1])):
            code = table[cells[event]]  # signed: an absent value is the last entry
            if code < 0:
                continue
            target = np.uint64(code)
            now = time[event]
            nodes[target, 1] += nodes[target, 0] != journey
            nodes[target, 0] = journey
            if source == width:
                nodes[target, 2] += 1
            else:
                edge = source * width + target
                edges[edge, 0] += 1
                edges[edge, 1] += edges[edge, 2] != journey
                edges[edge, 2] = journey
                us[edge] += now - before
            source = target
            before = now
        if source != width:
            nodes[source, 3] += 1
    count = edges[:, 0].copy()
    nodes[:, 0] = count.reshape((size, size)).sum(axis=0) + nodes[:, 2]
    return count, edges[:, 1].copy(), us * 1e-6, nodes


@njit(cache=True, nogil=True)
def follow_many(
    offsets: Ints, time: Ints, cells: Codes, table: Codes, selected: Array, size: int
) -> tuple[Ints, Floats, Ints, Ints]:
    """As `follow`, for so many nodes that a table of all pairs would not fit: key, seconds and journey of each step."""
    keys = np.empty(len(time), dtype=np.int64)
    seconds = np.empty(len(time), dtype=np.float64)
    owner = np.empty(len(time), dtype=np.int64)
    nodes = np.zeros((size, 4), dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    used = 0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        source = ABSENT
        before = np.int64(0)
        for event in range(offsets[journey], offsets[journey + 1]):
            target = table[cells[event]]
            if target == ABSENT:
                continue
            nodes[target, 0] += 1
            nodes[target, 1] += seen[target] != journey
            seen[target] = journey
            if source == ABSENT:
                nodes[target, 2] += 1
            else:
                keys[used] = np.int64(source) * size + target
                seconds[used] = (time[event] - before) * 1e-6
                owner[used] = journey
                used += 1
            source = target
            before = time[event]
        if source != ABSENT:
            nodes[source, 3] += 1
    return keys[:used], seconds[:used], owner[:used], nodes


def _grouped(keys: Ints, seconds: Floats, owner: Ints) -> Pairs:
    """Steps grouped by key; those of one journey stand in a row."""
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    changes = np.diff(keys, prepend=-1) != 0
    begins = np.flatnonzero(changes)
    if not len(begins):
        return Pairs(keys, keys, keys, seconds)
    fresh = changes | (np.diff(owner, prepend=-1) != 0)
    return Pairs(
        keys=keys[begins],
        count=np.diff(begins, append=len(keys)),
        journeys=np.add.reduceat(fresh, begins, dtype=np.int64),
        seconds=np.add.reduceat(seconds[order], begins),
    )


def united(parts: Sequence[Pairs]) -> Pairs:
    """Pairs of all partitions, in order of their keys; journeys never cross partitions, so they add up."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.diff(keys[order], prepend=-1))
    if not len(begins):
        return parts[0]
    return Pairs(
        keys=keys[order][begins],
        count=np.add.reduceat(np.concatenate([part.count for part in parts])[order], begins),
        journeys=np.add.reduceat(np.concatenate([part.journeys for part in parts])[order], begins),
        seconds=np.add.reduceat(np.concatenate([part.seconds for part in parts])[order], begins),
    )


@dataclass(frozen=True, slots=True)
class TransitionsFold:
    params: TransitionsParams
    lens: Lens

    def map(self, view: View) -> Graph:
        names = level_names(self.lens, self.params.by)
        cells, table = level_codes(view, self.params.by)
        seen = (view.offsets, view.time, cells, table, view.selected, max(len(names), 1))
        if len(names) > MAX_DENSE:
            keys, seconds, owner, node = follow_many(*seen)
            return Graph((_grouped(keys, seconds, owner),), node)
        count, journeys, seconds, node = follow(*seen)
        found = np.flatnonzero(count)
        return Graph((Pairs(found, count[found], journeys[found], seconds[found]),), node)

    def merge(self, one: Graph, other: Graph) -> Graph:
        return one + other

    def finish(self, total: Graph) -> Transitions:
        names = level_names(self.lens, self.params.by)
        told = united(total.edges)
        sources, targets = np.divmod(told.keys, max(len(names), 1))
        leaving = np.bincount(sources, told.count, minlength=len(names))
        edges = [
            Edge(
                source=names[source],
                target=names[target],
                count=count,
                journeys=journeys,
                share=float(count / leaving[source]),
                mean_seconds=seconds / count,
                loop=source == target,
            )
            for source, target, count, journeys, seconds in zip(
                sources.tolist(),
                targets.tolist(),
                told.count.tolist(),
                told.journeys.tolist(),
                told.seconds.tolist(),
                strict=True,
            )
        ]
        edges.sort(key=lambda edge: (-edge.count, edge.source, edge.target))
        present = np.flatnonzero(total.node[:, 0]).tolist()
        nodes = [Node(names[code], *map(int, total.node[code])) for code in present]
        return Transitions(self.params.by, tuple(nodes), tuple(edges))


def chart(result: Transitions) -> Chart:
    """Heat map: from row to column, colour and number are the share of all that leaves the row."""
    top = result.edges[:400]
    rows: list[dict[str, Any]] = [
        {"source": edge.source, "target": edge.target, "share": edge.share, "count": edge.count} for edge in top
    ]
    return {
        "data": {"values": rows},
        "mark": "rect",
        "encoding": {
            "y": {"field": "source", "type": "nominal", "sort": None},
            "x": {"field": "target", "type": "nominal", "sort": None},
            "color": {"field": "share", "type": "quantitative", "scale": {"scheme": "blues"}},
            "tooltip": [
                {"field": "source"},
                {"field": "target"},
                {"field": "count"},
                {"field": "share", "format": ".1%"},
            ],
        },
    }


ANALYSIS = Analysis(
    slug="transitions",
    question="Which ways do customers really take from one step to the next, and how long does each take?",
    question_ru="Какими дорогами клиенты на самом деле идут от шага к шагу и сколько занимает каждая?",
    params=TransitionsParams,
    result=Transitions,
    fold=TransitionsFold,
    chart=chart,
)
