"""A bank's cash loan, from the first visit to the first payment."""

from __future__ import annotations

from importlib.resources import files

from tropa.simulate.bank.feedback import make_feedback
from tropa.simulate.bank.lives import make_bank
from tropa.simulate.bank.truth import make_truth
from tropa.simulate.company import Company, Progress, Simulated
from tropa.simulate.names import case_numbers, customer_ids, named, number_events


def make(customers: int, seed: int, progress: Progress) -> Simulated:
    """All files of the bank with this many customers."""
    bank = make_bank(customers, seed, progress)
    progress("events")
    world = bank.live(recording=True)
    owners, cases = customer_ids(bank.cases.customer), case_numbers(bank.cases.started, "Z26-{}")
    events = number_events(named(world.log.frame(), owners, cases))
    progress("feedback")
    feedback = named(make_feedback(world), owners, cases)
    progress("truth: the same customers again, without each obstacle")
    truth = make_truth(bank, world, owners.to_list(), cases.to_list())
    map_yaml = files("tropa.simulate.bank").joinpath("map.yaml").read_text(encoding="utf-8")
    return Simulated(events, feedback, bank.people.frame(), map_yaml, truth)


BANK = Company("bank", "Банк: кредит наличными", make)
