"""Lists changed by two people at once: what each did to the items is there afterwards, or it is a question."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.cx.map_change_form import OnMap, OnTouchpoint, SetChange
from tropa.cx.map_changes import apply
from tropa.cx.map_lists import merged

CASES = Path(__file__).resolve().parents[2] / "web" / "src" / "editor" / "model" / "lists.cases.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda case: case["why"])
def test_as_the_page_does(case: dict[str, Any]) -> None:
    assert merged(case["was"], case["mine"], case["theirs"]) == case["merged"]


@st.composite
def edited(draw: st.DrawFn, base: list[str], new: str) -> list[str]:
    """A list after a person has worked at it: taken away, written anew, added, moved."""
    now = list(base)
    for number in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(now)))
        deed = draw(st.sampled_from(["add", "take", "write", "move"]))
        if deed == "add" or place == len(now):
            now.insert(place, draw(st.sampled_from([f"{new}{number}", "both"])))
        elif deed == "take":
            del now[place]
        elif deed == "write":
            now[place] = f"{new}{number}"
        else:
            now.insert(draw(st.integers(0, len(now) - 1)), now.pop(place))
    return now


@st.composite
def two(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    was = draw(st.lists(st.sampled_from("abcd"), max_size=5))
    return was, draw(edited(was, "m")), draw(edited(was, "t"))


@settings(max_examples=300, deadline=None)
@given(two())
def test_both_find_their_work(lists: tuple[list[str], list[str], list[str]]) -> None:
    was, mine, theirs = lists
    assert merged(was, mine, was) == merged(was, mine, mine) == mine
    assert merged(was, was, theirs) == theirs
    both, other = merged(was, mine, theirs), merged(was, theirs, mine)
    assert (both is None) == (other is None)
    if both is None or other is None:
        return
    assert Counter(both) == Counter(other)
    before, own, others, after = map(Counter, (was, mine, theirs, both))
    for item in after | before | own | others:
        came = max(own[item] - before[item], others[item] - before[item], 0)
        went = max(before[item] - own[item], before[item] - others[item], 0)
        assert after[item] == before[item] + came - went, item


@settings(max_examples=200, deadline=None)
@given(two())
def test_it_is_a_question_only_where_both_changed_one_item(lists: tuple[list[str], list[str], list[str]]) -> None:
    was, mine, theirs = lists
    if merged(was, mine, theirs) is None:
        assert Counter(was) - Counter(mine) & Counter(was) - Counter(theirs)


def test_a_cell_takes_the_items_of_both_and_a_version_remembers_how() -> None:
    document = {"map": "Shop", "stages": [{"stage": "Buy", "touchpoints": [{"touchpoint": "Pay", "jobs": ["a", "t"]}]}]}
    mine = SetChange(op="set", on=OnTouchpoint(touchpoint="Pay"), path=["jobs"], value=["a", "m"], was=["a"])
    told = apply(document, [mine])
    assert (told.applied, told.conflicts) == (1, ())
    assert told.document["stages"][0]["touchpoints"][0]["jobs"] == ["a", "t", "m"]
    assert told.changes == (mine.model_copy(update={"was": ["a", "t"], "value": ["a", "t", "m"]}),)
    # What the page sends to take it back leaves the item of the other person.
    back = apply(told.document, [mine.model_copy(update={"was": mine.value, "value": mine.was})])
    assert back.document == document
    # Both changed the same item: nothing is written, both values are told.
    asked = apply(document, [mine.model_copy(update={"was": ["a", "b"], "value": ["a", "c"]})])
    assert [(one.reason, one.current) for one in asked.conflicts] == [("changed", ["a", "t"])]
    assert asked.document == document


def test_a_goal_that_is_gone_is_not_added_with_those_that_are_there() -> None:
    document = {"map": "Shop", "goal": ["Pay"], "stages": [{"stage": "Buy", "touchpoints": [{"touchpoint": "Pay"}]}]}
    # Others have removed `Visit`, and it from the goal: who adds `Pay` beside it means `Pay`.
    change = SetChange(op="set", on=OnMap(map=True), path=["goal"], value=["Visit", "Pay"], was=["Visit"])
    assert apply(document, [change]).conflicts == ()
    gone = change.model_copy(update={"value": ["Visit", "Nobody"]})
    assert [one.reason for one in apply(document, [gone]).conflicts] == ["gone"]
