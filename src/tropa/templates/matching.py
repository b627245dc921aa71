"""Which activities of the data belong to which touchpoint of a ready map: by words, and by their place in time."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tropa.cx.expressions import matching
from tropa.cx.map import expression_of
from tropa.cx.naming import trouble_of
from tropa.templates.catalogue import Template, rule_of
from tropa.text.lemmas import root

Why = Literal["name", "similar", "trouble"]

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_SURE = 0.85
_ENOUGH, _ENOUGH_IN_PLACE = 0.55, 0.4
_NEAR = 0.2
_ORDER_WEIGHT = 0.2
_ALIKE = 0.84
_FEW = frozenset(["a", "an", "the", "of", "in", "on", "at", "to", "is", "for", "was"]) | frozenset("ивнкс")


@dataclass(frozen=True, slots=True)
class Activity:
    """What the data has: the source's own word, journeys that have it, its place in time from 0 to 1."""

    name: str
    journeys: int
    place: float


@dataclass(frozen=True, slots=True)
class Guessed:
    """An activity laid at a touchpoint. `sure`: 0..1; `why`: a known name, similar words, or the failure of another."""

    activity: str
    journeys: int
    sure: float
    why: Why


@dataclass(frozen=True, slots=True)
class Matched:
    stage: str
    touchpoint: str
    goal: bool
    activities: tuple[Guessed, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The guess for a whole map. `left`: activities that nothing in the map looks like, most frequent first."""

    touchpoints: tuple[Matched, ...]
    left: tuple[Guessed, ...]


def match(template: Template, activities: Sequence[Activity]) -> Matching:
    """Guess which activities belong to which touchpoint; each belongs to one at most."""
    owners = list(template.touchpoints)
    known = _known(template, [activity.name for activity in activities])
    words = _Words(template)
    likeness = {
        activity.name: [words.likeness(touchpoint, activity.name) for _, touchpoint in owners]
        for activity in activities
        if activity.name not in known
    }
    spots = {touchpoint: place / max(1, len(owners) - 1) for place, (_, touchpoint) in enumerate(owners)}
    expected = _expectation(activities, known, spots)
    chosen: dict[str, tuple[str, float, Why]] = {name: (owner, 1.0, "name") for name, owner in known.items()}
    for activity in activities:
        if activity.name in known:
            continue
        ranked = [
            (score - _ORDER_WEIGHT * abs(spots[owner] - expected(activity.place)), score, owner)
            for (_, owner), score in zip(owners, likeness[activity.name], strict=True)
        ]
        _, score, owner = max(ranked)
        near = abs(spots[owner] - expected(activity.place)) <= _NEAR
        if score >= _ENOUGH or (near and score >= _ENOUGH_IN_PLACE):
            chosen[activity.name] = (owner, min(0.95, score), "similar")
    # A failure belongs where its success does.
    names = [activity.name for activity in activities]
    for name in names:
        base = trouble_of(name, names)
        if base != name and base in chosen and name not in known:
            chosen[name] = (chosen[base][0], chosen[base][1], "trouble")
    return _told(template, activities, chosen)


def _told(template: Template, activities: Sequence[Activity], chosen: Mapping[str, tuple[str, float, Why]]) -> Matching:
    placed: dict[str, list[Guessed]] = {touchpoint: [] for _, touchpoint in template.touchpoints}
    left = []
    for activity in sorted(activities, key=lambda one: (-one.journeys, one.name)):
        if activity.name in chosen:
            owner, sure, why = chosen[activity.name]
            placed[owner].append(Guessed(activity.name, activity.journeys, round(sure, 2), why))
        else:
            left.append(Guessed(activity.name, activity.journeys, 0.0, "similar"))
    return Matching(
        tuple(
            Matched(stage, touchpoint, touchpoint in template.goals, tuple(placed[touchpoint]))
            for stage, touchpoint in template.touchpoints
        ),
        tuple(left),
    )


def _known(template: Template, names: Sequence[str]) -> dict[str, str]:
    """Activities that a touchpoint's own rule accepts."""
    found: dict[str, str] = {}
    for touchpoint, phrases in template.seen.items():
        expression = expression_of(rule_of(phrases)) or ""
        for name, accepted in zip(names, matching(expression, names) if names else (), strict=True):
            if accepted:
                found.setdefault(name, touchpoint)
    return found


class _Expectation:
    """Where on the map something of a place in time is expected, by what is known for certain."""

    def __init__(self, slope: float, start: float) -> None:
        self.slope, self.start = slope, start

    def __call__(self, place: float) -> float:
        return min(1.0, max(0.0, self.start + self.slope * place))


def _expectation(activities: Sequence[Activity], known: Mapping[str, str], spots: Mapping[str, float]) -> _Expectation:
    pairs = [(activity.place, spots[known[activity.name]]) for activity in activities if activity.name in known]
    if len(pairs) < 3:
        return _Expectation(1.0, 0.0)
    middle = sum(x for x, _ in pairs) / len(pairs), sum(y for _, y in pairs) / len(pairs)
    spread = sum((x - middle[0]) ** 2 for x, _ in pairs)
    slope = sum((x - middle[0]) * (y - middle[1]) for x, y in pairs) / spread if spread > 1e-9 else 1.0
    # Data that runs against the map says nothing of where things belong.
    slope = max(0.0, slope)
    return _Expectation(slope, middle[1] - slope * middle[0])


class _Words:
    """Likeness of texts by their words; words that many touchpoints share weigh less."""

    def __init__(self, template: Template) -> None:
        self._phrases = {
            touchpoint: [_roots(text) for text in (touchpoint, *phrases)]
            for touchpoint, phrases in template.seen.items()
        }
        holders: dict[str, int] = {}
        for phrases in self._phrases.values():
            for word in {word for phrase in phrases for word in phrase}:
                holders[word] = holders.get(word, 0) + 1
        self._count = len(self._phrases)
        self._holders = holders

    def likeness(self, touchpoint: str, activity: str) -> float:
        """0..1: the best of the touchpoint's phrases."""
        asked = _roots(activity)
        return max((self._alike(asked, phrase) for phrase in self._phrases[touchpoint]), default=0.0)

    def _weight(self, word: str) -> float:
        return math.log(1 + self._count / self._holders.get(word, 2))

    def _alike(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        if not one or not other:
            return 0.0
        left = list(other)
        common = 0.0
        for word in one:
            best = max(left, key=lambda theirs: _same(word, theirs), default=None)
            if best is None or (degree := _same(word, best)) == 0.0:
                continue
            common += degree * (self._weight(word) + self._weight(best))
            left.remove(best)
        return common / (sum(map(self._weight, one)) + sum(map(self._weight, other)))


def _same(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= _ALIKE and min(len(one), len(other)) >= 4 else 0.0


def _roots(text: str) -> tuple[str, ...]:
    words = _WORDS.findall(_CAMEL.sub(" ", text).casefold().replace("ё", "е"))
    return tuple(dict.fromkeys(root(word) for word in words if word not in _FEW))
