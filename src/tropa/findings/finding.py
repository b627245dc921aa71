"""A finding: what the analysis found, with evidence, size and money. Outside programs read it as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "barrier",
    "inconvenience",
    "bottleneck",
    "gap",
    "moment_of_truth",
    "single_case",
    "harmless",
    "undetermined",
]


@dataclass(frozen=True, slots=True)
class EffectOnGoal:
    """Change in the share that reaches the goal, caused by the obstacle, averaged over those who met it; adjusted.

    `low`, `high`: 95 % interval. `p`: of no effect; `q`: after control of false discoveries over all that was tested.
    """

    effect: float
    low: float | None
    high: float | None
    p: float | None
    q: float | None


@dataclass(frozen=True, slots=True)
class EffectOnScore:
    """The same in points of a feedback score; `score_kind` says which (nps, csat, ...), `n` how many answers."""

    effect: float
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    score_kind: str
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the share that reached the goal among `n` journeys, with its 95 % interval."""

    rate: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Who was compared: those who met the obstacle, and others like them weighted to resemble them.

    plain_difference: exposed less others as they are, unadjusted, for contrast. balance_before, balance_after: largest
    standardised difference between the covariates of both sides. covariates: what was adjusted for. e_value: how
    strongly an unseen cause would have to act on both exposure and goal (as a ratio of risks) to explain the effect
    away; e_value_limit: to move the interval to no effect. placebo: the same estimate on an outcome from before the
    landmark, which the obstacle cannot have changed: far from 0 it warns of unseen confounding.
    """

    exposed: Side
    others: Side
    plain_difference: float | None
    balance_before: float | None
    balance_after: float | None
    covariates: tuple[str, ...]
    e_value: float | None
    e_value_limit: float | None
    placebo: EffectOnGoal | None


@dataclass(frozen=True, slots=True)
class Money:
    """Loss a month, positive, as a 95 % interval."""

    value: float
    low: float
    high: float
    currency: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's own words, personal data masked."""

    text: str
    time: str
    kind: str
    score: float | None
    customer_id: str


@dataclass(frozen=True, slots=True)
class VoiceOfExposed:
    """What customers say about it: share of comments that speak of it, from those who met it and from the others."""

    mentions: int
    exposed_share: float | None
    other_share: float | None
    confirmed: bool
    p: float | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """A segment in which the obstacle is concentrated: `share` of the exposed are in it, `lift` times the usual."""

    attribute: str
    value: str
    share: float
    lift: float


@dataclass(frozen=True, slots=True)
class Week:
    """`reached` and `exposed` journeys of the week that begins on `week` (ISO date, Monday)."""

    week: str
    reached: int
    exposed: int


@dataclass(frozen=True, slots=True)
class JourneyRef:
    """Where to find a journey."""

    customer_id: str
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Under:
    """Another obstacle that is the same events seen twice, or acts only through the one that is told."""

    obstacle: str
    touchpoint: str | None
    activity: str | None
    kind: str
    exposed: int
    effect: float | None
    why: Literal["same", "through"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Numbers of findings that are no obstacles, by name: reality against expectation, shares of time, importance."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Undefined is None. `id` stays the same from run to run while it is the same finding.

    threshold: the seconds, count or score that divides exposed from not; threshold_found: nobody states it, it was
    sought in the data. score_kind: of a low score, in which kind of feedback. told_under: id of the barrier that tells
    of this already (a moment of truth where a barrier is certain). lost_goals: journeys lost in the whole data;
    months: how long the data is, `money` is a month's. since: the day it began or changed, with `since_low` and
    `since_high`. reason: of `undetermined`, what cannot be told and why; `more_journeys`: how many more it would take.
    score_falls: it surely lowers a score by more than what is trivial, whatever becomes of the goal.
    department, owner: who is in charge by the map. process: of a bottleneck, the step that is waited for; department is
    the same where neither map nor data names who does it. severity: of a single case, 0..100. evidence: more numbers.
    """

    id: str
    kind: Kind
    obstacle: str | None
    stage: str | None
    touchpoint: str | None
    activity: str | None = None
    threshold: float | None = None
    threshold_unit: str | None = None
    threshold_found: bool = False
    score_kind: str | None = None
    reached: int | None = None
    exposed: int | None = None
    on_goal: EffectOnGoal | None = None
    on_score: EffectOnScore | None = None
    compared: Compared | None = None
    lost_goals: float | None = None
    lost_goals_low: float | None = None
    lost_goals_high: float | None = None
    money: Money | None = None
    voice: VoiceOfExposed | None = None
    where: tuple[Where, ...] = ()
    since: str | None = None
    since_low: str | None = None
    since_high: str | None = None
    weeks: tuple[Week, ...] = ()
    department: str | None = None
    owner: str | None = None
    process: str | None = None
    customer_id: str | None = None
    case_id: str | None = None
    severity: float | None = None
    examples: tuple[JourneyRef, ...] = ()
    under: tuple[Under, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    more_journeys: int | None = None
    score_falls: bool = False
    told_under: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class StageLoss:
    """What the barriers of one stage cost a month."""

    stage: str
    lost_goals: float
    money: Money | None


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings, those that cost most first.

    tested: how many (obstacle, touchpoint) pairs were judged together. clean: of these, how many were found harmless.
    months: length of the data. goal_value: what one reached goal is worth, None where nobody says.
    lower_scores: what surely lowers a score while its effect on the goal cannot be told yet (`undetermined`).
    notes: what could not be told at all, and why. goal, within_seconds: the touchpoints that complete the journey, and
    the time in which that counts (None: always).
    """

    journeys: int
    tested: int
    findings: tuple[Finding, ...]
    clean: int
    months: float
    goal_value: Money | None
    margin: float
    lost_by_stage: tuple[StageLoss, ...]
    seconds: float
    warnings: tuple[str, ...] = ()
    lower_scores: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    within_seconds: float | None = None
