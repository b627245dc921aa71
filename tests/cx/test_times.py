"""The clock of a zone, against the standard library."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tropa.cx.times import EPOCH, local_us


@pytest.mark.parametrize("zone", ["UTC", "Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_every_hour_of_two_years(zone: str) -> None:
    """To the microsecond, on the days on which clocks change too."""
    first = dt.datetime(2025, 1, 1, 0, 0, 30, tzinfo=dt.UTC)
    moments = [first + dt.timedelta(hours=hour) for hour in range(2 * 365 * 24)]
    shown = local_us(np.array([(moment - EPOCH) // dt.timedelta(microseconds=1) for moment in moments]), zone)
    wanted = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=dt.UTC) for moment in moments]
    assert shown.tolist() == [(moment - EPOCH) // dt.timedelta(microseconds=1) for moment in wanted]


def test_nothing() -> None:
    assert len(local_us(np.empty(0, dtype=np.int64), "Europe/Moscow")) == 0
