"""How long does one wait last, for how many, and how many wait longer than promised?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from pydantic import Field

from tropa.analyses.named import named_codes
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.times import in_seconds
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Floats, Ints
from tropa.engine.sketch import BUCKETS, Counts, bucket_of, quantile
from tropa.stats.intervals import wilson

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
EDGES = np.array(
    [1, 2, 5, 10, 15, 30]
    + [_MINUTE * number for number in (1, 2, 3, 5, 7, 10, 15, 20, 30, 45)]
    + [_HOUR * number for number in (1, 1.5, 2, 3, 4, 6, 8, 12, 16)]
    + [_DAY * number for number in (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 24, 27, 28, 29, 30, 31, 32, 35)]
    + [_DAY * number for number in (40, 45, 52, 60, 75, 90, 120, 150, 180, 270, 365)]
)
"""Seconds at which bars of the picture end: times as people say them, close together where months and weeks end."""


class WaitTimesParams(Filters):
    source: str = Field(description="the step from which customers wait; a|b")
    target: str | None = Field(None, description="the step that they wait for; whatever came next where not given")
    by: By = Field("touchpoint", description="what the names are: touchpoint, activity or stage")


@dataclass(frozen=True, slots=True)
class WaitBar:
    """Steps that took longer than `from_seconds` (the first bar: from nothing on) and up to `to_seconds`."""

    from_seconds: float
    to_seconds: float | None
    steps: int
    journeys: int


@dataclass(frozen=True, slots=True)
class WaitTimes:
    """Direct steps from the source to the target, each with the time that it took; quantiles are within 1 %.

    `promise_seconds`: what the map promises at the source as the time to the next touchpoint; `late` of the `n` steps
    took longer. (A promise is checked from the first event of a visit on: see `touchpoints`. This counts from the last
    one.) None where nothing is promised.
    """

    source: str
    target: str | None
    n: int
    journeys: int
    median_seconds: float | None
    median_seconds_low: float | None
    median_seconds_high: float | None
    p75_seconds: float | None
    p90_seconds: float | None
    mean_seconds: float | None
    promise_seconds: float | None
    late: int | None
    late_share: float | None
    late_share_low: float | None
    late_share_high: float | None
    bars: tuple[WaitBar, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Waited:
    """Additive: [bar, steps and journeys], buckets of milliseconds, and journeys, late steps, seconds in all."""

    bars: Ints
    buckets: Counts
    journeys: int
    late: int
    seconds: float


@njit(cache=True, nogil=True)
def _wait(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    sources: Array,
    targets: Array,
    edges: Floats,
    promise_us: int,
) -> tuple[Ints, Ints, int, int, float]:
    bars = np.zeros((len(edges) + 1, 2), dtype=np.int64)
    seen = np.full(len(edges) + 1, -1, dtype=np.int64)
    buckets = np.zeros(BUCKETS, dtype=np.int64)
    journeys = late = 0
    seconds = 0.0
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        source = ABSENT
        before = 0
        waited = False
        for event in range(offsets[journey], offsets[journey + 1]):
            target = table[cells[event]]
            if target == ABSENT:
                continue
            if source != ABSENT and sources[source] and targets[target]:
                took = time[event] - before
                bar = np.searchsorted(edges, took * 1e-6)
                bars[bar, 0] += 1
                bars[bar, 1] += seen[bar] != journey
                seen[bar] = journey
                buckets[bucket_of(took * 1e-3)] += 1
                late += took > promise_us
                seconds += took * 1e-6
                waited = True
            source = target
            before = time[event]
        journeys += waited
    return bars, buckets, journeys, late, seconds


class WaitTimesFold:
    def __init__(self, params: WaitTimesParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self._sources = self._flags(params.source)
        self._targets = np.ones(len(self._sources), dtype=np.bool_)
        if params.target is not None:
            self._targets = self._flags(params.target)
        self._promise_seconds = self._promised()

    def _flags(self, name: str) -> Array:
        flags = np.zeros(len(level_names(self.lens, self.params.by)) + 1, dtype=np.bool_)
        flags[named_codes(self.lens, self.params.by, name)] = True
        return flags

    def _promised(self) -> float | None:
        """The map's promise at the source, where the source is one touchpoint of it."""
        if self.lens.map is None or self.params.by != "touchpoint" or self.params.source not in self.lens.nodes:
            return None
        return self.lens.map.touchpoints[self.lens.nodes.index(self.params.source)].expects.within_seconds

    def map(self, view: View) -> Waited:
        promise = np.iinfo(np.int64).max if self._promise_seconds is None else round(self._promise_seconds * 1e6)
        level = level_codes(view, self.params.by)
        return Waited(
            *_wait(view.offsets, view.time, *level, view.selected, self._sources, self._targets, EDGES, promise)
        )

    def merge(self, one: Waited, other: Waited) -> Waited:
        return Waited(
            one.bars + other.bars,
            one.buckets + other.buckets,
            one.journeys + other.journeys,
            one.late + other.late,
            one.seconds + other.seconds,
        )

    def finish(self, total: Waited) -> WaitTimes:
        n = int(total.buckets.sum())
        median = quantile(total.buckets, 0.5)
        promised = self._promise_seconds is not None
        late = wilson(total.late, n) if promised else wilson(0, 0)
        return WaitTimes(
            source=self.params.source,
            target=self.params.target,
            n=n,
            journeys=total.journeys,
            median_seconds=in_seconds(median.value),
            median_seconds_low=in_seconds(median.low),
            median_seconds_high=in_seconds(median.high),
            p75_seconds=in_seconds(quantile(total.buckets, 0.75).value),
            p90_seconds=in_seconds(quantile(total.buckets, 0.9).value),
            mean_seconds=total.seconds / n if n else None,
            promise_seconds=self._promise_seconds,
            late=total.late if promised else None,
            late_share=late.value,
            late_share_low=late.low,
            late_share_high=late.high,
            bars=_bars(total.bars),
        )


def _bars(counts: Ints) -> tuple[WaitBar, ...]:
    """The bars from the first to the last that is not empty."""
    used = np.flatnonzero(counts[:, 0])
    if not len(used):
        return ()
    return tuple(
        WaitBar(
            float(EDGES[bar - 1]) if bar else 0.0,
            float(EDGES[bar]) if bar < len(EDGES) else None,
            int(counts[bar, 0]),
            int(counts[bar, 1]),
        )
        for bar in range(used[0], used[-1] + 1)
    )


def chart(result: WaitTimes) -> Chart:
    """Bars: how many steps took so long."""
    rows = [
        {"from": bar.from_seconds, "to": bar.to_seconds, "steps": bar.steps, "journeys": bar.journeys}
        for bar in result.bars
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "x": {"field": "to", "type": "ordinal", "title": "seconds, up to"},
            "y": {"field": "steps", "type": "quantitative"},
            "tooltip": [{"field": "from"}, {"field": "to"}, {"field": "steps"}, {"field": "journeys"}],
        },
    }


ANALYSIS = Analysis(
    slug="wait_times",
    question="How long does one wait last, for how many, and how many wait longer than promised?",
    question_ru="Сколько длится одно ожидание, у скольких и сколько ждут дольше обещанного?",
    params=WaitTimesParams,
    result=WaitTimes,
    fold=WaitTimesFold,
    chart=chart,
)
