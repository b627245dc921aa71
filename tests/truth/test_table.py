"""The page of `make truth`: its counts, its intervals, and what its options mean."""

from __future__ import annotations

import json

import pytest
from bench.truth.__main__ import arguments, main, seeds, tallied
from bench.truth.score import Tally
from bench.truth.table import chapter, share
from bench.truth.work import command

ROW = {"kind": "barrier", "obstacle": "failure", "touchpoint": "Door", "activity": "jam", "effect": -0.2, "where": []}
FOUND = {**ROW, "on_goal": {"effect": -0.25, "low": -0.3, "high": -0.21}}
RUN = {"company": "inn", "customers": 10, "seed": 1, "truth": {"findings": [ROW], "harmless": []}}


def test_shares_stand_with_their_interval() -> None:
    # Wilson's interval of 9 of 10.
    assert share(9, 10) == "0.900 (0.596–0.982), 9 of 10"
    assert share(0, 0) == "–"


def test_a_chapter_counts_both_lists() -> None:
    ours, naives = tallied([{**RUN, "findings": [FOUND], "naive": []}, {**RUN, "findings": [], "naive": [FOUND]}])
    told = chapter("Two inns", ours, naives)
    assert "| barrier recall | ≥ 0.95 | 0.500 (0.095–0.905), 1 of 2 | 0.500 (0.095–0.905), 1 of 2 |" in told
    # The estimate is 5 points too low, and its interval of 9 points leaves the truth out.
    assert "| effect in interval | ≥ 0.90 | 0.000 (0.000–0.793), 0 of 1 |" in told
    assert "| barrier | 1 (1) | 0 (0) | 0 (0) | 0 (0) | 1 (1) |" in told
    assert [miss["seed"] for miss in ours["inn"].missed if "outside" in miss] == [1]


def test_an_empty_chapter_is_no_error() -> None:
    assert "Nothing" in chapter("Nothing", {"inn": Tally()}, {"inn": Tally()})


def test_seeds() -> None:
    assert seeds("1-3,7") == [1, 2, 3, 7]
    assert seeds("") == []
    assert len(arguments([]).often_seeds) == 50


def test_an_unknown_company_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--companies", "atlantis"]) == 2
    assert "atlantis" in capsys.readouterr().err


def test_commands_are_called_within_the_process() -> None:
    status, told = command(["map", "/nowhere", "check", "--json"])
    assert status == 1
    assert json.loads(told)["error"]["message"]
