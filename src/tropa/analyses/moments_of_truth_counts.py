"""What `moments_of_truth` counts: arrivals with what was met there, steps between touchpoints, final answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tropa.analyses.moments_of_truth_loops import (
    ASKS,
    BAD,
    COMPANY,
    FAILS,
    LOW,
    NOT_OK,
    add_up,
    arrivals,
    came,
    chain,
    products,
)
from tropa.analyses.moments_of_truth_plan import MOST_LEVELS, PERIODS, Plan
from tropa.cx.metrics import KINDS, SCALES, kind_codes
from tropa.cx.obstacles.words import CONTACT_CHANNELS
from tropa.cx.outcome import REACHED, UNDER_WAY
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

GROUPS = 16
"""Customers are divided so; intervals come from leaving out one group at a time."""
_LOOSE = 500_000
_EVER = np.iinfo(np.int64).max
FINE = frozenset(("ok", "done", "success", "successful", "complete", "completed", "approved", "готово", "успешно"))
"""Words of `status` that say that nothing is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Arrivals: group of the customer, node, what was met (bits), the further columns that are 1, and the outcome."""

    group: Codes
    node: Codes
    met: Codes
    active: Codes
    outcome: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """Sums of products by group and node (see `add_up`), and rows that are not added up yet.

    The sums of a partition are larger than the rows that they are made of: rows are added up when many have come.
    """

    nodes: int
    width: int
    loose: tuple[Rows, ...]
    added: Floats | None = None

    def __add__(self, other: Products) -> Products:
        added = self.added if other.added is None else other.added
        if self.added is not None and other.added is not None:
            added = self.added + other.added
        both = Products(self.nodes, self.width, self.loose + other.loose, added)
        if sum(len(rows.node) for rows in both.loose) <= _LOOSE:
            return both
        return Products(self.nodes, self.width, (), both.total())

    def total(self) -> Floats:
        """[node, group, cell] of all rows."""
        shape = (self.nodes, GROUPS, self.width * (self.width + 1) // 2)
        sums = np.zeros(shape) if self.added is None else self.added.copy()
        for rows in self.loose:
            add_up(sums, self.width, rows.group, rows.node, rows.met, rows.active, rows.outcome)
        return sums


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Additive sums. products: by outcome; for the goal, after the touchpoints, those that were left after each.

    served: [node, side]; steps: [node, step, column]; chain: [group, from, to]; answers: [group, column, column] over
    journeys with a final answer (see `_answer_products`); came: journeys by node.
    """

    products: Mapping[str, Products]
    served: Ints
    steps: Ints
    chain: Ints
    answers: Floats
    came: Ints
    journeys: int
    under_way: int

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            {name: self.products[name] + other.products[name] for name in self.products},
            self.served + other.served,
            self.steps + other.steps,
            self.chain + other.chain,
            self.answers + other.answers,
            self.came + other.came,
            self.journeys + other.journeys,
            self.under_way + other.under_way,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Arrived:
    journey: Ints
    node: Codes
    met: Codes
    active: Codes


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """A partition, looked at once: what all outcomes share."""

    view: View
    plan: Plan
    nodes: Codes
    flags: Ints
    promised: Ints
    group: Codes
    attributes: Codes
    period: Codes
    channel: Codes


def count(view: View, layout: Plan) -> Counted:
    """Count one partition."""
    looked = _look(view, layout)
    status, selected = view.outcome.status, view.selected
    until = np.where(view.outcome.goal_us == NO_TIME, _EVER, view.outcome.goal_us)
    followed = selected & (view.started <= (view.lens.facts.now_us or 0) - layout.followed_us)
    known = followed & (status != UNDER_WAY)
    found: dict[str, Products] = {}
    rows, served, steps = _rows(looked, known, until, leavers=True)
    won = (status == REACHED).astype(np.float64)
    if view.lens.has_goal:
        found["goal"] = _products(looked, rows, won, 2 * layout.nodes)
    if layout.returns:
        after = _rows(looked, followed, np.full(len(view), _EVER))[0]
        found["return"] = _products(looked, after, _returns(view), layout.nodes)
    answers = np.zeros((GROUPS, 0, 0))
    if layout.final is not None:
        score, told_at = _final(view, layout.final)
        spoke = selected & ~np.isnan(score)
        heard = _rows(looked, spoke, np.where(spoke, told_at, _EVER))[0]
        found["recommendation"] = _products(looked, heard, np.nan_to_num(score), layout.nodes)
        answers = _answer_products(looked, heard, score, told_at)
    return Counted(
        found,
        served,
        steps,
        _chain(looked, known, until),
        answers,
        came(view.offsets, looked.nodes, selected, layout.nodes),
        int(selected.sum()),
        int(np.count_nonzero(selected & (status == UNDER_WAY))),
    )


def _chain(looked: _Looked, known: Array, until: Ints) -> Ints:
    view = looked.view
    won = view.outcome.status == REACHED
    return chain(view.offsets, view.time, looked.nodes, known, until, won, looked.group, GROUPS, looked.plan.nodes)


def _look(view: View, layout: Plan) -> _Looked:
    lens = view.lens
    nodes = view.nodes if len(lens.nodes) <= layout.nodes else np.where(view.nodes < layout.nodes, view.nodes, ABSENT)
    runs = np.cumsum(np.diff(view.owner, prepend=view.owner[:1]) != 0) if len(view) else np.zeros(0, np.int64)
    columns = []
    for name, first, levels in layout.attributes:
        codes = view.attribute(name)
        columns.append(np.where((codes >= 0) & (codes < levels), first + codes, ABSENT))
    facts = lens.facts
    begin, end = facts.first_us or 0, facts.last_us or 0
    length = max(1, (end - begin) // PERIODS + 1)
    return _Looked(
        view,
        layout,
        nodes,
        _flags(view),
        view.times("promised_at"),
        (runs % GROUPS).astype(np.int32),
        np.stack(columns, axis=1).astype(np.int32) if columns else np.zeros((len(view), 0), dtype=np.int32),
        np.clip((view.started - begin) // length, 0, PERIODS - 1).astype(np.int32),
        view.column("channel")[view.offsets[:-1]],
    )


def _flags(view: View) -> Ints:
    """What is known of each event, bits by the columns of `steps`."""
    company = [name != "customer" for name in view.lens.dictionaries.get("actor", ())]
    not_ok = [name.casefold() not in FINE for name in view.lens.dictionaries.get("status", ())]
    asks = [name.casefold() in CONTACT_CHANNELS for name in view.lens.dictionaries.get("channel", ())]
    flags = view.failed.astype(np.int64) << FAILS
    for column, known, place in (("actor", company, COMPANY), ("status", not_ok, NOT_OK), ("channel", asks, ASKS)):
        flags |= np.array([*known, False], dtype=np.int64)[view.column(column)] << place
    return flags


def _rows(looked: _Looked, kept: Array, until: Ints, leavers: bool = False) -> tuple[_Arrived, Ints, Ints]:
    """Arrivals before `until`, with the columns that are 1 in each; what came next; counts of activities."""
    view, layout = looked.view, looked.plan
    rows, served, steps = arrivals(
        view.offsets,
        view.time,
        looked.nodes,
        view.column("activity"),
        looked.flags,
        looked.promised,
        kept,
        until,
        layout.within_us,
        layout.step_of,
        view.lens.facts.now_us or 0,
        _answered(view, layout, until),
        leavers,
    )
    journey, node, before, order, met = rows.T
    bad = ((met & BAD) != 0).astype(np.int64)
    running = np.cumsum(bad) - bad
    first = np.flatnonzero(order == 0)
    earlier = running - np.repeat(running[first], np.diff(first, append=len(node)))
    channel = looked.channel[journey]
    active = np.full((len(node), 5 + looked.attributes.shape[1]), ABSENT, dtype=np.int32)
    active[:, 0] = np.where(earlier > 0, layout.before + np.minimum(earlier, 3) - 1, ABSENT)
    active[:, 1] = np.where(order > 0, layout.order + np.searchsorted([2, 5], order, side="right"), ABSENT)
    stage = np.append(view.lens.stage_of[: layout.nodes], ABSENT)[before]
    active[:, 2] = np.where((stage >= 0) & (stage < layout.channel - layout.previous), layout.previous + stage, ABSENT)
    channels = min(len(view.lens.dictionaries.get("channel", ())), MOST_LEVELS)
    active[:, 3] = np.where((channel >= 0) & (channel < channels), layout.channel + channel, ABSENT)
    active[:, 4:-1] = looked.attributes[journey]
    active[:, -1] = layout.period + looked.period[journey]
    return _Arrived(journey, node.astype(np.int32), met.astype(np.int32), active), served, steps


def _products(looked: _Looked, rows: _Arrived, outcome: Floats, nodes: int) -> Products:
    loose = Rows(looked.group[rows.journey], rows.node, rows.met, rows.active, outcome[rows.journey])
    return Products(nodes, looked.plan.width, (loose,))


def _answered(view: View, layout: Plan, until: Ints) -> Array:
    """[journey, node]: 0 no answer before `until`, 1 an answer, 2 one in the lower half of its scale."""
    given = np.zeros((len(view), layout.nodes), dtype=np.int8)
    told, kinds, middle = view.feedback, _kinds(view), _middles()
    if len(told.node):
        counts = (told.node >= 0) & (told.node < layout.nodes) & (kinds >= 0) & ~np.isnan(told.score)
        counts &= told.time < until[told.journey]
        low = told.score <= middle[kinds]
        given[told.journey[counts], told.node[counts]] = 1
        given[told.journey[counts & low], told.node[counts & low]] = 2
    return given


def _kinds(view: View) -> Codes:
    return kind_codes(view.lens.dictionaries.get("kind", ()))[view.feedback.kind]


def _middles() -> Floats:
    return np.array([scale.middle for scale in SCALES.values()])


def _final(view: View, kind: str) -> tuple[Floats, Ints]:
    """The last answer of that kind in each journey (NaN: none), and when it was given."""
    score = np.full(len(view), np.nan)
    at = np.full(len(view), NO_TIME, dtype=np.int64)
    told = view.feedback
    scale = SCALES[kind]
    mine = np.flatnonzero((_kinds(view) == KINDS.index(kind)) & (told.score >= scale.low) & (told.score <= scale.high))
    # Answers come in order of time: of several to one journey the last stays.
    score[told.journey[mine]] = told.score[mine]
    at[told.journey[mine]] = told.time[mine]
    return score, at


def _returns(view: View) -> Floats:
    """1 where the same customer begins another journey later."""
    again = np.zeros(len(view))
    if len(view) > 1:
        later = (view.owner[1:] == view.owner[:-1]) & (view.started[1:] > view.started[:-1])
        again[:-1] = later
    return again


def _answer_products(looked: _Looked, rows: _Arrived, score: Floats, told_at: Ints) -> Floats:
    """Sums over journeys with a final answer: 1, was here (node), met something bad here, felt here (emotion told),
    told it, final score."""
    view, size = looked.view, looked.plan.nodes
    width = 4 * size + 2
    told, kinds = view.feedback, _kinds(view)
    kept = (told.node >= 0) & (told.node < size) & (kinds >= 0) & (told.time < told_at[told.journey])
    kept &= ~np.isnan(told.score)
    spoke = np.unique(rows.journey)
    kept &= np.isin(told.journey, spoke)
    scales = list(SCALES.values())
    span = np.array([scale.high - scale.middle for scale in scales])
    felt = (told.score[kept] - _middles()[kinds[kept]]) / span[kinds[kept]] if kept.any() else np.empty(0)
    # One answer a touchpoint: of several the last.
    key = told.journey[kept] * size + told.node[kept]
    _, last = np.unique(key[::-1], return_index=True)
    last = len(key) - 1 - last
    about, who, felt = told.node[kept][last], told.journey[kept][last], felt[last]
    bad = (rows.met & (BAD & ~(1 << LOW))) != 0
    parts = [
        (spoke, np.zeros(len(spoke), np.int64), np.ones(len(spoke))),
        (rows.journey, 1 + rows.node, np.ones(len(rows.node))),
        (rows.journey[bad], 1 + size + rows.node[bad], np.ones(int(bad.sum()))),
        (who, 1 + 2 * size + about, felt),
        (who, 1 + 3 * size + about, np.ones(len(who))),
        (spoke, np.full(len(spoke), width - 1), score[spoke]),
    ]
    journey, column, value = (np.concatenate([part[place] for part in parts]) for place in range(3))
    order = np.argsort(journey, kind="stable")
    entries = (journey[order], column[order].astype(np.int32), value[order].astype(np.float64))
    return products(*entries, looked.group, GROUPS, width)
