"""Words of the exports in Russian and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tropa.exports import words_en, words_ru
from tropa.exports.numbers import Language, count, plural

if TYPE_CHECKING:
    from tropa.exports.sheet import Flag

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

    def flag(self, flag: Flag) -> str:
        """A flag where no sign is drawn: the worst kind, how many of it, their money, how many of other kinds."""
        others = self("finding.others", n=flag.others) if flag.others else ""
        kind = f"{self(f'finding.{flag.kind}')} ({flag.count})"
        return " · ".join(part for part in (kind, flag.money, others) if part)
