"""Sheets of workbooks that were read lately: one is asked about several times, and unpacking it takes seconds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import polars as pl

MOST_BYTES = 256 * 1024 * 1024
"""So much is kept at most, in memory."""
KEPT_SECONDS = 600.0
"""What nobody asked about for so long is let go when the next workbook is opened."""

Key = tuple[str, int, int, int, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet as it stands in the workbook, under unique names of columns, and what there is to say of it.

    `header` counts the row of the header from 1: blank rows may stand above it.
    """

    name: str
    frame: pl.DataFrame
    notes: tuple[str, ...]
    header: int = 1


_LOCK = threading.Lock()
_SHEETS: OrderedDict[Key, tuple[Sheet, float]] = OrderedDict()


def key_of(path: Path, sheet: str | None) -> Key:
    """What tells a sheet from any other, also from an earlier state of the same file."""
    stat = path.stat()
    return str(path.resolve()), stat.st_ino, stat.st_mtime_ns, stat.st_size, sheet


def kept(key: Key) -> Sheet | None:
    """The sheet, where it is still here."""
    with _LOCK:
        _sweep()
        found = _SHEETS.pop(key, None)
        if found is None:
            return None
        _SHEETS[key] = (found[0], time.monotonic())
        return found[0]


def keep(key: Key, sheet: Sheet) -> None:
    """Keep a sheet for the next question; those not asked about for longest make room."""
    size = sheet.frame.estimated_size()
    if size > MOST_BYTES:
        return
    with _LOCK:
        for other in [other for other in _SHEETS if other[0] == key[0] and other[1:4] != key[1:4]]:
            del _SHEETS[other]
        while _SHEETS and size + sum(one.frame.estimated_size() for one, _ in _SHEETS.values()) > MOST_BYTES:
            _SHEETS.popitem(last=False)
        _SHEETS[key] = (sheet, time.monotonic())


def forget(path: Path) -> None:
    """Let go of the sheets of a workbook that is done with."""
    told = str(path.resolve())
    with _LOCK:
        for key in [key for key in _SHEETS if key[0] == told]:
            del _SHEETS[key]


def _sweep() -> None:
    oldest = time.monotonic() - KEPT_SECONDS
    for key in [key for key, (_, asked) in _SHEETS.items() if asked < oldest]:
        del _SHEETS[key]
