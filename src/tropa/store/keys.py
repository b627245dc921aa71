"""Keys of events seen: the same `event_id` counts once, however many loads later it comes back.

Keys are kept as sorted runs of 64-bit hashes; runs are merged when there are many. Among a hundred million
keys the chance that any two different ones share a hash is 3 in 10,000.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tropa.engine.grouping import Hashes
from tropa.engine.journeys import Array

MAX_RUNS = 8


class Keys:
    """Runs on disk (valid by the head) and runs of the load under way."""

    def __init__(self, folder: Path, files: list[str]) -> None:
        self.folder = folder / "keys"
        self.files = list(files)
        self._old: list[Hashes] = [np.load(self.folder / name, mmap_mode="r") for name in files]
        self._new: list[Hashes] = []

    def add(self, hashes: Hashes) -> Array:
        """Take keys in; True for those that come for the first time."""
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        fresh = np.ones(len(ordered), dtype=bool)
        fresh[1:] = ordered[1:] != ordered[:-1]
        for run in (*self._old, *self._new):
            at = np.minimum(np.searchsorted(run, ordered), len(run) - 1)
            fresh &= run[at] != ordered
        if fresh.any():
            self._new.append(ordered[fresh])
        if len(self._new) >= MAX_RUNS:
            self._new = [np.sort(np.concatenate(self._new))]
        first = np.empty(len(hashes), dtype=bool)
        first[order] = fresh
        return first

    def save(self, generation: int) -> list[str]:
        """Write what is new under a new name and return the names of all valid runs."""
        if not self._new:
            return self.files
        self.folder.mkdir(exist_ok=True)
        runs = list(self._new)
        kept = list(self.files)
        if len(kept) >= MAX_RUNS:
            runs, kept = [*self._old, *runs], []
        name = f"{generation:08d}.npy"
        np.save(self.folder / name, np.sort(np.concatenate(runs)))
        return [*kept, name]
