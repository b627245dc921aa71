"""What gets in customers' way, and does it stop them from reaching the goal or only annoy them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from pydantic import Field

from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.obstacles.judging import judge_all
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.passes import Surveying
from tropa.cx.obstacles.verdict import Verdict, verdicts
from tropa.cx.view import View
from tropa.engine.fold import Fold


class ObstaclesParams(Filters):
    margin: float = Field(0.01, gt=0, lt=1, description="loss of goals (share) that is too small to matter")


@dataclass(frozen=True, slots=True)
class Row:
    """One obstacle at one touchpoint. Undefined is None.

    `touchpoint`, `stage`, `activity`: where it is met (None: of the whole journey) and the source's word for it.
    `threshold`: the seconds, count or score that divides exposed from not (None: each has its own, or there is none).

    `n`: journeys that could have met it; `exposed`: those that did (lost waits by the chance that they were long).
    Where there are very many journeys a sample stands for them.

    `effect`: change in the share that reaches the goal, averaged over those who met it, adjusted, with its 95 %
    interval; `effect_q`: of no effect, after control of false discoveries over all rows. `plain_difference`: of the
    same shares with nothing adjusted for. `score_effect`, `score_q`: the same in points of the score `score_kind`.

    `kind`: barrier, inconvenience, harmless or undetermined; `reason`: why undetermined; `more_journeys`: how many more
    it would take to tell.
    """

    obstacle: str
    stage: str | None
    touchpoint: str | None
    activity: str | None
    threshold: float | None
    kind: str
    exposed: int
    n: int
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    effect_q: float | None
    plain_difference: float | None
    score_kind: str | None
    score_effect: float | None
    score_effect_low: float | None
    score_effect_high: float | None
    score_q: float | None
    reason: str | None
    more_journeys: int | None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """All that was tried, the largest loss first.

    `tested`: how many were judged together. `margin`: the loss of goals (a share) that is too small to matter.
    """

    margin: float
    tested: int
    obstacles: tuple[Row, ...]


def fold(params: ObstaclesParams, lens: Lens) -> Fold[View, Any, Obstacles]:
    """The passes over the journeys, then the verdicts."""
    return cast(Fold[View, Any, Obstacles], Surveying(lens, lambda seen: finish(seen, params.margin)))


def finish(seen: Seen, margin: float) -> Obstacles:
    """The verdicts over all targets as rows."""
    found = verdicts(judge_all(seen), margin)
    rows = sorted((_row(verdict, seen) for verdict in found), key=lambda row: (row.effect or 0.0) * row.exposed)
    return Obstacles(margin, len(found), tuple(rows))


def _row(verdict: Verdict, seen: Seen) -> Row:
    judged, target, lens = verdict.judged, verdict.judged.target, seen.lens
    exposed = judged.journeys_met
    goal, score = judged.goal, None if verdict.score is None else verdict.score.adjusted
    node = target.node
    return Row(
        obstacle=target.obstacle,
        stage=None if node is None else lens.stage_name(node),
        touchpoint=None if node is None else lens.nodes[node],
        activity=target.activity,
        threshold=judged.threshold,
        kind=verdict.kind,
        exposed=exposed,
        n=max(exposed, round(judged.reached)),
        effect=None if goal is None else goal.value,
        effect_low=None if goal is None else goal.low,
        effect_high=None if goal is None else goal.high,
        effect_q=verdict.goal_q,
        plain_difference=None if goal is None else goal.plain,
        score_kind=None if verdict.score is None else verdict.score.kind,
        score_effect=None if score is None else score.value,
        score_effect_low=None if score is None else score.low,
        score_effect_high=None if score is None else score.high,
        score_q=verdict.score_q,
        reason=verdict.reason,
        more_journeys=verdict.more,
    )


ANALYSIS = Analysis(
    slug="obstacles",
    question="What gets in customers' way, and does it stop them from reaching the goal or only annoy them?",
    question_ru="Что мешает клиентам и останавливает ли это их на пути к цели или только раздражает?",
    params=ObstaclesParams,
    result=Obstacles,
    fold=fold,
)
