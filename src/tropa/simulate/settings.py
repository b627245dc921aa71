"""Parameters that differ between one seed of a company and another: what each means and where it lies, in one place."""

from __future__ import annotations

from dataclasses import field, fields
from typing import Any, TypeVar

import numpy as np

S = TypeVar("S")


def between(low: float, high: float) -> Any:
    """A number, uniform between two."""
    return field(metadata={"draw": lambda rng: float(rng.uniform(low, high))})


def day(low: int, high: int) -> Any:
    """A day of the simulation, counted from the first one."""
    return field(metadata={"draw": lambda rng: int(rng.integers(low, high))})


def code(low: int, high: int) -> Any:
    """The place of a word in a list, from `low` to before `high`."""
    return day(low, high)


def one_of(*values: str) -> Any:
    """One of some words."""
    return field(metadata={"draw": lambda rng: str(rng.choice(list(values)))})


def draw(kind: type[S], rng: np.random.Generator) -> S:
    """The parameters of one seed; drawn in the order in which they are written."""
    return kind(**{told.name: told.metadata["draw"](rng) for told in fields(kind)})  # type: ignore[arg-type]
