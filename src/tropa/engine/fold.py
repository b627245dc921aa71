"""A fold: the one way in which journeys are asked.

`map` looks at one partition and returns a small partial; partials merge; `finish` makes the answer.
The runner decides where and in which order partitions are read. Partials are merged in the order of
partitions, so an answer does not depend on the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice
from typing import Any, Protocol, TypeVar

Part = TypeVar("Part", contravariant=True)
Partial = TypeVar("Partial")
Result = TypeVar("Result", covariant=True)
Item = TypeVar("Item")
Out = TypeVar("Out")


class Fold(Protocol[Part, Partial, Result]):
    """What an analysis does with journeys, one partition at a time; `finish` may ask for another look (`Again`)."""

    def map(self, part: Part, /) -> Partial: ...

    def merge(self, one: Partial, other: Partial, /) -> Partial: ...

    def finish(self, total: Partial, /) -> Result: ...


@dataclass(frozen=True, slots=True)
class Again:
    """Returned by `finish` of a fold that has learned what to look for: this fold goes over the partitions next."""

    fold: Fold[Any, Any, Any]


def threads_available() -> int:
    """Threads that this process may really use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def in_order(work: Callable[[Item], Out], items: Iterable[Item], threads: int) -> Iterator[Out]:
    """Apply work on several threads and yield in the order of items, few ahead, so that memory stays bounded."""
    if threads <= 1:
        yield from map(work, items)
        return
    waiting = iter(items)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        running: list[Future[Out]] = [pool.submit(work, item) for item in islice(waiting, 2 * threads)]
        while running:
            yield running.pop(0).result()
            running.extend(pool.submit(work, item) for item in islice(waiting, 1))


def run(
    fold: Fold[Part, Partial, Result],
    partitions: Iterable[Callable[[], Part]],
    threads: int | None = None,
) -> Result:
    """Fold over all partitions (at least one) and finish, as many times as the fold asks for."""
    openers = list(partitions)
    while True:
        partials = in_order(partial(_look, fold), openers, threads or threads_available())
        result = fold.finish(reduce(fold.merge, partials))
        if not isinstance(result, Again):
            return result
        fold = result.fold


def _look(fold: Fold[Part, Partial, Result], opener: Callable[[], Part]) -> Partial:
    return fold.map(opener())
