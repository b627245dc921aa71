"""Values of coded columns. Codes are only ever added, so journeys derived earlier stay right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.cx.columns import ATTRIBUTE, DEFAULTS
from tropa.engine.journeys import ABSENT, Codes

MAX_VALUES = 5_000
"""An attribute with more distinct values is kept in the log, but is no filter: nobody chooses among so many."""


class Dictionaries:
    """Column -> values in the order of their codes."""

    def __init__(self, values: dict[str, list[str]] | None = None, wide: list[str] | None = None) -> None:
        self.values: dict[str, list[str]] = values or {column: [default] for column, default in DEFAULTS.items()}
        self.wide: set[str] = set(wide or [])
        self._codes = {
            column: {value: code for code, value in enumerate(known)} for column, known in self.values.items()
        }

    def learn(self, column: str, values: pa.Array) -> None:
        """Give codes to values that have none yet; an attribute with too many becomes wide."""
        if column in self.wide:
            return
        codes = self._codes.setdefault(column, {})
        known = self.values.setdefault(column, [])
        if column.startswith(ATTRIBUTE) and len(values) > MAX_VALUES:
            self.drop(column)
            return
        for value in values.to_pylist():
            if value is not None and value not in codes:
                codes[value] = len(known)
                known.append(value)
        if column.startswith(ATTRIBUTE) and len(known) > MAX_VALUES:
            self.drop(column)

    def drop(self, column: str) -> None:
        self.wide.add(column)
        self.values.pop(column, None)
        self._codes.pop(column, None)

    def encode(self, column: str, texts: pa.ChunkedArray | pa.Array) -> Codes:
        """Codes of a text column; ABSENT, or the column's default, where it is null."""
        fill = 0 if column in DEFAULTS else ABSENT
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.unify_dictionaries().combine_chunks() if pa.types.is_dictionary(texts.type) else texts
            texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        encoded = texts if pa.types.is_dictionary(texts.type) else pc.dictionary_encode(texts)
        codes = self._codes.get(column, {})
        table = np.array([codes[value] for value in encoded.dictionary.to_pylist()] + [fill], dtype=np.int32)
        codes_of_rows: Codes = table[pc.fill_null(encoded.indices, len(table) - 1).to_numpy(zero_copy_only=False)]
        return codes_of_rows

    def save(self, path: Path) -> None:
        path.write_text(json.dumps({"values": self.values, "wide": sorted(self.wide)}, ensure_ascii=False), "utf-8")


def read_dictionaries(path: Path | None) -> Dictionaries:
    if path is None:
        return Dictionaries()
    saved = json.loads(path.read_text("utf-8"))
    return Dictionaries(saved["values"], saved["wide"])
