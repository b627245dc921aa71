"""Tools to write a company as the story of one customer, lived twice with the same random numbers.

Nothing of `tropa.simulate` is used: these companies are there to try the method on data that nobody wrote it for.
A story is a plain function; every random number has a name, so that the same customer lived again without an obstacle
meets the same luck in everything else.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import NormalDist
from typing import Any

import numpy as np
import polars as pl

DAY = 86400.0
HOUR = 3600.0
MINUTE = 60.0
START = datetime(2026, 1, 5, tzinfo=UTC)
_NORMAL = NormalDist()
_SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rating": (1, 5)}


@dataclass(frozen=True)
class Planted:
    """One obstacle that was built in; the names are those of `truth.json`. `since` is a day from the start.

    also, also_at: other obstacles and touchpoints under which the same events are rightly seen.
    """

    key: str
    kind: str
    obstacle: str
    touchpoint: str
    activity: str
    threshold: float = 1.0
    where: tuple[tuple[str, str], ...] = ()
    since: int | None = None
    also: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()
    why: str = ""


def _as_it_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def minutes(frame: pl.DataFrame) -> pl.DataFrame:
    """A clock with no seconds and no offset: much happens at the same time."""
    return frame.with_columns(pl.col("time", "promised_at").str.slice(0, 16).str.replace("T", " "))


def dates(frame: pl.DataFrame) -> pl.DataFrame:
    """No clock at all."""
    return frame.with_columns(pl.col("time", "promised_at").str.slice(0, 10))


@dataclass(frozen=True)
class Alien:
    """A company: who its customers are, what they live through, and what is wrong by construction.

    people: column of attributes to one value a customer. begins: seconds from the start at which each case begins;
    customer: row of `people` whose case it is. columns: of the events file. extra: further rows of the truth.
    quirks: how this company's system writes its events.
    """

    name: str
    seed: int
    map_yaml: str
    planted: tuple[Planted, ...]
    people: dict[str, list[str]]
    customer: list[int]
    begins: list[float]
    days: int
    horizon: float
    story: Callable[[Life], None]
    columns: tuple[str, ...]
    extra: tuple[dict[str, Any], ...] = ()
    quirks: Callable[[pl.DataFrame], pl.DataFrame] = _as_it_is


class Luck:
    """Uniform numbers by name: one column a name, one row a case."""

    def __init__(self, name: str, seed: int, size: int) -> None:
        self._root, self._size = [zlib.crc32(name.encode()), seed], size
        self._columns: dict[str, list[float]] = {}

    def __call__(self, name: str, row: int) -> float:
        column = self._columns.get(name)
        if column is None:
            rng = np.random.default_rng([*self._root, zlib.crc32(name.encode())])
            column = self._columns[name] = rng.random(self._size).tolist()
        return column[row]


@dataclass
class Life:
    """One case being lived: its clock, what happened, what was said, which obstacles were met and when."""

    of: dict[str, str]
    row: int
    luck: Luck
    begins: float
    without: str | None = None
    t: float = 0.0
    hurt: float = 0.0  # added to every later chance to leave
    mood: float = 0.0  # standard deviations of a score
    events: list[tuple[Any, ...]] = field(default_factory=list)
    said: list[tuple[Any, ...]] = field(default_factory=list)
    met: dict[str, float] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    goal_at: float | None = None
    pains: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.t = self.begins
        self.mood = _NORMAL.inv_cdf(self.u("mood"))

    def u(self, name: str) -> float:
        return self.luck(name, self.row)

    def chance(self, name: str, p: float) -> bool:
        return self.u(name) < p

    def around(self, name: str, median: float, sigma: float) -> float:
        """A log-normal time, never quite 0."""
        return max(1.0, median * math.exp(sigma * _NORMAL.inv_cdf(max(1e-12, self.u(name)))))

    @property
    def day(self) -> float:
        return self.t / DAY

    def happens(
        self,
        activity: str,
        after: float = 0.0,
        channel: str = "",
        actor: str = "customer",
        performer: str = "",
        status: str = "",
        promised_in: float | None = None,
    ) -> None:
        self.t += after
        promised = None if promised_in is None else self.t + promised_in
        self.events.append((self.t, activity, channel, actor, performer, status, promised))

    def meets(self, key: str, p: float) -> bool:
        """Whether an obstacle strikes now."""
        self.reached.add(key)
        if key == self.without or self.u(key) >= p:
            return False
        self.met.setdefault(key, self.t)
        return True

    def waits(self, key: str, seconds: float, limit: float, patience: float = math.inf) -> bool:
        """Waits to be served; False when patience ran out first. The obstacle is to be still waiting at the limit."""
        self.reached.add(key)
        if key == self.without and min(seconds, patience) > limit:
            seconds = limit * self.u(key + "/short")
        stay = min(seconds, patience)
        if stay > limit:
            self.met.setdefault(key, self.t + limit)
        self.t += stay
        return patience >= seconds

    def leaves(self, name: str, p: float) -> bool:
        return self.u(name) < p + self.hurt

    def goal(self) -> None:
        self.goal_at = self.goal_at or self.t

    def answers(self, kind: str, p: float, activity: str = "", texts: tuple[str, str] = ("", "")) -> None:
        """Answers a survey with a chance, by the mood; words come of the pains, or are of praise or of nothing."""
        if self.u(f"answer/{kind}/{activity}") >= p:
            return
        low, high = _SCALES[kind]
        noise = 0.6 * _NORMAL.inv_cdf(self.u(f"noise/{kind}/{activity}"))
        at = low + (high - low) * (0.72 + 0.16 * (self.mood + noise))
        score = float(min(high, max(low, round(at))))
        words = ""
        if self.u(f"words/{kind}/{activity}") < 0.5:
            words = self.pains[-1] if self.pains else texts[0 if at > low + 0.6 * (high - low) else 1]
        self.said.append((self.t + 600.0, kind, score, words, activity))


def parameters(name: str, seed: int) -> np.random.Generator:
    """What varies from seed to seed."""
    return np.random.default_rng([zlib.crc32(name.encode()), seed, 7])


def choose(rng: np.random.Generator, size: int, shares: dict[str, float]) -> list[str]:
    names = list(shares)
    weights = np.array(list(shares.values()), dtype=float)
    return [names[k] for k in rng.choice(len(names), size, p=weights / weights.sum())]


def beginnings(rng: np.random.Generator, size: int, days: int, until: float = 0.95) -> list[float]:
    """Days even over the period, hours by day rather than by night."""
    day = np.floor(rng.random(size) * days * until)
    return [float(begin) for begin in day * DAY + 7 * HOUR + rng.beta(2, 2, size) * 14 * HOUR]


def live_all(alien: Alien, luck: Luck, without: str | None = None, rows: list[int] | None = None) -> list[Life]:
    """Every case (or those of `rows`), once."""
    people = [dict(zip(alien.people, values, strict=True)) for values in zip(*alien.people.values(), strict=True)]
    lives = []
    for row in range(len(alien.begins)) if rows is None else rows:
        life = Life(people[alien.customer[row]], row, luck, alien.begins[row], without)
        alien.story(life)
        lives.append(life)
    return lives
