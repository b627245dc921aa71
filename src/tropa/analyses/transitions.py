"""Which ways do customers really take from one step to the next, and how long does each take?"""

from __future__ import annotations

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
from tropa.engine.journeys import Array, Codes, Floats, Ints


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
class Graph:
    """Additive counts; index [source, target]."""

    count: Ints
    journeys: Ints
    seconds: Floats
    node: Ints
    """[node, what]: events, journeys, starts, ends."""

    def __add__(self, other: Graph) -> Graph:
        return Graph(
            self.count + other.count,
            self.journeys + other.journeys,
            self.seconds + other.seconds,
            self.node + other.node,
        )


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
    count = edges[:, 0].copy().reshape((size, size))
    nodes[:, 0] = count.sum(axis=0) + nodes[:, 2]
    return count, edges[:, 1].copy().reshape((size, size)), (us * 1e-6).reshape((size, size)), nodes


@dataclass(frozen=True, slots=True)
class TransitionsFold:
    params: TransitionsParams
    lens: Lens

    def map(self, view: View) -> Graph:
        names = level_names(self.lens, self.params.by)
        cells, table = level_codes(view, self.params.by)
        return Graph(*follow(view.offsets, view.time, cells, table, view.selected, max(len(names), 1)))

    def merge(self, one: Graph, other: Graph) -> Graph:
        return one + other

    def finish(self, total: Graph) -> Transitions:
        names = level_names(self.lens, self.params.by)
        leaving = total.count.sum(axis=1)
        edges = [
            Edge(
                source=names[source],
                target=names[target],
                count=int(total.count[source, target]),
                journeys=int(total.journeys[source, target]),
                share=float(total.count[source, target] / leaving[source]),
                mean_seconds=float(total.seconds[source, target] / total.count[source, target]),
                loop=bool(source == target),
            )
            for source, target in np.argwhere(total.count).tolist()
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
