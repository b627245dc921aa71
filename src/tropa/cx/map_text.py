"""A `Map` back into the keys of the contract, and into YAML that reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tropa.cx.durations import format_duration, parse_duration
from tropa.cx.map import Expects, Map, Stage, Touchpoint
from tropa.errors import TropaError

DEFAULT_GAP_SECONDS = 1800.0
_FLOW_WIDTH = 110
# Text that YAML and people read alike without quotes; everything else is quoted.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()%+-]*[\w)%])?")
_WORDS_WITH_MEANING = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def map_to_json(document: Map) -> dict[str, Any]:
    """The map under the keys of `map.yaml` as plain JSON values.

    Durations stay as their author wrote them; the author's own lanes are kept.
    """
    plain: dict[str, Any] = {"map": document.name, "unit": document.unit}
    gap = document.session_gap_seconds
    if document.unit == "session" or gap != DEFAULT_GAP_SECONDS or "session_gap" in document.raw:
        plain["session_gap"] = _duration(gap, document.raw.get("session_gap"))
    if document.goal:
        plain["goal"] = list(document.goal)
    if document.within_seconds is not None:
        plain["within"] = _duration(document.within_seconds, document.raw.get("within"))
    plain |= _lanes(document.raw, {"map", "unit", "session_gap", "goal", "within", "stages"})
    plain["stages"] = [_stage(stage) for stage in document.stages]
    return plain


def settled(document: Map, before: Map | None = None) -> Map:
    """The same map, whose `raw` is its document as `map_to_json` gives it, at every level.

    Args:
        before: a settled map; touchpoints that are the same objects there keep their documents.
    """
    kept = set() if before is None else {id(touchpoint) for touchpoint in before.touchpoints}
    stages = []
    for stage in document.stages:
        touchpoints = tuple(
            touchpoint if id(touchpoint) in kept else replace(touchpoint, raw=_touchpoint(touchpoint))
            for touchpoint in stage.touchpoints
        )
        plain: dict[str, Any] = {"stage": stage.name, **_lanes(stage.raw, {"stage", "touchpoints"})}
        if touchpoints:
            plain["touchpoints"] = [touchpoint.raw for touchpoint in touchpoints]
        stages.append(replace(stage, touchpoints=touchpoints, raw=plain))
    top = map_to_json(replace(document, stages=()))
    return replace(document, stages=tuple(stages), raw=top | {"stages": [stage.raw for stage in stages]})


def render_map(document: Map, comments: Mapping[str, Sequence[str]] | None = None) -> str:
    """YAML of a map, that `parse_map` reads back to an equal one.

    Args:
        comments: lines to put before a key of the top level; the key "" is the head of the file.
    """
    said = comments or {}
    lines = [f"# {line}".rstrip() for line in said.get("", ())]
    for key, value in map_to_json(document).items():
        lines.extend(f"# {line}".rstrip() for line in said.get(key, ()))
        lines.extend(_entry(key, value, 0))
    return "\n".join(lines) + "\n"


def _stage(stage: Stage) -> dict[str, Any]:
    plain: dict[str, Any] = {"stage": stage.name}
    plain |= _lanes(stage.raw, {"stage", "touchpoints"})
    if stage.touchpoints:
        plain["touchpoints"] = [_touchpoint(touchpoint) for touchpoint in stage.touchpoints]
    return plain


def _touchpoint(touchpoint: Touchpoint) -> dict[str, Any]:
    plain: dict[str, Any] = {"touchpoint": touchpoint.name}
    if touchpoint.when:
        plain["when"] = {column: list(values) for column, values in touchpoint.when.items()}
    if touchpoint.actor is not None:
        plain["actor"] = touchpoint.actor
    if touchpoint.moment_of_truth:
        plain["moment_of_truth"] = True
    authored = touchpoint.raw.get("expects")
    if expects := _expects(touchpoint.expects, authored if isinstance(authored, Mapping) else {}):
        plain["expects"] = expects
    return plain | _lanes(touchpoint.raw, {"touchpoint", "when", "actor", "moment_of_truth", "expects"})


def _expects(expects: Expects, authored: Mapping[str, Any]) -> dict[str, Any]:
    within = None if expects.within_seconds is None else _duration(expects.within_seconds, authored.get("within"))
    values = {
        "best": expects.best,
        "worst": expects.worst,
        "within": within,
        "score": expects.score,
        "failures": expects.failures,
    }
    return {key: value for key, value in values.items() if value is not None}


def _lanes(raw: Mapping[str, Any], modelled: set[str]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in modelled}


def _duration(seconds: float, authored: Any) -> str:
    """The author's own text where it still says the same, else the shortest exact one."""
    for text in (str(authored), format_duration(seconds)):
        try:
            if parse_duration(text) == seconds:
                return text
        except TropaError:
            continue
    return f"{Decimal(repr(seconds)):f}s"


def _entry(key: str, value: Any, depth: int) -> Iterator[str]:
    """Lines of `key: value`, on one line where it is short."""
    margin = "  " * depth
    head = f"{margin}{_scalar(key)}:"
    flow = None if key in {"stages", "touchpoints", "expects"} else _flow(value)
    if flow is not None and (not isinstance(value, list | dict) or not value or len(head) + len(flow) < _FLOW_WIDTH):
        yield f"{head} {flow}"
    elif isinstance(value, Mapping):
        yield head
        for name, part in value.items():
            yield from _entry(name, part, depth + 1)
    else:
        yield head
        for part in value:
            yield from _item(part, depth + 1)


def _item(value: Any, depth: int) -> Iterator[str]:
    """Lines of one entry of a list: the first begins with a dash, the rest stand under it."""
    margin = "  " * depth
    if isinstance(value, Mapping) and value and not {"pain"} & value.keys():
        lines = [line for name, part in value.items() for line in _entry(name, part, depth + 1)]
        yield f"{margin}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield f"{margin}- {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_WITH_MEANING:
        return text
    return _duration_or_quoted(text)


def _duration_or_quoted(text: str) -> str:
    if re.fullmatch(r"\d+[smhdw]", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(part if part.isprintable() else f"\\U{ord(part):08x}" for part in escaped) + '"'
