"""Sections of the report that tell what was found: harm, gaps, moments of truth, bottlenecks, cases, what is clean."""

from __future__ import annotations

from collections.abc import Sequence

from tropa.analyses.moments_of_truth import MomentsOfTruth
from tropa.analyses.overview import Overview
from tropa.cx.speech import span
from tropa.exports import numbers as write
from tropa.exports.make import place_of
from tropa.exports.numbers import DASH
from tropa.exports.report_items import item, money_range, points_range
from tropa.exports.report_parts import Bar, Bars, Block, Grid, Lines
from tropa.exports.report_words import ReportWords
from tropa.exports.sheet import Sheet
from tropa.findings.finding import Finding, Findings, Money, StageLoss
from tropa.findings.names import OBSTACLE_NAMES, heading
from tropa.findings.reasons import reason

MOST_ITEMS = 20
"""Findings that are told with all their numbers; those after them by their sentence."""
_TERMS = (
    "journey", "goal", "interval", "scores", "emotion", "coverage", "barrier", "limit", "money", "gap", "bottleneck",
    "moment",
)  # fmt: skip


def of_kind(found: Findings, *kinds: str) -> list[Finding]:
    """Findings of some kinds, in the order of all: what costs most first."""
    return [one for one in found.findings if one.kind in kinds]


def where(one: Finding, words: ReportWords) -> str:
    """The place of a finding in words."""
    return place_of(one) or one.stage or words("whole")


def total(found: Findings) -> Money | None:
    """What the barriers cost a month together; the ends are sums of ends."""
    paid = [loss.money for loss in found.lost_by_stage if loss.money is not None]
    if not paid:
        return None
    value, low, high = (sum(getattr(part, end) for part in paid) for end in ("value", "low", "high"))
    return Money(value, low, high, paid[0].currency)


def summary(found: Findings, words: ReportWords) -> list[str]:
    """What is to be known first."""
    barriers, loss, said = of_kind(found, "barrier"), total(found), []
    if not barriers:
        said.append(words("sum.no_barriers" if found.goal else "sum.no_goal"))
    elif loss is None:
        said.append(words("sum.barriers_unpaid", n=len(barriers)))
    else:
        value, ends = money_range(loss, words)
        said.append(words("sum.barriers", n=len(barriers), money=value, range=ends))
        first = barriers[0]
        if first.money is not None:
            value, ends = money_range(first.money, words)
            named = OBSTACLE_NAMES[words.language].get(first.obstacle or "", first.obstacle or "")
            place = words.named(where(first, words))
            said.append(words("sum.worst", place=place, obstacle=named, money=value, range=ends))
    kinds = ("inconvenience", "bottleneck", "gap", "single_case")
    said.append(words("sum.other", **{kind: len(of_kind(found, kind)) for kind in kinds}))
    return [*said, heading(found, words.language)[1]]


def money_rows(found: Findings, words: ReportWords) -> list[tuple[str, ...]]:
    """Rows of the table of numbers that are money."""
    rows: list[tuple[str, ...]] = []
    for key, paid, n in (("n.loss", total(found), found.journeys), ("n.goal_value", found.goal_value, 0)):
        if paid is not None:
            value, ends = money_range(paid, words)
            rows.append((words(key), value, ends, write.count(n, words.language) if n else DASH))
    return rows


def harm(sheet: Sheet, found: Findings, words: ReportWords) -> tuple[Block, ...]:
    """Barriers and inconveniences, what costs most first, and what is lost by stage."""
    harmful = of_kind(found, "barrier", "inconvenience")
    blocks: list[Block] = [Lines(heading(found, words.language))]
    if found.lost_by_stage:
        blocks.append(_lost(found.lost_by_stage, words))
    else:
        blocks.append(Lines((words("b.none" if found.goal else "sum.no_goal"),)))
    if not harmful:
        blocks.append(Lines((words("i.none"),)))
    blocks += [item(one, sheet, found.months, words) for one in harmful[:MOST_ITEMS]]
    if rest := harmful[MOST_ITEMS:]:
        blocks.append(Lines((words("i.more"),)))
        blocks.append(Lines(tuple(one.because for one in rest), listed=True))
    return tuple(blocks)


def _lost(losses: Sequence[StageLoss], words: ReportWords) -> Bars:
    paid = [(loss.stage, loss.money) for loss in losses if loss.money is not None]
    if paid:
        bars = []
        for stage, money in paid:
            value, ends = money_range(money, words)
            bars.append(Bar(stage, money.value, money.low, money.high, words("b.text", value=value, range=ends)))
        return Bars(words("b.title"), words("b.about"), tuple(bars))
    bars = [
        Bar(
            loss.stage,
            loss.lost_goals,
            loss.lost_goals,
            loss.lost_goals,
            write.decimal(loss.lost_goals, words.language),
        )
        for loss in losses
    ]
    return Bars(words("b.title"), words("b.goals"), tuple(bars))


def gaps(sheet: Sheet, found: Findings, moments: MomentsOfTruth, checked: int, words: ReportWords) -> tuple[Block, ...]:
    """Expectations that are not met; moments of truth as the authors and as the data see them."""
    rows = tuple(_gap(one, words) for one in of_kind(found, "gap"))
    blocks: list[Block] = []
    if rows:
        heads = tuple(words(key) for key in ("h.where", "h.expected", "h.real", "h.kept", "h.n"))
        widths = (0.26, 0.19, 0.24, 0.22, 0.09)
        blocks.append(Grid(heads, rows, widths, frozenset({3, 4}), title=words("g.title")))
    if not sheet.has_map:
        blocks.append(Lines((words("g.no_map"),)))
    elif not checked:
        blocks.append(Lines((words("g.no_expectations"),)))
    else:
        said = [] if rows else [words("g.none")]
        blocks.append(Lines((*said, words("g.tested", tested=checked, found=len(rows))), quiet=bool(rows)))
    return (*blocks, *_moments(found, moments, words))


def _gap(one: Finding, words: ReportWords) -> tuple[str, ...]:
    language = words.language
    told = {part.name: part for part in one.evidence}
    promise, reality = (told[key].value if key in told else None for key in ("promise", "reality"))
    if one.obstacle == "failure":
        said = words("g.failures", value=write.share(promise, language))
        real = words("g.failed", value=write.share(reality, language))
    elif one.obstacle == "low_score":
        kind = one.score_kind.upper() if one.score_kind else words("g.any_score")
        said = words("g.score", kind=kind, value=write.decimal(promise, language, 2))
        real = words("g.mean", value=write.decimal(reality, language, 2))
    elif one.obstacle == "broken_promise":
        said = words("g.promised")
        late = "g.late" if (reality or 0) > 0 else "g.early"
        real = DASH if reality is None else words(late, value=write.duration(abs(reality), language))
    else:
        said = words("g.within", value=write.duration(promise, language))
        real = words("g.median", value=write.duration(reality, language))
    kept = DASH
    if (share := told.get("kept_share")) is not None and share.value is not None:
        ends = write.share_interval(share.low, share.high, language)
        kept = f"{write.share(share.value, language)} ({ends})" if ends else write.share(share.value, language)
    return where(one, words), said, real, kept, write.count(one.reached, language)


def _moments(found: Findings, moments: MomentsOfTruth, words: ReportWords) -> list[Block]:
    effects = {place_of(one): one for one in of_kind(found, "moment_of_truth")}
    rows = []
    for row in moments.touchpoints:
        one = effects.get(row.touchpoint)
        if not (row.marked or row.decides or one):
            continue
        decides = list(row.decides)
        if one is not None and one.on_goal is not None and "goal" not in decides:
            decides.insert(0, "goal")
        outcomes = ", ".join(words.own("outcome", outcome) for outcome in decides)
        data = words("mt.decides", outcomes=outcomes) if decides else words("mt.unseen")
        effect, n = DASH, DASH
        if one is not None and one.on_goal is not None:
            effect, n = points_range(one.on_goal, words), write.count(one.reached, words.language)
        rows.append((row.touchpoint, words("mt.yes" if row.marked else "mt.no"), data, effect, n))
    if not rows:
        return [Lines((words("mt.none"), *moments.notes))]
    heads = tuple(words(key) for key in ("h.where", "h.authors", "h.data", "h.effect", "h.n"))
    grid = Grid(heads, tuple(rows), (0.27, 0.15, 0.25, 0.24, 0.09), frozenset({3, 4}), title=words("mt.title"))
    return [grid, Lines(moments.notes, quiet=True)] if moments.notes else [grid]


def bottlenecks(found: Findings, words: ReportWords) -> tuple[Block, ...]:
    """Processes in which time is lost."""
    some = of_kind(found, "bottleneck")
    if not some:
        return (Lines((words("bn.none"),)),)
    return (
        Lines((words("bn.read"),), quiet=True),
        *(item(one, None, found.months, words) for one in some[:MOST_ITEMS]),
    )


def cases(found: Findings, words: ReportWords) -> tuple[Block, ...]:
    """Single grave journeys."""
    some = of_kind(found, "single_case")
    if not some:
        return (Lines((words("c.none"),)),)
    heads = tuple(words(key) for key in ("h.where", "h.what", "h.severity"))
    rows = tuple((where(one, words), one.because, write.count(one.severity, words.language)) for one in some)
    return (Lines((words("c.read"),), quiet=True), Grid(heads, rows, (0.22, 0.66, 0.12), frozenset({2})))


def clean(found: Findings, words: ReportWords) -> tuple[Block, ...]:
    """What does no harm; what cannot be told, and why."""
    harmless, unknown = of_kind(found, "harmless"), of_kind(found, "undetermined")
    blocks: list[Block] = [Lines((heading(found, words.language)[1], words("cl.harmless") + ":"))]
    blocks.append(Lines(tuple(one.because for one in harmless) or (words("cl.no_harmless"),), listed=bool(harmless)))
    if unknown:
        heads = tuple(words(key) for key in ("h.where", "h.obstacle", "h.met", "h.why"))
        rows = tuple(_unknown(one, words) for one in unknown)
        blocks.append(Grid(heads, rows, (0.21, 0.19, 0.17, 0.43), small=True, title=words("cl.unknown")))
    else:
        blocks.append(Lines((words("cl.no_unknown"),)))
    if notes := (*found.notes, *found.warnings):
        blocks.append(Grid((words("cl.notes"),), tuple((note,) for note in notes), (1.0,), small=True))
    return tuple(blocks)


def _unknown(one: Finding, words: ReportWords) -> tuple[str, ...]:
    language = words.language
    named = OBSTACLE_NAMES[language].get(one.obstacle or "", one.obstacle or DASH)
    activity = f" ({one.activity})" if one.activity and one.activity != place_of(one) else ""
    met = f"{write.count(one.exposed, language)} / {write.count(one.reached, language)}"
    return where(one, words), named + activity, met, reason(one, language)


def terms(overview: Overview, found: Findings, words: ReportWords) -> tuple[Block, ...]:
    """What words and numbers mean here."""
    language = words.language
    within = overview.within_seconds
    values = {
        "unit": words(f"unit.{overview.unit}"),
        "within": "" if within is None else words("t.within", span=span(within, language, "accusative")),
        "margin": write.decimal(found.margin * 100, language),
    }
    rows = tuple((words(f"t.{key}"), words(f"t.{key}.is", **values)) for key in _TERMS)
    return (Grid(("", ""), rows, (0.24, 0.76)),)
