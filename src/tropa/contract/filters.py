"""Filters and comparison, the same for every analysis."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from tropa.cx.durations import bounded, parse_duration

FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def split_list(value: Any) -> Any:
    """Accept `a,b` beside ["a", "b"]; a comma of a name is written `\\,` in a text. A list holds names as they are."""
    if isinstance(value, str):
        parts = (part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", value))
        return [part for part in parts if part]
    return value


def as_seconds(value: Any) -> Any:
    """Accept `7d` beside a number of seconds; neither is longer than any log."""
    if isinstance(value, int | float):
        return bounded(value, f"{value:g}" if isinstance(value, float) else str(value))
    return parse_duration(value) if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(split_list)]
"""Several names: a list of them, or one text with commas between them."""


def split_texts(params: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
    """Values as they come from the command line or an address, where each text of a list may hold several names.

    To be done once, at the edge: what is split is a list of names and is never split again.
    """
    return {
        name: [word for text in value for word in split_list(text)]
        if isinstance(value, list) and _takes_words(params, name)
        else value
        for name, value in values.items()
    }


def _takes_words(params: type[BaseModel], name: str) -> bool:
    field = params.model_fields.get(name)
    return field is not None and any(getattr(mark, "func", None) is split_list for mark in field.metadata)


Seconds = Annotated[float, BeforeValidator(as_seconds), Field(ge=0)]
"""A duration: seconds, or a number and s, m, h, d, w."""


def as_moment(value: Any) -> Any:
    """A day or a time of ISO 8601; a bare number is neither, whatever it counts.

    A text with a time is a time, midnight too: read as a day, the end of a period would be a day late.
    """
    if isinstance(value, str) and _DAY.match(value.strip()):
        text = value.strip()
        with contextlib.suppress(ValueError):
            value = dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    if isinstance(value, dt.date) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise PydanticCustomError(
        "moment",
        "expected a day such as 2026-01-31 or a time such as 2026-01-31T10:00:00, from the year {first} to {last}",
        {"first": FIRST_YEAR, "last": LAST_YEAR},
    )


Moment = Annotated[dt.date | dt.datetime, BeforeValidator(as_moment)]
"""A day, or a time with or without an offset (without: in the time zone of the workspace)."""


class Filters(BaseModel):
    """Which journeys are asked. A journey is kept or left out as a whole.

    `since` and `until` keep the journeys that began in the period (a day given as `until` is included whole).
    Several values of one attribute are joined by "or", different attributes by "and". All parts of a scenario hold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: Moment | None = Field(None, description="journeys that began on or after this day or time")
    until: Moment | None = Field(None, description="journeys that began up to this day (included) or before this time")
    segment: list[str] = Field(default_factory=list, description="attribute=value; repeat for more")
    channel: Words = Field(default_factory=list, description="journeys that used one of these channels")
    scenario: list[str] = Field(
        default_factory=list,
        description="a touchpoint or a stage that journeys came to; with ! before it: did not come to; repeat for more",
    )
    compare: list[str] = Field(
        default_factory=list,
        description="two groups side by side: attribute=value, channel=value, scenario=value or since..until, "
        "given twice",
    )
    unit: Literal["customer", "case", "session"] | None = Field(
        None, description="what one journey is; the map says it where this does not"
    )
