"""ClickHouse in this process (chDB): a MergeTree table in the order of customers and times, of the smallest types.

`neighbor` looks no further than the block that it is given, so the rows come in one stream and one block: else it
would silently lose the pairs at the borders of blocks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from chdb.session import Session
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

STEPS = ", ".join(f"'{step}'" for step in FUNNEL_STEPS)
CONDITIONS = ", ".join(f"activity = '{step}'" for step in FUNNEL_STEPS)
IN_ORDER = ", optimize_aggregation_in_order = 1"
ONE_BLOCK = (
    ", max_block_size = {rows}, preferred_block_size_bytes = 0, allow_deprecated_error_prone_window_functions = 1"
    ", merge_tree_min_rows_for_concurrent_read = 1000000000000"
    ", merge_tree_min_bytes_for_concurrent_read = 1000000000000000"
)


def rows_in_order(where: str = "") -> str:
    return f"SELECT customer, time, activity FROM bench.events {where} ORDER BY customer, time"


def neighbours(where: str = "") -> str:
    return f"""
        SELECT activity AS source, target, count() AS pairs, sum(next_time - time) AS seconds FROM (
            SELECT customer, time, activity, neighbor(customer, 1) AS next_customer,
                   neighbor(activity, 1) AS target, neighbor(time, 1) AS next_time
            FROM ({rows_in_order(where)})
        ) WHERE customer = next_customer AND next_time >= time GROUP BY source, target"""


def both_halves() -> str:
    halves = " UNION ALL ".join(neighbours(f"WHERE customer {sign} {{middle}}") for sign in ("<", ">="))
    return f"SELECT source, target, sum(pairs), sum(seconds) / sum(pairs) FROM ({halves}) GROUP BY source, target"


ARRAYS = f"""
    SELECT source, target, count(), avg(gap) FROM (
        SELECT arrayPopBack(path) AS sources, arrayPopFront(path) AS targets,
               arrayPopFront(arrayDifference(times)) AS gaps
        FROM (SELECT groupArray(activity) AS path, groupArray(toUInt32(time)) AS times
              FROM ({rows_in_order()}) GROUP BY customer)
    ) ARRAY JOIN sources AS source, targets AS target, gaps AS gap GROUP BY source, target"""
LAG = """
    SELECT source, activity, count(), avg(time - before) FROM (
        SELECT activity, time, lagInFrame(activity) OVER w AS source, lagInFrame(time) OVER w AS before,
               row_number() OVER w AS number
        FROM bench.events
        WINDOW w AS (PARTITION BY customer ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    ) WHERE number > 1 GROUP BY source, activity"""
LEVELS = f"""
    SELECT level, count() FROM (
        SELECT customer, windowFunnel({FUNNEL_WINDOW_SECONDS})(time, {CONDITIONS}) AS level
        FROM bench.events WHERE activity IN ({STEPS}) GROUP BY customer
    ) GROUP BY level"""
PATHS = f"SELECT groupArray(activity) AS path FROM ({rows_in_order()}) GROUP BY customer"
BY_PATH = f"SELECT path, count() AS journeys FROM ({PATHS}) GROUP BY path ORDER BY journeys DESC LIMIT {TOP}"
BY_HASH = (
    f"SELECT any(path), count() AS journeys FROM ({PATHS}) GROUP BY sipHash128(path) ORDER BY journeys DESC LIMIT {TOP}"
)
EXACT = ", exact_rows_before_limit = 1"

QUERIES: dict[str, dict[str, tuple[str, str]]] = {
    TRANSITIONS: {
        "neighbor over rows in order": (
            f"SELECT source, target, pairs, seconds / pairs FROM ({neighbours()})",
            ONE_BLOCK,
        ),
        "neighbor over rows in order, two halves at once": (both_halves(), ONE_BLOCK),
        "groupArray, ARRAY JOIN": (ARRAYS, IN_ORDER),
        "lagInFrame": (LAG, ""),
    },
    FUNNEL: {
        "windowFunnel": (LEVELS, ""),
        "windowFunnel, aggregation in order": (LEVELS, IN_ORDER),
    },
    VARIANTS: {
        "groupArray, GROUP BY the array": (BY_PATH, IN_ORDER + EXACT),
        "groupArray, GROUP BY sipHash128": (BY_HASH, IN_ORDER + EXACT),
    },
}


class OfClickHouse(Peer):
    title = "ClickHouse (chDB)"
    package = "chdb"
    forms: ClassVar[dict[str, Sequence[str]]] = {question: tuple(queries) for question, queries in QUERIES.items()}

    def _run(self, query: str, form: str = "JSONCompact") -> bytes:
        return bytes(self.session.query(query, form).bytes())

    def load(self) -> None:
        self.session = Session(str(self.folder / "clickhouse"))
        names = ", ".join(f"'{name}'" for name in ACTIVITIES)
        self._run("CREATE DATABASE bench")
        self._run(
            f"""CREATE TABLE bench.events (
                customer UInt32, time DateTime('UTC'), activity Enum8({names}), channel LowCardinality(String)
            ) ENGINE = MergeTree ORDER BY (customer, time)"""
        )
        self._run(
            f"""INSERT INTO bench.events
            SELECT toUInt32(substring(customer_id, 2)), toDateTime(time, 'UTC'), activity, channel
            FROM file('{self.parquet}', Parquet) SETTINGS max_threads = {THREADS}"""
        )
        self._run("OPTIMIZE TABLE bench.events FINAL")

    def open(self) -> None:
        self.session = Session(str(self.folder / "clickhouse"))
        counted = json.loads(self._run("SELECT count(), max(customer) FROM bench.events"))["data"][0]
        self.rows, self.middle = int(counted[0]), int(counted[1]) // 2

    def ask(self, question: str, form: str) -> Any:
        query, settings = QUERIES[question][form]
        text = f"{query} SETTINGS max_threads = {THREADS}{settings}"
        text = text.replace("{middle}", str(self.middle)).replace("{rows}", str(self.rows + 1))
        return json.loads(self._run(text))

    def tell(self, question: str, answer: Any) -> Any:
        rows = answer["data"]
        if question == TRANSITIONS:
            return transitions_told(rows)
        if question == FUNNEL:
            return funnel_told({int(level): int(count) for level, count in rows}, len(FUNNEL_STEPS))
        return variants_told(answer["rows_before_limit_at_least"], rows)
