"""What a simulated company hands over; each company is one entry of the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Simulated:
    """The files of a company, not yet written. Times are local, without an offset."""

    events: pl.DataFrame
    feedback: pl.DataFrame
    customers: pl.DataFrame
    map_yaml: str
    truth: dict[str, Any]


@dataclass(frozen=True)
class Company:
    """A company that can be simulated.

    Args:
        name: its name on the command line.
        title: what it is, for people.
        make: customers, seed, progress -> its files.
        language: in which its map is written; `currency`: of the money in its events.
    """

    name: str
    title: str
    make: Callable[[int, int, Progress], Simulated]
    language: str = "ru"
    currency: str = "RUB"
