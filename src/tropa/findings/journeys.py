"""The journeys of one obstacle: who came to it, who met it, when, and with which attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.cx.obstacles.judging import Judged
from tropa.cx.obstacles.levels import Attributes
from tropa.cx.obstacles.looked import Looked, Seen
from tropa.cx.obstacles.rows import whole
from tropa.cx.obstacles.table import HISTORY
from tropa.cx.obstacles.trials import EXPOSED
from tropa.cx.times import DAY_US, local_us
from tropa.engine.journeys import Array, Codes, Floats, Ints

CHANNEL = HISTORY.index("channel so far")
_MOST_DAYS = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Came:
    """One entry a journey (or a journey and day) that came to where the obstacle can be met.

    journey: place among all known. met: whether it met it (of lost waits a chance). weight: how many journeys it stands
    for. at_us: when it met it (a wait: when it began), else when it first came. codes: [journey, attribute] as `names`
    says, of attributes whose levels are values.
    """

    journey: Ints
    met: Floats
    weight: Floats
    at_us: Ints
    codes: Codes
    names: tuple[str, ...]

    def inside(self, segment: Sequence[tuple[int, int]]) -> Array:
        """The entries that have these codes in these columns."""
        return np.asarray(np.logical_and.reduce([self.codes[:, column] == code for column, code in segment]))

    def of(self, rows: Array) -> Came:
        """Some of the entries."""
        return Came(
            self.journey[rows], self.met[rows], self.weight[rows], self.at_us[rows], self.codes[rows], self.names
        )

    @property
    def witnesses(self) -> Floats:
        """Weights that add up to as many journeys as the weighted ones are worth: those of tests."""
        return np.asarray(self.weight * (self.weight.sum() / max(float((self.weight**2).sum()), 1e-300)))

    @property
    def reached(self) -> float:
        return float(self.weight.sum())

    @property
    def exposed(self) -> float:
        return float((self.weight * self.met).sum())


def came(seen: Seen, judged: Judged) -> Came:
    """One entry a journey from its trials: the one in which it met the obstacle, else the first."""
    return _came(seen, judged, None)


def came_by_day(seen: Seen, judged: Judged) -> Came:
    """One entry for each day on which a journey could have met the obstacle.

    Whoever meets it late is counted on each day before too: dated by its meeting alone, a journey would be missing
    among those who could have met it earlier, and where hardly any begin, hardly anybody but the met would be left.
    """
    return _came(seen, judged, seen.lens.facts.zone)


def _came(seen: Seen, judged: Judged, zone: str | None) -> Came:
    """One entry a journey, or a journey and day of a zone: the trial that met the obstacle, else the first."""
    looked, (trials, history) = seen.looked, whole(seen, judged.place, judged.target)
    # Waits are judged as they are looked at; of marks others are thinned out, but not those who met them.
    met = judged.chance if len(trials) == len(judged.trials) else ((trials.flags & EXPOSED) > 0).astype(np.float64)
    key = trials.journey.astype(np.int64)
    if zone is not None:
        key = key * _MOST_DAYS + local_us(trials.landmark_us, zone) // DAY_US % _MOST_DAYS
    order = np.lexsort((trials.landmark_us, -met, key))
    first = order[np.unique(key[order], return_index=True)[1]]
    journey = trials.journey[first].astype(np.int64)
    named = _named(seen.attributes)
    return Came(
        journey=journey,
        met=met[first],
        weight=1 / trials.sampled[first].astype(np.float64),
        at_us=trials.landmark_us[first],
        codes=_codes(looked, history[first], journey)[:, [place for place, _ in named]],
        names=tuple(name for _, name in named),
    )


def _named(attributes: Attributes) -> list[tuple[int, str]]:
    """The columns of `_codes` whose levels are values, and what they are of."""
    names = ("channel", *attributes.event, *attributes.customer)
    return [(place, name) for place, name in enumerate(names) if not place or attributes.plain(name)]


def _codes(looked: Looked, history: Codes, journey: Ints) -> Codes:
    return np.concatenate(
        [history[:, CHANNEL : CHANNEL + 1], history[:, len(HISTORY) :], looked.known.attributes[journey]], axis=1
    )
