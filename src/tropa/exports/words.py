"""Words of the exports in Russian and English."""

from __future__ import annotations

from tropa.exports import words_en, words_ru
from tropa.exports.numbers import Language, count, plural

WORDS: dict[Language, dict[str, str]] = {"ru": words_ru.WORDS, "en": words_en.WORDS}


class Words:
    """Words of one language.

    Args:
        language: ru or en.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words = WORDS[language]

    def __call__(self, key: str, **values: object) -> str:
        text = self._words[key]
        return text.format(**values) if values else text

    def own(self, area: str, key: str) -> str:
        """A word that the author may have made up: `area.key`, or `key`, or the author's own text."""
        return self._words.get(f"{area}.{key}" if area else key, key)

    def counted(self, key: str, number: int) -> str:
        """A number with the form of the noun that goes with it."""
        one, few, many = self._words[key].split("|")
        return plural(number, (one, few, many), self.language).format(n=count(number, self.language))
