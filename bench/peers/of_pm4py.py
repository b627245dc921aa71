"""PM4Py: its own functions over a frame that it has formatted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pandas as pd
import pm4py

from peers.peer import FUNNEL, TRANSITIONS, VARIANTS, Peer, transitions_told, variants_told

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


class OfPM4Py(Peer):
    title = "PM4Py"
    package = "pm4py"
    forms: ClassVar[dict[str, Sequence[str]]] = {
        TRANSITIONS: ("discover_dfg and discover_performance_dfg",),
        VARIANTS: ("get_variants",),
    }
    lacks: ClassVar[dict[str, str]] = {FUNNEL: "has no funnel"}
    bytes_an_event = 500
    in_memory = True

    def open(self) -> None:
        rows = pd.read_parquet(self.parquet, columns=["customer_id", "time", "activity"])
        rows["activity"] = rows["activity"].astype(str)
        self.rows = pm4py.format_dataframe(rows, case_id="customer_id", activity_key="activity", timestamp_key="time")

    def ask(self, question: str, form: str) -> Any:
        if question == VARIANTS:
            return pm4py.get_variants(self.rows)
        counts, _, _ = pm4py.discover_dfg(self.rows)
        means, _, _ = pm4py.discover_performance_dfg(self.rows, perf_aggregation_key="mean")
        return counts, means

    def tell(self, question: str, answer: Any) -> Any:
        if question == VARIANTS:
            return variants_told(len(answer), answer.items())
        counts, means = answer
        return transitions_told((*pair, count, means[pair]) for pair, count in counts.items())
