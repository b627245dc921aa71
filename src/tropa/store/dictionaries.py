"""Values of coded columns. Codes are only ever added, so journeys derived earlier stay right.

Columns of few values are in a JSON file that every question reads. Those of an attribute with many are in a Parquet
file beside it, a row group a column, read only where they are needed: by a map that binds by it, or by a load.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.cx.columns import ATTRIBUTE, DEFAULTS
from tropa.cx.quantities import are_quantities
from tropa.engine.journeys import ABSENT, Codes
from tropa.errors import TropaError

MAX_VALUES = 5_000
"""An attribute with more distinct values is wide, no filter: nobody chooses among so many. A map may bind by it."""

MAX_CODED = 200_000
"""An attribute with more distinct values is only kept in the log: it names single things, no kind of event."""

SIDE = ".parquet"
_ASKED = 10_000
"""By so many of the values told at once a wide attribute is judged to be of numbers."""


class Dictionaries:
    """Column -> values in the order of their codes.

    Attributes:
        values: of columns that are not wide.
        wide: attributes that are no filters.
        uncoded: those of them that have no codes at all.
        quantities: those of the wide that are numbers or dates: journeys tell them as such.
    """

    def __init__(
        self,
        values: dict[str, list[str]] | None = None,
        wide: Iterable[str] = (),
        uncoded: Iterable[str] = (),
        side: Path | None = None,
        quantities: Iterable[str] = (),
    ) -> None:
        self.values: dict[str, list[str]] = values or {column: [default] for column, default in DEFAULTS.items()}
        self.wide: set[str] = set(wide)
        self.uncoded: set[str] = set(uncoded)
        self.quantities: set[str] = set(quantities)
        self._side = side
        self._wide_values: dict[str, list[str]] = {}
        self._codes: dict[str, dict[str, int]] = {}

    def wide_values(self, columns: Iterable[str]) -> dict[str, list[str]]:
        """Values of those of the columns that are wide and have codes."""
        wanted = set(columns) & (self.wide - self.uncoded)
        fresh = wanted - set(self._wide_values)
        if fresh and self._side is not None:
            told = pq.read_table(self._side, filters=[("column", "in", sorted(fresh))])
            for column in fresh:
                self._wide_values[column] = told.filter(pc.equal(told["column"], column))["value"].to_pylist()
        return {column: self._wide_values[column] for column in wanted}

    def learn(self, column: str, values: pa.Array) -> None:
        """Give codes to values that have none yet; an attribute with many becomes wide, with too many uncoded."""
        self._learn(column, values)
        if column in self.wide and column not in self.quantities and are_quantities(values[:_ASKED]):
            self.quantities.add(column)

    def _learn(self, column: str, values: pa.Array) -> None:
        if column in self.uncoded:
            return
        attribute = column.startswith(ATTRIBUTE)
        if attribute and len(values) > MAX_CODED:
            self.drop(column)
            return
        codes, known = self._codes_of(column), self._values_of(column)
        for value in values.to_pylist():
            if value is not None and value not in codes:
                codes[value] = len(known)
                known.append(value)
        if attribute and len(known) > MAX_CODED:
            self.drop(column)
        elif attribute and len(known) > MAX_VALUES and column not in self.wide:
            self._wide_values[column] = self.values.pop(column)
            self.wide.add(column)

    def drop(self, column: str) -> None:
        self.wide.add(column)
        self.uncoded.add(column)
        self.values.pop(column, None)
        self._wide_values.pop(column, None)
        self._codes.pop(column, None)

    def _values_of(self, column: str) -> list[str]:
        return self.wide_values([column])[column] if column in self.wide else self.values.setdefault(column, [])

    def _codes_of(self, column: str) -> dict[str, int]:
        codes = self._codes.get(column)
        if codes is None:
            codes = self._codes[column] = {value: code for code, value in enumerate(self._values_of(column))}
        return codes

    def encode(self, column: str, texts: pa.ChunkedArray | pa.Array) -> Codes:
        """Codes of a text column; ABSENT, or the column's default, where it is null."""
        fill = 0 if column in DEFAULTS else ABSENT
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.unify_dictionaries().combine_chunks() if pa.types.is_dictionary(texts.type) else texts
            texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        encoded = texts if pa.types.is_dictionary(texts.type) else pc.dictionary_encode(texts)
        codes = self._codes_of(column)
        table = np.array([codes[value] for value in encoded.dictionary.to_pylist()] + [fill], dtype=np.int32)
        codes_of_rows: Codes = table[pc.fill_null(encoded.indices, len(table) - 1).to_numpy(zero_copy_only=False)]
        return codes_of_rows

    def save(self, path: Path) -> list[Path]:
        """Write the values to a file, those of wide attributes beside it; the files written."""
        saved = {"values": self.values, "wide": sorted(self.wide), "uncoded": sorted(self.uncoded)}
        saved["quantities"] = sorted(self.quantities)
        path.write_text(json.dumps(saved, ensure_ascii=False), "utf-8")
        many = self.wide_values(self.wide)
        if not many:
            return [path]
        side = path.with_suffix(SIDE)
        schema = pa.schema([("column", pa.string()), ("value", pa.large_string())])
        with pq.ParquetWriter(side, schema, compression="zstd") as writer:
            for column, values in sorted(many.items()):
                told = [pa.array([column]).take(pa.array(np.zeros(len(values), np.int64))), pa.array(values)]
                writer.write_table(pa.table(told, names=schema.names).cast(schema), row_group_size=len(values))
        return [path, side]


def too_many_values(column: str) -> str:
    """What to say of an attribute that has lost its codes."""
    name = column.removeprefix(ATTRIBUTE)
    return (
        f"Attribute '{name}' has more than {MAX_CODED:,} values: it is kept in the log, but is no filter, and a map "
        "cannot bind by it."
    )


def read_dictionaries(path: Path | None) -> Dictionaries:
    """Dictionaries as they were saved; fresh ones where nothing was saved yet.

    Raises:
        TropaError: (kind `workspace`) when the file is missing or torn.
    """
    if path is None:
        return Dictionaries()
    try:
        saved = json.loads(path.read_text("utf-8"))
        # A file written before there were wide attributes with codes names those without as wide.
        uncoded, quantities = saved.get("uncoded", saved["wide"]), saved.get("quantities", ())
        return Dictionaries(saved["values"], saved["wide"], uncoded, path.with_suffix(SIDE), quantities)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise TropaError(
            f"{path.name} of the workspace cannot be read: {type(error).__name__}: {error}.",
            "Restore it from a copy, or make a new workspace and load the files again.",
            kind="workspace",
        ) from None
