"""Expressions of maps take time that grows with the text; what the engine cannot do is refused with the line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from tropa.cx.expressions import matching, refused
from tropa.cx.lens import bind
from tropa.cx.map_file import parse_map
from tropa.cx.naming import rule_value
from tropa.errors import TropaError

HOSTILE = "/^(a+)+$/"
VALUES = ["a" * 40 + "!", "aaa"]


def document(*rules: str) -> str:
    places = "\n".join(f"      - {{touchpoint: T{n}, when: {{activity: {rule}}}}}" for n, rule in enumerate(rules))
    return f"map: M\nstages:\n  - stage: S\n    touchpoints:\n{places}\n"


def soon(work: Callable[[], object]) -> object:
    began = time.monotonic()
    told = work()
    assert time.monotonic() - began < 2
    return told


def test_hostile_expression_binds_soon() -> None:
    hostile = parse_map(document(f"['{HOSTILE}']"))
    binding, _ = bind(hostile.touchpoints, {"activity": VALUES})
    assert binding.table[binding.classes[0]].tolist() == [-1, 0, -1]


def test_hostile_overlap_and_check_are_soon() -> None:
    text = document(f"['{HOSTILE}']", f"['{VALUES[0]}']")
    assert soon(lambda: len(parse_map(text).touchpoints)) == 2
    assert soon(lambda: matching(HOSTILE[1:-1], VALUES).tolist()) == [False, True]


@pytest.mark.parametrize(
    "expression",
    [r"(?=a)b", r"(a)\1", "(?<!a)b", "(a{1000}){1000}", "a{100000000}", "a{1,100000000}", "a++", r"\bоплата\b"],
)
def test_what_the_engine_cannot_do_is_refused(expression: str) -> None:
    assert refused(expression)
    with pytest.raises(TropaError, match="line 5") as error:
        parse_map(document(f"['/{expression}/']"))
    assert (error.value.kind, "regular expression" in error.value.message) == ("map", True)


@pytest.mark.parametrize(
    "expression",
    [
        r"^\w+$",
        r"^[\w ]+$",
        r"\W",
        r"(?i)ОПЛАТА",
        r"[^]a]",
        r"[]а]",
        r"^doc_(up|down)",
        r"\bpay\b",
        r"\\w",
        r"\d{2}",
        "^$",
    ],
)
def test_as_people_know_expressions(expression: str) -> None:
    """The same answers as the engine of Python, letters of other alphabets included."""
    values = ["оплата", "оплата картой", "doc_upload", "pay", "repay", "a\\w", "12", "", "]", "a", "naïve"]
    assert matching(expression, values).tolist() == [bool(re.search(expression, value)) for value in values]


def test_every_activity_of_the_data_can_be_said() -> None:
    for activity in ("/a b/", "/a.(b)[c]-~#&+*?|^$/", "/оплата №1 — «да»/"):
        rule = rule_value(activity)
        assert rule is not None
        assert matching(rule[1:-1], [activity, f"{activity}x", "other"]).tolist() == [True, False, False]
