"""The trials of one obstacle at one touchpoint with all that they are adjusted for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tropa.cx.obstacles import OBSTACLES
from tropa.cx.obstacles.calendar import FINE, TIME, coarse_calendar, fine_calendar
from tropa.cx.obstacles.effects import Sample
from tropa.cx.obstacles.exposure import Exposure, exposure
from tropa.cx.obstacles.form import AtEvents
from tropa.cx.obstacles.looked import Seen, Target, of_target, taken
from tropa.cx.obstacles.moments import AGES
from tropa.cx.obstacles.table import HISTORY, PACKED, flags_of
from tropa.cx.obstacles.trials import AGED, EXPOSED, LATER, MOST_OTHERS, SILENT, Trials, joined
from tropa.engine.journeys import NO_TIME, Array, Codes, Floats, Ints

_MOST_DONE = 8
_RIDING = frozenset(one.slug for one in OBSTACLES if isinstance(one, AtEvents) and one.rides)
_DRAWN = 10.0
_HARDLY = 0.001
_FEWEST_LINGERING = 0.1
_ALONE, _MOST_ALONE = 0.9, 0.1

_FIRST = ("where they stood and for how long", *TIME, "journeys before")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Trials with their covariates, how many each stands for, who met the obstacle, and who reached the goal
    afterwards."""

    target: Target
    trials: Trials
    sample: Sample
    stands_for: Floats
    exposure: Exposure
    before_goal: Array
    reached_goal: Array

    @property
    def survived(self) -> bool:
        """The obstacle is a way in which a step is done: whoever met it had not left before."""
        return self.target.obstacle in _RIDING

    @property
    def aged(self) -> bool:
        """Compared among those still under way, see `trials.AGED`."""
        return bool((self.trials.flags & AGED).any())

    @property
    def lingering(self) -> bool:
        """Compared among those still under way, and there are others: it may merely come to whoever is still there.
        Where hardly anybody else is, to linger is to meet it, and the branch tells."""
        met = int(self.exposure.met.sum())
        return self.aged and len(self.trials) - met >= _FEWEST_LINGERING * met

    @property
    def silent(self) -> Array:
        return np.asarray((self.trials.flags & SILENT) > 0)


def thinned(seen: Seen, place: int, target: Target, aged: bool = False) -> tuple[Trials, Codes]:
    """The trials of a target, or those of its second comparison (`aged`); of very many a sample stands for those who
    did not meet it.

    It is drawn trial by trial: one more customer tells more than one more trial of the same customer. Waits are one
    trial a visit, and who met them is not known before they are judged: they are left as they are.
    """
    trials, history = whole(seen, place, target, aged)
    other = (trials.flags & EXPOSED) == 0
    share = MOST_OTHERS / max(int(other.sum()), 1)
    if share >= 1 or trials.limit_seconds.any():
        return trials, history
    kept = ~other | (_draw(seen.looked.known.key[trials.journey], trials.landmark_us) < share)
    sampled = np.where(trials.flags & EXPOSED, trials.sampled, trials.sampled * share).astype(np.float32)
    return replace(taken(trials, kept), sampled=sampled[kept]), history[kept]


def whole(seen: Seen, place: int, target: Target, aged: bool = False) -> tuple[Trials, Codes]:
    """All trials of a target that are looked at: where journeys are counted, each is there with all of its trials."""
    span = of_target(seen.looked.trials[place], target.number)
    trials, history = taken(seen.looked.trials[place], span), seen.looked.history[place][span]
    mine = ((trials.flags & AGED) > 0) == aged
    return (trials, history) if mine.all() else (taken(trials, mine), history[mine])


def _draw(key: Array, time_us: Ints) -> Floats:
    """A number between 0 and 1 for each trial, by its customer and its time."""
    mixed = (key.astype(np.uint64) + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ time_us.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53)


def rows_of(
    seen: Seen,
    target: Target,
    trials: Trials,
    history: Codes,
    known: Exposure | None = None,
    share: Floats | None = None,
) -> Rows:
    """Trials with all that is known before their landmarks.

    Args:
        known: who met the obstacle, where that was judged already.
        share: for each journey, how much of it counts.
    """
    looked, attributes = seen.looked, seen.attributes
    before = [place for place, name in enumerate(attributes.customer) if name not in looked.of_events]
    plain = [place for place, name in enumerate(HISTORY) if name not in PACKED]
    own = (*HISTORY, *attributes.event)
    plain += range(len(HISTORY), len(own))
    names = (*_FIRST, *(own[place] for place in plain), *(attributes.customer[place] for place in before))
    lasting = looked.known.attributes[trials.journey][:, before]
    at_us, zone = trials.landmark_us, seen.lens.facts.zone
    first = np.column_stack([trials.moment, coarse_calendar(at_us, zone), looked.known.number[trials.journey]])
    codes = np.concatenate([first, history[:, plain], lasting], axis=1)
    goal_us = looked.known.goal_us[trials.journey]
    before_goal = (goal_us == NO_TIME) | (goal_us > trials.landmark_us)
    reached_goal = (goal_us != NO_TIME) & before_goal
    customer = looked.known.customer[trials.journey]
    turn = target.obstacle == "silence" or (target.node is not None and bool(seen.survey.company_next[target.node]))
    found = exposure(trials, codes, looked.known.key[trials.journey], reached_goal, turn) if known is None else known
    for what in PACKED:
        telling = _telling(flags_of(history, what), found.met, reached_goal)
        codes, names = np.concatenate([codes, telling], axis=1), (*names, *[what] * telling.shape[1])
    codes, names = np.concatenate([codes, fine_calendar(at_us, zone)], axis=1), (*names, *FINE)
    stands_for = (1.0 if share is None else share[trials.journey]) / trials.sampled.astype(np.float64)
    sample = Sample(codes, names, found.met, (trials.flags & LATER) > 0, trials.weight * stands_for, customer)
    return Rows(target, trials, sample, stands_for, found, before_goal, reached_goal)


def _telling(flags: Array, met: Array, reached_goal: Array) -> Array:
    """Of what was done before, that which could mislead most: in which those who met the obstacle differ, and by which
    the others' outcome differs. Where it is known what somebody came from, much of why things happen to them is."""
    if not 0 < met.sum() < len(met):
        return flags[:, :0]
    done_before, others = flags.astype(np.float32), (~met).astype(np.float32)
    found, n = float(met.sum()), float(others.sum())
    on, off, reached = met.astype(np.float32) @ done_before, others @ done_before, (others * reached_goal) @ done_before
    mean = float(reached_goal[~met].mean())
    rate = (reached + _DRAWN * mean) / (off + _DRAWN)
    rate_without = (n * mean - reached + _DRAWN * mean) / (n - off + _DRAWN)
    misleads = np.abs((on / found - off / n) * (rate - rate_without))
    # What hardly anybody but those who met it did is the way to it: there is nobody to compare with.
    without = found - on
    alone = np.where(on > _ALONE * (on + off), on, 0) + np.where(without > _ALONE * (without + n - off), without, 0)
    misleads[alone > _MOST_ALONE * found] = 0.0
    chosen = np.argsort(-misleads, kind="stable")[:_MOST_DONE]
    return np.asarray(flags[:, np.sort(chosen[misleads[chosen] > _HARDLY])])


def second_of(seen: Seen, place: int, target: Target, share: Floats | None) -> list[Rows]:
    """Second comparisons, where the first one rests on something that may not hold; the truth lies between them.

    A failure that is the first trace of its touchpoint: those who came and did not fail stand for the others in the
    first one, but whoever left without a trace is missing there; here each of them that was lost where the failed had
    stood before is among the others. Branches compared: whoever finished fast could not meet the obstacle any more;
    here those are compared who were still under way when it was met.
    """
    rows = []
    for trials, history in [*_with_the_lost(seen, place, target), thinned(seen, place, target, aged=True)]:
        if share is not None:
            kept = share[trials.journey] > 0
            trials, history = taken(trials, kept), history[kept]
        if len(trials):
            rows.append(rows_of(seen, target, trials, history, share=share))
    return rows


def _with_the_lost(seen: Seen, place: int, target: Target) -> list[tuple[Trials, Codes]]:
    if target.obstacle != "failure":
        return []
    missing, history = _lost_before(seen, target)
    if not len(missing):
        return []
    mine, known = thinned(seen, place, target)
    there = np.isin(missing.moment, np.unique(mine.moment))
    return [(joined([mine, taken(missing, there)]), np.concatenate([known, history[there]]))]


def _lost_before(seen: Seen, target: Target) -> tuple[Trials, Codes]:
    """Journeys that ended where those had stood who failed at once when they came, as if they had come."""
    trials, history = whole(seen, len(seen.looked.trials) - 1, target)
    lost = np.flatnonzero(trials.flags & SILENT)
    lost = lost[np.unique(trials.journey[lost], return_index=True)[1]]
    arrival = trials.moment[lost] // (AGES + 1) * (AGES + 1) + AGES
    gone = taken(trials, lost)
    weight = np.ones(len(lost), dtype=gone.weight.dtype)
    return replace(gone, moment=arrival.astype(gone.moment.dtype), weight=weight), history[lost]
