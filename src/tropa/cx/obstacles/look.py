"""One partition looked at for one obstacle: the trials of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numba import njit

from tropa.cx.metrics import SCALES
from tropa.cx.obstacles.acting import company_acts
from tropa.cx.obstacles.form import UNLIMITED, AtAnswers, AtEvents, AtLandmarks, Context, Marks
from tropa.cx.obstacles.moments import AGES, AGES_US, count_met, count_otherwise
from tropa.cx.obstacles.steps import Steps
from tropa.cx.obstacles.table import answered_about
from tropa.cx.obstacles.trials import ANY_AGE, EXPOSED, LEFT, SILENT, Risk, Trials
from tropa.cx.obstacles.trials_loops import TRIAL, Drawn, Walk, at_arrivals, not_moved_on, still_under_way
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Floats, Ints

_WIDTH = AGES + 1


def count_moments(
    obstacle: AtEvents, view: View, steps: Steps, context: Context
) -> tuple[Array, Array, Ints, Ints, Ints]:
    """[target, state, age] journeys that met the obstacle; which targets are attempts; journeys that met each; of
    these, those that did something else between its origin and it; and how often the same step was taken otherwise,
    see `AtEvents.rides` (empty elsewhere)."""
    survey = context.survey
    marked = _marked(obstacle, view, steps, context)
    attempt = np.zeros(len(steps), dtype=bool) if marked.attempt is None else marked.attempt
    met, journeys, apart = count_met(
        steps.offsets, steps.pair, steps.node, steps.time, marked.met, _origin(marked), attempt,
        marked.attempt is not None, survey.size, AGES_US,
    )  # fmt: skip
    otherwise = np.empty((0, 0), dtype=np.int64)
    if obstacle.rides:
        otherwise = count_otherwise(steps.offsets, steps.pair, marked.met, survey.size)
    return met, _attempts(marked, steps, survey.size), journeys, apart, otherwise


def _marked(obstacle: AtEvents, view: View, steps: Steps, context: Context) -> Marks:
    """Marks; but a step that is the leaving itself led to nothing, unless the data says that it failed."""

    def make() -> Marks:
        marked = obstacle.marks(view, steps, context)
        leaving = context.survey.exits[steps.pair] & ~view.said_failed[steps.event]
        return replace(marked, met=marked.met & ~leaving)

    return context.kept.of(view, obstacle, make)


def _origin(marked: Marks) -> Ints:
    return np.arange(len(marked.met)) - 1 if marked.origin is None else marked.origin


def _attempts(marked: Marks, steps: Steps, size: int) -> Array:
    attempts = np.zeros(size, dtype=bool)
    if marked.attempt is not None:
        chosen = steps.pair[marked.attempt]
        attempts[chosen[chosen >= 0]] = True
    return attempts


def at_events(
    obstacle: AtEvents,
    view: View,
    steps: Steps,
    context: Context,
    risk: Risk,
    draw: Array,
    share: Floats,
    met_share: Floats,
    end_us: Ints,
) -> Trials:
    """Trials of an obstacle that is a mark on steps; `share` of others and `met_share` of those who met it, for each
    target."""
    marked = _marked(obstacle, view, steps, context)
    goal_us = view.outcome.goal_us
    settled = np.where(goal_us == NO_TIME, end_us, np.minimum(goal_us, end_us))
    met = np.flatnonzero(marked.met)
    first = np.searchsorted(met, steps.offsets)
    walk = Walk(steps.offsets, steps.pair, steps.node, steps.time, met, first, _origin(marked), end_us, settled)
    drawn = Drawn(draw, share, met_share)
    found = [not_moved_on(walk, drawn, risk, AGES_US)]
    if risk.arrives.any():
        found.append(at_arrivals(walk, drawn, risk, AGES_US))
    if obstacle.by_customer and (risk.ages & ANY_AGE).any():
        found.append(still_under_way(walk, drawn, risk, AGES_US))
    rows = np.concatenate(found)
    nothing = np.zeros(len(rows), dtype=np.float32)
    return Trials(**{name: rows[name] for name in TRIAL.names or ()}, seconds=nothing, limit_seconds=nothing)


def at_landmarks(
    obstacle: AtLandmarks, view: View, steps: Steps, context: Context, draw: Array, share: float, end_us: Ints
) -> Trials:
    """Waits, each from where it begins; whether it was too long is judged when all of them are known."""
    found = obstacle.arrivals(view, steps, context)
    pair = steps.pair[found.step]
    if context.lens.unit == "session":
        # Whether a promise longer than the session was kept, the session cannot tell.
        told = (found.limit_us == UNLIMITED) | (found.limit_us <= context.lens.session_gap_us)
        pair = np.where(told, pair, ABSENT)
    chosen = np.flatnonzero((pair >= 0) & (draw[steps.journey[found.step]] < share))
    step, served = found.step[chosen], found.served_us[chosen]
    journey = steps.journey[step]
    limit = np.where(found.limit_us[chosen] == UNLIMITED, np.inf, found.limit_us[chosen] / 1e6)
    owed = context.survey.company_next[steps.node[step]] | (obstacle.slug != "wait")
    lost = np.flatnonzero(owed & (served == NO_TIME) & np.isfinite(limit))
    left = np.zeros(len(step), dtype=bool)
    if len(lost):
        served[lost], left[lost] = _seen_again(view, context, steps, step[lost], limit[lost] * 1e6)
    silent = served == NO_TIME
    watched = np.minimum(end_us[journey], context.lens.facts.now_us or 0) - steps.time[step]
    seconds = np.where(silent, np.inf, (served - steps.time[step]) / 1e6)
    # Who is still waiting as of now, within the limit, may yet be served in time.
    open_still = silent & (watched / 1e6 <= np.where(np.isfinite(limit), limit, 0.0))
    kept = ~open_still
    return Trials(
        target=_first_pair(context, steps, step)[kept],
        journey=journey[kept],
        step=step[kept],
        moment=(steps.pair[step] * _WIDTH + AGES).astype(np.int32)[kept],
        flags=(SILENT * silent + LEFT * left).astype(np.uint8)[kept],
        weight=np.ones(int(kept.sum()), dtype=np.float32),
        sampled=np.full(int(kept.sum()), share, dtype=np.float32),
        landmark_us=steps.time[step][kept],
        seconds=seconds.astype(np.float32)[kept],
        limit_seconds=limit.astype(np.float32)[kept],
    )


def _seen_again(view: View, context: Context, steps: Steps, step: Ints, limit_us: Floats) -> tuple[Ints, Array]:
    """When customers whom the company never served were seen again, where that tells how long they waited: after the
    limit (they had waited too long for sure), or when they left and said so; and whether they left so.

    NO_TIME where they were not seen, or did something else by then. Asking for help is no leaving, and neither is what
    only tells the same promise once more.
    """
    promised = view.times("promised_at")
    exits = np.zeros(len(view.time), dtype=bool)
    exits[steps.event] = context.survey.exits[steps.pair] & (steps.pair >= 0)
    company = company_acts(view)
    idle = company | (context.survey.contact_activity[view.column("activity")] & ~exits)
    event, journey = steps.event[step], steps.journey[step].astype(np.int64)
    return _next_of_customer(view.offsets, view.time, promised, idle, exits, event, journey, limit_us)


@njit(cache=True, nogil=True)
def _next_of_customer(
    offsets: Ints,
    time: Ints,
    promised: Ints,
    idle: Array,
    exits: Array,
    event: Ints,
    journey: Ints,
    limit_us: Floats,
) -> tuple[Ints, Array]:
    seen = np.full(len(event), NO_TIME, dtype=np.int64)
    left = np.zeros(len(event), dtype=np.bool_)
    for wait in range(len(event)):
        begin = event[wait]
        for later in range(begin + 1, offsets[journey[wait] + 1]):
            if idle[later] or (promised[begin] != NO_TIME and promised[later] == promised[begin]):
                continue
            left[wait] = exits[later]
            if exits[later] or time[later] - time[begin] > limit_us[wait]:
                seen[wait] = time[later]
            break
    return seen, left


def _first_pair(context: Context, steps: Steps, step: Ints) -> Array:
    """A wait is at a touchpoint: its target is the touchpoint's most frequent pair."""
    most = np.full(len(context.lens.nodes), -1, dtype=np.int32)
    for pair in range(context.survey.size - 1, -1, -1):
        most[context.survey.node[pair]] = pair
    return np.asarray(most[steps.node[step]])


def at_answers(obstacle: AtAnswers, view: View, steps: Steps, context: Context, draw: Array, share: float) -> Trials:
    """First answer of each journey in each survey; below the positive ones it is a low score. Targets are surveys."""
    told, about = view.feedback, answered_about(view)
    last_step = _steps_before(steps.offsets, steps.time, told.journey, told.time)
    kinds = context.lens.dictionaries.get("kind", ())
    parts: list[tuple[int, Ints, Array]] = []
    for number, (kind, activity) in enumerate(context.survey.surveys):
        scale = SCALES.get(kinds[kind])
        mine = np.flatnonzero((told.kind == kind) & (about == activity) & np.isfinite(told.score) & (last_step >= 0))
        mine = mine[draw[told.journey[mine]] < share]
        if scale is None or len(mine) == 0:
            continue
        mine = mine[np.unique(told.journey[mine], return_index=True)[1]]
        parts.append((number, mine, told.score[mine] <= low_limit(scale.kind)))
    chosen = np.concatenate([mine for _, mine, _ in parts]) if parts else np.empty(0, dtype=np.int64)
    low = np.concatenate([flags for _, _, flags in parts]) if parts else np.empty(0, dtype=bool)
    nothing = np.zeros(len(chosen), dtype=np.float32)
    step = last_step[chosen]
    return Trials(
        target=np.repeat([number for number, _, _ in parts], [len(mine) for _, mine, _ in parts]).astype(np.int32),
        journey=told.journey[chosen].astype(np.int32),
        step=step,
        moment=(np.maximum(steps.pair[step], 0) * _WIDTH + AGES).astype(np.int32),
        flags=np.where(low, EXPOSED, np.uint8(0)).astype(np.uint8),
        weight=np.ones(len(chosen), dtype=np.float32),
        sampled=np.full(len(chosen), share, dtype=np.float32),
        landmark_us=told.time[chosen],
        seconds=nothing,
        limit_seconds=nothing,
    )


def low_limit(kind: str) -> float:
    """Up to this score an answer says that it did not go well: detractors of NPS, below the top boxes elsewhere."""
    scale = SCALES[kind]
    return scale.negative_to if kind == "nps" else scale.positive_from - 1


@njit(cache=True, nogil=True)
def _steps_before(offsets: Ints, time: Ints, journey: Ints, at_us: Ints) -> Ints:
    """Last step of the journey by that time, -1 where there is none."""
    last = np.full(len(journey), -1, dtype=np.int64)
    for answer in range(len(journey)):
        begin, end = offsets[journey[answer]], offsets[journey[answer] + 1]
        last[answer] = begin - 1 + np.searchsorted(time[begin:end], at_us[answer], side="right")
        if last[answer] < begin:
            last[answer] = -1
    return last
