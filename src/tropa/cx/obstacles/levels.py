"""Levels of attributes: what counts as one kind of customer, from all values that the data has.

Few values are a level each. Numbers and dates of which there are many are cut into bands that hold equally many
journeys. Of many texts (towns) the rare are one level together. What is not told is a level too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tropa.cx.columns import ATTRIBUTE, QUANTITY
from tropa.cx.lens import Lens
from tropa.cx.quantities import are_quantities, quantities
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, NO_TIME, Array, Codes, Floats, Ints

MOST_VALUES = 200
"""Of more values than this each is no level of its own; of decimals and dates already of more than `FEW_NUMBERS`."""
FEW_NUMBERS = 30
BANDS = 20
FEWEST_OF_A_VALUE = 5
"""Texts that fewer journeys have than this are one level together, where there are more than `MOST_VALUES`."""
MOST_ATTRIBUTES = 64
MOST_OF_EVENTS = 32
"""Of those that change on the way each trial has a value of its own, so there may be fewer."""
_NAMES = 0.9
_SHARED = 2
_NONE = -1e300
_DRAWN = 20_000
"""So many journeys are drawn to tell how numbers are spread that have no codes."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What journeys are told of: additive.

    values: [code (the last: not told), journeys and of these those with the goal] of attributes with codes. drawn: of
    numbers without codes those of the journeys with the smallest lot: [lot, number, whether the goal was reached].
    of_events: attributes that events carry, except where everybody has one value from the first event to the last.
    """

    values: Mapping[str, Ints]
    drawn: Mapping[str, Floats]
    of_events: frozenset[str]

    def __add__(self, other: Told) -> Told:
        # All partitions have the same dictionaries.
        values = {name: counts + other.values[name] for name, counts in self.values.items()}
        drawn = {
            name: _smallest([part.drawn[name] for part in (self, other) if name in part.drawn])
            for name in {**self.drawn, **other.drawn}
        }
        return Told(values, drawn, self.of_events | other.of_events)


def told(view: View) -> Told:
    """What the journeys kept of one partition are told of."""
    kept = view.selected
    reached = view.outcome.goal_us != NO_TIME
    values = {}
    for column, words in view.lens.dictionaries.items():
        if column.startswith(ATTRIBUTE) and len(words) >= 2:
            name = column.removeprefix(ATTRIBUTE)
            codes = view.attribute(name)
            codes = np.where(codes == ABSENT, len(words), codes)
            goals = np.bincount(codes[kept & reached], minlength=len(words) + 1)
            values[name] = np.stack([np.bincount(codes[kept], minlength=len(words) + 1), goals], axis=1)
    drawn = {}
    for column in view.journeys.rows:
        name = column.removeprefix(QUANTITY)
        if column.startswith(QUANTITY) and ATTRIBUTE + name not in view.lens.dictionaries:
            numbers = view.quantity(name)
            mine = np.flatnonzero(kept & np.isfinite(numbers))
            drawn[name] = _smallest([np.stack([_lot(numbers[mine], view.started[mine]), numbers[mine], reached[mine]])])
    return Told(values, drawn, _changing(view))


def _changing(view: View) -> frozenset[str]:
    """Attributes of events of which somebody is told later than at the first event, or otherwise than there."""
    events = view.journeys.events
    within = np.ones(max(len(view.time) - 1, 0), dtype=bool)
    within[events.offsets[1:-1] - 1] = False
    found = set()
    for column in events.columns:
        if column.startswith((ATTRIBUTE, QUANTITY)):
            values = (
                view.column(column) if column.startswith(ATTRIBUTE) else np.nan_to_num(view.values(column), nan=_NONE)
            )
            if bool(((values[1:] != values[:-1]) & within).any()):
                found.add(column.removeprefix(ATTRIBUTE).removeprefix(QUANTITY))
    return frozenset(found)


def _smallest(parts: Sequence[Floats]) -> Floats:
    joined = np.concatenate(parts, axis=1)
    return joined[:, np.argsort(joined[0], kind="stable")[:_DRAWN]]


def _lot(numbers: Floats, started_us: Ints) -> Floats:
    """A number between 0 and 1 for each journey that does not depend on how journeys are spread over partitions."""
    mixed = (numbers.view(np.uint64) ^ started_us.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(((mixed ^ (mixed >> np.uint64(29))) >> np.uint64(11)).astype(np.float64) / 2.0**53)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels of one attribute.

    level: of each code (the last entry: not told), None of numbers without codes. edges: lower limits of the bands of
    numbers but the first. plain: a level is a value.
    """

    level: Codes | None
    edges: Floats
    plain: bool

    def of_journeys(self, view: View, name: str) -> Codes:
        if self.level is None:
            return _bands(view.quantity(name), self.edges)
        return self.level[view.attribute(name)]

    def of_events(self, view: View, name: str) -> Codes:
        if self.level is None:
            return _bands(view.values(QUANTITY + name), self.edges)
        return self.level[view.column(ATTRIBUTE + name)]


@dataclass(frozen=True, slots=True)
class Attributes:
    """Attributes that may tell customers apart: of journeys as a whole, and those that change on the way, of which the
    last value so far counts.

    levels: of each of them. left_out: those that were too many; rare: those of so many texts that hardly any journeys
    have one in common.
    """

    customer: tuple[str, ...]
    event: tuple[str, ...]
    levels: Mapping[str, Levels]
    left_out: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()

    def plain(self, name: str) -> bool:
        """Whether a level of the attribute is one of its values."""
        return self.levels[name].plain


def attributes_of(total: Told, lens: Lens) -> Attributes:
    """Attributes with two levels or more; where there are very many, those that say most of whether the goal is
    reached: others could not mislead."""
    found: dict[str, Levels] = {}
    says: dict[str, tuple[float, int, str]] = {}
    rare: list[str] = []
    for name, counts in total.values.items():
        levels = _of_codes(lens.dictionaries[ATTRIBUTE + name], counts)
        if levels is None:
            # Where nearly every value is another one it is a name of a single thing, and no kind of anything.
            journeys = counts[:-1, 0]
            rare += [name] if journeys.sum() >= _SHARED * (journeys > 0).sum() else []
        elif levels.level is not None:
            found[name] = levels
            says[name] = _rank(name, levels.level, counts)
    for name, (_, numbers, reached) in total.drawn.items():
        edges = edges_of(numbers, np.ones(len(numbers)))
        if len(edges):
            found[name] = Levels(None, edges, False)
            bands = _bands(numbers, edges)
            says[name] = _rank(name, bands, np.stack([np.ones(len(bands)), reached], axis=1))
    ranked = sorted(found, key=lambda name: says[name])
    changing = [name for name in ranked if name in total.of_events]
    crowded = set(changing[MOST_OF_EVENTS:])
    kept = tuple(sorted([name for name in ranked if name not in crowded][:MOST_ATTRIBUTES]))
    return Attributes(
        customer=kept,
        event=tuple(name for name in kept if name in total.of_events),
        levels={name: found[name] for name in kept},
        left_out=tuple(sorted(set(ranked) - set(kept))),
        rare=tuple(sorted(rare)),
    )


def _of_codes(words: Sequence[str], counts: Ints) -> Levels | None:
    """Levels of an attribute with codes, None where nobody is told from others by it."""
    codes = np.append(np.arange(len(words), dtype=np.int32), ABSENT).astype(np.int32)
    journeys = counts[:-1, 0]
    if len(words) > FEW_NUMBERS and are_quantities(texts := pa.array(words, pa.large_string())):
        numbers = quantities(texts)
        whole = bool((numbers == np.round(numbers))[np.isfinite(numbers)].all())
        # Whole numbers that many journeys have each are names of things (a shop, a tariff): no order tells them apart.
        names = whole and float((journeys >= FEWEST_OF_A_VALUE).mean()) >= _NAMES
        if not whole or (len(words) > MOST_VALUES and not names):
            level = _bands(np.append(numbers, np.nan), edges_of(numbers, journeys.astype(np.float64)))
            return Levels(level, np.empty(0), False)
    if len(words) <= MOST_VALUES:
        return Levels(codes, np.empty(0), True)
    often = np.append(journeys >= FEWEST_OF_A_VALUE, True)
    if int(often[:-1].sum()) < 2:
        return None
    return Levels(np.where(often, codes, len(words)).astype(np.int32), np.empty(0), False)


def edges_of(numbers: Floats, weight: Floats) -> Floats:
    """Lower limits of all bands but the first. A number that more journeys have than a band should is one by itself."""
    there = np.isfinite(numbers) & (weight > 0)
    order = np.argsort(numbers[there], kind="stable")
    rising, whole = numbers[there][order], np.cumsum(weight[there][order])
    if len(rising) < 2 or rising[0] == rising[-1]:
        return np.empty(0)
    at = np.searchsorted(whole, np.arange(1, BANDS) / BANDS * whole[-1])
    edges, times = np.unique(rising[np.minimum(at, len(rising) - 1)], return_counts=True)
    found = np.unique(np.concatenate([edges, np.nextafter(edges[times > 1], np.inf)]))
    return np.asarray(found[(found > rising[0]) & (found <= rising[-1])])


def _bands(numbers: Floats, edges: Floats) -> Codes:
    band = np.searchsorted(edges, numbers, side="right")
    return np.where(np.isfinite(numbers), band, ABSENT).astype(np.int32)


def _rank(name: str, level: Codes, counts: Array) -> tuple[float, int, str]:
    """What sorts attributes, the most telling of the goal first: the information less what chance alone would give."""
    numbered = level - min(int(level.min(initial=0)), 0)
    whole = np.bincount(numbered, weights=counts[:, 0])
    goals = np.bincount(numbered, weights=counts[:, 1])
    there = whole > 0
    n, size = max(float(whole.sum()), 1.0), int(there.sum())
    gained = _doubt(goals.sum(), np.asarray(n)) * n - (_doubt(goals[there], whole[there]) * whole[there]).sum()
    return -(float(gained) - (size - 1) / 2) / n, size, name


def _doubt(goals: Array, journeys: Array) -> Array:
    """Entropy of a share, in nats."""
    share = np.clip(goals / journeys, 1e-12, 1 - 1e-12)
    return np.asarray(-share * np.log(share) - (1 - share) * np.log(1 - share))
