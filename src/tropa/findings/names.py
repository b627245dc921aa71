"""What obstacles and kinds of findings are called, and the lines that stand around findings on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from tropa.cx.speech import Language, counted, number, span
from tropa.findings.finding import Finding, Findings, Under

OBSTACLE_NAMES: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "wait": "ожидание",
        "failure": "сбой",
        "repeat": "повтор",
        "return": "возврат назад",
        "switch": "смена канала",
        "contact": "обращение за помощью",
        "broken_promise": "нарушенное обещание",
        "handover": "передача между подразделениями",
        "silence": "молчание в ответ",
        "low_score": "низкая оценка",
    },
    "en": {
        "wait": "wait",
        "failure": "failure",
        "repeat": "repeat",
        "return": "return",
        "switch": "change of channel",
        "contact": "call for help",
        "broken_promise": "broken promise",
        "handover": "handover",
        "silence": "silence",
        "low_score": "low score",
    },
}
HEADS: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "barrier": "БАРЬЕР",
        "inconvenience": "НЕУДОБСТВО",
        "bottleneck": "УЗКОЕ МЕСТО",
        "gap": "РАЗРЫВ",
        "moment_of_truth": "МОМЕНТ ИСТИНЫ",
        "single_case": "ЕДИНИЧНЫЙ СЛУЧАЙ",
        "harmless": "безвредно",
        "undetermined": "неясно",
    },
    "en": {
        "barrier": "BARRIER",
        "inconvenience": "INCONVENIENCE",
        "bottleneck": "BOTTLENECK",
        "gap": "GAP",
        "moment_of_truth": "MOMENT OF TRUTH",
        "single_case": "SINGLE CASE",
        "harmless": "harmless",
        "undetermined": "undetermined",
    },
}
_WHY: Mapping[Language, Mapping[str, str]] = {
    "ru": {"same": "те же случаи", "through": "вредит только через это"},
    "en": {"same": "the same cases", "through": "does harm only through this"},
}


def heading(found: Findings, language: Language) -> tuple[str, str]:
    """What was looked at, and what came of it."""
    journeys = counted(found.journeys, "journey", language)
    goal = ", ".join(f"«{name}»" if language == "ru" else name for name in found.goal)
    harmful = sum(1 + len(one.under) for one in found.findings if one.kind in ("barrier", "inconvenience"))
    unknown = found.tested - harmful - found.clean
    tested, clean = counted(found.tested, "obstacle", language), number(found.clean, language)
    if language == "ru":
        within = "" if found.within_seconds is None else f" за {span(found.within_seconds, 'ru', 'accusative')}"
        return (
            journeys + (f", цель: {goal}{within}" if goal else ""),
            f"Проверено вместе: {tested}. Вредят: {number(harmful, 'ru')}, безвредны: {clean}, "
            f"пока неясны: {number(unknown, 'ru')}.",
        )
    within = "" if found.within_seconds is None else f" within {span(found.within_seconds, 'en')}"
    return (
        journeys + (f", goal: {goal}{within}" if goal else ""),
        f"{tested} tested together: {number(harmful, 'en')} harmful, {clean} harmless, "
        f"{number(unknown, 'en')} cannot be told yet.",
    )


def under_line(under: Under, language: Language) -> str:
    """What is told under a finding."""
    name, why = OBSTACLE_NAMES[language][under.obstacle], _WHY[language][under.why]
    if under.touchpoint is None:
        return f"{why}: {name}"
    return f"{why}: {name}, «{under.touchpoint}»" if language == "ru" else f"{why}: {name} at {under.touchpoint}"


def moment_line(moment: Finding, language: Language) -> str:
    """A moment of truth that is told under a barrier."""
    marked = any(one.name == "marked" and one.value for one in moment.evidence)
    if language == "ru":
        return "момент истины: так и отмечено в карте" if marked else "момент истины: в карте так не отмечено"
    return "a moment of truth, as the map says" if marked else "a moment of truth, though the map does not say so"


def confirmation(quote: str | None, language: Language) -> str:
    """The voice's word, with a quote where there is one."""
    text = "клиенты подтверждают" if language == "ru" else "customers confirm it"
    return text if quote is None else f"{text}: «{quote}»"


def nothing(found: Findings, language: Language) -> str:
    """What to say where nothing is told: that all is well only where it was seen to be."""
    russian = language == "ru"
    if found.tested == 0:
        return "Проверить ничего не удалось: см. примечания." if russian else "Nothing could be tested: see the notes."
    unknown = found.tested - found.clean
    if unknown == 0:
        return "Ничего плохого не найдено." if russian else "Nothing was found to be wrong."
    told = counted(unknown, "suspicion", language)
    if russian:
        return f"Ничего не доказано, но есть {told}, о которых по этим данным пока нельзя судить (все – с --all):"
    be = "is" if unknown == 1 else "are"
    return f"Nothing is proven, but there {be} {told} that these data cannot settle yet (all of them: --all):"


def note_head(language: Language) -> str:
    return "примечание" if language == "ru" else "note"
