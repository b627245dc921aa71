"""Columns of the contract, and what everything else is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["events", "feedback", "customers", "identities"]

COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "events": (
        "customer_id",
        "time",
        "activity",
        "case_id",
        "event_id",
        "channel",
        "actor",
        "performer",
        "status",
        "ended_at",
        "promised_at",
        "value",
    ),
    "feedback": ("customer_id", "time", "kind", "score", "text", "case_id", "channel", "activity"),
    "customers": ("customer_id",),
    "identities": ("identifier_a", "identifier_b"),
}
"""Columns that have a meaning of their own in a file of the kind; every other one is an attribute.

The first names the customer.
"""

TIMES = ("time", "ended_at", "promised_at")
NUMBERS = ("value", "score")

CODED = ("activity", "channel", "actor", "performer", "status", "kind")
"""Columns of few distinct texts: kept as codes."""

DEFAULTS = {"actor": "customer", "status": "ok"}
"""What an event has that says nothing of it: always code 0."""

FALLBACK = "tropa_fallback"
"""Whether a row names no customer_id, so that another identifier stands in; absent where every row names one."""

ATTRIBUTE = "attribute:"
"""Stands before the name of an attribute everywhere but in files, so that no attribute is taken for something else."""


def coded_name(kind: Kind, column: str) -> str:
    """Name under which a column of a file of this kind is coded."""
    return column if column in COLUMNS[kind] else ATTRIBUTE + column


QUANTITY = "quantity:"
"""Stands before the name of an attribute with too many values for a filter, told as numbers in journeys."""
