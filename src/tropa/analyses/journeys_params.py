"""What may be asked of journeys: each condition is counted just as the analysis that shows its number counts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from tropa.contract.filters import Filters, Moment, Seconds, Words
from tropa.cx.level import By


class Conditions(Filters):
    """All that are given have to hold. A name may be several with bars between them: a|b."""

    by: By = Field("touchpoint", description="what the names below are: touchpoint, activity or stage")
    through: Words = Field(default_factory=list, description="journeys that came to each of these")
    without: Words = Field(default_factory=list, description="journeys that came to none of these")
    starts: str | None = Field(None, description="journeys that begin with this")
    ends: str | None = Field(None, description="journeys whose last step this is")
    again: str | None = Field(None, description="journeys that came here twice or more, with something else between")
    failed_at: str | None = Field(None, description="journeys with a failed event here")
    source: str | None = Field(None, description="journeys with a step right from here to --target, or to any other")
    target: str | None = Field(None, description="journeys with a step right to here from --source, or from any other")
    longer: Seconds | None = Field(None, description="the step from --source to --target took longer than this")
    shorter: Seconds | None = Field(None, description="the step from --source to --target took this or less")
    handed_from: str | None = Field(None, description="journeys that passed from the hands of this performer")
    handed_to: str | None = Field(None, description="journeys that passed into the hands of this performer")
    performer: str = Field("performer", description="of --handed_from and --handed_to: performer, or an attribute")
    path: Words = Field(default_factory=list, description="journeys whose steps are just these, in order")
    path_is: Literal["whole", "begin"] = Field("whole", description="whole: nothing else; begin: more may follow")
    collapse: bool = Field(False, description="of --path, --at and --not_at: a step repeated in a row counts as one")
    anchor: str | None = Field(None, description="the first time that journeys came here, from which --at counts")
    direction: Literal["after", "before"] = Field("after", description="--at counts steps after the anchor or before")
    at: list[str] = Field(default_factory=list, description="2=NAME: second from the anchor; `2=`: there is no second")
    not_at: list[str] = Field(default_factory=list, description="2=NAME: what the second from the anchor must not be")
    steps: Words = Field(default_factory=list, description="steps of a funnel (see `funnel`)")
    within: Seconds | None = Field(None, description="of the funnel: from the first step to the last")
    order: Literal["ordered", "strict", "any"] = Field("ordered", description="of the funnel: see `funnel`")
    entry: Literal["any", "first"] = Field("any", description="of the funnel: see `funnel`")
    count: Literal["journeys", "customers"] = Field("journeys", description="of the funnel: what it counts")
    made: int | None = Field(None, ge=0, description="journeys that made so many steps of the funnel, or more")
    stopped_after: int | None = Field(None, ge=0, description="journeys that made just so many steps of the funnel")
    group: str | None = Field(
        None, description="attribute=value, or channel=value of the first event; (none): without any"
    )
    outcome: list[Literal["reached", "under_way", "left"]] = Field(
        default_factory=list, description="how the journey stands: reached, under_way or left"
    )
    promise: Literal["within", "promised"] = Field(
        "within", description="which promise: of the map (within) or of the data (promised)"
    )
    missed_at: str | None = Field(None, description="journeys in which the promise of this touchpoint was missed")
    kept_at: str | None = Field(None, description="journeys in which the promise of this touchpoint was kept")
    scored: Literal["any", "low", "high"] | None = Field(
        None, description="journeys with a score, with a bad one or a good one by the rule of its kind"
    )
    scored_at: str | None = Field(None, description="only scores told about this touchpoint or stage")
    score_kind: str | None = Field(None, description="only scores of this kind: nps, csat, ...")
    active_since: Moment | None = Field(None, description="journeys with an event on or after this day or time")
    active_until: Moment | None = Field(None, description="... up to this day (included) or before this time")
    find: str | None = Field(None, max_length=200, description="part of the customer's or the case's identifier")

    @model_validator(mode="after")
    def _consistent(self) -> Conditions:
        if (self.longer is not None or self.shorter is not None) and self.source is None and self.target is None:
            raise ValueError("longer and shorter go with source or target")
        if (self.at or self.not_at) and self.anchor is None:
            raise ValueError("at and not_at go with anchor")
        for places in (self.at, self.not_at):
            placed(places)
        if (self.made is not None or self.stopped_after is not None) and not self.steps:
            raise ValueError("made and stopped_after go with steps")
        for number in (self.made, self.stopped_after):
            if number is not None and number > len(self.steps):
                raise ValueError(f"the funnel has {len(self.steps)} steps, not {number}")
        if self.group is not None and "=" not in self.group:
            raise ValueError(f"{self.group!r} is not attribute=value")
        return self


def placed(places: Sequence[str]) -> dict[int, list[str]]:
    """Number of a step from the anchor (from 1) -> names; an empty name: no such step."""
    told: dict[int, list[str]] = {}
    for text in places:
        number, equals, name = text.partition("=")
        if not equals or not number.strip().isdigit() or not 1 <= int(number) <= 20:
            raise ValueError(f"{text!r} is not NUMBER=NAME with a number from 1 to 20")
        told.setdefault(int(number), []).append(name.strip())
    return told
