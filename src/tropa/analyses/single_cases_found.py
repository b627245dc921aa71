"""The second look of `single_cases`: journeys with rare reasons, weighed, placed and quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tropa.analyses.value_loops import journey_totals, owner_totals
from tropa.cx.outcome import LEFT
from tropa.cx.severity import RULES, Reason, sentence, severity_of, weigh
from tropa.cx.severity_loops import worst_waits
from tropa.cx.severity_marks import Marks
from tropa.cx.severity_words import WORDS
from tropa.cx.speech import Language
from tropa.cx.times import iso
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Floats, Ints
from tropa.text.mask import mask

READ_CHARACTERS = 4000
QUOTED_CHARACTERS = 400
_AS_MUCH = 1 - 1e-9
"""Sums that differ by less are the same money: the last digits are what adding up has left."""


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, its weight and its number; see `cx.severity.Reason`."""

    reason: str
    weight: float
    number: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class CaseQuote:
    """What the customer said of it, personal data masked."""

    text: str
    time: str
    kind: str
    score: float | None


@dataclass(frozen=True, slots=True)
class SingleCase:
    """One grave journey: whose, where and when the gravest of it happened, how grave (0..100), and why.

    `obstacle` is one of the ten kinds. `touchpoint` is the one at hand or the last before; None where the map has none.
    """

    customer_id: str
    case_id: str | None
    stage: str | None
    touchpoint: str | None
    activity: str | None
    obstacle: str
    severity: float
    time: str
    reasons: tuple[Because, ...]
    quote: CaseQuote | None

    def sentence(self, currency: str, language: Language) -> str:
        """One sentence for a manager."""
        reasons = [Reason(one.reason, one.weight, one.number, one.unit) for one in self.reasons]
        return sentence(self.customer_id, self.case_id, self.touchpoint, reasons, currency, language)


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What is rare: reasons; activities paid twice `soon` or `late`; waits from `waits_us` on; customers from `top`."""

    rare: frozenset[str]
    soon: Array
    late: Array
    waits_us: Floats
    top: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Additive: the gravest cases, how many there are in all, and in how many journeys each reason of `RULES` holds."""

    cases: tuple[SingleCase, ...]
    total: int
    reasons: Ints


def graver(cases: Iterable[SingleCase], limit: int) -> tuple[SingleCase, ...]:
    """The gravest, at one severity the newest."""
    newest = sorted(cases, key=lambda case: (case.time, case.customer_id, case.case_id or ""), reverse=True)
    return tuple(sorted(newest, key=lambda case: -case.severity)[:limit])


def find_cases(view: View, marks: Marks, limits: Limits, least: float, limit: int) -> Found:
    """The gravest journeys of one partition, of a severity of `least` on."""
    held = _Held(view, marks, limits)
    every = np.stack([held.of[reason] & view.selected for reason in RULES])
    journeys = np.flatnonzero(every.any(axis=0)).tolist()
    weighed = [(held.reasons(journey), journey) for journey in journeys]
    weighed = [one for one in weighed if severity_of(one[0]) >= least]
    weighed.sort(key=lambda one: (-severity_of(one[0]), -held.time_us(one[1]), one[1]))
    cases = tuple(held.case(journey, reasons) for reasons, journey in weighed[:limit])
    return Found(cases, len(weighed), every.sum(axis=1).astype(np.int64))


class _Held:
    """Which reasons hold for which journeys of a view."""

    def __init__(self, view: View, marks: Marks, limits: Limits) -> None:
        self.view, self.marks = view, marks
        none, no_event = np.zeros(len(view), dtype=np.bool_), np.full(len(view), ABSENT, dtype=np.int64)
        rare = limits.rare
        # What nobody has, or too many have, is not looked for again.
        self.count = np.zeros(len(view), dtype=np.int64)
        self.complaint = self.asked = self.soon = self.late = self.wait = no_event
        if "repeated_complaint" in rare:
            self.count, self.complaint, self.complaint_us = marks.complaints
        silent = none
        if "silence" in rare:
            self.asked, silent = marks.silence
        if limits.soon.any() or limits.late.any():
            self.soon, _, self.late, _ = marks.paid_twice
        if np.isfinite(limits.waits_us).any():
            self.wait, self.waited, self.times = worst_waits(
                view.offsets, view.time, view.times("ended_at"), marks.activity, marks.by_company, limits.waits_us
            )
        soon = self._rare_payment(self.soon, limits.soon)
        self.of = {reason: marks.speaks_of(reason) if reason in rare else none for reason in WORDS} | {
            "charged_twice": soon,
            "paid_again": self._rare_payment(self.late, limits.late) & ~soon,
            "repeated_complaint": self.count > 1,
            "big_customer_left": none if limits.top is None else self._big_left(limits.top),
            "extreme_wait": self.wait != ABSENT,
            "silence": silent,
        }

    def _rare_payment(self, events: Ints, rare: Array) -> Array:
        return np.asarray((events != ABSENT) & rare[self.marks.activity[events]])

    @cached_property
    def brought(self) -> Floats:
        """What the customer of each journey brought in all journeys kept."""
        totals, _ = journey_totals(self.view.offsets, self.view.values("value"))
        return owner_totals(self.view.owner, totals, self.view.selected)

    def _big_left(self, top: float) -> Array:
        """The last journey of a customer who brought much; it went wrong and was left."""
        view = self.view
        last = np.append(np.diff(view.owner) != 0, True)
        wrong = np.logical_or.reduce(list(self.marks.trouble.values()))
        with np.errstate(invalid="ignore"):
            return np.asarray(last & (view.outcome.status == LEFT) & wrong & (self.brought >= top * _AS_MUCH))

    # -- one journey

    def reasons(self, journey: int) -> list[Reason]:
        """Reasons of a journey, the weightiest first."""
        mine = [reason for reason in RULES if self.of[reason][journey]]
        told = []
        for reason in mine:
            number, unit = self._number(reason, journey)
            told.append(Reason(reason, weigh(reason, number, self._times(reason, journey), mine), number, unit))
        return sorted(told, key=lambda reason: -reason.weight)

    def _times(self, reason: str, journey: int) -> float:
        return float(self.times[journey]) if reason == "extreme_wait" else 1.0

    def _number(self, reason: str, journey: int) -> tuple[float | None, str | None]:
        if reason in ("charged_twice", "paid_again"):
            event = int((self.soon if reason == "charged_twice" else self.late)[journey])
            return self.marks.sum_of(event), "money"
        if reason == "repeated_complaint":
            return float(self.count[journey]), "count"
        if reason == "big_customer_left":
            return float(self.brought[journey]), "money"
        if reason == "extreme_wait":
            return float(self.waited[journey]) * 1e-6, "seconds"
        if reason == "silence":
            now = self.view.lens.facts.now_us or 0
            return float(now - self.view.time[self.asked[journey]]) * 1e-6, "seconds"
        return None, None

    def _event(self, reason: str, journey: int) -> int:
        """The event that shows a reason; ABSENT where words do."""
        last = int(self.view.offsets[journey + 1]) - 1
        if reason == "big_customer_left":
            failed = int(self.marks.failed_event[journey])
            return last if failed == ABSENT else failed
        by_reason = {
            "charged_twice": self.soon,
            "paid_again": self.late,
            "repeated_complaint": self.complaint,
            "extreme_wait": self.wait,
            "silence": self.asked,
        }
        return int(by_reason[reason][journey]) if reason in by_reason else ABSENT

    def _answers(self, journey: int) -> tuple[int, int]:
        begin, end = np.searchsorted(self.view.feedback.journey, (journey, journey + 1)).tolist()
        return begin, end

    def _answer(self, journey: int) -> int:
        """The answer to quote: it speaks of the gravest, else is a complaint, else scores low; the newest such."""
        begin, end = self._answers(journey)
        told, code = self.view.feedback, self.view.lens.code("kind", "complaint")
        best, chosen = 0.0, ABSENT
        for answer in range(begin, end):
            bits = int(self.marks.words[answer])
            score = sum(RULES[reason].weight for place, reason in enumerate(WORDS) if bits >> place & 1)
            score += 2.0 * (told.kind[answer] == code) + 1.0 * bool(self.marks.low_scored[answer])
            if score > 0 and score >= best and self._text(answer):
                best, chosen = score, answer
        return chosen

    def _text(self, answer: int) -> str:
        texts = self.view.journeys.feedback.columns.get("text")
        text = None if texts is None else texts[int(self.view.feedback.entry[answer])].as_py()
        return (text or "").strip()[:READ_CHARACTERS]

    def time_us(self, journey: int) -> int:
        """When the latest of it happened."""
        times = [int(self.complaint_us[journey])] if self.count[journey] > 1 else []
        events = [self._event(reason, journey) for reason in RULES if self.of[reason][journey]]
        times += [int(self.view.time[event]) for event in events if event != ABSENT]
        begin, end = self._answers(journey)
        times += [int(self.view.feedback.time[one]) for one in range(begin, end) if self.marks.words[one]]
        return max(times, default=NO_TIME)

    def case(self, journey: int, reasons: list[Reason]) -> SingleCase:
        """The journey as it is shown."""
        answer = self._answer(journey)
        # What events show says where it was; what words alone say was said where the comment was left.
        by_events = [one.reason for one in reasons if not RULES[one.reason].words]
        event = next((found for one in by_events if (found := self._event(one, journey)) != ABSENT), ABSENT)
        node, activity = self._place(journey, event, answer)
        lens = self.view.lens
        return SingleCase(
            customer_id=self.view.customer_id(journey),
            case_id=self.view.case_id(journey),
            stage=None if node == ABSENT else lens.stage_name(node),
            touchpoint=None if node == ABSENT else lens.nodes[node],
            activity=activity,
            obstacle=self._obstacle(journey, [*by_events, *(one.reason for one in reasons)], answer),
            severity=severity_of(reasons),
            time=iso(self.time_us(journey)) or "",
            reasons=tuple(Because(one.reason, one.weight, one.number, one.unit) for one in reasons),
            quote=None if answer == ABSENT else self._quote(answer),
        )

    def _place(self, journey: int, event: int, answer: int) -> tuple[int, str | None]:
        view, names = self.view, self.marks.names
        if event != ABSENT:
            begin = int(view.offsets[journey])
            on_map = np.flatnonzero(view.nodes[begin : event + 1] != ABSENT)
            node = int(view.nodes[begin + on_map[-1]]) if len(on_map) else ABSENT
            return node, names[int(self.marks.activity[event])]
        if answer == ABSENT:
            return ABSENT, None
        told = view.journeys.feedback
        code = int(told.array("activity")[view.feedback.entry[answer]]) if "activity" in told else ABSENT
        return int(view.feedback.node[answer]), None if code == ABSENT else names[code]

    def _obstacle(self, journey: int, reasons: list[str], answer: int) -> str:
        first = reasons[0]
        if first == "big_customer_left":
            return next(name for name, holds in self.marks.trouble.items() if holds[journey])
        if first in ("health", "authority", "fraud") and answer != ABSENT:
            kinds = self.view.lens.dictionaries.get("kind", ())
            kind = int(self.view.feedback.kind[answer])
            return "contact" if kind != ABSENT and kinds[kind] == "complaint" else "low_score"
        return RULES[first].obstacle

    def _quote(self, answer: int) -> CaseQuote:
        told, kinds = self.view.feedback, self.view.lens.dictionaries.get("kind", ())
        text = mask(self._text(answer))
        score, kind = float(told.score[answer]), int(told.kind[answer])
        return CaseQuote(
            text=text if len(text) <= QUOTED_CHARACTERS else f"{text[:QUOTED_CHARACTERS]}…",
            time=iso(int(told.time[answer])) or "",
            kind=kinds[kind] if kind != ABSENT else "",
            score=None if np.isnan(score) else score,
        )
