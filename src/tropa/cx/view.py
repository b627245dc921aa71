"""A view: one partition of journeys seen through the lens, with the journeys that the filters keep.

Everything is worked out when first asked for and kept as long as the view; what does not depend on the filters is kept
with the view of all journeys, which other questions share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numba import njit

from tropa.cx.answers import named_nodes
from tropa.cx.columns import DEFAULTS, QUANTITY
from tropa.cx.failing import names_decision, names_failure, says_refused
from tropa.cx.lens import Binding, Lens
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY, outcomes
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints, Journeys, Ragged
from tropa.engine.lazy import lazy

Value = TypeVar("Value")

__all__ = ["LEFT", "REACHED", "UNDER_WAY", "FeedbackView", "Outcome", "View"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """For each journey: REACHED, UNDER_WAY or LEFT; time of the goal (NO_TIME: not reached); its last node."""

    status: Array
    goal_us: Ints
    last_node: Codes


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """Answers in order: whose journey, about which node (ABSENT: about the journey as a whole), kind, score, time."""

    journey: Ints
    node: Codes
    kind: Codes
    score: Floats
    time: Ints
    entry: Ints


class _of_all(lazy[Value]):
    """What is the same whichever journeys are kept."""

    def work_out(self, instance: Any) -> Value:
        whole = instance._whole
        return super().work_out(instance) if whole is None else getattr(whole, self.name)


class View:
    """One partition as a question sees it. Journey i has the events offsets[i]:offsets[i + 1]."""

    def __init__(
        self,
        journeys: Journeys,
        lens: Lens,
        keep: Callable[[View], Array] | None = None,
        whole: View | None = None,
    ) -> None:
        self.journeys = journeys
        self.lens = lens
        self._keep = keep
        self._whole = whole

    def __len__(self) -> int:
        return len(self.offsets) - 1

    # -- journeys

    @_of_all
    def _sessions(self) -> tuple[Ints, Ints]:
        return _split_sessions(self.journeys.events.offsets, self.time, self.lens.session_gap_us)

    @_of_all
    def offsets(self) -> Ints:
        return self._sessions[0] if self.lens.unit == "session" else self.journeys.events.offsets

    @_of_all
    def row(self) -> Ints:
        """Row of the partition's file that a journey belongs to."""
        return self._sessions[1] if self.lens.unit == "session" else np.arange(len(self.journeys), dtype=np.int64)

    @lazy
    def selected(self) -> Array:
        """True for journeys that the filters keep."""
        return np.ones(len(self), dtype=np.bool_) if self._keep is None else self._keep(self)

    @_of_all
    def owner(self) -> Codes:
        """Whose journey: a number within the partition; neighbours with the same number are one customer's."""
        owners = self.journeys.row_codes("owner")
        return self.row.astype(np.int32) if owners is None else owners[self.row]

    @_of_all
    def started(self) -> Ints:
        return self.time[self.offsets[:-1]]

    @property
    def counts(self) -> tuple[int, int]:
        """Journeys kept and their events."""
        lengths = np.diff(self.offsets)
        return int(self.selected.sum()), int(lengths[self.selected].sum())

    @property
    def customers(self) -> int:
        """Distinct customers among the journeys kept; customers never cross partitions, so these add up."""
        return distinct_neighbours(self.owner[self.selected])

    def customer_id(self, journey: int) -> str:
        return str(self.journeys.rows["customer"][int(self.row[journey])].as_py())

    def case_id(self, journey: int) -> str | None:
        column = self.journeys.rows.get("case")
        return None if column is None else column[int(self.row[journey])].as_py()

    def attribute(self, name: str) -> Codes:
        """Code of an attribute for each journey."""
        known = f"attribute:{name}" in self.lens.dictionaries
        codes = self.journeys.row_codes(f"attribute:{name}") if known else None
        return np.full(len(self), ABSENT, dtype=np.int32) if codes is None else codes[self.row]

    def quantity(self, name: str) -> Floats:
        """Number that an attribute with too many values for codes tells of each journey, NaN where it tells none."""
        told = self.journeys.rows.get(QUANTITY + name)
        return np.full(len(self), np.nan) if told is None else told.to_numpy(zero_copy_only=True)[self.row]

    # -- events

    @_of_all
    def time(self) -> Ints:
        return self.journeys.events.array("time")

    def column(self, name: str) -> Codes:
        """Codes of an event column; ABSENT where the data says nothing."""
        known = name in self.lens.dictionaries or name in self.lens.wide
        return _codes(self.journeys.events, name, len(self.time), known)

    def times(self, name: str) -> Ints:
        """An event column of times; NO_TIME where the data says nothing."""
        events = self.journeys.events
        return events.array(name) if name in events else np.full(len(self.time), NO_TIME, dtype=np.int64)

    def values(self, name: str) -> Floats:
        events = self.journeys.events
        return events.array(name) if name in events else np.full(len(self.time), np.nan)

    @_of_all
    def cells(self) -> Codes:
        """What to look up in `table` for each event."""
        return _cells(self.lens.binding, self.journeys.events)

    @_of_all
    def table(self) -> Codes:
        return _table(self.lens.binding)

    @_of_all
    def nodes(self) -> Codes:
        """Node (touchpoint, or activity without a map) of each event; ABSENT where it is not on the map."""
        return self.table[self.cells]

    @_of_all
    def said_failed(self) -> Array:
        """True for events whose status says that it did not work, in whatever words of the source."""
        status, activity = self.column("status"), self.column("activity")
        refused = (
            self.lens.flags("status", says_refused)[status] & ~self.lens.flags("activity", names_decision)[activity]
        )
        return np.asarray(self.lens.flags("status", names_failure)[status] | refused)

    @_of_all
    def failed(self) -> Array:
        """True for events that failed: by their status, or by the name of what happened."""
        return np.asarray(self.said_failed | self.lens.flags("activity", names_failure)[self.column("activity")])

    @_of_all
    def outcome(self) -> Outcome:
        facts = self.lens.facts
        status, goal_us, last_node = outcomes(
            self.offsets,
            self.time,
            self.nodes,
            self.lens.goal,
            ABSENT if self.lens.within_us is None else self.lens.within_us,
            facts.now_us or 0,
            facts.idle_us or 0,
        )
        return Outcome(status, goal_us, last_node)

    # -- feedback

    @_of_all
    def _answers(self) -> tuple[Ints, Codes, Ints]:
        """Of each answer its journey, the node that it is about, and its time."""
        told = self.journeys.feedback
        count = len(told)
        about = named_nodes(self.lens, _codes(told, "activity", count), _codes(told, "channel", count))
        row_starts = np.searchsorted(self.row, np.arange(len(self.journeys) + 1))
        time = told.array("time") if count else np.empty(0, np.int64)
        return *_place_feedback(told.offsets, time, about, row_starts, self.offsets, self.time, self.nodes), time

    @lazy
    def feedback(self) -> FeedbackView:
        told = self.journeys.feedback
        count = len(told)
        journey, node, time = self._answers
        kept = np.flatnonzero(self.selected[journey]) if count else np.empty(0, np.int64)
        return FeedbackView(
            journey=journey[kept],
            node=node[kept],
            kind=_codes(told, "kind", count)[kept],
            score=(told.array("score") if "score" in told else np.full(count, np.nan))[kept],
            time=time[kept],
            entry=kept,
        )


def _codes(ragged: Ragged, name: str, length: int, known: bool = True) -> Codes:
    """Codes of a column; its default where the data never says anything, or where its values are not `known`.

    Files derived while an attribute had few values keep its codes; they must not index anything later.
    """
    if known and name in ragged:
        return ragged.array(name)
    return np.full(length, 0 if name in DEFAULTS else ABSENT, dtype=np.int32)


def _cells(binding: Binding, ragged: Ragged) -> Codes:
    # Of a column without values there is only the class of the absent one.
    columns = [
        _codes(ragged, name, len(ragged), known=len(classes) > 1)
        for name, classes in zip(binding.columns, binding.classes, strict=True)
    ]
    return columns[0] if len(columns) == 1 else binding.cells(columns)


def _table(binding: Binding) -> Codes:
    return binding.table[binding.classes[0]] if len(binding.columns) == 1 else binding.table


def distinct_neighbours(owners: Codes) -> int:
    """Number of runs of equal neighbours."""
    return 0 if len(owners) == 0 else int(np.count_nonzero(np.diff(owners))) + 1


@njit(cache=True, nogil=True)
def _split_sessions(offsets: Ints, time: Ints, gap_us: int) -> tuple[Ints, Ints]:
    count = 0
    for row in range(len(offsets) - 1):
        for event in range(offsets[row], offsets[row + 1]):
            if event == offsets[row] or time[event] - time[event - 1] > gap_us:
                count += 1
    starts = np.empty(count + 1, dtype=np.int64)
    rows = np.empty(count, dtype=np.int64)
    session = 0
    for row in range(len(offsets) - 1):
        for event in range(offsets[row], offsets[row + 1]):
            if event == offsets[row] or time[event] - time[event - 1] > gap_us:
                starts[session] = event
                rows[session] = row
                session += 1
    starts[count] = offsets[-1]
    return starts, rows


@njit(cache=True, nogil=True)
def _place_feedback(
    told: Ints, told_at: Ints, about: Codes, row_starts: Ints, offsets: Ints, time: Ints, nodes: Codes
) -> tuple[Ints, Codes]:
    """An answer belongs to the last journey begun by then; it is about its activity, else the touchpoint before."""
    journey_of = np.empty(len(told_at), dtype=np.int64)
    node_of = np.empty(len(told_at), dtype=np.int32)
    for row in range(len(told) - 1):
        journey = row_starts[row]
        last = row_starts[row + 1] - 1
        # Answers come in order of time, so events are passed once, not once for each answer.
        event = offsets[journey]
        node = ABSENT
        for answer in range(told[row], told[row + 1]):
            while journey < last and time[offsets[journey + 1]] <= told_at[answer]:
                journey += 1
                event = offsets[journey]
                node = ABSENT
            while event < offsets[journey + 1] and time[event] <= told_at[answer]:
                if nodes[event] != ABSENT:
                    node = nodes[event]
                event += 1
            journey_of[answer] = journey
            node_of[answer] = node if about[answer] == ABSENT else about[answer]
    return journey_of, node_of
