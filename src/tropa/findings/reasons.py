"""Why an obstacle cannot be told yet, in words."""

from __future__ import annotations

import re

from tropa.cx.speech import Language, counted, number, points, said
from tropa.findings.finding import Finding

_MOST_TIMES = 20

_REASONS: dict[str, tuple[str, str]] = {
    "an effect on the goal is neither certain nor ruled out": (
        "мешает ли это дойти до цели, пока не видно",
        "whether this keeps anybody from the goal cannot be told yet",
    ),
    "an effect on the score is neither certain nor ruled out": (
        "дойти до цели это почти не мешает, а портит ли оценки, пока не видно",
        "hardly any goals are lost to it; whether it lowers the scores cannot be told yet",
    ),
    "no comparable others": (
        "мешает ли это, сказать нельзя: нет похожих клиентов, с которыми можно сравнить",
        "whether this does harm cannot be told: there are no comparable customers without it",
    ),
    "too few scores": (
        "дойти до цели это почти не мешает, а портит ли оценки, сказать нельзя: ответов слишком мало",
        "hardly any goals are lost to it; there are too few scores to see whether it lowers them",
    ),
    "who was lost while waiting cannot be told apart": (
        "мешает ли это, сказать нельзя: неизвестно, кто из ушедших не дождался",
        "whether this does harm cannot be told: nobody knows who of the lost gave up waiting",
    ),
    "the map names no goal": (
        "мешает ли это, сказать нельзя: в карте не названа цель",
        "whether this does harm cannot be told: the map names no goal",
    ),
    "the data end too early": (
        "мешает ли это, сказать нельзя: данные обрываются раньше, чем дойдут все, кто дойдёт",
        "whether this does harm cannot be told: the data end before all who will reach the goal have",
    ),
    "the usual way": (
        "мешает ли это, не сказать: так идут больше половины, это обычный путь",
        "whether this does harm is not told: more than half go this way, it is the usual one",
    ),
    "all ended alike": (
        "мешает ли это, сказать нельзя: у всех путь закончился одинаково",
        "whether this does harm cannot be told: all journeys ended alike",
    ),
    "nearly everybody meets it sooner or later": (
        "мешает ли это, сказать нельзя: рано или поздно с этим сталкиваются почти все",
        "whether this does harm cannot be told: nearly everybody meets it sooner or later",
    ),
}
_UNKNOWN = ("мешает ли это, пока сказать нельзя", "whether this does harm cannot be told yet")
_NOT_MET = (
    ("мешает ли это, сказать нельзя: сравнить не с кем, столкнулись все",
     "whether this does harm cannot be told: everybody met it, there is nobody to compare with"),
    ("мешает ли это, сказать нельзя: сравнить почти не с кем, не столкнулись только {n}",
     "whether this does harm cannot be told: only {n} who can be compared did not meet it"),
)  # fmt: skip
_MET = (
    ("мешает ли это, сказать нельзя: из тех, кого можно сравнить, с этим не столкнулся никто",
     "whether this does harm cannot be told: nobody who can be compared met it"),
    ("мешает ли это, сказать нельзя: из тех, кого можно сравнить, с этим столкнулись только {n}",
     "whether this does harm cannot be told: only {n} who can be compared met it"),
)  # fmt: skip
_OPEN = "an effect on the goal is neither certain nor ruled out"


def reason(finding: Finding, language: Language) -> str:
    """What cannot be told and why, with the range that is left and how many more journeys would tell, where they can
    come together."""
    place = 0 if language == "ru" else 1
    known = finding.reason or ""
    if known in _REASONS:
        text = _REASONS[known][place]
    elif known and (count := re.search(r"\d+", known)) is not None:
        words = _NOT_MET if "did not meet" in known else _MET
        text = words[count[0] != "0"][place].format(n=count[0])
    else:
        text = _UNKNOWN[place]
    more = [part for part in (_range(finding, language) if known == _OPEN else "", _needed(finding, language)) if part]
    return f"{text} ({'; '.join(more)})" if more else text


def _range(finding: Finding, language: Language) -> str:
    goal = finding.on_goal
    if goal is None or goal.low is None or goal.high is None:
        return ""
    low, high = (("−" if limit < 0 else "+") + points(limit, language) for limit in (goal.low, goal.high))
    if language == "ru":
        return f"влияние от {low} до {high} п.\u00a0п."
    return f"the effect is between {low} and {said(high, 'mark', language)}"


def _needed(finding: Finding, language: Language) -> str:
    more = finding.more_journeys
    # Many times what there is will not come together: to ask for it says nothing.
    if not more or more > _MOST_TIMES * max(finding.reached or 0, 1):
        return ""
    about = float(f"{more:.2g}")
    if language == "ru":
        return f"нужно ещё около {counted(about, 'journey', 'ru', 'genitive')}"
    return f"about {number(about, 'en')} more {'journey' if about == 1 else 'journeys'} would tell"
