"""The keys of a map that have a meaning, and which of them a misspelt one was meant to be."""

from __future__ import annotations

import difflib

TOP = ("map", "unit", "session_gap", "goal", "within", "stages")
STAGE = ("stage", "jobs", "customer_metrics", "company_metrics", "touchpoints")
TOUCHPOINT = (
    "touchpoint",
    "when",
    "actor",
    "moment_of_truth",
    "expects",
    "pains",
    "process",
    "jobs",
    "customer_metrics",
    "company_metrics",
)
EXPECTS = ("best", "worst", "within", "score", "failures")
PAIN = ("pain", "kind")
PAIN_KINDS = ("finance", "process", "support", "productivity")

# Longest regular expression in a rule, in characters.
MAX_EXPRESSION = 1000

# One wrong letter of four is still a slip; half of the letters is another word.
_NEAR = 0.75


def near_key(key: str, known: tuple[str, ...]) -> str | None:
    """The known key that this one looks like, or None where it is a word of its own."""
    folded = key.strip().casefold().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(folded, known, n=1, cutoff=_NEAR)
    return near[0] if near else None
