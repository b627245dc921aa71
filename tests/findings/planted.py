"""A desk with a truth that the test plants: customers ask, the desk looks, offers, and some sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.helpers import make_workspace

from tropa.contract.filters import Filters
from tropa.cx.obstacles.chains import Told
from tropa.cx.obstacles.judging import judge_all
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.verdict import Verdict
from tropa.findings.compose import tell
from tropa.workspace.find import look
from tropa.workspace.workspace import Workspace

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BEGIN = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
DAYS = 100
HOUR = 60.0
DAY = 24 * HOUR

MAP = """
map: Desk
unit: customer
goal: [Signed]
stages:
  - stage: Ask
    touchpoints:
      - {touchpoint: Form, when: {activity: [form, form_error]}}
      - {touchpoint: Upload, when: {activity: [upload]}}
  - stage: Look
    touchpoints:
      - {touchpoint: Look, when: {activity: [look, second_look]}}
      - {touchpoint: Offer, when: {activity: [offer]}}
  - stage: Close
    touchpoints:
      - {touchpoint: Signed, when: {activity: [sign]}}
  - stage: Help
    touchpoints:
      - {touchpoint: Line, when: {activity: [ask_help, line_answer]}, expects: {within: 1h}}
"""


def promising(touchpoint: str, within: str) -> str:
    """The map with a promise of time."""
    return MAP.replace(f"touchpoint: {touchpoint},", f"touchpoint: {touchpoint}, expects: {{within: {within}}},")


class Desk:
    """Rows of so many customers, each `start` minutes after the beginning, spread over a hundred days."""

    def __init__(self, customers: int, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.n = customers
        self.start: Floats = np.sort(self.random.uniform(0, DAYS * DAY, customers))
        self.everybody: Flags = np.ones(customers, dtype=bool)
        self.events: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.customers: list[dict[str, Any]] = []

    def chance(self, share: float | Floats) -> Flags:
        return np.asarray(self.random.random(self.n) < share)

    def spread(self, minutes: float) -> Floats:
        """Times around so many minutes."""
        return np.asarray(minutes * self.random.lognormal(0.0, 0.4, self.n))

    def waits(self, minutes: float) -> Floats:
        """Times without memory."""
        return np.asarray(self.random.exponential(minutes, self.n))

    def add(self, who: Flags, activity: str, after: Floats, **extras: Any) -> None:
        """One event of these customers, `after` minutes from their start."""
        for number in np.flatnonzero(who):
            self.events.append(
                {"customer_id": f"c{number}", "time": self._at(number, after), "activity": activity} | extras
            )

    def answer(self, who: Flags, score: Floats, after: Floats, kind: str = "csat", text: str | None = None) -> None:
        """One score of these customers."""
        for number in np.flatnonzero(who):
            row = {
                "customer_id": f"c{number}",
                "time": self._at(number, after),
                "kind": kind,
                "score": float(score[number]),
            }
            self.feedback.append(row | ({} if text is None else {"text": text}))

    def told(self, name: str, values: NDArray[Any]) -> None:
        """An attribute of all customers."""
        if not self.customers:
            self.customers = [{"customer_id": f"c{number}"} for number in range(self.n)]
        for row, value in zip(self.customers, values, strict=True):
            row[name] = str(value)

    def usual(self, looked: Floats, offered: Floats, signed: Floats, signs: Flags, stays: Flags | None = None) -> None:
        """What the desk does for those who stay: look, offer; and who signs then."""
        stays = self.everybody if stays is None else stays
        self.add(stays, "look", looked, actor="employee", performer="Desk")
        self.add(stays, "offer", offered, actor="employee", performer="Desk")
        self.add(stays & signs, "sign", signed)

    def ends(self) -> None:
        """A day long after all others, so that nobody is still under way."""
        late = BEGIN + dt.timedelta(days=3 * DAYS)
        self.events.append({"customer_id": "last", "time": late.isoformat(), "activity": "form"})

    def _at(self, number: int, after: Floats) -> str:
        return (BEGIN + dt.timedelta(minutes=float(self.start[number] + after[number]))).isoformat()

    def workspace(self, folder: Path, map_text: str = MAP) -> Workspace:
        self.ends()
        return make_workspace(folder / "ws", self.events, self.feedback, self.customers, map_text=map_text)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged, what is told of it, and under what the rest is."""

    seen: Seen
    chains: list[Told]
    quiet: list[Verdict]

    @property
    def barriers(self) -> list[tuple[str, str | None]]:
        return self.kind("barrier")

    def kind(self, kind: str) -> list[tuple[str, str | None]]:
        """(obstacle, touchpoint) of what is told as this kind."""
        return sorted(self.place(told.verdict) for told in self.chains if told.verdict.kind == kind)

    def place(self, verdict: Verdict) -> tuple[str, str | None]:
        target = verdict.judged.target
        return target.obstacle, None if target.node is None else self.seen.lens.nodes[target.node]

    def under(self, obstacle: str, touchpoint: str) -> list[tuple[str, str | None, str]]:
        """What is told under this finding, and why."""
        chain = next(told for told in self.chains if self.place(told.verdict) == (obstacle, touchpoint))
        return sorted((*self.place(verdict), why) for verdict, why in chain.under)

    def verdict(self, obstacle: str, touchpoint: str, activity: str | None = None) -> Verdict:
        everything = [one for told in self.chains for one in (told.verdict, *(under for under, _ in told.under))]
        (found,) = [
            one
            for one in [*everything, *self.quiet]
            if self.place(one) == (obstacle, touchpoint) and activity in (None, one.judged.target.activity)
        ]
        return found


def judge(workspace: Workspace, margin: float = 0.01) -> Judgement:
    seen, _ = look(workspace, Filters(), None)
    chains, quiet = tell(seen, judge_all(seen), margin)
    return Judgement(seen, chains, quiet)


def holds(verdict: Verdict, truth: float) -> bool:
    """Whether the 95 % interval of the effect on the goal holds the truth."""
    goal = verdict.judged.goal
    assert goal is not None and goal.low is not None and goal.high is not None
    return goal.low <= truth <= goal.high
