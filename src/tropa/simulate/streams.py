"""Random numbers that belong to one case and one question, so that a case can be lived twice.

Every question ("does the upload fail, round 0, attempt 1?") has a stream of its own, derived from the seed and the
question's name; the answer of case `i` is the `i`-th number of it. Whether other cases were asked, or whether the same
case was asked something else before, changes nothing: these are common random numbers (Law, Simulation Modeling
and Analysis, chapter 11).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Streams:
    """Named streams of random numbers, one number a case.

    Args:
        seed: the world's seed.
        size: how many cases there are; a larger size continues the same numbers.
        rows: the cases that are asked at all (default: all of them); each keeps its own numbers.
    """

    def __init__(self, seed: int, size: int, rows: Ints | None = None) -> None:
        self.seed = seed
        self.size = size
        self._rows = rows

    def only(self, rows: Ints) -> Streams:
        """The same streams for some of the cases."""
        return Streams(self.seed, self.size, rows if self._rows is None else self._rows[rows])

    def _own(self, values: Floats) -> Floats:
        return values if self._rows is None else values[self._rows]

    def generator(self, name: str) -> np.random.Generator:
        """The generator behind one question."""
        digest = hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=16).digest()
        return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))

    def uniform(self, name: str) -> Floats:
        """Numbers in [0, 1)."""
        return self._own(self.generator(name).random(self.size))

    def normal(self, name: str) -> Floats:
        """Standard normal numbers."""
        return self._own(self.generator(name).standard_normal(self.size))

    def exponential(self, name: str) -> Floats:
        """Exponential numbers with mean 1."""
        return self._own(self.generator(name).standard_exponential(self.size))

    def choice(self, name: str, weights: Sequence[float] | Floats) -> Ints:
        """An index by weights: one row of weights for all, or one row a case."""
        table = np.atleast_2d(np.asarray(weights, dtype=np.float64))
        edges = np.cumsum(table, axis=1)
        drawn = self.uniform(name)[:, None] * edges[:, -1:]
        return np.minimum((drawn >= edges).sum(axis=1), table.shape[1] - 1).astype(np.int64)
