"""Which journeys are so grave that somebody should look at each of them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from tropa.analyses.single_cases_found import Found, Limits, SingleCase, find_cases, graver
from tropa.analyses.value_customers import Brought, brought_by
from tropa.analyses.value_loops import journey_totals, owner_totals
from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters, Seconds
from tropa.cx.lens import Lens
from tropa.cx.severity import RULES
from tropa.cx.severity_loops import company_waits, payers
from tropa.cx.severity_marks import Marks, Names, read_names
from tropa.cx.severity_words import WORDS
from tropa.cx.view import View
from tropa.engine.cells import Emitted
from tropa.engine.fold import Again
from tropa.engine.journeys import ABSENT, Array, Floats, Ints
from tropa.engine.sketch import BUCKETS, quantile, value_of
from tropa.stats.intervals import wilson

FEW = 5
"""So many journeys are single cases whatever their share."""
ENOUGH = 100
"""Below so many waits or payers of an activity nobody knows what is usual."""
FAR_WAITS = 0.001
"""At most this share of the waits of an activity lies far beyond the others; if more do, that is how it goes there."""
SHORTEST_US = 3_600_000_000.0


class SingleCasesParams(Filters):
    limit: int = Field(50, ge=1, le=1000, description="how many cases are shown, the gravest first")
    least: float = Field(30, ge=0, le=100, description="severity from which on a journey is a case")
    rare_share: float = Field(
        0.01,
        gt=0,
        le=1,
        description="a reason that holds in a larger share of the journeys is a pattern, no single case",
    )
    twice_within: Seconds = Field(3600.0, description="two like payments this near are one taken twice")
    silence_after: Seconds = Field(
        604800.0, description="an answer that nobody promised a time for is overdue after this long"
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A reason (of `activity`, where it is asked by activity) that is no rarity: it holds in `share` of `n` journeys.

    It is counted for no single case. Such things are told as obstacles.
    """

    reason: str
    activity: str | None
    journeys: int
    share: float | None
    share_low: float | None
    share_high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Searched:
    """A reason that was looked for, and in how many journeys it holds; None where the data cannot tell."""

    reason: str
    journeys: int | None
    why: str | None


@dataclass(frozen=True, slots=True)
class SingleCases:
    """Rare and severe journeys one by one, the gravest first: `cases` of all `cases_total`
    with a severity of `least` on.

    severity: 0..100, the sum of the weights of the reasons (see `cx.severity`).
    """

    journeys: int
    cases_total: int
    rare_share: float
    cases: tuple[SingleCase, ...]
    patterns: tuple[Pattern, ...]
    searched: tuple[Searched, ...]


BY_ACTIVITY = ("charged_twice", "paid_again")
COUNTED = (*WORDS, "repeated_complaint", "silence")


Words = dict[str, tuple[Ints, Ints]]
"""Answers that speak of something grave, and of what, by partition: its first customer names it."""


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """Additive: how common each thing is, in journeys; `texts` are answers, `waits` events, `customers` customers."""

    journeys: int
    reasons: Ints
    words: Words
    complained: int
    asked: int
    answered: int
    texts: int
    payers: Ints
    twice: Ints
    waits: Emitted
    customers: Brought

    def __add__(self, other: Usual) -> Usual:
        return Usual(
            self.journeys + other.journeys,
            self.reasons + other.reasons,
            {**self.words, **other.words},
            self.complained + other.complained,
            self.asked + other.asked,
            self.answered + other.answered,
            self.texts + other.texts,
            self.payers + other.payers,
            self.twice + other.twice,
            self.waits + other.waits,
            self.customers + other.customers,
        )


class SingleCasesFold:
    """First look: what is usual. It asks for another look, which finds what is not."""

    def __init__(self, params: SingleCasesParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self.names = read_names(lens)

    def map(self, view: View) -> Usual:
        params, kept = self.params, view.selected
        marks = Marks(view, self.names, int(params.twice_within * 1e6), int(params.silence_after * 1e6))
        size = max(len(marks.names), 1)
        asked, silent = marks.silence
        held = {reason: marks.speaks_of(reason) for reason in WORDS}
        held["repeated_complaint"] = marks.complaints[0] > 1
        held["silence"] = silent
        totals, _ = journey_totals(view.offsets, view.values("value"))
        cells = company_waits(
            view.offsets, view.time, view.times("ended_at"), marks.activity, marks.by_company, kept, BUCKETS
        )
        soon, _, late, _ = marks.paid_twice
        return Usual(
            journeys=int(kept.sum()),
            reasons=np.array([int((held[reason] & kept).sum()) for reason in COUNTED]),
            words=_words(view, marks),
            complained=int(((marks.complaints[0] > 0) & kept).sum()),
            asked=int(((asked != ABSENT) & kept).sum()),
            answered=int(((asked != ABSENT) & ~silent & kept).sum()),
            texts=int("text" in view.journeys.feedback.columns and len(view.feedback.entry)),
            payers=payers(view.offsets, marks.money, marks.activity, view.failed, kept, size),
            twice=np.stack([_by_activity(events, kept, marks, size) for events in (soon, late)]),
            waits=Emitted(size, BUCKETS, (cells,)),
            customers=brought_by(view.owner, owner_totals(view.owner, totals, kept)),
        )

    def merge(self, one: Usual, other: Usual) -> Usual:
        return one + other

    def finish(self, total: Usual) -> Any:
        return Again(CasesFold(self.params, self.lens, self.names, total, self._limits(total)))

    def _limits(self, total: Usual) -> Limits:
        counts = dict(zip(COUNTED, total.reasons.tolist(), strict=True))
        rare = {reason for reason, count in counts.items() if count and self._is_rare(count, total.journeys)}
        if not _answers_known(total):
            rare.discard("silence")
        soon, late = (
            np.array([n > 0 and self._is_rare(int(n), int(of)) for n, of in zip(row, total.payers, strict=True)])
            for row in total.twice
        )
        return Limits(
            frozenset(rare),
            soon,
            late & (total.payers >= ENOUGH),
            self._wait_limits(total),
            total.customers.top,
        )

    def _is_rare(self, count: int, of: int) -> bool:
        return count <= max(FEW, self.params.rare_share * of)

    def _wait_limits(self, total: Usual) -> Floats:
        """By activity the wait (microseconds) from which on it is far beyond everybody else's; infinite: none is.

        Beyond three times the spread of the middle half above it, on the scale of logarithms (for a lognormal wait
        4.7 standard deviations), beyond three times what 99 in 100 wait, and an hour at least.
        """
        cells = total.waits.total()
        limits = np.full(total.waits.groups, np.inf)
        beyond = 0
        for activity in range(total.waits.groups):
            row = cells.row(activity)
            if row.sum() < ENOUGH:
                continue
            limit, above = _far(row)
            if above <= max(1, FAR_WAITS * row.sum()):
                limits[activity] = limit
                beyond += above
        return limits if self._is_rare(beyond, total.journeys) else np.full_like(limits, np.inf)


def _far(row: Ints) -> tuple[float, int]:
    """The limit of far waits in microseconds, and how many lie beyond."""
    low, high, most = (quantile(row, share).value or 0.0 for share in (0.25, 0.75, 0.99))
    ratio = max(high, 1.0) / max(low, 1.0)
    limit_us = max(1000 * max(high, 1.0) * ratio**3, 3000 * most, SHORTEST_US)
    # The greatest bucket holds everything above it: nothing lies beyond a limit up there.
    above = int(row[limit_us < _MIDDLES_US].sum()) if limit_us < _MIDDLES_US[-1] else 0
    return limit_us, above


_MIDDLES_US = np.array([value_of(bucket) for bucket in range(BUCKETS)]) * 1000


def _by_activity(events: Ints, kept: Array, marks: Marks, size: int) -> Ints:
    found = events[kept & (events != ABSENT)]
    return np.bincount(marks.activity[found], minlength=size).astype(np.int64)


def _words(view: View, marks: Marks) -> Words:
    spoken = np.flatnonzero(marks.words)
    return {view.customer_id(0): (spoken, marks.words[spoken])} if len(spoken) else {}


def _answers_known(total: Usual) -> bool:
    """Whether answers are written down at all: where hardly anybody gets one, the data does not show them."""
    return total.asked > 0 and 2 * total.answered >= total.asked


@dataclass(frozen=True, slots=True)
class CasesFold:
    """Second look: the gravest journeys by reasons that are rare."""

    params: SingleCasesParams
    lens: Lens
    names: Names
    usual: Usual
    limits: Limits

    def map(self, view: View) -> Found:
        params = self.params
        words = np.zeros(len(view.feedback.entry), dtype=np.int64)
        if len(view) and (found := self.usual.words.get(view.customer_id(0))) is not None:
            words[found[0]] = found[1]
        marks = Marks(view, self.names, int(params.twice_within * 1e6), int(params.silence_after * 1e6), words)
        return find_cases(view, marks, self.limits, params.least, params.limit)

    def merge(self, one: Found, other: Found) -> Found:
        both = graver(one.cases + other.cases, self.params.limit)
        return Found(both, one.total + other.total, one.reasons + other.reasons)

    def finish(self, total: Found) -> SingleCases:
        return SingleCases(
            journeys=self.usual.journeys,
            cases_total=total.total,
            rare_share=self.params.rare_share,
            cases=total.cases,
            patterns=self._patterns(),
            searched=self._searched(total),
        )

    def _patterns(self) -> tuple[Pattern, ...]:
        usual = self.usual
        rows = [
            _pattern(reason, None, count, usual.journeys)
            for reason, count in zip(COUNTED, usual.reasons.tolist(), strict=True)
            if count and reason not in self.limits.rare and (reason != "silence" or _answers_known(usual))
        ]
        names = self.lens.dictionaries.get("activity", ())
        for reason, rare, counts in zip(BY_ACTIVITY, (self.limits.soon, self.limits.late), usual.twice, strict=True):
            rows += [
                _pattern(reason, names[code], int(counts[code]), int(usual.payers[code]))
                for code in np.flatnonzero(~rare & (counts > 0)).tolist()
            ]
        return tuple(sorted(rows, key=lambda row: (-row.journeys, row.reason, row.activity or "")))

    def _searched(self, total: Found) -> tuple[Searched, ...]:
        counts = dict(zip(RULES, total.reasons.tolist(), strict=True))
        counts |= dict(zip(COUNTED, self.usual.reasons.tolist(), strict=True))
        counts |= dict(zip(BY_ACTIVITY, self.usual.twice.sum(axis=1).tolist(), strict=True))
        return tuple(Searched(reason, None if why else counts[reason], why) for reason, why in self._cannot().items())

    def _cannot(self) -> dict[str, str | None]:
        """By reason: why the data cannot tell; None where it can."""
        usual = self.usual
        why: dict[str, str | None] = dict.fromkeys(RULES)
        if not usual.texts:
            why |= dict.fromkeys(WORDS, "No comments were loaded.")
        if not usual.payers.any():
            why |= dict.fromkeys(BY_ACTIVITY, "No event tells of money.")
        if not usual.complained:
            why["repeated_complaint"] = "No activity is named a complaint, and no feedback is of that kind."
        if self.limits.top is None:
            why["big_customer_left"] = f"Fewer than {ENOUGH} customers brought money: nobody stands out."
        if not np.isfinite(self.limits.waits_us).any():
            why["extreme_wait"] = "The data shows no activity of the company for which it is clear what is usual."
        if not usual.asked:
            why["silence"] = "No activity is named a question or a complaint."
        elif not _answers_known(usual):
            why["silence"] = "Most questions have no answer in the data: it seems not to show answers."
        return why


def _pattern(reason: str, activity: str | None, count: int, n: int) -> Pattern:
    share = wilson(count, n)
    return Pattern(reason, activity, count, share.value, share.low, share.high, n)


ANALYSIS = Analysis(
    slug="single_cases",
    question="Which journeys are so grave that somebody should look at each of them?",
    question_ru="Какие пути настолько тяжёлые, что на каждый стоит посмотреть отдельно?",
    params=SingleCasesParams,
    result=SingleCases,
    fold=SingleCasesFold,
)
