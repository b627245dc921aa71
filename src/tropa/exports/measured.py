"""What was measured: the rows of the living map turned into lanes of facts, and the numbers that are read first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tropa.analyses.touchpoints import StageRow, TouchpointRow
from tropa.cx.expectations import ExpectationCheck
from tropa.cx.metrics import Score
from tropa.exports import numbers as write
from tropa.exports.sheet import Cell, Fact, Form, Lane, Tile
from tropa.exports.words import Words

if TYPE_CHECKING:
    from tropa.workspace.living_map import LivingMap

Rows = Sequence[TouchpointRow | None]

EMOTION_STEPS = (-30.0, -5.0, 5.0, 30.0)
SHARE_STEPS = (0.01, 0.03, 0.1, 0.2)
WAIT_STEPS = (600.0, 3600.0, 86400.0, 3 * 86400.0)
"""Ten minutes, an hour, a day, three days: the steps at which the page changes colour, too."""

_TONES = ("bad-2", "bad-1", "tone-0", "good-1", "good-2")


def emotion_tone(value: float | None, n: int) -> str:
    """A name of a colour; empty where too few were asked."""
    return "" if value is None or n < write.ENOUGH else _TONES[bisect_right(EMOTION_STEPS, value)]


def level(value: float | None, n: int, steps: tuple[float, ...], name: str) -> str:
    """`name-0` .. `name-4`; empty where there were too few."""
    return "" if value is None or n < write.ENOUGH else f"{name}-{bisect_right(steps, value)}"


def measured_lanes(rows: Rows, words: Words) -> list[Lane]:
    """Lanes that have something to say, in the order in which a map is read."""

    def lane(key: str, form: Form, read: Callable[[TouchpointRow, Words], tuple[Fact, ...]]) -> Lane:
        cells = {place: Cell(facts=facts) for place, row in enumerate(rows) if row and (facts := read(row, words))}
        return Lane(key, words(f"lane.{key}"), form, cells, words(f"lane.{key}.about"), measured=True)

    some = [row for row in rows if row is not None]
    wanted = {
        "journeys": (bool(some), "flow", _journeys),
        "emotion": (any(row.emotion is not None and row.emotion_n for row in some), "emotion", _emotion),
        "expectations": (any(row.expectations for row in some), "checks", _checks),
        "waits": (any(row.next_n for row in some), "numbers", _waits),
        "failures": (any(row.failed for row in some), "numbers", _failures),
        "repeats": (any(row.reached_again for row in some), "numbers", _repeats),
    }
    return [lane(key, form, read) for key, (shown, form, read) in wanted.items() if shown]  # type: ignore[arg-type]


def _journeys(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    language = words.language
    if not row.journeys:
        return (Fact(words("not_reached"), few=True),)
    lost = words("lost", n=write.count(row.drop_off, language), share=write.share(row.drop_off_share, language))
    more = [write.share(row.share, language)]
    if row.under_way:
        more.append(words("under_way", n=write.count(row.under_way, language)))
    found = [Fact(write.count(row.journeys, language), tuple(more))]
    return (*found, Fact(lost, label=words("legend.lost"), tone="lost")) if row.drop_off else tuple(found)


def _emotion(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    if row.emotion is None or not row.emotion_n:
        return (Fact(words("no_answers"), few=True),)
    n = words("n", n=write.count(row.emotion_n, words.language))
    tone = emotion_tone(row.emotion, row.emotion_n)
    return (Fact(write.signed(row.emotion, words.language), (n,), tone=tone, few=row.emotion_n < write.ENOUGH),)


def _checks(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    return tuple(_check(check, words) for check in row.expectations)


def _check(check: ExpectationCheck, words: Words) -> Fact:
    language = words.language
    more = [_said(check, words)]
    if check.kept_share is not None:
        kept, n = write.share(check.kept_share, language), write.count(check.n, language)
        more.append(words("kept_by", share=kept, n=n))
    gap = "" if check.gap is None else _in_unit(check.gap, check.unit, words, signed=True)
    label, verdict = words.own("", check.expectation), check.verdict or ""
    return Fact(gap, tuple(more), label, few=check.n < write.ENOUGH, verdict=verdict, part=check.kept_share)


def _said(check: ExpectationCheck, words: Words) -> str:
    promise = _in_unit(check.promise, check.unit, words)
    if check.reality is None:
        return words("promise_only", promise=promise)
    if check.expectation == "promised":
        return words("late" if (check.gap or 0) > 0 else "early")
    return words("instead_of", reality=_in_unit(check.reality, check.unit, words), promise=promise)


def _in_unit(value: float, unit: str, words: Words, signed: bool = False) -> str:
    language = words.language
    if unit == "seconds":
        return (write.signed_duration if signed else write.duration)(value, language)
    if unit == "share":
        return (write.signed_share if signed else write.share)(value, language)
    return write.signed(value, language, 2) if signed else write.decimal(value, language, 2)


def _waits(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    if not row.next_n:
        return ()
    language = words.language
    tone = level(row.next_median_seconds, row.next_n, WAIT_STEPS, "wait")
    p90 = words("p90", time=write.duration(row.next_p90_seconds, language))
    few = row.next_n < write.ENOUGH
    return (Fact(write.duration(row.next_median_seconds, language), (p90,), tone=tone, few=few),)


def _failures(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    return _part(row.failure_share, row.failed, row, words)


def _repeats(row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    return _part(row.reached_again_share, row.reached_again, row, words)


def _part(value: float | None, number: int, row: TouchpointRow, words: Words) -> tuple[Fact, ...]:
    if value is None:
        return ()
    tone = level(value, row.journeys, SHARE_STEPS, "level")
    more = (words.counted("journeys", number),) if number else ()
    return (Fact(write.share(value, words.language), more, tone=tone, few=row.journeys < write.ENOUGH),)


def stage_facts(row: StageRow | None, words: Words) -> tuple[tuple[str, ...], str]:
    """What stands under the name of a stage, and its losses."""
    if row is None:
        return (), ""
    language = words.language
    facts = [words.counted("journeys", row.journeys)]
    if row.passed_on:
        facts.append(words("passed_on", n=write.count(row.passed_on, language)))
    lost = words("lost", n=write.count(row.drop_off, language), share=write.share(row.drop_off_share, language))
    return tuple(facts), lost if row.drop_off else ""


def tiles_of(answer: LivingMap, words: Words) -> list[Tile]:
    """Journeys, goal, time, scores and coverage, each with its interval or n."""
    language, overview = words.language, answer.overview
    found = [
        Tile(
            words("tile.journeys"),
            write.count(overview.journeys, language),
            words.counted("customers", overview.customers),
        )
    ]
    if overview.goal_rate is not None:
        ends = write.share_interval(overview.goal_rate_low, overview.goal_rate_high, language)
        more = words("interval", range=ends) if ends else ""
        found.append(Tile(words("tile.goal"), write.share(overview.goal_rate, language), more))
    if overview.time_to_goal_n:
        p90 = words("p90", time=write.duration(overview.time_to_goal_p90_seconds, language))
        found.append(Tile(words("tile.time"), write.duration(overview.time_to_goal_median_seconds, language), p90))
    found += [_score(score, words) for score in overview.scores]
    if answer.map is not None and answer.coverage.journeys_share is not None:
        found.append(
            Tile(
                words("tile.coverage"),
                write.share(answer.coverage.journeys_share, language),
                words("of_journeys"),
            )
        )
    return found


def _score(score: Score, words: Words) -> Tile:
    language, metric = words.language, score.metric.lower()
    n = words("n", n=write.count(score.n, language))

    def said(value: float | None) -> str:
        if metric == "nps":
            return write.signed(value, language)
        return write.share(value, language) if metric == "csat" else write.decimal(value, language, 2)

    ends = ""
    if score.value_low is not None and score.value_high is not None:
        ends = f"{said(score.value_low)}…{said(score.value_high)}"
    title = words("tile.rating") if metric == "rating" else score.metric.upper()
    return Tile(title, said(score.value), " · ".join(part for part in (ends, n) if part), score.n < write.ENOUGH)
