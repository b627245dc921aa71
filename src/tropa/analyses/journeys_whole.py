"""Conditions of `journeys` on a journey as a whole: how it ended, what it was promised, who had it, what was said."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.analyses.journeys_answers import bad, good, on_scale
from tropa.analyses.journeys_loops import KEPT, MISSED, has_event_between, promise_of_data, promise_of_map
from tropa.analyses.journeys_params import Conditions
from tropa.analyses.named import flags_of, named_codes
from tropa.analyses.waits import passings
from tropa.contract.filters import Moment
from tropa.cx.columns import coded_name
from tropa.cx.lens import Lens
from tropa.cx.metrics import KINDS, SCALES, kind_codes
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.processes import performer_column
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array
from tropa.errors import TropaError, did_you_mean

STATUS = {"reached": REACHED, "under_way": UNDER_WAY, "left": LEFT}
NO_VALUE = "(none)"
FOREVER_US = np.iinfo(np.int64).max


class WholeJourney:
    """The conditions compiled for a lens.

    Raises:
        TropaError: a goal that is not there, a score or a performer that nobody knows, a promise that nobody makes.
    """

    def __init__(self, params: Conditions, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        if params.outcome and not lens.has_goal:
            raise TropaError("The map says no goal, so no journey can reach it.", "Add `goal` to the map.", kind="map")
        if params.scored_at is not None and params.by == "activity" and lens.map is not None:
            raise TropaError(
                "Scores are told about touchpoints and stages, not about activities.",
                "Give --by touchpoint and the touchpoint.",
                kind="usage",
            )
        if params.score_kind is not None and params.score_kind not in SCALES:
            raise TropaError(
                f"There is no kind of score {params.score_kind!r}.", f"Kinds: {', '.join(KINDS)}.", kind="usage"
            )
        for name in (params.missed_at, params.kept_at):
            if name is not None:
                self._promise_node(name)
        for name in (params.handed_from, params.handed_to):
            if name is not None:
                self._hand(performer_column(lens, params.performer), name)

    def keep(self, view: View, kept: Array) -> None:
        """Take out of the kept journeys those of which a condition does not hold."""
        params = self.params
        if params.group is not None:
            kept &= _in_group(view, params.group)
        if params.outcome:
            kept &= np.isin(view.outcome.status, [STATUS[outcome] for outcome in params.outcome])
        for name, verdict in ((params.missed_at, MISSED), (params.kept_at, KEPT)):
            if name is not None:
                kept &= self._promise(view, kept, name) == verdict
        if params.active_since is not None or params.active_until is not None:
            zone = ZoneInfo(self.lens.facts.zone)
            begin = -FOREVER_US if params.active_since is None else _moment_us(params.active_since, zone, False)
            end = FOREVER_US if params.active_until is None else _moment_us(params.active_until, zone, True)
            kept &= has_event_between(view.offsets, view.time, kept, begin, end)
        if params.handed_from is not None or params.handed_to is not None:
            kept &= self._handed(view)
        if params.find is not None and params.find.strip():
            kept &= _found(view, params.find.strip())
        if params.scored is not None or params.scored_at is not None or params.score_kind is not None:
            kept &= self._scored(view)

    def _promise_node(self, name: str) -> int:
        nodes = list(self.lens.nodes)
        if name not in nodes:
            named_codes(self.lens, "touchpoint", name)
            raise TropaError(f"A promise is one touchpoint's, not {name!r}.", "Give one of them.", kind="usage")
        node = nodes.index(name)
        expects = None if self.lens.map is None else self.lens.map.touchpoints[node].expects
        if self.params.promise == "within" and (expects is None or expects.within_seconds is None):
            raise TropaError(
                f"The map promises no time at {name!r}.",
                "Write `expects: {within: ...}`, or ask for the promise of the data: --promise promised.",
                kind="usage",
            )
        return node

    def _promise(self, view: View, kept: Array, name: str) -> Array:
        node = self._promise_node(name)
        reached = view.outcome.status == REACHED
        now_us = self.lens.facts.now_us or 0
        common = (view.offsets, view.time, view.nodes, kept, reached)
        if self.params.promise == "within" and self.lens.map is not None:
            seconds = self.lens.map.touchpoints[node].expects.within_seconds or 0.0
            return promise_of_map(*common, node, round(seconds * 1e6), now_us)
        lens = self.lens
        times = view.times("promised_at"), view.times("ended_at")
        return promise_of_data(*common, lens.goal, lens.has_goal, *times, node, now_us)

    def _handed(self, view: View) -> Array:
        """Journeys that passed from one performer's hands into another's, which is not the same one."""
        params = self.params
        column = performer_column(self.lens, params.performer)
        people = len(self.lens.dictionaries.get(column, ()))
        pairs, journeys = passings(view, column)
        sources, targets = np.divmod(pairs, max(people, 1))
        meant = sources != targets
        for name, hands in ((params.handed_from, sources), (params.handed_to, targets)):
            if name is not None:
                meant &= hands == self._hand(column, name)
        handed = np.zeros(len(view), dtype=np.bool_)
        handed[journeys[meant]] = True
        return handed

    def _hand(self, column: str, name: str) -> int:
        code = self.lens.code(column, name)
        if code is None:
            known = self.lens.dictionaries.get(column, ())
            raise TropaError(f"There is no performer {name!r}.", did_you_mean(name, known), kind="usage")
        return code

    def _scored(self, view: View) -> Array:
        """Journeys with an answer that has a score on the scale of its kind and is what was asked for."""
        params, told = self.params, view.feedback
        kinds = kind_codes(self.lens.dictionaries.get("kind", ()))[told.kind]
        meant = on_scale(kinds, told.score)
        if params.scored_at is not None:
            # Without a map an activity is the touchpoint.
            codes = self.lens.stage_of if params.by == "stage" else np.arange(len(self.lens.nodes), dtype=np.int32)
            meant &= flags_of(self.lens, params.by, params.scored_at)[np.append(codes, np.int32(ABSENT))[told.node]]
        if params.score_kind is not None:
            meant &= kinds == KINDS.index(params.score_kind)
        if params.scored in ("low", "high"):
            side = bad if params.scored == "low" else good
            meant &= side(kinds, told.score)
        journeys = np.zeros(len(view), dtype=np.bool_)
        journeys[told.journey[meant]] = True
        return journeys


def _in_group(view: View, group: str) -> Array:
    """Journeys of a group of the funnel: an attribute of theirs, or the channel of their first event."""
    name, _, value = group.partition("=")
    name, value = name.strip(), value.strip()
    column = "channel" if name == "channel" else coded_name("events", name)
    if column not in view.lens.dictionaries:
        raise TropaError(f"The data has no attribute {name!r}.", "See the attributes in the filters.", kind="usage")
    codes = view.column("channel")[view.offsets[:-1]] if name == "channel" else view.attribute(name)
    wanted = view.lens.code(column, value)
    if wanted is None and value != NO_VALUE:
        raise TropaError(f"No {name} has the value {value!r}.", "Check its spelling.", kind="usage")
    return np.asarray(codes == (ABSENT if wanted is None else wanted))


def _found(view: View, text: str) -> Array:
    """Journeys with the text in an identifier, in any case of letters."""
    rows = np.zeros(len(view.journeys), dtype=np.bool_)
    for name in ("customer", "case"):
        if (column := view.journeys.rows.get(name)) is not None:
            held = pc.match_substring(column.cast(pa.string()), text, ignore_case=True)
            rows |= pc.fill_null(held, False).to_numpy(zero_copy_only=False)
    return np.asarray(rows[view.row])


def _moment_us(moment: Moment, zone: ZoneInfo, day_included: bool) -> int:
    if not isinstance(moment, dt.datetime):
        day = moment + dt.timedelta(days=1) if day_included else moment
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return round(moment.timestamp() * 1_000_000)
