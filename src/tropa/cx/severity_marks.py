"""What makes journeys of a partition grave, found once and kept for the time of one fold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.metrics import SCALES
from tropa.cx.severity_loops import complaints, failed_at_the_end, paid_twice, unanswered
from tropa.cx.severity_words import (
    WORDS,
    names_answer,
    names_complaint,
    names_money,
    names_payment,
    names_question,
    said,
)
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Floats, Ints
from tropa.engine.lazy import lazy

# Sums known by the code of an attribute's value only are kept apart from sums of money by their size.
CODED_FROM = 1e15
MOSTLY = 0.9
LAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of activities (by code) and touchpoints (by node; the last is of none) say."""

    complaint: Array
    complaint_node: Array
    question: Array
    answer: Array
    payment: Array
    payment_node: Array
    no_sums: frozenset[str]
    """Attributes that are no sums of money, whatever their names say."""


def read_names(lens: Lens) -> Names:
    """Read them once for all partitions. Touchpoints tell of complaints only where no activity does."""
    activities = lens.dictionaries.get("activity", ())
    nodes = lens.nodes if lens.map is not None else ()
    complaint, at_node = names_complaint(activities), np.zeros(len(lens.nodes) + 1, dtype=np.bool_)
    if nodes and not complaint.any():
        at_node[:-1] = names_complaint(nodes)
    paid_at = np.zeros(len(lens.nodes) + 1, dtype=np.bool_)
    paid_at[: len(nodes)] = names_payment(nodes)
    texts = {name for name, known in lens.dictionaries.items() if names_money(name) and not _mostly_numbers(known)}
    return Names(
        complaint,
        at_node,
        names_question(activities),
        names_answer(activities),
        names_payment(activities),
        paid_at,
        frozenset(texts),
    )


class Marks:
    """Grave things by journey of a view.

    Args:
        within_us: two like payments this near are one taken twice.
        silence_us: without a promise, an answer is overdue after this long.
        words: bits of answers as `words` has them, where they are known from an earlier look.
    """

    def __init__(self, view: View, names: Names, within_us: int, silence_us: int, words: Ints | None = None) -> None:
        self.view = view
        self.meaning = names
        self.within_us = within_us
        self.silence_us = silence_us
        self._words = words

    # -- events

    @lazy
    def activity(self) -> Codes:
        return self.view.column("activity")

    @lazy
    def names(self) -> Sequence[str]:
        return self.view.lens.dictionaries.get("activity", ())

    @lazy
    def by_company(self) -> Array:
        actor = self.view.column("actor")
        return np.asarray((actor != ABSENT) & (actor != self._actor("customer")))

    def _actor(self, name: str) -> int:
        code = self.view.lens.code("actor", name)
        return -2 if code is None else code

    @lazy
    def is_complaint(self) -> Array:
        """By event: the customer complains, by the activity's name; where no activity has such, by the touchpoint's."""
        meaning = self.meaning
        named = meaning.complaint[self.activity]
        if meaning.complaint_node.any():
            named = meaning.complaint_node[self.view.nodes] & ~meaning.answer[self.activity]
        return np.asarray(named & ~self.by_company)

    @lazy
    def complaints(self) -> tuple[Ints, Ints, Ints]:
        """By journey: how many, the event of the last, the time of the last (see `severity_loops.complaints`)."""
        told, code = self.view.feedback, self.view.lens.code("kind", "complaint")
        mine = np.flatnonzero(told.kind == code) if code is not None else np.empty(0, np.int64)
        return complaints(self.view.offsets, self.view.time, self.is_complaint, told.journey[mine], told.time[mine])

    @lazy
    def silence(self) -> tuple[Ints, Array]:
        """By journey: the last event at which the customer asked or complained, and whether it is unanswered."""
        view = self.view
        performer = view.column("performer")
        asks = self.is_complaint | (self.meaning.question[self.activity] & ~self.by_company)
        # What has an end or somebody who took part was a talk: it was answered at once.
        talks = (performer != ABSENT) | (view.times("ended_at") > view.time)
        answers = (view.column("actor") == self._actor("employee")) | self.meaning.answer[self.activity]
        return unanswered(
            view.offsets,
            view.time,
            asks & ~talks,
            answers,
            view.times("promised_at"),
            view.outcome.goal_us,
            self.silence_us,
            view.lens.facts.now_us or 0,
        )

    # -- money

    @lazy
    def money(self) -> Floats:
        """Sum of each event: its `value`, else for payments the code of an attribute that is a sum by its name."""
        view = self.view
        money = view.values("value")
        if not self._sums:
            return money
        is_payment = self.meaning.payment[self.activity] | self.meaning.payment_node[view.nodes]
        for name in self._sums:
            codes = view.journeys.events.array(name)
            unknown = (np.isnan(money) | (money == 0)) & is_payment & (codes != ABSENT)
            money = np.where(unknown, CODED_FROM + codes, money)
        return money

    @lazy
    def _sums(self) -> tuple[str, ...]:
        """Columns of attributes of events that hold sums of money."""
        names = sorted(self.view.journeys.events.columns)
        attributes = (name for name in names if name.startswith(ATTRIBUTE) and name not in self.meaning.no_sums)
        return tuple(name for name in attributes if names_money(name.removeprefix(ATTRIBUTE)))

    def sum_of(self, event: int) -> float | None:
        """Money of an event; None where the journeys hold but a code for it."""
        money = float(self.money[event])
        if money < CODED_FROM:
            return money
        known = self.view.lens.dictionaries
        for name in self._sums:
            code = int(self.view.journeys.events.array(name)[event])
            if code != ABSENT and name in known:
                return _number(known[name][code])
        return None

    @lazy
    def paid_twice(self) -> tuple[Ints, Ints, Ints, Ints]:
        view = self.view
        return paid_twice(view.offsets, view.time, self.money, self.activity, view.failed, self.within_us)

    # -- words

    @lazy
    def words(self) -> Ints:
        """By answer of `view.feedback`: bits of what it speaks of, in the order of `WORDS`; 0 of a satisfied answer."""
        if self._words is not None:
            return self._words
        texts = self.view.journeys.feedback.columns.get("text")
        told = self.view.feedback
        if texts is None or len(told.entry) == 0:
            return np.zeros(len(told.entry), dtype=np.int64)
        return np.where(self._satisfied, 0, said(texts.take(pa.array(told.entry))))

    @lazy
    def journey_words(self) -> Ints:
        bits = np.zeros(len(self.view), dtype=np.int64)
        np.bitwise_or.at(bits, self.view.feedback.journey, self.words)
        return bits

    def speaks_of(self, reason: str) -> Array:
        """Journeys with an answer that speaks of it."""
        return (self.journey_words >> list(WORDS).index(reason) & 1).astype(np.bool_)

    @lazy
    def _satisfied(self) -> Array:
        return self._scores("positive_from", np.greater_equal)

    @lazy
    def low_scored(self) -> Array:
        """Answers of `view.feedback` with a score that is negative on its scale."""
        return self._scores("negative_to", np.less_equal)

    def _scores(self, limit: str, holds: np.ufunc) -> Array:
        names = self.view.lens.dictionaries.get("kind", ())
        limits = np.array([getattr(SCALES[name], limit) if name in SCALES else np.nan for name in names] + [np.nan])
        with np.errstate(invalid="ignore"):
            return np.asarray(holds(self.view.feedback.score, limits[self.view.feedback.kind]))

    # -- trouble

    @lazy
    def trouble(self) -> dict[str, Array]:
        """By journey and obstacle: what went wrong before it ended."""
        told = self.view.feedback
        low = np.zeros(len(self.view), dtype=np.bool_)
        low[told.journey[self.low_scored]] = True
        return {
            "failure": self.failed_event != ABSENT,
            "contact": self.complaints[0] > 0,
            "low_score": low,
        }

    @lazy
    def failed_event(self) -> Ints:
        return failed_at_the_end(self.view.offsets, self.view.failed, LAST_EVENTS)


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _mostly_numbers(texts: Sequence[str]) -> bool:
    return sum(_number(text) is not None for text in texts) > MOSTLY * len(texts)
