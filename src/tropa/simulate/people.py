"""Customers with attributes, and the journeys that they begin: when, how often, and in which channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from tropa.simulate.clock import DAY, DAYS, FIRST_DAY, ONLINE_HOURS, is_day_off, time_of_day
from tropa.simulate.streams import Flags, Floats, Ints, Streams


@dataclass(frozen=True)
class Population:
    """For every attribute its possible values, and the code of each customer's value."""

    values: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Ints]

    def has(self, attribute: str, *values: str) -> Flags:
        """Who has one of these values."""
        wanted = [self.values[attribute].index(value) for value in values]
        return np.isin(self.codes[attribute], wanted)

    @property
    def size(self) -> int:
        """How many customers."""
        return len(next(iter(self.codes.values())))

    def take(self, rows: Ints) -> Population:
        """The attributes of each listed customer."""
        return Population(self.values, {name: codes[rows] for name, codes in self.codes.items()})

    def frame(self, ids: pl.Series) -> pl.DataFrame:
        """The customers file."""
        columns = {
            name: pl.Series(self.values[name], dtype=pl.String).gather(codes) for name, codes in self.codes.items()
        }
        return pl.DataFrame({"customer_id": ids, **columns})


@dataclass(frozen=True)
class Journeys:
    """Journeys, one entry each: whose it is, when and where it begins."""

    customer: Ints
    started: Floats
    channel: Ints
    people: Population
    """The customer's attributes, repeated for every journey."""
    streams: Streams

    def only(self, rows: Ints) -> Journeys:
        """Some of the journeys, each with its own numbers."""
        return Journeys(
            self.customer[rows], self.started[rows], self.channel[rows], self.people.take(rows), self.streams.only(rows)
        )


def draw_people(streams: Streams, attributes: Mapping[str, Mapping[str, float]]) -> Population:
    """Customers whose attributes are independent: value -> weight for every attribute."""
    values = {name: tuple(weights) for name, weights in attributes.items()}
    codes = {name: streams.choice(f"people.{name}", tuple(weights.values())) for name, weights in attributes.items()}
    return Population(values, codes)


def seasons(
    week: tuple[float, ...],
    day_off: float = 1.0,
    growth: float = 0.0,
    humps: tuple[tuple[float, float, float], ...] = (),
) -> Floats:
    """How many journeys begin on each day of the period.

    Args:
        week: by weekday, Monday first.
        day_off: factor of public holidays.
        growth: from the first day to the last.
        humps: day of the top, height, width in days.
    """
    days = np.arange(DAYS, dtype=np.float64)
    weights = np.array(week)[(np.arange(DAYS) + FIRST_DAY.weekday()) % 7] * (1.0 + growth * days / DAYS)
    for top, height, width in humps:
        weights *= 1.0 + height * np.exp(-0.5 * ((days - top) / width) ** 2)
    return np.asarray(weights * np.where(is_day_off()[:DAYS], day_off, 1.0), dtype=np.float64)


def draw_starts(streams: Streams, weights: Floats, hours: tuple[int, ...] = ONLINE_HOURS) -> Floats:
    """A day by the calendar and an hour by the profile, for every first journey."""
    edges = np.cumsum(weights)
    day = np.searchsorted(edges, streams.uniform("start.day") * edges[-1], side="right")
    return np.asarray(day * DAY + time_of_day(streams.uniform("start.hour"), hours), dtype=np.float64)


def come_again(
    streams: Streams, first: Floats, again: float, gap_days: float, most: int, hours: tuple[int, ...] = ONLINE_HOURS
) -> tuple[Ints, Floats]:
    """Customers of all journeys and when each begins: after every journey the share `again` comes back.

    Gaps are log-normal days, at least one night long; what would begin after the period is left out.
    """
    customers, starts = [np.arange(len(first), dtype=np.int64)], [first]
    back, last = customers[0], first
    for number in range(1, most):
        gap = 1.0 + gap_days * np.exp(0.8 * streams.normal(f"again.{number}.gap", back))
        begins = (np.floor(last / DAY) + np.ceil(gap)) * DAY
        begins += time_of_day(streams.uniform(f"again.{number}.hour", back), hours)
        comes = (streams.uniform(f"again.{number}", back) < again) & (begins < (DAYS - 1) * DAY)
        back, last = back[comes], begins[comes]
        customers.append(back)
        starts.append(last)
    return np.concatenate(customers), np.concatenate(starts)
