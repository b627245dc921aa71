"""The lenses of `moments_of_truth`: paths, experience against outcome, and what the final answer hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from tropa.analyses.moments_of_truth_counts import Counted
from tropa.analyses.moments_of_truth_loops import (
    ANSWERED,
    ARRIVES,
    FAILED,
    FIRST_STEP,
    LATE,
    LOW,
    MET,
    MOST_STEPS,
    REPEATED,
    SEEN,
    UNSERVED,
)
from tropa.analyses.moments_of_truth_plan import Plan
from tropa.engine.journeys import ABSENT, Floats
from tropa.stats.grouped_regression import regress
from tropa.stats.removal import removal_effects
from tropa.stats.shares import Moments, jackknife, lmg

OUTCOMES = ("goal", "return", "recommendation")
FEWEST = 20
"""Journeys with and without an experience that it takes to compare them at all."""
GOING_ON = 0.1
"""Share of journeys that go on after an event, less than which it is an end."""
MOST_DRIVERS = 8
_CONFIDENT = 0.975


@dataclass(frozen=True, slots=True)
class Effect:
    """How the outcome differs between journeys that met this at the touchpoint and the others that came there.

    outcome: goal, return (the customer comes back for another journey) or recommendation (points of the final answer).
    experience: failure (a step failed), wait (beyond the expectation or the promise), repeat (the same again
    later), low_score (an answer about it in the lower half of its scale, against other answers), step (an
    unusual activity here: of the company, of a call for help, or with a status of its own; `activity` names it).
    effect: adjusted for what went wrong before, the way that led here, channel, attributes
    and calendar; a share for goal and return, in points for recommendation. n: journeys that came; exposed: of these,
    met it. plain: difference without any adjustment.
    p, q: of no effect; q after control of false discoveries over all effects of the answer.
    explained: share of the outcome's variance among those who came that this alone explains.
    """

    outcome: str
    experience: str
    activity: str | None
    effect: float
    effect_low: float
    effect_high: float
    n: int
    exposed: int
    plain: float | None
    p: float
    q: float | None
    explained: float


@dataclass(frozen=True, slots=True)
class Path:
    """Markov lens. removal: share of the goals that would be lost if the touchpoint led nowhere; swing: how much the
    chance of the goal moves here, on average over all journeys, whatever the direction."""

    removal: float
    removal_low: float | None
    removal_high: float | None
    swing: float
    swing_low: float | None
    swing_high: float | None


@dataclass(frozen=True, slots=True)
class Driver:
    """Share of the variance of the final answer that hangs on the touchpoint, shared out fairly among correlated ones
    (LMG). experience: on what was met there; score: on what was answered about it."""

    experience: float | None
    experience_low: float | None
    experience_high: float | None
    score: float | None
    score_low: float | None
    score_high: float | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """An experience at a node: its columns (the first takes up the others), and whether the arrival is itself it."""

    experience: str
    activity: str | None
    columns: tuple[int, ...]
    arrives: bool = False
    among: int = 0


def effects(total: Counted, layout: Plan, activities: Sequence[str]) -> dict[int, list[Effect]]:
    """Effects by node, in the order of outcomes and experiences."""
    found: dict[int, list[Effect]] = {}
    names = {
        (int(node), int(layout.step_of[node, code])): activities[code]
        for node, code in np.argwhere(layout.step_of != ABSENT)
    }
    for outcome in (name for name in OUTCOMES if name in total.products):
        packed = total.products[outcome].total()
        # Who was left after another touchpoint might have come here as the others who went on from there did.
        moved = total.chain.sum(axis=0)[: layout.nodes]
        onward = moved[:, : layout.nodes] / np.maximum(moved[:, :-1].sum(axis=1), 1)[:, None]
        for node in range(layout.nodes):
            here = packed[node]
            if not here[:, 0].sum() >= 2 * FEWEST:
                continue
            sums = unpacked(here, layout.width)
            everything = _asked(total, node, names)
            wider = None
            if outcome == "goal" and any(asked.arrives for asked in everything):
                lost = np.einsum("ngc,n->gc", packed[layout.nodes :], onward[:, node])
                wider = sums + unpacked(lost, layout.width)
            for asked in everything:
                told = _effect(sums, asked, outcome)
                if told is not None and asked.arrives and wider is not None:
                    told = _both_ways(told, _effect(wider, asked, outcome))
                if told is not None:
                    found.setdefault(node, []).append(told)
    return found


def _both_ways(here: Effect, wider: Effect | None) -> Effect:
    """An arrival that is the bad thing itself (the code was refused, and nothing else is recorded of the checkout).

    Who turned round at the door leaves no trace here, so those who came unharmed look better than they are; with those
    who were left just before, they look worse. The truth lies between: the interval spans both.
    """
    if wider is None:
        return replace(here, p=1.0)
    agree = (here.effect < 0) == (wider.effect < 0)
    return replace(
        here,
        effect_low=min(here.effect_low, wider.effect_low),
        effect_high=max(here.effect_high, wider.effect_high),
        p=max(here.p, wider.p) if agree else 1.0,
    )


def unpacked(packed: Floats, width: int) -> Floats:
    """[group, column, column] from the upper triangles that `add_up` makes."""
    upper = np.triu_indices(width)
    sums = np.zeros((len(packed), width, width))
    sums[:, upper[0], upper[1]] = packed
    sums[:, upper[1], upper[0]] = packed
    return sums


def _asked(total: Counted, node: int, names: Mapping[tuple[int, int], str]) -> list[_Asked]:
    """What may be met at a node."""
    by_company = total.served[node, 1] >= total.served[node, 0] and total.served[node].any()
    steps = total.steps[node]
    failures = steps[MOST_STEPS]
    asked = [
        _Asked("failure", None, (1 + FAILED,), bool(2 * failures[ARRIVES] >= failures[SEEN])),
        _Asked("wait", None, (1 + LATE, 1 + UNSERVED) if by_company else (1 + LATE,)),
        _Asked("repeat", None, (1 + REPEATED,)),
        _Asked("low_score", None, (1 + LOW,), among=1 + ANSWERED),
    ]
    most = max(int(steps[:MOST_STEPS, SEEN].max(initial=0)), 1)
    for step in range(MOST_STEPS):
        seen, arrives, company, not_ok, asks, fails, goes_on = (int(count) for count in steps[step])
        # What most journeys have here is the touchpoint itself; what hardly any goes on after is an end, no experience.
        unusual = 2 * seen < most and 2 * fails < seen and goes_on >= GOING_ON * seen
        if seen and unusual and 2 * max(company, not_ok, asks) >= seen:
            column = 1 + FIRST_STEP + step
            asked.append(_Asked("step", names.get((node, step)), (column,), 2 * arrives >= seen))
    return asked


def _effect(sums: Floats, asked: _Asked, outcome: str) -> Effect | None:
    whole = sums.sum(axis=0)
    column = asked.columns[0]
    exposed = sum(whole[one, one] for one in asked.columns)
    among = whole[asked.among, asked.among]
    if not min(exposed, among - exposed) >= FEWEST:
        return None
    size = len(whole)
    covariates = [place for place in range(MET + 1, size - 1) if whole[place, place] >= FEWEST / 4]
    # Each experience by itself: a failure that makes the wait longer acts through it, and both happened here.
    used = [*sorted({0, asked.among, column}), *covariates, size - 1]
    joined = sums.copy()
    for other in asked.columns[1:]:
        joined[:, column] += joined[:, other]
        joined[:, :, column] += joined[:, :, other]
    place = used.index(column)
    (one,) = regress(joined[:, used][:, :, used], [place])
    if one is None:
        return None
    own = sum(whole[part, -1] for part in asked.columns)
    return Effect(
        outcome=outcome,
        experience=asked.experience,
        activity=asked.activity,
        effect=one.value,
        effect_low=one.low,
        effect_high=one.high,
        n=round(among),
        exposed=round(exposed),
        plain=float(own / exposed - (whole[asked.among, -1] - own) / (among - exposed)),
        p=one.p,
        q=None,
        explained=one.explained,
    )


def paths(total: Counted, size: int) -> list[Path] | None:
    """By node; None where no journey reached the goal or none was followed to its end."""
    filled = [part for part in total.chain if part.sum() > 0]
    whole = total.chain.sum(axis=0)
    found = _removal(whole, size)
    if found is None:
        return None
    without = [one for part in filled if (one := _removal(whole - part, size)) is not None]
    count = len(without)
    if count < 2:
        return [Path(float(r), None, None, float(s), None, None) for r, s in found.T]
    left = np.array(without)
    error = np.sqrt(((left - left.mean(axis=0)) ** 2).sum(axis=0) * (count - 1) / count)
    wide = float(stdtrit(count - 1, _CONFIDENT)) * error
    low, high = np.maximum(found - wide, 0.0), found + wide
    high[0] = np.minimum(high[0], 1.0)
    return [
        Path(*(float(number) for number in (found[0, node], low[0, node], high[0, node])),
             *(float(number) for number in (found[1, node], low[1, node], high[1, node])))
        for node in range(size)
    ]  # fmt: skip


def _removal(counts: np.ndarray, size: int) -> Floats | None:
    """[removal effect or swing, node]."""
    found = removal_effects(counts[size, :size], counts[:size, :size], counts[:size, size], counts[:size, size + 1])
    return None if found is None else np.stack([found.effects, found.swings])


def drivers(total: Counted, size: int) -> list[Driver] | None:
    """By node; None where nobody gave a final answer. Whoever was not at a touchpoint, or told nothing of it, is no
    average customer there: being there and having told are taken out first, as facts of their own."""
    sums = total.answers
    if sums.shape[1] == 0 or not sums[:, 0, 0].sum() >= 2 * FEWEST:
        return None
    whole = sums.sum(axis=0)
    known = [*range(1, 1 + size), *range(1 + 3 * size, 1 + 4 * size)]
    given = [0, *(column for column in known if whole[column, column] > 0)]
    wanted = [column for column in range(1 + size, 1 + 3 * size) if whole[column, column] > 0]
    rest = _left(whole, given, [*wanted, len(whole) - 1])
    # What being there already says all of, or too few differ in, drives nothing.
    wanted = [column for place, column in enumerate(wanted) if rest[place, place] >= FEWEST / 4]
    strength = np.abs(_correlations(_left(whole, given, [*wanted, len(whole) - 1]))[-1, :-1])
    chosen = sorted(wanted[place] for place in np.argsort(-strength, kind="stable")[:MOST_DRIVERS])
    table: dict[int, tuple[float | None, float | None, float | None]] = {}
    if chosen:

        def shared(part: Moments) -> Floats | None:
            return lmg(_correlations(_left(part.products, given, [*chosen, len(whole) - 1])))

        found = jackknife([Moments(part[0, 0], part[0], part) for part in sums], shared)
        for column, one in zip(chosen, found, strict=True):
            low, high = one.low, one.high
            table[column] = (
                one.value,
                None if low is None else max(low, 0.0),
                None if high is None else min(high, 1.0),
            )
    nothing = (None, None, None)
    return [
        Driver(*table.get(1 + size + node, nothing), *table.get(1 + 2 * size + node, nothing)) for node in range(size)
    ]


def _left(sums: Floats, given: list[int], wanted: list[int]) -> Floats:
    """Sums of products of the wanted columns when the given ones are taken out (their residuals)."""
    inner = sums[np.ix_(given, given)]
    across = sums[np.ix_(given, wanted)]
    return sums[np.ix_(wanted, wanted)] - across.T @ np.linalg.pinv(inner, rcond=1e-10, hermitian=True) @ across


def _correlations(products: Floats) -> Floats:
    size = np.sqrt(np.maximum(np.diag(products), 0.0))
    scale = np.where(size > 1e-9, size, 1.0)
    found = np.clip(np.where(np.outer(size, size) > 0, products / np.outer(scale, scale), 0.0), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return found
