"""What must be known of the data and the map to read an answer, in either language."""

from __future__ import annotations

from collections.abc import Sequence

from tropa.cx.lens import Lens
from tropa.cx.speech import Language, counted, number
from tropa.cx.times import iso
from tropa.store.manifest import Manifest


def warnings_of(lens: Lens, manifest: Manifest, language: Language = "en") -> tuple[str, ...]:
    """All warnings of an answer."""
    return (
        *_overlaps(lens, language),
        *_unbindable(lens, language),
        *_strays(manifest, language),
        *_later(lens, language),
    )


def _overlaps(lens: Lens, language: Language) -> Sequence[str]:
    told = []
    for overlap in lens.overlaps:
        values = ", ".join(f"{column} {value!r}" for column, value in overlap.values.items())
        told.append(
            f"Точки контакта «{overlap.first}» и «{overlap.second}» обе берут себе {values}; такие события отнесены к "
            f"«{overlap.first}». Уточните одно из правил `when`."
            if language == "ru"
            else f"{overlap.first!r} and {overlap.second!r} both bind {values}; such events count for "
            f"{overlap.first!r}. Narrow one of the `when`."
        )
    return told


def _unbindable(lens: Lens, language: Language) -> Sequence[str]:
    return [
        f"Карта привязывает события по {name!r}, но значений там слишком много: такие правила не берут ни одного "
        "события. Загрузите меньше значений (вид страницы, а не её адрес) или привяжите по другому столбцу."
        if language == "ru"
        else f"The map binds by {name!r}, which has too many values to bind by: such rules bind no event. Load it with "
        "fewer values (the kind of page, not its address), or bind by another column."
        for name in (column.removeprefix("attribute:") for column in lens.unbindable)
    ]


def _strays(manifest: Manifest, language: Language) -> Sequence[str]:
    """Answers that no journey can carry are told, never dropped in silence."""
    strays, told = manifest.feedback_without_journey, manifest.feedback_told
    if not strays:
        return []
    if language == "ru":
        of = counted(told, "answer", "ru", "genitive")
        return [f"{number(strays, 'ru')} из {of} дали клиенты, у которых нет ни одного события: они не на пути."]
    come = "comes" if strays == 1 else "come"
    of = counted(told, "answer", "en")
    it = "it is" if strays == 1 else "they are"
    return [f"{strays:,} of {of} {come} from customers without any event: {it} on no journey."]


def _later(lens: Lens, language: Language) -> Sequence[str]:
    """Events that are dated later than the load are told: they take part in all counts, and as a rule in no clock."""
    facts = lens.facts
    if not facts.later_events:
        return []
    first, last = iso(facts.later_first_us), iso(facts.last_us)
    own_clock = facts.now_us == facts.last_us
    if language == "ru":
        events = counted(facts.later_events, "event", "ru")
        since = "" if first == last else f" с {first}"
        now = (
            f"их больше половины, поэтому что ещё в пути или просрочено, сказано на момент последнего из них ({last})"
            if own_clock
            else f"что ещё в пути или просрочено, сказано на момент последнего события до неё ({iso(facts.now_us)})"
        )
        return [
            f"Позже загрузки ({facts.loaded_at}) датировано {events},{since} вплоть до {last}: {now}. Проверьте время."
        ]
    events = counted(facts.later_events, "event", "en") + (" is" if facts.later_events == 1 else " are")
    since = "" if first == last else f" from {first}"
    now = (
        f"they are more than half of all, so what is under way or overdue is told as of the last of them ({last})"
        if own_clock
        else f"what is under way or overdue is told as of the last event before it ({iso(facts.now_us)})"
    )
    return [f"{events} dated later than the load ({facts.loaded_at}),{since} up to {last}: {now}. Check the times."]
