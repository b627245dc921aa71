"""In which segments an obstacle is met more than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from tropa.cx.lens import Lens
from tropa.engine.journeys import ABSENT
from tropa.findings.finding import Where
from tropa.findings.journeys import Came
from tropa.stats.concentration import Condition, concentration

LEAST_RATIO = 1.25


Segment = tuple[Condition, ...]
"""Columns of `Came.codes` and the code that each has there."""


def segments(came: Came) -> tuple[Segment, ...]:
    """Values of attributes, alone or in pairs, where the obstacle is concentrated, the most telling first; ABSENT too.
    See `stats.concentration` for the search and how chance is held down."""
    if not 0 < came.exposed < came.reached or came.codes.shape[1] == 0:
        return ()
    witnesses = came.witnesses
    found = concentration(came.codes, witnesses, witnesses * came.met, least_ratio=LEAST_RATIO)
    return tuple(piece.conditions for piece in found.slices)


def where(came: Came, lens: Lens, found: Sequence[Segment]) -> tuple[Where, ...]:
    """The segments found as values of attributes. Conditions of a pair stand one after the other, with the share and
    lift of the pair. A value that is not told is no segment."""
    hits = came.weight * came.met
    told: list[Where] = []
    for segment in found:
        inside = came.inside(segment)
        share = float(hits[inside].sum() / hits.sum())
        usual = float(came.weight[inside].sum() / came.weight.sum())
        for attribute, code in segment:
            name = came.names[attribute]
            if code == ABSENT or share <= usual:
                continue
            value = _value(lens, name, code)
            if not any(one.attribute == name and one.value == value for one in told):
                told.append(Where(name, value, share, share / usual))
    return tuple(told)


def _value(lens: Lens, name: str, code: int) -> str:
    column = name if name == "channel" else f"attribute:{name}"
    return str(lens.dictionaries[column][code])
