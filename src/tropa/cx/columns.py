"""Columns of the contract, and what everything else is called."""

from __future__ import annotations

COLUMNS = frozenset(
    [
        "customer_id",
        "time",
        "activity",
        "case_id",
        "event_id",
        "channel",
        "actor",
        "performer",
        "ended_at",
        "promised_at",
        "status",
        "value",
        "kind",
        "score",
        "text",
        "tropa_bucket",
    ]
)
"""Columns that have a meaning of their own; every other one is an attribute."""

CODED = ("activity", "channel", "actor", "performer", "status", "kind")
"""Columns of few distinct texts: kept as codes."""

DEFAULTS = {"actor": "customer", "status": "ok"}
"""What an event has that says nothing of it: always code 0."""

ATTRIBUTE = "attribute:"
"""Stands before the name of an attribute everywhere but in files, so that no attribute is taken for something else."""


def coded_name(column: str) -> str:
    """Name under which a column of a file is coded."""
    return column if column in COLUMNS else ATTRIBUTE + column
