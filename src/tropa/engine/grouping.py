"""Grouping rows by a text key in linear time: hash, number the keys, counting sort.

Comparison sorts of text take most of the time of loading elsewhere; keys need to be together, not in order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from tropa.engine.journeys import Array, Codes, Ints

Hashes = npt.NDArray[np.uint64]

_FNV_OFFSET = np.uint64(14695981039346656037)
_FNV_PRIME = np.uint64(1099511628211)
_MIX_1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2 = np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT = np.uint64(33)


def text_buffers(text: pa.LargeStringArray) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """Offsets and bytes of an Arrow text array (no copy); row i is bytes[offsets[i]:offsets[i + 1]]."""
    _, offsets, data = text.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    return starts, np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, np.uint8)


@njit(cache=True, nogil=True)
def _hash(offsets: Ints, data: Array) -> Hashes:
    hashes = np.empty(len(offsets) - 1, dtype=np.uint64)
    for row in range(len(hashes)):
        value = _FNV_OFFSET
        for position in range(offsets[row], offsets[row + 1]):
            value = (value ^ np.uint64(data[position])) * _FNV_PRIME
        value = (value ^ (value >> _SHIFT)) * _MIX_1
        value = (value ^ (value >> _SHIFT)) * _MIX_2
        hashes[row] = value ^ (value >> _SHIFT)
    return hashes


def hash_text(text: pa.LargeStringArray) -> Hashes:
    """64-bit hash of each value (FNV-1a, mixed), the same on every machine and in every version."""
    return _hash(*text_buffers(text))


@njit(cache=True, nogil=True)
def _number(offsets: Ints, data: Array, hashes: Hashes) -> tuple[Codes, Ints]:
    rows = len(hashes)
    size = 16
    while size < 2 * rows:
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.full(size, -1, dtype=np.int32)
    firsts = np.empty(rows, dtype=np.int64)
    numbers = np.empty(rows, dtype=np.int32)
    count = 0
    for row in range(rows):
        slot = hashes[row] & mask
        while True:
            number = slots[slot]
            if number < 0:
                slots[slot] = count
                firsts[count] = row
                numbers[row] = count
                count += 1
                break
            first = firsts[number]
            if hashes[first] == hashes[row] and _same(offsets, data, first, row):
                numbers[row] = number
                break
            slot = (slot + np.uint64(1)) & mask
    return numbers, firsts[:count].copy()


@njit(cache=True, nogil=True, inline="always")
def _same(offsets: Ints, data: Array, one: int, other: int) -> bool:
    length = offsets[one + 1] - offsets[one]
    if offsets[other + 1] - offsets[other] != length:
        return False
    position = 0
    while position < length and data[offsets[one] + position] == data[offsets[other] + position]:
        position += 1
    return bool(position == length)


def number_text(text: pa.LargeStringArray) -> tuple[Codes, Ints]:
    """A number for each distinct value, in order of appearance; and the row of its first appearance."""
    offsets, data = text_buffers(text)
    return _number(offsets, data, _hash(offsets, data))


@njit(cache=True, nogil=True)
def group(numbers: Array, count: int) -> tuple[Ints, Ints]:
    """Rows in order of their number, equal numbers in their old order; and where each number begins."""
    offsets = np.zeros(count + 1, dtype=np.int64)
    for number in numbers:
        offsets[number + 1] += 1
    for index in range(count):
        offsets[index + 1] += offsets[index]
    place = offsets[:-1].copy()
    order = np.empty(len(numbers), dtype=np.int64)
    for row in range(len(numbers)):
        order[place[numbers[row]]] = row
        place[numbers[row]] += 1
    return order, offsets


@njit(cache=True, nogil=True)
def sort_within(order: Ints, offsets: Ints, time: Ints) -> None:
    """Sort the rows of each group by time in place; rows of one time keep their order."""
    for index in range(len(offsets) - 1):
        begin, end = offsets[index], offsets[index + 1]
        in_order = True
        for position in range(begin + 1, end):
            if time[order[position]] < time[order[position - 1]]:
                in_order = False
                break
        if in_order:
            continue
        if end - begin > 40:
            rows = order[begin:end].copy()
            order[begin:end] = rows[np.argsort(time[rows], kind="mergesort")]
            continue
        for position in range(begin + 1, end):
            row = order[position]
            hole = position
            while hole > begin and time[order[hole - 1]] > time[row]:
                order[hole] = order[hole - 1]
                hole -= 1
            order[hole] = row
