"""Grouping, sorting, sketches, folds and files of journeys against plain Python."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.engine.fold import in_order, run
from tropa.engine.grouping import group, hash_text, number_text, sort_within
from tropa.engine.journeys import Journeys, Ragged, open_journeys, write_journeys
from tropa.engine.sketch import ACCURACY, BUCKETS, bucket_of, histogram, quantile, signed_quantile, value_of


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=4)))
def test_numbers_of_texts(texts: list[str]) -> None:
    """Equal texts share a number, in order of appearance; a slice of an array counts like the array itself."""
    numbers, firsts = number_text(pa.array(texts, pa.large_string()))
    order = list(dict.fromkeys(texts))
    assert numbers.tolist() == [order.index(text) for text in texts]
    assert firsts.tolist() == [texts.index(text) for text in order]
    shifted = pa.array(["before", *texts], pa.large_string()).slice(1)
    assert hash_text(shifted).tolist() == hash_text(pa.array(texts, pa.large_string())).tolist()


def test_hash_is_the_same_for_ever() -> None:
    """Buckets on disk depend on it: these values must never change."""
    found = hash_text(pa.array(["", "a", "клиент"], pa.large_string()))
    assert len(set(found.tolist())) == 3
    assert found.tolist() == [_fnv_mixed(text) for text in ("", "a", "клиент")]


def _fnv_mixed(text: str) -> int:
    """FNV-1a of 64 bits, then the finaliser of MurmurHash3, in big integers."""
    mask = 2**64 - 1
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & mask
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        value = (value ^ value >> 33) * factor & mask
    return value ^ value >> 33


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=200))
def test_grouped_and_sorted(rows: list[tuple[int, int]]) -> None:
    """By group and time; rows of one group and time keep their order, in long groups as in short ones."""
    numbers = np.array([number for number, _ in rows], dtype=np.int32)
    when = np.array([moment for _, moment in rows], dtype=np.int64)
    order, offsets = group(numbers, 5)
    sort_within(order, offsets, when)
    assert order.tolist() == sorted(range(len(rows)), key=lambda row: rows[row])
    assert np.diff(offsets).tolist() == [Counter(numbers.tolist())[number] for number in range(5)]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.9, 1.0])
def test_quantiles_are_within_one_per_cent(share: float) -> None:
    draw = np.random.default_rng(1)
    for values in (draw.lognormal(8, 3, 5_000) + 1, draw.uniform(1, 1e9, 999), np.array([5.0]), np.repeat(7.0, 100)):
        found = quantile(histogram(values), share)
        true = np.sort(values)[max(int(np.ceil(share * len(values))), 1) - 1]
        assert found.value == pytest.approx(true, rel=ACCURACY * 1.001)
        assert found.n == len(values)


def test_an_interval_reaches_to_the_ends_of_its_buckets() -> None:
    """Whole minutes fall into few buckets: the estimate is not shown on its own limit, as if that side were exact."""
    minutes = np.repeat([15.0, 16.0], [495, 505]) * 60_000
    found = quantile(histogram(minutes), 0.5)
    assert found.value is not None and found.low is not None and found.high is not None
    assert found.low < found.value < found.high
    assert found.low <= 15 * 60_000 and 16 * 60_000 <= found.high < 16 * 60_000 * (1 + 2 * ACCURACY)
    late = signed_quantile(histogram(minutes), histogram(np.array([])), 0.5)
    assert late.low is not None and late.high is not None and late.value is not None
    assert late.low <= -16 * 60_000 and late.low < late.value < late.high and late.high >= -15 * 60_000


def test_quantile_intervals_hold_as_often_as_they_say() -> None:
    """95 % limits of the median: of 400 samples of 60 about 380 hold the true one."""
    draw = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        found = quantile(histogram(draw.exponential(1000, 60) + 1), 0.5)
        assert found.low is not None and found.high is not None and found.value is not None
        assert found.low <= found.value <= found.high
        held += found.low * 0.99 <= 1000 * np.log(2) + 1 <= found.high * 1.01
    assert 370 <= held <= 396


def test_buckets() -> None:
    assert [bucket_of(value) for value in (-5.0, 0.0, 0.5, 1.0)] == [0, 0, 1, 1]
    assert bucket_of(1e300) == BUCKETS - 1
    assert value_of(0) == 0
    assert quantile(np.zeros(BUCKETS, dtype=np.int64), 0.5).value is None
    few = quantile(histogram(np.array([1.0, 2.0, 3.0])), 0.5)
    assert few.low is None and few.high is None, "of three numbers no two hold the median 95 times in 100"


class _Sum:
    """A fold that remembers in which order partials came together."""

    def map(self, part: int) -> list[int]:
        time.sleep(0.002 * (part % 3))
        return [part]

    def merge(self, one: list[int], other: list[int]) -> list[int]:
        return one + other

    def finish(self, total: list[int]) -> list[int]:
        return total


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_folds_come_together_in_order(threads: int) -> None:
    def opener(number: int):  # type: ignore[no-untyped-def]
        return lambda: number

    assert run(_Sum(), (opener(number) for number in range(30)), threads) == list(range(30))


def test_few_partitions_are_open_at_once() -> None:
    """However many items there are, no more than twice the threads have been taken and not yet given back."""
    open_now = most = 0
    lock = threading.Lock()

    def items():  # type: ignore[no-untyped-def]
        nonlocal open_now, most
        for number in range(100):
            with lock:
                open_now += 1
                most = max(most, open_now)
            yield number

    for _ in in_order(lambda number: number, items(), 2):
        with lock:
            open_now -= 1
    assert most <= 5


def test_errors_of_a_partition_come_out() -> None:
    def fail(number: int) -> int:
        if number == 7:
            raise ValueError("partition 7")
        return number

    with pytest.raises(ValueError, match="partition 7"):
        list(in_order(fail, range(20), 2))


def test_journeys_round_trip(tmp_path: Path) -> None:
    """What is written is mapped back without a copy, and stays readable when the file is removed."""
    offsets = np.array([0, 2, 2, 5], dtype=np.int64)
    events = Ragged(
        offsets, {"time": pa.array([1, 2, 3, 4, 5], pa.int64()), "activity": pa.array([0, 1, 0, 1, 2], pa.int32())}
    )
    nobody = Ragged(np.zeros(4, dtype=np.int64), {"time": pa.array([], pa.int64())})
    write_journeys(Journeys({"customer": pa.array(["a", "b", "c"])}, events, nobody), tmp_path / "p.arrow")
    opened = open_journeys(tmp_path / "p.arrow")
    (tmp_path / "p.arrow").unlink()
    assert len(opened) == 3
    assert opened.events.offsets.tolist() == [0, 2, 2, 5]
    assert opened.events.array("activity").tolist() == [0, 1, 0, 1, 2]
    assert opened.rows["customer"].to_pylist() == ["a", "b", "c"]
    assert opened.row_codes("owner") is None
    assert len(opened.feedback) == 0
    assert not opened.events.array("time").flags.owndata
