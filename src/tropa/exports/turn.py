"""Drawing takes a lot of memory: one file is made at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tropa.errors import TropaError

PATIENCE_SECONDS = 120.0
_ONE = threading.Semaphore(1)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other file is being made.

    Raises:
        TropaError: (throttled) others take too long.
    """
    if not _ONE.acquire(timeout=PATIENCE_SECONDS):
        raise TropaError("Other files are being made.", "Take this one in a minute or two.", kind="throttled")
    try:
        yield
    finally:
        _ONE.release()
