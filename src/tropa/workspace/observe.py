"""What the data has, counted for maps: for proposing one and for checking one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.analyses.transitions import Graph, TransitionsFold, TransitionsParams, united
from tropa.cx.check import Seen, Together
from tropa.cx.columns import ATTRIBUTE, COLUMNS
from tropa.cx.lens import Lens
from tropa.cx.map import Unit
from tropa.cx.propose import Observed
from tropa.cx.view import View
from tropa.engine.fold import run
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints
from tropa.engine.sketch import BUCKETS, bucket_of, quantile
from tropa.workspace.workspace import Workspace

EVERYTHING = 1000
MAX_FOLLOWED = 1000
_SEVERAL_CASES, _WITHOUT_CASE = 1.02, 0.1
_SLOW = 0.995


class _GraphFold(TransitionsFold):
    """Counts of direct successions as they are."""

    def finish(self, total: Graph) -> Graph:  # type: ignore[override]
        return total


class _FirstFold:
    """Milliseconds from the start of a journey to the first time of each activity followed, in logarithmic buckets."""

    def __init__(self, row_of: Codes, size: int) -> None:
        self.row_of = row_of
        self.size = size

    def map(self, view: View) -> Ints:
        return _first_times(view.offsets, view.time, view.column("activity"), self.row_of, self.size)

    def merge(self, one: Ints, other: Ints) -> Ints:
        return one + other

    def finish(self, total: Ints) -> Ints:
        return total


@njit(cache=True, nogil=True)
def _first_times(offsets: Ints, time: Ints, activity: Codes, row_of: Codes, size: int) -> Ints:
    counts = np.zeros((size, BUCKETS), dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        for event in range(offsets[journey], offsets[journey + 1]):
            row = row_of[activity[event]]
            if row != ABSENT and seen[row] != journey:
                seen[row] = journey
                counts[row, bucket_of((time[event] - time[offsets[journey]]) / 1000.0)] += 1
    return counts


def natural_unit(workspace: Workspace) -> Unit:
    """What one journey is where no map says it: a case, where nearly all events name one and customers have several."""
    head = workspace.store.head
    if not workspace.store.has_cases(head):
        return "customer"
    _, manifest = workspace.store.manifest("case")
    cases = without = 0
    for journeys in manifest.journeys.values():
        unnamed = journeys.rows["case"].is_null().to_numpy(zero_copy_only=False)
        cases += int((~unnamed).sum())
        without += int(np.diff(journeys.events.offsets)[unnamed].sum())
    several = cases > _SEVERAL_CASES * manifest.total("customers")
    return "case" if several and without <= _WITHOUT_CASE * manifest.total("events") else "customer"


def observed(workspace: Workspace, unit: Unit | None = None) -> Observed:
    """Activities and their volumes without any map; successions and times of the `MAX_FOLLOWED` most frequent.

    A proposed map has room for far fewer, and a table of all pairs of many thousands would fill the memory.
    """
    _, manifest, lens = workspace.journeys(unit)
    params = TransitionsParams.model_validate({"by": "activity"})
    graph = run(_GraphFold(params, lens), workspace.views(manifest, lens, None))
    names = list(lens.dictionaries["activity"])
    followed = np.sort(np.argsort(-graph.node[:, 1], kind="stable")[:MAX_FOLLOWED])
    # The last entry stands for an absent value.
    row_of = np.full(len(names) + 1, ABSENT, dtype=np.int32)
    row_of[followed] = np.arange(len(followed))
    first = run(_FirstFold(row_of, len(followed)), workspace.views(manifest, lens, None))
    slow = np.full(len(names), np.nan)
    for place, counts in zip(followed, first, strict=True):
        if (value := quantile(counts, _SLOW).value) is not None:
            slow[place] = value / 1000
    told = united(graph.edges)
    source, target = row_of[told.keys // len(names)], row_of[told.keys % len(names)]
    both = (source != ABSENT) & (target != ABSENT)
    successions = np.zeros((len(followed), len(followed)), dtype=np.int64)
    successions[source[both], target[both]] = told.count[both]
    return Observed(
        names=names,
        journeys=graph.node[:, 1],
        successions=successions,
        total_journeys=int(graph.node[:, 2].sum()),
        ends=graph.node[:, 3],
        slow_seconds=slow,
        data_seconds=((manifest.last_us or 0) - (manifest.first_us or 0)) / 1e6,
        followed=followed,
    )


@dataclass(frozen=True, slots=True)
class _Volumes:
    """Events by value of each column, promised events and scored answers by node, events by cell of the binding."""

    values: dict[str, Ints]
    promised: Ints
    scored: Ints
    cells: Ints

    def __add__(self, other: _Volumes) -> _Volumes:
        values = {name: self.values[name] + other.values[name] for name in self.values}
        return _Volumes(values, self.promised + other.promised, self.scored + other.scored, self.cells + other.cells)


class _VolumesFold:
    def __init__(self, lens: Lens) -> None:
        self.lens = lens

    def map(self, view: View) -> _Volumes:
        nodes = len(self.lens.nodes)
        binding = self.lens.binding
        cells = binding.classes[0][view.cells] if len(binding.columns) == 1 else view.cells
        scored = view.feedback.node[~np.isnan(view.feedback.score)]
        return _Volumes(
            values={name: _count(view.column(name), len(known)) for name, known in _values(self.lens).items()},
            promised=_count(view.nodes[view.times("promised_at") != NO_TIME], nodes),
            scored=_count(scored, nodes),
            cells=_count(cells, len(binding.table)),
        )

    def merge(self, one: _Volumes, other: _Volumes) -> _Volumes:
        return one + other

    def finish(self, total: _Volumes) -> _Volumes:
        return total


def _values(lens: Lens) -> dict[str, Sequence[str]]:
    """Values of every column that a map may bind by."""
    return {**lens.dictionaries, **lens.wide}


def _count(codes: Array, size: int) -> Ints:
    return np.bincount(codes[codes != ABSENT], minlength=size)


def seen(workspace: Workspace) -> Seen:
    """The data counted through the workspace's map."""
    _, manifest, lens = workspace.journeys()
    volumes = run(_VolumesFold(lens), workspace.views(manifest, lens, None))
    coverage = workspace.ask("coverage", top=EVERYTHING).result
    graph = workspace.ask("transitions").result
    followed: dict[str, int] = {}
    for edge in graph.edges:
        if not edge.loop:
            followed[edge.source] = followed.get(edge.source, 0) + edge.count
    values = {
        name.removeprefix(ATTRIBUTE): {value: int(volumes.values[name][code]) for code, value in enumerate(known)}
        for name, known in _values(lens).items()
    }
    unlisted: dict[str, dict[str, int]] = {name: {} for name in COLUMNS["events"]}
    return Seen(
        journeys=coverage.journeys,
        journeys_explained=coverage.journeys_explained,
        events=coverage.events,
        events_bound=coverage.events_bound,
        values=unlisted | values,
        unbound={row.activity: (row.events, row.journeys) for row in coverage.unmapped},
        reached={node.node: node.journeys for node in graph.nodes},
        followed=followed,
        promised=dict(zip(lens.nodes, map(int, volumes.promised), strict=True)),
        scored=dict(zip(lens.nodes, map(int, volumes.scored), strict=True)),
        together=[
            Together(overlap.first, overlap.second, overlap.values, int(volumes.cells[overlap.cell]))
            for overlap in lens.overlaps
            if volumes.cells[overlap.cell]
        ],
    )
