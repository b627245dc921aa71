"""What differs between one seed of the bank and another: how bad things are, and since when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.simulate.settings import between, code, day, draw

REGIONS = ("Москва", "Санкт-Петербург", "Урал", "Сибирь", "Поволжье", "Юг", "Северо-Запад", "Дальний Восток")
REGION_WEIGHTS = (0.26, 0.11, 0.12, 0.12, 0.16, 0.12, 0.06, 0.05)
BRANCHES = (
    "Отделение «Тверское»", "Отделение «Невское»", "Отделение «Уральское»", "Отделение «Сибирское»",
    "Отделение «Волжское»", "Отделение «Южное»", "Отделение «Северное»", "Отделение «Приморское»",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Parameters of one bank. Shares are of those who get to the place; days count from the first one."""

    upload_day: int = day(62, 116)
    """Release after which documents fail to upload in the Android app."""
    upload_fails: float = between(0.28, 0.40)
    upload_gives_up: float = between(0.17, 0.26)
    form_day: int = day(45, 125)
    """Release after which the form on the site resets."""
    form_resets: float = between(0.24, 0.36)
    long_checks: float = between(0.28, 0.40)
    """Share of manual document checks that wait longer than promised."""
    patience_hours: float = between(58, 74)
    fatigue: float = between(0.16, 0.26)
    """Loss of acceptance after a check that took two days more than promised."""
    returns: float = between(0.11, 0.16)
    return_gives_up: float = between(0.18, 0.28)
    broken_callbacks: float = between(0.30, 0.42)
    slow_branch: int = code(2, 6)
    """The region whose branch lets people wait."""
    slow_branch_day: int = day(50, 110)
    campaign_day: int = day(70, 130)
    growth: float = between(0.2, 0.5)
    decline: float = between(0.15, 0.2)


def draw_settings(seed: int) -> Settings:
    """The bank of this seed."""
    return draw(Settings, np.random.default_rng([seed, 20260302]))
