"""Verdicts on promises of time: the typical customer, and how many are not served so."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.cx.expectations import check_score, check_time
from tropa.cx.metrics import KINDS, score_bins
from tropa.engine.sketch import BUCKETS, bucket_of


def counted(count: int, off_by_seconds: float) -> np.ndarray:
    bins = np.zeros(BUCKETS, dtype=np.int64)
    bins[bucket_of(off_by_seconds * 1000.0)] = count
    return bins


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (970, 30, "kept"),
        (900, 100, "kept"),  # the interval of the share still holds nine in ten
        (750, 250, "partly"),
        (530, 470, "partly"),  # the typical customer is a matter of chance, the many who wait too long are not
        (400, 600, "missed"),
        (3, 1, "unsure"),
    ],
)
def test_verdict(early: int, late: int, expected: str) -> None:
    check = check_time("within", (counted(early, 60), counted(late, 600), counted(0, 1)), 900)
    assert (check.kept, check.missed) == (early, late)
    assert check.verdict == expected


def answers(**told: list[float]) -> np.ndarray:
    kinds = np.array([KINDS.index(kind) for kind, scores in told.items() for _ in scores], dtype=np.int32)
    return score_bins(kinds, np.array([score for scores in told.values() for score in scores], dtype=float))


@pytest.mark.parametrize(
    ("told", "promise", "kind", "reality"),
    [
        ({"nps": [6.0] * 30, "csat": [2.0] * 29}, 4.0, "csat", 2.0),
        ({"ces": [6.0] * 30, "rating": [2.0] * 3}, 4.0, "rating", 2.0),
        ({"csat": [3.0] * 2, "rating": [2.0] * 3}, 4.0, "rating", 2.0),
        ({"nps": [6.0] * 30, "ces": [5.0] * 3}, 4.0, "ces", 5.0),
        ({"nps": [6.0] * 30, "ces": [5.0] * 3, "csat": [5.0]}, 6.0, "ces", 5.0),
        ({"nps": [6.0] * 30, "csat": [5.0]}, 6.0, "nps", 6.0),
        ({"nps": [6.0] * 30, "ces": [7.0] * 90}, 8.0, "nps", 6.0),
        ({"nps": [6.0] * 30}, 4.0, None, None),
        ({"csat": [5.0] * 30}, 8.0, None, None),
        ({}, 4.0, None, None),
    ],
)
def test_score_is_checked_on_the_scale_that_was_meant(
    told: dict[str, list[float]], promise: float, kind: str | None, reality: float | None
) -> None:
    """Thirty answers of 6 out of 10 do not keep a promise of 4 out of 5."""
    check = check_score(answers(**told), promise)
    assert (check.score_kind, check.reality, check.n) == (kind, reality, 0 if kind is None else len(told[kind]))
    assert (check.verdict is None) == (kind is None)
