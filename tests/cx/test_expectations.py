"""Verdicts on promises of time: the typical customer, and how many are not served so."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.cx.expectations import check_time
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
