"""Sentences of findings: a manager reads them, with the numbers in them, in Russian and in English."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.findings.strict import OBSTACLES

from tropa.cx.speech import Language
from tropa.findings.because import Telling, because
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


TELLING = Telling(0.01)
LANGUAGES: tuple[Language, ...] = ("ru", "en")


def plain(text: str) -> str:
    """Spaces of any width as plain ones."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text)


def test_a_barrier() -> None:
    english, russian = (
        plain(because(BARRIER, language, Telling(0.01, 60 * 86_400.0, 5.9))) for language in ("en", "ru")
    )
    for part in (
        "Check",
        "1,234",
        "12,345",
        "10%",
        "2 hours",
        "within 60 days",
        "in 6 months",
        "12.3",
        "152",
        "310,000 RUB",
        "200,000",
        "420,000",
        "South",
        "2026",
    ):
        assert part in english, part
    for part in (
        "«Check»", "в 1 234 из 12 345 путей", "10 %", "2 часов", "12,3", "за 60 дней", "за 6 месяцев", "152 цели",
        "310 000 ₽", "South", "4 марта 2026 года",
    ):  # fmt: skip
        assert part in russian, part


def test_an_inconvenience() -> None:
    english, russian = (plain(because(INCONVENIENCE, language, Telling(0.02))) for language in ("en", "ru"))
    for part in ("CSAT", "0.62", "2 points", "1,234"):
        assert part in english, part
    for part in ("CSAT", "0,62 балла", "2 п. п."):
        assert part in russian, part


def test_what_cannot_be_told() -> None:
    english, russian = (plain(because(UNDETERMINED, language, TELLING)) for language in ("en", "ru"))
    assert "cannot be told yet" in english and "between −15 and −9 points" in english and "54,000" in english
    assert "54 000" in russian and "от −15 до −9 п. п." in russian and not re.search(r"effect|goal|ruled", russian)


def test_a_goal_that_counts_always_has_no_time() -> None:
    for language in LANGUAGES:
        assert not re.search(r"within|за \d+ дн", because(BARRIER, language, Telling(0.01)))


def test_a_limit_that_nobody_stated_is_said_to_be_found() -> None:
    sought = replace(BARRIER, threshold=26 * 3600.0, threshold_found=True)
    assert "longer than 26 hours (a limit found in the data)" in because(sought, "en", TELLING)
    assert "дольше 26 часов (граница найдена по данным)" in plain(because(sought, "ru", TELLING))
    assert "found" not in because(BARRIER, "en", TELLING) and "найдена" not in because(BARRIER, "ru", TELLING)


def test_low_scores_are_of_those_who_answered() -> None:
    low = replace(
        UNDETERMINED, obstacle="low_score", threshold=3.0, threshold_unit="points", score_kind="csat", reached=73,
        exposed=73, reason="only 0 did not meet it", more_journeys=None, activity="collected",
    )  # fmt: skip
    assert because(low, "en", TELLING) == (
        "Check: 73 of the 73 who answered (100%) were unhappy: CSAT 3 or lower; whether this does harm cannot be told: "
        "everybody met it, there is nobody to compare with."
    )
    assert plain(because(low, "ru", TELLING)) == (
        "«Check»: недовольны 73 из 73 ответивших (100 %): CSAT 3 и ниже; мешает ли это, сказать нельзя: сравнить не с "
        "кем, столкнулись все."
    )


def test_one_of_anything_is_said_as_one() -> None:
    one = replace(BARRIER, reached=1, exposed=1, lost_goals=1.0, threshold=3600.0, money=None)
    english = because(
        replace(one, on_goal=EffectOnGoal(-0.01, -0.02, -0.005, 0.0, 0.0)), "en", Telling(0.01, None, 1 / 31)
    )
    assert "1 of 1 journey (" in english and "by 1 point (" in english and "1 goal lost in 1 day" in english
    assert "longer than 1 hour" in english and not re.search(r"\b1 (journeys|points|goals|days|hours)", english)
    russian = plain(because(one, "ru", Telling(0.01, 86_400.0 * 21, 21 / 30.4375)))
    assert "из 1 пути" in russian and "за 21 день" in russian and "потеряна 1 цель" not in russian
    assert "дольше 1 часа" in russian


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
    text = because(bare, "ru", TELLING)
    assert not re.search(r"[A-Za-z]", text), text
    assert "7" in text or "7" not in reason


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("obstacle", sorted(OBSTACLES))
def test_every_obstacle_has_words(obstacle: str, language: Language) -> None:
    for threshold in (None, 2.0, 90_000.0):
        text = because(replace(BARRIER, obstacle=obstacle, threshold=threshold), language, TELLING)
        assert text.endswith(".") and "None" not in text and "{" not in text
