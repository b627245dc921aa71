"""Findings that are no obstacles: gaps, bottlenecks, moments of truth, single cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tropa.analyses.bottlenecks_rows import Bottlenecks, Process
from tropa.analyses.gaps import Gap, Gaps
from tropa.analyses.moments_of_truth import MomentOfTruth, MomentsOfTruth
from tropa.analyses.single_cases import SingleCases
from tropa.findings.because import Language, decimal, number, percent, span
from tropa.findings.finding import Evidence, Finding, JourneyRef
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
    russian = language == "ru"

    def told(value: float | None) -> str:
        if value is None:
            return "?"
        if gap.unit == "seconds":
            return span(max(value, 0.0), language)
        return percent(value, language) if gap.unit == "share" else decimal(value, language)

    real = f"{told(gap.reality)} (n {number(gap.n, language)})"
    kept = "?" if gap.kept_share is None else percent(gap.kept_share, language)
    if gap.expectation == "promised":
        if russian:
            return f"«{gap.touchpoint}»: обещанный клиенту срок выдержан для {kept} из {number(gap.n, language)}."
        return f"{gap.touchpoint}: the time told to the customer was kept for {kept} of {number(gap.n, language)}."
    if gap.expectation == "score":
        kind = (gap.score_kind or "").upper()
        if russian:
            return f"«{gap.touchpoint}»: ожидали {kind} не ниже {told(gap.promise)}, на деле {real}."
        return f"{gap.touchpoint}: {kind} of at least {told(gap.promise)} expected, in reality {real}."
    if gap.expectation == "failures":
        if russian:
            return f"«{gap.touchpoint}»: сбои допускали у {told(gap.promise)} путей, на деле {real}."
        return f"{gap.touchpoint}: failures allowed on {told(gap.promise)} of journeys, in reality {real}."
    if russian:
        return (
            f"«{gap.touchpoint}»: обещано {told(gap.promise)}, обычно выходит {told(gap.reality)}; "
            f"обещание сдержано для {kept} из {number(gap.n, language)}."
        )
    return (
        f"{gap.touchpoint}: promised {told(gap.promise)}, typically {told(gap.reality)}; "
        f"kept for {kept} of {number(gap.n, language)}."
    )


def bottleneck_findings(found: Bottlenecks, language: Language, barriers: Iterable[Finding]) -> list[Finding]:
    """Processes where the journey's time is lost, and which barrier each causes."""
    causes = {finding.touchpoint: finding for finding in barriers if finding.obstacle in _OF_WAITING}
    return [
        _bottleneck(process, causes.get(process.touchpoint), language)
        for process in found.processes
        if process.is_bottleneck
    ]


def _bottleneck(process: Process, barrier: Finding | None, language: Language) -> Finding:
    name = process.department or process.process
    wait = process.wait_median_seconds
    russian = language == "ru"
    typical = "?" if wait is None else span(wait, language)
    share = "" if process.share is None else percent(process.share, language)
    if russian:
        text = f"{name}: здесь ждут обычно {typical}"
        text += f", это {share} времени пути" if share else ""
        text += (
            f"; в очереди в среднем {decimal(process.queue_mean, language)}" if process.queue_mean is not None else ""
        )
        text += "; это и есть причина барьера здесь" if barrier is not None else ""
    else:
        text = f"{name}: customers typically wait {typical} here"
        text += f", which is {share} of the journey's time" if share else ""
        text += (
            f"; {decimal(process.queue_mean, language)} wait at once on average"
            if process.queue_mean is not None
            else ""
        )
        text += "; this is what makes the barrier here" if barrier is not None else ""
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
        owner=process.owner,
        evidence=tuple(Evidence(*row) for row in seconds if row[1] is not None),
        because=text + ".",
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
    russian = language == "ru"
    rows: list[tuple[str, float | None, float | None, float | None, str]] = []
    if moment.path is not None:
        rows.append(("removal", moment.path.removal, moment.path.removal_low, moment.path.removal_high, "share"))
        rows.append(("swing", moment.path.swing, moment.path.swing_low, moment.path.swing_high, "share"))
    if moment.driver is not None:
        driver = moment.driver
        rows.append(("driver_experience", driver.experience, driver.experience_low, driver.experience_high, "share"))
        rows.append(("driver_score", driver.score, driver.score_low, driver.score_high, "share"))
    rows.append(("marked", 1.0 if moment.marked else 0.0, None, None, "flag"))
    effects = [effect for effect in moment.effects if effect.outcome == "goal"]
    worst = min((effect.effect for effect in effects), default=None)
    effect = barrier.on_goal.effect if barrier is not None and barrier.on_goal is not None else worst
    points = "?" if effect is None else decimal(abs(100 * effect), language)
    if russian:
        text = f"«{moment.touchpoint}»: плохой опыт здесь решает исход, доля дошедших до цели ниже на {points} п. п."
        text += "; в карте отмечена как момент истины" if moment.marked else "; в карте так не отмечена"
    else:
        text = f"{moment.touchpoint}: a bad experience here decides, {points} points fewer reach the goal"
        text += "; the map marks it as a moment of truth" if moment.marked else "; the map does not mark it"
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
        because=text + ".",
    )


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
