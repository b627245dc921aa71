"""The map as it is taken away: plain values from which every format is made, so that all of them say the same.

Texts are in the language of the sheet already; raw numbers stand beside them for native charts and tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tropa.analyses.touchpoints import StageRow, TouchpointRow
from tropa.exports.numbers import Language
from tropa.findings.finding import Finding

Form = Literal["flow", "emotion", "checks", "numbers", "cards"]
Source = Literal["observed", "surveyed", "interviewed", "assumed"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """On what a card rests. `n` people or cases, `date` as the author wrote it; `label` says all of it in words.

    `stale`: older than a year.
    """

    source: str
    label: str
    n: int | None = None
    date: str = ""
    note: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What the author wrote. `label`: what it is (best, a kind of pain, owner); `tone`: best, worst, pain or none.

    `kind` is the author's own key of that label (finance, best, owner), empty where there is none.
    """

    text: str
    label: str = ""
    kind: str = ""
    tone: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What was measured, in words: `value` large, `more` small under it, `label` over it.

    `tone` names a colour (level-3, wait-2, good-1, bad-2), `few` says that it is shown grey, `verdict` is that of a
    promise (kept, partly, missed, unsure), `part` a share 0..1 that is drawn as a bar.
    """

    value: str
    more: tuple[str, ...] = ()
    label: str = ""
    tone: str = ""
    few: bool = False
    verdict: str = ""
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    cards: tuple[Card, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """One row. `cells` by index of the column, or of the stage where `of_stage`."""

    key: str
    title: str
    form: Form
    cells: Mapping[int, Cell]
    about: str = ""
    of_stage: bool = False
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Findings at one place: how many of the worst kind there are, with their money of a month where any is said.

    `others`: how many findings of other kinds stand at the same place. What a barrier tells itself is not counted.
    """

    kind: str
    count: int
    money: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A touchpoint; without a map, an activity. An empty `name` holds the place of a stage without touchpoints.

    `opinion` is the author's emotion on the scale of the measured one (-100..100); `disagrees` where the two differ by
    more than chance.
    """

    index: int
    name: str
    stage: int
    first: bool
    actor: str = ""
    moment_author: bool = False
    moment_data: bool = False
    goal: bool = False
    binding: str = ""
    row: TouchpointRow | None = None
    opinion: float | None = None
    disagrees: bool = False
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """`name` is empty where there is no map."""

    index: int
    name: str
    start: int
    span: int
    facts: tuple[str, ...] = ()
    lost: str = ""
    row: StageRow | None = None
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the numbers that are read first."""

    label: str
    value: str
    more: str = ""
    few: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`context` are lines of fine print: period, filters, n, date of the data, version of the map."""

    language: Language
    company: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    stages: tuple[Stage, ...]
    lanes: tuple[Lane, ...]
    tiles: tuple[Tile, ...] = ()
    context: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cards: tuple[tuple[str, Card], ...] = ()
    findings: tuple[Finding, ...] = ()
    currency: str = ""
    made_at: str = ""
    has_map: bool = True
    has_data: bool = True
    legend: Mapping[str, bool] = field(default_factory=dict)

    def written(self) -> Iterator[tuple[str, str, Lane | None, str, Card]]:
        """Every card with its stage, touchpoint (empty: of the stage, of the whole map), lane and the lane's title."""
        for title, card in self.cards:
            yield "", "", None, title, card
        for lane in self.lanes:
            for place, cell in sorted(lane.cells.items()):
                column = None if lane.of_stage else self.columns[place]
                stage = self.stages[place if column is None else column.stage].name
                for card in cell.cards:
                    yield stage, "" if column is None else column.name, lane, lane.title, card

    def cell(self, lane: Lane, column: Column) -> Cell:
        """The cell of a lane of touchpoints; empty where nothing was said."""
        return lane.cells.get(column.index, EMPTY)


EMPTY = Cell()
