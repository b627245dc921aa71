"""Whole lives: the bank's queues settle, then every case lives once as it was and once for each obstacle without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tropa.simulate.bank import choice, money, papers
from tropa.simulate.bank.people import Cases, People, draw_people, make_cases
from tropa.simulate.bank.settings import Settings, draw_settings
from tropa.simulate.bank.world import CHECK_PROMISE_SECONDS, Company, World
from tropa.simulate.clock import DAY, DAYS, HOUR
from tropa.simulate.streams import Floats, Ints, Streams

UNDERWRITING_LONG_SECONDS = 24 * HOUR


@dataclass(frozen=True)
class Bank:
    """A bank that is ready to be lived in: queues frozen, cases chosen."""

    settings: Settings
    company: Company
    people: People
    cases: Cases
    severe: Ints

    def live(self, off: frozenset[str] = frozenset(), recording: bool = False) -> World:
        """One life of all cases, without the obstacles named in `off`."""
        return live(self.company, self.cases, self.severe, off, recording)

    def live_again(self, off: frozenset[str], who: Ints) -> World:
        """One more life of the cases `who` (rising) alone; the others would live as before."""
        severe = np.flatnonzero(np.isin(who, self.severe))
        return live(self.company, self.cases.only(who), severe, off, recording=False)


def live(company: Company, cases: Cases, severe: Ints, off: frozenset[str], recording: bool) -> World:
    """From the first visit to the first payment."""
    world = World(company, cases, off, recording)
    choice.choose(world)
    choice.apply(world)
    papers.score(world)
    papers.hand_in_and_check(world)
    papers.decide(world)
    money.offer(world)
    money.sign(world)
    money.pay_out(world)
    money.serve(world, severe)
    if recording:
        money.advertise(world)
    return world


def make_bank(customers: int, seed: int, progress: Callable[[str], None]) -> Bank:
    """Draws the customers, lets the queues settle, and chooses who comes back for a second loan."""
    settings = draw_settings(seed)
    company = Company(settings, seed)
    nobody = np.array([], dtype=np.int64)
    people = draw_people(Streams(seed, customers))
    first = make_cases(settings, people, np.arange(customers), None, Streams(seed + 1, customers))
    progress("queues: first pass")
    world = live(company, first, nobody, frozenset(), recording=False)
    _fit(company, world)
    customer, starts = _with_returning(first, world, seed)
    cases = make_cases(settings, people, customer, starts, Streams(seed + 1, len(customer)))
    for number in (2, 3):
        progress(f"queues: pass {number}")
        world = live(company, cases, nobody, frozenset(), recording=False)
        _fit(company, world)
    world = live(company, cases, nobody, frozenset(), recording=False)
    return Bank(settings, company, people, cases, money.severe_cases(world, customers))


def _fit(company: Company, world: World) -> None:
    company.verification.fit(
        np.concatenate(world.arrivals["verification"]), np.concatenate(world.arrivals["verification.jitter"]),
        CHECK_PROMISE_SECONDS, world.settings.long_checks,
    )  # fmt: skip
    company.underwriting.fit(
        np.concatenate(world.arrivals["underwriting"]), np.concatenate(world.arrivals["underwriting.jitter"]),
        UNDERWRITING_LONG_SECONDS, 0.10,
    )  # fmt: skip


def _with_returning(first: Cases, world: World, seed: int) -> tuple[Ints, Floats]:
    """Customers of all cases, and when those who come back begin (NaN for first cases).

    Most return because it did not work out the first time; some take a second loan later.
    """
    streams = Streams(seed + 2, len(first))
    got_it = ~np.isnan(world.goal_at)
    returns = streams.uniform("returns") < np.where(got_it, 0.06, 0.13)
    pause = np.where(got_it, 75.0, 28.0) * np.exp(0.5 * streams.normal("returns.after"))
    again = world.time + pause * DAY
    returns &= again < (DAYS - 1) * DAY
    who = np.flatnonzero(returns)
    starts = np.concatenate([np.full(len(first), np.nan), again[who]])
    return np.concatenate([first.customer, first.customer[who]]), starts
