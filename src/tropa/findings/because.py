"""One sentence a finding that a manager understands, in Russian or English, with the numbers in it."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.cx.speech import (
    Language,
    counted,
    day,
    decimal,
    money,
    number,
    percent,
    period,
    points,
    said,
    span,
    sums,
)
from tropa.findings.finding import EffectOnScore, Finding
from tropa.findings.reasons import reason
from tropa.findings.told import OF_TIME

_MET: dict[Language, dict[str, str]] = {
    "ru": {
        "wait": "ждать пришлось дольше {limit}",
        "failure": "случился сбой",
        "repeat": "одно и то же пришлось делать ещё раз",
        "return": "пришлось вернуться на более ранний этап",
        "switch": "пришлось сменить канал посреди этапа",
        "contact": "пришлось обращаться за помощью",
        "broken_promise": "обещанный срок не выдержан{promise}",
        "handover": "клиента передали другому подразделению",
        "silence": "ответа не было дольше {limit}",
        "low_score": "{kind}{limit} и ниже",
    },
    "en": {
        "wait": "had to wait longer than {limit}",
        "failure": "ran into a failure",
        "repeat": "had to do the same thing again",
        "return": "had to go back to an earlier stage",
        "switch": "had to change the channel within the stage",
        "contact": "had to ask for help",
        "broken_promise": "were not served by the time promised{promise}",
        "handover": "were handed over to another department",
        "silence": "had no answer for longer than {limit}",
        "low_score": "{kind}{limit} or lower",
    },
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What sentences about obstacles say besides the finding.

    margin: the loss of goals (a share) that is too small to matter. within_seconds: the time in which the goal counts,
    None where it always does. months: how long the data is.
    """

    margin: float
    within_seconds: float | None = None
    months: float = 0.0


def because(finding: Finding, language: Language, telling: Telling) -> str:
    """The sentence of a finding about an obstacle."""
    parts = (
        _met(finding, language),
        _does(finding, language, telling),
        _costs(finding, language, telling),
        _where(finding, language),
        _since(finding, language),
    )
    return f"{quoted(finding.touchpoint, language)}: {'; '.join(part for part in parts if part)}."


def _met(finding: Finding, language: Language) -> str:
    exposed, reached = finding.exposed or 0, finding.reached or 0
    share = f" ({percent(exposed / reached, language)})" if reached else ""
    doing = _MET[language][finding.obstacle or ""].format(
        limit=limit_of(finding, language), promise=_promise(finding, language), kind=_kind_of_score(finding, language)
    )
    if finding.obstacle == "low_score":
        some, all_of_them = number(exposed, language), number(reached, language)
        if language == "ru":
            return f"недовольны {some} из {all_of_them} ответивших{share}: {doing}"
        return f"{some} of the {all_of_them} who answered{share} were unhappy: {doing}"
    of_all = counted(reached, "journey", language, "genitive")
    if language == "ru":
        return f"в {number(exposed, language)} из {of_all}{share} {doing}{_what(finding)}{_sought(finding, language)}"
    return f"{number(exposed, language)} of {of_all}{share} {doing}{_what(finding)}{_sought(finding, language)}"


def _what(finding: Finding) -> str:
    if finding.obstacle in OF_TIME or not finding.activity or _same(finding.activity, finding.touchpoint):
        return ""
    return f" ({finding.activity})"


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.strip().casefold() == other.strip().casefold()


def _sought(finding: Finding, language: Language) -> str:
    if not finding.threshold_found:
        return ""
    return " (граница найдена по данным)" if language == "ru" else " (a limit found in the data)"


def _promise(finding: Finding, language: Language) -> str:
    """What was promised: of promises that differ, the middle one."""
    if finding.threshold is None:
        return ""
    if language == "ru":
        return f" (обычно обещали {span(finding.threshold, language, 'accusative')})"
    return f" (typically {span(finding.threshold, language)})"


def _kind_of_score(finding: Finding, language: Language) -> str:
    return f"{score_name(finding.score_kind, language)} " if finding.score_kind else ""


def score_name(kind: str, language: Language) -> str:
    """What a kind of score is called."""
    if kind == "rating":
        return "рейтинг" if language == "ru" else "rating"
    return kind.upper()


def _does(finding: Finding, language: Language, telling: Telling) -> str:
    goal, score = finding.on_goal, finding.on_score
    russian = language == "ru"
    if finding.kind == "barrier" and goal is not None:
        fall = "?" if goal.effect is None else points(goal.effect, language)
        between = _interval(goal.low, goal.high, language)
        if russian:
            return f"из-за этого доля дошедших до цели{_in_time(telling, language)} ниже на {fall} п.\u00a0п.{between}"
        lower = said(fall, "mark", language)
        return f"this lowers the share that reaches the goal{_in_time(telling, language)} by {lower}{between}"
    if finding.kind == "inconvenience" and score is not None:
        return _lowers(score, language) + _no_goal_lost(finding, language, telling)
    if finding.kind == "harmless":
        return (
            "ни доле дошедших до цели, ни оценкам это не вредит"
            if russian
            else "it harms neither the goal nor the scores"
        )
    unclear = reason(finding, language)
    return f"{_lowers(score, language)}; {unclear}" if finding.score_falls and score is not None else unclear


def _lowers(score: EffectOnScore, language: Language) -> str:
    fall = said(decimal(abs(score.effect), language), "mark", language, "accusative")
    kind = score_name(score.score_kind, language)
    if language == "ru":
        return f"из-за этого {kind} ниже на {fall}"
    the = "the " if score.score_kind == "rating" else ""
    return f"this lowers {the}{kind} by {fall}"


def _no_goal_lost(finding: Finding, language: Language, telling: Telling) -> str:
    if finding.on_goal is None:
        return ""
    margin = points(telling.margin, language)
    if language == "ru":
        return f", но до цели доходят не реже (потеря больше {margin} п.\u00a0п. исключена)"
    return f", while a loss of goals of more than {said(margin, 'mark', language)} is ruled out"


def _interval(low: float | None, high: float | None, language: Language) -> str:
    """Of a loss: the nearer end first."""
    if low is None or high is None:
        return ""
    near, far = points(min(high, 0.0), language), points(low, language)
    return f" (95\u00a0%: от {near} до {far})" if language == "ru" else f" (95%: {near} to {far})"


def _in_time(telling: Telling, language: Language) -> str:
    if telling.within_seconds is None:
        return ""
    limit = span(telling.within_seconds, language, "accusative")
    return f" за {limit}" if language == "ru" else f" within {limit}"


def _costs(finding: Finding, language: Language, telling: Telling) -> str:
    if finding.kind != "barrier" or finding.lost_goals is None:
        return ""
    lost = counted(finding.lost_goals, "goal", language)
    long = period(telling.months, language, "accusative")
    text = f"за {long} потеряно {lost}" if language == "ru" else f"{lost} lost in {long}"
    if finding.money is None:
        return text
    cost = money(finding.money.value, finding.money.currency, language)
    between = sums(finding.money.low, finding.money.high, language)
    if language == "ru":
        return f"{text}, это {cost} в месяц (95\u00a0%: {between})"
    return f"{text}, which is {cost} a month (95%: {between})"


def _where(finding: Finding, language: Language) -> str:
    if not finding.where:
        return ""
    first = finding.where[0]
    pair = [one for one in finding.where if (one.share, one.lift) == (first.share, first.lift)]
    both = " и " if language == "ru" else " and "
    places = both.join(f"{_attribute(one.attribute, language)} = {one.value}" for one in pair)
    lift = f"{first.lift:.1f}".removesuffix(".0")
    if language == "ru":
        return f"в {said(lift.replace('.', ','), 'time', language)} чаще обычного там, где {places}"
    return f"{said(lift, 'time', language)} as often as usual where {places}"


def _attribute(name: str, language: Language) -> str:
    return "канал" if name == "channel" and language == "ru" else name


def _since(finding: Finding, language: Language) -> str:
    if finding.since is None:
        return ""
    began = day(finding.since, language)
    return f"началось или участилось {began}" if language == "ru" else f"began or grew on {began}"


def limit_of(finding: Finding, language: Language) -> str:
    """The threshold in words: a span, or a number."""
    if finding.threshold is None:
        return "обещанного" if language == "ru" else "promised"
    if finding.threshold_unit == "seconds":
        return span(finding.threshold, language, "genitive")
    return decimal(finding.threshold, language)


def quoted(name: str | None, language: Language) -> str:
    """A name from the map, or the whole journey where there is none."""
    if name is None:
        return "Весь путь" if language == "ru" else "The whole journey"
    return f"«{name}»" if language == "ru" else name
