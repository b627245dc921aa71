"""Companies of another make than those of `tropa.simulate`: the check of the method that nothing was fitted to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.truth.aliens import (
    airline,
    b2b,
    clinic,
    gym,
    hospital,
    insurance,
    moving,
    permit,
    shop,
    telecom,
    traps,
    trial,
)
from bench.truth.aliens.life import Alien
from bench.truth.aliens.written import write

ALIENS: dict[str, Callable[[int, int], Alien]] = {
    "telecom": telecom.build,
    "clinic": clinic.build,
    "b2b": b2b.build,
    "shop": shop.build,
    "insurance": insurance.build,
    "gym": gym.build,
    "moving": moving.build,
    "hospital": hospital.build,
    "permit": permit.build,
    "trial": trial.build,
    "airline": airline.build,
    "lingering": traps.lingering,
    "branching": traps.branching,
    "delaying": traps.delaying,
    "returning": traps.returning,
    "weekdays": traps.weekdays,
    "amounts": traps.amounts,
}

__all__ = ["ALIENS", "make"]


def make(company: str, out: Path, customers: int, seed: int) -> dict[str, Any]:
    """Writes the five files of a company into `out`. Returns its truth."""
    return write(ALIENS[company](seed, customers), out)
