"""The scorer against findings written by hand: what is right, what is false, what is only told twice."""

from __future__ import annotations

from typing import Any

import pytest
from bench.truth.score import match, score

DOOR = {"kind": "barrier", "obstacle": "failure", "touchpoint": "Door", "activity": "jam", "effect": -0.2,
        "where": [{"attribute": "town", "value": "North"}], "since": "2026-03-10", "also": ["repeat"]}  # fmt: skip
HALL = {"kind": "inconvenience", "obstacle": "wait", "touchpoint": "Hall", "activity": "sit", "effect": 0.0,
        "where": [], "since": None}  # fmt: skip
LAMP = {"kind": "harmless", "obstacle": "repeat", "touchpoint": "Lamp", "activity": "lamp", "effect": 0.0,
        "where": [], "since": None}  # fmt: skip
TRUTH = {"findings": [DOOR, HALL], "harmless": [LAMP]}


def said(kind: str, obstacle: str, touchpoint: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "obstacle": obstacle, "touchpoint": touchpoint, **more}


RIGHT = [
    said("barrier", "failure", "Door", activity="jam", on_goal={"effect": -0.18, "low": -0.25, "high": -0.1},
         where=[{"attribute": "town", "value": "north"}], since="2026-03-12"),
    said("inconvenience", "wait", "Hall", on_goal={"effect": 0.0, "low": -0.01, "high": 0.01}),
    said("harmless", "repeat", "Lamp", on_goal={"effect": 0.03, "low": 0.01, "high": 0.05}),
]  # fmt: skip


def test_all_right() -> None:
    tally = score(TRUTH, RIGHT)
    everything = ("barrier recall", "barrier precision", "inconvenience recall", "inconvenience precision",
                  "where right", "since within 3 days", "no onset invented")  # fmt: skip
    assert {name: tally.rates[name] for name in everything} == dict.fromkeys(everything, (1, 1))
    assert tally.rates["kind right of planted"] == (3, 3)
    # The effect of the lamp, 0, is outside 0.01..0.05.
    assert tally.rates["effect in interval"] == (2, 3)
    assert tally.rates["effect in interval, barriers"] == (1, 1)


def test_nothing_found() -> None:
    tally = score(TRUTH, [])
    assert tally.rates["barrier recall"] == (0, 1)
    assert "barrier precision" not in tally.rates
    assert tally.kinds == {(kind, "not tested"): 1 for kind in ("barrier", "inconvenience", "harmless")}


@pytest.mark.parametrize(
    "finding",
    [
        said("barrier", "failure", "Hall"),
        said("barrier", "return", "Door"),
        said("inconvenience", "failure", "Door"),
    ],
    ids=["another touchpoint", "another obstacle", "another kind"],
)
def test_what_is_not_planted_is_false(finding: dict[str, Any]) -> None:
    tally = score(TRUTH, [finding])
    assert tally.rates["barrier recall"] == (0, 1)
    assert tally.rates[f"{finding['kind']} precision"] == (0, 1)


def test_same_events_under_another_name_are_found_once() -> None:
    seen_otherwise = said("barrier", "repeat", "Door")
    assert score(TRUTH, [seen_otherwise]).rates["barrier recall"] == (1, 1)
    both = score(TRUTH, [*RIGHT, seen_otherwise])
    assert both.rates["barrier recall"] == both.rates["barrier precision"] == (1, 1)


def test_another_name_of_a_row_that_was_not_told_as_such_is_false() -> None:
    """The hall is an inconvenience: called a barrier it is a false barrier, and the row is not found."""
    tally = score(TRUTH, [said("barrier", "wait", "Hall")])
    assert tally.rates["barrier precision"] == (0, 1)
    assert tally.rates["inconvenience recall"] == (0, 1)
    assert tally.kinds[("inconvenience", "barrier")] == 1


def test_a_row_under_another_finding_is_found() -> None:
    tally = score(TRUTH, [said("barrier", "contact", "Desk", under=[{"obstacle": "failure", "touchpoint": "Door"}])])
    assert tally.rates["barrier recall"] == tally.rates["barrier precision"] == (1, 1)
    # Its interval is that of another exposure: nothing is said of the effect.
    assert "effect in interval" not in tally.rates


def test_one_finding_serves_one_row() -> None:
    twin = {**DOOR, "touchpoint": "Gate"}
    finding = said("barrier", "failure", "Door", under=[{"obstacle": "failure", "touchpoint": "Gate"}])
    assert match([DOOR, twin], [finding]) == {0: 0}


def test_the_nearest_finding_is_taken() -> None:
    far, near = said("barrier", "repeat", "Door"), said("barrier", "failure", "Door", activity="jam")
    assert match([DOOR], [far, said("barrier", "failure", "Door", activity="other"), near]) == {0: 2}


def test_another_activity_at_the_same_place_is_another_claim() -> None:
    tally = score(TRUTH, [*RIGHT, said("barrier", "failure", "Door", activity="other")])
    assert tally.rates["barrier precision"] == (1, 2)


@pytest.mark.parametrize(("since", "right"), [("2026-03-13", 1), ("2026-03-07", 1), ("2026-03-14", 0), (None, 0)])
def test_onset_within_three_days(since: str | None, right: int) -> None:
    finding = {**RIGHT[0], "since": since}
    assert score(TRUTH, [finding]).rates["since within 3 days"] == (right, 1)


def test_where_has_to_come_first() -> None:
    named = [{"attribute": "town", "value": "South"}, {"attribute": "town", "value": "North"}]
    tally = score(TRUTH, [{**RIGHT[0], "where": named}])
    assert tally.rates["where named"] == (1, 1)
    assert tally.rates["where right"] == (0, 1)


def test_an_onset_where_none_was_is_invented() -> None:
    assert score(TRUTH, [{**RIGHT[1], "since": "2026-04-01"}]).rates["no onset invented"] == (0, 1)


@pytest.mark.parametrize(("kind", "clean"), [("harmless", 1), ("undetermined", 1), ("gap", 1), ("barrier", 0)])
def test_a_company_with_nothing_wrong(kind: str, clean: int) -> None:
    calm = {"findings": [], "harmless": [LAMP]}
    tally = score(calm, [said(kind, "repeat", "Lamp")])
    assert tally.rates["runs with nothing wrong, clean"] == (clean, 1)


def test_undetermined_is_not_wrong_of_decided() -> None:
    tally = score(TRUTH, [said("undetermined", "repeat", "Lamp")])
    assert tally.kinds[("harmless", "undetermined")] == 1
    assert "kind right of decided" not in tally.rates


def test_counts_add_up() -> None:
    total = score(TRUTH, RIGHT)
    total.add(score(TRUTH, []))
    assert total.runs == 2
    assert total.rates["barrier recall"] == (1, 2)
    assert total.kinds[("barrier", "barrier")] == total.kinds[("barrier", "not tested")] == 1


def test_other_kinds_are_told_by_their_own_keys() -> None:
    truth = {
        "findings": [
            {"kind": "bottleneck", "obstacle": "wait", "touchpoint": "Hall", "department": "Porters"},
            {"kind": "single_case", "obstacle": "repeat", "touchpoint": "Desk", "customer_id": "7", "case_id": "a"},
            {"kind": "single_case", "obstacle": "repeat", "touchpoint": "Desk", "customer_id": "8", "case_id": "c"},
        ],
        "harmless": [],
    }
    tally = score(truth, [said("bottleneck", "wait", "Desk", department="porters"),
                          said("single_case", "repeat", "Desk", customer_id="7", case_id=None),
                          said("single_case", "repeat", "Desk", customer_id="9", case_id="c")])  # fmt: skip
    assert tally.rates["bottleneck"] == (1, 1)
    assert tally.rates["single case"] == (1, 2)
    assert tally.extras["single case"] == 1
