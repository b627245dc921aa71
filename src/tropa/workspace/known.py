"""Whose customers are known while a file is guessed at: those of the workspace and of the files uploaded beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from tropa.errors import TropaError
from tropa.sources import Key, Known, Reading, keys_of
from tropa.store.customers import KnownIdentifiers, known_identifiers
from tropa.store.head import Head
from tropa.store.store import Store

_MOST_BESIDE = 12
_LARGEST_WORKBOOK = 8_000_000
"""A workbook is read whole to be looked at: what takes long is not read for the sake of another file."""


def known(store: Store, beside: Iterable[Path] = ()) -> Known:
    """What other data says of whose a row is.

    Args:
        store: the data of the workspace.
        beside: the other files that are about to be loaded; one that cannot be read says nothing.
    """
    loaded = _loaded(store)
    keys = [_keys(path) for path in list(beside)[:_MOST_BESIDE]]
    return Known(
        None if loaded is None else loaded.identifiers,
        None if loaded is None else loaded.among,
        tuple(columns for columns in keys if columns),
    )


def _loaded(store: Store) -> KnownIdentifiers | None:
    head = store.head
    tables = tuple(sorted(head.tables.items()))
    return _loaded_once(store.folder.resolve(), len(head.loads), head.generation, tables) if tables else None


@lru_cache(maxsize=4)
def _loaded_once(
    folder: Path, loads: int, generation: int, tables: tuple[tuple[str, int], ...]
) -> KnownIdentifiers | None:
    return known_identifiers(folder, Head(tables=dict(tables)))


def _keys(path: Path) -> tuple[Key, ...]:
    try:
        stat = path.stat()
        if path.suffix.lower() == ".xlsx" and stat.st_size > _LARGEST_WORKBOOK:
            return ()
        return _keys_once(path, stat.st_mtime_ns, stat.st_size)
    except (TropaError, OSError):
        return ()


@lru_cache(maxsize=32)
def _keys_once(path: Path, changed: int, size: int) -> tuple[Key, ...]:
    return keys_of(path, Reading())
