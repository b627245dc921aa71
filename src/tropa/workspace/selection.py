"""Filters turned into a choice of journeys, partition by partition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

import numpy as np
from numba import njit

from tropa.contract.filters import Filters, Moment
from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.journeys import Array, Codes, Ints
from tropa.errors import TropaError, did_you_mean

Keep = Callable[[View], Array]


def selection(filters: Filters, lens: Lens, zone: ZoneInfo) -> Keep | None:
    """What keeps or drops each journey of a view; None where everything is kept.

    Raises:
        TropaError: for an attribute, a value or a channel that the data does not have, or a place that is not on the
            map.
    """
    dictionaries = lens.dictionaries
    begin = None if filters.since is None else microseconds(filters.since, zone)
    end = None if filters.until is None else microseconds(filters.until, zone, day_included=True)
    if begin is not None and end is not None and end <= begin:
        raise TropaError(
            f"The period ends ({filters.until}) before it begins ({filters.since}).", "Swap them.", kind="usage"
        )
    attributes = _attribute_codes(filters.segment, dictionaries)
    channels = [_code_of("channel", "channel", value, dictionaries) for value in filters.channel]
    places = [_place(part, lens) for part in filters.scenario]
    if begin is None and end is None and not attributes and not channels and not places:
        return None

    def keep(view: View) -> Array:
        kept = np.ones(len(view), dtype=np.bool_)
        if begin is not None:
            kept &= view.started >= begin
        if end is not None:
            kept &= view.started < end
        for name, codes in attributes.items():
            kept &= np.isin(view.attribute(name), codes)
        if channels:
            kept &= _uses(view.offsets, view.column("channel"), np.array(channels, dtype=np.int32))
        for nodes, wanted in places:
            kept &= _uses(view.offsets, view.nodes, nodes) == wanted
        return kept

    return keep


def _attribute_codes(segments: Sequence[str], dictionaries: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    codes: dict[str, list[int]] = {}
    known = [name.removeprefix("attribute:") for name in dictionaries if name.startswith("attribute:")]
    for segment in segments:
        name, equals, value = segment.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise TropaError(
                f"{segment!r} is no segment.", "Write attribute=value, such as region=Moscow.", kind="usage"
            )
        if name not in known:
            hint = did_you_mean(name, known) or "The data has no attributes yet: load customers with some."
            raise TropaError(f"The data has no attribute {name!r} to filter by.", hint, kind="usage")
        codes.setdefault(name, []).append(_code_of(ATTRIBUTE + name, name, value, dictionaries))
    return codes


def _code_of(column: str, shown: str, value: str, dictionaries: Mapping[str, Sequence[str]]) -> int:
    known = list(dictionaries.get(column, ()))
    if value not in known:
        hint = did_you_mean(value, known) or f"The data has no {shown}."
        raise TropaError(f"No {shown} has the value {value!r}.", hint, kind="usage")
    return known.index(value)


def _place(part: str, lens: Lens) -> tuple[Codes, bool]:
    """Nodes of a part of a scenario, and whether journeys are to have come there."""
    name = part.strip()
    # A name that begins with an exclamation mark itself is found as it stands.
    wanted = not name.startswith("!") or name in lens.nodes or name in lens.stages
    if not wanted:
        name = name[1:].strip()
    if name in lens.nodes:
        return np.array([lens.nodes.index(name)], dtype=np.int32), wanted
    if name in lens.stages:
        return np.flatnonzero(lens.stage_of == lens.stages.index(name)).astype(np.int32), wanted
    hint = did_you_mean(name, [*lens.nodes, *lens.stages]) or "Give a touchpoint or a stage of the map."
    raise TropaError(f"There is no touchpoint or stage {name!r}.", hint, kind="usage")


def microseconds(moment: Moment, zone: ZoneInfo, day_included: bool = False) -> int:
    """UTC microseconds of a day's beginning (or end) or of a time; what has no offset is in the workspace's zone."""
    if not isinstance(moment, dt.datetime):
        day = moment + dt.timedelta(days=1) if day_included else moment
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return round(moment.timestamp() * 1_000_000)


@njit(cache=True, nogil=True)
def _uses(offsets: Ints, channel: Codes, wanted: Codes) -> Array:
    kept = np.zeros(len(offsets) - 1, dtype=np.bool_)
    for journey in range(len(kept)):
        for event in range(offsets[journey], offsets[journey + 1]):
            for code in wanted:
                if channel[event] == code:
                    kept[journey] = True
    return kept
