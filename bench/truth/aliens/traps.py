"""Companies of one trap each: what looks like the doing of an obstacle and is not, or hides what is.

Each story is short, and all customers differ by nothing but what the trap is about.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Trap
unit: customer
goal: [Done]
within: 30d
stages:
  - stage: Start
    touchpoints:
      - touchpoint: Visit
        when: {activity: [visit]}
        actor: customer
      - touchpoint: Form
        when: {activity: [form, form_rejected]}
        actor: customer
  - stage: Pay
    touchpoints:
      - touchpoint: Payment
        when: {activity: [pay]}
        actor: customer
  - stage: Decide
    touchpoints:
      - touchpoint: Check
        when: {activity: [check]}
        actor: employee
      - touchpoint: Approval
        when: {activity: [approve]}
        actor: employee
  - stage: End
    touchpoints:
      - touchpoint: Done
        when: {activity: [done]}
        actor: customer
      - touchpoint: Use
        when: {activity: [use]}
        actor: customer
"""
_COLUMNS = ("customer_id", "time", "activity", "channel", "actor", "performer", "status")
_SIGNS = 0.6
_LOST = 0.12


def _waited(life: Life, name: str, mean: float) -> float:
    """A time without memory."""
    return 1.0 - mean * math.log(max(1e-12, life.u(name)))


def _ends(life: Life, goal: bool, channel: str = "web") -> None:
    if goal:
        life.happens("done", channel=channel)
        life.goal()
    life.answers("csat", 0.5)


def _pays(life: Life, key: str, chance: float) -> None:
    """To the payment, which fails or not and changes nothing."""
    life.happens("visit", channel="web")
    life.happens("form", _waited(life, "form", 5 * MINUTE), "web")
    life.t += _waited(life, "pay", 5 * MINUTE)
    life.happens("pay", channel="web", status="failed" if life.meets(key, chance) else "ok")
    life.t += _waited(life, "end", 5 * MINUTE)


def _company(
    name: str, seed: int, customers: int, planted: tuple[Planted, ...], story: Callable[[Life], None], days: int = 90
) -> Alien:
    rng = parameters(name, seed)
    people = {"sex": choose(rng, customers, {"m": 1, "f": 1})}
    begins = beginnings(rng, customers, days)
    return Alien(
        name, seed, MAP, planted, people, list(range(customers)), begins, days, 30 * DAY, story, _COLUMNS
    )  # fmt: skip


def lingering(seed: int, customers: int) -> Alien:
    """Whoever is still there fills the form in again; the keen are done by then."""

    def story(life: Life) -> None:
        life.happens("visit", channel="web")
        life.happens("form", _waited(life, "form", 5 * MINUTE), "web")
        life.reached.add("again")
        keen = life.chance("keen", 0.6)
        end = life.t + _waited(life, "end", 20 * MINUTE if keen else 4 * DAY)
        again = life.t + _waited(life, "again at", 3 * DAY)
        if again < end:
            life.t = again
            if life.meets("again", 1.0):
                life.happens("form", channel="web")
        life.t = end
        _ends(life, life.chance("goal", 0.9 if keen else 0.4))

    again = Planted("again", "harmless", "repeat", "Form", "form", 2, why="it comes to whoever is still there")
    return _company("lingering", seed, customers, (again,), story)


def branching(seed: int, customers: int) -> Alien:
    """A quarter leaves before the step at which others change the channel, and a quarter of the rest before the one at
    which others are handed over. By turns of the seed the one costs goals, the other nothing."""
    harmful = ("switch", "handover")[seed % 2]

    def story(life: Life) -> None:
        life.happens("visit", channel="web")
        life.t += _waited(life, "form", 3 * HOUR)
        if life.leaves("before form", 0.25):
            return
        moved = life.meets("switch", 0.3)
        channel = "app" if moved else "web"
        life.happens("form", channel=channel)
        life.happens("check", _waited(life, "check", HOUR), actor="employee", performer="Desk")
        life.t += _waited(life, "approval", 6 * HOUR)
        if life.leaves("before approval", 0.25):
            return
        handed = life.meets("handover", 0.3)
        life.happens("approve", actor="employee", performer="Risk" if handed else "Desk")
        life.t += _waited(life, "end", 3 * HOUR)
        lost = _LOST * (moved if harmful == "switch" else handed)
        _ends(life, life.chance("goal", _SIGNS - lost), channel)

    places = {"switch": ("Form", "form"), "handover": ("Approval", "approve")}
    planted = tuple(
        Planted(
            slug, "barrier" if slug == harmful else "harmless", slug, *place,
            why="" if slug == harmful else "whoever left before could not meet it",
        )
        for slug, place in places.items()
    )  # fmt: skip
    return _company("branching", seed, customers, planted, story)


def delaying(seed: int, customers: int) -> Alien:
    """A failed payment delays; whoever would reach the goal still does, weeks later, many after the data ends."""

    def story(life: Life) -> None:
        life.happens("visit", channel="web")
        life.happens("form", _waited(life, "form", HOUR), "web")
        life.t += _waited(life, "pay", HOUR)
        failed = life.meets("late", 0.25)
        life.happens("pay", channel="web", status="failed" if failed else "ok")
        life.t += _waited(life, "end", 10 * DAY) + failed * _waited(life, "later", 20 * DAY)
        _ends(life, life.chance("goal", _SIGNS))

    late = Planted("late", "harmless", "failure", "Payment", "pay", why="it only delays")
    company = _company("delaying", seed, customers, (late,), story)
    return replace(company, map_yaml=MAP.replace("within: 30d", "within: 365d"), horizon=365 * DAY)


def returning(seed: int, customers: int) -> Alien:
    """Customers go on after the goal, and meet the same obstacle there, when there is nothing left to lose."""

    def story(life: Life) -> None:
        life.happens("visit", channel="web")
        life.happens("form", _waited(life, "form", HOUR), "web")
        refused = life.meets("refused", 0.2)
        if refused:
            life.happens("form_rejected", _waited(life, "refused at", MINUTE), "web", status="failed")
        life.happens("pay", _waited(life, "pay", HOUR), "web", status="ok")
        life.t += _waited(life, "end", HOUR)
        goal = life.chance("goal", _SIGNS - _LOST * refused)
        _ends(life, goal)
        for number in range(6 * goal):
            life.happens("form", _waited(life, f"back {number}", 2 * DAY), "web")
            if life.chance(f"later {number}", 0.08):
                life.happens("form_rejected", MINUTE, "web", status="failed")
            life.happens("use", _waited(life, f"use {number}", HOUR), "web")

    refused = Planted("refused", "barrier", "failure", "Form", "form_rejected")
    return _company("returning", seed, customers, (refused,), story, 60)


def weekdays(seed: int, customers: int) -> Alien:
    """On some days payments fail, and those who come then buy less: by turns of the seed on Mondays, on days of a sale
    that bring three times as many, and on Thursdays and Fridays."""
    turn = seed % 3
    sales = (10, 31, 52, 73)

    def bad(day: int) -> bool:
        return (day % 7 == 0, day in sales, day % 7 in (3, 4))[turn]

    def story(life: Life) -> None:
        on_bad = bad(int(life.begins // DAY))
        _pays(life, "fails", 0.5 if on_bad else 0.08)
        _ends(life, life.chance("goal", 0.35 if on_bad else 0.65))

    fails = Planted("fails", "harmless", "failure", "Payment", "pay", why="idle customers come on the days it fails")
    company = _company("weekdays", seed, customers, (fails,), story)
    if turn != 1:
        return company
    rng = np.random.default_rng([seed, 11])
    drawn = rng.random(customers) < 0.25
    begins = [
        float(rng.choice(sales)) * DAY + begin % DAY if of_sale else begin
        for begin, of_sale in zip(company.begins, drawn, strict=True)
    ]
    return replace(company, begins=begins)


def amounts(seed: int, customers: int) -> Alien:
    """Whoever asks for much fails more often and signs less often: a number of any value beside two dozen attributes
    that say nothing."""
    rng = parameters("amounts", seed)
    of = rng.random(customers)
    people = {"amount": [f"{100 + 9_900 * one:.2f}" for one in of]}
    people |= {f"about_{number}": choose(rng, customers, {"a": 1, "b": 1, "c": 1}) for number in range(24)}

    def story(life: Life) -> None:
        much = (float(life.of["amount"]) - 100) / 9_900
        _pays(life, "fails", 0.05 + 0.5 * much)
        _ends(life, life.chance("goal", 0.85 - 0.5 * much))

    fails = Planted("fails", "harmless", "failure", "Payment", "pay", why="confounded by a number of any value")
    return replace(_company("amounts", seed, customers, (fails,), story), people=people)
