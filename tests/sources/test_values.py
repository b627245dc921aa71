"""Numbers and text of every type and spelling."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl
import pytest

from tropa.sources.values import clean_identifier, clean_text, plain_text, read_numbers


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pl.Series([1, None]), ["1", None]),
        (pl.Series([12.0, 0.5, None, float("nan")]), ["12", "0.5", None, None]),
        (pl.Series([1e-7, 1e20, 2.5]), ["0.0000001", "100000000000000000000", "2.5"]),
        (pl.Series([0.1], dtype=pl.Float32), ["0.1"]),
        (pl.Series([True, False]), ["true", "false"]),
        (pl.Series([date(2020, 1, 2)]), ["2020-01-02"]),
        (pl.Series([datetime(2020, 1, 2)]), ["2020-01-02T00:00:00"]),  # noqa: DTZ001
        (pl.Series([datetime(2020, 1, 2, 3, 4, 5, 120_000)]), ["2020-01-02T03:04:05.12"]),  # noqa: DTZ001
        (pl.Series([datetime(2020, 1, 2)]).dt.replace_time_zone("Europe/Moscow"), ["2020-01-01T21:00:00Z"]),  # noqa: DTZ001
        (pl.Series([Decimal("12.50"), Decimal("3.00")]), ["12.5", "3"]),
        (pl.Series([[1, 2], None]), ["[1,2]", None]),
        (pl.Series(["a", "b"], dtype=pl.Categorical), ["a", "b"]),
        (pl.Series([b"ab"]), ["ab"]),
        (pl.Series([timedelta(hours=1, seconds=5), None]), ["PT1H5S", None]),
        (pl.Series([time(1, 2, 3)]), ["01:02:03"]),
        (pl.Series([None]), [None]),
    ],
)
def test_plain_text(column: pl.Series, expected: list[str | None]) -> None:
    assert plain_text(column).to_list() == expected


def test_clean_text_takes_off_spaces_of_every_kind() -> None:
    values = ["a", " b", "c\t", "\u00a0d", "e\u00a0", "\u2009f\u3000", "", "   ", None, "кл", "а б"]
    assert clean_text(pl.Series(values)).to_list() == ["a", "b", "c", "d", "e", "f", None, None, None, "кл", "а б"]


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u3000", " ", "\n"])
def test_clean_text_sees_a_single_space_at_either_end(space: str) -> None:
    assert clean_text(pl.Series([f"x{space}"])).to_list() == ["x"]
    assert clean_text(pl.Series([f"{space}x"])).to_list() == ["x"]


def numbers(values: list[str | None], decimal_comma: bool | None = None) -> tuple[list[float | None], list[int]]:
    read, bad = read_numbers(pl.Series(values, dtype=pl.String), decimal_comma)
    return read.to_list(), [] if bad is None else bad.arg_true().to_list()


def test_numbers_of_every_spelling() -> None:
    values = ["1", "-2.5", "1,5", "1 234,50", "1\u00a0234", "1,234.50", "1.234,50", "−3", "1e3", "+7"]
    assert numbers(values) == ([1, -2.5, 1.5, 1234.5, 1234, 1234.5, 1234.5, -3, 1000, 7], [])


def test_missing_numbers_are_null() -> None:
    assert numbers(["", None, "NaN", "NA", "null", "-", "4"]) == ([None] * 6 + [4], [])


def test_no_numbers() -> None:
    read, bad = numbers(["1", "abc", "inf", "1.2.3", "12 руб"])
    assert read == [1, None, None, None, None]
    assert bad == [1, 2, 3, 4]


def test_a_comma_before_three_digits_is_no_number_until_something_decides() -> None:
    assert numbers(["1,234", "5"]) == ([None, 5], [0])
    assert numbers(["1,234", "5"], decimal_comma=True) == ([1.234, 5], [])
    assert numbers(["1,234", "0,5"]) == ([1.234, 0.5], [])
    assert numbers(["0,125"]) == ([0.125], [])


def test_typed_numbers() -> None:
    read, bad = read_numbers(pl.Series([1.5, float("nan"), None, float("inf")]))
    assert read.to_list()[:3] == [1.5, None, None]
    assert bad is not None
    assert bad.arg_true().to_list() == [3]
    assert read_numbers(pl.Series([1, 2]))[0].to_list() == [1.0, 2.0]


WORDS = [
    "NULL",
    "null",
    "None",
    "NaN",
    "n/a",
    "N/A",
    "#N/A",
    "-",
    "—",
    "nil",
    "undefined",
    "(null)",
    "<NA>",
    "\\N",
]


@pytest.mark.parametrize("word", WORDS)
def test_words_for_missing_name_nobody(word: str) -> None:
    values = ["c1", word, f" {word} ", None, "Nancy", "nulla", "a-", "none of these"]
    kept = ["c1", None, None, None, "Nancy", "nulla", "a-", "none of these"]
    assert clean_identifier(pl.Series(values)).to_list() == kept
    assert clean_identifier(pl.Series([word])).to_list() == [None]
    assert clean_text(pl.Series([word])).to_list() == [word], "other columns keep their words"


@pytest.mark.parametrize("name", ["NA", "NAN", "NONE", "na"])
def test_cases_numbered_in_letters_keep_their_names(name: str) -> None:
    assert clean_identifier(pl.Series([name])).to_list() == [name]
