"""Loops that are compiled at their first use on a machine: whoever waits for that is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def told_of_compiling(say: Callable[[], None]) -> Iterator[None]:
    """Within it, `say` is called once when a loop has to be compiled because no cache holds it."""
    from numba.core import event

    class Listener(event.Listener):
        said = threading.Lock()

        def on_start(self, event: object) -> None:
            if self.said.acquire(blocking=False):
                say()

        def on_end(self, event: object) -> None:
            pass

    with event.install_listener("numba:compile", Listener()):
        yield
