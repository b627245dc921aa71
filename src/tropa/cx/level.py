"""At which level journeys are told: touchpoint, activity or stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Codes
from tropa.errors import TropaError

By = Literal["touchpoint", "activity", "stage"]


def level_names(lens: Lens, by: By) -> Sequence[str]:
    """Names of the codes of a level.

    Raises:
        TropaError: for stages where there is no map.
    """
    if by == "activity":
        return lens.dictionaries.get("activity", ())
    if by == "stage":
        if lens.map is None:
            raise TropaError("There are no stages without a map.", "Take one in: tropa map WS import FILE.", kind="map")
        return lens.stages
    return lens.nodes


def level_codes(view: View, by: By) -> tuple[Codes, Codes]:
    """Cells and table of a view: the code of event e is table[cells[e]], ABSENT where it is not on this level."""
    if by == "activity":
        return view.column("activity"), _identity(len(view.lens.dictionaries.get("activity", ())))
    if by == "stage":
        return view.cells, np.append(view.lens.stage_of, np.int32(ABSENT))[view.table]
    return view.cells, view.table


def _identity(count: int) -> Codes:
    table = np.arange(count + 1, dtype=np.int32)
    table[-1] = ABSENT
    return table
