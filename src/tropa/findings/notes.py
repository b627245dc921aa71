"""Notes: what could not be told at all and why, or must be known to read the findings; in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analyses.gaps import Gaps, untold
from tropa.cx.obstacles.judging import Judged
from tropa.cx.obstacles.looked import Seen
from tropa.cx.speech import Language

_NOTES: dict[str, tuple[str, str]] = {
    "no_goal": (
        "В карте не названа цель, поэтому нельзя сказать, сколько целей стоит препятствие.",
        "The map names no goal: what an obstacle costs in goals cannot be told.",
    ),
    "no_scores": (
        "Оценок слишком мало, поэтому нельзя сказать, как препятствие сказывается на удовлетворённости.",
        "Too few scores: what an obstacle costs in satisfaction cannot be told.",
    ),
    "no_actors": (
        "Ни одно событие не говорит, кто действовал, поэтому ожидание ищется только там, где карта обещает срок: "
        "загрузите столбец `actor` (customer, employee, system), укажите `actor` у точки контакта или "
        "`expects: within`.",
        "No event says who acted, so a wait is looked for only where the map promises a time: load a column `actor`"
        " (customer, employee, system), say `actor` of the touchpoint, or state `expects: within` there.",
    ),
    "leak": (
        "«{0}» почти однозначно говорит, чем закончился путь, значит, записано задним числом: как известное заранее "
        "оно не учитывалось. Если это известно с самого начала, спросите отдельно по значениям: --segment.",
        "{0!r} tells almost surely how a journey ended, so it was written afterwards: it was not taken for known "
        "before. If it is known from the start, ask for its values one by one: --segment.",
    ),
    "many_attributes": (
        "Атрибутов слишком много, чтобы учесть все: учтены те, что больше других говорят о цели. Не учтены: {0}.",
        "There are too many attributes to adjust for all of them: those are taken that say most of the goal, not: {0}.",
    ),
    "rare_values": (
        "У этих атрибутов столько разных значений, что почти ни у кого нет общего, поэтому они не учтены: "
        "{0}. Если важны, загрузите их укрупнёнными (не улица, а город).",
        "These attributes have so many values that hardly any journeys have one in common, so they are not adjusted "
        "for: {0}. If they matter, load them coarser (the town, not the street).",
    ),
    "sessions": (
        "Обещания длиннее сеанса ({0}): что было после него, относится к другому сеансу, поэтому сдержаны ли они, "
        "сказать нельзя. Спросите с --unit customer или case.",
        "Promises longer than a session ({0}): what happens after it is in another one, so whether they are kept "
        "cannot be told. Ask with --unit customer or case.",
    ),
    "nothing": (
        "Ни с одним препятствием не столкнулось столько путей, чтобы его проверить.",
        "No obstacle was met by enough journeys to be tested.",
    ),
}


_NAMED = 5


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its code, and the words of the data in it."""

    code: str
    values: tuple[str, ...] = ()

    def said(self, language: Language) -> str:
        """The note in a language."""
        return _NOTES[self.code][0 if language == "ru" else 1].format(*self.values)


def notes_of(seen: Seen, judged: Sequence[Judged], gaps: Gaps | None, leaking: Sequence[str]) -> tuple[Note, ...]:
    """What could not be told at all, and what was left out.

    Args:
        leaking: attributes that decide the goal.
    """
    found = {
        "no_goal": not seen.lens.has_goal,
        "no_scores": not seen.survey.surveys,
        "no_actors": not seen.survey.has_actors,
        "nothing": not judged,
    }
    untellable = [] if gaps is None or seen.lens.unit != "session" else [gap for gap in gaps.gaps if untold(gap)]
    names = list(dict.fromkeys(gap.touchpoint for gap in untellable))
    sessions = (Note("sessions", (_listed(names),)),) if names else ()
    leaks = tuple(Note("leak", (name,)) for name in leaking)
    return (*(Note(code) for code, holds in found.items() if holds), *sessions, *leaks, *_not_adjusted_for(seen))


def _not_adjusted_for(seen: Seen) -> tuple[Note, ...]:
    """Attributes that might have misled and were not adjusted for."""
    attributes = seen.attributes
    many, rare = attributes.left_out, attributes.rare
    return (
        *((Note("many_attributes", (_listed(many),)),) if many else ()),
        *((Note("rare_values", (_listed(rare),)),) if rare else ()),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join([*names[:_NAMED], *(["..."] if len(names) > _NAMED else [])])
