"""Findings that are no obstacles: gaps, bottlenecks, moments of truth, single cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tropa.analyses.bottlenecks_rows import Bottlenecks, Process
from tropa.analyses.gaps import Gap, Gaps
from tropa.analyses.moments_of_truth import MomentOfTruth, MomentsOfTruth
from tropa.analyses.single_cases import SingleCases
from tropa.cx.speech import Language, counted, decimal, number, percent, points, said, span
from tropa.findings.because import quoted, score_name
from tropa.findings.finding import Evidence, Finding, JourneyRef
from tropa.findings.names import OBSTACLE_NAMES
from tropa.findings.told import identity

MOST_CASES = 20
_OF_WAITING = ("wait", "broken_promise", "silence", "handover")

_OBSTACLE_OF = {"within": "wait", "promised": "broken_promise", "score": "low_score", "failures": "failure"}


def gap_findings(found: Gaps, language: Language) -> list[Finding]:
    """Promises that are surely not kept. A promise of the map and one of the data at the same touchpoint are one gap:
    that of the map is told."""
    told = [gap for gap in found.gaps if gap.is_gap]
    stated = {gap.touchpoint for gap in told if gap.expectation == "within"}
    return [_gap(gap, language) for gap in told if not (gap.expectation == "promised" and gap.touchpoint in stated)]


def _gap(gap: Gap, language: Language) -> Finding:
    obstacle = _OBSTACLE_OF[gap.expectation]
    return Finding(
        id=identity("gap", gap.expectation, gap.touchpoint),
        kind="gap",
        obstacle=obstacle,
        stage=gap.stage,
        touchpoint=gap.touchpoint,
        threshold=gap.promise,
        threshold_unit={"seconds": "seconds", "points": "points"}.get(gap.unit, "share"),
        reached=gap.n,
        exposed=gap.missed,
        evidence=(
            Evidence("promise", gap.promise, None, None, gap.unit),
            Evidence("reality", gap.reality, None, None, gap.unit),
            Evidence("gap", gap.gap, gap.gap_low, gap.gap_high, gap.unit),
            Evidence("kept_share", gap.kept_share, gap.kept_share_low, gap.kept_share_high, "share"),
            Evidence("below_worst_share", gap.below_worst_share, gap.below_worst_share_low, gap.below_worst_share_high,
                     "share"),
            Evidence("q", gap.q, None, None, "p"),
        ),
        because=_gap_because(gap, language),
    )  # fmt: skip


def _gap_because(gap: Gap, language: Language) -> str:
    where = quoted(gap.touchpoint, language)
    text = {
        "promised": _kept,
        "within": _within,
        "score": _scored,
        "failures": _failed,
    }[gap.expectation](gap, language)
    return f"{where}: {text}."


def _kept(gap: Gap, language: Language) -> str:
    kept, of = counted(gap.kept or 0, "time", language), number(gap.n, language)
    share = "" if gap.kept_share is None else f" ({percent(gap.kept_share, language)})"
    if language == "ru":
        return (
            f"сроки, названные клиенту, выдержаны {kept} из {of}{share}"
            if gap.kept
            else f"сроки, названные клиенту, не выдержаны ни разу из {of}"
        )
    return (
        f"the time told to the customer was kept {kept} out of {of}{share}"
        if gap.kept
        else f"the time told to the customer was not kept even once out of {counted(gap.n, 'time', 'en')}"
    )


def _within(gap: Gap, language: Language) -> str:
    promise = span(gap.promise, language, "accusative")
    n = counted(gap.n, "journey", language, "genitive")
    kept = "?" if gap.kept_share is None else percent(gap.kept_share, language)
    half = None if gap.reality is None else span(max(gap.reality, 0.0), language, "accusative")
    if language == "ru":
        text = f"обещано за {promise}, выдержано в {kept} из {n}"
        return text + (f" (половина укладывается в {half})" if half is not None else "")
    text = f"promised within {promise}, kept on {kept} of {n}"
    return text + (f" (half take no longer than {half})" if half is not None else "")


def _scored(gap: Gap, language: Language) -> str:
    kind, n = score_name(gap.score_kind or "", language), counted(gap.n, "score", language)
    promise, reality = decimal(gap.promise, language), "?" if gap.reality is None else decimal(gap.reality, language)
    if language == "ru":
        return f"ожидали {kind} не ниже {promise}, на деле в среднем {reality} ({n})"
    return f"{kind} of at least {promise} was expected, in fact it is {reality} on average ({n})"


def _failed(gap: Gap, language: Language) -> str:
    promise, n = percent(gap.promise, language), counted(gap.n, "journey", language, "genitive")
    reality = "?" if gap.reality is None else percent(gap.reality, language)
    if language == "ru":
        return f"сбои допускали не больше чем в {promise} путей, на деле они в {reality} из {n}"
    return f"failures were allowed on {promise} of journeys at most, in fact they are on {reality} of {n}"


def bottleneck_findings(found: Bottlenecks, language: Language, barriers: Iterable[Finding]) -> list[Finding]:
    """Processes where the journey's time is lost, and which barrier each causes."""
    causes = {finding.touchpoint: finding for finding in barriers if finding.obstacle in _OF_WAITING}
    return [
        _bottleneck(process, causes.get(process.touchpoint), language)
        for process in found.processes
        if process.is_bottleneck
    ]


def _bottleneck_because(process: Process, barrier: Finding | None, language: Language) -> str:
    name = process.department or process.process
    at = process.touchpoint if process.touchpoint and process.touchpoint != name else None
    wait = None if process.wait_median_seconds is None else span(process.wait_median_seconds, language, "accusative")
    share = None if process.share is None else percent(process.share, language)
    queue = None if process.queue_mean is None else _about(process.queue_mean, language)
    if language == "ru":
        parts = [
            "" if wait is None else f"здесь обычно ждут {wait}",
            "" if share is None else f"на это уходит {share} всего времени пути",
            "" if queue is None else f"в очереди одновременно в среднем {queue}",
            "" if barrier is None else f"отсюда и барьер: {OBSTACLE_NAMES['ru'][barrier.obstacle or '']}",
        ]
        begin = name + (f" (точка «{at}»)" if at else "")
    else:
        parts = [
            "" if wait is None else f"customers typically wait {wait} here",
            "" if share is None else f"that is {share} of the whole journey's time",
            "" if queue is None else f"{queue} wait at once on average",
            "" if barrier is None else f"the barrier comes from here: {OBSTACLE_NAMES['en'][barrier.obstacle or '']}",
        ]
        begin = name + (f" (touchpoint {at})" if at else "")
    return f"{begin}: {'; '.join(part for part in parts if part)}."


def _about(count: float, language: Language) -> str:
    return number(count, language) if count >= 10 else decimal(round(count, 1), language)


def _bottleneck(process: Process, barrier: Finding | None, language: Language) -> Finding:
    name = process.department or process.process
    wait = process.wait_median_seconds
    seconds = [
        ("wait_median", wait, process.wait_median_seconds_low, process.wait_median_seconds_high, "seconds"),
        ("wait_mean", process.wait_mean_seconds, None, None, "seconds"),
        ("wait_p90", process.wait_p90_seconds, None, None, "seconds"),
        ("service_median", process.service_median_seconds, process.service_median_seconds_low,
         process.service_median_seconds_high, "seconds"),
        ("share_of_time", process.share, process.share_low, process.share_high, "share"),
        ("contention", process.contention_seconds, None, None, "seconds"),
        ("off_hours", process.off_hours_seconds, None, None, "seconds"),
        ("queue_mean", process.queue_mean, None, None, "count"),
        ("queue_p90", process.queue_p90, None, None, "count"),
        ("handovers_in", float(process.handovers_in), None, None, "count"),
    ]  # fmt: skip
    return Finding(
        id=identity("bottleneck", name, process.touchpoint),
        kind="bottleneck",
        obstacle="wait",
        stage=process.stage,
        touchpoint=process.touchpoint,
        activity=process.activity,
        reached=process.n,
        exposed=process.wait_n,
        department=name,
        process=process.process,
        owner=process.owner,
        evidence=tuple(Evidence(*row) for row in seconds if row[1] is not None),
        because=_bottleneck_because(process, barrier, language),
    )


def moment_findings(found: MomentsOfTruth, barriers: Sequence[Finding], language: Language) -> list[Finding]:
    """Touchpoints whose experience decides: where a barrier is certain, or where the lenses of the analysis say so and
    the map's author too."""
    certain = {finding.touchpoint: finding for finding in reversed(barriers)}
    told = []
    for moment in found.touchpoints:
        barrier = certain.get(moment.touchpoint)
        if barrier is not None or (moment.decisive and moment.marked):
            told.append(_moment(moment, barrier, language))
    return told


def _moment(moment: MomentOfTruth, barrier: Finding | None, language: Language) -> Finding:
    rows: list[tuple[str, float | None, float | None, float | None, str]] = []
    if moment.path is not None:
        rows.append(("removal", moment.path.removal, moment.path.removal_low, moment.path.removal_high, "share"))
        rows.append(("swing", moment.path.swing, moment.path.swing_low, moment.path.swing_high, "share"))
    if moment.driver is not None:
        driver = moment.driver
        rows.append(("driver_experience", driver.experience, driver.experience_low, driver.experience_high, "share"))
        rows.append(("driver_score", driver.score, driver.score_low, driver.score_high, "share"))
    rows.append(("marked", 1.0 if moment.marked else 0.0, None, None, "flag"))
    return Finding(
        id=identity("moment_of_truth", moment.touchpoint),
        kind="moment_of_truth",
        obstacle=None,
        stage=moment.stage,
        touchpoint=moment.touchpoint,
        reached=moment.journeys,
        exposed=None if barrier is None else barrier.exposed,
        on_goal=None if barrier is None else barrier.on_goal,
        evidence=tuple(Evidence(*row) for row in rows if row[1] is not None),
        told_under=None if barrier is None else barrier.id,
        because=_moment_because(moment, barrier, language),
    )


def _moment_because(moment: MomentOfTruth, barrier: Finding | None, language: Language) -> str:
    worst = min((effect.effect for effect in moment.effects if effect.outcome == "goal"), default=None)
    fall = barrier.on_goal.effect if barrier is not None and barrier.on_goal is not None else worst
    if language == "ru":
        text = "после плохого опыта здесь "
        text += (
            "до цели доходят реже" if fall is None else f"доля дошедших до цели ниже на {points(fall, 'ru')} п.\u00a0п."
        )
        text += "; в карте это момент истины" if moment.marked else "; в карте моментом истины это не отмечено"
    else:
        text = "after a bad experience here "
        text += (
            "fewer reach the goal"
            if fall is None
            else (f"the share that reaches the goal is {said(points(fall, 'en'), 'mark', 'en')} lower")
        )
        text += (
            "; the map marks it as a moment of truth"
            if moment.marked
            else ("; the map does not mark it as a moment of truth")
        )
    return f"{quoted(moment.touchpoint, language)}: {text}."


def case_findings(found: SingleCases, currency: str, language: Language) -> list[Finding]:
    """The gravest journeys, one by one."""
    return [
        Finding(
            id=identity("single_case", case.customer_id, case.case_id),
            kind="single_case",
            obstacle=case.obstacle,
            stage=case.stage,
            touchpoint=case.touchpoint,
            activity=case.activity,
            customer_id=case.customer_id,
            case_id=case.case_id,
            severity=case.severity,
            examples=(JourneyRef(case.customer_id, case.case_id),),
            because=case.sentence(currency, language),
        )
        for case in found.cases[:MOST_CASES]
    ]
