"""Findings about obstacles: verdicts with all that is known of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tropa.analyses.value import GoalValue
from tropa.cx.obstacles.chains import Told
from tropa.cx.obstacles.effects import Adjusted
from tropa.cx.obstacles.looked import Seen, Target
from tropa.cx.obstacles.verdict import Verdict
from tropa.engine.journeys import NO_TIME
from tropa.findings.finding import (
    Compared,
    EffectOnGoal,
    EffectOnScore,
    Finding,
    JourneyRef,
    Money,
    Side,
    Under,
)
from tropa.findings.journeys import Came, came, came_by_day
from tropa.findings.since import since, weeks
from tropa.findings.where import segments, where
from tropa.stats.intervals import Interval
from tropa.stats.sensitivity import EValue, e_value

_EXAMPLES = 3
_A_DAY = 1 / 30.4375
"""In months: what less than a day costs a month, nobody can say."""
OF_TIME = ("wait", "silence", "broken_promise")
"""Obstacles that are at a touchpoint, not at one of its activities."""
_UNITS = {"wait": "seconds", "silence": "seconds", "broken_promise": "seconds", "low_score": "points"}


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns lost goals into money a month."""

    months: float
    value: GoalValue | None
    currency: str


def finding_of(seen: Seen, told: Told, scale: Scale) -> tuple[Finding, Came]:
    """A finding from a verdict, without its sentence yet, and the journeys that it is about."""
    verdict = told.verdict
    judged, target = verdict.judged, verdict.judged.target
    lens, node = seen.lens, verdict.judged.target.node
    found = came(seen, judged)
    in_detail = verdict.kind in ("barrier", "inconvenience")
    concentrated = segments(found) if in_detail else ()
    began = since(came_by_day(seen, judged), lens.facts.zone, concentrated) if in_detail else None
    exposed = judged.journeys_met
    process = _process(seen, node)
    score_kind = _score_kind(seen, target)
    # Who met it after the goal had no goal to lose.
    losing = exposed * (judged.losing / judged.exposed if judged.exposed > 0 else 0.0)
    finding = Finding(
        id=_identity(seen, verdict, score_kind),
        kind=verdict.kind,
        obstacle=target.obstacle,
        stage=None if node is None else lens.stage_name(node),
        touchpoint=None if node is None else lens.nodes[node],
        activity=target.activity,
        threshold=judged.threshold,
        threshold_unit=_UNITS.get(target.obstacle, "count"),
        threshold_found=_is_sought(verdict),
        score_kind=score_kind,
        reached=max(exposed, round(judged.reached)),
        exposed=exposed,
        on_goal=_on_goal(verdict),
        on_score=_on_score(verdict),
        compared=None if judged.goal is None else _compared(judged.goal, judged.placebo),
        where=where(found, lens, concentrated),
        since=None if began is None else began.day.isoformat(),
        since_low=None if began is None else began.low.isoformat(),
        since_high=None if began is None else began.high.isoformat(),
        weeks=weeks(found, lens.facts.zone) if in_detail else (),
        department=process.get("department"),
        owner=process.get("owner"),
        examples=_examples(seen, found) if in_detail else (),
        under=tuple(_under(seen, other, why) for other, why in told.under),
        reason=verdict.reason,
        score_falls=verdict.score_falls,
        more_journeys=verdict.more,
    )
    return _with_losses(finding, scale, losing), found


def _identity(seen: Seen, verdict: Verdict, score_kind: str | None) -> str:
    """Of what is looked at, not of what was found out: it stays when the data comes to tell more."""
    target = verdict.judged.target
    node, of_time = target.node, target.obstacle in OF_TIME
    limit = ("sought" if _is_sought(verdict) else "stated") if of_time else score_kind
    return identity(
        target.obstacle,
        None if node is None else seen.lens.stage_name(node),
        None if node is None else seen.lens.nodes[node],
        None if of_time else target.activity,
        limit,
    )


def _is_sought(verdict: Verdict) -> bool:
    """Whether nobody states the limit of this wait."""
    judged = verdict.judged
    return judged.target.obstacle in OF_TIME and not bool(np.isfinite(judged.trials.limit_seconds).any())


def _score_kind(seen: Seen, target: Target) -> str | None:
    """Of a low score, the kind of feedback that it was given in."""
    if target.obstacle != "low_score":
        return None
    kinds = seen.lens.dictionaries["kind"]
    return str(kinds[seen.looked.surveys[target.number][0]])


def identity(*parts: str | None) -> str:
    """The same for the same finding from run to run."""
    return hashlib.blake2s("\x1f".join(part or "" for part in parts).encode(), digest_size=6).hexdigest()


def _on_goal(verdict: Verdict) -> EffectOnGoal | None:
    goal = verdict.judged.goal
    return None if goal is None else EffectOnGoal(goal.value, goal.low, goal.high, goal.p, verdict.goal_q)


def _on_score(verdict: Verdict) -> EffectOnScore | None:
    if verdict.score is None:
        return None
    found = verdict.score.adjusted
    answered = found.exposed + found.others
    return EffectOnScore(
        found.value, found.low, found.high, verdict.score_p, verdict.score_q, verdict.score.kind, answered
    )


def _compared(goal: Adjusted, placebo: Adjusted | None) -> Compared:
    effect = goal.effect
    strength = _strength(goal)
    return Compared(
        exposed=_side(effect.exposed, goal.exposed),
        others=_without(effect.exposed, effect.others, goal),
        plain_difference=goal.plain,
        balance_before=effect.balance.before,
        balance_after=effect.balance.after,
        covariates=goal.covariates,
        e_value=strength.value,
        e_value_limit=strength.limit,
        placebo=None if placebo is None else EffectOnGoal(placebo.value, placebo.low, placebo.high, placebo.p, None),
    )


def _strength(goal: Adjusted) -> EValue:
    """E-value of the effect that is told, as a ratio of the rates with and without the obstacle."""
    rate = goal.effect.exposed.value or 0.0
    low, high = (None if limit is None else rate - limit for limit in (goal.high, goal.low))
    others = rate - goal.value
    if rate <= 0 or others <= 0 or low is None or high is None or low <= 0:
        return EValue(None, None)
    return e_value(rate / others, rate / high, rate / low)


def _without(exposed: Interval, others: Interval, goal: Adjusted) -> Side:
    """The rate without the obstacle: such that both rates differ by the effect, with all that was corrected in it."""
    told = _side(others, goal.others)
    rate = min(1.0, max(0.0, (exposed.value or 0.0) - goal.value))
    moved = rate - told.rate
    low, high = (min(1.0, max(0.0, limit + moved + slack)) for limit, slack in
                 ((told.low, -goal.slack), (told.high, goal.slack)))  # fmt: skip
    return Side(rate, min(low, rate), max(high, rate), goal.others)


def _side(share: Interval, n: int) -> Side:
    value = share.value or 0.0
    return Side(value, value if share.low is None else share.low, value if share.high is None else share.high, n)


def _with_losses(finding: Finding, scale: Scale, losing: float) -> Finding:
    goal = finding.on_goal
    if finding.kind != "barrier" or goal is None or goal.low is None or goal.high is None:
        return finding
    lost, low, high = (max(0.0, -effect) * losing for effect in (goal.effect, goal.high, goal.low))
    return replace(
        finding,
        lost_goals=lost,
        lost_goals_low=low,
        lost_goals_high=high,
        money=money(lost, low, high, scale),
    )


def money(lost: float, low: float, high: float, scale: Scale) -> Money | None:
    """What lost goals cost a month; the interval takes in those of the loss and of the value of a goal. None where
    nobody says what a goal is worth, or it is worth nothing."""
    value = scale.value
    if value is None or value.goal_value is None or value.goal_value <= 0 or scale.months < _A_DAY:
        return None
    least = value.goal_value if value.goal_value_low is None else max(0.0, value.goal_value_low)
    most = value.goal_value if value.goal_value_high is None else value.goal_value_high
    months = scale.months
    return Money(lost * value.goal_value / months, low * least / months, high * most / months, scale.currency)


def _process(seen: Seen, node: int | None) -> dict[str, str]:
    document = seen.lens.map
    if document is None or node is None:
        return {}
    process = document.touchpoints[node].raw.get("process")
    return {key: str(value) for key, value in process.items()} if isinstance(process, dict) else {}


def _examples(seen: Seen, found: Came) -> tuple[JourneyRef, ...]:
    """The latest journeys that met it and did not reach the goal, else any that met it."""
    met = np.flatnonzero(found.met >= 1)
    reached = seen.looked.known.goal_us[found.journey[met]] != NO_TIME
    order = met[np.lexsort((-found.at_us[met], reached))]
    return tuple(JourneyRef(*seen.looked.name(int(found.journey[place]))) for place in order[:_EXAMPLES])


def _under(seen: Seen, verdict: Verdict, why: str) -> Under:
    judged, node = verdict.judged, verdict.judged.target.node
    return Under(
        obstacle=judged.target.obstacle,
        touchpoint=None if node is None else seen.lens.nodes[node],
        activity=judged.target.activity,
        kind=verdict.kind,
        exposed=judged.journeys_met,
        effect=None if judged.goal is None else judged.goal.value,
        why="same" if why == "same" else "through",
    )


def by_cost(findings: Sequence[Finding]) -> list[Finding]:
    """Those that surely cost most first: by the lower bound of money, then of lost goals; then by kind."""
    order = (
        "barrier",
        "inconvenience",
        "bottleneck",
        "gap",
        "moment_of_truth",
        "single_case",
        "undetermined",
        "harmless",
    )

    def key(finding: Finding) -> tuple[float, float, int, float, float]:
        fall = 0.0 if finding.on_score is None else finding.on_score.effect
        return (
            -(finding.money.low if finding.money is not None else 0.0),
            -(finding.lost_goals_low or 0.0),
            order.index(finding.kind),
            -(finding.severity or 0.0),
            fall * (finding.exposed or 0),
        )

    return sorted(findings, key=key)
