"""What did this customer live through, step by step, and what did they say?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from pydantic import Field

from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters
from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.outcome import LEFT, REACHED, UNDER_WAY
from tropa.cx.times import iso
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Codes, Ragged
from tropa.errors import TropaError

OUTCOMES = {REACHED: "reached", UNDER_WAY: "under_way", LEFT: "left"}


class JourneyParams(Filters):
    customer: str = Field(description="the customer's identifier")
    case: str | None = Field(None, description="only this case of theirs (where one journey is a case)")


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, or one thing said (`what` is event or feedback); fields that do not apply are None.

    `gap_seconds`: since the event before; of feedback, since the event before it too. `touchpoint` of feedback is what
    it is about, None where it is about the journey as a whole. `failed`: by its status, in any words of the source,
    or by its name. Attributes are those of the event itself.
    """

    what: str
    time: str
    gap_seconds: float | None
    activity: str | None
    touchpoint: str | None
    stage: str | None
    channel: str | None
    actor: str | None
    performer: str | None
    status: str | None
    failed: bool
    value: float | None
    ended_at: str | None
    promised_at: str | None
    kind: str | None
    score: float | None
    text: str | None
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Life:
    """One journey; `outcome` is reached, under_way or left, None where the map says no goal."""

    case_id: str | None
    begins: str
    ends: str
    duration_seconds: float
    outcome: str | None
    goal_at: str | None
    time_to_goal_seconds: float | None
    events: int
    feedback: int
    attributes: dict[str, str]
    steps: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything of one customer that the filters keep, journeys in order of their beginning; times are UTC."""

    customer_id: str
    journeys: tuple[Life, ...]


@dataclass(frozen=True, slots=True)
class JourneyFold:
    params: JourneyParams
    lens: Lens

    def map(self, view: View) -> tuple[Life, ...]:
        rows = np.flatnonzero(
            pc.equal(view.journeys.rows["customer"], self.params.customer).to_numpy(zero_copy_only=False)
        )
        if not len(rows):
            return ()
        mine = np.flatnonzero(np.isin(view.row, rows) & view.selected).tolist()
        return tuple(
            self._life(view, journey)
            for journey in mine
            if self.params.case is None or view.case_id(journey) == self.params.case
        )

    def merge(self, one: tuple[Life, ...], other: tuple[Life, ...]) -> tuple[Life, ...]:
        return one + other

    def finish(self, total: tuple[Life, ...]) -> Journey:
        if not total:
            case = "" if self.params.case is None else f" with the case {self.params.case!r}"
            raise TropaError(
                f"There is no journey of the customer {self.params.customer!r}{case}.",
                "Check the identifier, and whether the filters leave this customer out.",
                kind="not_found",
            )
        return Journey(self.params.customer, tuple(sorted(total, key=lambda life: life.begins)))

    def _life(self, view: View, journey: int) -> Life:
        begin, end = int(view.offsets[journey]), int(view.offsets[journey + 1])
        first, last = int(view.time[begin]), int(view.time[end - 1])
        goal = int(view.outcome.goal_us[journey])
        told = np.flatnonzero(view.feedback.journey == journey).tolist()
        steps = [(int(view.time[event]), 0, self._event(view, event, begin)) for event in range(begin, end)]
        steps += [(int(view.feedback.time[answer]), 1, self._said(view, answer, begin, end)) for answer in told]
        return Life(
            case_id=view.case_id(journey),
            begins=_moment(first) or "",
            ends=_moment(last) or "",
            duration_seconds=(last - first) / 1e6,
            outcome=OUTCOMES[int(view.outcome.status[journey])] if self.lens.has_goal else None,
            goal_at=_moment(goal),
            time_to_goal_seconds=None if goal == NO_TIME else (goal - first) / 1e6,
            events=end - begin,
            feedback=len(told),
            attributes=self._attributes_of_journey(view, journey),
            steps=tuple(step for _, _, step in sorted(steps, key=lambda told: told[:2])),
        )

    def _event(self, view: View, event: int, begin: int) -> Happened:
        node = int(view.nodes[event])
        value = float(view.values("value")[event])
        now = int(view.time[event])
        words = {name: self._word(name, view.column(name), event) for name in _CODED}
        return Happened(
            what="event",
            time=_moment(now) or "",
            gap_seconds=None if event == begin else (now - int(view.time[event - 1])) / 1e6,
            touchpoint=None if node == ABSENT or self.lens.map is None else self.lens.nodes[node],
            stage=None if node == ABSENT else self.lens.stage_name(node),
            failed=bool(view.failed[event]),
            value=None if np.isnan(value) else value,
            ended_at=_moment(int(view.times("ended_at")[event])),
            promised_at=_moment(int(view.times("promised_at")[event])),
            kind=None,
            score=None,
            text=None,
            attributes=self._attributes(view.journeys.events, event),
            **words,
        )

    def _said(self, view: View, answer: int, begin: int, end: int) -> Happened:
        told = view.journeys.feedback
        entry = int(view.feedback.entry[answer])
        node, score = int(view.feedback.node[answer]), float(view.feedback.score[answer])
        now = int(view.feedback.time[answer])
        before = int(np.searchsorted(view.time[begin:end], now, side="right")) - 1
        words = {name: self._word(name, told.array(name), entry) if name in told else None for name in _CODED}
        return Happened(
            what="feedback",
            time=_moment(now) or "",
            gap_seconds=None if before < 0 else (now - int(view.time[begin + before])) / 1e6,
            touchpoint=None if node == ABSENT or self.lens.map is None else self.lens.nodes[node],
            stage=None if node == ABSENT else self.lens.stage_name(node),
            failed=False,
            value=None,
            ended_at=None,
            promised_at=None,
            kind=self._word("kind", told.array("kind"), entry) if "kind" in told else None,
            score=None if np.isnan(score) else score,
            text=told.columns["text"][entry].as_py() if "text" in told else None,
            attributes=self._attributes(told, entry),
            **words,
        )

    def _word(self, column: str, codes: Codes, entry: int) -> str | None:
        code = int(codes[entry])
        return None if code == ABSENT else self.lens.dictionaries[column][code]

    def _attributes(self, ragged: Ragged, entry: int) -> dict[str, str]:
        words = {
            name.removeprefix(ATTRIBUTE): self._word(name, ragged.array(name), entry)
            for name in sorted(ragged.columns)
            if name.startswith(ATTRIBUTE) and name in self.lens.dictionaries
        }
        return {name: word for name, word in words.items() if word is not None}

    def _attributes_of_journey(self, view: View, journey: int) -> dict[str, str]:
        row = int(view.row[journey])
        words = {}
        for name in sorted(view.journeys.rows):
            codes = (
                view.journeys.row_codes(name) if name.startswith(ATTRIBUTE) and name in self.lens.dictionaries else None
            )
            word = None if codes is None else self._word(name, codes, row)
            if word is not None:
                words[name.removeprefix(ATTRIBUTE)] = word
        return words


_CODED = ("activity", "channel", "actor", "performer", "status")


def _moment(microseconds: int) -> str | None:
    return None if microseconds == NO_TIME else iso(microseconds)


ANALYSIS = Analysis(
    slug="journey",
    question="What did this customer live through, step by step, and what did they say?",
    question_ru="Через что прошёл этот клиент, шаг за шагом, и что он сказал?",
    params=JourneyParams,
    result=Journey,
    fold=JourneyFold,
)
