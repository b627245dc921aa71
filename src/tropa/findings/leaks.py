"""Attributes that tell how a journey ended: they were written when it was over, whatever rows they stand on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tropa.cx.obstacles.looked import Looked, Seen
from tropa.cx.obstacles.table import HISTORY
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Ints

DECIDES = 0.8
"""An attribute that takes away so much of all doubt about the goal (mutual information over entropy) decides it."""
FEWEST = 200
FEWEST_OF_EACH = 20
FEWEST_OF_A_VALUE = 5


def without_leaks(seen: Seen) -> tuple[Seen, tuple[str, ...]]:
    """The same without attributes that decide the goal, and their names.

    Nothing known at the start of a journey tells almost surely how it ends. What does was known at the end only: to
    compare customers who are alike in it would hide every effect.
    """
    if not seen.lens.has_goal:
        return seen, ()
    looked = seen.looked
    over = ~looked.known.under_way
    reached = looked.known.goal_us != NO_TIME
    enough = min(int((reached & over).sum()), int((~reached & over).sum())) >= FEWEST_OF_EACH
    if not enough or int(over.sum()) < FEWEST:
        return seen, ()
    of_event = _first_told(looked, len(seen.attributes.event))
    leaking = {
        name
        for names, codes in ((seen.attributes.event, of_event), (seen.attributes.customer, looked.known.attributes))
        for place, name in enumerate(names)
        if _decides(codes[over, place], reached[over])
    }
    return (_without(seen, leaking), tuple(sorted(leaking))) if leaking else (seen, ())


def _first_told(looked: Looked, attributes: int) -> Array:
    """[journey, attribute] of events as of each journey's earliest trial, ABSENT where it is in none."""
    told = np.full((len(looked.known), attributes), ABSENT, dtype=np.int16)
    first_us = np.full(len(looked.known), np.iinfo(np.int64).max)
    for trials, history in zip(looked.trials, looked.history, strict=True):
        order = np.argsort(-trials.landmark_us, kind="stable")
        journey, at_us = trials.journey[order], trials.landmark_us[order]
        # Of one journey the earliest is written last, and stays.
        earlier = at_us < first_us[journey]
        told[journey[earlier]] = history[order[earlier]][:, len(HISTORY) :]
        first_us[journey[earlier]] = at_us[earlier]
    return told


def _decides(codes: Array, reached: Array) -> bool:
    """Values that few journeys have say nothing: of them it could be chance."""
    levels, value, count = np.unique(codes, return_inverse=True, return_counts=True)
    if len(levels) < 2:
        return False
    often = (count >= FEWEST_OF_A_VALUE)[value]
    goals = np.bincount(value[often], reached[often], minlength=len(levels))
    total = np.bincount(value[often], minlength=len(levels))
    if int(often.sum()) < FEWEST:
        return False
    left = float((total * _doubt(goals, total)).sum() / total.sum())
    whole = float(_doubt(goals.sum(), total.sum()))
    return whole > 0 and 1 - left / whole >= DECIDES


def _doubt(goals: Array | Ints, total: Array | Ints) -> Array:
    """Entropy of shares."""
    share = np.asarray(goals) / np.maximum(total, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = -share * np.log2(share) - (1 - share) * np.log2(1 - share)
    return np.nan_to_num(bits)


def _without(seen: Seen, leaking: set[str]) -> Seen:
    """Attributes that nobody knows any more: where all are alike there is nothing to adjust for."""
    looked = seen.looked
    event = [len(HISTORY) + place for place, name in enumerate(seen.attributes.event) if name in leaking]
    customer = [place for place, name in enumerate(seen.attributes.customer) if name in leaking]
    known = looked.known.attributes.copy()
    known[:, customer] = ABSENT
    history = []
    for codes in looked.history:
        blank = codes.copy()
        blank[:, event] = ABSENT
        history.append(blank)
    return replace(seen, looked=replace(looked, history=tuple(history), known=replace(looked.known, attributes=known)))
