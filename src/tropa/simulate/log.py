"""The log into which the simulation writes events, column by column."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tropa.simulate.clock import END_SECONDS, FIRST_DAY
from tropa.simulate.streams import Floats, Ints

EPOCH = datetime.combine(FIRST_DAY, time.min)


class Words:
    """Numbers words in the order in which they are first met; -1 is no word."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, word: str) -> int:
        if word not in self._codes:
            self._codes[word] = len(self.words)
            self.words.append(word)
        return self._codes[word]

    def codes(self, words: list[str]) -> Ints:
        return np.array([self.code(word) for word in words], dtype=np.int64)


class EventLog:
    """Collects events as arrays; a cheap stand-in (`recording=False`) collects nothing for a second life.

    Text columns are words or arrays of codes of `vocabulary[column]`; times are seconds of the simulation.

    Args:
        recording: whether anything is collected.
        texts, numbers: columns beyond those of the contract.
    """

    def __init__(self, recording: bool = True, texts: tuple[str, ...] = (), numbers: tuple[str, ...] = ()) -> None:
        self.recording = recording
        self.texts = ("activity", "channel", "actor", "performer", "status", *texts)
        self.numbers = ("ended_at", "promised_at", "value", *numbers)
        self.vocabulary = {column: Words() for column in self.texts}
        self._chunks: dict[str, list[NDArray[Any]]] = {
            name: [] for name in ("case", "time", *self.texts, *self.numbers)
        }

    def emit(self, activity: str, case: Ints, time: Floats, **columns: str | Floats | Ints | None) -> None:
        """Adds one event for each case."""
        if not self.recording or len(case) == 0:
            return
        self._chunks["case"].append(case.astype(np.int64))
        self._chunks["time"].append(time)
        columns = {"activity": activity, "actor": "customer", "status": "ok", **columns}
        for name in self.texts:
            word = columns.get(name)
            if word is None or isinstance(word, str):
                code = -1 if word is None else self.vocabulary[name].code(word)
                self._chunks[name].append(np.full(len(case), code, dtype=np.int16))
            else:
                self._chunks[name].append(word.astype(np.int16))
        for name in self.numbers:
            number = columns.get(name)
            given = np.full(len(case), np.nan) if number is None else np.asarray(number, dtype=np.float64)
            self._chunks[name].append(given)

    def column(self, name: str) -> NDArray[Any]:
        """All values of one column so far (codes for text)."""
        return np.concatenate(self._chunks[name]) if self._chunks[name] else np.array([])

    def frame(self) -> pl.DataFrame:
        """Everything that happened before the period's end, in order of time, with local times without offset."""
        time = np.round(self.column("time"))
        kept = np.flatnonzero((time >= 0) & (time < END_SECONDS))
        order = kept[np.argsort(time[kept], kind="stable")]
        ended = self.column("ended_at")[order]
        ended[ended >= END_SECONDS] = np.nan  # still in work when the data were taken
        columns: dict[str, pl.Series] = {"time": datetimes(time[order])}
        columns["case"] = pl.Series(self.column("case")[order])
        for name in self.texts:
            words = self.vocabulary[name].words
            codes = pl.Series(self.column(name)[order].astype(np.int64))
            lookup = pl.Series([*words, None], dtype=pl.String)
            columns[name] = lookup.gather(codes.replace({-1: len(words)}))
        columns["ended_at"] = datetimes(ended)
        columns["promised_at"] = datetimes(self.column("promised_at")[order])
        for name in self.numbers[2:]:
            columns[name] = pl.Series(self.column(name)[order], nan_to_null=True)
        return pl.DataFrame(columns)


def datetimes(seconds: Floats) -> pl.Series:
    """Local wall-clock times without an offset; NaN becomes null."""
    known = pl.Series(np.nan_to_num(seconds, nan=0.0)).cast(pl.Int64)
    moments = pl.Series([EPOCH]).cast(pl.Datetime("ms")).to_physical()[0] + known * 1000
    missing = pl.Series(np.isnan(seconds))
    frame = pl.DataFrame({"moment": moments.cast(pl.Datetime("ms")), "missing": missing})
    return frame.select(pl.when(pl.col("missing")).then(None).otherwise(pl.col("moment")).alias("m")).to_series()
