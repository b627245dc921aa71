"""The shapes of lanes and of the keys beside them: what a document says beyond the model that is counted by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from tropa.cx.lanes import EMOTION_FROM, EMOTION_TO, LANES
from tropa.cx.map_keys import (
    BENCHMARK,
    EVIDENCE,
    INFLUENCE,
    INFLUENCE_KEYS,
    KIND_KEYS,
    METRIC_KEYS,
    PAIN,
    PAIN_KINDS,
    PROCESS_KEYS,
    QUESTION_KEYS,
    SOURCE_KEYS,
)
from tropa.cx.map_values import check_keys, choice, listed, mapping, missing, name, number, optional, words
from tropa.cx.yaml_tree import At, Entries, shorten

Check = Callable[[At], None]

MAX_N = 10_000_000_000


def check_lanes(entries: Entries) -> None:
    """Refuse lanes of a stage or a touchpoint that have another shape than theirs."""
    for key, at in entries.items():
        check = _CHECKS.get(key)
        if check is not None and at.value is not None:
            check(at)


def check_top(entries: Entries) -> None:
    """Refuse keys of the whole map that have another shape than theirs."""
    choice(entries, "kind", KIND_KEYS, None)
    optional(entries, "scenario", _text)
    for key in ("segment", "lanes", "hidden_lanes"):
        optional(entries, key, _texts)
    optional(entries, "benchmarks", _benchmarks)


def _text(at: At) -> None:
    if not isinstance(at.value, str):
        raise at.refuse(f"expected text, got {at.kind}.")


def _texts(at: At) -> None:
    """A list of text; one text is a list of one."""
    if isinstance(at.value, str):
        return
    for entry in listed(at, "text"):
        if not isinstance(entry.value, str):
            raise entry.refuse(f"expected text, got {entry.kind}.", "Text with `: ` inside needs quotes.")


def _either(at: At, key: str, known: tuple[str, ...], expected: str) -> Entries:
    """An entry of a list that is text, or a mapping with that text under a key; empty for text."""
    if isinstance(at.value, str):
        return {}
    entries = mapping(at, expected)
    check_keys(entries, known)
    if key not in entries:
        missing(at, key, "the words for it")
    words(entries[key])
    return entries


def _pains(at: At) -> None:
    for entry in listed(at, "pains, such as - {pain: text, kind: process}"):
        choice(_either(entry, "pain", PAIN, "{pain: text, kind: process}"), "kind", PAIN_KINDS, None)


def _metrics(at: At) -> None:
    if isinstance(at.value, str):
        return
    expected = "{metric: its name, now: 12, target: 8, unit: min}"
    for entry in listed(at, f"metrics: text, or {expected}"):
        entries = _either(entry, "metric", METRIC_KEYS, expected)
        for key in ("now", "target", "unit"):
            optional(entries, key, _text)


def _influences(at: At) -> None:
    if isinstance(at.value, str):
        return
    expected = "{influence: text, from: competitors}"
    for entry in listed(at, f"influences: text, or {expected}"):
        choice(_either(entry, "influence", INFLUENCE, expected), "from", INFLUENCE_KEYS, None)


def _process(at: At) -> None:
    entries = mapping(at, f"some of {', '.join(PROCESS_KEYS)}")
    check_keys(entries, PROCESS_KEYS)
    for key in PROCESS_KEYS:
        optional(entries, key, _texts)


def _research(at: At) -> None:
    entries = mapping(at, f"some of the questions {', '.join(QUESTION_KEYS)}")
    check_keys(entries, QUESTION_KEYS)
    for key in QUESTION_KEYS:
        optional(entries, key, _texts)


def _emotion(at: At) -> None:
    number(at, EMOTION_FROM, EMOTION_TO, "how the customer feels, from -2 to 2")


def _opens(at: At) -> None:
    name(at)


def _evidence(at: At) -> None:
    for entry in mapping(at, "lanes with their evidence, such as pains: {source: interviewed, n: 12}").values():
        if entry.value is None:
            continue
        entries = mapping(entry, "{source: interviewed, n: 12, date: 2026-03-01, note: text}")
        check_keys(entries, EVIDENCE)
        if "source" not in entries:
            missing(entry, "source", f"one of {', '.join(SOURCE_KEYS)}")
        choice(entries, "source", SOURCE_KEYS, None)
        optional(entries, "n", _count)
        optional(entries, "date", _date)
        optional(entries, "note", _text)


def _count(at: At) -> None:
    if not number(at, 0, MAX_N, "how many it stands on").is_integer():
        raise at.refuse(f"expected a whole number, got {at.kind}.")


def _date(at: At) -> None:
    try:
        dt.date.fromisoformat(words(at)[:10])
    except ValueError:
        raise at.refuse(f"{shorten(words(at))!r} is no date.", "Write one such as 2026-03-01.") from None


def _benchmarks(at: At) -> None:
    for entry in listed(at, "services to compare with, such as - {name: text, promise: text}"):
        entries = mapping(entry, "{name: text, promise: text, note: text}")
        check_keys(entries, BENCHMARK)
        words(entries["name"]) if "name" in entries else missing(entry, "name", "what the service is called")
        for key in ("promise", "note"):
            optional(entries, key, _text)


_BY_CONTENT: Mapping[str, Check] = {
    "list": _texts,
    "pains": _pains,
    "metrics": _metrics,
    "influences": _influences,
    "process": _process,
    "research": _research,
    "emotion": _emotion,
}
_CHECKS: Mapping[str, Check] = {
    **{lane.key: _BY_CONTENT[lane.content] for lane in LANES if lane.content in _BY_CONTENT},
    "opens": _opens,
    "evidence": _evidence,
}
