"""A map's document (`map.yaml`, or the same as JSON) into a `Map`, refusing with place, key and what was expected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from tropa.cx.expressions import refused
from tropa.cx.json_tree import JsonAt, read_json_tree
from tropa.cx.map import Expects, Map, Stage, Touchpoint, Unit, expression_of
from tropa.cx.map_keys import EXPECTS, MAX_EXPRESSION, STAGE, TOP, TOUCHPOINT
from tropa.cx.map_overlap import refuse_overlaps
from tropa.cx.map_shapes import check_lanes, check_top
from tropa.cx.map_text import map_to_json, render_map
from tropa.cx.map_values import (
    check_keys,
    choice,
    listed,
    mapping,
    missing,
    name,
    number,
    optional,
    positive_duration,
    refuse_repeats,
    words,
    yes_or_no,
)
from tropa.cx.yaml_tree import MAX_BYTES, At, read_tree, shorten
from tropa.errors import did_you_mean

__all__ = ["map_to_json", "parse_document", "parse_map", "render_map"]

BEST_SCORE = 10.0
ACTORS = ("customer", "employee", "system")

# Touchpoints read before, by the identity of their mappings.
Known = Mapping[int, Touchpoint]
_NOTHING: Known = {}


def parse_map(text: str, source: str = "map.yaml") -> Map:
    """Read a map.

    Args:
        text: the YAML; JSON is YAML too, and may have no stages yet.
        source: what to call it in messages, such as the file's name.

    Raises:
        TropaError: (kind `map`) for everything wrong: what, on which line, under which key, what was expected.
    """
    top = _json_tree(text, source) or read_tree(text, source)
    entries = mapping(top, "`map:` with a name and `stages:`")
    if isinstance(top, JsonAt):
        return _map(top)
    if "stages" in entries and entries["stages"].value == []:
        raise entries["stages"].refuse("no stages.", "Write at least one `- stage: its name`.")
    return _map(top)


def parse_document(document: Any, source: str = "map", before: Map | None = None) -> Map:
    """Read a map from plain JSON values, at once and without YAML; it may have no stages yet.

    Args:
        document: the values.
        source: what to call them in messages.
        before: a map whose touchpoints are taken over where the document has the very same mappings (`is`).

    Raises:
        TropaError: (kind `map`) for everything wrong: what, under which key, what was expected.
    """
    known = {} if before is None else {id(touchpoint.raw): touchpoint for touchpoint in before.touchpoints}
    return _map(read_json_tree(document, source, known), known)


def _json_tree(text: str, source: str) -> At | None:
    """JSON is YAML as well, and is read a hundred times quicker; None for what only YAML can say."""
    if not text.startswith("{") or len(text) > MAX_BYTES:
        return None
    try:
        return read_json_tree(json.loads(text, object_pairs_hook=_once), source)
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key is there twice")
    return entries


def _map(top: At, known: Known = _NOTHING) -> Map:
    entries = mapping(top, "`map:` with a name and `stages:`")
    check_keys(entries, TOP)
    check_top(entries)
    if "stages" not in entries:
        raise top.refuse("no `stages`.", "Write `stages:` and under it `- stage: its name`.")
    stages = listed(entries["stages"], "stages, each beginning with `- stage: its name`")
    read_stages = tuple(_stage(stage, known) for stage in stages)
    refuse_repeats("stage", [(stage.name, at) for stage, at in zip(read_stages, stages, strict=True)])
    touchpoints = [touchpoint for stage in read_stages for touchpoint in stage.touchpoints]
    placed = list(zip(touchpoints, (at for stage in stages for at in _touchpoint_entries(stage)), strict=True))
    refuse_repeats("touchpoint", [(touchpoint.name, at) for touchpoint, at in placed])
    refuse_overlaps(placed)
    return Map(
        name=name(entries["map"]) if "map" in entries else missing(top, "map", "the name of the map"),
        unit=choice(entries, "unit", get_args(Unit), "customer"),
        session_gap_seconds=optional(entries, "session_gap", positive_duration) or 1800.0,
        goal=_goal(entries.get("goal"), [touchpoint.name for touchpoint in touchpoints]),
        within_seconds=optional(entries, "within", positive_duration),
        stages=read_stages,
        raw=top.plain(),
    )


def _stage(at: At, known: Known) -> Stage:
    entries = mapping(at, "`stage:` with a name")
    check_keys(entries, STAGE)
    check_lanes(entries)
    optional(entries, "expects", _expects)
    called = name(entries["stage"]) if "stage" in entries else missing(at, "stage", "the name of the stage")
    return Stage(called, tuple(_touchpoint(part, known) for part in _touchpoint_entries(at)), at.plain())


def _touchpoint_entries(stage: At) -> list[At]:
    """The touchpoints of a stage where they stand; a stage that is only drafted has none."""
    at = mapping(stage, "`stage:` with a name").get("touchpoints")
    if at is None or at.value is None:
        return []
    return listed(at, "touchpoints, each beginning with `- touchpoint: its name`")


def _touchpoint(at: At, known: Known) -> Touchpoint:
    if at.value is None and known and (read := known.get(id(at.plain()))) is not None:
        return read
    entries = mapping(at, "`touchpoint:` with a name")
    check_keys(entries, TOUCHPOINT)
    check_lanes(entries)
    return Touchpoint(
        name=name(entries["touchpoint"])
        if "touchpoint" in entries
        else missing(at, "touchpoint", "the name of the touchpoint"),
        when=optional(entries, "when", _when) or {},
        actor=choice(entries, "actor", ACTORS, None),
        moment_of_truth=optional(entries, "moment_of_truth", yes_or_no) or False,
        expects=optional(entries, "expects", _expects) or Expects(),
        raw=at.plain(),
    )


def _expects(at: At) -> Expects:
    entries = mapping(at, f"some of {', '.join(EXPECTS)}")
    check_keys(entries, EXPECTS, free=False)
    return Expects(
        best=optional(entries, "best", words),
        worst=optional(entries, "worst", words),
        within_seconds=optional(entries, "within", positive_duration),
        score=optional(entries, "score", lambda at: number(at, 0.0, BEST_SCORE, "a score such as 4.0")),
        failures=optional(entries, "failures", lambda at: number(at, 0.0, 1.0, "a share such as 0.02 (for 2 %)")),
    )


def _when(at: At) -> Mapping[str, tuple[str, ...]]:
    entries = mapping(at, "event columns with lists of values, such as {activity: [doc_upload]}")
    return {column: _rule_values(values) for column, values in entries.items()}


def _rule_values(at: At) -> tuple[str, ...]:
    given = at.value if isinstance(at.value, list) else [at]
    if not given:
        raise at.refuse("an empty list binds nothing.", "Name at least one value, or remove the key.")
    values = []
    for entry in given:
        if not isinstance(entry.value, str) or not entry.value:
            raise entry.refuse(f"expected one value or a list of values, got {entry.kind}.", "Write [value, value].")
        if (expression := expression_of(entry.value)) is not None:
            _check_expression(entry, expression)
        values.append(entry.value)
    return tuple(dict.fromkeys(values))


def _check_expression(at: At, expression: str) -> None:
    if len(expression) > MAX_EXPRESSION:
        raise at.refuse(f"a regular expression longer than {MAX_EXPRESSION} characters.", "List the values instead.")
    if (wrong := refused(expression)) is not None:
        raise at.refuse(
            f"{shorten(expression)!r} is not a regular expression: {wrong}.",
            "A value between slashes is a regular expression of RE2 (nothing looks ahead or back); "
            "put a backslash before ( ) [ ] + * ? . meant as text.",
        )


def _goal(at: At | None, names: list[str]) -> tuple[str, ...]:
    if at is None or at.value is None:
        return ()
    goals = [(name(entry), entry) for entry in (at.value if isinstance(at.value, list) else [at])]
    for goal, entry in goals:
        if goal not in names:
            raise entry.refuse(f"there is no touchpoint {shorten(goal)!r} to be a goal.", did_you_mean(goal, names))
    return tuple(dict.fromkeys(goal for goal, _ in goals))
