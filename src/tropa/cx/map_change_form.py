"""The forms of changes to a map's document: what a page sends and what a version remembers.

Stages and touchpoints are addressed by their names, so a change means the same whatever else was moved meanwhile.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tropa.cx.map_keys import MAX_NAME

MAX_PATH = 10
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Document = dict[str, JsonValue]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OnMap(_Form):
    """The whole map."""

    map: Literal[True]


class OnStage(_Form):
    """A stage by its name."""

    stage: Name


class OnTouchpoint(_Form):
    """A touchpoint by its name, in whichever stage it stands."""

    touchpoint: Name


class SetChange(_Form):
    """Write a value under a path of keys; null takes it away. Nothing is written over a value other than `was`.

    Where that and what stands there now are lists, what was done to items is done to the list of now.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "op": "set",
                    "on": {"touchpoint": "Upload"},
                    "path": ["expects", "within"],
                    "value": "10m",
                    "was": None,
                }
            ]
        }
    )

    op: Literal["set"]
    on: OnMap | OnStage | OnTouchpoint
    path: list[Annotated[str, Field(min_length=1, max_length=MAX_NAME)]] = Field(min_length=1, max_length=MAX_PATH)
    value: JsonValue
    was: JsonValue = None


class RenameChange(_Form):
    """Give another name. The goal of the map follows."""

    op: Literal["rename"]
    on: OnMap | OnStage | OnTouchpoint
    to: Name


class AddChange(_Form):
    """Add a stage, or a touchpoint to a stage; `after` null puts it first, one that is gone puts it last."""

    op: Literal["add"]
    on: OnStage | OnTouchpoint
    stage: Name | None = None
    after: Name | None = None
    document: Document = Field(default_factory=dict)


class MoveChange(_Form):
    """Put elsewhere; `stage` is for touchpoints: where it goes."""

    op: Literal["move"]
    on: OnStage | OnTouchpoint
    stage: Name | None = None
    after: Name | None = None


class RemoveChange(_Form):
    """Take away; a stage goes with its touchpoints, and the goal of the map follows.

    Where `was` says what the person saw there, name included, nothing else is taken away.
    """

    op: Literal["remove"]
    on: OnStage | OnTouchpoint
    was: Document | None = None


Change = Annotated[
    SetChange | RenameChange | AddChange | MoveChange | RemoveChange,
    Field(discriminator="op"),
]
