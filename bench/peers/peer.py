"""What every tool in the benchmark does: take the events in, open them, answer, tell the answer in one form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

THREADS = 2

TRANSITIONS = "transitions"
FUNNEL = "funnel"
VARIANTS = "variants"
FUNNEL_UNLIMITED = "funnel without a window"
"""Asked only for the sake of tools whose funnel knows no window."""

TOP = 20


class Peer:
    """One tool.

    Attributes:
        title: its name in the tables.
        package: distribution whose version is told.
        forms: question -> the ways to ask it; the fastest one counts.
        lacks: question -> why it cannot be asked.
        bytes_an_event: memory that it needs, where it keeps all in memory.
        in_memory: it keeps nothing between processes, so opening is loading.
    """

    title: ClassVar[str]
    package: ClassVar[str]
    forms: ClassVar[dict[str, Sequence[str]]]
    lacks: ClassVar[dict[str, str]] = {}
    bytes_an_event: ClassVar[int] = 0
    in_memory: ClassVar[bool] = False

    def __init__(self, parquet: Path, folder: Path) -> None:
        self.parquet = parquet
        self.folder = folder

    def load(self) -> None:
        """From the Parquet file to where the tool likes to have its data on disk; `folder` is new."""

    def open(self) -> None:
        """Make ready to answer."""
        raise NotImplementedError

    def ask(self, question: str, form: str) -> Any:
        """The answer as the tool gives it; this is what is timed."""
        raise NotImplementedError

    def tell(self, question: str, answer: Any) -> Any:
        """The answer in the one form: see `transitions_told`, `funnel_told`, `variants_told`."""
        raise NotImplementedError


def transitions_told(rows: Any) -> dict[str, Any]:
    """(source, target, count, mean seconds or None) for each pair that occurs."""
    return {
        f"{source}>{target}": [int(count), None if mean is None else float(mean)]
        for source, target, count, mean in rows
    }


def funnel_told(levels: dict[int, int], steps: int) -> list[int]:
    """Customers who reached at least each step, from customers by the last step reached."""
    return [sum(count for level, count in levels.items() if level >= step) for step in range(1, steps + 1)]


def variants_told(total: int, rows: Any) -> dict[str, Any]:
    """Distinct variants and the most frequent ones; of those as frequent as the last one told any may be meant."""
    ranked = sorted(((int(count), tuple(path)) for path, count in rows), key=lambda row: -row[0])[:TOP]
    last = ranked[-1][0]
    sure = {">".join(path): count for count, path in ranked if count > last}
    return {"total": int(total), "counts": [count for count, _ in ranked], "paths": sure}
