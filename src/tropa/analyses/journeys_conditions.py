"""Which journeys are meant: the conditions of `journeys`, compiled and looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.analyses.funnel import FunnelFold, FunnelParams
from tropa.analyses.journeys_loops import (
    NEVER,
    ends_of,
    follows,
    has_event,
    longest_step,
    steps_around,
    visits_of,
)
from tropa.analyses.journeys_params import Conditions, placed
from tropa.analyses.journeys_whole import FOREVER_US, WholeJourney
from tropa.analyses.named import flags_of, named_codes
from tropa.cx.lens import Lens
from tropa.cx.level import level_codes, level_names
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Ints
from tropa.errors import TropaError


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """Which journeys of a view are meant; the longest step asked for in microseconds, None where none is asked for."""

    journeys: Array
    waited_us: Ints | None


class Chooser:
    """The conditions compiled for a lens.

    Raises:
        TropaError: for a name that the journeys do not know, a promise that nobody makes, a goal that is not there.
    """

    def __init__(self, params: Conditions, lens: Lens) -> None:
        self.params = params
        self.lens = lens
        self._funnel = FunnelFold(_funnel_of(params), lens) if params.steps else None
        for name in (params.starts, params.ends, params.again, params.failed_at, params.source, params.target):
            if name is not None:
                self._flags(name)
        self._whole = WholeJourney(params, lens)

    def choose(self, view: View) -> Meant:
        """The journeys of a view that the filters keep and of which all conditions hold."""
        params = self.params
        level = level_codes(view, params.by)
        kept = view.selected.copy()
        every = np.ones(len(view.time), dtype=np.bool_)
        for name in params.through:
            kept &= has_event(view.offsets, *level, kept, self._flags(name), every)
        for name in params.without:
            kept &= ~has_event(view.offsets, *level, kept, self._flags(name), every)
        if params.failed_at is not None:
            kept &= has_event(view.offsets, *level, kept, self._flags(params.failed_at), view.failed)
        if params.again is not None:
            kept &= visits_of(view.offsets, *level, kept, self._flags(params.again)) >= 2
        self._keep_ends(view, level, kept)
        if params.path:
            path = np.array([self._one(name) for name in params.path], dtype=np.int32)
            kept &= follows(view.offsets, *level, kept, path, params.collapse, params.path_is == "whole")
        self._keep_placed(view, level, kept)
        if self._funnel is not None:
            self._keep_steps(view, self._funnel, kept)
        self._whole.keep(view, kept)
        waited = self._waited(view, level, kept)
        if waited is not None:
            kept &= waited != NO_TIME
        return Meant(kept, waited)

    # -- names

    def _flags(self, name: str) -> Array:
        return flags_of(self.lens, self.params.by, name)

    def _one(self, name: str) -> int:
        codes = named_codes(self.lens, self.params.by, name)
        if len(codes) > 1:
            raise TropaError(f"A path has one name at each step, not {name!r}.", "Give one of them.", kind="usage")
        return codes[0]

    # -- conditions

    def _keep_ends(self, view: View, level: tuple[Codes, Codes], kept: Array) -> None:
        params = self.params
        if params.starts is None and params.ends is None:
            return
        first, last = ends_of(view.offsets, *level, kept)
        if params.starts is not None:
            kept &= self._flags(params.starts)[first]
        if params.ends is not None:
            kept &= self._flags(params.ends)[last]

    def _keep_placed(self, view: View, level: tuple[Codes, Codes], kept: Array) -> None:
        params = self.params
        if params.anchor is None:
            return
        wanted, unwanted = placed(params.at), placed(params.not_at)
        depth = max((1, *wanted, *unwanted))
        around = steps_around(
            view.offsets,
            *level,
            kept,
            self._flags(params.anchor),
            depth,
            params.direction == "before",
            params.collapse,
        )
        kept &= around[:, 0] != NEVER
        for number, names in wanted.items():
            kept &= np.isin(around[:, number - 1], self._codes_at(names))
        for number, names in unwanted.items():
            kept &= ~np.isin(around[:, number - 1], self._codes_at(names))

    def _codes_at(self, names: Sequence[str]) -> list[int]:
        return [code for name in names for code in (named_codes(self.lens, self.params.by, name) if name else [ABSENT])]

    def _keep_steps(self, view: View, funnel: FunnelFold, kept: Array) -> None:
        params = self.params
        level, _ = funnel.levels(view)
        counted = np.zeros(len(view), dtype=np.bool_)
        counted[funnel.counted(view, level)] = True
        kept &= counted & (level >= 0)
        if params.made is not None:
            kept &= level >= params.made
        if params.stopped_after is not None:
            kept &= level == params.stopped_after

    def _waited(self, view: View, level: tuple[Codes, Codes], kept: Array) -> Ints | None:
        params = self.params
        if params.source is None and params.target is None:
            return None
        anything = np.ones(len(level_names(self.lens, self.params.by)) + 1, dtype=np.bool_)
        return longest_step(
            view.offsets,
            view.time,
            *level,
            kept,
            anything if params.source is None else self._flags(params.source),
            anything if params.target is None else self._flags(params.target),
            -1 if params.longer is None else round(params.longer * 1e6),
            FOREVER_US if params.shorter is None else round(params.shorter * 1e6),
        )


def _funnel_of(params: Conditions) -> FunnelParams:
    names = ("steps", "by", "within", "order", "entry", "count")
    return FunnelParams.model_validate({name: getattr(params, name) for name in names})
