"""Single values of a map's document, read with the refusal that says what was expected."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tropa.cx.durations import HINT as DURATION_HINT
from tropa.cx.durations import parse_duration
from tropa.cx.map_keys import MAX_NAME, clean_name, near_key
from tropa.cx.yaml_tree import At, Entries, shorten
from tropa.errors import TropaError

_YES = {"true": True, "yes": True, "on": True, "да": True, "false": False, "no": False, "off": False, "нет": False}

T = TypeVar("T")


def check_keys(entries: Entries, known: tuple[str, ...], free: bool = True) -> None:
    """Refuse a misspelt key; any other unknown key is the author's own lane where those are free."""
    for key, at in entries.items():
        if key in known:
            continue
        meant = near_key(key, known)
        if meant is not None:
            raise at.refuse(f"unknown key {shorten(key)!r}.", f"Did you mean {meant!r}?")
        if not free:
            raise at.refuse(f"unknown key {shorten(key)!r}.", f"Known here: {', '.join(known)}.")


def refuse_repeats(what: str, named: Iterable[tuple[str, At]]) -> None:
    """Refuse a name that is there twice."""
    seen: dict[str, At] = {}
    for name, at in named:
        if name in seen:
            raise at.refuse(
                f"{what} {shorten(name)!r} is there twice (first on {seen[name].place}).",
                f"Give each {what} a name of its own.",
            )
        seen[name] = at


def missing(at: At, key: str, meaning: str) -> str:
    """Refuse what lacks a key."""
    raise at.refuse(f"no `{key}`.", f"Write `{key}:` and {meaning}.")


def mapping(at: At, expected: str) -> Entries:
    """The entries of a mapping."""
    if not isinstance(at.value, dict):
        raise at.refuse(f"expected {expected}, got {at.kind}.")
    return at.value


def listed(at: At, expected: str) -> list[At]:
    """The entries of a list."""
    if not isinstance(at.value, list):
        raise at.refuse(f"expected a list of {expected}, got {at.kind}.", "Begin each entry with `- `.")
    return at.value


def optional(entries: Entries, key: str, read: Callable[[At], T]) -> T | None:
    """The value under a key, None where the key is absent or empty."""
    at = entries.get(key)
    return None if at is None or at.value is None else read(at)


def words(at: At) -> str:
    """Text that is not empty."""
    if not isinstance(at.value, str) or not at.value.strip():
        raise at.refuse(f"expected text, got {at.kind}.")
    return at.value.strip()


def name(at: At) -> str:
    """A name, cleaned."""
    cleaned = clean_name(words(at))
    if len(cleaned) > MAX_NAME:
        raise at.refuse(f"a name of {len(cleaned)} characters.", f"Names have {MAX_NAME} characters at most.")
    return cleaned


def choice(entries: Entries, key: str, allowed: tuple[str, ...], default: T) -> Any | T:
    """One of the allowed words."""
    at = entries.get(key)
    if at is None or at.value is None:
        return default
    if at.value not in allowed:
        hint = f"Write one of {', '.join(allowed)}."
        if isinstance(at.value, str) and (meant := near_key(at.value, allowed)):
            hint += f" Did you mean {meant!r}?"
        raise at.refuse(f"{at.kind} is not a known {key}." if isinstance(at.value, str) else f"got {at.kind}.", hint)
    return at.value


def yes_or_no(at: At) -> bool:
    """Truth, in Russian too."""
    answer = _YES.get(at.value.strip().casefold()) if isinstance(at.value, str) else None
    if answer is None:
        raise at.refuse(f"expected true or false, got {at.kind}.")
    return answer


def positive_duration(at: At) -> float:
    """Seconds of a duration."""
    if not isinstance(at.value, str):
        raise at.refuse(f"expected a duration, got {at.kind}.", DURATION_HINT)
    try:
        seconds = parse_duration(at.value)
    except TropaError as error:
        raise at.refuse(error.message, DURATION_HINT) from error
    if not seconds > 0:
        raise at.refuse(f"a duration must be longer than nothing, got {at.kind}.", DURATION_HINT)
    return seconds


def number(at: At, low: float, high: float, expected: str) -> float:
    """A number between two others."""
    try:
        read = float(at.value) if isinstance(at.value, str) else math.nan
    except ValueError:
        read = math.nan
    if not low <= read <= high:
        raise at.refuse(f"expected {expected}, got {at.kind}.", f"Write a number from {low:g} to {high:g}.")
    return read
