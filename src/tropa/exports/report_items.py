"""One finding told with all its numbers."""

from __future__ import annotations

from tropa.cx.speech import period
from tropa.exports import numbers as write
from tropa.exports.make import place_of
from tropa.exports.report_parts import Item, Quote
from tropa.exports.report_words import ReportWords
from tropa.exports.sheet import Sheet
from tropa.findings.finding import EffectOnGoal, EffectOnScore, Evidence, Finding, Money, VoiceOfExposed
from tropa.findings.names import under_line
from tropa.text import mask

_MOST_QUOTES = 2
_EVIDENCE = ("wait_median", "wait_p90", "service_median", "share_of_time", "queue_mean")


def money_range(paid: Money, words: ReportWords) -> tuple[str, str]:
    """A sum and its 95 % interval."""
    language = words.language
    value = write.money(paid.value, paid.currency, language)
    return value, f"{write.money(paid.low, '', language)} … {write.money(paid.high, '', language)}"


def points_range(effect: EffectOnGoal, words: ReportWords) -> str:
    """An effect in points with its 95 % interval."""
    language = words.language
    said = write.signed_share(effect.effect, language)
    if effect.low is None or effect.high is None:
        return said
    low, high = (write.signed(100 * end, language, 1) for end in (effect.low, effect.high))
    return f"{said} ({low} … {high})"


def item(one: Finding, sheet: Sheet | None, months: float, words: ReportWords) -> Item:
    """A finding with its numbers, each with n and interval where it has one."""
    facts = [*_met(one, words), *_effects(one, words), *_cost(one, months, words), *_evidence(one, words)]
    facts += [*_context(one, words), *_voice(one.voice, words)]
    if sheet is not None and (ideas := _ideas(one, sheet)):
        facts.append((words("i.ideas"), "; ".join(ideas)))
    money = "" if one.money is None else f"{words('i.money')}: {money_range(one.money, words)[0]}"
    place = place_of(one) or one.stage or words("whole")
    return Item(one.kind, words(f"finding.{one.kind}"), place, money, one.because, tuple(facts), _quotes(one, words))


def _met(one: Finding, words: ReportWords) -> list[tuple[str, str]]:
    language = words.language
    if not one.reached or one.exposed is None:
        return []
    if one.kind == "bottleneck":
        return [(words("e.n"), words.counted("journeys", one.reached))]
    exposed, reached = (write.count(number, language) for number in (one.exposed, one.reached))
    part = write.share(one.exposed / one.reached, language)
    return [(words("i.met"), words("i.met_said", exposed=exposed, reached=reached, share=part))]


def _effects(one: Finding, words: ReportWords) -> list[tuple[str, str]]:
    language, facts = words.language, []
    if one.on_goal is not None and one.kind != "bottleneck":
        facts.append((words("i.goal"), points_range(one.on_goal, words)))
    if one.compared is not None:
        sides = {}
        for name, side in (("one", one.compared.exposed), ("other", one.compared.others)):
            sides[name] = write.share(side.rate, language)
            sides[f"{name}_range"] = write.share_interval(side.low, side.high, language)
            sides[f"{name}_n"] = write.count(side.n, language)
        facts.append((words("i.compared"), words("i.compared_said", **sides)))
    if one.on_score is not None:
        facts.append(_score(one.on_score, words))
    return facts


def _score(effect: EffectOnScore, words: ReportWords) -> tuple[str, str]:
    language = words.language
    metric = words("tile.rating") if effect.score_kind == "rating" else effect.score_kind.upper()
    low, value, high = (write.signed(number, language, 2) for number in (effect.low, effect.effect, effect.high))
    n = write.count(effect.n, language)
    return words("i.score", metric=metric), words("range_n", value=value, range=f"{low} … {high}", n=n)


def _cost(one: Finding, months: float, words: ReportWords) -> list[tuple[str, str]]:
    language, facts = words.language, []
    if one.lost_goals is not None:
        value, low, high = (
            write.count(number, language) for number in (one.lost_goals, one.lost_goals_low, one.lost_goals_high)
        )
        lasted = period(months, language, "accusative")
        facts.append((words("i.lost"), words("i.lost_said", value=value, range=f"{low}–{high}", period=lasted)))
    if one.money is not None:
        value, ends = money_range(one.money, words)
        facts.append((words("i.money"), words("range", value=value, range=ends)))
    return facts


def _evidence(one: Finding, words: ReportWords) -> list[tuple[str, str]]:
    if one.kind != "bottleneck":
        return []
    told = {part.name: part for part in one.evidence}
    return [
        (words(f"e.{name}"), _in_unit(told[name], words))
        for name in _EVIDENCE
        if name in told and told[name].value is not None
    ]


def _in_unit(part: Evidence, words: ReportWords) -> str:
    language = words.language
    if part.unit == "share":
        said, ends = write.share(part.value, language), write.share_interval(part.low, part.high, language)
    elif part.unit == "seconds":
        said, ends = write.duration(part.value, language), ""
        if part.low is not None and part.high is not None:
            ends = f"{write.duration(part.low, language)} – {write.duration(part.high, language)}"
    else:
        said, ends = write.decimal(part.value, language), ""
    return words("range", value=said, range=ends) if ends else said


def _context(one: Finding, words: ReportWords) -> list[tuple[str, str]]:
    language, facts = words.language, []
    places = [
        words(
            "i.where_said",
            attribute=part.attribute,
            value=part.value,
            share=write.share(part.share, language),
            lift=write.decimal(part.lift, language),
        )
        for part in one.where
    ]
    if places:
        facts.append((words("i.where"), "; ".join(places)))
    if one.since:
        said = write.day(one.since, language)
        if one.since_low and one.since_high and one.since_low != one.since_high:
            ends = f"{write.day(one.since_low, language)} – {write.day(one.since_high, language)}"
            said = words("i.since_range", day=said, range=ends)
        facts.append((words("i.since"), said))
    # A step is nobody: where neither map nor data names who does it, nobody is named here either.
    department = None if one.department == one.process else one.department
    owner = " · ".join(dict.fromkeys(part for part in (one.owner, department) if part))
    facts.append((words("i.owner"), owner or words("i.no_owner")))
    if one.under:
        facts.append((words("i.under"), "; ".join(under_line(part, language) for part in one.under)))
    return facts


def _voice(voice: VoiceOfExposed | None, words: ReportWords) -> list[tuple[str, str]]:
    if voice is None or not voice.mentions:
        return []
    language = words.language
    one, other = (write.share(part, language) for part in (voice.exposed_share, voice.other_share))
    said = words("i.voice_said", n=write.count(voice.mentions, language), one=one, other=other)
    return [(words("i.voice"), f"{said}; {words('i.confirmed' if voice.confirmed else 'i.unconfirmed')}")]


def _quotes(one: Finding, words: ReportWords) -> tuple[Quote, ...]:
    if one.voice is None:
        return ()
    said = []
    for quote in one.voice.quotes[:_MOST_QUOTES]:
        kind = words.own("quote", quote.kind)
        kind = quote.kind.upper() if kind == quote.kind else kind
        score = "" if quote.score is None else f" {write.decimal(quote.score, words.language)}"
        said.append(Quote(mask(quote.text), f"{kind}{score}, {write.day(quote.time, words.language)}"))
    return tuple(said)


def _ideas(one: Finding, sheet: Sheet) -> list[str]:
    lane = next((lane for lane in sheet.lanes if lane.key == "ideas" and not lane.of_stage), None)
    column = next((column for column in sheet.columns if column.name and column.name == one.touchpoint), None)
    if lane is None or column is None:
        return []
    return [card.text for card in sheet.cell(lane, column).cards]
