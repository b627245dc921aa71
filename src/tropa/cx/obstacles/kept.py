"""What is worked out of a partition in one pass and asked for again in the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from typing import Any, TypeVar, cast

import numpy as np

from tropa.cx.view import View

Value = TypeVar("Value")

MOST_BYTES = 600_000_000
"""More is worked out anew in each pass."""


class Kept:
    """Steps and marks, by partition. A partition is looked at by one thread at a time."""

    def __init__(self) -> None:
        self._values: dict[tuple[int, Hashable], Any] = {}
        self._bytes = 0

    def of(self, view: View, what: Hashable, make: Callable[[], Value]) -> Value:
        """What was made of this partition before, or is made of it now: a dataclass of arrays."""
        key = id(view.journeys), what
        value = self._values.get(key)
        if value is None:
            value = make()
            arrays = (getattr(value, field.name) for field in fields(cast(Any, value)))
            size = sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
            if self._bytes + size <= MOST_BYTES:
                self._bytes += size
                self._values[key] = value
        return value
