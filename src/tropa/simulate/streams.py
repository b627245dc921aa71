"""Random numbers that belong to one case and one question, so that a case can be lived twice.

Every question ("does the upload fail, round 0, attempt 1?") has a key of its own, made from the seed and the question's
name; the answer of case `i` is a hash of the key and `i` (a counter-based generator: Salmon et al., "Parallel random
numbers: as easy as 1, 2, 3", SC 2011; the mixing function is SplitMix64 of Steele, Lea and Flood, OOPSLA 2014).
Whether other cases were asked, or whether the same case was asked something else before, changes nothing: these are
common random numbers (Law, Simulation Modeling and Analysis, chapter 11).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Streams:
    """Named streams of random numbers, one number a case.

    Args:
        seed: the world's seed.
        size: how many cases there are; more cases leave the numbers of the first ones as they are.
        rows: numbers of the cases that live at all (default: `0 .. size - 1`).
    """

    def __init__(self, seed: int, size: int, rows: Ints | None = None) -> None:
        self.seed = seed
        self._rows: Ints = np.arange(size, dtype=np.int64) if rows is None else rows

    def only(self, rows: Ints) -> Streams:
        """The same streams for some of the cases."""
        return Streams(self.seed, len(rows), self._rows[rows])

    def generator(self, name: str) -> np.random.Generator:
        """A generator for what does not belong to single cases."""
        return np.random.Generator(np.random.Philox(key=self._key(name, 16)))

    def uniform(self, name: str, who: Ints | None = None) -> Floats:
        """Numbers in (0, 1), for the cases `who` or for all."""
        bits = (self._rows if who is None else self._rows[who]).astype(np.uint64)
        bits += np.uint64(1)
        bits *= GOLDEN
        bits += np.uint64(self._key(name, 8))
        for shift, factor in ((np.uint64(30), MIX_1), (np.uint64(27), MIX_2)):
            bits ^= bits >> shift
            bits *= factor
        bits ^= bits >> np.uint64(31)
        return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52

    def normal(self, name: str, who: Ints | None = None) -> Floats:
        """Standard normal numbers."""
        return np.asarray(ndtri(self.uniform(name, who)), dtype=np.float64)

    def exponential(self, name: str, who: Ints | None = None) -> Floats:
        """Exponential numbers with mean 1."""
        return -np.log(self.uniform(name, who))

    def choice(self, name: str, weights: Sequence[float] | Floats) -> Ints:
        """An index by weights: one row of weights for all, or one row a case."""
        table = np.atleast_2d(np.asarray(weights, dtype=np.float64))
        edges = np.cumsum(table, axis=1)
        drawn = self.uniform(name)[:, None] * edges[:, -1:]
        index: Ints = (drawn >= edges).sum(axis=1)
        return np.asarray(np.minimum(index, table.shape[1] - 1), dtype=np.int64)

    def _key(self, name: str, size: int) -> int:
        digest = hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=size).digest()
        return int.from_bytes(digest, "little")
