"""Changes of several people come together: nothing typed is lost, everything can be undone."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tropa.cx.map_change_form import Change, OnStage, OnTouchpoint, RemoveChange
from tropa.cx.map_changes import Applied, apply
from tropa.cx.map_draft import Draft, same
from tropa.cx.map_file import map_to_json, parse_document
from tropa.cx.map_text import settled
from tropa.errors import TropaError

DOCUMENT: dict[str, Any] = {
    "map": "Shop",
    "unit": "customer",
    "goal": ["Paid"],
    "stages": [
        {"stage": "Choose", "touchpoints": [{"touchpoint": "Visit"}, {"touchpoint": "Cart", "actions": ["look"]}]},
        {"stage": "Buy", "jobs": ["get it"], "touchpoints": [{"touchpoint": "Paid", "expects": {"best": "fast"}}]},
        {"stage": "After"},
    ],
}
CHANGES: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


def read(*changes: dict[str, Any]) -> list[Change]:
    return CHANGES.validate_python(list(changes))


def run(*changes: dict[str, Any], since: list[Change] | tuple[Change, ...] = (), on: Any = None) -> Applied:
    document = copy.deepcopy(DOCUMENT if on is None else on)
    applied = apply(document, read(*changes), since)
    assert document == (DOCUMENT if on is None else on), "what was given stays as it is"
    map_to_json(parse_document(applied.document))
    return applied


def set_(name: str, path: str, value: Any, was: Any = None, level: str = "touchpoint") -> dict[str, Any]:
    on = {"map": True} if level == "map" else {level: name}
    return {"op": "set", "on": on, "path": path.split("."), "value": value, "was": was}


def touchpoint(name: str) -> dict[str, str]:
    return {"touchpoint": name}


def order(document: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(s["stage"], [t["touchpoint"] for t in s.get("touchpoints", [])]) for s in document["stages"]]


# -- one editor


def test_set_writes_and_empties() -> None:
    told = run(set_("Paid", "expects.within", "10m"), set_("Paid", "expects.best", None, "fast"))
    assert told.document["stages"][1]["touchpoints"][0] == {"touchpoint": "Paid", "expects": {"within": "10m"}}
    emptied = run(set_("Paid", "expects.best", "", "fast"))
    assert emptied.document["stages"][1]["touchpoints"][0] == {"touchpoint": "Paid"}
    assert run(set_("", "scenario", "first", level="map")).document["scenario"] == "first"
    assert run(set_("Buy", "emotion", -1, level="stage")).document["stages"][1]["emotion"] == -1


def test_rename_and_remove_carry_the_goal_along() -> None:
    told = run({"op": "rename", "on": touchpoint("Paid"), "to": "  Money\nin "})
    assert told.document["goal"] == ["Money in"]
    assert order(told.document)[1] == ("Buy", ["Money in"])
    gone = run({"op": "remove", "on": {"stage": "Buy"}})
    assert "goal" not in gone.document
    assert order(gone.document) == [("Choose", ["Visit", "Cart"]), ("After", [])]


def test_add_and_move_find_their_place() -> None:
    told = run(
        {"op": "add", "on": {"stage": "First"}, "after": None, "document": {"jobs": ["x"]}},
        {"op": "add", "on": touchpoint("New"), "stage": "Buy", "after": "Paid", "document": {"thoughts": ["?"]}},
        {"op": "add", "on": touchpoint("Late"), "stage": "Buy", "after": "nobody", "document": {}},
        {"op": "move", "on": touchpoint("Visit"), "stage": "Buy", "after": "Paid"},
        {"op": "move", "on": {"stage": "After"}, "after": "First"},
    )
    assert order(told.document) == [
        ("First", []),
        ("After", []),
        ("Choose", ["Cart"]),
        ("Buy", ["Paid", "Visit", "New", "Late"]),
    ]
    assert len(told.changes) == told.applied == 5


def test_what_changes_nothing_is_no_version() -> None:
    told = run(
        {"op": "move", "on": touchpoint("Cart"), "stage": "Choose", "after": "Visit"},
        {"op": "rename", "on": touchpoint("Cart"), "to": "Cart"},
        set_("Paid", "expects.best", "fast", "something else"),
        {"op": "remove", "on": touchpoint("never was")},
        {"op": "add", "on": touchpoint("Visit"), "stage": "Buy", "after": None, "document": {}},
    )
    assert (told.changes, told.applied, told.conflicts) == ((), 5, ())
    assert told.document == DOCUMENT


@pytest.mark.parametrize(
    ("change", "reason", "current"),
    [
        (set_("Paid", "expects.best", "slow", "other"), "changed", "fast"),
        (set_("Paid", "expects.best.deep", "slow"), "changed", "fast"),
        (set_("Nobody", "jobs", ["x"]), "gone", None),
        (set_("", "goal", ["Nobody"], ["Paid"], level="map"), "gone", ["Paid"]),
        ({"op": "rename", "on": touchpoint("Nobody"), "to": "x"}, "gone", None),
        ({"op": "rename", "on": touchpoint("Visit"), "to": "Cart"}, "taken", "Cart"),
        ({"op": "rename", "on": {"stage": "Buy"}, "to": "After"}, "taken", "After"),
        ({"op": "add", "on": touchpoint("Cart"), "stage": "Buy", "document": {"jobs": ["x"]}}, "taken",
         {"touchpoint": "Cart", "actions": ["look"]}),
        ({"op": "add", "on": {"stage": "New"}, "document": {"touchpoints": [{"touchpoint": "Visit"}]}}, "taken",
         {"touchpoint": "Visit"}),
        ({"op": "add", "on": touchpoint("x"), "stage": "Nowhere", "document": {}}, "gone", None),
        ({"op": "move", "on": touchpoint("Cart"), "stage": "Nowhere"}, "gone", None),
    ],
)  # fmt: skip
def test_conflicts_bring_back_what_was_typed_and_what_is_there(
    change: dict[str, Any], reason: str, current: Any
) -> None:
    told = run(change, set_("Visit", "jobs", ["goes on"]))
    (conflict,) = told.conflicts
    assert (conflict.index, conflict.change, conflict.reason) == (0, read(change)[0], reason)
    assert conflict.current == current
    assert told.applied == 1 and len(told.changes) == 1, "the others are applied"


@pytest.mark.parametrize(
    "change",
    [
        set_("Buy", "touchpoints", [], level="stage"),
        set_("", "stages", [], level="map"),
        set_("Paid", "touchpoint", "x"),
        {"op": "add", "on": touchpoint("x"), "document": {}},
        {"op": "rename", "on": touchpoint("Paid"), "to": " "},
    ],
)
def test_what_means_nothing_is_refused_by_its_number(change: dict[str, Any]) -> None:
    with pytest.raises(TropaError, match=r"^Change 2 ") as caught:
        run(set_("Visit", "jobs", ["x"]), change)
    assert caught.value.kind == "usage"


@pytest.mark.parametrize(
    "change",
    [
        {"op": "explode", "on": touchpoint("x")},
        {"op": "remove", "on": {"map": True}},
        {"op": "remove", "on": {"stage": "a", "touchpoint": "b"}},
        {"op": "rename", "on": touchpoint("Paid"), "to": "x" * 501},
        {"op": "set", "on": touchpoint("Paid"), "path": [], "value": 1},
    ],
)
def test_forms_are_checked(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(change)


# -- two editors


def test_names_that_others_gave_meanwhile_are_understood() -> None:
    first = run(
        {"op": "rename", "on": touchpoint("Paid"), "to": "Money"}, {"op": "rename", "on": {"stage": "Buy"}, "to": "Pay"}
    )
    told = run(
        set_("Paid", "jobs", ["x"]),
        {"op": "add", "on": touchpoint("New"), "stage": "Buy", "after": "Paid", "document": {}},
        set_("", "goal", ["Paid", "New"], ["Paid"], level="map"),
        since=first.changes,
        on=first.document,
    )
    assert told.conflicts == ()
    assert order(told.document)[1] == ("Pay", ["Money", "New"])
    assert told.document["goal"] == ["Money", "New"]
    assert told.document["stages"][1]["touchpoints"][0]["jobs"] == ["x"]


def test_two_names_for_one_thing_are_a_conflict_and_what_follows_is_not_lost() -> None:
    first = run({"op": "rename", "on": touchpoint("Paid"), "to": "Money"})
    told = run(
        {"op": "rename", "on": touchpoint("Paid"), "to": "Payment"},
        set_("Payment", "jobs", ["x"]),
        since=first.changes,
        on=first.document,
    )
    assert [(one.index, one.reason, one.current) for one in told.conflicts] == [(0, "changed", "Money")]
    assert told.document["stages"][1]["touchpoints"][0]["jobs"] == ["x"]


def test_what_others_wrote_in_is_not_removed_unseen() -> None:
    first = run(set_("Cart", "jobs", ["typed by another"]))
    for on in (touchpoint("Cart"), {"stage": "Choose"}):
        told = run({"op": "remove", "on": on}, since=first.changes, on=first.document)
        assert [one.reason for one in told.conflicts] == ["changed"]
        assert told.document == first.document
    seen = run({"op": "remove", "on": touchpoint("Cart")}, on=first.document)
    assert seen.conflicts == ()


def test_an_added_name_that_was_taken_is_not_written_to() -> None:
    first = run({"op": "add", "on": touchpoint("New"), "stage": "Buy", "after": None, "document": {"jobs": ["a"]}})
    told = run(
        {"op": "add", "on": touchpoint("New"), "stage": "Choose", "after": None, "document": {}},
        set_("New", "actions", ["mine"]),
        {"op": "remove", "on": touchpoint("New")},
        since=first.changes,
        on=first.document,
    )
    assert [one.reason for one in told.conflicts] == ["taken", "gone"]
    assert told.document == first.document


def test_the_same_request_again_changes_nothing() -> None:
    """The answer was lost on its way: the page asks once more."""
    changes = [
        {"op": "rename", "on": touchpoint("Paid"), "to": "Money"},
        set_("Money", "jobs", ["x"]),
        {"op": "add", "on": touchpoint("New"), "stage": "Buy", "after": None, "document": {"jobs": ["a"]}},
        {"op": "remove", "on": touchpoint("Visit")},
    ]
    first = run(*changes)
    again = run(*changes, since=first.changes, on=first.document)
    assert (again.conflicts, again.changes) == ((), ())
    assert again.document == first.document


# -- any changes at all

NAMES = ["Visit", "Cart", "Paid", "New", "Other"]
STAGES = ["Choose", "Buy", "After", "More"]
KEYS = ["jobs", "actions", "thoughts", "своя"]
values = st.one_of(st.none(), st.lists(st.sampled_from(["a", "b", "c"]), max_size=2))
targets = st.one_of(
    st.sampled_from(NAMES).map(touchpoint), st.sampled_from(STAGES).map(lambda name: {"stage": name})
)  # fmt: skip
any_change = st.one_of(
    st.builds(
        lambda on, key, value, was: {"op": "set", "on": on, "path": [key], "value": value, "was": was},
        targets, st.sampled_from(KEYS), values, values,
    ),
    st.builds(lambda on, to: {"op": "rename", "on": on, "to": to}, targets, st.sampled_from(NAMES + STAGES)),
    st.builds(
        lambda on, stage, after: {"op": "add", "on": on, "stage": stage, "after": after, "document": {"jobs": ["x"]}},
        targets, st.sampled_from(STAGES), st.one_of(st.none(), st.sampled_from(NAMES + STAGES)),
    ),
    st.builds(
        lambda on, stage, after: {"op": "move", "on": on, "stage": stage, "after": after},
        targets, st.sampled_from(STAGES), st.one_of(st.none(), st.sampled_from(NAMES + STAGES)),
    ),
    st.builds(lambda on: {"op": "remove", "on": on}, targets),
)  # fmt: skip
many = st.lists(any_change, max_size=8)


@settings(max_examples=150, deadline=None)
@given(many, many)
def test_any_changes_leave_a_map_and_lose_nothing(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    first = run(*one)
    second = run(*other, since=first.changes, on=first.document)
    for told, sent in ((first, one), (second, other)):
        assert told.applied + len(told.conflicts) == len(sent)
        assert all(conflict.change == read(sent[conflict.index])[0] for conflict in told.conflicts)
    # What a version remembers leads from the one before to it: that is what a difference and a translation stand on.
    assert apply(copy.deepcopy(DOCUMENT), first.changes).document == first.document
    assert apply(first.document, second.changes).document == second.document


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(targets, st.sampled_from(KEYS), values), max_size=8, unique_by=lambda cell: str(cell[:2])))
def test_changes_of_different_cells_commute(cells: list[tuple[dict[str, str], str, Any]]) -> None:
    draft = Draft(DOCUMENT)
    changes = []
    for on, key, value in cells:
        ((level, name),) = on.items()
        was = (draft.get(level, name) or {}).get(key)  # type: ignore[arg-type]
        changes.append({"op": "set", "on": on, "path": [key], "value": value, "was": was})
    half = len(changes) // 2
    one, other = changes[:half], changes[half:]
    first, second = run(*one), run(*other)
    there = run(*other, since=first.changes, on=first.document)
    back = run(*one, since=second.changes, on=second.document)
    assert there.document == back.document
    assert len(first.conflicts) == len(back.conflicts)


def inverse(document: dict[str, Any], change: Any) -> list[dict[str, Any]]:
    """What a page sends to undo a change that was applied to a document."""
    ((level, name),) = change.on.model_dump().items()
    draft = Draft(document)
    goal = document.get("goal")
    back = {"op": "set", "on": {"map": True}, "path": ["goal"], "value": goal}
    if change.op == "set":
        value = document if level == "map" else draft.get(level, name)
        for key in change.path:
            value = (value or {}).get(key)
        return [{**change.model_dump(), "value": value, "was": change.value}]
    if change.op == "rename":
        return [{"op": "rename", "on": {level: change.to}, "to": name}]
    if change.op == "add":
        return [{"op": "remove", "on": change.on.model_dump()}]
    rows = [[s["stage"]] for s in document["stages"]] if level == "stage" else []
    lists = [[row[0] for row in rows]] if level == "stage" else [names for _, names in order(document)]
    place = next(i for i, names in enumerate(lists) if name in names)
    at = lists[place].index(name)
    where = {"after": lists[place][at - 1] if at else None}
    if level == "touchpoint":
        where["stage"] = document["stages"][place]["stage"]
    if change.op == "move":
        return [{"op": "move", "on": change.on.model_dump(), **where}]
    left = apply(document, [change]).document.get("goal")
    again = {"op": "add", "on": change.on.model_dump(), "document": draft.get(level, name), **where}
    return [again] + ([back | {"was": left}] if left != goal else [])


@settings(max_examples=150, deadline=None)
@given(any_change)
def test_the_inverse_undoes(change: dict[str, Any]) -> None:
    done = run(change)
    if not done.changes:
        return
    undone = run(*inverse(copy.deepcopy(DOCUMENT), done.changes[0]), on=done.document)
    assert undone.conflicts == ()
    assert undone.document == DOCUMENT


def test_same() -> None:
    assert same(None, {}) and same("", []) and same(4, 4.0) and same({"a": None}, {})
    assert not same(True, 1) and not same(False, None) and not same(0, None) and not same([1], [2])


def test_unchanged_touchpoints_are_taken_over() -> None:
    before = settled(parse_document(DOCUMENT))
    assert before.raw == DOCUMENT
    changed = apply(dict(before.raw), read(set_("Cart", "moment_of_truth", "да"))).document
    after = settled(parse_document(changed, before=before), before)
    assert after.raw["stages"][0]["touchpoints"][1]["moment_of_truth"] is True
    assert after.touchpoints[2] is before.touchpoints[2]
    assert after.touchpoints[1] is not before.touchpoints[1]


def test_what_was_added_is_not_taken_back_with_what_others_have_written_into_it() -> None:
    document: dict[str, Any] = {
        "map": "Shop",
        "stages": [{"stage": "Buy", "touchpoints": [{"touchpoint": "Pay", "thoughts": "theirs"}]}],
    }
    for on, was in (
        (OnTouchpoint(touchpoint="Pay"), {"touchpoint": "Pay"}),
        (OnStage(stage="Buy"), {"stage": "Buy", "touchpoints": [{"touchpoint": "Pay"}]}),
    ):
        refused = apply(document, [RemoveChange(op="remove", on=on, was=was)])
        assert refused.document == document
        assert [one.reason for one in refused.conflicts] == ["changed"]
    seen = RemoveChange(
        op="remove", on=OnTouchpoint(touchpoint="Pay"), was={"touchpoint": "Pay", "thoughts": "theirs", "pains": []}
    )
    assert apply(document, [seen]).document["stages"] == [{"stage": "Buy"}]
