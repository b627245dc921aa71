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
_EVER = np.iinfo(np.int64).max
FINE = frozenset(("ok", "done", "success", "successful", "complete", "completed", "approved", "готово", "успешно"))
"""Words of `status` that say that nothing is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Additive sums. moments: by outcome, [group, node, cell]; for the goal after the touchpoints
    those that were left after each. served: [node, side]; steps: [node, step, column]; chain: [group, from, to];
    answers: [group, column, column] over journeys with a final answer (see `_answer_products`)."""

    moments: Mapping[str, Floats]
    served: Ints
    steps: Ints
    chain: Ints
    answers: Floats
    journeys: int
    under_way: int

    def came(self) -> Ints:
        """Journeys by node: those that came there, by the outcome that follows most of them."""
        by_outcome: list[Floats] = [sums[:, : len(self.served), 0].sum(axis=0) for sums in self.moments.values()]
        steps = self.chain.sum(axis=0)[:, : self.served.shape[0]].any(axis=0)
        came: Ints = np.max([*by_outcome, steps], axis=0).astype(np.int64)
        return came

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            {name: self.moments[name] + other.moments[name] for name in self.moments},
            self.served + other.served,
            self.steps + other.steps,
            self.chain + other.chain,
            self.answers + other.answers,
            self.journeys + other.journeys,
            self.under_way + other.under_way,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    journey: Ints
    node: Ints
    met: Ints
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
    moments: dict[str, Floats] = {}
    rows, served, steps = _rows(looked, known, until, leavers=True)
    won = (status == REACHED).astype(np.float64)
    if view.lens.has_goal:
        moments["goal"] = _moments(looked, rows, won, 2 * layout.nodes)
    if layout.returns:
        after = _rows(looked, followed, np.full(len(view), _EVER))[0]
        moments["return"] = _moments(looked, after, _returns(view), layout.nodes)
    answers = np.zeros((GROUPS, 0, 0))
    if layout.final is not None:
        score, told_at = _final(view, layout.final)
        spoke = selected & ~np.isnan(score)
        heard = _rows(looked, spoke, np.where(spoke, told_at, _EVER))[0]
        moments["recommendation"] = _moments(looked, heard, np.nan_to_num(score), layout.nodes)
        answers = _answer_products(looked, heard, score, told_at)
    return Counted(
        moments,
        served,
        steps,
        _chain(looked, known, until),
        answers,
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


def _rows(looked: _Looked, kept: Array, until: Ints, leavers: bool = False) -> tuple[_Rows, Ints, Ints]:
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
    if layout.channel > layout.previous:
        active[:, 2] = np.where(before >= 0, layout.previous + before, ABSENT)
    channels = min(len(view.lens.dictionaries.get("channel", ())), MOST_LEVELS)
    active[:, 3] = np.where((channel >= 0) & (channel < channels), layout.channel + channel, ABSENT)
    active[:, 4:-1] = looked.attributes[journey]
    active[:, -1] = layout.period + looked.period[journey]
    return _Rows(journey, node, met, active), served, steps


def _moments(looked: _Looked, rows: _Rows, outcome: Floats, nodes: int) -> Floats:
    group, value = looked.group[rows.journey], outcome[rows.journey]
    return add_up(group, rows.node, rows.met, rows.active, value, GROUPS, nodes, looked.plan.width)


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


def _answer_products(looked: _Looked, rows: _Rows, score: Floats, told_at: Ints) -> Floats:
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
