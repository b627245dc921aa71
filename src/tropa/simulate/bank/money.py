"""Stages «Решение и оффер», «Подписание», «Выдача» and «Обслуживание»: from the offer to the first payment."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.choice import talk, visit_branch
from tropa.simulate.bank.papers import complain
from tropa.simulate.bank.people import APP, BRANCH, WEB
from tropa.simulate.bank.world import CONTACT_CENTRE, World
from tropa.simulate.clock import DAY, DAYS, HOUR, MINUTE, awake
from tropa.simulate.streams import Ints

MONEY_PROMISE_SECONDS = HOUR


def offer(world: World) -> None:
    """The customer looks at the offer, may ask for a call, and takes it or not."""
    who = world.still(np.arange(len(world.cases)))
    hours = 3.0 * np.exp(1.1 * world.normal("offer.wait", who))
    world.time[who] = awake(world.time[who] + hours * HOUR, world.uniform("offer.awake", who))
    in_hall = world.channel[who] == BRANCH
    world.log.emit("offer_viewed", who[in_hall], world.time[who[in_hall]], channel="sms")
    world.act("offer_viewed", who[~in_hall])
    world.time[who] += 60.0
    _callback(world, who)
    worse_rate = world.chance("offer.rate", who, np.where(world.people.salary[who], 0.1, 0.32))
    world.fact("rate_surprise")[who] = worse_rate.astype(float)
    late_hours = np.nan_to_num(world.fact("check_wait_hours")[who]) - 24.0
    tired = world.settings.fatigue * np.clip(late_hours / 48.0, 0.0, 1.0)
    accepts = 0.88 + 0.05 * world.people.salary[who] - 0.05 * (world.people.origin[who] == 1) - tired
    taken = world.chance("offer.accepts", who, accepts)
    puts_off = world.chance("offer.puts_off", who, 0.25)
    world.pass_minutes("offer.thinks", who[~puts_off], 25.0, 0.9)
    world.pass_days("offer.later", who[puts_off], 1.2)
    world.sleep("offer.sleep", who)
    refused = who[~taken]
    says_so = refused[world.chance("offer.says", refused, 0.45)]
    world.act("offer_declined", says_so, status="declined")
    world.leave(refused)
    world.act("offer_accepted", who[taken])
    world.time[who[taken]] += 30.0


def _callback(world: World, who: Ints) -> None:
    """A call that was promised within two hours, and comes in time, days later, or never."""
    asks = who[world.chance("callback.asks", who, 0.26)]
    asks = asks[(world.time[asks] % DAY > 8.5 * HOUR) & (world.time[asks] % DAY < 19 * HOUR)]
    promised = world.time[asks] + 2 * HOUR
    world.act("callback_requested", asks, promised_at=promised)
    broken = world.chance("callback.broken", asks, world.settings.broken_callbacks)
    world.meet("broken_promise@callback", asks[broken], asks)
    if "broken_promise@callback" in world.off:
        broken = np.zeros(len(asks), dtype=bool)
    kept_at = world.time[asks] + (0.15 + 1.5 * world.uniform("callback.wait", asks)) * HOUR
    never = world.chance("callback.never", asks, 0.45)
    late_at = world.time[asks] + (1 + 1.2 * world.uniform("callback.days", asks)) * DAY
    hour = 9 * HOUR + (late_at % DAY) * 10 / 24
    late_at = np.maximum(np.floor(late_at / DAY) * DAY + hour, promised + HOUR)
    at = np.where(broken, late_at, kept_at)
    called = ~(broken & never)
    end = at + 5 * MINUTE * np.exp(0.4 * world.normal("callback.talk", asks))
    world.log.emit(
        "callback_made",
        asks[called],
        at[called],
        channel="call",
        actor="employee",
        performer=CONTACT_CENTRE,
        ended_at=end[called],
    )
    waited = np.where(called, end, promised + (0.5 + 8 * world.uniform("callback.gave_up", asks)) * HOUR)
    world.time[asks] = awake(waited + 60.0, world.uniform("callback.awake", asks))


def sign(world: World) -> None:
    """Signing by a code from an SMS, or with an employee at a booked time."""
    who = world.still(np.arange(len(world.cases)))
    world.leave(who[world.chance("sign.gone", who, 0.045)])
    who = world.still(who)
    in_hall = (world.channel[who] == BRANCH) | world.chance("sign.hall", who, 0.08)
    hall, digital = who[in_hall], who[~in_hall]
    slot = awake(
        world.time[hall] + (0.6 + world.uniform("sign.slot", hall)) * DAY, world.uniform("sign.slot.awake", hall)
    )
    booked_at = world.time[hall]
    world.time[hall] = slot
    world.to_branch("sign", hall)
    world.log.emit("signing_booked", hall, booked_at, channel="app", promised_at=world.time[hall] + 30 * MINUTE)
    visit_branch(world, "sign.hall", hall, "contract_signed_branch", 19.0, ticket="branch_ticket_signing")
    world.log.emit("sign_code_sent", digital, world.time[digital], channel="sms", actor="system")
    world.pass_minutes("sign.code", digital, 1.0, 0.5)
    slips = digital[world.chance("sign.slips", digital, 0.09)]
    world.meet("failure@sign", slips, digital)
    if "failure@sign" not in world.off:
        world.act("sign_code_failed", slips, status="failed")
        world.log.emit("sign_code_sent", slips, world.time[slips] + 20.0, channel="sms", actor="system")
    world.pass_minutes("sign.reads", digital, 2.5, 0.5)
    world.act("contract_signed", digital, promised_at=world.time[digital] + MONEY_PROMISE_SECONDS)
    insured = who[world.chance("sign.insurance", who, np.where(in_hall, 0.62, 0.3))]
    world.fact("insurance")[insured] = in_hall[np.isin(who, insured)].astype(float)
    world.time[who] += 20.0


def pay_out(world: World) -> None:
    """The money: within minutes while operations work, on the next business morning otherwise."""
    who = world.still(np.arange(len(world.cases)))
    asked = world.time[who]
    wait = 9 * MINUTE * (0.3 + world.exponential("money.wait", who))
    start = world.company.operations.start(asked + wait, np.ones(len(who))) + 6 * MINUTE * world.exponential(
        "money.order", who
    )
    delay = start - asked
    late = delay > MONEY_PROMISE_SECONDS
    world.meet("wait@sign", who[late], who)
    if "wait@sign" in world.off:
        delay = np.minimum(delay, MONEY_PROMISE_SECONDS)
    world.fact("money_delay_hours")[who] = delay / HOUR
    world.time[who] = asked + delay
    world.goal_at[who] = world.time[who]
    rate = np.array([0.075, 0.062, 0.05])[world.people.segment[who]]
    world.log.emit(
        "money_disbursed", who, world.time[who], actor="system", performer="Операционный центр",
        value=np.round(world.cases.amount[who] * rate, 2), amount=world.cases.amount[who],
    )  # fmt: skip


def serve(world: World, severe: Ints) -> None:
    """The month after: the schedule, the first payment, and the few cases that go very wrong (`severe`)."""
    who = world.still(np.arange(len(world.cases)))
    paid_out = world.time[who].copy()
    looks = who[world.chance("serve.schedule", who, 0.62)]
    world.pass_days("serve.schedule.at", looks, 2.0)
    digital = np.where(world.channel[looks] == WEB, WEB, APP)
    world.log.emit("schedule_viewed", looks, world.time[looks], channel=digital, device=world.device_of(looks, digital))
    world.time[who] = paid_out + (27.5 + 4 * world.uniform("serve.pay.day", who)) * DAY
    world.sleep("serve.pay", who)
    fails = who[world.chance("serve.fails", who, 0.045)]
    world.log.emit("payment_failed", fails, world.time[fails], channel="app", actor="system", status="failed")
    world.time[fails] += (2 + 20 * world.uniform("serve.retry", fails)) * HOUR
    world.sleep("serve.retry", fails)
    monthly = np.round(world.cases.amount[who] * 0.028, 0)
    world.log.emit("first_payment", who, world.time[who], channel="app", amount=monthly)
    _double_charge(world, np.intersect1d(who, severe))


def _double_charge(world: World, who: Ints) -> None:
    """The payment is taken twice; the customer calls, complains, complains again."""
    charged = world.time[who] + 40.0
    world.log.emit(
        "first_payment",
        who,
        charged,
        channel="app",
        actor="system",
        amount=np.round(world.cases.amount[who] * 0.028, 0),
    )
    morning = np.floor(charged / DAY) * DAY + (34 + 3 * world.uniform("severe.call", who)) * HOUR
    talk(world, "service_call", "severe.call", who, morning, "customer")
    complain(world, "severe.complaint", who, morning + 2 * HOUR)
    second = morning + 6 * DAY
    world.log.emit("complaint_filed", who, second, channel="app", promised_at=second + 5 * DAY)
    world.fact("double_charge")[who] = second


def advertise(world: World) -> None:
    """Marketing messages to the telephone, whatever the customer does meanwhile."""
    online = np.flatnonzero(world.cases.channel <= APP)
    begun = world.cases.started[online]
    for number in range(3):
        gets = world.chance(f"push.{number}", online, 0.33)
        at = begun + world.uniform(f"push.{number}.at", online) * np.minimum(
            world.time[online] + 5 * DAY - begun, 40 * DAY
        )
        at = np.floor(at / DAY) * DAY + (10 + 9 * world.uniform(f"push.{number}.hour", online)) * HOUR
        gets &= at > begun
        world.log.emit("push_sent", online[gets], at[gets], channel="app", actor="system", performer="Маркетинг")


def severe_cases(world: World, customers: int) -> Ints:
    """Chooses the few cases that are charged twice, among those whose payment falls into the period."""
    room = np.flatnonzero(world.goal_at < (DAYS - 45) * DAY)
    count = min(len(room), max(2, customers // 8000))
    return np.sort(world.streams.generator("severe").permutation(room)[:count])
