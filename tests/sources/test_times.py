"""Times of every spelling become the right instants, or a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.errors import TropaError
from tropa.sources.time_kernel import DAY_FIRST, MONTH_FIRST
from tropa.sources.times import TimeReader


def instants(values: list[object], zone: str = "UTC", order: int = 0) -> list[datetime | None]:
    return TimeReader(zone, order).read([pl.Series("t", values, strict=False)])[0].values.to_list()


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01-02T03:04:05Z", utc(2020, 1, 2, 3, 4, 5)),
        ("2020-01-02t03:04:05z", utc(2020, 1, 2, 3, 4, 5)),
        ("2020-01-02 03:04:05+03:00", utc(2020, 1, 2, 0, 4, 5)),
        ("2020-01-02 03:04:05 -0330", utc(2020, 1, 2, 6, 34, 5)),
        ("2020-01-02T03:04:05+03", utc(2020, 1, 2, 0, 4, 5)),
        ("2020-01-02T03:04:05+3:00", utc(2020, 1, 2, 0, 4, 5)),
        ("2020-01-02 03:04:05 UTC", utc(2020, 1, 2, 3, 4, 5)),
        ("2020-01-02T03:04:05+02:00[Europe/Berlin]", utc(2020, 1, 2, 1, 4, 5)),
        ("2020-01-02T03:04:05.1", utc(2020, 1, 2, 3, 4, 5, 100_000)),
        ("2020-01-02T03:04:05.123456789Z", utc(2020, 1, 2, 3, 4, 5, 123_456)),
        ("2020-01-02 03:04:05,25", utc(2020, 1, 2, 3, 4, 5, 250_000)),
        ("2020-01-02", utc(2020, 1, 2)),
        ("2020-1-2 3:04", utc(2020, 1, 2, 3, 4)),
        ("2020/01/02 03:04:05", utc(2020, 1, 2, 3, 4, 5)),
        ("20200102", utc(2020, 1, 2)),
        ("20200102T030405Z", utc(2020, 1, 2, 3, 4, 5)),
        ("20200102030405", utc(2020, 1, 2, 3, 4, 5)),
        ("02.01.2020", utc(2020, 1, 2)),
        ("2.1.2020 3:04", utc(2020, 1, 2, 3, 4)),
        ("02.01.2020 03:04:05", utc(2020, 1, 2, 3, 4, 5)),
        ("02.01.20 03:04", utc(2020, 1, 2, 3, 4)),
        ("02.01.2020, 03:04", utc(2020, 1, 2, 3, 4)),
        ("24-02-2015 11.35", utc(2015, 2, 24, 11, 35)),
        ("2020-01-02T24:00:00", utc(2020, 1, 3)),
        ("2020-02-29T12:00:00", utc(2020, 2, 29, 12)),
        ("1577934245", utc(2020, 1, 2, 3, 4, 5)),
        ("1577934245.5", utc(2020, 1, 2, 3, 4, 5, 500_000)),
        ("1577934245123", utc(2020, 1, 2, 3, 4, 5, 123_000)),
        ("1577934245123456", utc(2020, 1, 2, 3, 4, 5, 123_456)),
        ("1577934245123456789", utc(2020, 1, 2, 3, 4, 5, 123_456)),
        ("-1577934245", utc(1919, 12, 31, 20, 55, 55)),
        ("  2020-01-02 03:04:05  ", utc(2020, 1, 2, 3, 4, 5)),
        ("1900-01-01", utc(1900, 1, 1)),
        ("2200-12-31", utc(2200, 12, 31)),
    ],
)
def test_reads(text: str, expected: datetime) -> None:
    assert instants([text]) == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "cannot be read"),
        ("2020", "cannot be read"),
        ("12345", "cannot be read"),
        ("2020-01-02T", "cannot be read"),
        ("2020-01-02x03:04", "cannot be read"),
        ("2020-01-02 03:04:05 MSK", "cannot be read"),
        ("2020-01-02 03:04:05.", "cannot be read"),
        ("2020-01-02 03:04:05+330", "cannot be read"),
        ("2020-02-30", "impossible"),
        ("2021-02-29 10:00:00", "impossible"),
        ("31.04.2020", "impossible"),
        ("2020-13-01", "impossible"),
        ("2020-00-10 10:00:00", "impossible"),
        ("2020-01-02 25:00:00", "impossible"),
        ("2020-01-02 10:60:00", "impossible"),
        ("2020-01-02 24:00:01", "impossible"),
        ("2020-01-02 10:00:00+19:00", "impossible"),
        ("1899-12-31", "outside the years"),
        ("0001-01-01 00:00:00", "outside the years"),
        ("9999-12-31 23:59:59", "outside the years"),
        ("99999999999999", "outside the years"),
        ("14:32", "without a date"),
        ("14:32:10", "without a date"),
    ],
)
def test_says_why_not(text: str, reason: str) -> None:
    raw = pl.Series("t", [text])
    read = TimeReader("UTC").read([raw])[0]
    bad = read.unreadable()
    assert bad is not None
    assert read.values.to_list() == [None]
    sentence = read.reasons("when", raw, bad)[0]
    assert sentence.startswith(f"when '{text}' ")
    assert reason in sentence


def test_empty_is_empty_and_not_wrong() -> None:
    read = TimeReader("UTC").read([pl.Series("t", ["", None, "  ", "2020-01-01"])])[0]
    assert read.unreadable() is None
    assert read.values.null_count() == 3


def test_mixed_offsets_in_one_column() -> None:
    values = ["2020-06-01 12:00:00+02:00", "2020-06-01 12:00:00", "2020-06-01T12:00:00Z", "2020-06-01 12:00:00.5-01:00"]
    assert instants(values, "Europe/Moscow") == [
        utc(2020, 6, 1, 10),
        utc(2020, 6, 1, 9),
        utc(2020, 6, 1, 12),
        utc(2020, 6, 1, 13, 0, 0, 500_000),
    ]


def test_local_time_that_happens_twice_is_the_earlier_and_the_skipped_is_counted_on() -> None:
    assert instants(["2021-10-31 02:30:00"], "Europe/Berlin") == [utc(2021, 10, 31, 0, 30)]
    # Clocks went from 02:00 CET to 03:00 CEST: 02:30 is half an hour after that moment.
    assert instants(["2021-03-28 02:30:00", "2021-03-28 01:59:59"], "Europe/Berlin") == [
        utc(2021, 3, 28, 1, 30),
        utc(2021, 3, 28, 0, 59, 59),
    ]


def test_slashes_are_decided_by_the_column() -> None:
    assert instants(["03/04/2021", "25/04/2021 10:00"])[0] == utc(2021, 4, 3)
    assert instants(["03/04/2021", "04/25/2021 1:05 PM"]) == [utc(2021, 3, 4), utc(2021, 4, 25, 13, 5)]
    assert instants(["03/03/2021"]) == [utc(2021, 3, 3)]


def test_slashes_that_nothing_decides_are_refused_unless_told() -> None:
    with pytest.raises(TropaError, match="'03/04/2021' in column 't'") as caught:
        instants(["03/04/2021", "01/02/2021"])
    assert "--dates" in caught.value.hint
    assert instants(["03/04/2021"], order=DAY_FIRST) == [utc(2021, 4, 3)]
    assert instants(["03/04/2021"], order=MONTH_FIRST) == [utc(2021, 3, 4)]


def test_one_column_may_decide_for_another_and_for_what_follows() -> None:
    reader = TimeReader("UTC")
    first, second = reader.read([pl.Series("a", ["03/04/2021"]), pl.Series("b", ["25/04/2021"])])
    assert first.values.to_list() == [utc(2021, 4, 3)]
    assert second.values.to_list() == [utc(2021, 4, 25)]
    assert reader.read([pl.Series("a", ["05/06/2021"])])[0].values.to_list() == [utc(2021, 6, 5)]


def test_where_both_orders_stand_the_rarer_is_impossible() -> None:
    assert instants(["25/04/2021", "26/04/2021", "04/25/2021", "01/02/2021"]) == [
        utc(2021, 4, 25),
        utc(2021, 4, 26),
        None,
        utc(2021, 2, 1),
    ]


def test_twelve_hour_clock() -> None:
    values = ["2020-01-02 12:05 AM", "2020-01-02 12:05 pm", "2020-01-02 1:05:09 PM", "2020-01-02 13:00 PM"]
    assert instants(values) == [utc(2020, 1, 2, 0, 5), utc(2020, 1, 2, 12, 5), utc(2020, 1, 2, 13, 5, 9), None]


def test_typed_columns() -> None:
    naive = pl.Series("t", [datetime(2020, 1, 2, 3)])  # noqa: DTZ001
    assert TimeReader("Europe/Moscow").read([naive])[0].values.to_list() == [utc(2020, 1, 2)]
    nanos = naive.cast(pl.Datetime("ns"))
    assert TimeReader("UTC").read([nanos])[0].values.to_list() == [utc(2020, 1, 2, 3)]
    zoned = naive.dt.replace_time_zone("Asia/Tokyo")
    assert TimeReader("Europe/Moscow").read([zoned])[0].values.to_list() == [utc(2020, 1, 1, 18)]
    assert TimeReader("Europe/Moscow").read([pl.Series("t", [date(2020, 1, 2)])])[0].values.to_list() == [
        utc(2020, 1, 1, 21)
    ]
    assert instants([1577934245, None]) == [utc(2020, 1, 2, 3, 4, 5), None]
    assert instants([1577934245.25]) == [utc(2020, 1, 2, 3, 4, 5, 250_000)]
    assert instants([20200102]) == [utc(2020, 1, 2)]


def test_typed_times_out_of_range_are_set_aside() -> None:
    raw = pl.Series("t", [datetime(1700, 1, 1), datetime(2020, 1, 1), None])  # noqa: DTZ001
    read = TimeReader("UTC").read([raw])[0]
    bad = read.unreadable()
    assert bad is not None
    assert bad.to_list() == [True, False, False]
    assert read.values.to_list() == [None, utc(2020, 1, 1), None]
    assert "outside the years" in read.reasons("t", raw, bad)[0]


def test_days_of_excel_are_said_outside_of_workbooks() -> None:
    book, other = TimeReader("UTC", excel_serials=True), TimeReader("UTC")
    for reader in (book, other):
        assert reader.read([pl.Series("t", [44197.5])])[0].values.to_list() == [utc(2021, 1, 1, 12)]
    assert (book.serials, other.serials) == ({}, {"t": ("44197.5", "2021-01-01 12:00")})
    assert other.read([pl.Series("t", [4419.5])])[0].unreadable() is not None


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(TropaError, match="no time zone 'Mars/Base'"):
        TimeReader("Mars/Base")


@settings(deadline=None)  # compiled on the first call
@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from([" ", "T"]),
)
def test_whatever_python_writes_is_read_back(moment: datetime, offset_minutes: int, mark: str) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
    assert instants([zoned.isoformat(mark)]) == [zoned.astimezone(UTC)]
    assert instants([moment.isoformat(mark)]) == [moment.replace(tzinfo=UTC)]
