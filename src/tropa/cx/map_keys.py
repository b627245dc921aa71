"""The keys of a map that have a meaning, and which of them a misspelt one was meant to be."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

from tropa.cx.lane_terms import EXPECTATION, INFLUENCES, KINDS, METRIC, PROCESS, QUESTIONS, SOURCES
from tropa.cx.lane_terms import PAIN_KINDS as _PAIN_KINDS
from tropa.cx.lanes import STAGE_LANES, TOUCHPOINT_LANES

TOP = (
    "map",
    "unit",
    "session_gap",
    "goal",
    "within",
    "stages",
    "kind",
    "scenario",
    "segment",
    "lanes",
    "hidden_lanes",
    "benchmarks",
)
STAGE = ("stage", *STAGE_LANES, "opens", "evidence", "touchpoints")
TOUCHPOINT = ("touchpoint", "when", "actor", *TOUCHPOINT_LANES, "opens", "evidence")
EXPECTS = tuple(term.key for term in EXPECTATION)
PAIN = ("pain", "kind")
PAIN_KINDS = tuple(term.key for term in _PAIN_KINDS)
METRIC_KEYS = tuple(term.key for term in METRIC)
PROCESS_KEYS = tuple(term.key for term in PROCESS)
QUESTION_KEYS = tuple(term.key for term in QUESTIONS)
INFLUENCE = ("influence", "from")
INFLUENCE_KEYS = tuple(term.key for term in INFLUENCES)
EVIDENCE = ("source", "n", "date", "note")
SOURCE_KEYS = tuple(term.key for term in SOURCES)
BENCHMARK = ("name", "promise", "note")
KIND_KEYS = tuple(term.key for term in KINDS)

MAX_NAME = 500
# Longest regular expression in a rule, in characters.
MAX_EXPRESSION = 1000

# One wrong letter of four is still a slip; half of the letters is another word.
_NEAR = 0.75
# These came later than the author's own lanes of similar names: only a plain slip is refused, a plural is not.
_LATER = frozenset(
    {*TOP[6:], *STAGE_LANES, *TOUCHPOINT_LANES, "opens", "evidence"}
    - {"jobs", "customer_metrics", "company_metrics", "moment_of_truth", "expects", "pains", "process"}
)
_NEARER = 0.85


@lru_cache(maxsize=4096)
def near_key(key: str, known: tuple[str, ...]) -> str | None:
    """The known key that this one looks like, or None where it is a word of its own."""
    folded = key.strip().casefold().replace("-", "_").replace(" ", "_")
    for meant in difflib.get_close_matches(folded, known, n=3, cutoff=_NEAR):
        if meant not in _LATER:
            return meant
        slip = difflib.SequenceMatcher(None, folded, meant).ratio() >= _NEARER
        if folded == meant or (slip and folded.rstrip("s") != meant.rstrip("s")):
            return meant
    return None


def clean_name(text: str) -> str:
    """A name: trimmed, on one line, in one Unicode form so that equal-looking names are equal."""
    return unicodedata.normalize("NFC", re.sub(r"\s*[\r\n\t]\s*", " ", text.strip()))
