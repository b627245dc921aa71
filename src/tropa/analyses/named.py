"""Names that a person gives, turned into codes of a level."""

from __future__ import annotations

import numpy as np

from tropa.cx.lens import Lens
from tropa.cx.level import By, level_names
from tropa.engine.journeys import ABSENT, Array
from tropa.errors import TropaError, did_you_mean


def named_code(lens: Lens, by: By, name: str | None) -> int:
    """Code of a touchpoint, activity or stage; ABSENT where no name is given.

    Raises:
        TropaError: when the journeys know no such name.
    """
    if name is None:
        return ABSENT
    known = list(level_names(lens, by))
    if name not in known:
        raise TropaError(f"The {by} {name!r} is nothing that the journeys know.", did_you_mean(name, known), "usage")
    return known.index(name)


def named_codes(lens: Lens, by: By, name: str) -> list[int]:
    """Codes of a name, or of several with bars between them (a|b); a name that has a bar itself is one name.

    Raises:
        TropaError: when the journeys know no such name.
    """
    known = level_names(lens, by)
    parts = [name] if name in known else [part.strip() for part in name.split("|")]
    return [named_code(lens, by, part) for part in parts]


def flags_of(lens: Lens, by: By, name: str) -> Array:
    """Of each code of a level whether a name means it, and false at the end for what has no code.

    Raises:
        TropaError: when the journeys know no such name.
    """
    flags = np.zeros(len(level_names(lens, by)) + 1, dtype=np.bool_)
    flags[named_codes(lens, by, name)] = True
    return flags
