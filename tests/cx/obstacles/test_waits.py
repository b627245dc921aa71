"""Obstacles that are waits beyond a limit: where they begin, what ends them, and how long they may take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cx.obstacles.met import at, look, told, usual

MAP = """
map: Repair
unit: customer
goal: [Returned]
stages:
  - stage: Take in
    touchpoints:
      - {touchpoint: Brought, when: {activity: [brought, photo]}, expects: {within: 30m}}
      - {touchpoint: Looked at, when: {activity: [looked_at]}}
  - stage: Mend
    touchpoints:
      - {touchpoint: Offer, when: {activity: [offer]}}
      - {touchpoint: Agreed, when: {activity: [agreed]}}
      - {touchpoint: Mended, when: {activity: [mended]}}
      - {touchpoint: Returned, when: {activity: [returned]}}
"""
STORY = "brought@0 looked_at@20/-/employee offer@50/-/employee agreed@200 mended@300/-/employee returned@400"


def with_help(limit: str = "1h") -> str:
    return (
        MAP
        + f"""  - stage: Help
    touchpoints:
      - {{touchpoint: Line, when: {{activity: [ask_help, line_answer]}}, expects: {{within: {limit}}}}}
"""
    )


# -- wait


def test_a_wait_is_for_the_company_and_the_map_says_how_long(tmp_path: Path) -> None:
    """After `offer` and `mended` the customer goes on: no wait, however long. From `agreed` on nobody said how long."""
    waits = {wait for wait in look(tmp_path, told(usual(STORY)), MAP).waits("wait") if wait[0] == "u0"}
    assert waits == {
        ("u0", "brought", 0, 30, 20), ("u0", "looked_at", 20, None, 30), ("u0", "agreed", 200, None, 100),
    }  # fmt: skip


def test_another_step_at_the_same_touchpoint_ends_no_wait(tmp_path: Path) -> None:
    stories = usual(STORY) | {"a": "brought@0 photo@10 photo@15/-/employee looked_at@45/-/employee"}
    waits = look(tmp_path, told(stories), MAP).waits("wait")
    assert {wait for wait in waits if wait[0] == "a" and wait[3] is not None} == {("a", "brought", 0, 30, 45)}


def test_the_customers_own_step_does_not_serve_them(tmp_path: Path) -> None:
    """Where it is the company's turn only the company ends the wait."""
    stories = usual(STORY) | {"a": "brought@0 agreed@10 looked_at@45/-/employee"}
    waits = look(tmp_path, told(stories), MAP).waits("wait")
    assert ("a", "brought", 0, 30, 45) in waits


def test_never_served(tmp_path: Path) -> None:
    waits = look(tmp_path, told(usual(STORY) | {"a": "brought@0"}), MAP).waits("wait")
    assert {wait for wait in waits if wait[0] == "a"} == {("a", "brought", 0, 30, None)}


def test_where_the_map_promises_a_time_any_step_ends_the_customers_turn(tmp_path: Path) -> None:
    stories = usual("brought@0 agreed@25 mended@60/-/employee returned@90")
    waits = look(tmp_path, told(stories), MAP).waits("wait")
    assert ("u0", "brought", 0, 30, 25) in waits


def test_without_actors_only_a_promise_makes_a_wait(tmp_path: Path) -> None:
    """Nobody can say whose turn it is; where the map promises a time, any step ends the wait."""
    waits = look(tmp_path, told(usual("brought@0 looked_at@20 offer@50 returned@90")), MAP).waits("wait")
    assert {wait[1:] for wait in waits} == {("brought", 0, 30, 20)}


def test_what_failed_is_still_with_the_customer(tmp_path: Path) -> None:
    stories = usual(STORY) | {"a": "brought!@0 brought@10 looked_at@45/-/employee"}
    waits = look(tmp_path, told(stories), MAP).waits("wait")
    assert {wait for wait in waits if wait[:2] == ("a", "brought")} == {("a", "brought", 10, 30, 35)}


def test_a_call_for_help_neither_begins_nor_ends_a_wait(tmp_path: Path) -> None:
    stories = usual(STORY) | {"a": "brought@0 ask_help@10/chat looked_at@45/-/employee"}
    waits = look(tmp_path, told(stories), with_help()).waits("wait")
    assert {wait for wait in waits if wait[0] == "a" and wait[3] == 30} == {("a", "brought", 0, 30, 45)}


def test_a_wait_is_counted_once_a_touchpoint(tmp_path: Path) -> None:
    stories = usual(STORY) | {"a": "brought@0 looked_at@20/-/employee brought@60 looked_at@99/-/employee"}
    waits = look(tmp_path, told(stories), MAP).waits("wait")
    assert {wait for wait in waits if wait[:2] == ("a", "brought")} == {("a", "brought", 0, 30, 20)}


# -- silence


def asked(tmp_path: Path, stories: dict[str, str], map_text: str) -> set[Any]:
    seen = look(tmp_path, told(usual(STORY, 30) | stories), map_text)
    return seen.waits("silence")


def test_silence_until_the_answer_where_answers_are_seen(tmp_path: Path) -> None:
    stories = {
        "answered": "brought@0 ask_help@5/chat line_answer@25/chat/employee looked_at@30/-/employee",
        "passed_by": "brought@0 ask_help@5/chat looked_at@30/-/employee line_answer@95/chat/employee",
        "never": "brought@0 ask_help@5/chat looked_at@30/-/employee",
    }
    assert asked(tmp_path, stories, with_help()) == {
        ("answered", "ask_help", 5, 60, 20), ("passed_by", "ask_help", 5, 60, 90), ("never", "ask_help", 5, 60, None),
    }  # fmt: skip


def test_where_no_answers_are_seen_the_companys_next_step_is_one(tmp_path: Path) -> None:
    stories = {"a": "brought@0 ask_help@5/chat agreed@20 looked_at@30/-/employee"}
    assert asked(tmp_path, stories, MAP) == {("a", "ask_help", 5, 30, 25)}


def test_the_telephone_was_answered_in_the_call(tmp_path: Path) -> None:
    stories = {"a": "brought@0 ask_help@5/call looked_at@90/-/employee", "b": "brought@0 ask_help@5/звонок"}
    assert asked(tmp_path, stories, MAP) == set()


def test_a_talk_with_an_end_was_answered_in_it(tmp_path: Path) -> None:
    events = told(usual(STORY, 30)) + told({"a": "brought@0 looked_at@90/-/employee"})
    events += told({"a": "ask_help@5/chat"}, ended_at=at(9))
    assert look(tmp_path, events, MAP).waits("silence") == set()


def test_what_was_promised_wins_over_the_map(tmp_path: Path) -> None:
    events = told(usual(STORY, 30)) + told({"a": "brought@0 line_answer@90/chat/employee"})
    events += told({"a": "ask_help@5/chat"}, promised_at=at(20))
    seen = look(tmp_path, events, with_help())
    assert seen.waits("silence") == {("a", "ask_help", 5, 15, 85)}
    assert seen.waits("broken_promise") == set()


# -- broken promise

PROMISES = """
map: Parcels
unit: customer
goal: [Delivered]
stages:
  - stage: Order
    touchpoints:
      - {touchpoint: Ordered, when: {activity: [ordered]}}
      - {touchpoint: Packed, when: {activity: [packed]}}
  - stage: Way
    touchpoints:
      - {touchpoint: Sent, when: {activity: [sent]}}
      - {touchpoint: Delivered, when: {activity: [delivered]}}
"""


def promised(tmp_path: Path, events: list[dict[str, Any]]) -> set[Any]:
    return look(tmp_path, events, PROMISES).waits("broken_promise")


def test_promise_kept_and_broken(tmp_path: Path) -> None:
    events = []
    for name, packed in (("kept", 50), ("broken", 200)):
        events += told({name: "ordered@0"}, promised_at=at(60))
        events += told({name: f"packed@{packed}/-/employee sent@300/-/employee delivered@400/-/employee"})
    events += told({"never": "ordered@0"}, promised_at=at(60))
    assert promised(tmp_path, events) == {
        ("kept", "ordered", 0, 60, 50), ("broken", "ordered", 0, 60, 200), ("never", "ordered", 0, 60, None),
    }  # fmt: skip


def test_a_promise_ends_with_its_own_step_where_that_has_an_end(tmp_path: Path) -> None:
    events = told({"a": "ordered@0"}, promised_at=at(60), ended_at=at(90)) + told({"a": "packed@30/-/employee"})
    assert promised(tmp_path, events) == {("a", "ordered", 0, 60, 90)}


def test_a_wide_table_repeats_the_promise_until_the_goal(tmp_path: Path) -> None:
    story = "ordered@0 packed@10/-/employee sent@20/-/employee delivered@{late}/-/employee"
    events = told({"kept": story.format(late=50)}, promised_at=at(60))
    events += told({"broken": story.format(late=99)}, promised_at=at(60))
    assert promised(tmp_path, events) == {("kept", "ordered", 0, 60, 50), ("broken", "ordered", 0, 60, 99)}


def test_a_new_promise_is_another_one(tmp_path: Path) -> None:
    events = told({"a": "ordered@0"}, promised_at=at(60)) + told({"a": "packed@30/-/employee"}, promised_at=at(500))
    events += told({"a": "sent@100/-/employee delivered@400/-/employee"})
    assert promised(tmp_path, events) == {("a", "ordered", 0, 60, 30), ("a", "packed", 30, 470, 70)}


def test_a_promise_that_lies_before_its_step_is_none(tmp_path: Path) -> None:
    events = told({"a": "ordered@60"}, promised_at=at(10)) + told({"a": "packed@90/-/employee"})
    assert promised(tmp_path, events) == set()


def test_what_happens_in_the_moment_of_the_promise_does_not_keep_it(tmp_path: Path) -> None:
    events = told({"a": "ordered@5"}, promised_at=at(60)) + told({"a": "packed@5/-/employee sent@80/-/employee"})
    assert promised(tmp_path, events) == {("a", "ordered", 5, 55, 75)}


def test_who_is_seen_again_after_the_limit_had_waited_too_long(tmp_path: Path) -> None:
    """Gone without a word, nobody knows whether it was before the limit; who cancels after it was there."""
    events = told(dict.fromkeys(("kept", "broken", "cancelled", "gave_up", "gone"), "ordered@0"), promised_at=at(60))
    events += told({"kept": "packed@50/-/employee", "broken": "packed@70/-/employee"})
    events += told({"cancelled": "cancel@90", "gave_up": "cancel@30"})
    # A mail by a machine is no sign of the customer, and whoever had left before did not leave for the limit.
    events += told({"mailed": "ordered@0"}, promised_at=at(60)) + told({"mailed": "mail@90/-/system"})
    events += told({"left": "ordered@0"}, promised_at=at(60)) + told({"left": "cancel@30 mail@90/-/system look@99"})
    events += told({"asked": "ordered@0"}, promised_at=at(60)) + told({"asked": "ask_help@30 cancel@90"})
    events += told({"last": "ordered@9000"})
    assert look(tmp_path, events, PROMISES).too_long("broken_promise") == {
        "kept": False, "broken": True, "cancelled": True, "gave_up": None, "gone": None,
        "mailed": None, "left": None, "asked": True,
    }  # fmt: skip


def test_days_tell_no_order_within_them(tmp_path: Path) -> None:
    """Told and done on one day, by a file that knows days only: it was done."""
    day = 24 * 60.0
    events = told({"a": "ordered@0"}, promised_at=at(3 * day)) + told(
        {"a": f"packed@0/-/employee sent@{9 * day}/-/employee"}
    )
    assert promised(tmp_path, events) == {("a", "ordered", 0, 3 * day, 0)}
