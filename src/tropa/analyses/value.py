"""What is one reached goal worth, and what do customers bring?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from tropa.analyses.periods import whole_calendar
from tropa.analyses.value_customers import Brought, CustomersValue, brought_by, customers_value
from tropa.analyses.value_loops import journey_totals, owner_totals, sums_by_group
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.outcome import LEFT, REACHED
from tropa.cx.times import DAY_US
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Codes, Floats, Ints
from tropa.errors import TropaError, did_you_mean
from tropa.stats.intervals import Interval, difference, mean

MOST_MONTHS = 120
MOST_SEGMENTS = 50

WHY = {
    "no_goal": "No goal is stated: without a map that names one, nothing is reached.",
    "no_value": "No event has a `value`: load the money that events bring, or state a price of the goal.",
    "none_reached": "No journey with a known end reached the goal.",
    "none_left": "Every journey with a known end reached the goal: there is nobody to compare with.",
}


class ValueParams(Filters):
    by: str | None = Field(None, description="attribute whose values are told one by one, such as region")


@dataclass(frozen=True, slots=True)
class GoalValue:
    """What a journey that reached the goal brings over its whole length, more than one that did not.

    The difference of two mean totals of the column `value` (costs and refunds are negative), each with Student's
    interval, the limits of the difference by MOVER. Journeys under way are in neither mean. It is a plain difference:
    that those who reach the goal differ in other ways too is not taken out of it.

    Attributes:
        source: `stated` where the workspace states a price (then that is the value, without interval), `data` where it
            was computed, None where it cannot be told; `why` says why (see `WHY`).
        goal_value: money in `currency`; `n` journeys stand behind it, `reached` and `left`.
        data_value: the same computed from the data, also where a stated price wins over it.
        largest_share: share of the money brought that the one largest journey makes; from a tenth on the interval,
            which trusts the mean, is too narrow.
    """

    kind: str
    source: str | None
    why: str | None
    currency: str
    goal_value: float | None
    goal_value_low: float | None
    goal_value_high: float | None
    n: int
    data_value: float | None
    data_value_low: float | None
    data_value_high: float | None
    reached: int
    reached_mean: float | None
    reached_mean_low: float | None
    reached_mean_high: float | None
    left: int
    left_mean: float | None
    left_mean_low: float | None
    left_mean_high: float | None
    largest_share: float | None


@dataclass(frozen=True, slots=True)
class GoalValueOf:
    """The value of a goal, from the data, among the journeys of one segment or of those that began in one month."""

    group: str
    reached: int
    left: int
    total: float
    goal_value: float | None
    goal_value_low: float | None
    goal_value_high: float | None


@dataclass(frozen=True, slots=True)
class Value:
    """Money: `model` is what one reached goal is worth. `months` are by the beginning of the journey.

    `segments` holds the most frequent values of the attribute asked for. A month that is young has brought less than
    it will.
    """

    model: GoalValue
    customers: CustomersValue | None
    by: str | None
    segments: tuple[GoalValueOf, ...]
    months: tuple[GoalValueOf, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Additive. `sums`: [group, status, n / sum / sum of squares]; groups are all, then months, then segments."""

    told: bool
    sums: Floats
    least: float
    most: float
    brought: float
    customers: Brought

    def __add__(self, other: Money) -> Money:
        return Money(
            self.told or other.told,
            self.sums + other.sums,
            min(self.least, other.least),
            max(self.most, other.most),
            self.brought + other.brought,
            self.customers + other.customers,
        )


class ValueFold:
    """Sums of money by group and by how the journey ended.

    Raises:
        TropaError: when the data has no such attribute.
    """

    def __init__(self, params: ValueParams, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self.names = _segment_names(params.by, lens)
        self.calendar = whole_calendar(lens, "month")

    def map(self, view: View) -> Money:
        totals, told = journey_totals(view.offsets, view.values("value"))
        selected, months = view.selected, len(self.calendar)
        segment = view.attribute(self.params.by) if self.params.by else np.full(len(view), ABSENT, np.int32)
        sums, least, most, brought = sums_by_group(
            totals,
            view.outcome.status,
            selected,
            self._months(view.started),
            segment,
            months,
            1 + months + len(self.names),
        )
        customers = brought_by(view.owner, owner_totals(view.owner, totals, selected))
        return Money(told, sums, least, most, brought, customers)

    def _months(self, time_us: Ints) -> Codes:
        days = self.calendar.local(time_us) // DAY_US - self.calendar.first_day
        known = self.calendar.period_of_day
        return known[np.clip(days, 0, len(known) - 1)]

    def merge(self, one: Money, other: Money) -> Money:
        return one + other

    def finish(self, total: Money) -> Value:
        months = len(self.calendar)
        by_month = total.sums[1 : 1 + months]
        used = np.flatnonzero(by_month[:, :, 0].sum(axis=1))[-MOST_MONTHS:].tolist()
        by_segment = total.sums[1 + months :]
        sizes = by_segment[:, :, 0].sum(axis=1)
        frequent = [code for code in np.argsort(-sizes, kind="stable").tolist() if sizes[code]][:MOST_SEGMENTS]
        return Value(
            model=self._model(total),
            customers=customers_value(total.customers) if total.told else None,
            by=self.params.by,
            segments=tuple(self._group(self.names[code], by_segment[code], total) for code in frequent)
            if total.told
            else (),
            months=tuple(self._group(self.calendar.begins[month], by_month[month], total) for month in used)
            if total.told
            else (),
        )

    def _model(self, total: Money) -> GoalValue:
        reached, left = (_mean_of(total.sums[0, status], total) for status in (REACHED, LEFT))
        known = self.lens.has_goal and total.told
        worth = difference(reached, left) if known else Interval(None, None, None, 0)
        why = None
        if worth.value is None:
            why = self._why(total.told, reached.n)
        facts = self.lens.facts
        stated = facts.goal_price
        source = "stated" if stated is not None else None if why else "data"
        shown = worth if stated is None else Interval(stated, None, None, 0)
        reached, left = (one if known else Interval(None, None, None, one.n) for one in (reached, left))
        return GoalValue(
            kind="goal_value",
            source=source,
            why=why if source is None else None,
            currency=facts.currency,
            goal_value=shown.value,
            goal_value_low=shown.low,
            goal_value_high=shown.high,
            n=shown.n,
            data_value=worth.value,
            data_value_low=worth.low,
            data_value_high=worth.high,
            reached=reached.n,
            reached_mean=reached.value,
            reached_mean_low=reached.low,
            reached_mean_high=reached.high,
            left=left.n,
            left_mean=left.value,
            left_mean_low=left.low,
            left_mean_high=left.high,
            largest_share=total.most / total.brought if total.brought > 0 else None,
        )

    def _why(self, told: bool, reached: int) -> str:
        if not self.lens.has_goal:
            return "no_goal"
        if not told:
            return "no_value"
        return "none_left" if reached else "none_reached"

    def _group(self, name: str, sums: Floats, total: Money) -> GoalValueOf:
        reached, left = (_mean_of(sums[status], total) for status in (REACHED, LEFT))
        worth = difference(reached, left) if self.lens.has_goal else Interval(None, None, None, 0)
        return GoalValueOf(
            group=name,
            reached=reached.n if self.lens.has_goal else 0,
            left=left.n,
            total=float(sums[:, 1].sum()),
            goal_value=worth.value,
            goal_value_low=worth.low,
            goal_value_high=worth.high,
        )


def _segment_names(by: str | None, lens: Lens) -> tuple[str, ...]:
    if by is None:
        return ()
    if ATTRIBUTE + by not in lens.dictionaries:
        known = [name.removeprefix(ATTRIBUTE) for name in lens.dictionaries if name.startswith(ATTRIBUTE)]
        raise TropaError(f"The data has no attribute {by!r} to tell values by.", did_you_mean(by, known), kind="usage")
    return tuple(lens.dictionaries[ATTRIBUTE + by])


def _mean_of(sums: Floats, total: Money) -> Interval:
    """Mean total of a group of journeys.

    A group without spread (nobody who left brought anything) may owe that to its size: the limits then come from the
    range of all journeys (see `stats.intervals.mean`).
    """
    n, money, squares = int(sums[0]), float(sums[1]), float(sums[2])
    plain = mean(money, squares, n)
    return plain if n == 0 or plain.low is not None else mean(money, squares, n, (total.least, total.most))


def chart(result: Value) -> Chart:
    """The value of a goal by month of beginning, with its interval."""
    rows: list[dict[str, Any]] = [
        {"month": row.group[:7], "value": row.goal_value, "low": row.goal_value_low, "high": row.goal_value_high}
        for row in result.months
        if row.goal_value is not None
    ]
    x = {"field": "month", "type": "ordinal"}
    return {
        "data": {"values": rows},
        "encoding": {"x": x},
        "layer": [
            {"mark": "bar", "encoding": {"y": {"field": "value", "type": "quantitative"}}},
            {
                "mark": "rule",
                "encoding": {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
            },
        ],
    }


ANALYSIS = Analysis(
    slug="value",
    question="What is one reached goal worth, and what do customers bring?",
    question_ru="Сколько стоит одна достигнутая цель и сколько приносят клиенты?",
    params=ValueParams,
    result=Value,
    fold=ValueFold,
    chart=chart,
)
