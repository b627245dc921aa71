"""New, returning, resurrecting, dormant: by hand and against plain Python."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.helpers import make_workspace

from tropa.analyses.lifecycle import Lifecycle


def visits(lives: dict[str, list[int]]) -> list[dict[str, str]]:
    return [
        {"customer_id": who, "time": f"2026-03-{day:02}T08:00", "activity": "visit"}
        for who in lives
        for day in lives[who]
    ]


def table(result: Lifecycle) -> list[tuple[int, int, int, int, int | None]]:
    return [(each.active, each.new, each.returning, each.resurrecting, each.dormant) for each in result.periods]


def test_by_hand(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", visits({"a": [1, 2, 2, 4], "b": [2, 4]}))
    result = workspace.ask("lifecycle", period="day").result
    assert table(result) == [(1, 1, 0, 0, 0), (2, 1, 1, 0, 0), (0, 0, 0, 0, 2), (2, 0, 0, 2, None)]
    assert result.customers == 2
    assert [each.complete for each in result.periods] == [True, True, True, False]


def test_only_what_counts_as_active(tmp_path: Path) -> None:
    other = {"customer_id": "a", "time": "2026-03-03T08:00", "activity": "letter"}
    workspace = make_workspace(tmp_path / "ws", [*visits({"a": [1, 4]}), other])
    result = workspace.ask("lifecycle", period="day", active="visit").result
    assert [each.active for each in result.periods] == [1, 0, 0, 1]


@pytest.mark.parametrize("seed", range(3))
def test_against_plain_python(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lives = {f"c{number}": [chance.randint(1, 28) for _ in range(chance.randint(1, 9))] for number in range(50)}
    result = make_workspace(tmp_path / "ws", visits(lives)).ask("lifecycle", period="day").result
    first, last = (edge(day for days in lives.values() for day in days) for edge in (min, max))
    expected = []
    for day in range(first, last + 1):
        now = {who for who, days in lives.items() if day in days}
        yesterday = {who for who, days in lives.items() if day - 1 in days}
        new = {who for who in now if min(lives[who]) == day}
        dormant = len(yesterday - now) if day < last else None
        expected.append((len(now), len(new), len(now & yesterday), len(now - new - yesterday), dormant))
    assert table(result) == expected
