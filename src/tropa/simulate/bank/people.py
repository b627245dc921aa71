"""Who comes to the bank, when, and from where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tropa.simulate.bank.settings import REGION_WEIGHTS, REGIONS, Settings
from tropa.simulate.clock import DAY, DAYS, FIRST_DAY, HOUR, Hours, is_day_off, time_of_day
from tropa.simulate.names import customer_ids
from tropa.simulate.streams import Flags, Floats, Ints, Streams

AGES = ("18-24", "25-34", "35-44", "45-54", "55+")
JOBS = ("Наёмный сотрудник", "Самозанятый", "Предприниматель", "Пенсионер")
SEGMENTS = ("Массовый", "Плюс", "Премиум")
ORIGINS = ("Поиск", "Реклама", "Партнёр", "Рекомендация", "Клиент банка")
DEVICES = ("Android", "iOS", "Windows", "macOS")
CHANNELS = ("web", "app", "branch", "call", "chat", "sms")
WEB, APP, BRANCH, CALL, CHAT, SMS = range(6)
BRANCH_HOURS = Hours(9.5, 19.0, (0, 1, 2, 3, 4, 5))
CALL_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 8, 30, 44, 46, 42, 38, 36, 36, 38, 40, 38, 28, 14, 4, 0, 0)


@dataclass(frozen=True)
class People:
    """Attributes of customers, one entry a customer; texts are indices of the tuples above."""

    region: Ints
    age: Ints
    job: Ints
    salary: Flags
    segment: Ints
    origin: Ints
    phone: Ints
    computer: Ints
    since_year: Ints

    def frame(self) -> pl.DataFrame:
        """The customers file."""
        return pl.DataFrame(
            {
                "customer_id": customer_ids(np.arange(len(self.region))),
                "region": [REGIONS[i] for i in self.region],
                "age_group": [AGES[i] for i in self.age],
                "employment": [JOBS[i] for i in self.job],
                "segment": [SEGMENTS[i] for i in self.segment],
                "salary_client": ["да" if yes else "нет" for yes in self.salary],
                "acquisition": [ORIGINS[i] for i in self.origin],
                "client_since": pl.Series(self.since_year),
            }
        )


@dataclass(frozen=True)
class Cases:
    """Applications, one entry a case: whose it is, when and where it begins."""

    customer: Ints
    started: Floats
    channel: Ints
    people: People
    """The customer's attributes, repeated for every case."""
    amount: Floats
    streams: Streams

    def __len__(self) -> int:
        return len(self.customer)

    def only(self, rows: Ints) -> Cases:
        """Some of the cases, each with its own numbers."""
        people = take_people(self.people, rows)
        return Cases(
            self.customer[rows],
            self.started[rows],
            self.channel[rows],
            people,
            self.amount[rows],
            self.streams.only(rows),
        )


def draw_people(streams: Streams) -> People:
    """Customers of the bank with attributes that hang together."""
    age = streams.choice("age", (0.1, 0.27, 0.27, 0.19, 0.17))
    job_weights = np.array(
        [[0.8, 0.17, 0.03, 0], [0.76, 0.14, 0.1, 0], [0.75, 0.11, 0.14, 0], [0.77, 0.1, 0.12, 0.01],
         [0.36, 0.05, 0.06, 0.53]]
    )  # fmt: skip
    job = streams.choice("job", job_weights[age])
    salary = streams.uniform("salary") < np.array([0.38, 0.04, 0.02, 0.12])[job]
    segment = streams.choice("segment", np.array([[0.74, 0.2, 0.06], [0.58, 0.3, 0.12]])[salary.astype(int)])
    origin = streams.choice(
        "origin", np.array([[0.32, 0.33, 0.15, 0.14, 0.06], [0.1, 0.06, 0.02, 0.08, 0.74]])[salary.astype(int)]
    )
    iphone = streams.uniform("phone") < np.array([0.46, 0.42, 0.36, 0.26, 0.15])[age] + 0.15 * (segment == 2)
    known = salary | (origin == 4)
    year = np.where(known, 2010 + (16 * np.sqrt(streams.uniform("since"))).astype(np.int64), 2026)
    return People(
        region=streams.choice("region", REGION_WEIGHTS),
        age=age,
        job=job,
        salary=salary,
        segment=segment,
        origin=origin,
        phone=iphone.astype(np.int64),
        computer=2 + (streams.uniform("computer") < 0.15).astype(np.int64),
        since_year=year,
    )


def take_people(people: People, customer: Ints) -> People:
    """The attributes of each listed customer."""
    return People(**{name: getattr(people, name)[customer] for name in People.__dataclass_fields__})


def day_weights(settings: Settings) -> Floats:
    """How many journeys begin on each day: week, growth, a campaign, holidays."""
    days = np.arange(DAYS)
    week = np.array([1.16, 1.1, 1.06, 1.02, 0.96, 0.62, 0.56])[(days + FIRST_DAY.weekday()) % 7]
    growth = 1.0 + settings.growth * days / DAYS
    since = days - settings.campaign_day
    campaign = 1.0 + 0.35 * np.where(since >= 0, np.exp(-np.maximum(since, 0) / 8.0), 0.0)
    return np.asarray(week * growth * campaign * np.where(is_day_off()[:DAYS], 0.55, 1.0), dtype=np.float64)


def draw_starts(settings: Settings, streams: Streams, channel: Ints, day: Ints | None = None) -> Floats:
    """When each case begins: a day by the calendar, an hour by the channel."""
    if day is None:
        edges = np.cumsum(day_weights(settings))
        day = np.searchsorted(edges, streams.uniform("start.day") * edges[-1], side="right").astype(np.int64)
    hour = streams.uniform("start.hour")
    online = time_of_day(hour)
    phone = time_of_day(hour, CALL_HOURS)
    hall = (9.6 + hour * 8.6) * HOUR
    moment = np.asarray(day, dtype=np.float64) * DAY + np.where(
        channel == BRANCH, hall, np.where(channel == CALL, phone, online)
    )
    return np.where(channel == BRANCH, BRANCH_HOURS.next_open(moment, streams.uniform("start.open")), moment)


def draw_channel(people: People, streams: Streams) -> Ints:
    """The channel of the first visit."""
    known = people.salary | (people.origin == 4)
    weights = np.where(known[:, None], [0.2, 0.58, 0.12, 0.1], [0.56, 0.24, 0.1, 0.1])
    weights = np.where((people.age == 4)[:, None], weights * [0.7, 0.5, 3.0, 1.8], weights)
    weights = np.where((people.age <= 1)[:, None], weights * [0.9, 1.3, 0.5, 0.6], weights)
    return streams.choice("channel", weights)


def make_cases(settings: Settings, people: People, customer: Ints, starts: Floats | None, streams: Streams) -> Cases:
    """Cases of the listed customers; `starts` (NaN: draw it) gives the days of returning customers."""
    own = take_people(people, customer)
    channel = draw_channel(own, streams)
    drawn = draw_starts(settings, streams, channel)
    if starts is not None:
        day = np.where(np.isnan(starts), 0.0, np.floor(starts / DAY)).astype(np.int64)
        drawn = np.where(np.isnan(starts), drawn, draw_starts(settings, streams, channel, day))
    median = np.array([250e3, 480e3, 950e3])[own.segment] * np.array([0.7, 1.0, 1.15, 1.1, 0.75])[own.age]
    amount = np.round(np.clip(median * np.exp(0.55 * streams.normal("amount")), 30e3, 5e6), -3)
    return Cases(customer, drawn, channel, own, amount, streams)
