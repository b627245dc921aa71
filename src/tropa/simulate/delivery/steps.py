"""The session of somebody hungry, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tropa.simulate.clock import DAY, HOUR, MINUTE
from tropa.simulate.streams import Floats, Ints
from tropa.simulate.walk import Walk

if TYPE_CHECKING:
    from tropa.simulate.delivery import Settings

PAYMENTS = ("Карта", "СБП", "Наличные")
APP, WEB = 0, 1
ANSWER_LIMIT_SECONDS = 10 * MINUTE
KITCHEN_PROMISE_SECONDS = 40 * MINUTE


def choose(walk: Walk) -> None:
    """Restaurants and menus, in one to four rounds; newcomers look longer, and more of them close the app."""
    new = walk.people.has("tenure", "новичок")
    rounds = 1 + walk.streams.choice("rounds", np.where(new[:, None], [0.25, 0.3, 0.25, 0.2], [0.6, 0.25, 0.1, 0.05]))
    who = walk.everybody
    for number in range(4):
        who = who[rounds[who] > number]
        walk.act("feed_opened", who)
        walk.pass_minutes(f"feed.{number}", who, 1.5)
        empty = walk.strike("failure@search", who[walk.chance(f"search.{number}", who, 0.06)], who)
        walk.act("search_empty", empty, 0.0, status="failed")
        walk.pass_minutes(f"search.{number}.time", who, 0.5)
        walk.act("menu_opened", who)
        again = walk.strike("repeat@menu", who[walk.chance(f"menu.{number}", who, 0.25)], who)
        walk.time[who] += 30.0
        walk.act("menu_opened", again, 0.0)
        walk.pass_minutes(f"menu.{number}.time", who, 2.5)
    walk.lose("menu.leaves", walk.everybody, np.where(new, 0.36, 0.17))


def order(walk: Walk, settings: Settings) -> None:
    """Basket, address, payment."""
    who = walk.still(walk.everybody)
    walk.act("basket_filled", who)
    walk.pass_minutes("basket", who, 1.5)
    stranger = walk.people.has("subscriber", "нет")[who]
    who = walk.lose("basket.leaves", who, 0.07 + 0.08 * stranger + 0.06 * (walk.channel[who] == WEB))
    walk.act("address_entered", who)
    walk.pass_minutes("address", who, 0.6)
    forgets = (walk.channel[who] == APP) & walk.since(who, settings.address_day)
    again = who[walk.chance("address.again", who, np.where(forgets, settings.address_again, 0.02))]
    again = walk.strike("repeat@address", again, who)
    walk.act("address_entered", again)
    walk.pass_minutes("address.again.time", again, 0.7)
    _pay(walk, settings)


def _pay(walk: Walk, settings: Settings) -> None:
    who = walk.still(walk.everybody)
    method = walk.streams.choice("payment", (0.5, 0.35, 0.15))
    walk.fact("payment")[:] = method
    codes = walk.log.vocabulary["payment"].codes(list(PAYMENTS)) if walk.log.recording else np.arange(3)
    card = who[(walk.channel[who] == APP) & (method[who] == 0)]
    out = walk.strike("switch@payment", card[walk.chance("bank_page", card, settings.bank_pages)], who)
    walk.act("bank_page_opened", out, 40.0, channel=np.full(len(out), WEB), payment=codes[method[out]])
    trying = who
    for attempt in range(3):
        weak = (method[trying] == 1) & walk.people.has("subscriber", "нет")[trying]
        weak &= walk.since(trying, settings.payment_day)
        fails = walk.chance(f"pay.fails.{attempt}", trying, np.where(weak, settings.payment_fails, 0.012))
        failed = walk.strike("failure@payment", trying[fails], trying)
        walk.act("payment_failed", failed, status="failed", payment=codes[method[failed]])
        walk.pass_minutes(f"pay.again.{attempt}", failed, 1.5)
        trying = walk.lose(f"pay.leaves.{attempt}", failed, settings.payment_gives_up)
    who = walk.still(who)
    walk.act("order_paid", who, 30.0, payment=codes[method[who]])


def cook(walk: Walk, settings: Settings) -> None:
    """The kitchen takes it; some ask how long it will be, and some of those get no answer."""
    who = walk.still(walk.everybody)
    walk.log.emit("order_accepted", who, walk.time[who], actor="employee", performer="Кухня")
    wait = 11 * MINUTE + np.minimum(walk.desk_wait("kitchen", who), 50 * MINUTE)
    walk.meet("wait@kitchen", who[wait > KITCHEN_PROMISE_SECONDS], who)
    if "wait@kitchen" in walk.off:
        wait = np.minimum(wait, KITCHEN_PROMISE_SECONDS)
    walk.time[who] += wait
    asks = who[walk.chance("asks", who, 0.45)]
    begun = walk.time[asks].copy()
    walk.work("cooking", who, "Кухня", 30.0, 0.06)
    _ask(walk, settings, asks, begun)


def _ask(walk: Walk, settings: Settings, who: Ints, begun: Floats) -> None:
    """«How long?»: an answer within minutes, or silence, and the clock of those who cancel stops there."""
    at = begun + (3 + 3 * walk.uniform("asks.at", who)) * MINUTE
    walk.log.emit("order_question", who, at, channel="chat")
    walk.fact("question_at")[who] = at
    evening = np.mod(at, DAY) / HOUR >= 18.0
    bad = walk.people.has("district", settings.silent_district)[who] & walk.since(who, settings.bot_day)
    silent = walk.chance("silent", who, np.where(bad, settings.silent, 0.07 + 0.1 * evening))
    felt = walk.strike("silence@question", who[silent], who)
    told = np.isin(who, felt, invert=True)
    soon = at + (1 + 4 * walk.uniform("answer", who)) * MINUTE
    columns = {"channel": "chat", "actor": "employee", "performer": "Поддержка"}
    walk.log.emit("question_answered", who[told], soon[told], **columns)
    unheard = at[~told]
    cancels = walk.chance("silence.cancels", felt, settings.silence_cancels)
    end = unheard + ANSWER_LIMIT_SECONDS + (0.3 + 4 * walk.uniform("silence.end", felt)) * MINUTE
    walk.log.emit(
        "order_cancelled", felt[cancels], end[cancels], channel=walk.channel[felt[cancels]], status="cancelled"
    )
    walk.time[felt[cancels]] = end[cancels]
    walk.leave(felt[cancels])
    late = ~cancels & walk.chance("answer.late", felt, 0.4)
    when = unheard + ANSWER_LIMIT_SECONDS + (3 + 9 * walk.uniform("answer.late.at", felt)) * MINUTE
    walk.log.emit("question_answered", felt[late], when[late], **columns)


def deliver(walk: Walk, settings: Settings) -> None:
    """The ride, long in the evening and to the industrial zone, and the door."""
    who = walk.still(walk.everybody)
    walk.pass_minutes("courier", who, 4.0, 0.3)
    walk.log.emit("courier_left", who, walk.time[who], actor="employee", performer="Курьеры")
    handed = walk.strike("handover@courier", who[walk.chance("courier.changes", who, 0.08)], who)
    walk.log.emit(
        "courier_changed", handed, walk.time[handed] + 6 * MINUTE, actor="employee", performer="Курьеры партнёра"
    )
    far = walk.people.has("district", "Промзона")[who]
    evening = np.mod(walk.time[who], DAY) / HOUR >= 18.0
    ride = 21 * MINUTE * np.exp(0.35 * walk.normal("ride", who)) * (1 + 0.8 * far) * (1 + 0.25 * evening)
    ride = np.clip(ride, 9 * MINUTE, 100 * MINUTE)
    walk.meet("wait@courier", who[ride > 40 * MINUTE], who)
    if "wait@courier" in walk.off:
        ride = np.minimum(ride, 40 * MINUTE)
    walk.time[who] += ride
    refuses = walk.chance("door.refuses", who, np.where(far, settings.far_refuses, 0.015))
    refused, glad = who[refuses], who[~refuses]
    walk.act("order_refused", refused, status="cancelled")
    walk.leave(refused)
    walk.goal_at[glad] = walk.time[glad]
    margin = np.round(260 * np.exp(0.4 * walk.normal("margin", glad)), 2)
    walk.log.emit("order_handed", glad, walk.time[glad], actor="employee", performer="Курьеры", value=margin)
    _poisoned(walk)


def _poisoned(walk: Walk) -> None:
    """The few who fall ill complain twice in the same session."""
    who = walk.everybody[walk.is_severe & ~np.isnan(walk.goal_at)]
    for minutes in (50, 130):
        at = walk.goal_at[who] + (minutes + 20 * walk.uniform(f"ill.{minutes}", who)) * MINUTE
        walk.log.emit("complaint_filed", who, at, channel="chat", promised_at=at + DAY)
        walk.fact("complaint_at")[who] = at
