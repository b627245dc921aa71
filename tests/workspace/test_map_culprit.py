"""Which change makes a map unreadable is found by halves."""

from __future__ import annotations

import pytest

from tropa.cx.map import Map
from tropa.errors import TropaError
from tropa.workspace.map_culprit import first_unreadable


@pytest.mark.parametrize("culprit", [1, 2, 500, 999, 1000])
def test_the_change_at_fault_is_found_in_few_steps(culprit: int) -> None:
    asked: list[int] = []

    def drawn(count: int) -> Map:
        asked.append(count)
        if count >= culprit:
            raise TropaError(f"{count} cannot be read.")
        return Map.__new__(Map)

    number, error = first_unreadable(drawn, 1000, TropaError("1000 cannot be read."))
    assert (number, error.message) == (culprit, f"{culprit} cannot be read.")
    assert len(asked) <= 10
