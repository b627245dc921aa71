"""DuckDB: a table in the order of customers and times, of the smallest types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import duckdb
from generate import ACTIVITIES, FUNNEL_STEPS, FUNNEL_WINDOW_SECONDS

from peers.peer import (
    FUNNEL,
    THREADS,
    TOP,
    TRANSITIONS,
    VARIANTS,
    Peer,
    funnel_told,
    transitions_told,
    variants_told,
)

LEAD = """
    SELECT activity, target, count(*), avg(next_time - time) FROM (
        SELECT activity, time, lead(activity) OVER w AS target, lead(time) OVER w AS next_time
        FROM events WINDOW w AS (PARTITION BY customer ORDER BY time)
    ) WHERE target IS NOT NULL GROUP BY ALL"""
VARIANT_LISTS = f"""
    SELECT path, count(*) AS journeys, count(*) OVER () FROM (
        SELECT list(activity ORDER BY time) AS path FROM events GROUP BY customer
    ) GROUP BY path ORDER BY journeys DESC LIMIT {TOP}"""


def funnel_by_windows() -> str:
    """The latest first step that leads to each row, step by step: a running maximum for each."""
    window = "OVER (PARTITION BY customer ORDER BY time ROWS UNBOUNDED PRECEDING)"
    query = f"""
        SELECT customer, time, activity, max(CASE WHEN activity = '{FUNNEL_STEPS[0]}' THEN time END) {window} AS entry_1
        FROM events WHERE activity IN {FUNNEL_STEPS}"""
    for number, step in enumerate(FUNNEL_STEPS[1:], 2):
        before = f"entry_{number - 1}"
        query = f"""
            SELECT *, max(
                CASE WHEN activity = '{step}' AND time - {before} <= {FUNNEL_WINDOW_SECONDS} THEN {before} END
            ) {window} AS entry_{number} FROM ({query})"""
    reached = " + ".join(f"(max(entry_{number}) IS NOT NULL)::INT" for number in range(1, len(FUNNEL_STEPS) + 1))
    return f"SELECT level, count(*) FROM (SELECT {reached} AS level FROM ({query}) GROUP BY customer) GROUP BY level"


def funnel_by_joins() -> str:
    """The same by joins: each step to the nearest step before it."""
    parts = [f"entry_1 AS (SELECT customer, time AS begun, time FROM events WHERE activity = '{FUNNEL_STEPS[0]}')"]
    for number, step in enumerate(FUNNEL_STEPS[1:], 2):
        parts.append(
            f"""entry_{number} AS (
                SELECT event.customer, before.begun, event.time
                FROM events AS event ASOF JOIN entry_{number - 1} AS before
                  ON event.customer = before.customer AND event.time > before.time
                WHERE event.activity = '{step}' AND event.time - before.begun <= {FUNNEL_WINDOW_SECONDS})"""
        )
    counts = " UNION ALL ".join(
        f"SELECT {number}, count(DISTINCT customer) FROM entry_{number}" for number in range(1, len(FUNNEL_STEPS) + 1)
    )
    return f"WITH {', '.join(parts)} {counts}"


BY_JOINS = "ASOF joins"
QUERIES = {
    TRANSITIONS: {"LEAD window": LEAD},
    FUNNEL: {"running MAX windows": funnel_by_windows(), BY_JOINS: funnel_by_joins()},
    VARIANTS: {"list(... ORDER BY), GROUP BY the list": VARIANT_LISTS},
}


class OfDuckDB(Peer):
    title = "DuckDB"
    package = "duckdb"
    forms: ClassVar[dict[str, Sequence[str]]] = {question: tuple(queries) for question, queries in QUERIES.items()}

    def open(self) -> None:
        self.connection = duckdb.connect(str(self.folder / "events.duckdb"))
        self.connection.execute(f"SET threads = {THREADS}")
        self.connection.execute("SET enable_progress_bar = false")

    def load(self) -> None:
        self.open()
        names = ", ".join(f"'{name}'" for name in ACTIVITIES)
        self.connection.execute(f"CREATE TYPE activity AS ENUM ({names})")
        self.connection.execute(
            f"""CREATE TABLE events AS
            SELECT substring(customer_id, 2)::UINTEGER AS customer, epoch(time)::BIGINT AS time,
                   activity::activity AS activity, channel
            FROM '{self.parquet}' ORDER BY customer, time"""
        )
        self.connection.close()

    def ask(self, question: str, form: str) -> Any:
        return form, self.connection.execute(QUERIES[question][form]).fetchall()

    def tell(self, question: str, answer: Any) -> Any:
        form, rows = answer
        if question == TRANSITIONS:
            return transitions_told(rows)
        if form == BY_JOINS:
            return [count for _, count in sorted(rows)]
        if question == FUNNEL:
            return funnel_told(dict(rows), len(FUNNEL_STEPS))
        return variants_told(rows[0][2], ((path, count) for path, count, _ in rows))
