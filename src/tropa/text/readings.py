"""What a reader read: arrays over texts, and one text in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tropa.text.corpus import Array, Codes, Floats, Ints
from tropa.text.language import LANGUAGES
from tropa.text.seeds.kinds import PAINS, REASONS
from tropa.text.seeds.obstacles import OBSTACLES

PAIN_KINDS = tuple(PAINS)
REASON_KINDS = tuple(REASONS)
OBSTACLE_KINDS = tuple(OBSTACLES)
LABELS = {-1: "negative", 0: "neutral", 1: "positive"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One text: `sentiment` in -1..1 with its label; touchpoints it speaks of, each with the mood of those clauses.

    `cut`: it was so long that only its beginning and end were read.
    """

    language: str
    sentiment: float
    label: str
    pains: tuple[str, ...]
    reasons: tuple[str, ...]
    obstacles: tuple[str, ...]
    touchpoints: tuple[tuple[str, float], ...]
    cut: bool


@dataclass(frozen=True, eq=False)
class Readings:
    """Many texts; `readings[i]` tells one. Matrices are texts x names."""

    touchpoint_names: tuple[str, ...]
    language: Codes
    """Place in `LANGUAGES`."""
    sentiment: Floats
    label: Codes
    """-1, 0 or 1."""
    kinds: NDArray[np.uint32]
    """Bits: pains, reasons, obstacles."""
    touchpoints: Array
    touchpoint_sentiment: Floats
    """NaN where a text does not speak of the touchpoint."""
    unplaced: NDArray[np.uint32]
    placed: NDArray[np.uint32]
    cut: Array

    def __len__(self) -> int:
        return len(self.label)

    @property
    def pains(self) -> Array:
        """Texts x `PAIN_KINDS`."""
        return _bits(self.kinds, 0, len(PAIN_KINDS))

    @property
    def reasons(self) -> Array:
        """Texts x `REASON_KINDS`; what a text in a good mood says is no reason of discontent."""
        return _bits(self.kinds, len(PAIN_KINDS), len(REASON_KINDS)) & (self.label < 1)[:, None]

    @property
    def obstacles(self) -> Array:
        """Texts x `OBSTACLE_KINDS`: the text speaks of such an obstacle, anywhere."""
        anywhere = self.unplaced | np.bitwise_or.reduce(self.placed, axis=1, initial=0)
        return _bits(anywhere.astype(np.uint32), 0, len(OBSTACLE_KINDS))

    def speaks_of(self, obstacle: str, touchpoint: str | None = None) -> Array:
        """Which texts speak of an obstacle at a touchpoint: in a clause that names it, or that names no other.

        Without a touchpoint (or with one that the reader was not told of): anywhere.
        """
        if touchpoint not in self.touchpoint_names:
            return self.obstacles[:, OBSTACLE_KINDS.index(obstacle)]
        told = self.unplaced | self.placed[:, self.touchpoint_names.index(touchpoint)]
        return np.asarray(told >> np.uint32(OBSTACLE_KINDS.index(obstacle)) & np.uint32(1), dtype=np.bool_)

    def __getitem__(self, place: int) -> Reading:
        def named(names: Sequence[str], row: Array) -> tuple[str, ...]:
            return tuple(name for name, told in zip(names, row, strict=True) if told)

        one = self.rows(np.array([place], dtype=np.int64))
        return Reading(
            language=LANGUAGES[int(self.language[place])],
            sentiment=float(self.sentiment[place]),
            label=LABELS[int(self.label[place])],
            pains=named(PAIN_KINDS, one.pains[0]),
            reasons=named(REASON_KINDS, one.reasons[0]),
            obstacles=named(OBSTACLE_KINDS, one.obstacles[0]),
            touchpoints=tuple(
                (self.touchpoint_names[thing], float(self.touchpoint_sentiment[place, thing]))
                for thing in np.flatnonzero(self.touchpoints[place]).tolist()
            ),
            cut=bool(self.cut[place]),
        )

    def rows(self, chosen: Ints) -> Readings:
        """Some of the texts, in the order asked for."""
        arrays = {each.name: getattr(self, each.name)[chosen] for each in fields(self) if each.name != _NAMES}
        return Readings(self.touchpoint_names, **arrays)


_NAMES = "touchpoint_names"


def joined(parts: Sequence[Readings]) -> Readings:
    """Readings of several batches (at least one) as one."""
    arrays = {
        each.name: np.concatenate([getattr(part, each.name) for part in parts])
        for each in fields(Readings)
        if each.name != _NAMES
    }
    return Readings(parts[0].touchpoint_names, **arrays)


def _bits(bits: NDArray[np.uint32], first: int, count: int) -> Array:
    places = np.arange(first, first + count, dtype=np.uint32)
    return np.asarray(bits[:, None] >> places & np.uint32(1), dtype=np.bool_)
