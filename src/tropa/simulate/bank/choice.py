"""Stages «Выбор банка» and «Заявка»: from the first visit to a submitted application."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.people import APP, BRANCH, CALL, WEB
from tropa.simulate.bank.world import CONTACT_CENTRE, World
from tropa.simulate.clock import DAY, HOUR, MINUTE
from tropa.simulate.streams import Flags, Floats, Ints

CAMPAIGNS = ("brand_search", "credit_generic", "spring_rate", "partner_marketplace", "push_clients")


def choose(world: World) -> None:
    """Customers look at the terms, once or several times, and some of them decide for this bank."""
    everybody = np.arange(len(world.cases))
    visits = 1 + np.minimum(np.log(1.0 - world.streams.uniform("visits")) / np.log(0.38), 4.0).astype(np.int64)
    for visit in range(5):
        who = everybody[visits > visit]
        if visit:
            world.pass_days(f"visit.{visit}", who, 1.6)
            _other_channel(world, visit, who)
        _look(world, visit, who)
    stays = 0.74 + 0.08 * world.people.salary - 0.13 * (world.people.origin == 1) + 0.05 * (world.people.origin == 3)
    gone = everybody[~world.chance("choice.stays", everybody, stays)]
    world.leave(gone)


def _other_channel(world: World, visit: int, who: Ints) -> None:
    """A look through another channel in between; people whom an advertisement brought do it more often."""
    likely = 0.04 + 0.30 * (world.people.origin[who] == 1)
    on_site = world.channel[who] <= APP
    online = who[on_site & world.chance(f"other.{visit}", who, likely)]
    world.meet("switch@choice", online, who[on_site])
    asked = world.company.telephone_hours.next_open(world.time[online], world.uniform(f"other.{visit}.open", online))
    world.time[online] = asked + 20 * MINUTE  # the time goes by in both lives: the switch itself is harmless
    if "switch@choice" not in world.off:
        talk(world, "call_consultation", f"other.{visit}", online, asked)


def _look(world: World, visit: int, who: Ints) -> None:
    channel = world.channel[who]
    online, hall, phone = who[channel <= APP], who[channel == BRANCH], who[channel == CALL]
    if visit == 0:
        _arrive(world, online)
    world.act("loan_page_view", online)
    world.pass_minutes(f"look.{visit}", online, 2.0)
    counted = online[world.chance(f"calculator.{visit}", online, 0.62)]
    world.act("calculator_used", counted)
    world.pass_minutes(f"calculator.{visit}.time", counted, 1.5)
    again = counted[world.chance(f"calculator.{visit}.again", counted, 0.3)]
    world.meet("repeat@calculator", again, online)
    if "repeat@calculator" not in world.off:
        world.act("calculator_used", again)
    broken = online[world.chance(f"pdf.{visit}", online, 0.07)]
    world.meet("failure@terms", broken, online)
    if "failure@terms" not in world.off:
        world.act("terms_pdf_error", broken, status="failed")
    world.pass_minutes(f"pdf.{visit}.time", online, 0.8)
    visit_branch(world, f"look.{visit}", hall, "branch_consultation", 14.0)
    asked = world.company.telephone_hours.next_open(world.time[phone], world.uniform(f"phone.{visit}.open", phone))
    world.time[phone] = asked
    world.time[phone] = talk(world, "call_consultation", f"phone.{visit}", phone, asked) + 30.0


def _arrive(world: World, online: Ints) -> None:
    """The click that brought them, with its campaign, where the bank knows it."""
    origin = world.people.origin[online]
    spring = world.time[online] >= world.settings.campaign_day * DAY
    generic = np.where(spring & world.chance("campaign", online, 0.6), 2, 1)
    codes = world.log.vocabulary["campaign"].codes(list(CAMPAIGNS))
    campaign = np.select(
        [origin == 0, origin == 1, origin == 2, origin == 4], [codes[0], codes[generic], codes[3], codes[4]], -1
    )
    clicked = campaign >= 0
    world.act("ad_click", online[clicked], campaign=campaign[clicked])
    world.pass_minutes("arrive", online, 0.3, 0.5)


def visit_branch(
    world: World, name: str, who: Ints, activity: str, minutes: float, seated: Flags | None = None,
    ticket: str = "branch_ticket", **columns: Floats | None,
) -> None:  # fmt: skip
    """A visit: a ticket, the wait in the hall, an employee; the clock stands at its end.

    `seated`: those who still sit with the employee and need no new ticket (unless the branch has closed meanwhile).
    """
    if len(who) == 0:
        return
    came = world.time[who].copy()
    world.to_branch(name, who)
    stays = np.zeros(len(who), dtype=bool) if seated is None else seated & (world.time[who] == came)
    queue = who[~stays]
    world.log.emit(ticket, queue, world.time[queue], channel="branch")
    jitter = np.exp(0.45 * world.normal(f"{name}.hall", who))
    wait = world.company.branches.wait_seconds(world.people.region[who].astype(float), world.time[who], jitter)
    wait = np.minimum(wait, 110 * MINUTE)
    wait[stays] = 0.0
    limit = 20 * MINUTE
    world.meet(f"wait@{ticket}", who[wait > limit], queue)
    if f"wait@{ticket}" in world.off:
        wait = np.minimum(wait, limit)
    longest = world.fact("branch_wait_minutes")
    longest[queue] = np.fmax(longest[queue], wait[~stays] / MINUTE)
    start = world.time[who] + np.maximum(wait, 40.0)
    end = start + minutes * MINUTE * np.exp(0.35 * world.normal(f"{name}.service", who))
    performer = world.branch_of(who)
    world.log.emit(
        activity, who, start, channel="branch", actor="employee", performer=performer, ended_at=end, **columns
    )
    world.fact("branch_at")[who] = end
    world.time[who] = end + 20.0


def talk(world: World, activity: str, name: str, who: Ints, asked: Floats, actor: str = "employee") -> Floats:
    """A call to the contact centre: the line, then an employee; returns when it ends.

    `actor` is the customer where the call is the customer's own need rather than a consultation.
    """
    jitter = world.exponential(f"{name}.line", who)
    wait = world.company.telephone.wait_seconds(np.zeros(len(who)), asked, jitter)
    start = asked + 8.0 + wait
    end = start + 4.5 * MINUTE * np.exp(0.5 * world.normal(f"{name}.talk", who))
    world.log.emit(activity, who, start, channel="call", actor=actor, performer=CONTACT_CENTRE, ended_at=end)
    return end


def apply(world: World) -> None:
    """Customers fill in the form: themselves, with an operator, or with an employee of the branch."""
    who = world.still(np.arange(len(world.cases)))
    at_once = world.chance("apply.now", who, 0.6)
    now = np.zeros(len(world.cases), dtype=bool)
    now[who] = at_once
    world.pass_minutes("apply.soon", who[at_once], 6.0)
    world.pass_days("apply.later", who[~at_once], 1.4)
    channel = world.channel[who]
    online, hall, phone = who[channel <= APP], who[channel == BRANCH], who[channel == CALL]
    world.act("application_started", online)
    world.pass_minutes("apply.otp", online, 0.5, 0.3)
    world.log.emit("otp_sent", online, world.time[online], channel="sms", actor="system")
    world.pass_minutes("apply.phone", online, 0.6, 0.4)
    world.act("phone_confirmed", online)
    _fill_form(world, online)
    filled = online[world.alive[online]]
    world.act("application_submitted", filled, amount=world.cases.amount[filled])
    visit_branch(world, "apply.hall", hall, "application_by_employee", 24.0, now[hall], amount=world.cases.amount[hall])
    asked = world.company.telephone_hours.next_open(world.time[phone], world.uniform("apply.open", phone))
    world.time[phone] = talk(world, "application_by_phone", "apply.call", phone, asked) + 8 * MINUTE
    leaves = np.concatenate([hall, phone])
    world.leave(leaves[world.chance("apply.offline.leaves", leaves, 0.05)])


def _fill_form(world: World, online: Ints) -> None:
    since = world.time[online] >= world.settings.form_day * DAY
    on_site = world.channel[online] == WEB
    likely = np.where(on_site & since, world.settings.form_resets, 0.02)
    world.pass_minutes("form.fill", online, 7.0, 0.4)
    for attempt in range(2):
        resets = online[world.chance(f"form.reset.{attempt}", online, likely * (0.35 if attempt else 1.0))]
        if attempt:
            resets = resets[world.has_met("failure@form")[resets]]
        world.meet("failure@form", resets, online)
        if "failure@form" not in world.off:
            world.act("form_reset", resets, status="failed")
            world.pass_minutes(f"form.again.{attempt}", resets, 5.0, 0.4)
    world.act("form_filled", online)
    elder = world.people.age[online] == 4
    asks = online[world.chance("form.asks", online, 0.04 + 0.26 * elder)]
    asks = asks[(world.time[asks] % DAY > 8 * HOUR) & (world.time[asks] % DAY < 21.5 * HOUR)]
    world.meet("contact@form", asks, online)
    if "contact@form" not in world.off:
        talk(world, "form_help_call", "form.help", asks, world.time[asks] + 60.0, "customer")
    world.pass_minutes("form.check", online, 12.0, 0.4)
    world.pass_minutes("form.talk", asks, 18.0, 0.2)  # passes in both lives: the call itself is harmless
    stays = 0.87 - 0.07 * elder + 0.03 * world.people.salary[online]
    world.leave(online[~world.chance("form.stays", online, stays)])
