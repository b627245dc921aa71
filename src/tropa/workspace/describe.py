"""What the page needs to know before it asks anything: size, period, filters."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from tropa.cx.columns import ATTRIBUTE
from tropa.cx.lens import Lens
from tropa.cx.times import iso
from tropa.cx.view import View
from tropa.engine.fold import run
from tropa.engine.journeys import ABSENT
from tropa.store.manifest import Manifest
from tropa.workspace.workspace import Workspace

MAX_VALUES = 200


@dataclass(frozen=True, slots=True)
class ValueCount:
    value: str
    journeys: int


@dataclass(frozen=True, slots=True)
class AttributeValues:
    """The most frequent values of an attribute; `more` values are not told."""

    attribute: str
    values: tuple[ValueCount, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ChannelCount:
    channel: str
    journeys: int


@dataclass(frozen=True, slots=True)
class Description:
    """Attributes with too many values to filter by are named in `wide_attributes`.

    timezone: of days and clock times on screens; the times of answers are in UTC.
    """

    name: str
    version: str
    language: str
    timezone: str
    currency: str
    has_data: bool
    has_map: bool
    map_name: str | None
    unit: str
    customers: int
    journeys: int
    events: int
    first_event: str | None
    last_event: str | None
    loaded_at: str | None
    attributes: tuple[AttributeValues, ...]
    channels: tuple[ChannelCount, ...]
    wide_attributes: tuple[str, ...]


class _ValuesFold:
    """Journeys by value of each attribute, and by channel used."""

    def __init__(self, lens: Lens) -> None:
        self.lens = lens
        self.attributes = [name.removeprefix(ATTRIBUTE) for name in lens.dictionaries if name.startswith(ATTRIBUTE)]

    def map(self, view: View) -> dict[str, Counter[int]]:
        counts = {name: _count(view.attribute(name)) for name in self.attributes}
        owner = np.repeat(np.arange(len(view)), np.diff(view.offsets))
        channels = view.column("channel").astype(np.int64)
        size = len(self.lens.dictionaries.get("channel", ())) + 1
        used = np.unique(owner * size + channels + 1) % size - 1
        # Journeys as the unit has them: of sessions there are more than rows in the files.
        return counts | {"": _count(used), "journeys": Counter({0: len(view)})}

    def merge(self, one: dict[str, Counter[int]], other: dict[str, Counter[int]]) -> dict[str, Counter[int]]:
        return {name: one[name] + other[name] for name in one}

    def finish(self, total: dict[str, Counter[int]]) -> dict[str, Counter[int]]:
        return total


def _count(codes: np.ndarray) -> Counter[int]:
    known = codes[codes != ABSENT]
    counts = np.bincount(known) if len(known) else np.empty(0, dtype=np.int64)
    return Counter({int(code): int(counts[code]) for code in np.flatnonzero(counts)})


def describe(workspace: Workspace) -> Description:
    """Size, period and filters of a workspace, empty or not."""
    version_of_map = workspace.map_version()
    document = workspace.map()
    settings = workspace.settings
    head = workspace.store.head
    common = {
        "name": settings.name,
        "version": version("tropa"),
        "language": settings.language,
        "timezone": settings.timezone,
        "currency": settings.currency,
        "has_map": version_of_map is not None,
        "map_name": None if document is None else document.name,
        "loaded_at": head.loads[-1].at if head.loads else None,
    }
    if head.tables.get("events") is None:
        return Description(
            **common,  # type: ignore[arg-type]
            has_data=False,
            unit="customer" if document is None else document.unit,
            customers=0,
            journeys=0,
            events=0,
            first_event=None,
            last_event=None,
            attributes=(),
            channels=(),
            wide_attributes=(),
        )
    head, manifest, lens = workspace.journeys()
    counts = _counted(workspace, manifest, lens)
    channels = lens.dictionaries.get("channel", ())
    return Description(
        **common,  # type: ignore[arg-type]
        has_data=True,
        unit=lens.unit,
        customers=manifest.total("customers"),
        journeys=counts["journeys"][0],
        events=manifest.total("events"),
        first_event=iso(manifest.first_us),
        last_event=iso(manifest.last_us),
        attributes=tuple(
            _attribute(name, counts[name], lens) for name in sorted(counts) if name not in ("", "journeys")
        ),
        channels=tuple(ChannelCount(channels[code], journeys) for code, journeys in counts[""].most_common()),
        wide_attributes=tuple(sorted(name.removeprefix(ATTRIBUTE) for name in workspace.store.dictionaries(head).wide)),
    )


_COUNTED: deque[tuple[Lens, dict[str, Counter[int]]]] = deque(maxlen=4)
"""Every page asks first what the workspace holds: that changes with the data and the map alone, as the lens does."""


def _counted(workspace: Workspace, manifest: Manifest, lens: Lens) -> dict[str, Counter[int]]:
    known = next((counts for other, counts in tuple(_COUNTED) if other is lens), None)
    if known is None:
        known = run(_ValuesFold(lens), workspace.views(manifest, lens, None))
        _COUNTED.append((lens, known))
    return known


def _attribute(name: str, counts: Counter[int], lens: Lens) -> AttributeValues:
    values = lens.dictionaries[ATTRIBUTE + name]
    told = tuple(ValueCount(values[code], journeys) for code, journeys in counts.most_common(MAX_VALUES))
    return AttributeValues(name, told, len(counts) - len(told))
