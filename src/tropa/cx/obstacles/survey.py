"""What journeys look like before any obstacle is sought: which activities there are, who acts, what follows what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numba import njit

from tropa.cx.lens import Lens
from tropa.cx.obstacles.acting import company_acts
from tropa.cx.obstacles.levels import Attributes, Told, attributes_of, told
from tropa.cx.obstacles.steps import Steps
from tropa.cx.obstacles.table import answered_about
from tropa.cx.obstacles.words import CONTACT_CHANNELS, is_company, names_call_out, names_contact
from tropa.cx.view import LEFT, View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints

MOST_PAIRS = 256
"""Pairs of touchpoint and activity that are looked at: the most frequent. Others are seen on too few journeys."""
MOST_SURVEYS = 12
FEWEST_ANSWERS = 30
FEWEST_EXITS = 15
MOST_REACH = 0.02
_MOST_CELLS = 5_000_000

_EVENTS, _COMPANY, _FAILED, _ASKING, _FIRST, _JOURNEYS = range(6)
_COLUMNS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Additive counts: [node (the last: not on the map), activity, column]; answers by (kind, activity); what journeys
    are told of."""

    pairs: Ints
    answers: Mapping[tuple[int, int], int]
    told: Told

    def __add__(self, other: Counts) -> Counts:
        answers = {
            key: self.answers.get(key, 0) + other.answers.get(key, 0) for key in {**self.answers, **other.answers}
        }
        return Counts(self.pairs + other.pairs, answers, self.told + other.told)


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Pairs of (node, activity), most frequent first, and what is known of each.

    pair_of: [node, activity] -> pair, ABSENT where it is rare. events, company, failed: counts of events, of those by
    an employee or a system, and of failed ones. contact_activity: for each activity whether it is a call for help.
    support: for each node whether it is where customers ask for help rather than a place on the way. surveys: (kind,
    activity) of answers. attributes: those that may tell customers apart.

    Known after `following` only: company_next: for each node whether it is mostly the company that goes on from there.
    sends_back: for each pair whether most steps after it are in an earlier stage. exits: for each pair whether it is
    the leaving itself (an offer declined, an application withdrawn): hardly any journey goes on from it to the goal.
    """

    pair_of: Codes
    node: Codes
    activity: Codes
    events: Ints
    company: Ints
    failed: Ints
    contact_activity: Array
    total_journeys: int
    has_actors: bool
    company_next: Array
    sends_back: Array
    exits: Array
    support: Array
    surveys: tuple[tuple[int, int], ...]
    attributes: Attributes

    @property
    def attempts(self) -> Array:
        """Pairs that sometimes fail and sometimes succeed: each such event is an attempt."""
        return np.asarray((self.failed > 0) & (self.failed < self.events))

    @property
    def size(self) -> int:
        return len(self.node)


def count(view: View) -> Counts:
    """Counts of one partition."""
    lens = view.lens
    activities = len(lens.dictionaries.get("activity", ())) + 1
    nodes = len(lens.nodes) + 1
    asking = lens.flags("channel", lambda name: name.lower() in CONTACT_CHANNELS)
    if nodes * activities * _COLUMNS > _MOST_CELLS:
        # So many activities that few can be on enough journeys: the table keeps those coded first.
        activities = max(1, _MOST_CELLS // (_COLUMNS * nodes))
    return Counts(
        _count(
            view.offsets,
            view.nodes,
            view.column("activity"),
            view.said_failed,
            company_acts(view),
            view.column("channel"),
            asking,
            view.selected,
            nodes,
            activities,
        ),
        _answers(view),
        told(view),
    )


def _answers(view: View) -> dict[tuple[int, int], int]:
    scored = np.isfinite(view.feedback.score)
    keys = np.stack([view.feedback.kind[scored], answered_about(view)[scored]], axis=1)
    distinct, number = np.unique(keys, axis=0, return_counts=True)
    return {(int(kind), int(activity)): int(n) for (kind, activity), n in zip(distinct, number, strict=True)}


@njit(cache=True, nogil=True)
def _count(
    offsets: Ints,
    nodes: Codes,
    activity: Codes,
    failed: Array,
    company: Array,
    channel: Codes,
    asking: Array,
    selected: Array,
    size: int,
    activities: int,
) -> Ints:
    """[node (the last: not on the map), activity, column]."""
    counts = np.zeros((size, activities, _COLUMNS), dtype=np.int64)
    seen = np.full((size, activities), -1, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        first = True
        for event in range(offsets[journey], offsets[journey + 1]):
            what = activity[event]
            if what < 0 or what >= activities:
                continue
            where = nodes[event] if nodes[event] >= 0 else size - 1
            counts[where, what, 0] += 1
            by_company = company[event]
            counts[where, what, 1] += by_company
            counts[where, what, 2] += failed[event]
            counts[where, what, 3] += (not by_company) and asking[channel[event]]
            if first and nodes[event] >= 0:
                counts[where, what, 4] += 1
                first = False
            if seen[where, what] != journey:
                seen[where, what] = journey
                counts[where, what, 5] += 1
    return counts


def survey(counts: Counts, lens: Lens, journeys: int) -> Survey:
    """What the counts of all partitions say."""
    table = counts.pairs
    activities = table.shape[1]
    by_activity = table.sum(axis=0)
    names = list(lens.dictionaries.get("activity", ()))[:activities]
    contact_activity = np.zeros(len(lens.dictionaries.get("activity", ())) + 1, dtype=bool)
    actors_told = bool(lens.flags("actor", is_company)[:-1].any())
    for code, name in enumerate(names):
        contact_activity[code] = _is_contact(name, by_activity[code], journeys, actors_told)
    on_map = table[:-1].copy()
    # A call for help that the map does not show belongs to the touchpoint before, whichever that is.
    if contact_activity.any() and len(on_map):
        off_map = table[-1, :, _EVENTS] * contact_activity[:activities]
        on_map[:, :, _EVENTS] += np.where(off_map > 0, 1, 0)[None, :]
    events = on_map[:, :, _EVENTS].reshape(-1)
    order = np.argsort(-events, kind="stable")[:MOST_PAIRS]
    order = order[events[order] > 0]
    pair_of = np.full((len(lens.nodes) + 1, len(contact_activity)), ABSENT, dtype=np.int32)
    node, activity = (order // activities).astype(np.int32), (order % activities).astype(np.int32)
    pair_of[node, activity] = np.arange(len(order), dtype=np.int32)
    chosen = on_map.reshape(-1, _COLUMNS)[order]
    return Survey(
        pair_of=pair_of,
        node=node,
        activity=activity,
        events=chosen[:, _EVENTS],
        company=chosen[:, _COMPANY],
        failed=chosen[:, _FAILED],
        contact_activity=contact_activity,
        total_journeys=journeys,
        has_actors=bool(by_activity[:, _COMPANY].any()),
        company_next=np.zeros(len(lens.nodes), dtype=bool),
        sends_back=np.zeros(len(order), dtype=bool),
        exits=np.zeros(len(order), dtype=bool),
        support=_support(table[:-1], contact_activity[:activities]),
        surveys=_surveys(counts.answers),
        attributes=attributes_of(counts.told, lens),
    )


def _support(table: Ints, contact: Array) -> Array:
    """Nodes most of whose events by customers are calls for help."""
    own = table[:, :, _EVENTS] - table[:, :, _COMPANY]
    return np.asarray(2 * own[:, contact].sum(axis=1) > np.maximum(own.sum(axis=1), 1))


def _surveys(answers: Mapping[tuple[int, int], int]) -> tuple[tuple[int, int], ...]:
    """(kind, activity) of the surveys with the most answers; of others too little is known to compare by."""
    often = sorted((key for key, n in answers.items() if n >= FEWEST_ANSWERS), key=lambda key: (-answers[key], key))
    return tuple(often[:MOST_SURVEYS])


@dataclass(frozen=True, slots=True, eq=False)
class Following:
    """Additive counts of what follows: [node, next elsewhere: any, by the company]; [pair, next: any, earlier stage,
    steps before the goal, of these followed by the goal, of these the last of a journey without the goal]."""

    nodes: Ints
    pairs: Ints

    def __add__(self, other: Following) -> Following:
        return Following(self.nodes + other.nodes, self.pairs + other.pairs)


def following(view: View, steps: Steps, known: Survey, lens: Lens) -> Following:
    """What follows the steps of one partition; calls for help are stepped over."""
    outcome = view.outcome
    stage = lens.stage_of[steps.node]
    nodes, pairs = _following(
        steps.offsets, steps.node, steps.pair, stage, steps.company,
        known.contact_activity[steps.activity], steps.time, outcome.goal_us, outcome.status == LEFT,
        len(lens.nodes), known.size,
    )  # fmt: skip
    return Following(nodes, pairs)


def completed(known: Survey, after: Following) -> Survey:
    """The survey with what is known of the steps that follow. Where no actors are told, nobody can say whose turn it
    is: then every touchpoint may be a wait."""
    followed, company = after.nodes[:, 0], after.nodes[:, 1]
    turn = (2 * company > followed) if known.has_actors else followed > 0
    before_goal, reach, last = after.pairs[:, 2], after.pairs[:, 3], after.pairs[:, 4]
    exits = (before_goal >= FEWEST_EXITS) & (reach <= MOST_REACH * before_goal) & (2 * last > before_goal)
    sends_back = 2 * after.pairs[:, 1] > np.maximum(after.pairs[:, 0], 1)
    return replace(known, company_next=turn, sends_back=sends_back, exits=exits)


@njit(cache=True, nogil=True)
def _following(
    offsets: Ints, node: Codes, pair: Codes, stage: Codes, company: Array, asks: Array,
    time: Ints, goal_us: Ints, left: Array, size: int, pairs: int,
) -> tuple[Ints, Ints]:  # fmt: skip
    by_node = np.zeros((size, 2), dtype=np.int64)
    by_pair = np.zeros((pairs, 5), dtype=np.int64)
    for journey in range(len(offsets) - 1):
        # From the end: the next step that is no call for help, and the next one at another node than that.
        here = -1
        other = -1
        for step in range(offsets[journey + 1] - 1, offsets[journey] - 1, -1):
            if pair[step] >= 0 and (goal_us[journey] == NO_TIME or goal_us[journey] > time[step]):
                by_pair[pair[step], 2] += 1
                by_pair[pair[step], 3] += goal_us[journey] != NO_TIME
                by_pair[pair[step], 4] += left[journey] and step + 1 == offsets[journey + 1]
            if asks[step]:
                continue
            if here >= 0:
                if node[here] != node[step]:
                    other = here
                if pair[step] >= 0:
                    by_pair[pair[step], 0] += 1
                    by_pair[pair[step], 1] += 0 <= stage[here] < stage[step]
            if other >= 0:
                by_node[node[step], 0] += 1
                by_node[node[step], 1] += company[other]
            here = step
    return by_node, by_pair


def _is_contact(name: str, counts: Ints, journeys: int, actors_told: bool) -> bool:
    """Whether customers ask for help by it: most such events are theirs, by telephone or chat or named so, and it is
    no part of the usual way, which most journeys take."""
    events = int(counts[_EVENTS])
    if events == 0 or 2 * counts[_COMPANY] > events or 2 * counts[_JOURNEYS] > journeys:
        return False
    if 2 * counts[_FIRST] > counts[_JOURNEYS]:
        return False
    return bool((2 * counts[_ASKING] > events or names_contact(name)) and (actors_told or not names_call_out(name)))
