"""One partition of journeys: ragged arrays in a memory-mapped Arrow file.

A file holds one row a journey. Two columns are lists of structs: `events` and `feedback`; their
children are plain arrays, so a compiled loop reads them in place, without a copy. All other columns
are one value a journey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Array = npt.NDArray[Any]

NO_TIME = np.iinfo(np.int64).min
"""Stands for an absent time in an int64 column of microseconds."""

ABSENT = -1
"""Stands for an absent value in a column of codes."""


@dataclass(frozen=True)
class Ragged:
    """Row i owns the entries offsets[i]:offsets[i + 1] of each column."""

    offsets: Ints
    columns: Mapping[str, pa.Array]
    _views: dict[str, Array] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return int(self.offsets[-1]) if len(self.offsets) else 0

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def array(self, name: str) -> Array:
        """The column as a NumPy array over the mapped file (no copy)."""
        view = self._views.get(name)
        if view is None:
            view = self.columns[name].to_numpy(zero_copy_only=True)
            self._views[name] = view
        return view


@dataclass(frozen=True)
class Journeys:
    """One partition: what is told once a journey (`rows`) and what is told many times (`events`, `feedback`)."""

    rows: Mapping[str, pa.Array]
    events: Ragged
    feedback: Ragged

    def __len__(self) -> int:
        return len(self.events.offsets) - 1

    def row_codes(self, name: str) -> Codes | None:
        """A column of codes, one a journey, or None where this partition has no such column."""
        column = self.rows.get(name)
        return None if column is None else column.to_numpy(zero_copy_only=True)


def _ragged(column: pa.Array) -> Ragged:
    values = column.values
    names = [values.type.field(index).name for index in range(values.type.num_fields)]
    return Ragged(
        offsets=column.offsets.to_numpy(zero_copy_only=True),
        columns={name: values.field(index) for index, name in enumerate(names)},
    )


def _lists(ragged: Ragged) -> pa.Array:
    names = list(ragged.columns)
    struct = pa.StructArray.from_arrays([ragged.columns[name] for name in names], names=names)
    return pa.LargeListArray.from_arrays(pa.array(ragged.offsets, type=pa.int64()), struct)


def write_journeys(journeys: Journeys, path: Path) -> None:
    """Write one partition as an Arrow IPC file that `open_journeys` maps back."""
    columns: dict[str, pa.Array] = dict(journeys.rows)
    columns["events"] = _lists(journeys.events)
    columns["feedback"] = _lists(journeys.feedback)
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def open_journeys(path: Path) -> Journeys:
    """Map one partition into memory; pages are read when a loop touches them."""
    batch = pa.ipc.open_file(pa.memory_map(str(path), "r")).get_batch(0)
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    events = _ragged(columns.pop("events"))
    feedback = _ragged(columns.pop("feedback"))
    return Journeys(rows=columns, events=events, feedback=feedback)
