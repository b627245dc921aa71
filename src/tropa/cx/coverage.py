"""What the map explains: a journey when it binds every event of it, a customer when it explains all their journeys."""

from __future__ import annotations

from dataclasses import dataclass

from numba import njit

from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


@dataclass(frozen=True, slots=True)
class Covered:
    """Additive counts over the journeys kept."""

    journeys: int
    journeys_explained: int
    customers: int
    customers_explained: int
    events: int
    events_bound: int

    def __add__(self, other: Covered) -> Covered:
        return Covered(
            self.journeys + other.journeys,
            self.journeys_explained + other.journeys_explained,
            self.customers + other.customers,
            self.customers_explained + other.customers_explained,
            self.events + other.events,
            self.events_bound + other.events_bound,
        )


def covered(view: View) -> Covered:
    """How much of a view its map explains."""
    return Covered(*_covered(view.offsets, view.cells, view.table, view.selected, view.owner))


@njit(cache=True, nogil=True)
def _covered(
    offsets: Ints, cells: Codes, table: Codes, selected: Array, owner: Codes
) -> tuple[int, int, int, int, int, int]:
    journeys = journeys_explained = customers = customers_explained = events = events_bound = 0
    previous = ABSENT
    explained_so_far = False
    for journey in range(len(offsets) - 1):
        if not selected[journey]:
            continue
        begin, end = offsets[journey], offsets[journey + 1]
        bound = 0
        for event in range(begin, end):
            bound += table[cells[event]] != ABSENT
        explained = bound == end - begin
        journeys += 1
        journeys_explained += explained
        events += end - begin
        events_bound += bound
        if owner[journey] != previous:
            customers_explained += explained_so_far
            customers += 1
            previous = owner[journey]
            explained_so_far = True
        explained_so_far = explained_so_far and explained
    customers_explained += explained_so_far
    return journeys, journeys_explained, customers, customers_explained, events, events_bound
