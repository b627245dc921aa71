"""Loops that arrange rows into journeys: by case within an owner, first known values, gaps."""

from __future__ import annotations

import numpy as np
from numba import njit

from tropa.engine.journeys import ABSENT, Codes, Floats, Ints
from tropa.engine.sketch import BUCKETS, Counts, bucket_of


@njit(cache=True, nogil=True)
def journey_of_position(order: Ints, offsets: Ints, cases: Codes, case_count: int) -> tuple[Ints, Ints, Ints]:
    """Number of the journey for each position of `order`, when an owner has a journey for each case.

    A row without a case belongs to the case that the same owner turns to next, else to the last one before; an owner
    without any case has one journey. Returns also owner and case (ABSENT: none) of each journey.
    """
    journey_of = np.empty(len(order), dtype=np.int64)
    owner_of = np.empty(len(order), dtype=np.int64)
    case_of = np.empty(len(order), dtype=np.int64)
    seen_by = np.full(case_count, -1, dtype=np.int64)
    number_of = np.empty(case_count, dtype=np.int64)
    count = 0
    for owner in range(len(offsets) - 1):
        begin, end = offsets[owner], offsets[owner + 1]
        current = ABSENT
        for position in range(end - 1, begin - 1, -1):
            case = cases[order[position]]
            if case != ABSENT:
                current = case
            journey_of[position] = current
        current = ABSENT
        for position in range(begin, end):
            case = journey_of[position]
            if case == ABSENT:
                case = current
            current = case
            if case == ABSENT:
                if position == begin:
                    owner_of[count] = owner
                    case_of[count] = ABSENT
                    count += 1
                journey_of[position] = count - 1
                continue
            if seen_by[case] != owner:
                seen_by[case] = owner
                number_of[case] = count
                owner_of[count] = owner
                case_of[count] = case
                count += 1
            journey_of[position] = number_of[case]
    return journey_of, owner_of[:count].copy(), case_of[:count].copy()


@njit(cache=True, nogil=True)
def first_known(offsets: Ints, codes: Codes, known: Codes) -> None:
    """Fill `known` (one a journey, ABSENT where not known yet) with the first code that the journey's events carry."""
    for journey in range(len(offsets) - 1):
        if known[journey] == ABSENT:
            for event in range(offsets[journey], offsets[journey + 1]):
                if codes[event] != ABSENT:
                    known[journey] = codes[event]
                    break


@njit(cache=True, nogil=True)
def first_told(offsets: Ints, numbers: Floats, known: Floats) -> None:
    """The same of numbers, where NaN is what is not known."""
    for journey in range(len(offsets) - 1):
        if np.isnan(known[journey]):
            for event in range(offsets[journey], offsets[journey + 1]):
                if not np.isnan(numbers[event]):
                    known[journey] = numbers[event]
                    break


@njit(cache=True, nogil=True)
def gap_histogram(offsets: Ints, time: Ints) -> Counts:
    """Gaps between neighbouring events of a journey, in milliseconds, counted in logarithmic buckets."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for journey in range(len(offsets) - 1):
        for event in range(offsets[journey] + 1, offsets[journey + 1]):
            counts[bucket_of((time[event] - time[event - 1]) / 1000.0)] += 1
    return counts


@njit(cache=True, nogil=True)
def place_answers(
    owner: Ints, case: Codes, time: Ints, first_journey: Ints, case_of: Ints, offsets: Ints, event_time: Ints
) -> Ints:
    """Journey of each answer: the owner's journey with its case, else the one with the latest event by then."""
    placed = np.empty(len(owner), dtype=np.int64)
    for answer in range(len(owner)):
        begin, end = first_journey[owner[answer]], first_journey[owner[answer] + 1]
        best = begin
        best_time = np.iinfo(np.int64).min
        for journey in range(begin, end):
            if case[answer] != ABSENT and case_of[journey] == case[answer]:
                best = journey
                break
            # The last event by then, by halving: a robot has a million.
            event = np.searchsorted(event_time[offsets[journey] : offsets[journey + 1]], time[answer], side="right") - 1
            if event >= 0 and event_time[offsets[journey] + event] > best_time:
                best_time = event_time[offsets[journey] + event]
                best = journey
        placed[answer] = best
    return placed
