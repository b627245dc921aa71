"""The sheet of a workspace: the document, the living map and the findings put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tropa.analyses.touchpoints import TouchpointRow
from tropa.exports import numbers as write
from tropa.exports.measured import measured_lanes, stage_facts, tiles_of
from tropa.exports.numbers import ENOUGH, Language
from tropa.exports.sheet import Cell, Column, Flag, Lane, Sheet, Stage, Tile
from tropa.exports.titles import term_title
from tropa.exports.words import Words
from tropa.exports.written import items, map_cards, mapping, opinion_cells, opinion_of, texts, written_lanes
from tropa.findings.finding import Finding, Findings

if TYPE_CHECKING:
    from tropa.workspace.living_map import LivingMap

MOST_ACTIVITIES = 30
"""Without a map every activity is a column: more than this many are no picture any more."""

_WORST_FIRST = (
    "barrier",
    "single_case",
    "bottleneck",
    "inconvenience",
    "gap",
    "moment_of_truth",
)
_ALIASES = {"hopes": "expects", "promised": "expects", "reality": "expectations", "processes": "process"}
"""What the page calls its lanes, where it is not the key of the document."""
_HALF_A_STEP = 25.0
_ORDER = ("journeys", "emotion", "expectations", "expects", "waits", "failures", "repeats")


@dataclass(frozen=True, slots=True)
class About:
    """What the sheet says of itself. Days are ISO days; `version` is 0 where nothing is saved.

    `lanes` (their order) and `hidden` are as the reader has them on the screen; None: as the author left them.
    """

    company: str
    language: Language
    currency: str = ""
    version: int = 0
    saved_on: str = ""
    made_on: str = ""
    filters: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    lanes: tuple[str, ...] | None = None
    hidden: tuple[str, ...] | None = None


def make_sheet(
    document: Mapping[str, Any] | None, answer: LivingMap | None, findings: Findings | None, about: About
) -> Sheet:
    """One sheet of values. Any of the three may be missing: a map without data, data without a map, no findings."""
    words = Words(about.language)
    drawn = items((document or {}).get("stages"))
    rows = () if answer is None else answer.touchpoints.touchpoints
    flagged = _flags(findings, about)
    if document is None:
        columns, stages, hidden = _activities(rows, flagged)
        places: list[Mapping[str, Any]] = [{} for _ in columns]
    else:
        columns, stages, places = _drawn(drawn, answer, flagged, words)
        hidden = 0
    lanes = _arranged(_lanes(drawn, places, columns, words), document or {}, about)
    tiles = [] if answer is None else tiles_of(answer, words)
    return Sheet(
        language=about.language,
        company=about.company,
        title=(" ".join(texts((document or {}).get("map"))) or about.company).strip(),
        subtitle=_subtitle(document, words),
        columns=tuple(columns),
        stages=tuple(stages),
        lanes=tuple(lanes),
        tiles=tuple(tiles + _loss(findings, about, words)),
        context=tuple(_context(answer, about, words)),
        notes=tuple(_notes(document, answer, hidden, len(columns), words)),
        cards=tuple(map_cards(document or {}, words)),
        findings=() if findings is None else findings.findings,
        currency=about.currency,
        made_at=about.made_on,
        has_map=document is not None,
        has_data=answer is not None,
    )


def _subtitle(document: Mapping[str, Any] | None, words: Words) -> str:
    if document is None:
        return words("kind.none")
    kind = str(document.get("kind") or "journey")
    said = [term_title("kind", kind, words.language)]
    said += [
        f"{words(key)}: {text}" for key in ("scenario", "segment") if (text := "; ".join(texts(document.get(key))))
    ]
    return " · ".join(said)


def _drawn(
    drawn: Sequence[Mapping[str, Any]], answer: LivingMap | None, flagged: dict[str, Flag], words: Words
) -> tuple[list[Column], list[Stage], list[Mapping[str, Any]]]:
    rows = {} if answer is None else {row.touchpoint: row for row in answer.touchpoints.touchpoints}
    stage_rows = {} if answer is None else {row.stage: row for row in answer.touchpoints.stages}
    columns: list[Column] = []
    stages: list[Stage] = []
    places: list[Mapping[str, Any]] = []
    for number, stage in enumerate(drawn):
        name, start = str(stage.get("stage", "")), len(columns)
        for part in items(stage.get("touchpoints")) or [{}]:
            columns.append(_column(part, len(columns), number, len(columns) == start, rows, flagged, words))
            places.append(part)
        row = stage_rows.get(name)
        facts, lost = stage_facts(row, words)
        flag = flagged.get(f"stage:{name}")
        stages.append(Stage(number, name, start, len(columns) - start, facts, lost, row, flag))
    return columns, stages, places


def _column(
    part: Mapping[str, Any],
    index: int,
    stage: int,
    first: bool,
    rows: Mapping[str, TouchpointRow],
    flagged: Mapping[str, Flag],
    words: Words,
) -> Column:
    name = str(part.get("touchpoint", ""))
    row = rows.get(name)
    opinion = opinion_of(part.get("emotion"))
    actor = " ".join(texts(part.get("actor")))
    return Column(
        index=index,
        name=name,
        stage=stage,
        first=first,
        actor=words.own("actor", actor) if actor else "",
        moment_author=part.get("moment_of_truth") is True,
        moment_data=f"moment:{name}" in flagged,
        goal=row is not None and row.goal,
        binding="; ".join(f"{key} = {', '.join(texts(value))}" for key, value in mapping(part.get("when")).items()),
        row=row,
        opinion=opinion,
        disagrees=_disagrees(opinion, row),
        flag=flagged.get(name),
    )


def _disagrees(opinion: float | None, row: TouchpointRow | None) -> bool:
    """The author's emotion is more than half a step outside the measured interval."""
    if opinion is None or row is None or row.emotion is None or row.emotion_n < ENOUGH:
        return False
    low = row.emotion if row.emotion_low is None else row.emotion_low
    high = row.emotion if row.emotion_high is None else row.emotion_high
    return not low - _HALF_A_STEP <= opinion <= high + _HALF_A_STEP


def _activities(rows: Sequence[TouchpointRow], flagged: Mapping[str, Flag]) -> tuple[list[Column], list[Stage], int]:
    top = {id(row) for row in sorted(rows, key=lambda row: -row.journeys)[:MOST_ACTIVITIES]}
    shown = [row for row in rows if id(row) in top]
    columns = [
        Column(index, row.touchpoint, 0, index == 0, goal=row.goal, row=row, flag=flagged.get(row.touchpoint))
        for index, row in enumerate(shown)
    ]
    stages = [Stage(0, "", 0, len(columns))] if columns else []
    return columns, stages, len(rows) - len(columns)


def _lanes(
    drawn: list[Mapping[str, Any]],
    places: list[Mapping[str, Any]],
    columns: Sequence[Column],
    words: Words,
) -> list[Lane]:
    lanes = measured_lanes([column.row for column in columns], words) + written_lanes(drawn, places, words)
    opinions = opinion_cells(places, words)
    return _with_opinions(lanes, opinions, words) if opinions else lanes


def _arranged(lanes: list[Lane], document: Mapping[str, Any], about: About) -> list[Lane]:
    """Lanes in their order, without those that are hidden."""
    hidden = {_key(key) for key in (texts(document.get("hidden_lanes")) if about.hidden is None else about.hidden)}
    wanted = list(dict.fromkeys(map(_key, texts(document.get("lanes")) if about.lanes is None else about.lanes)))
    order = {key: place for place, key in enumerate([*wanted, *(key for key in _ORDER if key not in wanted)])}
    kept = [lane for lane in lanes if lane.key not in hidden]
    return sorted(kept, key=lambda lane: order.get(lane.key, len(order)))


def _key(name: str) -> str:
    key = name.removeprefix("own:").removeprefix("stage:")
    return _ALIASES.get(key, key)


def _with_opinions(lanes: list[Lane], opinions: Mapping[int, Cell], words: Words) -> list[Lane]:
    """The author's emotion goes beside the measured one; where nothing is measured it has the lane to itself."""
    measured = next((lane for lane in lanes if lane.key == "emotion"), None)
    facts = {} if measured is None else measured.cells
    cells = {
        place: Cell(opinions.get(place, Cell()).cards, facts.get(place, Cell()).facts)
        for place in sorted({*opinions, *facts})
    }
    title, about = words("lane.emotion"), words("lane.emotion.about" if measured else "lane.emotion.authors")
    joined = Lane("emotion", title, "emotion", cells, about, measured=measured is not None)
    return [*(lane for lane in lanes if lane.key != "emotion"), joined]


def place_of(finding: Finding) -> str | None:
    """The column on which a finding stands: its touchpoint; without a map, the activity."""
    return finding.touchpoint or (finding.activity if finding.stage is None else None)


def is_listed(finding: Finding) -> bool:
    """What lists and flags count: a moment of truth that only repeats a barrier is told with the barrier."""
    return finding.kind in _WORST_FIRST and finding.told_under is None


def _flags(findings: Findings | None, about: About) -> dict[str, Flag]:
    """Flags by touchpoint; of a whole stage by `stage:NAME`; `moment:NAME` where the data sees a moment of truth."""
    groups: dict[str, list[Finding]] = {}
    for finding in () if findings is None else findings.findings:
        if finding.kind in _WORST_FIRST:
            place = place_of(finding) or (f"stage:{finding.stage}" if finding.stage else None)
            if place is not None:
                if is_listed(finding):
                    groups.setdefault(place, []).append(finding)
                if finding.kind == "moment_of_truth":
                    groups.setdefault(f"moment:{place}", []).append(finding)
    return {place: _flag(found, about) for place, found in groups.items()}


def _flag(found: Sequence[Finding], about: About) -> Flag:
    kinds = [finding.kind for finding in found]
    worst = next(kind for kind in _WORST_FIRST if kind in kinds)
    paid = [finding.money for finding in found if finding.kind == worst and finding.money is not None]
    money = write.money(sum(part.value for part in paid), paid[0].currency, about.language) if paid else ""
    return Flag(worst, kinds.count(worst), money, len(kinds) - kinds.count(worst))


def _loss(findings: Findings | None, about: About, words: Words) -> list[Tile]:
    paid = [] if findings is None else [stage.money for stage in findings.lost_by_stage if stage.money is not None]
    if not paid:
        return []
    value, low, high = (sum(getattr(money, end) for money in paid) for end in ("value", "low", "high"))
    currency, language = paid[0].currency, about.language
    ends = f"{write.money(low, '', language)} … {write.money(high, '', language)}"
    return [Tile(words("tile.loss"), write.money(value, currency, language), words("a_month", range=ends))]


def _context(answer: LivingMap | None, about: About, words: Words) -> Iterable[str]:
    language = about.language
    if answer is None:
        yield words("no_data")
    else:
        overview = answer.overview
        data = words("period_all", period=write.period(overview.first_event, overview.last_event, language))
        loaded = f", {words('loaded', day=write.day(overview.loaded_at, language))}" if overview.loaded_at else ""
        yield data + loaded
        yield words(
            "size",
            journeys=words.counted("journeys", answer.journeys),
            customers=words.counted("customers", overview.customers),
            events=words.counted("events", answer.events),
        )
    limits = [
        words(key, day=write.day(day, language)) for key, day in (("since", about.since), ("until", about.until)) if day
    ]
    if chosen := [*limits, *about.filters]:
        yield words("filters", filters=", ".join(chosen))
    if about.version:
        yield words("version", version=about.version, day=write.day(about.saved_on, language))
    if about.made_on:
        yield words("made", day=write.day(about.made_on, language))


def _notes(
    document: Mapping[str, Any] | None, answer: LivingMap | None, hidden: int, shown: int, words: Words
) -> Iterable[str]:
    if document is None:
        yield words("no_map")
    if hidden:
        yield words("hidden", shown=write.count(shown, words.language), all=write.count(shown + hidden, words.language))
    if answer is not None:
        yield from answer.warnings
