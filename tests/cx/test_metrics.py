"""Each kind of feedback by its own formula, from counts that add up."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.cx.metrics import (
    KINDS,
    SCALES,
    Counts,
    Score,
    emotion,
    kind_codes,
    kind_scores,
    score_bins,
    score_bins_by,
)
from tropa.stats.intervals import Interval


def bins(*answers: tuple[str, float]) -> Counts:
    kinds = np.array([KINDS.index(kind) for kind, _ in answers], dtype=np.int32)
    return score_bins(kinds, np.array([score for _, score in answers], dtype=np.float64))


def only(*answers: tuple[str, float]) -> Score:
    (score,) = kind_scores(bins(*answers))
    return score


def test_nps() -> None:
    """Two promoters (9, 10), one passive (8), one detractor (6) of four: 50 - 25 = 25."""
    score = only(("nps", 10), ("nps", 9), ("nps", 8), ("nps", 6))
    assert (score.metric, score.value, score.n) == ("NPS", 25.0, 4)
    assert score.mean == 8.25
    assert score.value_low is not None and score.value_high is not None
    assert -100 <= score.value_low < 25 < score.value_high <= 100


@pytest.mark.parametrize(("score", "value"), [(0, -100.0), (6, -100.0), (7, 0.0), (8, 0.0), (9, 100.0), (10, 100.0)])
def test_nps_edges(score: float, value: float) -> None:
    assert only(("nps", score)).value == value


def test_csat_is_the_share_of_four_and_five() -> None:
    score = only(("csat", 5), ("csat", 4), ("csat", 3), ("csat", 1))
    assert (score.metric, score.value, score.mean) == ("CSAT", 0.5, 3.25)


def test_ces_is_a_mean() -> None:
    score = only(("ces", 7), ("ces", 4))
    assert (score.metric, score.value, score.value_low, score.value_high) == (
        "CES",
        5.5,
        score.mean_low,
        score.mean_high,
    )
    assert score.mean_low is not None and score.mean_low >= 1


@pytest.mark.parametrize("kind", ["rating", "review", "complaint", "interview", "chat"])
def test_ratings_are_means(kind: str) -> None:
    score = only((kind, 4.3), (kind, 2))
    assert (score.kind, score.metric, score.n) == (kind, "rating", 2)
    assert score.value == pytest.approx(3.15)


def test_mean_agrees_with_students_interval() -> None:
    # By hand: squares about the mean 14, so the error is sqrt(14 / 7 / 8) = 0.5; t(7) = 2.364624.
    score = only(*[("rating", value) for value in (1, 2, 3, 4, 5, 5, 4, 4)])
    assert (score.mean, score.mean_low, score.mean_high) == pytest.approx(
        (3.5, 3.5 - 1.182312, 3.5 + 1.182312), abs=1e-6
    )


def test_what_is_no_score_is_not_counted() -> None:
    kinds = np.array([0, 0, 0, 1, 1, -1, 8], dtype=np.int32)
    scores = np.array([np.nan, 11, -1, 0, 6, 5, 5], dtype=np.float64)
    assert score_bins(kinds, scores).sum() == 0
    assert kind_scores(score_bins(kinds, scores)) == ()
    assert emotion(score_bins(kinds, scores)) == Interval(None, None, None, 0)


def test_counts_add_up() -> None:
    one, two = bins(("nps", 9), ("csat", 2)), bins(("nps", 3), ("ces", 7))
    assert kind_scores(one + two) == kind_scores(bins(("ces", 7), ("csat", 2), ("nps", 3), ("nps", 9)))


def test_groups() -> None:
    groups = np.array([1, 0, -1, 1], dtype=np.int32)
    kinds = kind_codes(["nps", "csat", "words"])
    counts = score_bins_by(groups, 3, kinds[np.array([0, 1, 0, 0])], np.array([10.0, 5.0, 1.0, 9.0]))
    assert counts.shape[:2] == (3, len(KINDS))
    assert kind_scores(counts[0])[0].kind == "csat"
    assert kind_scores(counts[1])[0].n == 2
    assert kind_scores(counts[2]) == ()
    assert kinds.tolist() == [0, 1, -1, -1]


def test_emotion_puts_all_scales_on_one() -> None:
    ends = {kind: (scale.emotion(scale.low), scale.emotion(scale.middle), scale.emotion(scale.high))
            for kind, scale in SCALES.items()}  # fmt: skip
    assert set(ends.values()) == {(-100.0, 0.0, 100.0)}
    felt = emotion(bins(("nps", 10), ("csat", 3), ("ces", 1), ("rating", 4)))
    assert (felt.value, felt.n) == (pytest.approx((100 + 0 - 100 + 50) / 4), 4)
    assert felt.low is not None and felt.high is not None
    assert -100 <= felt.low < 12.5 < felt.high <= 100
