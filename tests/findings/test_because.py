"""Sentences of findings: a manager reads them, with the numbers in them, in Russian and in English."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.findings.strict import OBSTACLES

from tropa.findings.because import Language, because, day, decimal, number, percent, short, span
from tropa.findings.finding import EffectOnGoal, EffectOnScore, Finding, Money, Where

BARRIER = Finding(
    id="x", kind="barrier", obstacle="wait", stage="Papers", touchpoint="Check", activity="check", threshold=7200.0,
    threshold_unit="seconds", reached=12_345, exposed=1_234,
    on_goal=EffectOnGoal(-0.1234, -0.15, -0.09, 1e-9, 1e-8),
    lost_goals=152.3, lost_goals_low=111.0, lost_goals_high=185.0, money=Money(310_000.0, 200_000.0, 420_000.0, "RUB"),
    where=(Where("region", "South", 0.7, 2.1),), since="2026-03-04",
)  # fmt: skip
INCONVENIENCE = replace(
    BARRIER, kind="inconvenience", obstacle="switch", threshold=1.0, threshold_unit="count", lost_goals=None,
    money=None, on_score=EffectOnScore(-0.62, -0.8, -0.4, 1e-9, 1e-8, "csat", 900),
)  # fmt: skip
UNDETERMINED = replace(
    BARRIER, kind="undetermined", lost_goals=None, money=None, where=(), since=None,
    reason="an effect on the goal is neither certain nor ruled out", more_journeys=54_321,
)  # fmt: skip


def plain(text: str) -> str:
    """Spaces of any width as plain ones."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text)


def test_a_barrier() -> None:
    english, russian = (plain(because(BARRIER, language, 0.01)) for language in ("en", "ru"))
    for part in (
        "Check",
        "1,234",
        "12,345",
        "10%",
        "2 h",
        "12.3",
        "152",
        "310 k RUB",
        "200 k",
        "420 k",
        "South",
        "2026",
    ):
        assert part in english, part
    for part in ("«Check»", "1 234", "12 345", "10 %", "2 ч", "12,3", "152", "310 тыс. RUB", "South", "4 марта 2026"):
        assert part in russian, part


def test_an_inconvenience() -> None:
    english, russian = (plain(because(INCONVENIENCE, language, 0.02)) for language in ("en", "ru"))
    for part in ("CSAT", "0.62", "2 points", "1,234"):
        assert part in english, part
    for part in ("CSAT", "0,62", "2 п. п."):
        assert part in russian, part


def test_what_cannot_be_told() -> None:
    english, russian = (plain(because(UNDETERMINED, language, 0.01)) for language in ("en", "ru"))
    assert UNDETERMINED.reason is not None and UNDETERMINED.reason in english and "54,000" in english
    assert "54 000" in russian and not re.search(r"effect|goal|ruled", russian)


REASONS = (
    "an effect on the goal is neither certain nor ruled out",
    "an effect on the score is neither certain nor ruled out",
    "no comparable others",
    "the map names no goal",
    "all ended alike",
    "nearly everybody meets it sooner or later",
    "only 7 met it",
    "only 7 did not meet it",
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_in_russian(reason: str) -> None:
    bare = replace(UNDETERMINED, reason=reason, more_journeys=None, touchpoint="Чек", activity="чек", threshold=60.0)
    text = because(bare, "ru", 0.01)
    assert not re.search(r"[A-Za-z]", text), text
    assert "7" in text or "7" not in reason


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("obstacle", sorted(OBSTACLES))
def test_every_obstacle_has_words(obstacle: str, language: Language) -> None:
    for threshold in (None, 2.0, 90_000.0):
        text = because(replace(BARRIER, obstacle=obstacle, threshold=threshold), language, 0.01)
        assert text.endswith(".") and "None" not in text and "{" not in text


def test_numbers_in_words() -> None:
    assert [plain(number(value, "ru")) for value in (0.4, 999.5, 1234567)] == ["0", "1 000", "1 234 567"]
    assert [decimal(value, "en") for value in (0.0, 0.124, 1.5, 12.34, 123.4, 100.0)] == [
        "0", "0.12", "1.5", "12.3", "123", "100",
    ]  # fmt: skip
    assert [plain(percent(value, "ru")) for value in (0.0, 0.105, 1.0)] == ["0 %", "10,5 %", "100 %"]
    assert [span(value, "en") for value in (5, 90, 3600, 5400, 86_400, 172_800)] == [
        "5 s", "1.5 min", "1 h", "1.5 h", "24 h", "2 d",
    ]  # fmt: skip
    assert short(1_240_000.0, "en") == "1.24 m" and short(950.0, "ru") == "950"
    assert day("2026-03-04", "en") == "4 March 2026"
