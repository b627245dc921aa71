"""A T-shirt from the idea to the locker, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tropa.simulate.clock import DAY, HOUR, MINUTE, Hours, weekday
from tropa.simulate.streams import Ints
from tropa.simulate.walk import Walk

if TYPE_CHECKING:
    from tropa.simulate.tshirts import Settings

PRINT_PROMISE_SECONDS = 3 * DAY
STAND_PROMISE_SECONDS = 12 * MINUTE
CENTRE = Hours(10.0, 21.0, (0, 1, 2, 3, 4, 5, 6), holidays=True)
WORKSHOP = Hours(10.0, 18.0)
SITE, STAND, CALL, LOCKER = range(4)


def design(walk: Walk, settings: Settings) -> None:
    """A look at the shop, a stop at the stand, some rounds in the editor."""
    online, passing = walk.everybody[walk.channel == SITE], walk.everybody[walk.channel == STAND]
    walk.act("page_opened", online)
    walk.pass_minutes("page", online, 3.0)
    _stand(walk, settings, "stand", passing)
    instagram = walk.people.has("found", "Instagram")[online]
    drops_in = online[walk.chance("drops_in", online, 0.05 + 0.3 * instagram)]
    walk.pass_days("drops_in", drops_in, 1.0)
    walk.reopen("drops_in", drops_in, CENTRE)
    talks = walk.strike("switch@design", drops_in, online)
    walk.log.emit("stand_talk", talks, walk.time[talks], channel="stand", actor="employee", performer="Stand")
    walk.time[drops_in] += 20 * MINUTE  # goes by in both lives: the visit itself is harmless
    gift = walk.people.has("buyer", "gift")
    rounds = 1 + walk.streams.choice("rounds", np.where(gift[:, None], [0.2, 0.4, 0.4], [0.6, 0.3, 0.1]))
    for number in range(3):
        who = walk.everybody[rounds > number]
        if number:
            walk.pass_days(f"edit.{number}", who, 1.2)
            walk.reopen(f"edit.{number}", who[walk.channel[who] == STAND], CENTRE)
        walk.act("design_edited", who)
        walk.pass_minutes(f"edit.{number}.time", who, 9.0)
        broken = walk.strike("failure@preview", who[walk.chance(f"preview.{number}", who, 0.07)], who)
        walk.act("preview_failed", broken, 0.0, status="failed")
        again = walk.strike("repeat@editor", who[walk.chance(f"edit.{number}.again", who, 0.28)], who)
        walk.time[who] += MINUTE
        walk.act("design_edited", again, 0.0)
    leaves = 0.1 + 0.14 * walk.people.has("found", "Instagram") + 0.12 * gift
    walk.lose("edit.leaves", walk.everybody, leaves)


def _stand(walk: Walk, settings: Settings, name: str, who: Ints) -> None:
    """The queue at the stand in the shopping centre, long at weekends in the biggest centre."""
    walk.reopen(name, who, CENTRE)
    walk.act("stand_queue", who, 0.0)
    busy = (weekday(walk.time[who]) >= 5) & walk.people.has("town", "Riverside")[who]
    long = who[walk.chance(f"{name}.long", who, np.where(busy, settings.queue_share, 0.12))]
    felt = np.isin(who, walk.strike("wait@stand", long, who))
    short = (1 + 9 * walk.uniform(f"{name}.short", who)) * MINUTE
    waited = np.where(felt, STAND_PROMISE_SECONDS + (1 + 16 * walk.uniform(f"{name}.wait", who)) * MINUTE, short)
    start = walk.time[who] + waited
    walk.log.emit("stand_talk", who, start, channel="stand", actor="employee", performer="Stand", ended_at=start + 240)
    walk.fact("stand_at")[who] = start + 240
    walk.time[who] += 40 * MINUTE  # in both lives, so that only the mood can differ


def order(walk: Walk, settings: Settings) -> None:
    """The checkout, with a voucher or without."""
    who = walk.still(walk.everybody)
    walk.pass_minutes("checkout", who, 5.0)
    gift = walk.people.has("buyer", "gift")[who]
    bad = walk.since(who, settings.voucher_day)
    likely = np.where(bad, settings.voucher_fails * np.where(gift, 1.8, 0.7), 0.02)
    failed = walk.strike("failure@voucher", who[walk.chance("voucher", who, likely)], who)
    walk.act("voucher_failed", failed, 0.0, status="failed")
    walk.time[who] += 90.0
    who = walk.lose("checkout.leaves", who, 0.13)
    walk.act("order_placed", who)
    walk.fact("order_at")[who] = walk.time[who]


def produce(walk: Walk, settings: Settings) -> None:
    """The proof, back to the editor for some; the print queue, which is longer than promised for many."""
    who = walk.still(walk.everybody)
    team = walk.people.has("buyer", "team") & (walk.journeys.channel == SITE)
    trying = who
    for attempt in range(2):
        walk.time[trying] += 2 * HOUR * (0.3 + walk.exponential(f"proof.{attempt}", trying))
        walk.reopen(f"proof.{attempt}", trying, WORKSHOP)
        likely = np.where(team[trying], settings.rejected, 0.07) / (1 + attempt)
        back = walk.strike("return@proof", trying[walk.chance(f"proof.{attempt}.bad", trying, likely)], trying)
        columns = {"actor": "employee", "performer": "Pre-press"}
        fine = trying[np.isin(trying, back, invert=True)]
        walk.log.emit("proof_approved", fine, walk.time[fine], **columns)
        walk.log.emit("proof_rejected", back, walk.time[back], status="returned", **columns)
        trying = walk.lose(f"proof.{attempt}.gives_up", back, settings.rejected_gives_up)
        walk.pass_days(f"proof.{attempt}.again", trying, 1.0)
        walk.act("design_edited", trying, 10 * MINUTE)
    who = walk.still(who)
    walk.time[who] += 60.0
    walk.log.emit(
        "print_queued", who, walk.time[who], actor="system", performer="Queue",
        promised_at=walk.time[who] + PRINT_PROMISE_SECONDS,
    )  # fmt: skip
    patience = settings.patience_days * DAY * np.exp(0.7 * walk.normal("patience", who))
    served, _ = walk.wait_or_leave(
        "broken_promise@print", who, walk.desk_wait("print", who), PRINT_PROMISE_SECONDS, patience
    )
    gone = who[~walk.alive[who]]
    says = gone[walk.chance("cancels", gone, 0.6)]
    walk.sleep("cancels", says)
    walk.act("order_cancelled", says, status="cancelled")
    walk.work("printed", served, "Print room", 22.0)


def pick_up(walk: Walk, settings: Settings) -> None:
    """The code, the locker, a call where it stays shut; a few bring the shirt back."""
    who = walk.still(walk.everybody)
    walk.system("ready_notice", who)
    walk.pass_days("pickup", who, 1.4)
    walk.reopen("pickup", who, CENTRE)
    who = walk.lose("pickup.forgets", who, 0.04)
    walk.act("pickup_visit", who, channel=np.full(len(who), LOCKER))
    broken = walk.people.has("town", settings.locker_town)[who] & walk.since(who, settings.locker_day)
    shut = walk.chance("locker", who, np.where(broken, settings.locker_fails, 0.04))
    felt = walk.strike("contact@pickup", who[shut], who)
    walk.ask("pickup_call", felt, walk.time[felt] + 2 * MINUTE, "Care")
    walk.time[felt] += 12 * MINUTE
    who = np.setdiff1d(who, felt[walk.chance("locker.gives_up", felt, settings.locker_gives_up)])
    left = np.setdiff1d(felt, who)
    walk.leave(left)
    walk.time[who] += MINUTE
    walk.goal_at[who] = walk.time[who]
    price = np.round(9.0 * np.exp(0.5 * walk.normal("price", who)), 2)
    walk.log.emit("collected", who, walk.time[who], channel="locker", value=price)
    returns = who[walk.chance("returns", who, 0.06)]
    walk.pass_days("returns", returns, 4.0)
    walk.reopen("returns", returns, CENTRE)
    walk.act("shirt_returned", returns, channel=np.full(len(returns), STAND))
    walk.log.emit(
        "refund_paid", returns, walk.time[returns] + 2 * DAY, actor="system", value=-price[np.isin(who, returns)]
    )
    walk.go_wrong("Care", "call")
