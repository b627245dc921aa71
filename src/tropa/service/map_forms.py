"""What requests about maps carry, and what they are answered with."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tropa.cx.lane_terms import INFLUENCES, KINDS, PAIN_KINDS, QUESTIONS, SOURCES, Term
from tropa.cx.lanes import LANES, Lane
from tropa.cx.map_change_form import Change
from tropa.cx.map_keys import MAX_NAME
from tropa.store.documents.map_records import MapHead
from tropa.workspace.map_book import MAX_BYTES, MAX_CHANGES
from tropa.workspace.map_opened import Opened

MAX_VERSION = (1 << 31) - 1

MapId = Annotated[str, Path(min_length=1, max_length=40, description="of a map, as the list of maps tells it")]
Number = Annotated[int, Path(ge=1, le=MAX_VERSION, description="of a version")]
Batch = Annotated[str, Field(min_length=1, max_length=40)]
Version = Annotated[int, Field(ge=1, le=MAX_VERSION)]

_DOCUMENT = {
    "map": "Cash loan",
    "unit": "case",
    "goal": ["Money paid out"],
    "stages": [
        {
            "stage": "Documents",
            "touchpoints": [
                {"touchpoint": "Upload", "when": {"activity": ["doc_upload"]}, "pains": ["The form resets"]},
                {"touchpoint": "Money paid out", "when": {"activity": ["payout"]}},
            ],
        }
    ],
}


def _example(*values: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(values)})


class NewMap(BaseModel):
    """A map to keep: a document, or the text of a `map.yaml`, or nothing but a name.

    `name` and `kind` win over those of the document; `live` makes it the living map of the workspace.
    """

    model_config = _example({"name": "Cash loan", "kind": "journey"}, {"document": _DOCUMENT})

    document: dict[str, JsonValue] | None = None
    yaml: Annotated[str | None, Field(max_length=MAX_BYTES)] = None
    name: Annotated[str | None, Field(max_length=MAX_NAME)] = None
    kind: Annotated[str | None, Field(max_length=40)] = None
    live: bool | None = None


class Changes(BaseModel):
    """Changes made on a version of the document; names and values are those that the person saw there.

    `batch` is a random text of the sender's: the same batch sent again is answered as the first time. `mine` names the
    sender's batches that were accepted after `base_version`: what they did is not taken for the work of others.
    """

    model_config = _example(
        {
            "base_version": 3,
            "changes": [
                {"op": "set", "on": {"touchpoint": "Upload"}, "path": ["emotion"], "value": -1, "was": None},
                {"op": "rename", "on": {"stage": "Documents"}, "to": "Papers"},
                {"op": "add", "on": {"touchpoint": "Check"}, "stage": "Papers", "after": "Upload", "document": {}},
            ],
        }
    )

    base_version: Version
    changes: Annotated[list[Change], Field(max_length=MAX_CHANGES)]
    batch: Batch | None = None
    mine: Annotated[list[Batch], Field(max_length=MAX_CHANGES)] = Field(default_factory=list)


class Label(BaseModel):
    """A name for a version, such as "after the workshop"; null takes it away."""

    model_config = _example({"label": "after the workshop"})

    label: Annotated[str | None, Field(max_length=200)]


class Restore(BaseModel):
    """The version to come back to; it becomes a new one."""

    model_config = _example({"version": 2})

    version: Version


class Convert(BaseModel):
    """The kind of map to become."""

    model_config = _example({"kind": "cx"})

    kind: Annotated[str, Field(max_length=40)]


class Duplicate(BaseModel):
    """The name of the copy; the same name with (2) where none is given."""

    model_config = _example({"name": "Cash loan, target"})

    name: Annotated[str | None, Field(max_length=MAX_NAME)] = None


class Rule(BaseModel):
    """A rule of a touchpoint as it is being picked; `map` and `touchpoint` say whose, the living map's by default."""

    model_config = _example({"when": {"activity": ["doc_upload"], "channel": ["web", "app"]}})

    when: dict[Annotated[str, Field(max_length=MAX_NAME)], JsonValue]
    map: Annotated[str | None, Field(max_length=40)] = None
    touchpoint: Annotated[str | None, Field(max_length=MAX_NAME)] = None


@dataclass(frozen=True, slots=True)
class ListedMap(MapHead):
    """A map in the list, with how many stages and touchpoints it has; null where its text cannot be read."""

    stages: int | None = None
    touchpoints: int | None = None


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """A version of a map. Asked `since` the newest version, it is `unchanged` and has no document."""

    head: MapHead
    version: int
    author: str
    saved_at: str
    unchanged: bool
    document: dict[str, JsonValue] | None


@dataclass(frozen=True, slots=True)
class ConflictAnswer:
    """A change that was not applied: as it was sent, why, and what stands there now."""

    index: int
    change: Change
    reason: Literal["changed", "gone", "taken"]
    current: JsonValue


@dataclass(frozen=True, slots=True)
class ChangesAnswer:
    """`applied` counts changes that are in the document now, those too that were there already."""

    version: int
    applied: int
    conflicts: tuple[ConflictAnswer, ...]
    document: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that a map may say, with titles."""

    lanes: tuple[Lane, ...]
    kinds: tuple[Term, ...]
    questions: tuple[Term, ...]
    pain_kinds: tuple[Term, ...]
    influences: tuple[Term, ...]
    sources: tuple[Term, ...]


TERMS = Terms(LANES, KINDS, QUESTIONS, PAIN_KINDS, INFLUENCES, SOURCES)


def map_answer(head: MapHead, opened: Opened, unchanged: bool = False) -> dict[str, Any]:
    """The answer of `MapAnswer`; documents are long and are not copied."""
    version = opened.version
    return {
        "head": asdict(head),
        "version": version.version,
        "author": version.author,
        "saved_at": version.saved_at,
        "unchanged": unchanged,
        "document": None if unchanged else opened.document,
    }
