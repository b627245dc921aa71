"""The manifest: which files hold the journeys, and what is known of each without opening it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

import numpy as np

from tropa.engine.journeys import Journeys, open_journeys
from tropa.engine.sketch import BUCKETS, quantile

Arrangement = Literal["customer", "case"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

IDLE_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class PartitionFacts:
    """What the manifest says of a partition; `gaps` are counts by logarithmic bucket of milliseconds."""

    journeys: int
    customers: int
    events: int
    feedback: int
    first_us: int
    last_us: int
    gaps: dict[int, int]


@dataclass(frozen=True, eq=False)
class Manifest:
    """What journeys there are for one arrangement, and which rows of the log they hold.

    Attributes:
        arrangement: customer or case.
        generation: of the head up to which the log was read.
        tables: version of each table that was read.
        feedback_told: answers in the log, those of customers without any event included.
        partitions: bucket -> file name and facts.
        people: names the customers into which identifiers were stitched; empty where none were.
        max_links: by which they were stitched.
        quantities: attributes that all partitions tell as numbers.
        journeys: bucket -> the mapped file. All are mapped together with the manifest: a file that a later writer
            removes stays readable for whoever has it mapped, so an answer never mixes two states.
    """

    arrangement: Arrangement
    generation: int
    tables: dict[str, int]
    feedback_told: int
    partitions: dict[int, tuple[str, PartitionFacts]]
    people: str = ""
    max_links: int = 0
    quantities: tuple[str, ...] = ()
    journeys: Mapping[int, Journeys] = field(default_factory=dict, repr=False)

    def total(self, name: str) -> int:
        return sum(int(getattr(facts, name)) for _, facts in self.partitions.values())

    @property
    def feedback_without_journey(self) -> int:
        """Answers of customers who have no event: they are on no journey."""
        return self.feedback_told - self.total("feedback")

    @property
    def first_us(self) -> int | None:
        return min((facts.first_us for _, facts in self.partitions.values()), default=None)

    @property
    def last_us(self) -> int | None:
        return max((facts.last_us for _, facts in self.partitions.values()), default=None)

    @property
    def idle_us(self) -> int | None:
        """Gap that 95 % of the gaps between neighbouring events stay below."""
        counts = np.zeros(BUCKETS, dtype=np.int64)
        for _, facts in self.partitions.values():
            for bucket, count in facts.gaps.items():
                counts[bucket] += count
        milliseconds = quantile(counts, IDLE_SHARE).value
        return None if milliseconds is None else int(milliseconds * 1000)


def open_manifest(folder: Path, arrangement: Arrangement, name: str, known: Manifest | None = None) -> Manifest | None:
    """A manifest with its partitions mapped; None where any of it is missing or torn, so that it has to be made anew.

    Args:
        folder: of the workspace.
        arrangement: customer or case.
        name: file of the manifest.
        known: an earlier manifest, whose mapped files are used again.
    """
    target = folder / "journeys" / arrangement
    try:
        saved = json.loads((target / name).read_text("utf-8"))
        partitions = {
            int(bucket): (file, PartitionFacts(**facts | {"gaps": {int(k): v for k, v in facts["gaps"].items()}}))
            for bucket, (file, facts) in saved["partitions"].items()
        }
        mapped = {} if known is None else {known.partitions[bucket][0]: part for bucket, part in known.journeys.items()}
        journeys = {
            bucket: mapped[file] if file in mapped else open_journeys(target / file)
            for bucket, (file, _) in partitions.items()
        }
        return Manifest(
            saved["arrangement"],
            saved["generation"],
            saved["tables"],
            saved["feedback_told"],
            partitions,
            saved.get("people", ""),
            saved.get("max_links", 0),
            tuple(saved.get("quantities", ())),
            journeys,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        # Arrow's errors of a torn file are ValueErrors.
        return None


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest as JSON."""
    # Not `asdict`: it would copy every count of every partition one by one.
    partitions = {
        bucket: (file, {part.name: getattr(facts, part.name) for part in fields(facts)})
        for bucket, (file, facts) in manifest.partitions.items()
    }
    saved = {
        "arrangement": manifest.arrangement,
        "generation": manifest.generation,
        "tables": manifest.tables,
        "feedback_told": manifest.feedback_told,
        "partitions": partitions,
        "people": manifest.people,
        "max_links": manifest.max_links,
        "quantities": list(manifest.quantities),
    }
    path.write_text(json.dumps(saved), "utf-8")
