"""What has to be reached, and whether it is."""

from __future__ import annotations

from dataclasses import dataclass

from measure import OURS, Measured
from peers.peer import FUNNEL, TRANSITIONS, VARIANTS

CLICKHOUSE_RATIOS = {TRANSITIONS: 4.0, FUNNEL: 3.0, VARIANTS: 2.0}
DUCKDB_RATIO = 10.0
WINDOW_FORMS = {FUNNEL: "running MAX windows"}
"""Where DuckDB has a form without window functions as well, the bar is about the windows."""
PM4PY_RATIO = 100.0
LOAD_EVENTS_A_SECOND = 1_000_000
PEAK_BYTES = 1_500_000_000
FIRST_ANSWER_SECONDS = 3.0


@dataclass(frozen=True)
class Bar:
    """One thing to reach: what, how much is asked, how much it is."""

    what: str
    asked: str
    reached: str
    met: bool


def ratio(measured: Measured, question: str, peer: str, form: str | None = None) -> float | None:
    """How many times longer the peer's fastest form (or the one named) takes."""
    ours, theirs = measured.fastest(question, OURS), measured.fastest(question, peer)
    if ours is None or theirs is None:
        return None
    timing = theirs[1] if form is None else measured.timings[question][peer].get(form, theirs[1])
    return timing.best / ours[1].best


def bars(measured: Measured) -> list[Bar]:
    """All bars for which this size has measurements."""
    told = []
    wanted = {
        "clickhouse": CLICKHOUSE_RATIOS,
        "duckdb": dict.fromkeys(CLICKHOUSE_RATIOS, DUCKDB_RATIO),
        "pm4py": dict.fromkeys(CLICKHOUSE_RATIOS, PM4PY_RATIO),
    }
    names = {"clickhouse": "ClickHouse's fastest form", "duckdb": "DuckDB's windows", "pm4py": "PM4Py"}
    for peer, ratios in wanted.items():
        for question, asked in ratios.items():
            reached = ratio(measured, question, peer, WINDOW_FORMS.get(question) if peer == "duckdb" else None)
            if reached is not None:
                told.append(
                    Bar(
                        f"{question}: times faster than {names[peer]}",
                        f"≥ {asked:g}",
                        f"{reached:.1f}",
                        reached >= asked,
                    )
                )
    if OURS in measured.loads:
        rate = measured.events / measured.loads[OURS]["seconds"]
        told.append(
            Bar(
                "load: Parquet to ready journeys, events/s",
                f"≥ {LOAD_EVENTS_A_SECOND:,}",
                f"{rate:,.0f}",
                rate >= LOAD_EVENTS_A_SECOND,
            )
        )
    analyses = [facts for facts in measured.alone.get("analyses", {}).values() if "peak_bytes" in facts]
    if analyses:
        peak = max(facts["peak_bytes"] for facts in analyses)
        told.append(
            Bar(
                "peak memory of any analysis, MB", f"< {PEAK_BYTES / 1e6:,.0f}", f"{peak / 1e6:,.0f}", peak < PEAK_BYTES
            )
        )
    if "first_answer_seconds" in measured.alone:
        first = measured.alone["first_answer_seconds"]
        told.append(
            Bar(
                "first answer of a fresh process, s",
                f"< {FIRST_ANSWER_SECONDS:g}",
                f"{first:.2f}",
                first < FIRST_ANSWER_SECONDS,
            )
        )
    return told
