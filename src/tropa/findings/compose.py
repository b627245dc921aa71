"""All findings put together from what the analyses say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from threadpoolctl import threadpool_limits

from tropa.analyses.bottlenecks_rows import Bottlenecks
from tropa.analyses.gaps import Gaps
from tropa.analyses.moments_of_truth import MomentsOfTruth
from tropa.analyses.single_cases import SingleCases
from tropa.analyses.value import Value
from tropa.cx.obstacles.chains import Told, told
from tropa.cx.obstacles.judging import Judged, effect_left, judge_all
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.verdict import Verdict, does_harm, verdicts
from tropa.cx.speech import Language
from tropa.cx.times import DAY_US
from tropa.engine.fold import threads_available
from tropa.findings.because import Telling, because
from tropa.findings.finding import Finding, Findings, Money, StageLoss
from tropa.findings.leaks import without_leaks
from tropa.findings.notes import Note, notes_of
from tropa.findings.others import bottleneck_findings, case_findings, gap_findings, moment_findings
from tropa.findings.spoken import Voice
from tropa.findings.told import Scale, by_cost, finding_of, money

_MONTH_US = 30.4375 * DAY_US


@dataclass(frozen=True, slots=True)
class Answers:
    """What other analyses say."""

    value: Value | None
    gaps: Gaps | None
    bottlenecks: Bottlenecks | None
    moments: MomentsOfTruth | None
    cases: SingleCases | None


def tell(seen: Seen, judged: Sequence[Judged], margin: float) -> tuple[list[Told], list[Verdict]]:
    """What is told: barriers, inconveniences and what surely lowers scores, with what is under them; and all other
    verdicts."""
    found = verdicts(judged, margin)
    harmful = [one for one in found if does_harm(one)]
    with threadpool_limits(1, "blas"):
        chains = told(harmful, len(seen.looked.known), partial(effect_left, seen))
    return chains, [one for one in found if not does_harm(one)]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything that takes time, said in no language yet: obstacles that do harm, and the quiet ones."""

    obstacles: tuple[Finding, ...]
    quiet: tuple[Finding, ...]
    answers: Answers
    scale: Scale
    journeys: int
    margin: float
    goal: tuple[str, ...]
    within_seconds: float | None
    notes: tuple[Note, ...]
    seconds: float = 0.0
    warnings: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)


def weigh(
    seen: Seen,
    answered: Callable[[], Answers],
    journeys: int,
    margin: float,
    stage: Callable[[str], None] = lambda _: None,
) -> Weighed:
    """Obstacles judged, told once each, with their voice and their price.

    Args:
        answered: waits for the other analyses, asked for when all is judged.
        stage: told what begins: judging, chains, voice.
    """
    stage("judging")
    seen, leaking = without_leaks(seen)
    judged = judge_all(seen)
    stage("chains")
    chains, rest = tell(seen, judged, margin)
    answers = answered()
    facts = seen.lens.facts
    started = seen.looked.known.started_us
    months = float(started.max() - started.min()) / _MONTH_US if len(started) else 0.0
    scale = Scale(months, None if answers.value is None else answers.value.model, facts.currency)
    with ThreadPoolExecutor(threads_available()) as pool:
        told_of = list(pool.map(lambda one: finding_of(seen, one, scale), chains))
        quiet = list(pool.map(lambda one: finding_of(seen, Told(one, ()), scale)[0], rest))
    stage("voice")
    voice = Voice(seen) if told_of else None
    obstacles = [
        replace(finding, voice=None if voice is None else voice.of(finding, found)) for finding, found in told_of
    ]
    document = seen.lens.map
    return Weighed(
        obstacles=tuple(obstacles),
        quiet=tuple(quiet),
        answers=answers,
        scale=scale,
        journeys=journeys,
        margin=margin,
        goal=() if document is None or not seen.lens.has_goal else document.goal,
        within_seconds=None if document is None or not seen.lens.has_goal else document.within_seconds,
        notes=notes_of(seen, judged, answers.gaps, leaking),
    )


def compose(weighed: Weighed, language: Language, everything: bool) -> Findings:
    """All findings in a language, those that surely cost most first.

    Args:
        everything: also what was found harmless and what cannot be told.
    """
    barriers = [finding for finding in weighed.obstacles if finding.kind == "barrier"]
    telling = Telling(weighed.margin, weighed.within_seconds, weighed.scale.months)

    def said(those: Sequence[Finding]) -> list[Finding]:
        return [replace(finding, because=because(finding, language, telling)) for finding in those]

    unclear = said([finding for finding in weighed.obstacles if finding.kind == "undetermined"])
    told_of = said([finding for finding in weighed.obstacles if finding.kind != "undetermined"])
    if everything:
        told_of += [*unclear, *said(weighed.quiet)]
    return Findings(
        journeys=weighed.journeys,
        tested=len(weighed.obstacles) + sum(len(one.under) for one in weighed.obstacles) + len(weighed.quiet),
        findings=tuple(by_cost([*told_of, *_others(weighed, barriers, language)])),
        clean=sum(one.kind == "harmless" for one in weighed.quiet),
        months=weighed.scale.months,
        goal_value=_goal_value(weighed.scale),
        margin=weighed.margin,
        lost_by_stage=_by_stage(barriers, weighed.scale),
        seconds=weighed.seconds,
        warnings=weighed.warnings.get(language, ()),
        lower_scores=tuple(unclear),
        notes=tuple(note.said(language) for note in weighed.notes),
        goal=weighed.goal,
        within_seconds=weighed.within_seconds,
    )


def _others(weighed: Weighed, barriers: list[Finding], language: Language) -> list[Finding]:
    answers = weighed.answers
    found: list[Finding] = []
    if answers.bottlenecks is not None:
        found += bottleneck_findings(answers.bottlenecks, language, barriers)
    if answers.gaps is not None:
        found += gap_findings(answers.gaps, language)
    if answers.moments is not None:
        found += moment_findings(answers.moments, barriers, language)
    if answers.cases is not None:
        found += case_findings(answers.cases, weighed.scale.currency, language)
    return found


def _goal_value(scale: Scale) -> Money | None:
    value = scale.value
    if value is None or value.goal_value is None:
        return None
    low = value.goal_value if value.goal_value_low is None else value.goal_value_low
    high = value.goal_value if value.goal_value_high is None else value.goal_value_high
    return Money(value.goal_value, low, high, scale.currency)


def _by_stage(barriers: Sequence[Finding], scale: Scale) -> tuple[StageLoss, ...]:
    lost: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for finding in barriers:
        row = lost[finding.stage or ""]
        for place, value in enumerate((finding.lost_goals, finding.lost_goals_low, finding.lost_goals_high)):
            row[place] += value or 0.0
    months = max(scale.months, 1e-9)
    return tuple(
        StageLoss(stage, row[0] / months, money(row[0], row[1], row[2], scale))
        for stage, row in sorted(lost.items(), key=lambda item: -item[1][0])
    )
