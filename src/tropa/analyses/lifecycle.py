"""Who is new, who stays, who comes back after a pause, and who falls silent, period by period?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


class LifecycleParams(Filters):
    by: By = Field("activity", description="level of `active`: touchpoint, activity or stage")
    active: str | None = Field(None, description="what counts as being active; any event where not given")
    period: PeriodUnit = Field("week", description="calendar day, week (from Monday) or month in the workspace's zone")


@dataclass(frozen=True, slots=True)
class Standing:
    """Customers in one period.

    new: active for the first time in the data; returning: active in the period before too; resurrecting: active before,
    but not in the period before; dormant: active in the period before and not in this one, None while the period is
    not over. active = new + returning + resurrecting.
    """

    begins: str
    complete: bool
    active: int
    new: int
    returning: int
    resurrecting: int
    dormant: int | None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    period: str
    customers: int
    periods: tuple[Standing, ...]


NEW, RETURNING, RESURRECTING, DORMANT = range(4)


@njit(cache=True, nogil=True)
def _standings(
    offsets: Ints,
    time: Ints,
    cells: Codes,
    table: Codes,
    selected: Array,
    owner: Codes,
    period_of_day: Codes,
    first_day: int,
    wanted: int,
) -> tuple[int, Ints]:
    """Customers, and [period, standing]; neighbouring journeys of one owner are one customer."""
    count = period_of_day[-1] + 1
    told = np.zeros((count, 4), dtype=np.int64)
    active_in = np.full(count, -1, dtype=np.int64)
    customers = 0
    journeys = len(offsets) - 1
    begin = 0
    while begin < journeys:
        end = begin
        first, latest = count, -1
        while end < journeys and owner[end] == owner[begin]:
            if selected[end]:
                for event in range(offsets[end], offsets[end + 1]):
                    if wanted == ABSENT or table[cells[event]] == wanted:
                        period = period_of_day[time[event] // DAY_US - first_day]
                        active_in[period] = begin
                        first, latest = min(first, period), max(latest, period)
            end += 1
        customers += latest >= 0
        for period in range(first, min(latest + 2, count)):
            before = period > first and active_in[period - 1] == begin
            if active_in[period] == begin:
                told[period, NEW if period == first else (RETURNING if before else RESURRECTING)] += 1
            elif before:
                told[period, DORMANT] += 1
        begin = end
    return customers, told


@dataclass(frozen=True, slots=True)
class LifecycleFold:
    params: LifecycleParams
    lens: Lens

    def map(self, view: View) -> tuple[int, Ints]:
        whole = calendar(self.lens, self.params.period)
        cells, table = level_codes(view, self.params.by)
        wanted = named_code(self.lens, self.params.by, self.params.active)
        return _standings(
            view.offsets,
            whole.local(view.time),
            cells,
            table,
            view.selected,
            view.owner,
            whole.period_of_day,
            whole.first_day,
            wanted,
        )

    def merge(self, one: tuple[int, Ints], other: tuple[int, Ints]) -> tuple[int, Ints]:
        return one[0] + other[0], one[1] + other[1]

    def finish(self, total: tuple[int, Ints]) -> Lifecycle:
        customers, told = total
        whole = calendar(self.lens, self.params.period)
        periods = []
        for period, counts in enumerate(told.tolist()):
            complete = period < whole.complete
            new, returning, resurrecting, dormant = counts
            active = new + returning + resurrecting
            told_dormant = dormant if complete else None
            periods.append(Standing(whole.begins[period], complete, active, new, returning, resurrecting, told_dormant))
        return Lifecycle(self.params.period, customers, tuple(periods))


def chart(result: Lifecycle) -> Chart:
    """Stacked bars: who is active above the line, who fell silent below it."""
    rows: list[dict[str, Any]] = []
    for period in result.periods[-120:]:
        for standing in ("new", "returning", "resurrecting"):
            rows.append({"period": period.begins, "standing": standing, "customers": getattr(period, standing)})
        rows.append({"period": period.begins, "standing": "dormant", "customers": -(period.dormant or 0)})
    return {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "x": {"field": "period", "type": "ordinal"},
            "y": {"field": "customers", "type": "quantitative"},
            "color": {"field": "standing", "type": "nominal", "sort": None},
        },
    }


ANALYSIS = Analysis(
    slug="lifecycle",
    question="Who is new, who stays, who comes back after a pause, and who falls silent, period by period?",
    question_ru="Кто новый, кто остаётся, кто вернулся после паузы и кто замолчал, период за периодом?",
    params=LifecycleParams,
    result=Lifecycle,
    fold=LifecycleFold,
    chart=chart,
)
