"""A first map from counts alone: touchpoints, stages, goal, and what it says about its guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from tropa.cx.map import Map
from tropa.cx.map_file import map_to_json, parse_map
from tropa.cx.naming import rule_value, touchpoint_names, trouble_of
from tropa.cx.propose import Observed, propose
from tropa.errors import TropaError


def observed(paths: Sequence[tuple[str, int]], slow_seconds: float | None = None, data: float = np.inf) -> Observed:
    """Counts of journeys written as ("a b c", how many); `~` stands for a space inside a name."""
    split = [([name.replace("~", " ") for name in path.split()], times) for path, times in paths]
    names = sorted({name for path, _ in split for name in path})
    place = {name: index for index, name in enumerate(names)}
    journeys, ends = np.zeros(len(names), dtype=np.int64), np.zeros(len(names), dtype=np.int64)
    successions = np.zeros((len(names), len(names)), dtype=np.int64)
    for path, times in split:
        for name in set(path):
            journeys[place[name]] += times
        for before, after in pairwise(path):
            successions[place[before], place[after]] += times
        ends[place[path[-1]]] += times
    slow = None if slow_seconds is None else np.full(len(names), slow_seconds)
    total = sum(times for _, times in paths)
    return Observed(names, journeys, successions, total, ends, slow_seconds=slow, data_seconds=data)


LOAN = [
    ("visit apply doc_upload doc_upload_failed doc_upload scoring approve sign payout", 5000),
    ("visit apply doc_upload scoring reject", 9000),
    ("visit apply", 2000),
    ("visit odd_thing", 3),
]


def bound(document: Map) -> dict[str, tuple[str, ...]]:
    return {touchpoint.name: touchpoint.when["activity"] for touchpoint in document.touchpoints}


def test_the_loan() -> None:
    proposal = propose(observed(LOAN, slow_seconds=13.2 * 86400), "Loan", "case")
    rules = bound(proposal.map)
    assert rules["Doc upload"] == ("doc_upload", "doc_upload_failed"), "trouble belongs to its touchpoint"
    assert rules["payout"] == ("payout",), "a readable name stays as it is"
    assert "Odd thing" not in rules
    order = list(rules)
    assert [order.index(name) for name in ("visit", "apply", "Doc upload", "scoring", "sign", "payout")] == sorted(
        order.index(name) for name in ("visit", "apply", "Doc upload", "scoring", "sign", "payout")
    )
    assert 4 <= len(proposal.map.stages) <= 7
    assert proposal.map.stages[0].name.startswith("visit")
    assert (proposal.map.name, proposal.map.unit) == ("Loan", "case")


def test_the_goal_is_no_refusal_and_is_said_to_be_a_guess() -> None:
    proposal = propose(observed(LOAN, slow_seconds=13.2 * 86400))
    assert proposal.map.goal == ("payout",), "reject ends more journeys, but nobody draws it as a goal"
    assert proposal.map.within_seconds == 14 * 86400.0, "rounded up to a time that people set"
    before_goal = proposal.text[: proposal.text.index("\ngoal:")].splitlines()[-1]
    assert before_goal.startswith("# A guess: 'payout'")
    assert "5,000 of 16,003 journeys end there" in before_goal
    assert "# A guess: at least 99 %" in proposal.text
    assert "# Left out as too rare (journeys): 'odd_thing' (3)." in proposal.text
    assert len(proposal.remarks) == 3


@pytest.mark.parametrize(
    ("slow", "days", "within"),
    [
        (13.2, 365, 14.0), (14.1, 365, 14.0), (15.0, 365, 21.0), (47.0, 365, 60.0), (0.02, 365, 1 / 48),
        (100.0, 180, None), (0.0, 365, None), (np.nan, 365, None), (9e9, np.inf, None),
    ],
)  # fmt: skip
def test_the_horizon(slow: float, days: float, within: float | None) -> None:
    """None where the data is too short to watch journeys for that long."""
    proposal = propose(observed(LOAN, slow * 86400, days * 86400))
    assert proposal.map.within_seconds == (None if within is None else within * 86400)
    assert ("No `within`" in proposal.text) == (within is None)


def test_a_success_is_the_goal_where_paperwork_goes_on_after_it() -> None:
    """Filing ends journeys of every kind, with and without the loan: the loan paid out is the goal all the same."""
    paths = [("visit apply check payout file", 500), ("visit apply check file ask check file ask check", 900)]
    assert propose(observed(paths)).map.goal == ("payout",)


def test_text_and_map_are_the_same() -> None:
    proposal = propose(observed(LOAN))
    assert parse_map(proposal.text) == proposal.map
    assert proposal.map.within_seconds is None
    assert map_to_json(proposal.map)["stages"][0]["stage"] == proposal.map.stages[0].name


def test_only_refusals_still_give_a_map() -> None:
    assert propose(observed([("failed cancelled", 5)])).map.goal == ("cancelled",)


def test_stages_have_no_numbers_and_no_dots_of_their_own() -> None:
    """Wherever a stage is shown, its number stands before it."""
    numbered = [("1.~Заявка 2.~Скоринг 3.~Решение 4.~Выдача", 900), ("1.~Заявка 2.~Скоринг отказ", 500)]
    titles = [stage.name for stage in propose(observed(numbered)).map.stages]
    assert titles[0].startswith("Заявка") and not any(re.match(r"\d", title) or "..." in title for title in titles)
    lone = propose(observed([("1.~Заявка скоринг решение выдача", 900)])).map.stages
    assert [stage.name for stage in lone] == ["Заявка", "скоринг", "решение", "выдача"]
    twins = propose(observed([("1.~Звонок заявка 2.~Звонок выдача", 900)])).map.stages
    assert [stage.name for stage in twins] == ["1. Звонок", "заявка", "2. Звонок", "выдача"]
    ordinal = propose(observed([("1-й~звонок 2-й~звонок 3)~встреча 1.1.~договор", 900)])).map.stages
    assert [stage.name for stage in ordinal] == ["1-й звонок", "2-й звонок", "встреча", "договор"]


def test_a_stage_of_several_has_the_name_of_none_of_them() -> None:
    """A scenario is asked for by name: a touchpoint of the same name would hide its stage."""
    document = propose(observed(LOAN)).map
    several = [stage for stage in document.stages if len(stage.touchpoints) > 1]
    assert several, "the loan has a stage of several touchpoints"
    for stage in several:
        assert stage.name not in {touchpoint.name for touchpoint in document.touchpoints}
        assert all(part in {touchpoint.name for touchpoint in stage.touchpoints} for part in stage.name.split(" – "))


def test_one_activity() -> None:
    document = propose(observed([("x", 5)])).map
    assert [stage.name for stage in document.stages] == ["x"]
    assert document.goal == ("x",)


ODD_ACTIVITIES = ["/checkout/", "/a(b/", "да", "yes", "a: b #c", "{x}", " padded ", "two\nlines", "я" * 700, "a\u2028b"]
ODD_ACTIVITIES += ["'", '"', "\\", "2026-01-01", "1", "null", "x\x85y", "Моии\u0306", "[", "\t"]


@pytest.mark.parametrize("name", ODD_ACTIVITIES)
def test_any_activity_is_bound_exactly(name: str) -> None:
    counts = observed([("a b", 10)])
    names = [name, "b"]
    proposal = propose(Observed(names, counts.journeys, counts.successions, 10, counts.ends))
    assert parse_map(proposal.text) == proposal.map
    (rule,) = proposal.map.touchpoints[0].when["activity"]
    assert rule == rule_value(name)


def test_activities_that_no_map_can_name_are_left_out() -> None:
    counts = observed([("a b", 10)])
    proposal = propose(Observed(["a\x00#", "b"], counts.journeys, counts.successions, 10, counts.ends))
    assert list(bound(proposal.map)) == ["b"]
    assert "(10)" in proposal.remarks[-1]


def test_at_most_sixty_touchpoints() -> None:
    paths = [(" ".join(f"step{number:03}" for number in range(100)), 5), ("step000", 1)]
    proposal = propose(observed(paths))
    assert len(proposal.map.touchpoints) == 60
    assert "and 20 more" in proposal.remarks[-1]


def test_no_journeys() -> None:
    with pytest.raises(TropaError) as caught:
        propose(Observed([], np.zeros(0, np.int64), np.zeros((0, 0), np.int64), 0))
    assert caught.value.kind == "no_data"


def test_names_are_readable_and_different() -> None:
    names = ["doc_upload", "Doc upload", "A_SUBMITTED", "login", "загрузка_документов", "login ", "x__y", "", " "]
    expected = ["Doc upload", "Doc upload (2)", "A_SUBMITTED", "login", "Загрузка документов", "login (2)", "x__y"]
    assert touchpoint_names(names) == [*expected, "(blank)", "(blank) (2)"]


def test_trouble() -> None:
    known = {"pay", "call"}
    for name in ("pay_failed", "pay - ERROR", "pay.retry", "pay"):
        assert trouble_of(name, known) == "pay"
    assert trouble_of("sms_failed", known) == "sms_failed"
    assert trouble_of("callerror", known) == "callerror"
