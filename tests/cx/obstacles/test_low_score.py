"""Low score: whose first answer in a survey says that it went badly, and from where on a score is low."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tests.cx.obstacles.met import at, told
from tests.helpers import make_workspace

from tropa.contract.filters import Filters
from tropa.cx.obstacles import OBSTACLES
from tropa.cx.obstacles.look import low_limit
from tropa.cx.obstacles.trials import EXPOSED
from tropa.workspace.find import look

MAP = """
map: Cafe
unit: customer
goal: [Paid]
stages:
  - stage: Meal
    touchpoints:
      - {touchpoint: Ordered, when: {activity: [order]}}
      - {touchpoint: Served, when: {activity: [serve]}}
      - {touchpoint: Paid, when: {activity: [pay]}}
"""
LAST = len(OBSTACLES) - 1


def answers(folder: Path, told_scores: list[tuple[str, float, float, str]]) -> dict[str, bool]:
    """Customer -> whether they met a low score; only those who answered before the end of their story count."""
    names = sorted({name for name, *_ in told_scores})
    events = told(dict.fromkeys(names, "order@10 serve@30 pay@50"))
    feedback: list[dict[str, Any]] = [
        {"customer_id": name, "time": at(minute), "kind": kind, "score": score, "activity": "serve"}
        for name, minute, score, kind in told_scores
    ]
    seen, _ = look(make_workspace(folder / "ws", events, feedback, map_text=MAP), Filters(), None)
    assert OBSTACLES[LAST].slug == "low_score"
    trials = seen.looked.trials[LAST]
    low = (trials.flags & EXPOSED) > 0
    assert [target.node for place, target in seen.targets if place == LAST] == [1] * len(np.unique(trials.target))
    return {seen.looked.name(int(journey))[0]: bool(flag) for journey, flag in zip(trials.journey, low, strict=True)}


def test_the_first_answer_decides(tmp_path: Path) -> None:
    usual = [(f"u{number:02d}", 40.0, 3.0 + number % 3, "csat") for number in range(40)]
    more = [("twice", 40.0, 5.0, "csat"), ("twice", 45.0, 1.0, "csat"), ("before", 5.0, 1.0, "csat")]
    met = answers(tmp_path, usual + more)
    assert "before" not in met, "nothing had happened yet"
    assert met.pop("twice") is False
    assert met == {name: score == 3 for name, _, score, _ in usual}


def test_every_survey_has_its_own_scale(tmp_path: Path) -> None:
    usual = [(f"c{number:02d}", 40.0, 3.0 + number % 3, "csat") for number in range(40)]
    usual += [(f"n{number:02d}", 40.0, float(4 + number % 7), "nps") for number in range(42)]
    met = answers(tmp_path, usual)
    assert met == {name: score <= (3 if kind == "csat" else 6) for name, _, score, kind in usual}


def test_a_handful_of_answers_is_no_survey(tmp_path: Path) -> None:
    assert answers(tmp_path, [(f"c{number}", 40.0, 1.0, "csat") for number in range(20)]) == {}


def test_from_where_on_a_score_is_low() -> None:
    assert {kind: low_limit(kind) for kind in ("nps", "csat", "ces", "rating", "review")} == {
        "nps": 6, "csat": 3, "ces": 4, "rating": 3, "review": 3,
    }  # fmt: skip
