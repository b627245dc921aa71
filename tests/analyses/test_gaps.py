"""Gaps between promise and reality: counted by hand, and sure only where the numbers are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_1samp
from tests.helpers import event_rows, make_workspace

from tropa.analyses.gaps import NO_EXPECTATIONS, NOBODY_THERE, Gap, Gaps, p_mean_at_least
from tropa.cx.metrics import KINDS, score_bins

MAP = """
map: Desk
unit: customer
goal: [Served]
stages:
  - stage: Desk
    touchpoints:
      - {touchpoint: Ask, when: {activity: [ask]}, expects: {within: 10m, worst: WORST, failures: 0.2}}
      - {touchpoint: Served, when: {activity: [served]}, expects: {score: 4.5}}
      - {touchpoint: Nobody, when: {activity: [never]}, expects: {score: 4.0, within: 1h, failures: 0}}
"""


def answer(folder: Path, events: list[Any], feedback: list[Any] | None = None, worst: str = "words") -> Gaps:
    text = MAP.replace("WORST", worst)
    result = make_workspace(folder / "ws", events, feedback or (), map_text=text).ask("gaps").result
    assert isinstance(result, Gaps)
    return result


def gap(result: Gaps, touchpoint: str, expectation: str) -> Gap:
    (found,) = [row for row in result.gaps if (row.touchpoint, row.expectation) == (touchpoint, expectation)]
    return found


def desk(kept: int, missed: int, far: int) -> list[Any]:
    """So many are served after 5, 15 and 45 minutes."""
    minutes = [5] * kept + [15] * missed + [45] * far
    return event_rows({f"c{number}": f"ask@0 served@{late}" for number, late in enumerate(minutes)})


def test_a_promise_of_time_by_hand(tmp_path: Path) -> None:
    result = answer(tmp_path, desk(40, 40, 20))
    row = gap(result, "Ask", "within")
    assert (row.n, row.kept, row.missed, row.kept_share) == (100, 40, 60, 0.4)
    assert (row.worst, row.worst_rule, row.below_worst, row.below_worst_share) == (1200, "twice_the_promise", 20, 0.2)
    assert row.gap == pytest.approx(300, rel=0.011)
    assert row.p == pytest.approx(binomtest(40, 100, 0.9, "less").pvalue)
    assert row.is_gap and row.verdict == "missed"
    # Failures, tested beside it, are kept; the score has no answers and was not tested.
    assert result.tested == 2 and result.found == 1
    assert row.q == pytest.approx(2 * row.p)
    assert not gap(result, "Ask", "failures").is_gap
    assert gap(result, "Served", "score").p is None


def test_the_map_may_state_the_worst(tmp_path: Path) -> None:
    row = gap(answer(tmp_path, desk(40, 40, 20), worst="14m"), "Ask", "within")
    assert (row.worst, row.worst_rule, row.below_worst) == (840, "stated", 60)


@pytest.mark.parametrize("worst", ["5m", "15", "long"])
def test_a_worst_that_is_no_longer_duration_is_words(tmp_path: Path, worst: str) -> None:
    assert gap(answer(tmp_path, desk(1, 1, 1), worst=worst), "Ask", "within").worst_rule == "twice_the_promise"


def test_few_journeys_are_no_sure_gap(tmp_path: Path) -> None:
    row = gap(answer(tmp_path, desk(8, 3, 0)), "Ask", "within")
    assert row.p is not None and row.p > 0.05 and not row.is_gap


def test_single_cases_are_shown_and_not_judged(tmp_path: Path) -> None:
    row = gap(answer(tmp_path, desk(0, 0, 9)), "Ask", "within")
    assert (row.missed, row.below_worst, row.p, row.q, row.is_gap) == (9, 9, None, None, False)


def test_who_still_waits_beyond_the_worst_counts(tmp_path: Path) -> None:
    events = desk(1, 0, 0) + event_rows({"waits": "ask@0", "clock": "other@60"})
    row = gap(answer(tmp_path, events), "Ask", "within")
    assert (row.waiting, row.missed, row.below_worst) == (1, 1, 1)


def test_failures_above_what_was_stated(tmp_path: Path) -> None:
    stories = {f"c{number}": "ask!@0 served@5" if number % 2 else "ask@0 served@5" for number in range(80)}
    row = gap(answer(tmp_path, event_rows(stories)), "Ask", "failures")
    assert (row.reality, row.gap) == (0.5, pytest.approx(0.3))
    assert row.p == pytest.approx(binomtest(40, 80, 0.2, "greater").pvalue)
    assert row.is_gap and row.below_worst is None


def test_a_mean_score_below_the_promise(tmp_path: Path) -> None:
    events = desk(30, 0, 0)
    scores = [2.0, 3.0, 5.0] * 10
    feedback = [
        {"customer_id": f"c{number}", "time": "2026-01-01T01:00:00", "kind": "csat", "score": score}
        for number, score in enumerate(scores)
    ]
    row = gap(answer(tmp_path, events, feedback), "Served", "score")
    assert row.p == pytest.approx(ttest_1samp(scores, 4.5, alternative="less").pvalue)
    assert (row.worst, row.worst_rule, row.below_worst) == (2, "negative_answer", 10)
    assert row.is_gap and row.score_kind == "csat"


def test_scores_all_alike() -> None:
    kind = np.full(40, KINDS.index("csat"), dtype=np.int32)
    below, above = (score_bins(kind, np.full(40, score))[KINDS.index("csat")] for score in (3.0, 5.0))
    # (4.5 - 3) / (5 - 3) of all customers would have to give a 5, and none of 40 did.
    assert p_mean_at_least(below, "csat", 4.5) == pytest.approx(0.25**40)
    assert p_mean_at_least(above, "csat", 4.5) == 1.0
    assert p_mean_at_least(below * 0, "csat", 4.5) is None


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    nowhere = answer(tmp_path, event_rows({"a": "other@0 other@5"}))
    assert nowhere.note == NOBODY_THERE and nowhere.found == 0 and nowhere.gaps
    plain = make_workspace(tmp_path / "plain", event_rows({"a": "ask@0"})).ask("gaps").result
    assert plain.note == NO_EXPECTATIONS and not plain.gaps


def test_a_promise_told_by_the_data_needs_no_map(tmp_path: Path) -> None:
    events = [
        {
            "customer_id": f"c{number}",
            "time": "2026-01-01T10:00:00",
            "activity": "repair",
            "promised_at": "2026-01-01T12:00:00",
            "ended_at": f"2026-01-01T{11 if number < 10 else 15}:00:00",
        }
        for number in range(40)
    ]
    (row,) = make_workspace(tmp_path / "ws", events).ask("gaps").result.gaps
    assert (row.expectation, row.kept, row.missed, row.is_gap) == ("promised", 10, 30, True)
    assert row.worst is None and row.below_worst is None
