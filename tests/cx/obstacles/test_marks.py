"""Obstacles that are marks on single steps: who met them, seen by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cx.obstacles.met import look, told, usual

MAP = """
map: Loan
unit: customer
goal: [Signed]
stages:
  - stage: Apply
    touchpoints:
      - {touchpoint: Form, when: {activity: [form, form_error, form_off]}}
      - {touchpoint: Papers, when: {activity: [papers, papers_checked]}}
  - stage: Decide
    touchpoints:
      - {touchpoint: Check, when: {activity: [check, sent_back, second_check, notice]}}
      - {touchpoint: Answer, when: {activity: [answer]}}
  - stage: Close
    touchpoints:
      - {touchpoint: Signed, when: {activity: [sign]}}
"""
HELP = (
    MAP
    + """  - stage: Help
    touchpoints:
      - {touchpoint: Line, when: {activity: [ask_help, line_answer]}}
"""
)


# -- failure


def test_failed_by_its_status(tmp_path: Path) -> None:
    seen = look(tmp_path, told({"a": "form!@0 form@3 sign@9", "b": "form@0 sign@9"}), MAP)
    assert seen.met("failure") == {("a", "form", 0)}


@pytest.mark.parametrize("status", ["error", "Timeout", "ошибка", "не удалось", "FAILED"])
def test_failed_by_another_word_of_the_source(tmp_path: Path, status: str) -> None:
    events = told({"b": "form@0 sign@9"}) + told({"a": "form@0"}, status=status) + told({"a": "form@3 sign@9"})
    assert look(tmp_path, events, MAP).met("failure") == {("a", "form", 0)}


@pytest.mark.parametrize("status", ["ok", "done", "shipped", "unfailing service"])
def test_other_statuses_are_no_failures(tmp_path: Path, status: str) -> None:
    assert look(tmp_path, told({"a": "form@0 sign@9"}, status=status), MAP).met("failure") == set()


def test_failed_by_its_name(tmp_path: Path) -> None:
    seen = look(tmp_path, told({"a": "form_error@0 form@3 sign@9", "b": "form_off@0 form@1"}), MAP)
    assert seen.met("failure") == {("a", "form_error", 0)}


@pytest.mark.parametrize("name", ["FormFailed", "LoginError"])
def test_failed_by_a_name_written_with_capitals(tmp_path: Path, name: str) -> None:
    map_text = MAP.replace("form_error", name)
    assert look(tmp_path, told({"a": f"{name}@0 form@3 sign@9", "b": "form@0"}), map_text).met("failure") == {
        ("a", name, 0)
    }


@pytest.mark.parametrize("status", ["no_error", "без сбоя"])
def test_no_failure_by_the_sources_own_word(tmp_path: Path, status: str) -> None:
    assert look(tmp_path, told({"a": "form@0 sign@9"}, status=status), MAP).met("failure") == set()


def test_attempts_are_what_also_succeeds(tmp_path: Path) -> None:
    """`form` fails and succeeds: every one is an attempt. `form_error` only ever fails: it is no attempt."""
    seen = look(tmp_path, told({"a": "form!@0 form@3", "b": "form_error@0 sign@5"}), MAP)
    assert seen.marked("failure", lambda marks: marks.attempt) == {("a", "form", 0), ("a", "form", 3)}


def test_first_traces_begin_a_visit_and_are_no_attempts(tmp_path: Path) -> None:
    from tropa.cx.obstacles.failure import first_traces

    stories = {
        "first": "form_error@0 papers@3",
        "inside": "form@0 form_error@1 papers@3",
        "later": "papers@0 form_error@5",
        "attempt": "papers!@0 papers@1",
    }
    seen = look(tmp_path, told(stories), MAP)
    found = set()
    for view, steps in zip(seen.views, seen.steps, strict=True):
        for step in first_traces(view, steps, seen.context).met.nonzero()[0]:
            found.add(view.customer_id(int(steps.journey[step])))
    assert found == {"first", "later"}


# -- repeat


def test_done_again_in_the_same_pass(tmp_path: Path) -> None:
    stories = {"a": "form@0 papers@1 papers@5 sign@9", "b": "form@0 papers@1 form@2", "c": "form@0 papers@1 sign@2"}
    assert look(tmp_path, told(stories), MAP).met("repeat") == {("a", "papers", 5), ("b", "form", 2)}


def test_after_another_stage_it_is_another_pass(tmp_path: Path) -> None:
    seen = look(tmp_path, told({"a": "papers@0 check@5 papers@9 papers@11"}), MAP)
    assert seen.met("repeat") == {("a", "papers", 11)}


def test_a_second_attempt_after_a_failure_is_no_repeat(tmp_path: Path) -> None:
    seen = look(tmp_path, told({"a": "papers!@0 papers@1 sign@9", "b": "papers@0 papers!@1 papers@2"}), MAP)
    assert seen.met("repeat") == {("b", "papers", 2)}


def test_another_customer_does_not_repeat_it(tmp_path: Path) -> None:
    assert look(tmp_path, told({"a": "papers@0", "b": "papers@1", "c": "papers@2"}), MAP).met("repeat") == set()


def test_asking_twice_is_contact_and_no_repeat(tmp_path: Path) -> None:
    stories = usual("form@0 papers@5 sign@9") | {"a": "form@0 ask_help@1/chat ask_help@3/chat papers@5 sign@9"}
    seen = look(tmp_path, told(stories), MAP)
    assert seen.met("repeat") == set()
    assert seen.met("contact") == {("a", "ask_help", 1), ("a", "ask_help", 3)}


# -- return


def test_back_in_an_earlier_stage(tmp_path: Path) -> None:
    stories = usual("form@0 papers@1 check@5 answer@7 sign@9") | {"a": "form@0 check@5 papers@6 check@7 sign@9"}
    assert look(tmp_path, told(stories), MAP).met("return") == {("a", "papers", 6)}


def test_of_two_steps_in_one_moment_neither_is_a_return(tmp_path: Path) -> None:
    stories = usual("form@0 papers@1 check@5 answer@7 sign@9") | {"a": "form@0 check@5 papers@5 answer@7 sign@9"}
    assert look(tmp_path, told(stories), MAP).met("return") == set()


def test_who_is_sent_back_met_it_when_sent(tmp_path: Path) -> None:
    """Most steps after `sent_back` are in an earlier stage: it is the return; what follows it is not another one."""
    stories = usual("form@0 papers@1 check@5 answer@7 sign@9")
    stories |= dict.fromkeys(("a", "b"), "form@0 papers@1 sent_back@5 papers@8 check@9 sign@12")
    stories |= {"c": "form@0 papers@1 sent_back@5 answer@7 sign@9", "d": "form@0 check@5 papers@6 sign@9"}
    assert look(tmp_path, told(stories), MAP).met("return") == {
        ("a", "sent_back", 5), ("b", "sent_back", 5), ("c", "sent_back", 5), ("d", "papers", 6),
    }  # fmt: skip


def test_within_a_stage_nobody_returns(tmp_path: Path) -> None:
    assert look(tmp_path, told({"a": "form@0 papers@1 form@2 papers@3 sign@9"}), MAP).met("return") == set()


def test_help_is_no_return(tmp_path: Path) -> None:
    """Help stands last on the map: asked for in the middle, the journey seems to go back afterwards. It does not."""
    stories = usual("form@0 papers@1 check@5 answer@7 sign@9")
    help_ = "form@1 ask_help@2/chat line_answer@3/chat/employee check@20 sign@30"
    stories |= dict.fromkeys("abc", help_)
    assert look(tmp_path, told(stories), HELP).met("return") == set()


# -- switch


def test_another_channel_in_the_same_stage(tmp_path: Path) -> None:
    stories = {
        "inside": "form@0/web papers@5/branch sign@9/branch",
        "between": "form@0/web papers@5/web check@6/branch sign@9/branch",
        "never": "form@0/web papers@5/web sign@9/web",
        "untold": "form@0/web papers@5 form@6/web",
    }
    assert look(tmp_path, told(stories), MAP).met("switch") == {("inside", "papers", 5)}


@pytest.mark.parametrize("channel", ["sms", "E-mail", "Push", "Письмо"])
def test_a_message_moves_nobody(tmp_path: Path, channel: str) -> None:
    stories = {"a": f"check@0/web notice@1/{channel}/employee answer@2/web sign@9/web", "b": "check@0/web notice@1/web"}
    assert look(tmp_path, told(stories), MAP).met("switch") == set()


def test_a_machine_moves_nobody_but_an_employee_does(tmp_path: Path) -> None:
    stories = {
        "machine": "check@0/web notice@1/core/system answer@2/web",
        "employee": "check@0/web notice@1/branch/employee",
    }
    assert look(tmp_path, told(stories), MAP).met("switch") == {("employee", "notice", 1)}


def test_a_call_for_help_is_no_switch(tmp_path: Path) -> None:
    stories = usual("form@0/web papers@5/web sign@9/web")
    stories |= {"a": "form@0/web ask_help@1/call papers@5/web sign@9/web"}
    assert look(tmp_path, told(stories), MAP).met("switch") == set()


# -- contact


@pytest.mark.parametrize("channel", ["call", "Chat", "звонок", "поддержка"])
def test_help_by_its_channel(tmp_path: Path, channel: str) -> None:
    stories = usual("form@0/web papers@5/web sign@9/web") | {"a": f"form@0/web talk@2/{channel} papers@5/web"}
    assert look(tmp_path, told(stories), MAP).met("contact") == {("a", "talk", 2)}


@pytest.mark.parametrize("name", ["support_ticket", "complaint", "вопрос_клиента", "ASK-WHERE", "жалоба"])
def test_help_by_its_name(tmp_path: Path, name: str) -> None:
    stories = usual("form@0 papers@5 sign@9") | {"a": f"form@0 {name}@2 papers@5"}
    assert look(tmp_path, told(stories), MAP).met("contact") == {("a", name, 2)}


@pytest.mark.parametrize("name", ["SupportTicketOpened", "CustomerComplaint", "AskedWhere"])
def test_help_by_a_name_written_with_capitals(tmp_path: Path, name: str) -> None:
    stories = usual("form@0 papers@5 sign@9") | {"a": f"form@0 {name}@2 papers@5"}
    assert look(tmp_path, told(stories), MAP).met("contact") == {("a", name, 2)}


@pytest.mark.parametrize("name", ["helpful_hint_seen", "basket", "multitasking", "contactless_payment"])
def test_names_that_only_sound_like_help(tmp_path: Path, name: str) -> None:
    stories = usual("form@0 papers@5 sign@9") | {"a": f"form@0 {name}@2 papers@5"}
    assert look(tmp_path, told(stories), MAP).met("contact") == set()


@pytest.mark.parametrize(
    "name",
    ["Звонок менеджера", "Менеджер перезвонил", "manager_call", "CallFromAgent", "called back", "Исходящий звонок"],
)
def test_a_call_by_an_employee_is_none_for_help(tmp_path: Path, name: str) -> None:
    """Nobody says who acts, but the name does."""
    name = name.replace(" ", "_")
    stories = usual("form@0/web papers@5/web sign@9/web") | {"a": f"form@0/web {name}@2/телефон/-/Anna papers@5/web"}
    assert look(tmp_path, told(stories), MAP).met("contact") == set()


@pytest.mark.parametrize("name", ["Звонок_оператору", "Чат_с_менеджером", "call", "agent_chat"])
def test_a_call_to_an_employee_may_be_for_help(tmp_path: Path, name: str) -> None:
    stories = usual("form@0/web papers@5/web sign@9/web") | {"a": f"form@0/web {name}@2/телефон/-/Anna papers@5/web"}
    assert look(tmp_path, told(stories), MAP).met("contact") == {("a", name, 2)}


def test_the_usual_way_is_no_contact(tmp_path: Path) -> None:
    """A talk that most journeys have is how this company works."""
    seen = look(tmp_path, told(usual("form@0/web talk@2/call papers@5/web")), MAP)
    assert seen.met("contact") == set()


def test_who_begins_with_a_call_came_by_telephone(tmp_path: Path) -> None:
    stories = usual("form@0/web papers@5/web") | {f"t{n}": "talk@0/call papers@5/web" for n in range(4)}
    assert look(tmp_path, told(stories), MAP).met("contact") == set()


def test_a_call_by_the_company_is_no_contact(tmp_path: Path) -> None:
    stories = usual("form@0/web papers@5/web") | {"a": "form@0/web talk@2/call/employee papers@5/web"}
    assert look(tmp_path, told(stories), MAP).met("contact") == set()


def test_help_off_the_map_belongs_to_the_touchpoint_before(tmp_path: Path) -> None:
    stories = usual("form@0 papers@5 sign@9") | {"a": "form@0 papers@1 ask_help@2/chat sign@5"}
    seen = look(tmp_path, told(stories), MAP)
    nodes = seen.context.lens.nodes
    found = {
        nodes[steps.node[step]]
        for steps in seen.steps
        for step in seen.context.survey.contact_activity[steps.activity].nonzero()[0]
    }
    assert found == {"Papers"}


# -- handover


def test_passed_to_another_department(tmp_path: Path) -> None:
    stories = {
        "passed": "form@0 check@2/-/employee/First second_check@4/-/employee/Second sign@9",
        "kept": "form@0 check@2/-/employee/First answer@4/-/employee/First sign@9",
        "between": "form@0 check@2/-/employee/First papers@3 answer@4/-/employee/Second",
        "twice": "check@2/-/employee/First second_check@4/-/employee/Second answer@6/-/employee/First",
    }
    assert look(tmp_path, told(stories), MAP).met("handover") == {
        ("passed", "second_check", 4),
        ("between", "answer", 4),
        ("twice", "second_check", 4),
        ("twice", "answer", 6),
    }


def test_a_customer_is_no_department(tmp_path: Path) -> None:
    stories = {"a": "form@0/-/customer/Anna check@2/-/employee/First sign@9/-/customer/Anna answer@12/-/employee/First"}
    assert look(tmp_path, told(stories), MAP).met("handover") == set()


def test_who_answers_a_call_for_help_takes_nothing_over(tmp_path: Path) -> None:
    stories = usual("form@0 check@2/-/employee/First answer@9/-/employee/First sign@12")
    stories |= {
        f"h{n}": "form@0 check@2/-/employee/First ask_help@3/chat line_answer@4/chat/employee/Line "
        "answer@9/-/employee/First sign@12"
        for n in range(3)
    }
    assert look(tmp_path, told(stories), HELP).met("handover") == set()


# -- who acts, where no event says so


BY_MAP = MAP.replace("{touchpoint: Check,", "{touchpoint: Check, actor: employee,").replace(
    "{touchpoint: Answer,", "{touchpoint: Answer, actor: employee,"
)


def test_the_map_says_who_acts(tmp_path: Path) -> None:
    stories = usual("form@0 papers@1 check@2 answer@9 sign@12") | {"late": "form@0 papers@1 check@2"}
    seen = look(tmp_path, told(stories), BY_MAP)
    nodes = seen.context.lens.nodes
    assert seen.context.survey.has_actors
    assert [name for name, turn in zip(nodes, seen.context.survey.company_next, strict=True) if turn] == [
        "Papers", "Check",
    ]  # fmt: skip
    assert not look(tmp_path / "silent", told(stories), MAP).context.survey.has_actors


def test_whoever_is_named_as_performer_acts(tmp_path: Path) -> None:
    stories = {
        "passed": "form@0 check@2/-/-/First second_check@4/-/-/Second sign@9",
        "kept": "form@0 check@2/-/-/First answer@4/-/-/First sign@9",
    }
    assert look(tmp_path, told(stories), MAP).met("handover") == {("passed", "second_check", 4)}


def test_the_map_is_believed_before_the_performer(tmp_path: Path) -> None:
    """The form is the customer's own, whoever is named in it."""
    stories = {"a": "form@0/-/-/Anna check@2/-/-/First answer@5/-/-/Second sign@9"}
    text = BY_MAP.replace("{touchpoint: Form,", "{touchpoint: Form, actor: customer,")
    assert look(tmp_path, told(stories), text).met("handover") == {("a", "answer", 5)}


def test_who_answers_a_call_is_not_who_calls(tmp_path: Path) -> None:
    stories = usual("form@0 papers@1 check@2 sign@12") | {"h": "form@0 ask_help@1/chat/-/Line papers@2 sign@12"}
    assert look(tmp_path, told(stories), HELP).met("contact") == {("h", "ask_help", 1)}


def test_the_data_is_believed_before_the_map(tmp_path: Path) -> None:
    stories = {"a": "form@0/-/customer/- check@2/-/customer/First answer@5/-/employee/Second sign@9/-/customer/-"}
    assert look(tmp_path, told(stories), BY_MAP).met("handover") == set()
