"""An application for a business account, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tropa.simulate.clock import DAY, HOUR, MINUTE, Hours
from tropa.simulate.streams import Floats, Ints
from tropa.simulate.walk import Walk

if TYPE_CHECKING:
    from tropa.simulate.fintech import Settings

CHECK_PROMISE_SECONDS = 8 * HOUR
CODE_PROMISE_SECONDS = 3 * MINUTE
OFFICE = Hours(9.0, 18.0)
CALLS = Hours(9.0, 20.0, (0, 1, 2, 3, 4, 5))


def look(walk: Walk) -> None:
    """The tariffs; some have looked before, some days ago at this hour. What comes after begins at the hour at which it
    would have begun anyway: a look more is harmless."""
    everybody = walk.everybody
    days = DAY * np.ceil(2.0 * walk.exponential("again.days", everybody))
    before = everybody[walk.chance("again", everybody, 0.3) & (walk.time > days)]
    for visit, who, ago in ((0, before, days[before]), (1, everybody, 0.0)):
        walk.time[who] -= ago
        walk.act("tariffs_viewed", who)
        broken = walk.strike("failure@rates", who[walk.chance(f"rates.{visit}", who, 0.06)], who)
        walk.act("rates_not_loaded", broken, 0.0, status="failed")
        walk.time[who] += ago
        walk.pass_minutes(f"tariffs.{visit}", who, 3.0)
    walk.lose("tariffs.leaves", walk.everybody, 0.07)


def fill_in(walk: Walk, settings: Settings) -> None:
    """The telephone and its code, the company's data; a manager calls some of them meanwhile."""
    who = walk.still(walk.everybody)
    walk.act("phone_entered", who, 0.0)
    slow = who[walk.chance("code.slow", who, settings.slow_codes)]
    felt = walk.strike("wait@phone", slow, who)
    walk.time[who] += 12 + 40 * walk.uniform("code", who)
    wait = CODE_PROMISE_SECONDS + 6 * MINUTE * walk.exponential("code.wait", slow)
    late = np.isin(slow, felt)
    walk.time[slow[late]] += wait[late]
    walk.act("code_entered", who)
    walk.time[slow[~late]] += wait[~late]  # goes by in both lives, so that only the mood can differ
    walk.pass_minutes("form", who, 6.0)
    advertised = walk.people.has("came_from", "Реклама")[who]
    called = who[walk.chance("manager", who, np.where(advertised, 0.4, 0.05))]
    at = CALLS.next_open(walk.time[called], walk.uniform("manager.at", called))
    walk.time[called] = at + 15 * MINUTE  # the time goes by in both lives: the call itself is harmless
    switched = np.isin(called, walk.strike("switch@form", called, who))
    walk.log.emit(
        "manager_talk", called[switched], at[switched], channel="call", actor="employee", performer="Телепродажи",
        ended_at=at[switched] + 6 * MINUTE,
    )  # fmt: skip
    walk.act("company_form", who)
    walk.fact("form_at")[who] = walk.time[who]
    walk.pass_minutes("form.rest", who, 4.0)
    walk.lose("form.leaves", who, np.where(advertised, 0.16, 0.03))


def prove(walk: Walk, settings: Settings) -> None:
    """A photograph with the passport, up to four times; the files; the form may come back after all."""
    who = walk.still(walk.everybody)
    weak = walk.people.has("place", "Посёлок") & walk.people.has("device", "Android")
    walk.act("selfie_taken", who)
    trying = who
    for attempt in range(3):
        likely = np.where(weak[trying], settings.selfie_again, 0.06) / (1 + 0.4 * attempt)
        trying = walk.strike("repeat@selfie", trying[walk.chance(f"selfie.{attempt}", trying, likely)], trying)
        walk.pass_minutes(f"selfie.{attempt}.time", trying, 2.0)
        walk.act("selfie_taken", trying)
        trying = walk.lose(f"selfie.{attempt}.gives_up", trying, settings.selfie_gives_up)
    who = walk.still(who)
    walk.pass_minutes("files", who, 12.0)
    walk.act("files_sent", who)
    strict = walk.since(who, settings.sent_back_day)
    sole = walk.people.has("form", "ИП")[who]
    likely = np.where(strict, settings.sent_back * np.where(sole, 1.3, 0.6), 0.02)
    wrong = who[walk.chance("sent_back", who, likely)]
    back = walk.strike("return@form", wrong, who)
    walk.log.emit(
        "form_sent_back", back, walk.time[back] + 2 * MINUTE, channel="email", actor="system", status="returned"
    )
    walk.pass_minutes("sent_back.time", wrong, 18.0)  # goes by in both lives, so that only the mood can differ
    walk.time[wrong] += 2 * MINUTE
    walk.act("company_form", back, 0.0)
    walk.time[wrong] += 20.0


def check(walk: Walk, settings: Settings) -> None:
    """The queue to the check by hand, and for some a second department."""
    who = walk.still(walk.everybody)
    walk.log.emit(
        "check_queued", who, walk.time[who], actor="system", performer="Очередь заявок",
        promised_at=walk.time[who] + CHECK_PROMISE_SECONDS,
    )  # fmt: skip
    # A machine reads half of the files of sole traders: they are looked at first thing.
    quick = ~walk.people.has("form", "ООО")[who] & walk.chance("check.quick", who, 0.45)
    walk.meet("wait@check", who[:0], who)
    walk.time[who[quick]] += 40 * MINUTE * (0.3 + walk.exponential("check.quick.at", who[quick]))
    slow = who[~quick]
    asked = walk.time[slow].copy()
    patience = settings.patience_hours * HOUR * np.exp(0.9 * walk.normal("patience", slow))
    wait = walk.desk_wait("check", slow)
    served, felt = walk.wait_or_leave("wait@check", slow, wait, CHECK_PROMISE_SECONDS, patience)
    _ask_meanwhile(walk, slow, asked, felt)
    served = np.sort(np.concatenate([who[quick], served]))
    walk.work("hand_check", served, "Ручная проверка", 25.0)
    _second_department(walk, settings, served)


def _ask_meanwhile(walk: Walk, who: Ints, asked: Floats, felt: Floats) -> None:
    """Calls while the check goes on: the longer it takes, the more people call; nothing hangs on it."""
    at = asked + 24 * HOUR * walk.exponential("question", who)
    asks = (at < asked + felt - 20 * MINUTE) & walk.by_day(who, at)
    walk.meet("contact@check", who[asks], who)
    if "contact@check" in walk.off:
        return
    walk.ask("question_call", who[asks], at[asks], "Линия заботы")
    walk.fact("asked_at")[who[asks]] = at[asks]
    angry = asks & walk.chance("complains", who, 0.08)
    walk.complain("complains", who[angry], at[angry] + 2 * HOUR, "Линия заботы", "email")


def _second_department(walk: Walk, settings: Settings, who: Ints) -> None:
    trade = walk.people.has("trade", settings.compliance_trade)[who] & walk.since(who, settings.compliance_day)
    handed = who[walk.chance("compliance", who, np.where(trade, settings.compliance_share, 0.05))]
    felt = walk.strike("handover@compliance", handed, who)
    walk.time[felt] += (1.0 + 14 * walk.uniform("compliance.wait", felt)) * HOUR
    walk.reopen("compliance", felt, OFFICE)
    walk.work("compliance_check", felt, "Комплаенс", 35.0)
    walk.lose("compliance.leaves", felt, settings.compliance_gives_up)


def open_account(walk: Walk, settings: Settings) -> None:
    """The decision, the account, the first transfer."""
    who = walk.still(walk.everybody)
    walk.pass_minutes("decision", who, 20.0)
    refused = who[walk.chance("refused", who, settings.refused)]
    walk.system("refused", refused, channel="email", status="declined")
    walk.leave(refused)
    who = walk.still(who)
    walk.goal_at[who] = walk.time[who]
    fee = np.round(np.array([2400.0, 5200.0, 900.0])[walk.people.codes["form"][who]], 2)
    walk.log.emit("account_opened", who, walk.time[who], actor="system", performer="Открытие счетов", value=fee)
    uses = who[walk.chance("uses", who, 0.72)]
    walk.pass_days("uses", uses, 3.0)
    walk.act("first_transfer", uses)
    walk.time[who] = np.minimum(walk.time[who], walk.goal_at[who] + 90 * DAY)
    walk.go_wrong("Линия заботы", "email")
