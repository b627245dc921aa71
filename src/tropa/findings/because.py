"""One sentence a finding that a manager understands, in Russian or English, with the numbers in it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from tropa.findings.finding import Finding

Language = Literal["ru", "en"]

_OBSTACLES: dict[Language, dict[str, str]] = {
    "ru": {
        "wait": "ждать дольше {limit}",
        "failure": "столкнуться со сбоем",
        "repeat": "делать то же самое ещё раз",
        "return": "вернуться на предыдущий этап",
        "switch": "сменить канал посреди этапа",
        "contact": "обратиться за помощью",
        "broken_promise": "столкнуться с нарушенным обещанием по сроку ({limit})",
        "handover": "пройти через передачу в другое подразделение",
        "silence": "остаться без ответа дольше {limit}",
        "low_score": "остаться недовольным (оценка {limit} и ниже)",
    },
    "en": {
        "wait": "wait longer than {limit}",
        "failure": "run into a failure",
        "repeat": "do the same thing again",
        "return": "go back to an earlier stage",
        "switch": "change the channel inside the stage",
        "contact": "ask for help",
        "broken_promise": "see a promised time broken ({limit})",
        "handover": "go through a handover to another department",
        "silence": "stay without an answer longer than {limit}",
        "low_score": "end up unhappy (a score of {limit} or lower)",
    },
}
_SPANS: dict[Language, tuple[tuple[float, str], ...]] = {
    "ru": ((2 * 86400, "дн."), (3600, "ч"), (60, "мин"), (0, "с")),
    "en": ((2 * 86400, "d"), (3600, "h"), (60, "min"), (0, "s")),
}
_MONTHS_RU = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def because(finding: Finding, language: Language, margin: float) -> str:
    """The sentence of a finding about an obstacle."""
    parts = [_met(finding, language), _does(finding, language, margin)]
    parts += [
        part for part in (_costs(finding, language), _where(finding, language), _since(finding, language)) if part
    ]
    text = "; ".join(part for part in parts if part)
    return f"{_quoted(finding.touchpoint, language)}: {text}."


def _met(finding: Finding, language: Language) -> str:
    doing = _OBSTACLES[language][finding.obstacle or ""].format(limit=limit_of(finding, language))
    what = f" ({finding.activity})" if finding.activity and finding.activity != finding.touchpoint else ""
    exposed, reached = finding.exposed or 0, finding.reached or 0
    share = f"{percent(exposed / reached, language)}" if reached else "-"
    if language == "ru":
        return f"{number(exposed, language)} из {number(reached, language)} ({share}) пришлось {doing}{what}"
    return f"{number(exposed, language)} of {number(reached, language)} ({share}) had to {doing}{what}"


def _does(finding: Finding, language: Language, margin: float) -> str:
    goal, score = finding.on_goal, finding.on_score
    russian = language == "ru"
    if finding.kind == "barrier" and goal is not None:
        low, high = _points(goal.high, language), _points(goal.low, language)
        if russian:
            return (
                f"из-за этого доля дошедших до цели ниже на {_points(goal.effect, language)} п. п. (95 %: {low}–{high})"
            )
        points = _points(goal.effect, language)
        return f"this lowers the share that reaches the goal by {points} points (95 %: {low}–{high})"
    if finding.kind == "inconvenience" and score is not None:
        fall = decimal(abs(score.effect), language)
        kind = score.score_kind.upper()
        if russian:
            return f"{kind} ниже на {fall}, а потеря цели больше чем на {_points(margin, language)} п. п. исключена"
        return f"{kind} falls by {fall}, a loss of goals of more than {_points(margin, language)} points is ruled out"
    if finding.kind == "harmless":
        return "ни на цель, ни на оценки заметно не влияет" if russian else "it harms neither the goal nor the scores"
    return ("пока сказать нельзя: " if russian else "cannot be told yet: ") + _reason(finding, language)


_MOST_TIMES = 20

_REASONS_RU = {
    "an effect on the goal is neither certain nor ruled out": "влияние на цель и не доказано, и не исключено",
    "an effect on the score is neither certain nor ruled out": "влияние на оценки и не доказано, и не исключено",
    "no comparable others": "не с кем сравнить",
    "too few scores": "слишком мало оценок",
    "who was lost while waiting cannot be told apart": "нельзя отличить, кто из пропавших не дождался",
    "the map names no goal": "в карте не указана цель",
    "all ended alike": "все закончили одинаково",
    "nearly everybody meets it sooner or later": "с этим рано или поздно сталкиваются почти все",
}


def _reason(finding: Finding, language: Language) -> str:
    reason = finding.reason or ""
    if language == "ru":
        reason = _REASONS_RU.get(reason) or _few_ru(reason)
    more = finding.more_journeys
    # Many times what there is will not come together: to ask for it says nothing.
    if not more or more > _MOST_TIMES * max(finding.reached or 0, 1):
        return reason
    about = number(float(f"{more:.2g}"), language)
    return reason + (
        f" (нужно ещё около {about} путей)" if language == "ru" else f" (about {about} more journeys are needed)"
    )


def _few_ru(reason: str) -> str:
    count = re.search(r"\d+", reason)
    if count is None:
        return reason
    if "did not meet" in reason:
        return f"не столкнулись только {count[0]}"
    return f"столкнулись только {count[0]}" + (" клиентов" if "customers" in reason else "")


def _costs(finding: Finding, language: Language) -> str:
    if finding.kind != "barrier" or finding.lost_goals is None:
        return ""
    russian = language == "ru"
    lost = number(finding.lost_goals, language)
    text = f"потеряно целей: {lost}" if russian else f"goals lost: {lost}"
    if finding.money is None:
        return text
    value, low, high = (short(part, language) for part in (finding.money.value, finding.money.low, finding.money.high))
    currency = f" {finding.money.currency}" if finding.money.currency else ""
    month = "в месяц" if russian else "a month"
    return f"{text}, {'это' if russian else 'which is'} {value}{currency} {month} (95 %: {low}–{high})"


def _where(finding: Finding, language: Language) -> str:
    if not finding.where:
        return ""
    first = finding.where[0]
    pair = [one for one in finding.where if (one.share, one.lift) == (first.share, first.lift)]
    both = " и " if language == "ru" else " and "
    places = both.join(f"{one.attribute} = {one.value}" for one in pair)
    lift = decimal(first.lift, language)
    return (
        f"чаще всего там, где {places} (в {lift} раза)" if language == "ru" else f"mostly where {places} ({lift} times)"
    )


def _since(finding: Finding, language: Language) -> str:
    if finding.since is None:
        return ""
    return ("с " if language == "ru" else "since ") + day(finding.since, language)


def limit_of(finding: Finding, language: Language) -> str:
    """The threshold in words: a span, or a number."""
    if finding.threshold is None:
        return "обещанного" if language == "ru" else "promised"
    return span(finding.threshold, language) if finding.threshold_unit == "seconds" else f"{finding.threshold:g}"


def span(seconds: float, language: Language) -> str:
    """A duration with one unit: 36 h, 3 d."""
    size, name = next((size, name) for size, name in _SPANS[language] if seconds >= size)
    unit = 86400 if size > 86400 else max(size, 1)
    return f"{decimal(seconds / unit, language)} {name}"


def day(iso: str, language: Language) -> str:
    """A day as it is said."""
    date = dt.date.fromisoformat(iso)
    if language == "ru":
        return f"{date.day} {_MONTHS_RU[date.month - 1]} {date.year}"
    return f"{date.day} {date:%B} {date.year}"


def number(value: float, language: Language) -> str:
    """A whole number with thousands set apart."""
    return f"{round(value):,}".replace(",", " " if language == "ru" else ",")


def short(value: float, language: Language) -> str:
    """Money to three digits: 1.24 m, 310 k."""
    for size, russian, english in ((1e9, "млрд", "bn"), (1e6, "млн", "m"), (1e3, "тыс.", "k")):
        if abs(value) >= size:
            return f"{decimal(value / size, language)} {russian if language == 'ru' else english}"
    return decimal(value, language)


def decimal(value: float, language: Language) -> str:
    """Two or three digits that matter."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return text.replace(".", ",") if language == "ru" else text


def percent(share: float, language: Language) -> str:
    """A share in per cent."""
    return f"{decimal(100 * share, language)}{' %' if language == 'ru' else '%'}"


def _points(value: float | None, language: Language) -> str:
    return "?" if value is None else decimal(abs(100 * value), language)


def _quoted(name: str | None, language: Language) -> str:
    if name is None:
        return "Весь путь" if language == "ru" else "The whole journey"
    return f"«{name}»" if language == "ru" else name
