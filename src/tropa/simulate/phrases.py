"""Openings, endings and small talk that customers of any company use in their comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tropa.simulate.voice import Fragments

OPENINGS_RU: Mapping[str, Sequence[str]] = {
    "good": (
        "Всё супер", "Спасибо", "Очень довол[ен|ьна]", "Молодцы", "Пользуюсь не первый раз", "Отлично",
        "Приятно удивл[ён|ена]", "Советую",
    ),
    "bad": (
        "Разочарован[|а]", "Ужасно", "Так не делается", "Слов нет", "Ну как так можно", "Раньше было лучше",
        "Очень недовол[ен|ьна]", "Здравствуйте", "Больше сюда ни ногой",
    ),
    "plain": ("В целом нормально", "Средне", "Терпимо", "Пойдёт", "Неплохо, но"),
}  # fmt: skip
ENDINGS_RU: Mapping[str, Sequence[str]] = {
    "good": ("Так держать", "Буду рекомендовать", "Пять баллов", "Ещё вернусь", "Спасибо команде"),
    "bad": (
        "Исправьте уже", "Уйду к конкурентам", "Не рекомендую", "Зря потратил[|а] время", "Больше не приду",
        "Очень жаль",
    ),
    "plain": ("Есть куда расти", "Но могло быть лучше", "Жить можно", "Посмотрим, что дальше"),
}  # fmt: skip
NOTHING_RU = ("всё нормально", "без комментариев", "как обычно", "ок", "вопросов нет", "всё стандартно")

OPENINGS_EN: Mapping[str, Sequence[str]] = {
    "good": ("Lovely shop", "Great", "Thank you", "Really happy", "Second time here", "Well done", "Nice people"),
    "bad": (
        "Not impressed", "Really annoyed", "Very disappointed", "What a mess", "Honestly", "Not good enough",
        "I expected better",
    ),
    "plain": ("It was okay", "Average", "Fine overall", "So so", "Not bad"),
}  # fmt: skip
ENDINGS_EN: Mapping[str, Sequence[str]] = {
    "good": ("Will come again", "Recommended", "Five stars", "Keep it up"),
    "bad": ("Please sort it out", "Would not recommend", "Never again", "Took my money elsewhere", "Waste of time"),
    "plain": ("Could be better", "Room for improvement", "We will see next time"),
}  # fmt: skip
NOTHING_EN = ("all fine", "nothing to add", "as usual", "ok", "it is a T-shirt", "no comment")


def russian(themes: Mapping[str, Sequence[str]], slots: Mapping[str, Sequence[str]] | None = None) -> Fragments:
    """A company's themes with the Russian openings and endings."""
    return Fragments(OPENINGS_RU, ENDINGS_RU, {"nothing": NOTHING_RU, **themes}, slots or {})


def english(themes: Mapping[str, Sequence[str]], slots: Mapping[str, Sequence[str]] | None = None) -> Fragments:
    """A company's themes with the English openings and endings."""
    return Fragments(OPENINGS_EN, ENDINGS_EN, {"nothing": NOTHING_EN, **themes}, slots or {})
