"""How thick the stream of journeys is in each column: at the touchpoint, and in its stage as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.exports.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Volumes:
    """By column. `whole` is drawn behind `own`: who was in the stage but not here is seen going past.

    Both have one scale, whose largest value is `most`.
    """

    own: tuple[float, ...]
    whole: tuple[float, ...]
    most: float


def volumes_of(sheet: Sheet) -> Volumes:
    """Without a map there are no stages, and nothing is drawn behind."""
    own = tuple(0.0 if column.row is None else float(column.row.journeys) for column in sheet.columns)
    by_stage: list[float] = []
    passed = 0.0
    for stage in sheet.stages if sheet.has_map else ():
        here = float(stage.row.journeys) if stage.row else 0.0
        # No event says that somebody was in this stage: those that were seen further on went through it.
        by_stage.append(here or passed)
        passed = float(stage.row.passed_on) if here and stage.row else passed
    whole = tuple(by_stage[column.stage] for column in sheet.columns) if by_stage else ()
    return Volumes(own, whole, max((*own, *whole), default=0.0))
