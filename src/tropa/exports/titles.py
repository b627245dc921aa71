"""Titles of lanes and terms from the registry of lanes; what an author made up keeps the author's own name."""

from __future__ import annotations

from tropa.cx import lane_terms
from tropa.cx.lanes import BY_KEY
from tropa.exports.numbers import Language

_TERMS: dict[str, tuple[lane_terms.Term, ...]] = {
    "kind": lane_terms.KINDS,
    "question": lane_terms.QUESTIONS,
    "pain": lane_terms.PAIN_KINDS,
    "source": lane_terms.SOURCES,
    "influence": lane_terms.INFLUENCES,
    "process": lane_terms.PROCESS,
}
SOURCES = tuple(term.key for term in lane_terms.SOURCES)


def lane_title(key: str, language: Language) -> str:
    """The title of a written lane."""
    lane = BY_KEY.get(key)
    return key.replace("_", " ") if lane is None else str(getattr(lane.title, language))


def term_title(area: str, key: str, language: Language) -> str:
    """The title of a kind of map, question, kind of pain, source of evidence, influence or part of a process."""
    for term in _TERMS[area]:
        if term.key == key:
            return str(getattr(term.title, language))
    return key
