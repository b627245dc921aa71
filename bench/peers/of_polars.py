"""Polars: a frame in memory, in the order of customers and times, of the smallest types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import polars as pl
from generate import ACTIVITIES, FUNNEL_STEPS, FUNNEL_WINDOW_SECONDS

from peers.peer import FUNNEL, TOP, TRANSITIONS, VARIANTS, Peer, funnel_told, transitions_told, variants_told

SHIFT, OVER = "shift over the sorted frame", "shift over customers"


class OfPolars(Peer):
    title = "Polars"
    package = "polars"
    forms: ClassVar[dict[str, Sequence[str]]] = {
        TRANSITIONS: (SHIFT, OVER),
        FUNNEL: ("running maximum over customers",),
        VARIANTS: ("group_by the list",),
    }
    in_memory = True

    def open(self) -> None:
        rows = pl.scan_parquet(self.parquet).select(
            pl.col("customer_id").str.slice(1).cast(pl.UInt32).alias("customer"),
            pl.col("time").dt.epoch("s").alias("time"),
            pl.col("activity").cast(pl.String).cast(pl.Enum(ACTIVITIES)),
        )
        self.rows = rows.collect().sort("customer", "time").lazy()

    def ask(self, question: str, form: str) -> Any:
        if question == TRANSITIONS:
            return self._by_shift() if form == SHIFT else self._over_customers()
        return self._funnel() if question == FUNNEL else self._variants()

    def _by_shift(self) -> pl.DataFrame:
        nearby = self.rows.select(
            "customer",
            "activity",
            pl.col("customer").shift(-1).alias("next_customer"),
            pl.col("activity").shift(-1).alias("target"),
            (pl.col("time").shift(-1) - pl.col("time")).alias("gap"),
        ).filter(pl.col("customer") == pl.col("next_customer"))
        return nearby.group_by("activity", "target").agg(pl.len(), pl.col("gap").mean()).collect()

    def _over_customers(self) -> pl.DataFrame:
        nearby = self.rows.select(
            "activity",
            pl.col("activity").shift(-1).over("customer").alias("target"),
            (pl.col("time").shift(-1) - pl.col("time")).over("customer").alias("gap"),
        ).filter(pl.col("target").is_not_null())
        return nearby.group_by("activity", "target").agg(pl.len(), pl.col("gap").mean()).collect()

    def _funnel(self) -> pl.DataFrame:
        """The latest first step that leads to each row, step by step."""
        rows = self.rows.filter(pl.col("activity").is_in(list(FUNNEL_STEPS))).with_columns(
            pl.when(pl.col("activity") == FUNNEL_STEPS[0])
            .then("time")
            .cum_max()
            .forward_fill()
            .over("customer")
            .alias("entry_1")
        )
        for number, step in enumerate(FUNNEL_STEPS[1:], 2):
            before = pl.col(f"entry_{number - 1}")
            holds = (pl.col("activity") == step) & (pl.col("time") - before <= FUNNEL_WINDOW_SECONDS)
            entry = pl.when(holds).then(before).cum_max().forward_fill().over("customer")
            rows = rows.with_columns(entry.alias(f"entry_{number}"))
        reached = [
            pl.col(f"entry_{number}").is_not_null().any().cast(pl.Int32) for number in range(1, len(FUNNEL_STEPS) + 1)
        ]
        levels = rows.group_by("customer").agg(pl.sum_horizontal(reached).alias("level"))
        return levels.group_by("level").len().collect()

    def _variants(self) -> tuple[int, pl.DataFrame]:
        paths = self.rows.group_by("customer", maintain_order=True).agg("activity")
        counted = paths.group_by("activity").len().collect()
        return counted.height, counted.top_k(TOP, by="len")

    def tell(self, question: str, answer: Any) -> Any:
        if question == TRANSITIONS:
            return transitions_told(answer.rows())
        if question == FUNNEL:
            return funnel_told(dict(answer.rows()), len(FUNNEL_STEPS))
        total, top = answer
        return variants_told(total, top.rows())
