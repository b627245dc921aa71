"""One life of all journeys of a company: where each of them is now, and what has happened to it.

The same journeys live again without an obstacle (`off`), with the same random numbers: what differs then is the
obstacle's doing.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.simulate.clock import DAY, MINUTE, awake, time_of_day
from tropa.simulate.log import EventLog
from tropa.simulate.streams import Flags, Floats, Ints, Streams

# A share, or one for each of those who are asked.
Probability = float | NDArray[np.floating[Any]]


class Starting(Protocol):
    """What a life needs to know of its journeys: when and in which channel each begins, and its random numbers."""

    @property
    def started(self) -> Floats: ...
    @property
    def channel(self) -> Ints: ...
    @property
    def streams(self) -> Streams: ...


class Life:
    """One life of all journeys.

    Args:
        cases: who lives.
        off: obstacles that are switched off in this life.
        log: where events are written down.
    """

    def __init__(self, cases: Starting, off: frozenset[str], log: EventLog) -> None:
        self.off, self.log, self.streams = off, log, cases.streams
        self.size = len(cases.started)
        self.started = cases.started
        self.time = cases.started.copy()
        self.alive = np.ones(self.size, dtype=bool)
        self.channel = cases.channel.copy()
        self.goal_at = np.full(self.size, np.nan)
        self.met: dict[str, Flags] = {}
        self.reached: dict[str, Flags] = {}
        self.facts: dict[str, Floats] = {}
        self.arrivals: dict[str, list[Floats]] = {}

    # -- draws -------------------------------------------------------------------------------------------------

    def uniform(self, name: str, who: Ints) -> Floats:
        return self.streams.uniform(name, who)

    def normal(self, name: str, who: Ints) -> Floats:
        return self.streams.normal(name, who)

    def exponential(self, name: str, who: Ints) -> Floats:
        return self.streams.exponential(name, who)

    def chance(self, name: str, who: Ints, probability: Probability) -> Flags:
        """Whether a thing of this probability happens to each of `who`."""
        return np.asarray(self.uniform(name, who) < probability)

    # -- obstacles ---------------------------------------------------------------------------------------------

    def meet(self, obstacle: str, who: Ints, among: Ints) -> None:
        """Notes that these cases met the obstacle, among those who came to where it can be met."""
        self.reached.setdefault(obstacle, np.zeros(self.size, dtype=bool))[among] = True
        self.met.setdefault(obstacle, np.zeros(self.size, dtype=bool))[who] = True

    def strike(self, obstacle: str, who: Ints, among: Ints) -> Ints:
        """As `meet`; returns those who feel it in this life: nobody where the obstacle is switched off."""
        self.meet(obstacle, who, among)
        return who[:0] if obstacle in self.off else who

    def has_met(self, obstacle: str) -> Flags:
        return self.met.get(obstacle, np.zeros(self.size, dtype=bool))

    def has_reached(self, obstacle: str) -> Flags:
        return self.reached.get(obstacle, np.zeros(self.size, dtype=bool))

    def suffered(self, obstacle: str) -> Flags:
        """Who felt the obstacle in this life."""
        return np.zeros(self.size, dtype=bool) if obstacle in self.off else self.has_met(obstacle)

    def fact(self, name: str) -> Floats:
        """A number that is known of each case (NaN: nothing known), for scores and comments."""
        return self.facts.setdefault(name, np.full(self.size, np.nan))

    # -- moves -------------------------------------------------------------------------------------------------

    def still(self, who: Ints) -> Ints:
        return who[self.alive[who]]

    def leave(self, who: Ints) -> None:
        """These cases end here; their customers may not even notice it."""
        self.alive[who] = False

    def lose(self, name: str, who: Ints, probability: Probability) -> Ints:
        """Some of `who` leave; returns those who stay."""
        goes = self.chance(name, who, probability)
        self.leave(who[goes])
        return who[~goes]

    def pass_minutes(self, name: str, who: Ints, median: float, spread: float = 0.6) -> None:
        """Time goes by while the customer is at it: log-normal minutes, at least five seconds."""
        minutes = median * np.exp(spread * self.normal(name, who))
        self.time[who] += np.maximum(minutes * MINUTE, 5.0)

    def pass_days(self, name: str, who: Ints, median_days: float, spread: float = 0.9) -> None:
        """The customer puts it off: comes back after days, at an hour when people do such things."""
        days = median_days * np.exp(spread * self.normal(f"{name}.days", who))
        soon = np.floor((self.time[who] + days * DAY) / DAY) * DAY + time_of_day(self.uniform(f"{name}.hour", who))
        later = self.time[who] + np.maximum(days, 0.02) * DAY
        self.time[who] = np.maximum(np.where(days < 0.5, later, soon), self.time[who] + 600.0)
        self.sleep(name, who)

    def sleep(self, name: str, who: Ints) -> None:
        self.time[who] = awake(self.time[who], self.uniform(f"{name}.awake", who))
