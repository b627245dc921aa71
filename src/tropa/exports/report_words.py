"""Words of the report: those of the exports, and its own."""

from __future__ import annotations

from tropa.exports import report_words_en, report_words_ru
from tropa.exports.numbers import NBSP, Language
from tropa.exports.words import WORDS, Words

REPORT_WORDS: dict[Language, dict[str, str]] = {
    "ru": WORDS["ru"] | report_words_ru.WORDS,
    "en": WORDS["en"] | report_words_en.WORDS,
}


class ReportWords(Words):
    """Words of one language."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._words = REPORT_WORDS[language]

    def __call__(self, key: str, **values: object) -> str:
        said = super().__call__(key, **values)
        for apart in ("95 %", "n = ", "п. п."):
            said = said.replace(apart, apart.replace(" ", NBSP))
        return said

    def named(self, name: str) -> str:
        """A name in the quotation marks of the language."""
        return f"«{name}»" if self.language == "ru" else f"“{name}”"

    def names(self, names: tuple[str, ...]) -> str:
        """Several of them."""
        return ", ".join(self.named(name) for name in names)
