"""A student from the first look to the third lesson, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tropa.simulate.clock import DAY, HOUR, MINUTE, Hours
from tropa.simulate.streams import Ints
from tropa.simulate.walk import Walk

if TYPE_CHECKING:
    from tropa.simulate.school import Settings

HANDOVER_PROMISE_SECONDS = 2 * DAY
TRIAL_ANSWERS = 0.75
SALES, TEACHING = "Отдел продаж", "Учебный отдел"
WEB, MESSENGER, CALL = range(3)
LESSONS = Hours(10.0, 21.5, (0, 1, 2, 3, 4, 5, 6), holidays=True)
OFFICE = Hours(10.0, 19.0)


def wonder(walk: Walk) -> None:
    """The course page, some days on end, and the open webinar; whom an advertisement found looks longer."""
    cold = walk.people.has("source", "Таргет")
    looks = 1 + walk.streams.choice("looks", np.where(cold[:, None], [0.25, 0.35, 0.4], [0.6, 0.27, 0.13]))
    for number in range(3):
        who = walk.everybody[looks > number]
        if number:
            walk.pass_days(f"look.{number}", who, 2.0)
        walk.act("course_page", who)
        walk.pass_minutes(f"look.{number}.read", who, 4.0)
        again = walk.strike("repeat@page", who[walk.chance(f"look.{number}.again", who, 0.25)], who)
        walk.act("course_page", again, 0.0)
    walk.lose("look.leaves", walk.everybody, np.where(cold, 0.32, 0.13))
    who = walk.still(walk.everybody)
    who = who[walk.chance("webinar", who, 0.6)]
    walk.pass_days("webinar", who, 1.5)
    written = walk.channel[who] == MESSENGER
    walk.act("webinar_joined", who)
    breaks = who[walk.chance("webinar.breaks", who, np.where(written, 0.3, 0.06))]
    broken = walk.strike("failure@webinar", breaks, who)
    walk.log.emit("webinar_broken", broken, walk.time[broken] + 60.0, status="failed", channel=walk.channel[broken])
    walk.time[who] += HOUR


def try_out(walk: Walk, settings: Settings) -> None:
    """A lesson with a teacher, and what it was worth."""
    who = walk.still(walk.everybody)
    written = walk.channel[who] == MESSENGER
    who = walk.lose("trial.leaves", who, 0.12 + 0.12 * written)
    walk.pass_minutes("trial.book", who, 15.0)
    walk.act("trial_booked", who, channel="web")
    walk.pass_days("trial", who, 2.2, 0.5)
    walk.reopen("trial", who, LESSONS)
    who = walk.lose("trial.forgets", who, 0.1)
    group = walk.people.has("course", settings.poor_course) & walk.people.has("age", "18-24")
    bad = group[who] & walk.since(who, settings.poor_trial_day)
    walk.work("trial_attended", who, "Учителя", 45.0, 0.1, channel="web")
    walk.fact("trial_at")[who] = walk.time[who]
    poor = walk.chance("trial.poor", who, np.where(bad, settings.poor_trials, 0.11))
    answers = walk.chance("answers.trial_attended", who, TRIAL_ANSWERS)
    told = walk.strike("low_score@trial", who[poor & answers], who[answers])
    hit = np.concatenate([told, who[poor & ~answers]])
    walk.time[who] += 14 * HOUR
    walk.sleep("trial.after", who)
    walk.lose("trial.poor.leaves", hit, settings.poor_trial_loses)


def buy(walk: Walk, settings: Settings) -> None:
    """A manager writes; some are called although they write; the invoice and the payment."""
    who = walk.still(walk.everybody)
    walk.act("sales_chat", who, channel=np.full(len(who), MESSENGER))
    walk.pass_minutes("chat", who, 25.0)
    blogger = walk.people.has("source", "Блогер")[who]
    rung = who[walk.chance("sales.calls", who, np.where(blogger, settings.calls, 0.14))]
    at = OFFICE.next_open(walk.time[rung] + 20 * MINUTE, walk.uniform("sales.calls.at", rung))
    walk.time[rung] = at
    felt = walk.strike("switch@sales", rung, who)
    walk.work("sales_call", felt, SALES, 9.0, channel=np.full(len(felt), CALL))
    walk.lose("sales.calls.lose", felt, settings.calls_lose)
    who = walk.still(who)
    walk.reopen("invoice", who, OFFICE)
    walk.log.emit("invoice_sent", who, walk.time[who], channel="messenger", actor="employee", performer=SALES)
    thinking = 0.8 * DAY * np.exp(0.9 * walk.normal("thinks", who))
    pays_at = walk.time[who] + thinking + 3 * HOUR
    walk.meet("wait@invoice", who[thinking > 2 * DAY], who)
    if "wait@invoice" in walk.off:
        thinking = np.minimum(thinking, 2 * DAY)
    walk.time[who] += thinking
    walk.act("invoice_opened", who[thinking > HOUR], 0.0, channel="messenger")
    walk.time[who] = pays_at  # the same in both lives: reading late is harmless
    walk.sleep("thinks", who)
    refuses = who[walk.chance("refuses", who, np.where(walk.people.has("pays", "сам")[who], 0.34, 0.2))]
    walk.act("refused_offer", refuses, status="declined", channel="messenger")
    walk.leave(refuses)
    walk.act("course_paid", walk.still(who), channel="messenger")


def hand_over(walk: Walk, settings: Settings) -> None:
    """Sales hand the student over to teaching, where the list is long; some want their money back meanwhile."""
    who = walk.still(walk.everybody)
    walk.time[who] += 10 * MINUTE
    walk.log.emit("passed_to_teaching", who, walk.time[who], actor="employee", performer=SALES, channel="messenger")
    patience = settings.patience_days * DAY * np.exp(0.7 * walk.normal("patience", who))
    wait = walk.desk_wait("teaching", who)
    served, _ = walk.wait_or_leave("handover@teaching", who, wait, HANDOVER_PROMISE_SECONDS, patience)
    gone = who[~walk.alive[who]]
    says = gone[walk.chance("refund", gone, 0.5)]
    walk.sleep("refund", says)
    walk.act("refund_asked", says, status="cancelled", channel="messenger")
    walk.work("curator_hello", served, TEACHING, 15.0, channel="messenger")
    walk.pass_minutes("platform", served, 90.0)
    elder = walk.people.has("age", "40+")[served]
    locked = walk.chance("access", served, np.where(elder, 2.0, 0.7) * settings.access)
    asks = served[locked & walk.by_day(served, walk.time[served], 8.0, 22.0)]
    felt = walk.strike("contact@platform", asks, served)
    walk.ask("access_question", felt, walk.time[felt], "Поддержка", "chat")
    walk.time[asks] += 25 * MINUTE
    walk.act("platform_opened", served, channel="web")
    walk.fact("platform_at")[served] = walk.time[served]


def study(walk: Walk, settings: Settings) -> None:
    """Lessons and homework up to the third lesson."""
    who = walk.still(walk.everybody)
    for number in (1, 2, 3):
        walk.pass_days(f"lesson.{number}", who, 3.0, 0.5)
        who = walk.lose(f"lesson.{number}.leaves", who, (0.08, 0.07, 0.05)[number - 1])
        if number < 3:
            walk.act("lesson_done", who, HOUR, channel="web")
            _homework(walk, settings, number, who)
    walk.act("third_lesson_done", who, channel="web")
    walk.goal_at[who] = walk.time[who]
    walk.go_wrong("Служба качества", "messenger")


def _homework(walk: Walk, settings: Settings, number: int, who: Ints) -> None:
    """Homework is checked within a day, as promised, or days later; the next lesson does not wait for it."""
    who = who[walk.chance(f"homework.{number}", who, 0.75)]
    walk.pass_minutes(f"homework.{number}", who, 60.0)
    walk.act("homework_sent", who, promised_at=walk.time[who] + DAY, channel="web")
    code = walk.people.has("course", "Программирование")[who] & walk.since(who, settings.homework_day)
    late = walk.chance(f"homework.{number}.late", who, np.where(code, settings.late_homework, 0.05))
    slow = np.isin(who, walk.strike("broken_promise@homework", who[late], who))
    hours = 3 + 12 * walk.uniform(f"homework.{number}.hours", who)
    hours = np.where(slow, 30 + 40 * walk.uniform(f"homework.{number}.days", who), hours)
    checked = LESSONS.next_open(walk.time[who] + hours * HOUR, walk.uniform(f"homework.{number}.open", who))
    checked = np.where(slow, checked, np.minimum(checked, walk.time[who] + 23 * HOUR))
    walk.log.emit("homework_checked", who, checked, channel="web", actor="employee", performer="Проверяющие")
    # The next lesson comes after the check of a slow one in both lives, so that only the score can differ.
    walk.time[who] += 3 * DAY
    walk.sleep(f"homework.{number}", who)
