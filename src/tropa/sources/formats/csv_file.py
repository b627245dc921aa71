"""CSV, TSV and their kin, packed or not, by portions that fit in memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from tropa.errors import TropaError
from tropa.sources.formats.block import Block, Source, shorten, unique_names
from tropa.sources.formats.csv_dialect import (
    CYRILLIC,
    Dialect,
    recognise_dialect,
    refuse_other_things,
    text_encoding,
    wide_encoding,
)
from tropa.sources.formats.csv_scan import LONGEST_RECORD, UNCLOSED, Records, scan
from tropa.sources.formats.csv_split import split_record
from tropa.sources.formats.csv_text import HEAD_BYTES, Text
from tropa.sources.formats.opened import Opened
from tropa.sources.model import REJECTS_SCHEMA, Reading, empty_rejects


def open_csv(path: Path, how: Reading, block_bytes: int = 32 * 1024 * 1024) -> Source:
    """Opens a text table.

    Raises:
        TropaError: it is no text table.
    """
    opened = Opened(path, "CSV")
    try:
        return _open(path, opened, how, block_bytes)
    except TropaError:
        opened.close()
        raise


def _open(path: Path, opened: Opened, how: Reading, block_bytes: int) -> Source:
    head = opened.read(HEAD_BYTES)
    refuse_other_things(path, head)
    wide = wide_encoding(head, how.encoding, path.name)
    text = Text(opened, head, wide)
    sample = text.peek()
    asked = None if how.encoding is None else ("utf-8" if wide else codecs.lookup(how.encoding).name)
    known = "utf-8" if wide or asked in ("utf-8-sig", "ascii") else asked
    dialect = recognise_dialect(path, sample, text.ended, known, how.delimiter)
    source = Source(path, "csv", iter(()), opened.size, wide or dialect.encoding or "utf-8", dialect.delimiter)
    source.close = opened.close
    table = _Table(source, text, dialect, block_bytes)
    source.blocks = table.blocks()
    return source


class _Table:
    """One text table on its way through the parser."""

    def __init__(self, source: Source, text: Text, dialect: Dialect, block_bytes: int) -> None:
        self.source = source
        self.file = source.path.name
        self.text = text
        self.dialect = dialect
        self.block_bytes = block_bytes
        self.names: list[str] = []
        self.zero_bytes = False
        self.short = False

    def blocks(self) -> Iterator[Block]:
        """Portions of rows; the last may be empty, so that a table of a header alone is seen too."""
        self.text.skip(self.dialect.skip_bytes)
        line, rest, some = 1 + self.dialect.skip_lines, b"", False
        try:
            while True:
                rest += self.text.read(self.block_bytes)
                final = self.text.ended
                records = scan(rest, self.dialect.delimiter, line, final)
                if records.used == 0 and not final and len(rest) > LONGEST_RECORD + self.block_bytes:
                    raise TropaError(
                        f"{self.file}: line {line} is longer than {LONGEST_RECORD // 2**20} MB.",
                        "Expected CSV: a header line and one row a line.",
                    )
                block = self._block(rest, records)
                if block is not None and (block.rows_read or not some):
                    some = True
                    yield block
                rest, line = rest[records.used :], records.next_line
                if final:
                    return
        finally:
            self.text.close()

    def _block(self, text: bytes, records: Records) -> Block | None:
        first = 0
        if not self.names:
            present = np.flatnonzero(records.fields != 0)
            if len(present) == 0:
                return None
            first = int(present[0]) + 1
            self._take_header(text[records.starts[first - 1] : records.ends[first - 1]], int(records.lines[first - 1]))
        width = len(self.names)
        fields = records.fields[first:]
        # Empty fields beyond the header are a habit of spreadsheets, not data.
        fits = (
            (fields == width) | ((fields > width) & (records.filled[first:] <= width)) | self._cut(text, records, first)
        )
        blank = fields == 0
        frame, lines, broken = self._parse(text, records, first, fits)
        rejects = self._rejects(text, records, first, ~fits & ~blank)
        everything = pl.concat([rejects, broken]) if broken.height else rejects
        rows = int((~blank).sum())
        return Block(frame, lines, rows, self.text.done(), everything)

    def _cut(self, text: bytes, records: Records, first: int) -> NDArray[np.bool_]:
        """Rows without the last separators, as spreadsheets write them: what is missing at their end is empty.

        A single field where there should be several is more likely the rest of a broken row, and so is the last line
        of a file where it does not end.
        """
        fields, width = records.fields[first:], len(self.names)
        cut = (fields >= min(2, width - 1)) & (fields > 0) & (fields < width)
        if len(cut) and records.ends[-1] >= len(text):
            cut[-1] = False
        if cut.any() and not self.short:
            self.short = True
            line = int(records.lines[first + int(np.argmax(cut))])
            self.source.notes.append(
                f"Some rows have fewer fields than the header, line {line} the first: those that are missing are empty."
            )
        return cut

    def _take_header(self, raw: bytes, line: int) -> None:
        header = self._decoded(raw).decode("utf-8", errors="replace").replace("\x00", "")
        names = split_record(header, self.dialect.delimiter)
        while len(names) > 1 and not names[-1].strip():
            names.pop()  # trailing empty columns
        if not any(name.strip() for name in names):
            raise TropaError(f"{self.file}: line {line} has no names of columns.", "Expected a header line.")
        self.names = unique_names(names, self.source.notes)

    def _parse(
        self, text: bytes, records: Records, first: int, fits: NDArray[np.bool_]
    ) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
        """Rows that fit the header, their lines, and rejects found on the way."""
        fields = records.fields[first:]
        frames, lines, rejects = [], [], empty_rejects()
        for width in np.unique(fields[fits]):
            chosen = np.flatnonzero(fits & (fields == width)) + first
            clean = self._decoded(_gather(text, records, chosen))
            if not _is_utf8(clean):
                whole, part = self._set_broken_aside(text, records, chosen)
                chosen, rejects = whole, pl.concat([rejects, part])
                clean = self._decoded(_gather(text, records, chosen))
            if b"\x00" in clean:
                clean = self._without_zero_bytes(clean)
            frame = self._frame(clean, int(width), len(chosen), records.breaks_inside > 0)
            frames.append(self._frame_by_hand(text, records, chosen) if frame is None else frame)
            lines.append(pl.Series("line", records.lines[chosen]))
        if not frames:
            return pl.DataFrame(schema=dict.fromkeys(self.names, pl.String)), pl.Series("line", [], pl.Int64), rejects
        if len(frames) == 1:
            return frames[0], lines[0], rejects
        both, all_lines = pl.concat(frames), pl.concat(lines)
        order = all_lines.arg_sort()
        return both[order], all_lines[order], rejects

    def _frame(self, clean: bytes, width: int, rows: int, breaks_inside: bool) -> pl.DataFrame | None:
        """Rows through the fast parser; None where it sees other rows than the scanner (quotes gone astray)."""
        if rows == 0:
            return pl.DataFrame(schema=dict.fromkeys(self.names, pl.String))
        columns = [str(i) for i in range(width)]
        table = pa_csv.read_csv(
            pa.BufferReader(clean),
            read_options=pa_csv.ReadOptions(column_names=columns, use_threads=False, block_size=len(clean) + 1),
            parse_options=pa_csv.ParseOptions(
                delimiter=self.dialect.delimiter, newlines_in_values=breaks_inside, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(columns, pa.string()),
                include_columns=columns[: len(self.names)],
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        if table.num_rows != rows:
            return None
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        frame.columns = self.names[: frame.width]
        return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in self.names[frame.width :])

    def _frame_by_hand(self, text: bytes, records: Records, chosen: NDArray[np.int64]) -> pl.DataFrame:
        rows = []
        for record in chosen:
            raw = self._decoded(text[records.starts[record] : records.ends[record]])
            fields = split_record(raw.decode("utf-8").replace("\x00", ""), self.dialect.delimiter)
            values = [field or None for field in fields[: len(self.names)]]
            rows.append([*values, *[None] * (len(self.names) - len(values))])
        return pl.DataFrame(rows, schema=dict.fromkeys(self.names, pl.String), orient="row")

    def _decoded(self, raw: bytes) -> bytes:
        """The bytes as UTF-8; settles the encoding when the first letters beyond ASCII turn up."""
        if self.dialect.encoding is None and not raw.isascii():
            self.dialect.encoding = text_encoding(raw)
            self.source.encoding = self.dialect.encoding
        if self.dialect.encoding in (None, "utf-8"):
            return raw
        return raw.decode(CYRILLIC, errors="replace").encode("utf-8")

    def _set_broken_aside(
        self, text: bytes, records: Records, chosen: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], pl.DataFrame]:
        """Of records that are not all UTF-8: those that are, and rejects of the others."""
        whole = np.array([_is_utf8(text[records.starts[i] : records.ends[i]]) for i in chosen], dtype=np.bool_)
        rejects = [
            self._reject(text, records, int(i), "The line has bytes that are no UTF-8 text.") for i in chosen[~whole]
        ]
        return chosen[whole], pl.DataFrame(rejects, schema=dict(REJECTS_SCHEMA), orient="row")

    def _without_zero_bytes(self, clean: bytes) -> bytes:
        if not self.zero_bytes:
            self.zero_bytes = True
            self.source.notes.append("Zero bytes between the letters were left out.")
        return clean.replace(b"\x00", b"")

    def _rejects(self, text: bytes, records: Records, first: int, bad: NDArray[np.bool_]) -> pl.DataFrame:
        if not bad.any():
            return empty_rejects()
        rows = []
        for record in np.flatnonzero(bad) + first:
            fields = int(records.fields[record])
            if fields == UNCLOSED:
                reason = "A quote is opened and never closed."
            else:
                reason = f"The row has {fields} fields where the header has {len(self.names)}."
            rows.append(self._reject(text, records, int(record), reason))
        return pl.DataFrame(rows, schema=dict(REJECTS_SCHEMA), orient="row")

    def _reject(self, text: bytes, records: Records, record: int, reason: str) -> tuple[str, int, str, str]:
        start = int(records.starts[record])
        raw = text[start : min(int(records.ends[record]), start + 2_000)]
        shown = self._decoded(raw).decode("utf-8", errors="replace")
        return self.file, int(records.lines[record]), reason, shorten(shown)


def _gather(text: bytes, records: Records, chosen: NDArray[np.int64]) -> bytes:
    """Bytes of the chosen records; neighbours are copied together."""
    if len(chosen) == 0:
        return b""
    cuts = np.flatnonzero(np.diff(chosen) != 1)
    firsts = chosen[np.concatenate(([0], cuts + 1))]
    lasts = chosen[np.concatenate((cuts, [len(chosen) - 1]))]
    end = int(records.ends[lasts[0]])
    if len(firsts) == 1 and text[end : end + 1] == b"\n":
        return text[records.starts[firsts[0]] : end + 1]
    parts = [text[records.starts[a] : records.ends[b]] for a, b in zip(firsts, lasts, strict=True)]
    return b"\n".join(parts) + b"\n"


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
