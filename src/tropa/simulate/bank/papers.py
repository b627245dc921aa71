"""Stages «Документы» and «Проверка»: documents in, the queue to verification, and back again."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.choice import talk, visit_branch
from tropa.simulate.bank.people import APP, BRANCH, CALL, WEB
from tropa.simulate.bank.world import CHECK_PROMISE_SECONDS, QUALITY, UNDERWRITING, VERIFICATION, World
from tropa.simulate.clock import DAY, HOUR, MINUTE
from tropa.simulate.streams import Floats, Ints

ROUNDS = 3
ATTEMPTS = 4


def score(world: World) -> None:
    """The machine looks at the application first; some are declined within a minute."""
    who = world.still(np.arange(len(world.cases)))
    world.log.emit("scoring_run", who, world.time[who] + 4.0, actor="system", performer="Скоринг")
    world.log.emit("bureau_request", who, world.time[who] + 11.0, actor="system", performer="Бюро кредитных историй")
    world.time[who] += 25.0 + 60.0 * world.exponential("score.time", who)
    job, age = world.people.job[who], world.people.age[who]
    declines = 0.10 + np.array([0.0, 0.05, 0.03, 0.04])[job] + 0.05 * (age == 0) - 0.06 * world.people.salary[who]
    declined = world.chance("score.declines", who, declines)
    world.log.emit(
        "prelim_declined", who[declined], world.time[who[declined]], channel="sms", actor="system", status="declined"
    )
    world.leave(who[declined])
    passed = who[~declined]
    world.log.emit("docs_requested", passed, world.time[passed], channel="sms", actor="system")
    called = passed[world.channel[passed] == CALL]  # documents cannot be sent over the telephone
    world.channel[called] = np.where(
        world.chance("docs.way", called, 0.35), BRANCH, np.where(world.people.salary[called], APP, WEB)
    )


def hand_in_and_check(world: World) -> None:
    """Documents go in, are checked, and come back up to twice."""
    who = world.still(np.arange(len(world.cases)))
    for round_ in range(ROUNDS):
        _hand_in(world, round_, who)
        who = world.still(who)
        who = _check(world, round_, who)


def _hand_in(world: World, round_: int, who: Ints) -> None:
    name = f"docs.{round_}"
    now = np.zeros(len(world.cases), dtype=bool)
    if round_ == 0:
        at_once = world.chance(f"{name}.now", who, 0.55)
        now[who[at_once]] = True
        world.pass_minutes(f"{name}.soon", who[at_once], 9.0)
        world.pass_days(f"{name}.later", who[~at_once], 1.3)
        gone = 0.075 + 0.05 * (world.people.origin[who] == 1) - 0.04 * world.people.salary[who]
        world.leave(who[world.chance(f"{name}.gone", who, gone)])
        who = world.still(who)
    else:
        world.pass_days(f"{name}.again", who, 0.8)
    in_hall = world.channel[who] == BRANCH
    digital, hall = who[~in_hall], who[in_hall]
    done, moved = _upload(world, name, digital)
    branch_goers = np.concatenate([hall, moved])
    seated = now[branch_goers] & (world.cases.channel[branch_goers] == BRANCH)
    seated[len(hall) :] = False
    visit_branch(world, f"{name}.hall", branch_goers, "docs_accepted_branch", 11.0, seated, "branch_ticket_docs")
    extra = done[world.chance(f"{name}.second", done, 0.7)]
    world.pass_minutes(f"{name}.second.time", extra, 1.2, 0.4)
    world.act("doc_upload", extra)
    world.time[extra] += 15.0
    world.fact("upload_at")[done] = world.time[done]


def _upload(world: World, name: str, who: Ints) -> tuple[Ints, Ints]:
    """Uploads with up to four attempts; returns those who managed and those who go to the branch instead."""
    settings = world.settings
    done, moved = [], []
    android = world.people.phone == 0
    for attempt in range(ATTEMPTS):
        bad = (world.channel[who] == APP) & android[who] & (world.time[who] >= settings.upload_day * DAY)
        fails = world.chance(
            f"{name}.fails.{attempt}", who, np.where(bad, settings.upload_fails * (1.0 + 0.25 * (attempt > 0)), 0.025)
        )
        if "failure@upload" in world.off:
            fails = np.zeros(len(who), dtype=bool)
        fine, failed = who[~fails], who[fails]
        world.act("doc_upload", fine)
        world.time[fine] += 12.0
        done.append(fine)
        world.meet("failure@upload", failed, who)
        world.act("doc_upload_failed", failed, status="failed")
        count = world.fact("upload_failures")
        count[failed] = np.nan_to_num(count[failed]) + 1
        draw = world.uniform(f"{name}.reaction.{attempt}", failed)
        leaves = draw < settings.upload_gives_up
        turns = (~leaves) & ((draw > 0.90) | (attempt == ATTEMPTS - 1))
        world.leave(failed[leaves])
        moved.append(failed[turns])
        world.pass_days(f"{name}.turn.{attempt}", failed[turns], 0.9)
        who = failed[~leaves & ~turns]
        waits = world.chance(f"{name}.waits.{attempt}", who, 0.35)
        world.pass_minutes(f"{name}.retry.{attempt}", who[~waits], 4.0)
        world.pass_days(f"{name}.tomorrow.{attempt}", who[waits], 0.8)
    return np.concatenate(done), np.concatenate(moved)


def _check(world: World, round_: int, who: Ints) -> Ints:
    """Verification; returns the cases whose documents come back."""
    name = f"check.{round_}"
    promised = world.time[who] + CHECK_PROMISE_SECONDS
    world.log.emit(
        "check_queued", who, world.time[who], actor="system", performer="Конвейер заявок", promised_at=promised
    )
    by_machine = world.people.salary[who] & world.chance(f"{name}.machine", who, 0.8)
    machine, manual = who[by_machine], who[~by_machine]
    world.meet("wait@check", machine[:0], who)
    world.time[machine] += 45.0 + 90.0 * world.exponential(f"{name}.machine.time", machine)
    world.log.emit("auto_verification", machine, world.time[machine], actor="system", performer="Конвейер заявок")
    manual = _wait_for_check(world, name, manual)
    work = 17 * MINUTE * np.exp(0.45 * world.normal(f"{name}.work", manual))
    start = world.time[manual]
    world.log.emit("verification", manual, start, actor="employee", performer=VERIFICATION, ended_at=start + work)
    world.time[manual] = start + work + 5.0
    if round_ == ROUNDS - 1 or "return@check" in world.off:
        return manual[:0]
    likely = (
        world.settings.returns * np.array([0.72, 2.2, 1.9, 0.6])[world.people.job[manual]] * (0.5 if round_ else 1.0)
    )
    back = manual[world.chance(f"{name}.returns", manual, likely)]
    world.meet("return@check", back, manual)
    world.log.emit(
        "docs_returned",
        back,
        world.time[back],
        channel="sms",
        actor="employee",
        performer=VERIFICATION,
        status="returned",
    )
    world.time[back] += 30.0
    gone = world.chance(f"{name}.gives_up", back, world.settings.return_gives_up)
    world.leave(back[gone])
    return back[~gone]


def _wait_for_check(world: World, name: str, who: Ints) -> Ints:
    """The queue to verification: patience runs out, people ask what is going on; returns those who were served."""
    asked = world.time[who]
    world.arrivals.setdefault("verification", []).append(asked)
    jitter = np.exp(0.5 * world.normal(f"{name}.jitter", who)) * np.where(world.people.segment[who] == 2, 0.7, 1.0)
    world.arrivals.setdefault("verification.jitter", []).append(jitter)
    pickup = 5 * MINUTE * world.exponential(f"{name}.pickup", who)
    wait = world.company.verification.start(asked + pickup, jitter) - asked
    world.arrivals.setdefault("verification.wait", []).append(wait)
    patience = world.settings.patience_hours * HOUR * np.exp(0.85 * world.normal(f"{name}.patience", who))
    over = (wait > CHECK_PROMISE_SECONDS) & (patience > CHECK_PROMISE_SECONDS)
    world.meet("wait@check", who[over], who[over])
    if "wait@check" in world.off:
        wait = np.minimum(wait, CHECK_PROMISE_SECONDS)
    felt = np.minimum(wait, patience)
    longest = world.fact("check_wait_hours")
    longest[who] = np.fmax(longest[who], felt / HOUR)
    _ask_meanwhile(world, name, who, asked, felt)
    tired = patience < wait
    gone = who[tired]
    left_at = asked[tired] + patience[tired]
    tells = world.chance(f"{name}.withdraws", gone, 0.3)
    channel = world.channel[gone][tells]
    left = left_at[tells]
    day_time = (left % DAY > 9 * HOUR) & (left % DAY < 22 * HOUR)
    world.log.emit(
        "application_withdrawn", gone[tells][day_time], left[day_time], channel=channel[day_time], status="withdrawn"
    )
    world.leave(gone)
    served = ~tired
    world.time[who] = asked + felt
    return who[served]


def _ask_meanwhile(world: World, name: str, who: Ints, asked: Floats, felt: Floats) -> None:
    """Status looks, calls and chats while the check goes on: they grow with the wait and decide nothing."""
    for look in range(3):
        at = asked + (0.12 + 0.8 * world.uniform(f"{name}.status.{look}", who)) * felt
        looks = (world.uniform(f"{name}.looks.{look}", who) < np.minimum(0.06 + felt / (60 * HOUR), 0.65)) & (
            felt > HOUR
        )
        looks &= (world.channel[who] <= APP) & (at % DAY > 7.5 * HOUR)
        world.log.emit(
            "status_checked",
            who[looks],
            at[looks],
            channel=world.channel[who[looks]],
            device=world.device_of(who[looks]),
        )
    early = world.chance(f"{name}.early", who, 0.04)
    moment = np.where(
        early, 2 * HOUR + world.uniform(f"{name}.ask.early", who) * 20 * HOUR,
        CHECK_PROMISE_SECONDS + 0.3 * HOUR + 7 * HOUR * world.exponential(f"{name}.ask.late", who),
    )  # fmt: skip
    at = asked + moment
    night = (at % DAY < 8.5 * HOUR) | (at % DAY > 21.3 * HOUR)
    at = np.where(
        night, np.floor((at + 2.7 * HOUR) / DAY) * DAY + (9.0 + 2.5 * world.uniform(f"{name}.morning", who)) * HOUR, at
    )
    moment = at - asked
    asks = (world.chance(f"{name}.asks", who, 0.75) | early) & (moment < felt - 0.5 * HOUR)
    world.meet("contact@check", who[asks], who)
    if "contact@check" in world.off:
        return
    by_chat = world.chance(f"{name}.chat", who, np.where(world.channel[who] <= APP, 0.5, 0.1))
    calls, chats = who[asks & ~by_chat], who[asks & by_chat]
    talk(world, "support_call", f"{name}.call", calls, at[asks & ~by_chat], "customer")
    chat(world, f"{name}.chat", chats, at[asks & by_chat])
    world.fact("support_at")[who[asks]] = at[asks] + 20 * MINUTE
    angry = asks & world.chance(f"{name}.complains", who, np.where(felt > 40 * HOUR, 0.16, 0.02))
    complain(world, f"{name}.complaint", who[angry], at[angry] + 25 * MINUTE)


def chat(world: World, name: str, who: Ints, asked: Floats) -> None:
    """A question in the chat and its answer; the answer takes minutes."""
    world.log.emit("support_chat", who, asked, channel="chat")
    start = asked + 30.0 + 3.5 * MINUTE * world.exponential(f"{name}.answer", who)
    end = start + 6 * MINUTE * np.exp(0.5 * world.normal(f"{name}.talk", who))
    world.log.emit(
        "chat_answered", who, start, channel="chat", actor="employee", performer="Контакт-центр", ended_at=end
    )


def complain(world: World, name: str, who: Ints, at: Floats) -> None:
    """A complaint, and the bank's answer some days later; one in six is never answered."""
    channel = np.where(world.channel[who] == WEB, WEB, APP)
    world.log.emit("complaint_filed", who, at, channel=channel, promised_at=at + 5 * DAY)
    world.fact("complaint_at")[who] = at
    answered = world.chance(f"{name}.answered", who, 0.84)
    days = 3.0 * np.exp(0.4 * world.normal(f"{name}.days", who[answered]))
    when = world.company.quality_hours.next_open(
        at[answered] + days * DAY, world.uniform(f"{name}.open", who[answered])
    )
    world.log.emit("complaint_answered", who[answered], when, channel="call", actor="employee", performer=QUALITY)


def decide(world: World) -> None:
    """Underwriting for those whom the machine does not decide on, then the decision."""
    who = world.still(np.arange(len(world.cases)))
    by_machine = world.people.salary[who] & world.chance("decide.machine", who, 0.7)
    manual = who[~by_machine]
    asked = world.time[manual]
    jitter = np.exp(0.4 * world.normal("decide.jitter", manual))
    world.arrivals.setdefault("underwriting", []).append(asked)
    world.arrivals.setdefault("underwriting.jitter", []).append(jitter)
    start = world.company.underwriting.start(asked + 8 * MINUTE * world.exponential("decide.pickup", manual), jitter)
    end = start + 15 * MINUTE * np.exp(0.4 * world.normal("decide.work", manual))
    world.log.emit("underwriting", manual, start, actor="employee", performer=UNDERWRITING, ended_at=end)
    world.time[manual] = end + 10.0
    calls = manual[world.chance("decide.employer", manual, 0.3) & (world.people.job[manual] == 0)]
    rung = world.company.underwriting.start(
        world.time[calls] + 20 * MINUTE * world.exponential("decide.ring", calls), np.zeros(len(calls))
    )
    reached = world.chance("decide.reached", calls, 0.78)
    world.log.emit(
        "employer_call", calls[reached], rung[reached], channel="call", actor="employee", performer=UNDERWRITING
    )  # fmt: skip
    world.log.emit(
        "employer_call",
        calls[~reached],
        rung[~reached],
        channel="call",
        actor="employee",
        performer=UNDERWRITING,
        status="no_answer",
    )
    world.time[calls] = rung + 4 * MINUTE
    _security(world, manual)
    world.time[who] += 20.0 + 40.0 * world.exponential("decide.time", who)
    _decision(world, who)


def _security(world: World, manual: Ints) -> None:
    """A second department looks at some cases; nothing hangs on it."""
    handed = manual[world.chance("decide.security", manual, 0.16)]
    world.meet("handover@security", handed, manual)
    if "handover@security" in world.off:
        return
    wait = 25 * MINUTE * world.exponential("decide.security.wait", handed)
    start = world.company.security.start(world.time[handed] + wait, np.ones(len(handed)))
    end = start + 9 * MINUTE * np.exp(0.3 * world.normal("decide.security.work", handed))
    world.log.emit("security_check", handed, start, actor="employee", performer="Служба безопасности", ended_at=end)
    world.time[handed] = end + 10.0


def _decision(world: World, who: Ints) -> None:
    job, age = world.people.job[who], world.people.age[who]
    declines = world.settings.decline + np.array([0.0, 0.04, 0.06, 0.02])[job] + 0.05 * (age == 0) + 0.04 * (age == 4)
    declined = world.chance("decide.declines", who, declines - 0.10 * world.people.salary[who])
    gone = who[declined]
    world.log.emit("decision_declined", gone, world.time[gone], channel="sms", actor="system", status="declined")
    world.fact("declined_at")[gone] = world.time[gone]
    world.leave(gone)
    approved = who[~declined]
    world.log.emit("decision_approved", approved, world.time[approved], channel="sms", actor="system")
