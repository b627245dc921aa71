"""What happened in one moment, put in order.

Times by the minute or the day leave several events of a customer in one moment, and the order of the rows then says
which came first. It does so where a file is told in order; a file told newest first says it backwards, and one in no
order (an export of a table without sorting, tables put one below the other) does not say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tropa.sources.model import Chunk
from tropa.stats.ordering import potential

Ints = NDArray[np.int64]

Told = Literal["oldest first", "newest first", "in no order"]

_STRAY = 0.05
"""A file told in order may hold so many rows that are not: what arrived late."""
_COARSE = 0.95
_MINUTE_US = 60_000_000
_DAY_US = 86_400_000_000
_MOST_ACTIVITIES = 500
_MOST_HELD = 2_000_000
_ENOUGH = 20_000
_NO_CHANCE = 10
_SHARES = (64, 16, 4, 1)
_TURNED = "The newest rows come first: of events in one moment, the lower row was taken to come first."


def in_order(chunks: Iterator[Chunk], zone: str = "UTC") -> Iterator[Chunk]:
    """Portions of a file of events, those of one customer and one moment in order; a note says what was done for it.

    Rows told newest first are turned round. Where they are told in no order and times are whole minutes, those of one
    moment go in the order in which such activities follow each other wherever the times tell them apart (HodgeRank, see
    `stats.ordering`), and so in the same order for every customer; such portions are joined, for a moment may lie in
    several. Finer times are left: there a program wrote them.

    How a portion is told is decided by all that was read so far, not by what late rows it happens to hold. Of rows with
    one `event_id` the first of the file goes first, however they are put in order: the store keeps that one.

    Args:
        chunks: portions in the order of the file.
        zone: where its days begin: within a day nothing is before or after what tells no more than the day.
    """
    steps, waiting, is_said = Steps(), None, False
    for chunk in chunks:
        steps = steps + steps_of(chunk.rows, zone)
        if waiting is not None and steps.told == "newest first":
            waiting, chunk = _over_the_seam(waiting, chunk)
        if waiting is not None:
            yield _turned(waiting, is_said)
            waiting, is_said = None, True
        if steps.told == "newest first":
            waiting = chunk
        elif steps.told == "in no order" and _coarse(chunk.rows):
            yield _settled(_joined(chunk, chunks))
        else:
            yield chunk
    if waiting is not None:
        yield _turned(waiting, is_said)


def _over_the_seam(one: Chunk, other: Chunk) -> tuple[Chunk, Chunk]:
    """Two portions, rows of the first moved to the second where a moment of a customer lies in both."""
    latest, earliest = other.rows["time"].max(), one.rows["time"].min()
    if latest is None or earliest is None or earliest > latest:  # type: ignore[operator]
        return one, other
    near = one.rows.filter(pl.col("time") <= latest)
    moved = near.join(other.rows, on=["customer_id", "time"], how="semi", maintain_order="left")
    if moved.is_empty():
        return one, other
    rest = one.rows.join(moved, on=["customer_id", "time"], how="anti", maintain_order="left")
    return replace(one, rows=rest), replace(other, rows=pl.concat([moved, other.rows], how="diagonal"))


def _turned(chunk: Chunk, is_said: bool) -> Chunk:
    firsts, doubles = _by_event_id(chunk.rows)
    notes = chunk.notes if is_said else (*chunk.notes, _TURNED)
    return replace(chunk, rows=pl.concat([firsts.reverse(), doubles]), notes=notes)


def _by_event_id(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows without those whose `event_id` stands above them already, and those."""
    if "event_id" not in rows.columns:
        return rows, rows.clear()
    double = rows.select(pl.col("event_id").is_not_null() & ~pl.col("event_id").is_first_distinct()).to_series()
    return (rows.filter(~double), rows.filter(double)) if double.any() else (rows, rows.clear())


def _joined(first: Chunk, others: Iterator[Chunk]) -> Chunk:
    """The portion and those after it, as many as fit in memory."""
    held, rows = [first], first.rows.height
    while rows < _MOST_HELD and (chunk := next(others, None)) is not None:
        held.append(chunk)
        rows += chunk.rows.height
    return replace(
        held[-1],
        rows=pl.concat([chunk.rows for chunk in held], how="diagonal"),
        identities=pl.concat([chunk.identities for chunk in held]),
        rejects=pl.concat([chunk.rejects for chunk in held]),
        rows_read=sum(chunk.rows_read for chunk in held),
        notes=tuple(note for chunk in held for note in chunk.notes),
    )


def _settled(chunk: Chunk) -> Chunk:
    key = pl.struct("customer_id", "time")
    tied = chunk.rows.filter(key.is_duplicated())
    if tied.is_empty():
        return chunk
    firsts, doubles = _by_event_id(chunk.rows)
    rows = firsts.with_columns(_usual=_usual_order(firsts)).sort("time", "_usual", maintain_order=True).drop("_usual")
    note = (
        f"{tied.select(key.n_unique()).item():,} times a customer did several things in one moment, and the rows are in"
        " no order: such events were put in the order in which they usually follow each other."
    )
    return replace(chunk, rows=pl.concat([rows, doubles]), notes=(*chunk.notes, note))


def _coarse(rows: pl.DataFrame) -> bool:
    whole = (rows["time"].to_physical().to_numpy() % _MINUTE_US) == 0
    return bool(whole.mean() >= _COARSE)


@dataclass(frozen=True, slots=True)
class Steps:
    """How many steps from row to row of a customer go back in time, and how many on."""

    back: int = 0
    on: int = 0

    def __add__(self, other: Steps) -> Steps:
        return Steps(self.back + other.back, self.on + other.on)

    @property
    def told(self) -> Told:
        """In which order the rows of a customer are told."""
        if self.back <= _STRAY * (self.back + self.on):
            return "oldest first"
        return "newest first" if self.on <= _STRAY * (self.back + self.on) else "in no order"


def steps_of(rows: pl.DataFrame, zone: str = "UTC") -> Steps:
    """Steps of a portion, of some of the customers where there are many."""
    time = rows["time"].to_physical().to_numpy()
    if rows.height < 2 or time[0] == time[-1] == time.min() == time.max():
        return Steps()
    enough = min(_ENOUGH, rows.height)
    if rows["time"].is_sorted():
        return Steps(on=enough)
    # A few rows of different customers may be sorted so by chance.
    if int((np.diff(time) < 0).sum()) >= _NO_CHANCE and rows["time"].is_sorted(descending=True):
        return Steps(back=enough)
    customer = rows["customer_id"].hash().to_numpy()
    for share in _SHARES:
        chosen = np.flatnonzero(customer % np.uint64(share) == 0) if share > 1 else np.arange(rows.height)
        if len(chosen) >= enough:
            break
    order = chosen[np.argsort(customer[chosen], kind="stable")]
    step = np.diff(time[order])
    local = rows["time"].gather(order).dt.convert_time_zone(zone).dt.replace_time_zone(None).to_physical().to_numpy()
    day, by_day = local // _DAY_US, local % _DAY_US == 0
    told = (customer[order][1:] == customer[order][:-1]) & ((day[1:] != day[:-1]) | ~(by_day[1:] | by_day[:-1]))
    step = step[told]
    return Steps(int((step < 0).sum()), int((step > 0).sum()))


def _usual_order(rows: pl.DataFrame) -> pl.Series:
    """The place of each row's activity among all of them; the rare ones beyond the most frequent count as one."""
    frequent = rows["activity"].value_counts(sort=True)["activity"].head(_MOST_ACTIVITIES)
    codes = rows["activity"].replace_strict(frequent, range(len(frequent)), default=len(frequent)).to_numpy()
    customer, time = rows["customer_id"].hash().to_numpy(), rows["time"].to_physical().to_numpy()
    order = np.lexsort((time, customer))
    one, next_one = order[:-1], order[1:]
    follows = (customer[one] == customer[next_one]) & (time[one] < time[next_one])
    flow = np.zeros((len(frequent) + 1, len(frequent) + 1), dtype=np.int64)
    np.add.at(flow, (codes[one[follows]], codes[next_one[follows]]), 1)
    return pl.Series(potential(flow)[codes])
