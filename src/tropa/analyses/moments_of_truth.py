"""At which touchpoints does what customers experience decide whether they reach the goal and come back?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from tropa.analyses.moments_of_truth_counts import Counted, count
from tropa.analyses.moments_of_truth_lenses import (
    OUTCOMES,
    Driver,
    Effect,
    Path,
    drivers,
    effects,
    paths,
)
from tropa.analyses.moments_of_truth_plan import plan
from tropa.contract.analysis import Analysis, Chart
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.stats.multiplicity import adjust

DISCOVERIES = 0.05
ONE_TOUCHPOINT = "Only one touchpoint was reached before the outcome: there is nothing to compare it with."
NO_GOAL = "There is no goal (a map states it): what decides it cannot be told."
ALL_ALIKE = "All journeys that were followed to their end ended alike, with the goal or without: nothing decides it."
NO_SCORES = "Nobody was asked for a score: what decides the recommendation cannot be told."
NO_RETURN = "A journey is a whole customer: whether they come back cannot be told."


class MomentsOfTruthParams(Filters):
    margin: float = Field(
        0.01, ge=0, le=1, description="smallest change of the share that reaches the goal (or returns) that matters"
    )


@dataclass(frozen=True, slots=True)
class MomentOfTruth:
    """One touchpoint through all lenses.

    - `decides`: the outcomes that a bad experience here surely lowers: the 95 % interval of an effect lies below
      -margin (for the recommendation: below 0) and its q is at most 0.05. `decisive`: the goal or the return is among
      them, for a moment of truth decides what the customer does next. Merely lying on the way decides nothing.
    - `marked`: the map's author calls it a moment of truth. `agreement`: both, only_author, only_data, or None.
    - `path` (on the goal), `driver` (of the final answer), `effects` (of the experience on each outcome): the lenses,
      side by side. All are associations after adjustment for what is seen; they know nothing of what nobody recorded.
      Who was never served counts as one who waited: where customers leave a queue for other reasons before they are
      served, that is laid at the door of the wait.
    """

    stage: str | None
    touchpoint: str
    decides: tuple[str, ...]
    journeys: int
    decisive: bool
    marked: bool
    agreement: str | None
    path: Path | None
    driver: Driver | None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class MomentsOfTruth:
    """Touchpoints in the order of the map, without those that nobody came to before the goal.

    recommendation: the kind of feedback whose last answer of a journey counts. tested: effects judged together. notes:
    what cannot be told, and why. Journeys under way are left out: nobody knows how they end.
    """

    recommendation: str | None
    touchpoints: tuple[MomentOfTruth, ...]
    agreed: int
    only_author: int
    only_data: int
    tested: int
    journeys: int
    under_way: int
    notes: tuple[str, ...]


class MomentsOfTruthFold:
    def __init__(self, params: MomentsOfTruthParams, lens: Lens) -> None:
        self.margin, self.lens, self.plan = params.margin, lens, plan(lens)

    def map(self, view: View) -> Counted:
        return count(view, self.plan)

    def merge(self, one: Counted, other: Counted) -> Counted:
        return one + other

    def finish(self, total: Counted) -> MomentsOfTruth:
        size = self.plan.nodes
        found = _together(effects(total, self.plan, self.lens.dictionaries.get("activity", ())))
        ways = paths(total, size) if self.lens.has_goal else None
        driven = drivers(total, size)
        came = total.came
        rows = [
            self._row(
                node,
                int(came[node]),
                None if ways is None else ways[node],
                None if driven is None else driven[node],
                found.get(node, ()),
            )
            for node in range(size)
            if came[node]
        ]
        return MomentsOfTruth(
            recommendation=self.plan.final,
            touchpoints=tuple(rows),
            agreed=sum(row.agreement == "both" for row in rows),
            only_author=sum(row.agreement == "only_author" for row in rows),
            only_data=sum(row.agreement == "only_data" for row in rows),
            tested=sum(effect.q is not None for row in rows for effect in row.effects),
            journeys=total.journeys,
            under_way=total.under_way,
            notes=self._notes(len(rows), total),
        )

    def _row(
        self, node: int, came: int, path: Path | None, driver: Driver | None, told: tuple[Effect, ...]
    ) -> MomentOfTruth:
        decides = tuple(
            outcome for outcome in OUTCOMES if any(self._surely_harms(e) for e in told if e.outcome == outcome)
        )
        decisive = "goal" in decides or "return" in decides
        marked = self.lens.map is not None and self.lens.map.touchpoints[node].moment_of_truth
        agreement = {(True, True): "both", (True, False): "only_author", (False, True): "only_data"}
        return MomentOfTruth(
            stage=self.lens.stage_name(node),
            touchpoint=self.lens.nodes[node],
            decides=decides,
            journeys=came,
            decisive=decisive,
            marked=marked,
            agreement=agreement.get((marked, decisive)),
            path=path,
            driver=driver,
            effects=told,
        )

    def _surely_harms(self, effect: Effect) -> bool:
        margin = 0.0 if effect.outcome == "recommendation" else self.margin
        return effect.q is not None and effect.q <= DISCOVERIES and effect.effect_high < -margin

    def _notes(self, seen: int, total: Counted) -> tuple[str, ...]:
        reached, left = (int(total.chain[:, :, place].sum()) for place in (-2, -1))
        said = [
            (not self.lens.has_goal, NO_GOAL),
            (self.lens.has_goal and not (reached and left), ALL_ALIKE),
            (self.plan.final is None, NO_SCORES),
            (not self.plan.returns, NO_RETURN),
            (seen < 2, ONE_TOUCHPOINT),
            (
                len(self.lens.nodes) > self.plan.nodes,
                f"Only the first {self.plan.nodes} of {len(self.lens.nodes)} touchpoints are looked at.",
            ),
        ]
        return tuple(note for holds, note in said if holds)


def _together(found: dict[int, list[Effect]]) -> dict[int, tuple[Effect, ...]]:
    """q of all effects as one family (Benjamini & Hochberg: effects of one touchpoint lean on one another upwards)."""
    family = adjust({(node, place): one.p for node, told in found.items() for place, one in enumerate(told)})
    return {
        node: tuple(replace(one, q=family.q[(node, place)]) for place, one in enumerate(told))
        for node, told in found.items()
    }


def chart(result: MomentsOfTruth) -> Chart:
    """The strongest effect on the goal at each touchpoint, with its interval."""
    rows = []
    for row in result.touchpoints:
        for effect in row.effects:
            if effect.outcome == "goal":
                rows.append(
                    {
                        "place": f"{row.touchpoint}: {effect.experience}",
                        "effect": effect.effect,
                        "low": effect.effect_low,
                        "high": effect.effect_high,
                        "decisive": row.decisive,
                        "exposed": effect.exposed,
                    }
                )
    rows.sort(key=lambda row: (row["effect"], row["place"]))
    share = {"type": "quantitative", "axis": {"format": "%"}}
    colors = {"domain": [False, True], "range": ["#7a8894", "#c0392b"]}
    return {
        "data": {"values": rows[:40]},
        "encoding": {
            "y": {"field": "place", "type": "nominal", "sort": None, "axis": {"labelLimit": 300}},
            "color": {"field": "decisive", "type": "nominal", "scale": colors},
            "tooltip": [{"field": "place"}, {"field": "effect", "format": ".1%"}, {"field": "exposed"}],
        },
        "layer": [
            {"mark": "point", "encoding": {"x": {"field": "effect", **share}}},
            {"mark": "rule", "encoding": {"x": {"field": "low", **share}, "x2": {"field": "high"}}},
        ],
    }


ANALYSIS = Analysis(
    slug="moments_of_truth",
    question="At which touchpoints does what customers experience decide whether they reach the goal and come back?",
    question_ru="В каких точках контакта пережитое решает, дойдёт ли клиент до цели и вернётся ли он?",
    params=MomentsOfTruthParams,
    result=MomentsOfTruth,
    fold=MomentsOfTruthFold,
    chart=chart,
)
