"""Rows that cannot be read: gathered with their reasons, first reason first."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from tropa.sources.formats.block import is_nameless, shorten
from tropa.sources.model import REJECTS_SCHEMA, empty_rejects
from tropa.sources.values import plain_text


class Problems:
    """Which rows of a portion are set aside and why. Costs nothing while nothing is wrong."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._reasons: pl.Series | None = None

    def add(self, bad: pl.Series | None, reasons: Callable[[pl.Series], pl.Series] | str) -> None:
        """Sets rows aside; a row that is aside already keeps its first reason.

        Args:
            bad: mask of rows, or None.
            reasons: one sentence, or what makes a sentence for each row of a mask.
        """
        if bad is None or not bad.any():
            return
        bad = bad.fill_null(False)
        if self._reasons is None:
            self._reasons = pl.Series("reason", [None], dtype=pl.String).new_from_index(0, self._height)
        fresh = bad & self._reasons.is_null()
        if not fresh.any():
            return
        words = reasons if isinstance(reasons, str) else reasons(fresh)
        self._reasons = self._reasons.scatter(fresh.arg_true(), words)

    def good(self) -> pl.Series | None:
        """Mask of rows without a problem; None: all."""
        return None if self._reasons is None else self._reasons.is_null()

    def rejects(self, file: str, frame: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
        """The rows set aside, as `Chunk.rejects` wants them."""
        if self._reasons is None:
            return empty_rejects()
        bad = self._reasons.is_not_null()
        return reject_rows(file, lines.filter(bad), self._reasons.filter(bad), frame.filter(bad))


def reject_rows(file: str, lines: pl.Series, reasons: pl.Series, frame: pl.DataFrame) -> pl.DataFrame:
    """Rejects out of parallel columns."""
    return pl.DataFrame(
        {
            "file": pl.Series([file] * frame.height, dtype=pl.String),
            "line": lines.cast(pl.Int64),
            "reason": reasons,
            "row": raw_rows(frame),
        },
        schema=dict(REJECTS_SCHEMA),
    )


def raw_rows(frame: pl.DataFrame) -> pl.Series:
    """Rows as short text: the values of named columns with commas between them."""
    named = [plain_text(frame[name]).fill_null("") for name in frame.columns if not is_nameless(name)]
    if not named:
        return pl.Series("row", [""] * frame.height, dtype=pl.String)
    return pl.Series("row", [shorten(",".join(values)) for values in zip(*named, strict=True)], dtype=pl.String)
