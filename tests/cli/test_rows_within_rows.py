"""Rows within rows are one table that says whose they are, in the units that they tell of themselves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tropa.cli import output


@dataclass(frozen=True)
class Inner:
    unit: str
    promise: float
    kept_share: float


@dataclass(frozen=True)
class Outer:
    stage: str | None
    touchpoint: str
    journeys: int
    checks: tuple[Inner, ...]


@dataclass(frozen=True)
class Result:
    touchpoints: tuple[Outer, ...]


CHECK = (Inner("seconds", 7200.0, 0.5),)
STEPS = [Outer("First", f"Step {step}", step, CHECK) for step in range(300)]
RESULT = Result((*STEPS, Outer("Last", "Scored", 5, (Inner("points", 4.2, 0.25),))))


def test_units_and_names_of_the_outer_row(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_result(Result(RESULT.touchpoints[-2:]))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["checks", "(2)"] in lines
    assert ["First", "Step", "299", "seconds", "2.0h", "50.0%"] in lines
    assert ["Last", "Scored", "points", "4.20", "25.0%"] in lines


def test_a_long_table_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_result(RESULT)
    assert f"... {301 - output.MAX_INNER} more; --json has them all" in capsys.readouterr().out


def test_a_table_wider_than_the_window_is_turned(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_room", lambda: 34)
    output.print_result(Result(RESULT.touchpoints[:3]))
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 34 for line in lines)
    assert [line.split() for line in lines if line.startswith("  touchpoint ")] == [
        ["touchpoint", "Step", "0", "Step", "1"],
        ["touchpoint", "Step", "2"],
    ]
