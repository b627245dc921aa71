"""Whose customers are known: those that were loaded, and those of the files beside this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

SHORTEST = 4
"""Values of fewer letters are met everywhere: numbers of months, sizes, yes and no."""
FEWEST = 8
"""So many values at least must be common to two files for a column to count as one and the same key."""
TELLING = 0.3
"""What tells the rows of neither file apart by more than that is a town or a kind, though both files have it."""


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """A column by whose values rows may be put together.

    Attributes:
        values: the different ones.
        telling: how well they tell rows apart: 1 where each row has its own, or no other column has more of them.
    """

    values: pl.Series
    telling: float


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Attributes:
    loaded: identifiers of customers in the workspace, some of them where there are many.
    among_loaded: which of some identifiers would stand among `loaded`, were they known (where those are a part only).
    beside: for each other file, its columns that may be keys.
    """

    loaded: pl.Series | None = None
    among_loaded: Callable[[pl.Series], pl.Series] | None = None
    beside: tuple[tuple[Key, ...], ...] = ()

    def in_loaded(self, values: pl.Series) -> float:
        """Share of different identifiers that customers of the workspace have."""
        if self.loaded is None:
            return 0.0
        asked = values if self.among_loaded is None else values.filter(self.among_loaded(values))
        common = int(asked.is_in(self.loaded.implode()).sum())
        return common / asked.len() if common and common >= min(FEWEST, self.loaded.len()) else 0.0

    def in_beside(self, key: Key) -> float:
        """Sum over the other files: share of identifiers that some column of theirs has too, of the fewer ones."""
        lengths = key.values.str.len_chars().mean()
        if key.values.len() < FEWEST or lengths is None or float(lengths) < SHORTEST:  # type: ignore[arg-type]
            return 0.0
        return sum(max((_common(key, other) for other in columns), default=0.0) for columns in self.beside)


def _common(key: Key, other: Key) -> float:
    common = int(key.values.is_in(other.values.implode()).sum())
    telling = max(key.telling, other.telling)
    if common < FEWEST or telling <= TELLING:
        return 0.0
    return telling * common / min(key.values.len(), other.values.len())
