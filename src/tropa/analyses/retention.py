"""How many customers come back, period after period?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numba import njit
from pydantic import Field

from tropa.analyses.named import named_code
from tropa.analyses.periods import PeriodUnit, calendar
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.level import By, level_codes
from tropa.cx.times import DAY_US
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints
from tropa.stats.intervals import wilson


class RetentionParams(Filters):
    by: By = Field("activity", description="level of `starting` and `returning`: touchpoint, activity or stage")
    starting: str | None = Field(None, description="what makes a customer one of a cohort; any event where not given")
    returning: str | None = Field(None, description="what counts as coming back; any event where not given")
    period: PeriodUnit = Field("week", description="calendar day, week (from Monday) or month in the workspace's zone")
    periods: int = Field(12, ge=1, le=366, description="for how many periods cohorts are followed")
    kind: Literal["bounded", "unbounded"] = Field(
        "bounded", description="bounded: came back in just that period; unbounded: in that period or any later one"
    )
    entry: Literal["first", "every"] = Field(
        "first", description="first: one cohort a customer, by the first start; every: one for each period with a start"
    )


@dataclass(frozen=True, slots=True)
class Returned:
    """After so many periods: of `n` customers `returned` came back. None: that period is not over yet."""

    after: str
    n: int
    returned: int | None
    share: float | None
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers that started in the period beginning on that day; `complete`: the period is over."""

    begins: str
    size: int
    complete: bool
    returns: tuple[Returned, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """`returns` after 0 periods are the cohort itself; `curve` adds up all cohorts that were watched so long."""

    period: str
    kind: str
    entry: str
    customers: int
    cohorts: tuple[Cohort, ...]
    curve: tuple[Returned, ...]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Additive counts: customers, cohort sizes by period of start, [period of start, periods later] returned."""

    customers: int
    size: Ints
    returned: Ints

    def __add__(self, other: Cohorts) -> Cohorts:
        return Cohorts(self.customers + other.customers, self.size + other.size, self.returned + other.returned)


@njit(cache=True, nogil=True)
def _follow(returned: Ints, cohort: int, active: Codes, latest: int, follow: int, unbounded: bool) -> None:
    """Count the returns of one customer of the cohort, by periods later."""
    if unbounded:
        for later in range(1, min(latest - cohort, follow) + 1):
            returned[later] += 1
    else:
        for period in active:
            if 0 < period - cohort <= follow:
                returned[period - cohort] += 1


@njit(cache=True, nogil=True)
def _cohorts(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    owner: Codes,
    period_of_day: Codes,
    first_day: int,
    starting: int,
    returning: int,
    follow: int,
    every: bool,
    unbounded: bool,
) -> tuple[int, Ints, Ints]:
    """One pass; neighbouring journeys of one owner are one customer."""
    count = period_of_day[-1] + 1
    size = np.zeros(count, dtype=np.int64)
    returned = np.zeros((count, follow + 1), dtype=np.int64)
    started_in = np.full(count, -1, dtype=np.int64)
    active_in = np.full(count, -1, dtype=np.int64)
    active = np.empty(count, dtype=np.int32)
    started = np.empty(count, dtype=np.int32)
    customers = 0
    journeys = len(offsets) - 1
    begin = 0
    while begin < journeys:
        end = begin
        first = count
        actives = starteds = 0
        latest = -1
        while end < journeys and owner[end] == owner[begin]:
            if selected[end]:
                for event in range(offsets[end], offsets[end + 1]):
                    node = table[cells[event]]
                    starts = starting == ABSENT or node == starting
                    returns = returning == ABSENT or node == returning
                    if not starts and not returns:
                        continue
                    period = period_of_day[time[event] // DAY_US - first_day]
                    if starts:
                        first = min(first, period)
                        if started_in[period] != begin:
                            started_in[period] = begin
                            started[starteds] = period
                            starteds += 1
                    if returns:
                        latest = max(latest, period)
                        if active_in[period] != begin:
                            active_in[period] = begin
                            active[actives] = period
                            actives += 1
            end += 1
        if first < count:
            customers += 1
            if not every:
                started[0] = first
                starteds = 1
            for number in range(starteds):
                size[started[number]] += 1
                _follow(returned[started[number]], started[number], active[:actives], latest, follow, unbounded)
        begin = end
    return customers, size, returned


@dataclass(frozen=True, slots=True)
class RetentionFold:
    params: RetentionParams
    lens: Lens

    def map(self, view: View) -> Cohorts:
        params = self.params
        whole = calendar(self.lens, params.period)
        cells, table = level_codes(view, params.by)
        customers, size, returned = _cohorts(
            view.offsets,
            whole.local(view.time),
            cells,
            table,
            view.selected,
            view.owner,
            whole.period_of_day,
            whole.first_day,
            named_code(self.lens, params.by, params.starting),
            named_code(self.lens, params.by, params.returning),
            params.periods,
            params.entry == "every",
            params.kind == "unbounded",
        )
        return Cohorts(customers, size, returned)

    def merge(self, one: Cohorts, other: Cohorts) -> Cohorts:
        return one + other

    def finish(self, total: Cohorts) -> Retention:
        whole = calendar(self.lens, self.params.period)
        total.returned[:, 0] = total.size
        follow = min(self.params.periods, len(whole) - 1)
        cohorts = tuple(
            Cohort(
                begins=whole.begins[period],
                size=int(total.size[period]),
                complete=period < whole.complete,
                returns=tuple(
                    _returned(
                        later,
                        int(total.size[period]),
                        int(total.returned[period, later]) if later == 0 or period + later < whole.complete else None,
                    )
                    for later in range(min(follow, len(whole) - 1 - period) + 1)
                ),
            )
            for period in np.flatnonzero(total.size).tolist()
        )
        curve = []
        for later in range(follow + 1):
            watched = slice(0, max(whole.complete - later, 0)) if later else slice(None)
            curve.append(_returned(later, int(total.size[watched].sum()), int(total.returned[watched, later].sum())))
        params = self.params
        return Retention(params.period, params.kind, params.entry, total.customers, cohorts, tuple(curve))


def _returned(later: int, n: int, returned: int | None) -> Returned:
    if returned is None:
        return Returned(str(later), n, None, None, None, None)
    share = wilson(returned, n)
    return Returned(str(later), n, returned, share.value, share.low, share.high)


def chart(result: Retention) -> Chart:
    """Heat map: cohorts down, periods later across, colour and number are the share that came back."""
    rows: list[dict[str, Any]] = [
        {"cohort": cohort.begins, "after": int(cell.after), "share": cell.share, "returned": cell.returned, "n": cell.n}
        for cohort in result.cohorts[-60:]
        for cell in cohort.returns
        if cell.share is not None
    ]
    axes = {
        "y": {"field": "cohort", "type": "ordinal"},
        "x": {"field": "after", "type": "ordinal", "title": f"{result.period}s later"},
    }
    return {
        "data": {"values": rows},
        "encoding": axes,
        "layer": [
            {
                "mark": "rect",
                "encoding": {
                    "color": {"field": "share", "type": "quantitative", "scale": {"scheme": "blues", "domain": [0, 1]}},
                    "tooltip": [
                        {"field": "cohort"},
                        {"field": "after"},
                        {"field": "returned"},
                        {"field": "n"},
                        {"field": "share", "format": ".1%"},
                    ],
                },
            },
            {"mark": {"type": "text", "fontSize": 10}, "encoding": {"text": {"field": "share", "format": ".0%"}}},
        ],
    }


ANALYSIS = Analysis(
    slug="retention",
    question="How many customers come back, period after period?",
    question_ru="Сколько клиентов возвращается от периода к периоду?",
    params=RetentionParams,
    result=Retention,
    fold=RetentionFold,
    chart=chart,
)
