"""What differs between one seed of the bank and another: how bad things are, and since when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

REGIONS = ("Москва", "Санкт-Петербург", "Урал", "Сибирь", "Поволжье", "Юг", "Северо-Запад", "Дальний Восток")
REGION_WEIGHTS = (0.26, 0.11, 0.12, 0.12, 0.16, 0.12, 0.06, 0.05)
BRANCHES = (
    "Отделение «Тверское»", "Отделение «Невское»", "Отделение «Уральское»", "Отделение «Сибирское»",
    "Отделение «Волжское»", "Отделение «Южное»", "Отделение «Северное»", "Отделение «Приморское»",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Parameters of one bank. Shares are of those who get to the place; days count from the first one."""

    upload_day: int
    """Release after which documents fail to upload in the Android app."""
    upload_fails: float
    upload_gives_up: float
    form_day: int
    """Release after which the form on the site resets."""
    form_resets: float
    long_checks: float
    """Share of manual document checks that wait longer than promised."""
    patience_hours: float
    fatigue: float
    """Loss of acceptance after a check that took two days more than promised."""
    returns: float
    return_gives_up: float
    broken_callbacks: float
    slow_branch: int
    """The region whose branch lets people wait."""
    slow_branch_day: int
    campaign_day: int
    growth: float
    decline: float


def draw_settings(seed: int) -> Settings:
    """The bank of this seed."""
    rng = np.random.default_rng([seed, 20260302])
    return Settings(
        upload_day=int(rng.integers(62, 116)),
        upload_fails=float(rng.uniform(0.28, 0.40)),
        upload_gives_up=float(rng.uniform(0.17, 0.26)),
        form_day=int(rng.integers(45, 125)),
        form_resets=float(rng.uniform(0.24, 0.36)),
        long_checks=float(rng.uniform(0.28, 0.40)),
        patience_hours=float(rng.uniform(58, 74)),
        fatigue=float(rng.uniform(0.16, 0.26)),
        returns=float(rng.uniform(0.11, 0.16)),
        return_gives_up=float(rng.uniform(0.18, 0.28)),
        broken_callbacks=float(rng.uniform(0.30, 0.42)),
        slow_branch=int(rng.integers(2, 6)),
        slow_branch_day=int(rng.integers(50, 110)),
        campaign_day=int(rng.integers(70, 130)),
        growth=float(rng.uniform(0.2, 0.5)),
        decline=float(rng.uniform(0.15, 0.2)),
    )
