"""False discovery rate against the example of its authors."""

from __future__ import annotations

import pytest

from tropa.stats.multiplicity import adjust

# Benjamini & Hochberg (1995), section 4.1: 15 endpoints of a trial of treatments after myocardial infarction.
TRIAL = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_authors_reject_four() -> None:
    """At 0.05 four hypotheses fall (Bonferroni: three), the fourth because 0.0095 <= 4/15 * 0.05."""
    q = adjust(dict(enumerate(TRIAL))).q
    assert [name for name, value in q.items() if value is not None and value <= 0.05] == [0, 1, 2, 3]
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert [name for name, value in enumerate(TRIAL) if value <= 0.05 / 15] == [0, 1, 2]


def test_any_dependence() -> None:
    """The sum 1 + 1/2 + ... + 1/15 is 3.318; three remain."""
    q = adjust(dict(enumerate(TRIAL)), "benjamini_yekutieli").q
    assert q[0] == pytest.approx(0.0001 * 15 * 3.3182289932)
    assert [name for name, value in q.items() if value is not None and value <= 0.05] == [0, 1, 2]
