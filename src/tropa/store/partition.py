"""One partition of the log made into journeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.cx.columns import ATTRIBUTE, CODED, QUANTITY
from tropa.cx.quantities import quantities
from tropa.engine.arrange import first_known, first_told, gap_histogram, journey_of_position, place_answers
from tropa.engine.grouping import group, number_text, sort_within
from tropa.engine.journeys import ABSENT, NO_TIME, Codes, Floats, Ints, Journeys, Ragged
from tropa.store.dictionaries import Dictionaries
from tropa.store.manifest import Arrangement, PartitionFacts

TIMES = ("ended_at", "promised_at")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one bucket: of the events, of the feedback, of the customers."""

    events: pa.Table
    feedback: pa.Table | None
    customers: pa.Table | None


def build(rows: Rows, dictionaries: Dictionaries, arrangement: Arrangement) -> tuple[Journeys, PartitionFacts]:
    """Group the rows of a bucket into journeys, each in order of time; at one time in the order of being told."""
    ids, names, owners = _number_customers(rows)
    time = _times(rows.events, "time")
    order, offsets = group(ids["events"], owners)
    sort_within(order, offsets, time)
    case_codes, case_names = _number_cases(rows)
    owner_of, case_of = np.arange(owners, dtype=np.int64), np.full(owners, ABSENT, dtype=np.int64)
    if arrangement == "case":
        journey_of, owner_of, case_of = journey_of_position(order, offsets, case_codes["events"], len(case_names))
        positions, offsets = group(journey_of, len(owner_of))
        order = order[positions]
    events = Ragged(offsets, _event_columns(rows.events, order, time, dictionaries))
    feedback = _feedback(rows, ids, case_codes, owner_of, case_of, events, dictionaries)
    columns: dict[str, pa.Array] = {
        "customer": names.take(pa.array(owner_of)),
        "owner": pa.array(owner_of.astype(np.int32)),
    }
    if arrangement == "case":
        columns["case"] = case_names.take(pa.array(np.where(case_of < 0, 0, case_of), mask=case_of < 0))
    columns |= _attributes(rows, ids, owner_of, events, dictionaries)
    sorted_time = events.array("time")
    gaps = gap_histogram(offsets, sorted_time)
    facts = PartitionFacts(
        journeys=len(owner_of),
        customers=owners,
        events=len(time),
        feedback=len(feedback),
        first_us=int(time.min()),
        last_us=int(time.max()),
        gaps={int(bucket): int(gaps[bucket]) for bucket in np.flatnonzero(gaps)},
    )
    return Journeys(columns, events, feedback), facts


def _text(table: pa.Table, name: str) -> pa.LargeStringArray:
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    column = column.cast(pa.large_string()).combine_chunks()
    return column


def _times(table: pa.Table, name: str) -> Ints:
    column = pc.fill_null(table[name].cast(pa.int64()), NO_TIME).combine_chunks()
    return np.asarray(column.to_numpy(zero_copy_only=False))


def _number_customers(rows: Rows) -> tuple[dict[str, Codes], pa.LargeStringArray, int]:
    """A number for each customer, those with events first; their names; how many have events."""
    tables = {"events": rows.events, "feedback": rows.feedback, "customers": rows.customers}
    texts = {name: _text(table, "customer_id") for name, table in tables.items() if table is not None}
    every = pa.concat_arrays(list(texts.values())) if len(texts) > 1 else texts["events"]
    numbers, firsts = number_text(every)
    ids: dict[str, Codes] = {}
    begin = 0
    for name, text in texts.items():
        ids[name] = numbers[begin : begin + len(text)]
        begin += len(text)
    owners = int(ids["events"].max()) + 1
    return ids, every.take(pa.array(firsts[:owners])), owners


def _number_cases(rows: Rows) -> tuple[dict[str, Codes], pa.LargeStringArray]:
    tables = {"events": rows.events, "feedback": rows.feedback}
    texts = []
    codes: dict[str, Codes] = {}
    for name, table in tables.items():
        if table is None:
            continue
        if "case_id" in table.column_names:
            texts.append((name, _text(table, "case_id")))
        else:
            codes[name] = np.full(len(table), ABSENT, dtype=np.int32)
    if not texts:
        return codes, pa.array([""], pa.large_string())
    every = pa.concat_arrays([text for _, text in texts])
    numbers, firsts = number_text(pc.fill_null(every, ""))
    numbers[pc.is_null(every).to_numpy(zero_copy_only=False)] = ABSENT
    begin = 0
    for name, text in texts:
        codes[name] = numbers[begin : begin + len(text)]
        begin += len(text)
    return codes, every.take(pa.array(firsts))


def _coded(table: pa.Table, dictionaries: Dictionaries, order: Ints) -> dict[str, pa.Array]:
    columns = {}
    for name in table.column_names:
        if name in CODED or (name.startswith(ATTRIBUTE) and name not in dictionaries.uncoded):
            columns[name] = pa.array(dictionaries.encode(name, table[name])[order])
    return columns


def _event_columns(table: pa.Table, order: Ints, time: Ints, dictionaries: Dictionaries) -> dict[str, pa.Array]:
    columns = {"time": pa.array(time[order]), **_coded(table, dictionaries, order)}
    for name in TIMES:
        if name in table.column_names:
            columns[name] = pa.array(_times(table, name)[order])
    if "value" in table.column_names:
        columns["value"] = pa.array(_floats(table, "value")[order], from_pandas=False)
    for name, told in _quantities(table, dictionaries).items():
        columns[name] = pa.array(told[order], from_pandas=False)
    return columns


def _quantities(table: pa.Table, dictionaries: Dictionaries) -> dict[str, Floats]:
    """Wide attributes that are numbers, by the names under which journeys tell them."""
    return {
        QUANTITY + name.removeprefix(ATTRIBUTE): quantities(_text(table, name))
        for name in sorted(dictionaries.quantities & set(table.column_names))
    }


def _floats(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(pc.fill_null(table[name], np.nan).combine_chunks().to_numpy(zero_copy_only=False))


def _feedback(
    rows: Rows,
    ids: Mapping[str, Codes],
    cases: Mapping[str, Codes],
    owner_of: Ints,
    case_of: Ints,
    events: Ragged,
    dictionaries: Dictionaries,
) -> Ragged:
    """Answers by journey and time; those of customers without any event are on none."""
    owners = int(owner_of[-1]) + 1
    told = rows.feedback
    if told is None:
        empty = {"time": pa.array([], pa.int64())}
        return Ragged(np.zeros(len(owner_of) + 1, dtype=np.int64), empty)
    known = np.flatnonzero(ids["feedback"] < owners)
    time = _times(told, "time")
    first_journey = np.searchsorted(owner_of, np.arange(owners + 1))
    journey = place_answers(
        ids["feedback"][known].astype(np.int64),
        cases["feedback"][known],
        time[known],
        first_journey,
        case_of,
        events.offsets,
        events.array("time"),
    )
    order, offsets = group(journey, len(owner_of))
    sort_within(order, offsets, time[known])
    order = known[order]
    columns = {"time": pa.array(time[order]), **_coded(told, dictionaries, order)}
    if "score" in told.column_names:
        columns["score"] = pa.array(_floats(told, "score")[order], from_pandas=False)
    if "text" in told.column_names:
        columns["text"] = _text(told, "text").take(pa.array(order))
    return Ragged(offsets, columns)


def _attributes(
    rows: Rows, ids: Mapping[str, Codes], owner_of: Ints, events: Ragged, dictionaries: Dictionaries
) -> dict[str, pa.Array]:
    """Attributes of journeys: what the customers' table says last, else the first value that the events carry."""
    owners = int(owner_of[-1]) + 1
    known: dict[str, Codes] = {}
    if rows.customers is not None:
        mine = ids["customers"] < owners
        for name in rows.customers.column_names:
            if name.startswith(ATTRIBUTE) and name not in dictionaries.wide:
                codes = dictionaries.encode(name, rows.customers[name])
                told = mine & (codes != ABSENT)
                known[name] = _last_told(codes, told, ids["customers"], np.full(owners, ABSENT, np.int32))[owner_of]
    for name in events.columns:
        if name.startswith(ATTRIBUTE) and name not in dictionaries.wide:
            codes = known.setdefault(name, np.full(len(owner_of), ABSENT, dtype=np.int32))
            first_known(events.offsets, events.array(name), codes)
    told = {name: pa.array(codes) for name, codes in known.items()}
    return told | _told_quantities(rows, ids, owner_of, events, dictionaries)


def _told_quantities(
    rows: Rows, ids: Mapping[str, Codes], owner_of: Ints, events: Ragged, dictionaries: Dictionaries
) -> dict[str, pa.Array]:
    """The same of wide attributes that are numbers."""
    owners = int(owner_of[-1]) + 1
    known: dict[str, Floats] = {}
    if rows.customers is not None:
        mine = ids["customers"] < owners
        for name, numbers in _quantities(rows.customers, dictionaries).items():
            told = mine & np.isfinite(numbers)
            known[name] = _last_told(numbers, told, ids["customers"], np.full(owners, np.nan))[owner_of]
    for name in events.columns:
        if name.startswith(QUANTITY):
            first_told(events.offsets, events.array(name), known.setdefault(name, np.full(len(owner_of), np.nan)))
    return {name: pa.array(numbers, from_pandas=False) for name, numbers in known.items()}


def _last_told(values: np.ndarray, told: np.ndarray, owner: Codes, by_owner: np.ndarray) -> np.ndarray:
    """What was told last of each customer, put into `by_owner`."""
    by_owner[owner[told]] = values[told]
    return by_owner
