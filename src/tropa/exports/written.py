"""What the author wrote: the document of the map turned into stages, columns and lanes of cards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tropa.exports.numbers import Language, decimal, share, signed
from tropa.exports.sheet import Card, Cell, Evidence, Lane
from tropa.exports.titles import lane_title, term_title
from tropa.exports.words import Words

_STRUCTURE = {"stage", "touchpoint", "touchpoints", "when", "actor", "moment_of_truth", "evidence", "opens"}
_EXPECTS = {"best", "worst", "within", "score", "failures"}
STALE_DAYS = 365
_STEP = 50.0
"""An author's emotion is -2..2, the measured one -100..100."""


def texts(value: Any) -> list[str]:
    """Anything that an author may write, as lines of text."""
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, Mapping):
        return [f"{key}: {', '.join(texts(part))}" for key, part in value.items()]
    if isinstance(value, list | tuple):
        return [line for part in value for line in texts(part)]
    return [str(value)]


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> list[Mapping[str, Any]]:
    """The entries of a list that are mappings."""
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list | tuple) else []


def cards_of(key: str, value: Any, words: Words) -> tuple[Card, ...]:
    """The cards of one lane in one place."""
    readers = {
        "expects": _expects,
        "pains": _pains,
        "process": _process,
        "research": _research,
        "emotion": _emotion,
        "influences": _influences,
    }
    if key in ("customer_metrics", "company_metrics"):
        found: Iterable[Card] = (_metric(part) for part in _listed(value))
    elif key in readers:
        found = readers[key](value, words)
    else:
        found = (Card(text) for text in texts(value))
    return tuple(card for card in found if card.text)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _metric(value: Any) -> Card:
    """A metric: its name, and where they are said what it is now and what it shall be."""
    if not isinstance(value, Mapping) or "metric" not in value:
        return Card("; ".join(texts(value)))
    unit = " ".join(texts(value.get("unit")))
    now, target = (" ".join(texts(value.get(key))) for key in ("now", "target"))
    course = f"{now or '?'} → {target}" if target else now
    rest = [f"{key}: {', '.join(texts(part))}" for key, part in value.items() if key not in _METRIC and texts(part)]
    said = " ".join(part for part in (course, unit if course else "") if part)
    name = " ".join(texts(value["metric"]))
    return Card("; ".join([f"{name}: {said}" if said else name, *rest]))


_METRIC = {"metric", "now", "target", "unit"}


def _expects(value: Any, words: Words) -> list[Card]:
    if not isinstance(value, Mapping):
        return [Card(text) for text in texts(value)]
    found = [
        Card(" ".join(texts(value.get(key))), words(key), key, key)
        for key in ("best", "worst")
        if texts(value.get(key))
    ]
    language = words.language
    if value.get("within") not in (None, ""):
        found.append(Card(words("at_most", value=_spoken(value["within"], language)), words("within"), "within"))
    for key, limit, write in (("score", "at_least", decimal), ("failures", "at_most", share)):
        number = value.get(key)
        if isinstance(number, int | float) and not isinstance(number, bool):
            said = decimal(number, language, 2) if write is decimal else share(number, language)
            found.append(Card(words(limit, value=said), words(key), key))
    return found + [Card(f"{key}: {text}") for key in value if key not in _EXPECTS for text in texts(value[key])]


def _spoken(value: Any, language: Language) -> str:
    from tropa.cx.durations import parse_duration
    from tropa.errors import TropaError
    from tropa.exports.numbers import duration

    try:
        return duration(parse_duration(str(value)), language)
    except TropaError:
        return str(value)


def _pains(value: Any, words: Words) -> list[Card]:
    found = []
    for part in _listed(value):
        if isinstance(part, Mapping) and "pain" in part:
            kind = " ".join(texts(part.get("kind")))
            found.append(Card(" ".join(texts(part["pain"])), term_title("pain", kind, words.language), kind, "pain"))
        else:
            found += [Card(text, tone="pain") for text in texts(part)]
    return found


def _process(value: Any, words: Words) -> list[Card]:
    if not isinstance(value, Mapping):
        return [Card(text) for text in texts(value)]
    known = ("owner", "department", "systems", "decides")
    keys = [key for key in known if key in value] + [key for key in value if key not in known]
    return [Card(", ".join(texts(value[key])), term_title("process", key, words.language), key) for key in keys]


def _influences(value: Any, words: Words) -> list[Card]:
    found = []
    for part in _listed(value):
        if isinstance(part, Mapping) and "influence" in part:
            origin = " ".join(texts(part.get("from")))
            found.append(
                Card(" ".join(texts(part["influence"])), term_title("influence", origin, words.language), origin)
            )
        else:
            found += [Card(text) for text in texts(part)]
    return found


def _research(value: Any, words: Words) -> list[Card]:
    if not isinstance(value, Mapping):
        return [Card(text) for text in texts(value)]
    return [Card(text, term_title("question", key, words.language), key) for key in value for text in texts(value[key])]


def _emotion(value: Any, words: Words) -> list[Card]:
    number = opinion_of(value)
    if number is None:
        return [Card(text) for text in texts(value)]
    return [Card(signed(number / _STEP, words.language, 1))]


def opinion_of(value: Any) -> float | None:
    """The author's emotion on the scale of the measured one, None where it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return max(-2.0, min(2.0, float(value))) * _STEP


def evidence_of(part: Mapping[str, Any], key: str, words: Words) -> Evidence | None:
    """What the author says a lane's words in one place rest on."""
    said = mapping(part.get("evidence")).get(key)
    if isinstance(said, str):
        said = {"source": said}
    if not isinstance(said, Mapping) or not said.get("source"):
        return None
    source, date, note = (" ".join(texts(said.get(name))) for name in ("source", "date", "note"))
    number = said.get("n")
    n = int(number) if isinstance(number, int | float) and not isinstance(number, bool) else None
    stale = _is_stale(date)
    label = [
        term_title("source", source, words.language),
        *([] if n is None else [f"n\u00a0{n}"]),
        *([date] if date else []),
        *([words("stale")] if stale else []),
    ]
    return Evidence(source, " · ".join(label), n, date, note, stale)


def _is_stale(date: str) -> bool:
    """Whether a day (or month, or year) of ISO 8601 is more than a year ago."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?.*", date)
    if match is None:
        return False
    try:
        year, month, day = int(match[1]), int(match[2] or 12), int(match[3] or 28)
        return (dt.datetime.now(dt.UTC).date() - dt.date(year, month, day)).days > STALE_DAYS
    except ValueError:
        return False


def written_lanes(stages: list[Mapping[str, Any]], places: list[Mapping[str, Any]], words: Words) -> list[Lane]:
    """Lanes of cards in the order in which their keys first appear: those of stages first.

    Args:
        stages: the stages of the document.
        places: what stands in each column, an empty mapping where a stage has no touchpoint.
    """
    found = [
        _lane(key, parts, of_stage, words)
        for of_stage, parts in ((True, stages), (False, places))
        for key in dict.fromkeys(key for part in parts for key in part if key not in _STRUCTURE)
        # The emotion of a touchpoint is drawn beside the measured one.
        if of_stage or key != "emotion"
    ]
    return [lane for lane in found if lane is not None]


def opinion_cells(places: list[Mapping[str, Any]], words: Words) -> dict[int, Cell]:
    """The author's emotion, place by place."""
    return _cells("emotion", places, words)


def _lane(key: str, parts: list[Mapping[str, Any]], of_stage: bool, words: Words) -> Lane | None:
    cells = _cells(key, parts, words)
    return Lane(key, lane_title(key, words.language), "cards", cells, of_stage=of_stage) if cells else None


def _cells(key: str, parts: list[Mapping[str, Any]], words: Words) -> dict[int, Cell]:
    cells = {}
    for place, part in enumerate(parts):
        if cards := cards_of(key, part.get(key), words):
            evidence = evidence_of(part, key, words)
            marked = (Card(card.text, card.label, card.kind, card.tone, evidence) for card in cards)
            cells[place] = Cell(tuple(marked))
    return cells


def map_cards(document: Mapping[str, Any], words: Words) -> list[tuple[str, Card]]:
    """Cards that belong to the map as a whole: what customers compare with."""
    found = []
    for part in items(document.get("benchmarks")):
        name, promise, note = (" ".join(texts(part.get(key))) for key in ("name", "promise", "note"))
        if text := " – ".join(said for said in (promise, note) if said) or name:
            found.append((words("benchmarks"), Card(text, name if text != name else "", "benchmark")))
    return found
