"""How many customers go all the way, and where do the others stop?

Vendors count funnels differently; each difference is a parameter here, with one tested meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from tropa.analyses.funnel_loops import NO_LIMIT, any_order, best_entry, every_entry, step_times, strict
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters, Seconds, Words
from tropa.cx.columns import coded_name
from tropa.cx.durations import parse_duration
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes, level_names
from tropa.cx.outcome import UNDER_WAY
from tropa.cx.view import View
from tropa.engine.journeys import Array, Codes, Ints
from tropa.engine.sketch import quantile
from tropa.errors import TropaError, did_you_mean
from tropa.stats.intervals import wilson

MAX_GROUPS = 50


class FunnelParams(Filters):
    """Defaults: steps in order, other things may happen between, every entry counts, one event serves one step."""

    steps: Words = Field(description="names in order; a|b: either of them", min_length=1)
    by: By = Field("touchpoint", description="what the names are: touchpoint, activity or stage")
    within: Seconds | None = Field(None, description="from the first step to the last; unlimited where not given")
    order: Literal["ordered", "strict", "any"] = Field(
        "ordered", description="ordered: others may happen between; strict: nothing between; any: in whatever order"
    )
    entry: Literal["any", "first"] = Field(
        "any", description="any: the best of all entries; first: only the first time that step 1 happens"
    )
    same_time: Literal["allowed", "apart"] = Field(
        "allowed", description="whether the next step may carry the very same time"
    )
    step_within: Words = Field(
        default_factory=list, description="2=1d: step 2 within a day of step 1; repeat or separate by commas"
    )
    exclude: Words = Field(default_factory=list, description="what must not happen between two steps")
    excluded: Literal["stop", "remove"] = Field(
        "stop", description="stop: the journey gets no further; remove: it is taken out of the whole funnel"
    )
    count: Literal["journeys", "customers"] = Field("journeys", description="what is counted")
    breakdown: str | None = Field(None, description="attribute, or `channel` of the journey's first event")

    @model_validator(mode="after")
    def _consistent(self) -> FunnelParams:
        self.step_windows()
        if self.order != "ordered" and (self.step_within or self.exclude):
            raise ValueError("step_within and exclude go with order=ordered")
        return self

    def step_windows(self) -> dict[int, float]:
        """Number of a step (from 1) -> seconds within which it has to follow the step before it."""
        windows = {}
        for text in self.step_within:
            step, equals, window = text.partition("=")
            if not equals or not step.strip().isdigit() or not 2 <= int(step) <= len(self.steps):
                raise ValueError(f"{text!r} is not STEP=DURATION with a step from 2 to {len(self.steps)}, such as 2=1d")
            windows[int(step)] = parse_duration(window)
        return windows


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """`share` is of the first step, `share_of_previous` of the one before, `share_of_all` of all that the filters keep.

    Times are from the step before (the latest that leads here) and from the first, to the first time of this step.
    `dropped` made the step before and not this one; `under_way` of them may still go on and are not lost, as on the map
    (None where the map says no goal).
    """

    step: str
    journeys: int
    share: float | None
    share_low: float | None
    share_high: float | None
    share_of_previous: float | None
    share_of_previous_low: float | None
    share_of_previous_high: float | None
    share_of_all: float | None
    dropped: int
    under_way: int | None
    median_seconds: float | None
    p90_seconds: float | None
    from_first_median_seconds: float | None


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    group: str
    all: int
    removed: int
    steps: tuple[FunnelStep, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """`counted`: journeys or customers; `all`: how many the filters keep; `removed`: taken out by an exclusion."""

    counted: str
    all: int
    removed: int
    steps: tuple[FunnelStep, ...]
    breakdown: str | None
    groups: tuple[FunnelGroup, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """Additive counts: [group, level reached], all and removed by group, times in ms by [step, logarithmic bucket].

    `under_way` is `reached` of the journeys that may still go on.
    """

    reached: Ints
    under_way: Ints
    everyone: Ints
    removed: Ints
    from_previous: Ints
    from_first: Ints

    def __add__(self, other: Levels) -> Levels:
        return Levels(
            self.reached + other.reached,
            self.under_way + other.under_way,
            self.everyone + other.everyone,
            self.removed + other.removed,
            self.from_previous + other.from_previous,
            self.from_first + other.from_first,
        )


class FunnelFold:
    def __init__(self, params: FunnelParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self._names = level_names(lens, params.by)
        self._step_codes = [self._codes(step, "step") for step in params.steps]
        self._excluded = [code for name in params.exclude for code in self._codes(name, "exclusion")]
        self._groups = self._group_values()

    def _codes(self, step: str, what: str) -> list[int]:
        """Codes of a step: a name, or several with bars between them."""
        known = list(self._names)
        wanted = [step] if step in known else [part.strip() for part in step.split("|")]
        for name in wanted:
            if name not in known:
                hint = did_you_mean(name, known)
                if self.params.by != "activity" and name in self.lens.dictionaries.get("activity", ()):
                    hint = "It is an activity of the data: add --by activity, or give the touchpoint that binds it."
                raise TropaError(f"The {what} {name!r} is nothing that the journeys know.", hint, kind="usage")
        return [known.index(name) for name in wanted]

    def _group_values(self) -> tuple[str, ...]:
        if self.params.breakdown is None:
            return ()
        column = coded_name("events", self.params.breakdown)
        values = self.lens.dictionaries.get(column)
        if values is None or not (column == "channel" or column.startswith("attribute:")):
            known = [
                name.removeprefix("attribute:") for name in self.lens.dictionaries if name.startswith("attribute:")
            ]
            raise TropaError(
                f"The data has no attribute {self.params.breakdown!r} to break down by.",
                did_you_mean(self.params.breakdown, [*known, "channel"]),
                kind="usage",
            )
        return tuple(values)

    def _masks(self) -> tuple[Ints, Codes]:
        """Ragged: which steps each node serves, first to last."""
        serves: list[list[int]] = [[] for _ in range(len(self._names) + 1)]
        for step, codes in enumerate(self._step_codes):
            for code in codes:
                serves[code].append(step)
        offsets = np.cumsum([0, *(len(steps) for steps in serves)])
        return offsets.astype(np.int64), np.array([step for steps in serves for step in steps], dtype=np.int32)

    def levels(self, view: View) -> tuple[Codes, Ints]:
        """How many steps each journey made (-1: taken out by an exclusion), and when, [journey, step]."""
        params = self.params
        cells, table = level_codes(view, params.by)
        offsets, steps = self._masks()
        count = len(params.steps)
        within = NO_LIMIT if params.within is None else int(params.within * 1e6)
        apart = params.same_time == "apart"
        first_only = params.entry == "first"
        common = (view.offsets, view.time, cells, table, view.selected, offsets, steps, count, within)
        if params.order == "strict":
            return strict(*common, apart, first_only)
        if params.order == "any":
            return any_order(*common, apart)
        if params.step_within or params.exclude or first_only or apart:
            windows = np.full(count, NO_LIMIT, dtype=np.int64)
            for step, seconds in params.step_windows().items():
                windows[step - 1] = int(seconds * 1e6)
            banned = np.zeros(len(self._names) + 1, dtype=np.bool_)
            banned[self._excluded] = True
            return every_entry(*common, apart, first_only, windows, banned, params.excluded == "remove")
        return best_entry(*common)

    def counted(self, view: View, level: Codes) -> Ints:
        """The journeys that are counted: all that are kept, or of each customer the one that got furthest."""
        kept = np.flatnonzero(view.selected)
        if self.params.count == "customers":
            return kept[_best_of_customer(view.owner[kept], level[kept])]
        return kept

    def map(self, view: View) -> Levels:
        return self._count(view, *self.levels(view))

    def _count(self, view: View, level: Codes, at: Ints) -> Levels:
        group = self._group(view, level)
        going_on = view.outcome.status == UNDER_WAY
        kept = self.counted(view, level)
        if len(kept) < len(level):
            level, at, group, going_on = level[kept], at[kept], group[kept], going_on[kept]
        groups = len(self._groups) + 1
        count = len(self.params.steps)
        taken_out = level < 0

        def by_level(some: Array) -> Ints:
            index = group[some] * (count + 1) + level[some]
            return np.bincount(index, minlength=groups * (count + 1)).reshape(groups, count + 1)

        return Levels(
            by_level(~taken_out),
            by_level(~taken_out & going_on),
            np.bincount(group, minlength=groups),
            np.bincount(group[taken_out], minlength=groups),
            *step_times(level, at, count),
        )

    def _group(self, view: View, level: Codes) -> Codes:
        """Group of each journey; the last group holds those without a value."""
        unknown = len(self._groups)
        if self.params.breakdown is None:
            return np.zeros(len(view), dtype=np.int32)
        if self.params.breakdown == "channel":
            codes = view.column("channel")[view.offsets[:-1]]
        else:
            codes = view.attribute(self.params.breakdown)
        return np.where(codes < 0, unknown, codes).astype(np.int32)

    def merge(self, one: Levels, other: Levels) -> Levels:
        return one + other

    def finish(self, total: Levels) -> Funnel:
        everyone = int(total.everyone.sum())
        steps = self._steps(total.reached.sum(axis=0), total.under_way.sum(axis=0), everyone, total)
        groups = []
        order = np.argsort(-total.everyone, kind="stable")[:MAX_GROUPS] if self.params.breakdown else ()
        for group in order:
            if total.everyone[group]:
                name = self._groups[group] if group < len(self._groups) else "(none)"
                everyone_here = int(total.everyone[group])
                told = self._steps(total.reached[group], total.under_way[group], everyone_here, None)
                groups.append(FunnelGroup(name, everyone_here, int(total.removed[group]), told))
        return Funnel(
            counted=self.params.count,
            all=everyone,
            removed=int(total.removed.sum()),
            steps=steps,
            breakdown=self.params.breakdown,
            groups=tuple(groups),
        )

    def _steps(self, by_level: Ints, going_on: Ints, everyone: int, times: Levels | None) -> tuple[FunnelStep, ...]:
        at_least = [int(by_level[level:].sum()) for level in range(1, len(by_level))]
        told = []
        for index, step in enumerate(self.params.steps):
            journeys = at_least[index]
            previous = at_least[index - 1] if index else everyone
            share = wilson(journeys, at_least[0])
            step_share = wilson(journeys, previous)
            timed = times is not None and index > 0
            told.append(
                FunnelStep(
                    step=step,
                    journeys=journeys,
                    share=share.value,
                    share_low=share.low,
                    share_high=share.high,
                    share_of_previous=step_share.value,
                    share_of_previous_low=step_share.low,
                    share_of_previous_high=step_share.high,
                    share_of_all=journeys / everyone if everyone else None,
                    dropped=previous - journeys if index else 0,
                    under_way=(int(going_on[index]) if index else 0) if self.lens.has_goal else None,
                    median_seconds=_seconds(times.from_previous[index], 0.5) if times is not None and timed else None,
                    p90_seconds=_seconds(times.from_previous[index], 0.9) if times is not None and timed else None,
                    from_first_median_seconds=_seconds(times.from_first[index], 0.5)
                    if times is not None and timed
                    else None,
                )
            )
        return tuple(told)


def _best_of_customer(owner: Codes, level: Codes) -> Ints:
    """Index of each customer's journey with the highest level (neighbours with one number are one customer)."""
    order = np.lexsort((-level, owner))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = owner[order][1:] != owner[order][:-1]
    return order[fresh]


def _seconds(counts: Ints, share: float) -> float | None:
    value = quantile(counts, share).value
    return None if value is None else value / 1000.0


def chart(result: Funnel) -> Chart:
    """Bars: how many reach each step."""
    rows = [
        {"step": f"{number}. {step.step}", "journeys": step.journeys, "share": step.share}
        for number, step in enumerate(result.steps, 1)
    ]
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "x": {"field": "step", "type": "nominal", "sort": None},
            "y": {"field": "journeys", "type": "quantitative"},
            "tooltip": [{"field": "step"}, {"field": "journeys"}, {"field": "share", "format": ".1%"}],
        },
    }


ANALYSIS = Analysis(
    slug="funnel",
    question="How many customers go all the way, and where do the others stop?",
    question_ru="Сколько клиентов проходят весь путь и где останавливаются остальные?",
    params=FunnelParams,
    result=Funnel,
    fold=FunnelFold,
    chart=chart,
)
