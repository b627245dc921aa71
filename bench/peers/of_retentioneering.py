"""Retentioneering: its own functions over its event stream."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pandas as pd
from generate import FUNNEL_STEPS
from retentioneering import Eventstream

from peers.peer import FUNNEL, FUNNEL_UNLIMITED, TRANSITIONS, VARIANTS, Peer, transitions_told


class OfRetentioneering(Peer):
    title = "Retentioneering"
    package = "retentioneering"
    forms: ClassVar[dict[str, Sequence[str]]] = {
        TRANSITIONS: ("transition_graph_data: count and time_median",),
        FUNNEL_UNLIMITED: ("funnel_data",),
    }
    lacks: ClassVar[dict[str, str]] = {FUNNEL: "its funnel has no window", VARIANTS: "has no variants"}
    bytes_an_event = 700
    in_memory = True

    def open(self) -> None:
        rows = pd.read_parquet(self.parquet, columns=["customer_id", "activity", "time"])
        rows.columns = ["user_id", "event", "timestamp"]
        rows["event"] = rows["event"].astype(str)
        rows["timestamp"] = rows["timestamp"].dt.tz_localize(None)
        self.stream = Eventstream(rows)

    def ask(self, question: str, form: str) -> Any:
        if question == FUNNEL_UNLIMITED:
            return self.stream.funnel_data(list(FUNNEL_STEPS))
        counts = self.stream.transition_graph_data(edge_weight="count")
        self.stream.transition_graph_data(edge_weight="time_median")
        return counts

    def tell(self, question: str, answer: Any) -> Any:
        if question == FUNNEL_UNLIMITED:
            return [step["unique_paths"] for step in answer["steps"]]
        pairs = answer.stack()
        made_up = {"path_start", "path_end"}
        return transitions_told(
            (source, target, count, None)
            for (source, target), count in pairs.items()
            if count > 0 and not {source, target} & made_up
        )
