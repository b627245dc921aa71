"""Long work that lets short questions pass."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Value = TypeVar("Value")

_NICER = 10


def behind(work: Callable[[], Value]) -> Value:
    """Does it in a thread to which, and to all that it starts, the processors come only when no page wants them.

    On Linux, where threads have priorities of their own; elsewhere it is done as any other work. What starts threads
    that outlive it (reading the log does) is better done before.
    """
    with ThreadPoolExecutor(1, initializer=_step_back) as thread:
        return thread.submit(work).result()


def _step_back() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICER)
