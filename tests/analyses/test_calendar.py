"""Days, weeks and months are those of the workspace's time zone, in every analysis that counts by them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.helpers import make_workspace

from tropa.analyses.periods import Calendar, PeriodUnit
from tropa.cx.times import DAY_US
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

# Zones that change their clocks, one that does so at midnight, one that no longer does, one with half an hour.
ZONES = ("UTC", "America/New_York", "America/St_Johns", "Europe/Moscow", "Asia/Beirut", "Australia/Lord_Howe")


def microseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1e6)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_against_the_standard_library(zone: str, unit: PeriodUnit) -> None:
    """Each hour of three years falls in the period that its local date belongs to."""
    place = ZoneInfo(zone)
    first = dt.datetime(2009, 12, 30, 5, 7, 11, tzinfo=dt.UTC)
    moments = [first + dt.timedelta(minutes=29 * step) for step in range(3 * 365 * 49)]
    times = np.array([microseconds(moment) for moment in moments])
    whole = Calendar(unit, int(times[0]), int(times[-1]), int(times[-1]), zone)
    periods = whole.period_of_day[whole.local(times) // DAY_US - whole.first_day]
    begins = [whole.begins[period] for period in periods]
    for moment, begin in zip(moments, begins, strict=True):
        day = moment.astimezone(place).date()
        wanted = {"day": day, "week": day - dt.timedelta(days=day.weekday()), "month": day.replace(day=1)}[unit]
        assert begin == wanted.isoformat(), (zone, moment)


def test_clocks_put_back_over_midnight() -> None:
    """In St John's clocks went from 00:01 back to 23:01: the first and the last day stay within the calendar."""
    place = ZoneInfo("America/St_Johns")
    midnight = dt.datetime(2010, 11, 7, 0, 0, 30, tzinfo=place)
    again = midnight.astimezone(dt.UTC) + dt.timedelta(minutes=10)
    assert again.astimezone(place).date() < midnight.date()
    times = np.array([microseconds(midnight), microseconds(again)])
    whole = Calendar("day", int(times[0]), int(times[1]), int(times[1]), "America/St_Johns")
    days = whole.local(times) // DAY_US - whole.first_day
    assert days.min() >= 0
    assert days.max() < len(whole.period_of_day)


def shop(folder: Path, zone: str) -> Workspace:
    """Three come around the midnight of Moscow between January and February; 21:00 in UTC."""
    moments = {"a": "2026-01-31T20:59:59Z", "b": "2026-01-31T21:00:00Z", "c": "2026-02-01T12:00:00Z"}
    rows = [{"customer_id": who, "time": when, "activity": "visit"} for who, when in moments.items()]
    rows += [{"customer_id": "a", "time": "2026-02-28T20:00:00Z", "activity": "visit"}]
    rows += [{"customer_id": "c", "time": "2026-02-28T21:00:00Z", "activity": "visit"}]
    return make_workspace(folder, rows, settings=Settings("M", timezone=zone))


def test_retention_and_lifecycle(tmp_path: Path) -> None:
    moscow, utc = (shop(tmp_path / name, zone) for name, zone in (("m", "Europe/Moscow"), ("u", "UTC")))
    sizes = [
        {cohort.begins: cohort.size for cohort in workspace.ask("retention", period="month").result.cohorts}
        for workspace in (moscow, utc)
    ]
    assert sizes == [{"2026-01-01": 1, "2026-02-01": 2}, {"2026-01-01": 2, "2026-02-01": 1}]
    active = [
        {
            period.begins: (period.active, period.new)
            for period in workspace.ask("lifecycle", period="month").result.periods
        }
        for workspace in (moscow, utc)
    ]
    assert active == [
        {"2026-01-01": (1, 1), "2026-02-01": (3, 2), "2026-03-01": (1, 0)},
        {"2026-01-01": (2, 2), "2026-02-01": (2, 1)},
    ]


def test_periods_agree_with_filters(tmp_path: Path) -> None:
    """The cohort of a day is as large as the filter by that day says."""
    moscow = shop(tmp_path / "m", "Europe/Moscow")
    for cohort in moscow.ask("retention", period="day").result.cohorts:
        assert moscow.ask("overview", since=cohort.begins, until=cohort.begins).result.customers == cohort.size


def test_trend_of_a_touchpoint(tmp_path: Path) -> None:
    """2026-02-01 is a Sunday: in Moscow `b` comes on it, a day before the week ends, in UTC on Saturday."""
    rows = [
        {"customer_id": "a", "time": "2026-02-01T20:59:59Z", "activity": "visit"},
        {"customer_id": "b", "time": "2026-02-01T21:00:00Z", "activity": "visit"},
    ]
    trends = []
    for zone in ("Europe/Moscow", "UTC"):
        workspace = make_workspace(tmp_path / zone.replace("/", "-"), rows, settings=Settings("M", timezone=zone))
        trend = workspace.ask("touchpoint", touchpoint="visit").result.trend
        trends.append({period.begins: period.journeys for period in trend})
    assert trends == [{"2026-01-26": 1, "2026-02-02": 1}, {"2026-01-26": 2}]


def test_a_future_event_completes_no_period(tmp_path: Path) -> None:
    """A mistyped year ends no week of the others."""
    rows = [{"customer_id": f"c{n}", "time": f"2026-02-{n:02d}T12:00", "activity": "visit"} for n in range(1, 11)]
    rows.append({"customer_id": "c1", "time": "2100-01-01", "activity": "visit"})
    periods = make_workspace(tmp_path / "ws", rows).ask("lifecycle", period="month").result.periods
    assert periods[0].begins == "2026-02-01"
    assert not any(period.complete for period in periods)
