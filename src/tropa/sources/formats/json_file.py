"""JSON: one object a line, or one array of objects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from tropa.errors import TropaError
from tropa.sources.formats.block import Block, Source, shorten
from tropa.sources.formats.opened import Opened, looks_like
from tropa.sources.formats.parquet_file import flatten
from tropa.sources.model import REJECTS_SCHEMA, empty_rejects

_EXPECTED = "JSON lines (one object a line) or an array of objects"
_ARRAY_ROWS = 200_000
_LONGEST = 64 * 1024 * 1024


def open_json(path: Path, block_bytes: int = 32 * 1024 * 1024) -> Source:
    """Opens a file of JSON objects.

    Raises:
        TropaError: it is no JSON, or JSON of another form.
    """
    opened = Opened(path, "JSON lines")
    try:
        return _open(path, opened, block_bytes)
    except TropaError:
        opened.close()
        raise


def _open(path: Path, opened: Opened, block_bytes: int) -> Source:
    head = opened.read(min(block_bytes, 1024 * 1024))
    source = Source(path, "json", iter(()), opened.size, "utf-8", close=opened.close)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        source.blocks = _array_blocks(source, opened, head)
    elif start.startswith(b"{"):
        if not start.split(b"\n", 1)[0].strip().endswith(b"}"):
            _refuse_one_object(path)
        source.blocks = _line_blocks(source, opened, head, block_bytes)
    else:
        found = looks_like(head) or ("nothing but spaces" if not start else "other text")
        raise TropaError(f"{path.name} is not JSON as its name says: it is {found}.", f"Expected {_EXPECTED}.")
    return source


def _refuse_one_object(path: Path) -> None:
    """An object that goes over several lines may be the whole file."""
    with Opened(path, "JSON lines") as again:
        text = again.read(_LONGEST)
    try:
        whole = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return  # no one object either: the rows say what is wrong, line by line
    keys = ", ".join(f"'{key}'" for key in islice(whole, 10))
    raise TropaError(f"{path.name} holds one object with the keys {keys}, not rows.", f"Expected {_EXPECTED}.")


def _line_blocks(source: Source, opened: Opened, head: bytes, block_bytes: int) -> Iterator[Block]:
    rest, line = head.removeprefix(b"\xef\xbb\xbf"), 1
    final = False
    try:
        while not final:
            part = opened.read(block_bytes)
            final = len(part) < block_bytes
            text = rest + part
            cut = len(text) if final else text.rfind(b"\n") + 1
            rest = text[cut:]
            if len(rest) > _LONGEST:
                raise TropaError(f"{source.path.name}: line {line} never ends.", f"Expected {_EXPECTED}.")
            block = _lines(source.path.name, text[:cut], line, opened.done())
            line += text.count(b"\n", 0, cut)
            yield block
    finally:
        opened.close()


def _lines(file: str, text: bytes, first_line: int, done: int) -> Block:
    rows = text.count(b"\n") + (0 if text.endswith(b"\n") or not text else 1)
    if not text.strip():
        return Block(pl.DataFrame(), first_line, 0, done)
    try:
        frame = pl.read_ndjson(io.BytesIO(text), infer_schema_length=None)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return _lines_one_by_one(file, text, first_line, done)
    if frame.height != rows or _lost_digits(frame):
        return _lines_one_by_one(file, text, first_line, done)
    return Block(flatten(frame), first_line, rows, done)


def _lost_digits(frame: pl.DataFrame) -> bool:
    """Whether a column of floats may have been whole numbers too long for a float."""
    floats = [column.abs().max() for column in frame.get_columns() if column.dtype == pl.Float64]
    return any(isinstance(most, float) and most >= 2.0**53 for most in floats)


def _lines_one_by_one(file: str, text: bytes, first_line: int, done: int) -> Block:
    """The slow way, for portions in which something is unlike the rest or wrong."""
    objects: list[dict[str, Any]] = []
    lines: list[int] = []
    rejects: list[tuple[str, int, str, str]] = []
    for line, raw in enumerate(text.split(b"\n"), start=first_line):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            reason = f"The line is no JSON: {getattr(error, 'msg', 'bytes that are no UTF-8 text')}."
            rejects.append((file, line, reason, shorten(raw[:2_000].decode("utf-8", errors="replace"))))
            continue
        if isinstance(value, dict):
            objects.append(value)
            lines.append(line)
        else:
            shown = shorten(raw[:2_000].decode("utf-8", errors="replace"))
            rejects.append((file, line, "The line is no JSON object.", shown))
    frame = objects_frame(objects)
    rejected = pl.DataFrame(rejects, schema=dict(REJECTS_SCHEMA), orient="row") if rejects else empty_rejects()
    return Block(frame, pl.Series("line", lines, dtype=pl.Int64), len(objects) + len(rejects), done, rejected)


def _array_blocks(source: Source, opened: Opened, head: bytes) -> Iterator[Block]:
    rows = _array_rows(source.path, opened, head)
    first, some = 1, False
    try:
        while values := list(islice(rows, _ARRAY_ROWS)):
            some = True
            yield _array_block(source.path.name, values, first, opened.done())
            first += len(values)
        if not some:
            yield Block(pl.DataFrame(), 1, 0, opened.done())
    finally:
        opened.close()


def _array_block(file: str, values: list[Any], first: int, done: int) -> Block:
    objects = [(row, value) for row, value in enumerate(values, start=first) if isinstance(value, dict)]
    others = [
        (file, row, "The element is no JSON object.", shorten(json.dumps(value, ensure_ascii=False)))
        for row, value in enumerate(values, start=first)
        if not isinstance(value, dict)
    ]
    lines = pl.Series("line", [row for row, _ in objects], dtype=pl.Int64)
    rejects = pl.DataFrame(others, schema=dict(REJECTS_SCHEMA), orient="row") if others else empty_rejects()
    return Block(objects_frame([value for _, value in objects]), lines, len(values), done, rejects)


def _array_rows(path: Path, opened: Opened, head: bytes) -> Iterator[Any]:
    """Elements of an array, one by one, without holding the whole of it."""
    incremental = io.TextIOWrapper(io.BufferedReader(_Rest(head, opened)), encoding="utf-8-sig", errors="strict")
    decoder = json.JSONDecoder()
    text, at, row, ended = "", 0, 0, False
    opening = True
    try:
        while True:
            if not ended and len(text) - at < 65_536:
                fresh = incremental.read(4 * 1024 * 1024)
                ended = not fresh
                text, at = text[at:] + fresh, 0
            while at < len(text) and text[at] in " \t\r\n":
                at += 1
            if opening:
                at, opening = at + 1, False
                continue
            mark = text[at : at + 1]
            if mark == "]":
                return
            if mark == "," and row:
                at += 1
            try:
                while text[at : at + 1] in (" ", "\t", "\r", "\n"):
                    at += 1
                value, at = decoder.raw_decode(text, at)
            except ValueError as error:
                if ended or len(text) - at > _LONGEST:
                    raise TropaError(
                        f"{path.name}: element {row + 1} of the array cannot be read: {getattr(error, 'msg', error)}.",
                        f"Expected {_EXPECTED}; nothing of it was loaded.",
                    ) from error
                fresh = incremental.read(4 * 1024 * 1024)
                ended = not fresh
                # The comma was taken already: the element begins here.
                text, at = text[at:] + fresh, 0
                value, at = _again(decoder, text, path, row)
            row += 1
            yield value
    except UnicodeDecodeError as error:
        raise TropaError(f"{path.name} is not UTF-8 text.", f"Expected {_EXPECTED} in UTF-8.") from error


def _again(decoder: json.JSONDecoder, text: str, path: Path, row: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, 0)
    except ValueError as error:
        raise TropaError(
            f"{path.name}: element {row + 1} of the array cannot be read: {getattr(error, 'msg', error)}.",
            f"Expected {_EXPECTED}; nothing of it was loaded.",
        ) from error


class _Rest(io.RawIOBase):
    """The bytes that were looked at, then the rest."""

    def __init__(self, head: bytes, opened: Opened) -> None:
        self._head = head
        self._opened = opened

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._opened.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def objects_frame(objects: list[dict[str, Any]]) -> pl.DataFrame:
    """Objects as a table of text: nested objects flattened with dots, lists as JSON, `null` as nothing."""
    names: dict[str, None] = {}
    rows = []
    for value in objects:
        row: dict[str, str | None] = {}
        _flatten(value, "", row)
        rows.append(row)
        names.update(dict.fromkeys(row))
    return pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in names})


def _flatten(value: dict[str, Any], prefix: str, row: dict[str, str | None]) -> None:
    for key, inner in value.items():
        if isinstance(inner, dict):
            _flatten(inner, f"{prefix}{key}.", row)
        else:
            row[prefix + key] = _text(inner)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
