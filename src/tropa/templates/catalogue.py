"""Files of ready maps, read: `maps/<slug>.yaml`, every text as `по-русски || in English`.

Two keys are the files' own: `seen` at a touchpoint lists what sources call it, which becomes its rule; `goal: true`
marks what completes the journey. Everything else is as in `map.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ruamel.yaml import YAML

from tropa.errors import TropaError, did_you_mean

Language = Literal["ru", "en"]

_BOTH = " || "
_BETWEEN = r"[\s_.:-]*"


@dataclass(frozen=True, slots=True)
class Template:
    """A ready map in one language.

    Attributes:
        about: what it is good for, in a sentence.
        document: the map, as `map.yaml` has it.
        seen: touchpoint -> what sources call it, in either language.
        goals: touchpoints that complete the journey.
    """

    slug: str
    name: str
    about: str
    document: Mapping[str, Any]
    seen: Mapping[str, tuple[str, ...]]
    goals: tuple[str, ...]

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(stage["stage"] for stage in self.document["stages"])

    @property
    def touchpoints(self) -> tuple[tuple[str, str], ...]:
        """Stage and name of each touchpoint, in the order of the map."""
        return tuple(
            (stage["stage"], touchpoint["touchpoint"])
            for stage in self.document["stages"]
            for touchpoint in stage["touchpoints"]
        )


def all_templates(language: Language) -> tuple[Template, ...]:
    """All ready maps in one language, in the order of the gallery."""
    return tuple(_template(slug, language) for slug in _slugs())


def find_template(slug: str, language: Language) -> Template:
    """One ready map.

    Raises:
        TropaError: there is none of that name.
    """
    if slug not in _slugs():
        raise TropaError(f"There is no ready map {slug!r}.", did_you_mean(slug, _slugs()), kind="not_found")
    return _template(slug, language)


def rule_of(phrases: Sequence[str]) -> str:
    """The value of `when` for what sources call a touchpoint: any case, any sign between words."""
    spelt = "|".join(_BETWEEN.join(_word(word) for word in phrase.split()) for phrase in phrases)
    return f"/(?i)^({spelt})$/"


def _word(word: str) -> str:
    return re.escape(word).replace("ё", "[её]")


@cache
def _slugs() -> tuple[str, ...]:
    sources = {source["slug"]: source["order"] for source in _sources().values()}
    return tuple(sorted(sources, key=lambda slug: sources[slug]))


@cache
def _sources() -> dict[str, dict[str, Any]]:
    reader = YAML(typ="safe", pure=True)
    folder = files("tropa.templates").joinpath("maps")
    read = [reader.load(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")]
    return {source["slug"]: source for source in read}


@cache
def _template(slug: str, language: Language) -> Template:
    source = _in(language, _sources()[slug])
    seen: dict[str, tuple[str, ...]] = {}
    goals: list[str] = []
    for stage in source["stages"]:
        stage["touchpoints"] = [_touchpoint(touchpoint, seen, goals) for touchpoint in stage["touchpoints"]]
    document = {
        "map": source["map"],
        "kind": "journey",
        "unit": source["unit"],
        "goal": goals,
        **{key: source[key] for key in ("within", "scenario", "segment", "benchmarks", "stages")},
    }
    return Template(slug, source["map"], source["about"], document, seen, tuple(goals))


def _touchpoint(source: dict[str, Any], seen: dict[str, tuple[str, ...]], goals: list[str]) -> dict[str, Any]:
    name = source["touchpoint"]
    seen[name] = tuple(source["seen"])
    if source.get("goal"):
        goals.append(name)
    rest = {key: value for key, value in source.items() if key not in ("touchpoint", "seen", "goal")}
    return {"touchpoint": name, "when": {"activity": [rule_of(seen[name])]}, **rest}


def _in(language: Language, value: Any) -> Any:
    """The same value in one language."""
    if isinstance(value, str):
        russian, both, english = value.partition(_BOTH)
        return value if not both else russian.strip() if language == "ru" else english.strip()
    if isinstance(value, dict):
        return {key: _in(language, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in(language, inner) for inner in value]
    return value
