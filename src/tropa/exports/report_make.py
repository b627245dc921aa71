"""The report put together: what is asked of the workspace, said in sections. Here those that describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tropa.analyses.moments_of_truth import MomentsOfTruth
from tropa.analyses.overview import Overview
from tropa.cx.metrics import Score
from tropa.cx.speech import span
from tropa.exports import numbers as write
from tropa.exports import report_found as found_sections
from tropa.exports.numbers import DASH, ENOUGH
from tropa.exports.report_parts import Bar, Bars, Block, Drawing, Grid, Lines, Report, Section, Tiles
from tropa.exports.report_words import ReportWords
from tropa.exports.sheet import Sheet, Stage
from tropa.findings.finding import Findings

if TYPE_CHECKING:
    from tropa.workspace.living_map import LivingMap


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report is made of.

    `filters`: what was chosen, in words; `expectations`: how many were checked; `version`: number and day of the map's.
    """

    sheet: Sheet
    answer: LivingMap
    found: Findings
    moments: MomentsOfTruth
    expectations: int
    filters: str = ""
    version: tuple[str, str] = ("", "")

    @property
    def overview(self) -> Overview:
        return self.answer.overview


def make_report(told: Told) -> Report:
    """The report of a workspace that has data."""
    sheet = told.sheet
    words = ReportWords(sheet.language)
    period = period_of(told, words)
    sections = (
        Section(words("s.aim"), _aim(told, words)),
        Section(words("s.numbers"), _numbers(told, words)),
        Section(words("s.map"), _map(told, words)),
        Section(words("s.findings"), found_sections.harm(sheet, told.found, words)),
        Section(words("s.gaps"), found_sections.gaps(sheet, told.found, told.moments, told.expectations, words)),
        Section(words("s.bottlenecks"), found_sections.bottlenecks(told.found, words)),
        Section(words("s.cases"), found_sections.cases(told.found, words)),
        Section(words("s.clean"), found_sections.clean(told.found, words)),
        Section(words("s.terms"), found_sections.terms(told.overview, told.found, words)),
    )
    return Report(
        language=sheet.language,
        title=sheet.title,
        about=" · ".join(dict.fromkeys(part for part in (sheet.company, period, told.filters) if part)),
        fine=f"{words('report')} · {sheet.company}",
        made=words("made", day=write.day(sheet.made_at, sheet.language)),
        summary=tuple(_summary(told, words)),
        sections=sections,
        sheet=sheet,
    )


def period_of(told: Told, words: ReportWords) -> str:
    """The days that the data covers."""
    return write.period(told.overview.first_event, told.overview.last_event, words.language)


def goal_said(told: Told, words: ReportWords) -> str:
    """The goal with the time in which it counts; empty where none is named."""
    goal, within = told.overview.goal, told.overview.within_seconds
    if not goal:
        return ""
    if within is None:
        return words.names(goal)
    return words("goal.within", goal=words.names(goal), span=span(within, words.language, "accusative"))


def _summary(told: Told, words: ReportWords) -> list[str]:
    overview, language = told.overview, words.language
    said = []
    if overview.goal and overview.goal_rate is not None:
        said.append(
            words(
                "sum.goal",
                goal=goal_said(told, words),
                share=write.share(overview.goal_rate, language),
                range=write.share_interval(overview.goal_rate_low, overview.goal_rate_high, language),
                n=write.count(overview.journeys, language),
            )
        )
    return [*said, *found_sections.summary(told.found, words)]


def _aim(told: Told, words: ReportWords) -> tuple[Block, ...]:
    goal, sheet = goal_said(told, words), told.sheet
    aim = words("aim", goal=goal) if goal else words("aim.no_goal")
    rows = [
        (words("f.company"), sheet.company),
        (words("f.map"), _map_said(told, words)),
        (words("f.goal"), goal or words("f.no_goal")),
        (words("f.period"), period_of(told, words)),
        (words("f.filters"), told.filters),
        (words("f.unit"), words(f"unit.{told.overview.unit}")),
        *_data_rows(told, words),
    ]
    kept = tuple((head, text) for head, text in rows if text)
    return (Lines((aim,)), Grid(("", ""), kept, (0.28, 0.72)), Lines((words("masked"),), quiet=True))


def _map_said(told: Told, words: ReportWords) -> str:
    if not told.sheet.has_map:
        return words("f.no_map")
    number, day = told.version
    said = words("f.map_said", name=told.sheet.title, version=number, day=day) if number else told.sheet.title
    return " · ".join(part for part in (said, told.sheet.subtitle) if part)


def _data_rows(told: Told, words: ReportWords) -> list[tuple[str, str]]:
    overview, coverage, language = told.overview, told.answer.coverage, words.language
    sizes = (
        words.counted("journeys", overview.journeys),
        words.counted("customers", overview.customers),
        words.counted("events", overview.events),
    )
    answers = [write.count(overview.feedback, language)] if overview.feedback else []
    answers += [f"{_metric(score, words)} – {write.count(score.n, language)}" for score in overview.scores if score.n]
    explained = ""
    if coverage.journeys_share is not None:
        explained = words(
            "f.coverage_said",
            journeys=write.share(coverage.journeys_share, language),
            range=write.share_interval(coverage.journeys_share_low, coverage.journeys_share_high, language),
            n=write.count(coverage.journeys, language),
            events=write.share(coverage.events_share, language),
        )
    fresh = words(
        "f.fresh_said", last=write.day(overview.last_event, language), loaded=write.day(overview.loaded_at, language)
    )
    return [
        (words("f.size"), ", ".join(sizes)),
        (words("f.answers"), "; ".join(answers) or words("f.no_answers")),
        (words("f.coverage"), explained),
        (words("f.fresh"), fresh),
    ]


def _numbers(told: Told, words: ReportWords) -> tuple[Block, ...]:
    overview = told.overview
    rows = [*_goal_rows(overview, words), *(_score_row(score, words) for score in overview.scores if score.n)]
    rows += found_sections.money_rows(told.found, words)
    notes = [words("n.period", period=period_of(told, words))]
    if not overview.goal:
        notes.append(words("n.no_goal"))
    if not any(score.n for score in overview.scores):
        notes.append(words("n.no_scores"))
    heads = tuple(words(key) for key in ("h.metric", "h.value", "h.interval", "h.n"))
    grid = Grid(heads, tuple(rows), (0.42, 0.2, 0.24, 0.14), frozenset({1, 2, 3}))
    return (Tiles(told.sheet.tiles), grid, Lines(tuple(notes), quiet=True))


def _goal_rows(overview: Overview, words: ReportWords) -> list[tuple[str, ...]]:
    language, one = words.language, overview
    if not one.goal or one.goal_rate is None:
        return []

    def part(key: str, value: float | None, low: float | None, high: float | None, n: int) -> tuple[str, ...]:
        said = _few(write.share(value, language), n, words)
        return words(key), said, write.share_interval(low, high, language) or DASH, write.count(n, language)

    over = one.journeys - one.under_way
    rows = [
        part("n.goal", one.goal_rate, one.goal_rate_low, one.goal_rate_high, one.journeys),
        part("n.decided", one.goal_rate_decided, one.goal_rate_decided_low, one.goal_rate_decided_high, over),
    ]
    if one.time_to_goal_n:
        n = write.count(one.time_to_goal_n, language)
        low, median, high, late = (
            write.duration(seconds, language)
            for seconds in (
                one.time_to_goal_median_seconds_low,
                one.time_to_goal_median_seconds,
                one.time_to_goal_median_seconds_high,
                one.time_to_goal_p90_seconds,
            )
        )
        said = _few(median, one.time_to_goal_n, words)
        rows += [(words("n.time"), said, f"{low} – {high}", n), (words("n.p90"), late, DASH, n)]
    under = words.counted("journeys", one.under_way)
    return [*rows, (words("n.under_way"), under, DASH, write.count(one.journeys, language))]


def _score_row(score: Score, words: ReportWords) -> tuple[str, ...]:
    language, metric = words.language, score.metric.lower()

    def said(value: float | None) -> str:
        if metric == "nps":
            return write.signed(value, language)
        return write.share(value, language) if metric == "csat" else write.decimal(value, language, 2)

    ends = DASH
    if score.value_low is not None and score.value_high is not None:
        ends = f"{said(score.value_low)} … {said(score.value_high)}"
        if metric == "csat":
            ends = write.share_interval(score.value_low, score.value_high, language)
    return _metric(score, words), _few(said(score.value), score.n, words), ends, write.count(score.n, language)


def _metric(score: Score, words: ReportWords) -> str:
    return words("tile.rating") if score.metric.lower() == "rating" else score.metric.upper()


def _few(text: str, n: int, words: ReportWords) -> str:
    return text if n >= ENOUGH else words("few", value=text)


def _map(told: Told, words: ReportWords) -> tuple[Block, ...]:
    sheet = told.sheet
    lines = [words("m.read")] if sheet.has_map else [words("m.no_map"), words("m.read")]
    heads = [words(key) for key in ("h.stage", "h.journeys", "h.share", "h.lost", "h.under_way", "h.emotion")]
    rows = tuple(row for stage in sheet.stages if (row := _stage(stage, words)))
    blocks: list[Block] = [Lines(tuple(lines), quiet=True), Drawing()]
    if rows:
        widths = (0.24, 0.11, 0.18, 0.2, 0.11, 0.16)
        blocks.insert(0, _stages(sheet, words))
        blocks.insert(0, Grid(tuple(heads), rows, widths, frozenset(range(1, 6)), title=words("m.stages")))
    return tuple(blocks)


def _stages(sheet: Sheet, words: ReportWords) -> Bars:
    bars = []
    for stage in sheet.stages:
        if (row := stage.row) is not None and row.share is not None:
            share = write.share(row.share, words.language)
            ends = write.share_interval(row.share_low, row.share_high, words.language)
            said = words("b.text", value=share, range=ends) if ends else share
            low, high = (row.share if end is None else end for end in (row.share_low, row.share_high))
            bars.append(Bar(f"{stage.index + 1}. {stage.name}", row.share, low, high, said))
    return Bars(words("m.funnel"), words("m.funnel.about"), tuple(bars), loss=False)


def _stage(stage: Stage, words: ReportWords) -> tuple[str, ...]:
    row, language = stage.row, words.language
    if row is None:
        return ()

    def ranged(text: str, ends: str) -> str:
        return f"{text} ({ends})" if ends else text

    share = write.share_interval(row.share_low, row.share_high, language)
    lost = write.share_interval(row.drop_off_share_low, row.drop_off_share_high, language)
    mood = DASH
    if row.emotion is not None and row.emotion_n:
        low, value, high = (write.signed(part, language) for part in (row.emotion_low, row.emotion, row.emotion_high))
        value = _few(value, row.emotion_n, words)
        mood = f"{ranged(value, f'{low} … {high}')}, n\u00a0=\u00a0{write.count(row.emotion_n, language)}"
    gone = f"{write.count(row.drop_off, language)} · {write.share(row.drop_off_share, language)}"
    return (
        f"{stage.index + 1}. {stage.name}",
        write.count(row.journeys, language),
        ranged(write.share(row.share, language), share),
        ranged(gone, lost),
        write.count(row.under_way, language),
        mood,
    )
