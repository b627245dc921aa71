"""`map.yaml` into a `Map`, refusing with the line, the key and what was expected."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

from tropa.cx.durations import HINT as DURATION_HINT
from tropa.cx.durations import parse_duration
from tropa.cx.expressions import refused
from tropa.cx.map import Expects, Map, Stage, Touchpoint, Unit, expression_of
from tropa.cx.map_keys import EXPECTS, MAX_EXPRESSION, PAIN, PAIN_KINDS, STAGE, TOP, TOUCHPOINT, near_key
from tropa.cx.map_overlap import refuse_overlaps
from tropa.cx.map_text import map_to_json, render_map
from tropa.cx.yaml_tree import At, Entries, read_tree, shorten
from tropa.errors import TropaError, did_you_mean

__all__ = ["map_to_json", "parse_map", "render_map"]

MAX_NAME = 500
BEST_SCORE = 10.0
ACTORS = ("customer", "employee", "system")
_YES = {"true": True, "yes": True, "on": True, "да": True, "false": False, "no": False, "off": False, "нет": False}

T = TypeVar("T")


def parse_map(text: str, source: str = "map.yaml") -> Map:
    """Read a map.

    Args:
        text: the YAML.
        source: what to call it in messages, such as the file's name.

    Raises:
        TropaError: (kind `map`) for everything wrong: what, on which line, under which key, what was expected.
    """
    top = read_tree(text, source)
    entries = _mapping(top, "`map:` with a name and `stages:`")
    _check_keys(entries, TOP)
    if "stages" not in entries:
        raise top.refuse("no `stages`.", "Write `stages:` and under it `- stage: its name`.")
    stages = _list(entries["stages"], "stages, each beginning with `- stage: its name`")
    if not stages:
        raise entries["stages"].refuse("no stages.", "Write at least one `- stage: its name`.")
    read_stages = tuple(_stage(stage) for stage in stages)
    _refuse_repeats("stage", [(stage.name, at) for stage, at in zip(read_stages, stages, strict=True)])
    touchpoints = [touchpoint for stage in read_stages for touchpoint in stage.touchpoints]
    placed = list(zip(touchpoints, (at for stage in stages for at in _touchpoint_entries(stage)), strict=True))
    _refuse_repeats("touchpoint", [(touchpoint.name, at) for touchpoint, at in placed])
    refuse_overlaps(placed)
    return Map(
        name=_name(entries["map"]) if "map" in entries else _missing(top, "map", "the name of the map"),
        unit=_choice(entries, "unit", get_args(Unit), "customer"),
        session_gap_seconds=_optional(entries, "session_gap", _positive_duration) or 1800.0,
        goal=_goal(entries.get("goal"), [touchpoint.name for touchpoint in touchpoints]),
        within_seconds=_optional(entries, "within", _positive_duration),
        stages=read_stages,
        raw=top.plain(),
    )


def _stage(at: At) -> Stage:
    entries = _mapping(at, "`stage:` with a name")
    _check_keys(entries, STAGE)
    name = _name(entries["stage"]) if "stage" in entries else _missing(at, "stage", "the name of the stage")
    return Stage(name, tuple(_touchpoint(touchpoint) for touchpoint in _touchpoint_entries(at)), at.plain())


def _touchpoint_entries(stage: At) -> list[At]:
    """The touchpoints of a stage where they stand; a stage that is only drafted has none."""
    at = _mapping(stage, "`stage:` with a name").get("touchpoints")
    if at is None or at.value is None:
        return []
    return _list(at, "touchpoints, each beginning with `- touchpoint: its name`")


def _touchpoint(at: At) -> Touchpoint:
    entries = _mapping(at, "`touchpoint:` with a name")
    _check_keys(entries, TOUCHPOINT)
    for pain in _pains(entries.get("pains")):
        _check_pain(pain)
    return Touchpoint(
        name=_name(entries["touchpoint"])
        if "touchpoint" in entries
        else _missing(at, "touchpoint", "the name of the touchpoint"),
        when=_optional(entries, "when", _when) or {},
        actor=_choice(entries, "actor", ACTORS, None),
        moment_of_truth=_optional(entries, "moment_of_truth", _yes_or_no) or False,
        expects=_optional(entries, "expects", _expects) or Expects(),
        raw=at.plain(),
    )


def _expects(at: At) -> Expects:
    entries = _mapping(at, f"some of {', '.join(EXPECTS)}")
    _check_keys(entries, EXPECTS, free=False)
    return Expects(
        best=_optional(entries, "best", _words),
        worst=_optional(entries, "worst", _words),
        within_seconds=_optional(entries, "within", _positive_duration),
        score=_optional(entries, "score", lambda at: _number(at, 0.0, BEST_SCORE, "a score such as 4.0")),
        failures=_optional(entries, "failures", lambda at: _number(at, 0.0, 1.0, "a share such as 0.02 (for 2 %)")),
    )


def _when(at: At) -> Mapping[str, tuple[str, ...]]:
    entries = _mapping(at, "event columns with lists of values, such as {activity: [doc_upload]}")
    return {column: _rule_values(values) for column, values in entries.items()}


def _rule_values(at: At) -> tuple[str, ...]:
    listed = at.value if isinstance(at.value, list) else [at]
    if not listed:
        raise at.refuse("an empty list binds nothing.", "Name at least one value, or remove the key.")
    values = []
    for entry in listed:
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


def _pains(at: At | None) -> list[At]:
    return [] if at is None or at.value is None else _list(at, "pains, such as - {pain: text, kind: process}")


def _check_pain(at: At) -> None:
    if isinstance(at.value, str):
        return
    entries = _mapping(at, "{pain: text, kind: process}")
    _check_keys(entries, PAIN)
    if "pain" not in entries:
        _missing(at, "pain", "what hurts, in words")
    _words(entries["pain"])
    _choice(entries, "kind", PAIN_KINDS, None)


def _goal(at: At | None, names: list[str]) -> tuple[str, ...]:
    if at is None or at.value is None:
        return ()
    goals = [(_name(entry), entry) for entry in (at.value if isinstance(at.value, list) else [at])]
    for goal, entry in goals:
        if goal not in names:
            raise entry.refuse(f"there is no touchpoint {shorten(goal)!r} to be a goal.", did_you_mean(goal, names))
    return tuple(dict.fromkeys(goal for goal, _ in goals))


def _check_keys(entries: Entries, known: tuple[str, ...], free: bool = True) -> None:
    """Refuse a misspelt key; any other unknown key is the author's own lane where those are free."""
    for key, at in entries.items():
        if key in known:
            continue
        meant = near_key(key, known)
        if meant is not None:
            raise at.refuse(f"unknown key {shorten(key)!r}.", f"Did you mean {meant!r}?")
        if not free:
            raise at.refuse(f"unknown key {shorten(key)!r}.", f"Known here: {', '.join(known)}.")


def _refuse_repeats(what: str, named: Iterable[tuple[str, At]]) -> None:
    seen: dict[str, At] = {}
    for name, at in named:
        if name in seen:
            raise at.refuse(
                f"{what} {shorten(name)!r} is there twice (first on line {seen[name].line}).",
                f"Give each {what} a name of its own.",
            )
        seen[name] = at


def _missing(at: At, key: str, meaning: str) -> str:
    raise at.refuse(f"no `{key}`.", f"Write `{key}:` and {meaning}.")


def _mapping(at: At, expected: str) -> Entries:
    if not isinstance(at.value, dict):
        raise at.refuse(f"expected {expected}, got {at.kind}.")
    return at.value


def _list(at: At, expected: str) -> list[At]:
    if not isinstance(at.value, list):
        raise at.refuse(f"expected a list of {expected}, got {at.kind}.", "Begin each entry with `- `.")
    return at.value


def _optional(entries: Entries, key: str, read: Callable[[At], T]) -> T | None:
    """The value under a key, None where the key is absent or empty."""
    at = entries.get(key)
    return None if at is None or at.value is None else read(at)


def _words(at: At) -> str:
    if not isinstance(at.value, str) or not at.value.strip():
        raise at.refuse(f"expected text, got {at.kind}.")
    return at.value.strip()


def _name(at: At) -> str:
    """A name: trimmed, on one line, in one Unicode form so that equal-looking names are equal."""
    name = unicodedata.normalize("NFC", re.sub(r"\s*[\r\n\t]\s*", " ", _words(at)))
    if len(name) > MAX_NAME:
        raise at.refuse(f"a name of {len(name)} characters.", f"Names have {MAX_NAME} characters at most.")
    return name


def _choice(entries: Entries, key: str, allowed: tuple[str, ...], default: T) -> Any | T:
    at = entries.get(key)
    if at is None or at.value is None:
        return default
    if at.value not in allowed:
        hint = f"Write one of {', '.join(allowed)}."
        if isinstance(at.value, str) and (meant := near_key(at.value, allowed)):
            hint += f" Did you mean {meant!r}?"
        raise at.refuse(f"{at.kind} is not a known {key}." if isinstance(at.value, str) else f"got {at.kind}.", hint)
    return at.value


def _yes_or_no(at: At) -> bool:
    answer = _YES.get(at.value.strip().casefold()) if isinstance(at.value, str) else None
    if answer is None:
        raise at.refuse(f"expected true or false, got {at.kind}.")
    return answer


def _positive_duration(at: At) -> float:
    if not isinstance(at.value, str):
        raise at.refuse(f"expected a duration, got {at.kind}.", DURATION_HINT)
    try:
        seconds = parse_duration(at.value)
    except TropaError as error:
        raise at.refuse(error.message, DURATION_HINT) from error
    if not seconds > 0:
        raise at.refuse(f"a duration must be longer than nothing, got {at.kind}.", DURATION_HINT)
    return seconds


def _number(at: At, low: float, high: float, expected: str) -> float:
    try:
        number = float(at.value) if isinstance(at.value, str) else math.nan
    except ValueError:
        number = math.nan
    if not low <= number <= high:
        raise at.refuse(f"expected {expected}, got {at.kind}.", f"Write a number from {low:g} to {high:g}.")
    return number
