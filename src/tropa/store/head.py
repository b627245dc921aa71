"""The head of a workspace: one small file that names what is valid.

Everything else is written beside it under new names. Replacing this file is the single moment at which a
load happens: killed before, the workspace is as it was; killed after, the load is there (docs/decisions).
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tropa.errors import TropaError


@dataclass(frozen=True)
class Load:
    """One file that was taken in: the ledger by which the same file twice changes nothing.

    `rejects` names the file of rows set aside, where there were some.
    """

    fingerprint: str
    kind: str
    file: str
    at: str
    read: int
    loaded: int
    set_aside: int
    duplicates: int
    rejects: str | None = None


@dataclass(frozen=True)
class Before:
    """What was valid before the last load: by that it can be taken back.

    `loads` is how many stood in the ledger; `generation` is the one that the load made, which tells it from others.
    """

    tables: dict[str, int]
    keys: list[str]
    dictionaries: str | None
    loads: int
    generation: int = 0


@dataclass(frozen=True)
class Head:
    """Attributes:
    generation: grows by one with every change.
    tables: version of each Delta table that is valid.
    keys: files with the keys of events seen.
    dictionaries: file with the values of coded columns.
    arrangements: unit -> manifest file of the journeys derived.
    loads: the ledger.
    """

    generation: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    dictionaries: str | None = None
    arrangements: dict[str, str] = field(default_factory=dict)
    loads: list[Load] = field(default_factory=list)
    before: Before | None = None


def read_head(folder: Path) -> Head:
    """The head of a workspace; an empty one where nothing was loaded yet."""
    path = folder / "HEAD.json"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Head()
    try:
        values: dict[str, Any] = json.loads(text)
        values["loads"] = [Load(**load) for load in values.get("loads", [])]
        values["before"] = None if values.get("before") is None else Before(**values["before"])
        return Head(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise TropaError(
            f"{path.name} of the workspace cannot be read: {error}.", "Restore it from a copy.", kind="workspace"
        ) from None


def write_head(folder: Path, head: Head) -> None:
    """Replace the head at one stroke, on disk before it is seen."""
    path = folder / "HEAD.json"
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(head), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(folder)


def sync_files(paths: Iterable[Path]) -> None:
    """Make files and their names durable: the head must never name what a power cut took away."""
    files = list(paths)
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def say_waiting(folder: Path) -> None:
    """Tell on standard error that another writer holds the workspace."""
    print(f"Another load into {folder} is under way; waiting for it to end.", file=sys.stderr, flush=True)


@contextmanager
def writing(folder: Path, waiting: Callable[[Path], None] = say_waiting) -> Iterator[None]:
    """Hold the workspace for one writer at a time; the system lets go of it when the process dies.

    Args:
        folder: the workspace.
        waiting: called once where another writer has to be waited for.
    """
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting(folder)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
